//! Placeholders: what a template leaves for the writer to fill in.

use memchr::{memchr, memmem};

use crate::Span;
use crate::markdown::OPAQUE;
use crate::prose::is_small_word;
use crate::vocabulary::Vocabulary;

use super::wording::WORDING;

/// The placeholders of a part's body, in the order of the text.
///
/// `text` and `prose` are the body with and without its marks, byte for byte. The spans are relative to them.
pub(super) fn find(text: &str, prose: &str, vocabulary: &Vocabulary) -> Vec<Span> {
    let mut found = Vec::new();
    if let Some(whole) = whole(prose) {
        return vec![whole];
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| OPENS[usize::from(*byte)]) {
        at += next;
        let span = match bytes[at] {
            b'[' => bracket(text, prose, at, vocabulary),
            // `Map<K, V>` is a type.
            b'<' if at == 0 || !bytes[at - 1].is_ascii_alphanumeric() => angle(text, prose, at),
            b'{' if bytes.get(at + 1) == Some(&b'{') => closed(text, at, "}}"),
            b'_' => blank(bytes, at),
            b'A'..=b'Z' if is_word_start(bytes, at) => capital(text, prose, at),
            _ => None,
        };
        match span.filter(|span| span.end > at && shown(prose, *span)) {
            Some(span) => {
                found.push(span);
                at = span.end;
            }
            None => at += 1,
        }
    }
    found
}

/// The bytes that a placeholder may begin with.
const OPENS: [bool; 256] = {
    let mut opens = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        opens[byte] = matches!(byte as u8, b'[' | b'<' | b'{' | b'_' | b'A'..=b'Z');
        byte += 1;
    }
    opens
};

/// Whether a body says nothing but placeholders: without brackets of any kind and blanks, no word is left.
pub(super) fn only_placeholders(text: &str, prose: &str, found: &[Span]) -> bool {
    let says_nothing =
        |prose: &str| !prose.contains(|c: char| c.is_alphanumeric() || c == char::from(OPAQUE));
    if found.is_empty() && memchr(b'[', text.as_bytes()).is_none() {
        return says_nothing(prose);
    }
    let mut rest = prose.as_bytes().to_vec();
    for span in found {
        rest[span.range()].fill(b' ');
    }
    let mut depth = 0usize;
    for (byte, original) in rest.iter_mut().zip(text.bytes()) {
        match original {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => *byte = b' ',
            _ => {}
        }
    }
    let left = String::from_utf8_lossy(&rest);
    let says = |word: &str| !is_small_word(&word.to_lowercase());
    let words = left.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !left.contains(char::from(OPAQUE))
        && words.clone().all(|word| !says(word))
        && (words.count() == 0 || !found.is_empty())
}

/// In bytes. Longer bodies say something.
const LONGEST_WHOLE: usize = 80;

/// A body that is one of the phrases people leave until they write it, or nothing but dots.
fn whole(prose: &str) -> Option<Span> {
    let span = Span::new(0, prose.len()).trim(prose);
    let words = span.of(prose);
    if words.is_empty() || words.len() > LONGEST_WHOLE {
        return None;
    }
    if words.chars().all(|c| matches!(c, '.' | '…' | ' ')) {
        return Some(span);
    }
    if opens_note(words) {
        return Some(span);
    }
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    WORDING.placeholders.whole.contains(&bare).then_some(span)
}

/// `TBD – maybe the archive?`, `TODO (look up numbers)`: a note of what to write.
fn opens_note(words: &str) -> bool {
    let opening =
        WORDING.placeholders.capitals.iter().find_map(|capital| words.strip_prefix(capital.as_str()));
    opening.is_some_and(|rest| rest.trim_start().starts_with(['–', '—', '-', '(', ':', ',', '.', '?']))
}

/// Not inside code, a comment or a link's target.
fn shown(prose: &str, span: Span) -> bool {
    let prose = &prose.as_bytes()[span.range()];
    !prose.contains(&OPAQUE)
}

fn is_word_start(bytes: &[u8], at: usize) -> bool {
    at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] >= 0x80 || bytes[at - 1] == b'_')
}

