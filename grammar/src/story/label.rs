//! Labels: the words that open a part, a list of tags, or something else.
//!
//! A *head* is what stands before the terminator of a label: `1. ⭐ S – Situation (20 %)`. Reading one is the same
//! whether it stands in a heading, in bold, in a cell or plainly at the start of a line.

use std::sync::Arc;

use crate::vocabulary::{ENGLISH, PartMeaning, PartName, TagLabel, Vocabulary};
use crate::{PartKind, Span};

use super::Spelling;

/// What a head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It opens a part.
    Part(PartHead),
    /// It opens a list of tags.
    Tag(TagLabel),
    /// Neither.
    Other,
}

/// A head that opens a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartHead {
    /// Shared by all that is made of the head.
    pub(super) says: Arc<Says>,
    pub(super) span: Span,
    pub(super) name: Span,
    pub(super) letter: Option<Span>,
}

/// What the words of a head say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Says {
    /// What it fills; two kinds for a combined label.
    pub(super) kinds: Vec<PartKind>,
    /// Those of them that canonical names or letters stand for: what makes a story.
    pub(super) canonical: Vec<PartKind>,
    /// Whether the word means the Situation or the Task (`Challenge`), by what stands before it.
    pub(super) ambiguous: bool,
    pub(super) spelling: Spelling,
    pub(super) language: Arc<str>,
}

impl Says {
    /// What a name of the vocabulary says.
    fn of(named: &PartName) -> Self {
        Self {
            kinds: named.kinds(),
            canonical: if named.canonical { named.kinds() } else { Vec::new() },
            ambiguous: named.meaning == PartMeaning::SituationOrTask,
            spelling: if named.canonical { Spelling::Canonical } else { Spelling::Loose },
            language: named.language.clone(),
        }
    }
}

impl PartHead {
    /// The same head `by` bytes further on.
    pub(super) fn shift(&self, by: usize) -> Self {
        Self {
            span: self.span.shift(by),
            name: self.name.shift(by),
            letter: self.letter.map(|letter| letter.shift(by)),
            says: self.says.clone(),
        }
    }
}

/// Longer heads, in bytes, are sentences.
const LONGEST: usize = 120;

/// Reads the head at `span` of `text`, emphasis marks allowed inside.
pub(super) fn meaning(text: &str, span: Span, vocabulary: &Vocabulary) -> Meaning {
    if span.len() > LONGEST {
        return Meaning::Other;
    }
    match part(text, span, vocabulary) {
        Some(head) => Meaning::Part(head),
        None => match vocabulary.tag_label(core(text, span).of(text)) {
            Some(label) => Meaning::Tag(label),
            None => Meaning::Other,
        },
    }
}

/// Reads the head at `span` as that of a part.
pub(super) fn part(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<PartHead> {
    let span = undecorated(text, span);
    if span.is_empty() || span.len() > LONGEST {
        return None;
    }
    if let Some(head) = split_word(text, span, vocabulary) {
        return Some(head);
    }
    let (core, note) = split_note(text, span);
    let head = pieces(text, core, vocabulary)?;
    if head.says.spelling == Spelling::Letter
        && let Some(note) = note
        && let Some(mut named) = pieces(text, note, vocabulary)
        && named.says.kinds == head.says.kinds
        && named.says.spelling != Spelling::Letter
    {
        // `S (Situation)`: the word names, the letter goes with it.
        named.letter = Some(head.span);
        named.span = span;
        return Some(named);
    }
    let letter =
        head.letter.or_else(|| note.and_then(|note| single_letter(text, note, vocabulary)).map(|(_, at)| at));
    Some(PartHead { letter, ..head })
}

/// The words of a head without decoration and without the parenthesis that may follow them.
fn core(text: &str, span: Span) -> Span {
    split_note(text, undecorated(text, span)).0
}

/// Drops numbering, symbols and emoji before the words, and symbols and terminators after them.
fn undecorated(text: &str, span: Span) -> Span {
    let mut span = span;
    loop {
        let rest = span.of(text);
        let start = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '(' | '（')).unwrap_or(rest.len());
        span = Span::new(span.start + start, span.end);
        let number = numbering(span.of(text));
        if number == 0 {
            break;
        }
        span = Span::new(span.start + number, span.end);
    }
    let kept =
        span.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）')).len();
    Span::new(span.start, span.start + kept)
}

/// The length of a number with its point or parenthesis (`1.`, `2)`) before more text, or 0.
fn numbering(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits..) {
        Some([b'.' | b')' | b':', rest @ ..]) if (1..=3).contains(&digits) && !rest.is_empty() => digits + 1,
        _ => 0,
    }
}

/// Splits `Situation (20 %)` into the words and what the parenthesis says.
fn split_note(text: &str, span: Span) -> (Span, Option<Span>) {
    let words = span.of(text);
    let Some(open) = words.find(['(', '（']).filter(|&open| open > 0) else { return (span, None) };
    let Some(close) = words.rfind([')', '）']).filter(|&close| close > open) else { return (span, None) };
    if words[close..].chars().skip(1).any(char::is_alphanumeric) {
        return (span, None);
    }
    let width = words[open..].chars().next().map_or(1, char::len_utf8);
    let note = Span::new(span.start + open + width, span.start + close);
    let core = Span::new(span.start, span.start + open);
    (undecorated(text, core), Some(note.trim(text)))
}