fn closed(text: &str, at: usize, close: &str) -> Option<Span> {
    const LONGEST: usize = 400;
    let mut end = (at + LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let length = memmem::find(&text.as_bytes()[at..end], close.as_bytes())?;
    Some(Span::new(at, at + length + close.len()))
}

/// `[Describe …]`, `[X%]`, `[?]`: a bracket that is neither a link, a footnote, a check box nor an aside.
fn bracket(text: &str, prose: &str, at: usize, vocabulary: &Vocabulary) -> Option<Span> {
    let span = closed(text, at, "]")?;
    if prose.as_bytes()[at] != b'[' || at > 0 && matches!(text.as_bytes()[at - 1], b'[' | b'!' | b'\\') {
        return None;
    }
    if matches!(text.as_bytes().get(span.end), Some(b'(' | b'[' | b':')) {
        return None;
    }
    let inner = Span::new(span.start + 1, span.end - 1).trim(text).of(text);
    is_prompt(inner, vocabulary).then_some(span)
}

fn is_prompt(inner: &str, vocabulary: &Vocabulary) -> bool {
    if inner.is_empty() || inner.starts_with(['^', '[']) || inner.eq_ignore_ascii_case("x") && inner == "x" {
        return false;
    }
    if inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '-')) {
        return false;
    }
    if inner.contains(['?', '%', '…', '$', '€']) || inner.contains("...") || inner.contains("___") {
        return true;
    }
    let words: Vec<&str> =
        inner.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let shouted = words.len() > 1 && !inner.chars().any(char::is_lowercase);
    let listed =
        [first, last].iter().any(|word| WORDING.placeholders.bracketed.contains(&word.to_lowercase()));
    let unknown = words.iter().any(|word| WORDING.placeholders.unknowns.contains(word));
    shouted
        || listed
        || unknown
        || words.iter().any(|word| word.eq_ignore_ascii_case("your"))
        || vocabulary.opens_instruction(inner)
}

/// `<metric>`: an angle bracket around words that are no HTML element.
fn angle(text: &str, prose: &str, at: usize) -> Option<Span> {
    const LONGEST: usize = 120;
    let span = closed(text, at, ">")?;
    let inner = &text[span.start + 1..span.end - 1];
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let words = inner.chars().all(|c| c.is_alphanumeric() || " -_%/,.'’?!…→–—:;()&".contains(c));
    let address = inner.contains("://") || inner.starts_with("mailto:");
    let opaque = prose.as_bytes()[at] == OPAQUE;
    // `<i>` and `<details open>` are elements, `<I decided …>` is none.
    let element = WORDING.placeholders.elements.contains(&name.to_ascii_lowercase())
        && (!inner.contains(' ') || name.starts_with(|c: char| c.is_ascii_lowercase()));
    let named = inner.starts_with(char::is_alphabetic);
    (words && named && !address && !opaque && !element && inner.len() <= LONGEST).then_some(span)
}

/// `____`: a line to write on.
fn blank(bytes: &[u8], at: usize) -> Option<Span> {
    let length = bytes[at..].iter().take_while(|&&byte| byte == b'_').count();
    (length >= 4).then_some(Span::new(at, at + length))
}

/// Whether words in lower case stand right before and after.
fn is_between_words(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let is_word = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_lowercase));
    before.ends_with(' ')
        && after.starts_with(' ')
        && is_word(before.split_whitespace().next_back())
        && is_word(after.split_whitespace().next())
}

/// `TODO` anywhere, and `X%` or `N users`: a capital in the place of a number.
fn capital(text: &str, prose: &str, at: usize) -> Option<Span> {
    let length = text[at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let span = Span::new(at, at + length);
    let word = span.of(text);
    if word != span.of(prose) {
        return None;
    }
    if WORDING.placeholders.capitals.iter().any(|capital| capital == word) {
        let is_spoken_of = WORDING.placeholders.spoken_of.contains(word) && is_between_words(text, span);
        return (!is_spoken_of).then_some(span);
    }
    let after = &text[span.end..];
    let before = text[..at].trim_end();
    if !WORDING.placeholders.unknowns.contains(word) {
        return None;
    }
    let money = before.ends_with(['$', '€', '£']) && before.len() == at;
    let start = if money { at - before.chars().next_back().map_or(1, char::len_utf8) } else { at };
    if let Some(sign) = after.strip_prefix('%') {
        return Some(Span::new(start, text.len() - sign.len()));
    }
    if money {
        return Some(Span::new(start, span.end));
    }
    let previous = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let noun = after.strip_prefix(' ')?.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let counted = noun.len() > 2 && noun.ends_with('s') && noun.starts_with(char::is_lowercase);
    let named =
        WORDING.placeholders.named.contains(&previous) || noun == "is" || noun == "was" || noun == "has";
    (counted && !named).then_some(Span::new(start, span.end + 1 + noun.len()))
}