/// Reads `**S**ituation` and `(S)ituação`: one word whose first letter is marked.
fn split_word(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<PartHead> {
    let words = span.of(text);
    let rest = words.strip_prefix(['(', '（']).unwrap_or(words);
    let first = rest.chars().next().filter(|c| c.is_alphabetic())?;
    let after = &rest[first.len_utf8()..];
    let tail = after.trim_start_matches(['*', '_', ')', '）']);
    let word = tail.split(|c: char| !c.is_alphabetic()).next().filter(|word| !word.is_empty())?;
    if after.len() == tail.len() || tail.len() != word.len() {
        return None;
    }
    let whole: String = std::iter::once(first).chain(word.chars()).collect();
    let named = vocabulary.part_name(&whole)?;
    let letter_at = span.start + words.len() - rest.len();
    let says = Says { ambiguous: false, ..Says::of(named) };
    let letter = Some(Span::new(letter_at, letter_at + first.len_utf8()));
    Some(PartHead { says: Arc::new(says), span, name: span, letter })
}

/// Reads one name, or several joined by `&`, `/`, dashes and the like.
fn pieces(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<PartHead> {
    if let Some(head) = name(text, span, vocabulary) {
        return Some(head);
    }
    let piece = |piece: Span| {
        let letter = || single_letter(text, piece, vocabulary).map(|(kind, at)| letter_head(kind, at));
        name(text, piece, vocabulary).or_else(letter)
    };
    let heads: Option<Vec<PartHead>> = split(text, span).into_iter().map(piece).collect();
    heads.and_then(|heads| join(span, &heads)).or_else(|| misspelled(text, span, vocabulary))
}

fn letter_head(kind: PartKind, at: Span) -> PartHead {
    let says = Says {
        kinds: vec![kind],
        canonical: vec![kind],
        ambiguous: false,
        spelling: Spelling::Letter,
        language: ENGLISH.clone(),
    };
    PartHead { says: Arc::new(says), span: at, name: at, letter: Some(at) }
}

/// One head for all pieces of a label: what is named counts, and letters only where nothing is.
fn join(span: Span, heads: &[PartHead]) -> Option<PartHead> {
    let named: Vec<&PartHead> = heads.iter().filter(|head| head.says.spelling != Spelling::Letter).collect();
    let letters: Vec<&PartHead> =
        heads.iter().filter(|head| head.says.spelling == Spelling::Letter).collect();
    let counted = if named.is_empty() { &letters } else { &named };
    let first = *counted.first()?;
    let mut kinds: Vec<PartKind> = Vec::new();
    for kind in counted.iter().flat_map(|head| &head.says.kinds) {
        if !kinds.contains(kind) {
            kinds.push(*kind);
        }
    }
    let canonical = named.iter().find(|head| head.says.spelling == Spelling::Canonical);
    let certain = counted.iter().flat_map(|head| head.says.canonical.iter().copied()).collect();
    let model = canonical.unwrap_or(&first);
    let says = Says {
        kinds,
        canonical: certain,
        ambiguous: counted.iter().all(|head| head.says.ambiguous),
        spelling: model.says.spelling.clone(),
        language: model.says.language.clone(),
    };
    Some(PartHead {
        says: Arc::new(says),
        span,
        name: counted.iter().fold(first.name, |covered, head| covered.cover(head.name)),
        letter: letters.first().map(|head| head.name),
    })
}

/// Reads `span` as exactly one name of a part, a number after it allowed.
fn name(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<PartHead> {
    let words = span.of(text);
    let numberless = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#'));
    let without = || vocabulary.part_name(numberless).filter(|_| numberless.len() < words.len());
    let named = vocabulary.part_name(words).or_else(without)?;
    let name = Span::new(span.start, span.start + numberless.len());
    Some(PartHead { says: Arc::new(Says::of(named)), span, name, letter: None })
}

/// Reads `span` as a letter alone, a number after it allowed (`S1`).
fn single_letter(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<(PartKind, Span)> {
    let words = span.of(text);
    let letter = words.chars().next().filter(char::is_ascii_uppercase)?;
    if !words[1..].bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((vocabulary.letter(letter)?, Span::new(span.start, span.start + 1)))
}

fn misspelled(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<PartHead> {
    let (kind, meant) = vocabulary.near_part(span.of(text))?;
    let mut meant = meant.to_owned();
    if span.of(text).chars().all(|c| !c.is_lowercase()) {
        meant = meant.to_uppercase();
    } else if span.of(text).starts_with(char::is_lowercase) {
        meant = meant.to_lowercase();
    }
    let says = Says {
        kinds: vec![kind],
        canonical: Vec::new(),
        ambiguous: false,
        spelling: Spelling::Misspelled { meant },
        language: ENGLISH.clone(),
    };
    Some(PartHead { says: Arc::new(says), span, name: span, letter: None })
}

/// The pieces of `Situation & Task`, `S – Situation`, `S/T`, without emphasis marks around them.
fn split(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        let width = separator(&words[at..]);
        if width > 0 {
            pieces.push(Span::new(span.start + start, span.start + at));
            start = at + width;
            at = start;
        } else {
            at += words[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    pieces.push(Span::new(span.start + start, span.end));
    pieces.iter().map(|piece| undecorated(text, *piece)).filter(|piece| !piece.is_empty()).collect()
}

/// The length of the separator that `text` begins with, or 0.
fn separator(text: &str) -> usize {
    const SEPARATORS: [&str; 13] =
        [" and ", " und ", " et ", " y ", " e ", " - ", "–", "—", "/", "&", "+", ":", "："];
    // Most characters begin none.
    if text.starts_with(|c: char| c.is_alphanumeric()) {
        return 0;
    }
    let dash = text.starts_with('-') && !text[1..].starts_with(char::is_lowercase);
    SEPARATORS
        .iter()
        .find(|separator| text.starts_with(**separator))
        .map_or(usize::from(dash), |found| found.len())
}
