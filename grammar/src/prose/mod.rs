//! Prose as sentences and words.
//!
//! Invariants: a prose text (see [`crate::Document::prose`]) is read once, and everything that judges its wording works
//! on the words. Places are bytes of the prose.

mod english;
mod known;
mod language;
mod quote;
mod sentence;
mod stem;

pub(crate) use english::ENGLISH;
pub(crate) use language::{is_english, is_small_word};

use language::SmallWords;
use stem::Stem;

use crate::Span;
use crate::markdown::OPAQUE;

/// The words of a prose text.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) prose: &'a str,
    pub(crate) all: Vec<Word>,
    /// Forms of words that are not in the prose.
    forms: String,
    small: SmallWords,
}

/// A word, number or stretch of code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) span: Span,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// Whether it stands between quotation marks.
    pub(crate) quoted: bool,
    lower: Form,
    stem: Form,
}

/// Where the form of a word is written: in the prose, or behind it in [`Words::forms`].
type Form = Span;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// A hyphen, stroke or the like, without white space.
    Glue,
    /// White space.
    Space,
    /// A comma.
    Comma,
    /// A colon, dash, bracket or other mark.
    Clause,
    /// The end of a sentence.
    Sentence,
}

impl<'a> Words<'a> {
    /// Reads the words of a prose text.
    pub(crate) fn read(prose: &'a str) -> Self {
        let mut words = Self {
            prose,
            all: Vec::with_capacity(prose.len() / 5),
            forms: String::with_capacity(prose.len() / 8),
            small: SmallWords::default(),
        };
        let quotes = quote::quotes(prose);
        let mut quote = 0;
        for sentence in sentence::sentences(prose) {
            let mut at = sentence.start;
            let mut gap = Gap::Sentence;
            while at < sentence.end {
                if prose.as_bytes()[at] == b' ' {
                    gap = gap.max(Gap::Space);
                    at += 1;
                    continue;
                }
                let rest = &prose[at..sentence.end];
                let (length, shape) = word(rest);
                if length == 0 {
                    let mark = rest.chars().next().unwrap_or(' ');
                    gap = gap.max(gap_of(mark));
                    at += mark.len_utf8();
                    continue;
                }
                while quotes.get(quote).is_some_and(|quote| quote.end <= at) {
                    quote += 1;
                }
                let quoted = quotes.get(quote).is_some_and(|quote| quote.contains(at));
                words.push(Span::new(at, at + length), shape, gap, quoted);
                at += length;
                gap = Gap::Glue;
            }
        }
        words
    }

    fn push(&mut self, span: Span, shape: Shape, gap: Gap, quoted: bool) {
        let lower = if shape == Shape::Lower {
            span
        } else {
            let start = self.forms.len();
            push_lower(span.of(self.prose), &mut self.forms);
            self.written_since(start)
        };
        if shape == Shape::Other {
            // Each run of letters counts by itself; a letter may become two characters in lower case, one of them none.
            for piece in span.of(self.prose).split(|c: char| !c.is_alphabetic()) {
                self.small.count(known::of(&piece.to_lowercase()));
            }
        }
        let stem = self.know(lower, shape);
        self.all.push(Word { span, gap, quoted, lower, stem });
    }

    /// Looks up a word, counts it if it is nothing but letters, and gives its stem.
    fn know(&mut self, lower: Form, shape: Shape) -> Form {
        let word = form(self.prose, &self.forms, lower);
        let bare = stem::without_possessive(word);
        let known = known::of(bare);
        if shape != Shape::Other {
            self.small.count(known);
        }
        let stem = match known.and_then(|known| known.stem.as_deref()) {
            Some(ending) => Stem { kept: "", ending },
            None => Stem::regular(bare),
        };
        let kept = Span::new(lower.start, lower.start + stem.kept.len());
        let ending = stem.ending;
        if ending.is_empty() {
            return kept;
        }
        let start = self.forms.len();
        match kept.start.checked_sub(self.prose.len()) {
            None => self.forms.push_str(kept.of(self.prose)),
            Some(start) => self.forms.extend_from_within(start..start + kept.len()),
        }
        self.forms.push_str(ending);
        self.written_since(start)
    }

    /// What has been written behind the prose since there were so many bytes.
    fn written_since(&self, start: usize) -> Form {
        Span::new(start, self.forms.len()).shift(self.prose.len())
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The word in lower case; empty outside of the text.
    pub(crate) fn lower(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |word| form(self.prose, &self.forms, word.lower))
    }

    /// The word as it is written; empty outside of the text.
    pub(crate) fn written(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |word| word.span.of(self.prose))
    }

    /// The stem of a word; empty outside of the text.
    pub(crate) fn stem(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |word| form(self.prose, &self.forms, word.stem))
    }

    /// The stems of the words in their order; code is left out.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        let tells = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let is_word = move |index: &usize| self.written(*index).bytes().any(tells);
        (0..self.len()).filter(is_word).map(|index| self.stem(index))
    }

    /// What stands before a word.
    pub(crate) fn gap(&self, index: usize) -> Gap {
        self.all.get(index).map_or(Gap::Sentence, |word| word.gap)
    }

    /// Whether a word opens a sentence.
    pub(crate) fn opens_sentence(&self, index: usize) -> bool {
        self.gap(index) == Gap::Sentence
    }

    /// The first word after the sentence that holds `index`. Long sentences are cut, so that reading stays linear.
    pub(crate) fn sentence_end(&self, index: usize) -> usize {
        const FARTHEST: usize = 100;
        let far = self.len().min(index + FARTHEST);
        (index + 1..far).find(|&at| self.opens_sentence(at)).unwrap_or(far)
    }

    /// The words from `first` to `last`.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        self.all[first].span.cover(self.all[last].span)
    }

    /// The word that begins at byte `start`.
    pub(crate) fn at(&self, start: usize) -> Option<usize> {
        self.all.binary_search_by_key(&start, |word| word.span.start).ok()
    }
}

fn form<'a>(prose: &'a str, forms: &'a str, form: Form) -> &'a str {
    match form.start.checked_sub(prose.len()) {
        None => form.of(prose),
        Some(start) => &forms[start..start + form.len()],
    }
}

/// Appends a word in lower case, its apostrophes typed as such.
pub(crate) fn push_lower(word: &str, lower: &mut String) {
    if word.is_ascii() {
        let begin = lower.len();
        lower.push_str(word);
        lower[begin..].make_ascii_lowercase();
    } else {
        let plain = word.chars().map(|c| if c == '’' { '\'' } else { c });
        lower.extend(plain.flat_map(char::to_lowercase));
    }
}

/// The stem of a word that stands alone.
pub(crate) fn stem(word: &str) -> String {
    stem::stem(&word.to_lowercase())
}

/// What a word is written with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Letters of ASCII in lower case.
    Lower,
    /// Letters of ASCII.
    Letters,
    Other,
}

/// The length of the word at the head of a text: letters and digits, with apostrophes between letters and points and
/// commas between digits; or code.
fn word(text: &str) -> (usize, Shape) {
    // Most words are plain letters, behind which only digits, apostrophes and the like go on.
    let bytes = text.as_bytes();
    let lower = bytes.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let letters = lower + bytes[lower..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let ends = |byte: &u8| byte.is_ascii() && !byte.is_ascii_digit() && !matches!(byte, b'_' | b'\'');
    if letters > 0 && bytes.get(letters).is_none_or(ends) {
        return (letters, if lower == letters { Shape::Lower } else { Shape::Letters });
    }
    let mut end = 0;
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let next = || text[at + character.len_utf8()..].chars().next().unwrap_or(' ');
        let joins = match character {
            c if c.is_alphanumeric() || c == '_' => !before.is_control(),
            '\'' | '’' => before.is_alphabetic() && next().is_alphabetic(),
            '.' | ',' => before.is_ascii_digit() && next().is_ascii_digit(),
            c if c == char::from(OPAQUE) => at == 0 || before == c,
            _ => false,
        };
        if !joins {
            break;
        }
        before = character;
        end = at + character.len_utf8();
    }
    (end, Shape::Other)
}

fn gap_of(mark: char) -> Gap {
    match mark {
        ',' => Gap::Comma,
        ':' | ';' | '–' | '—' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '→' | '?' | '!' => {
            Gap::Clause
        }
        c if c.is_whitespace() => Gap::Space,
        _ => Gap::Glue,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Gap, Words, word};

    #[test]
    fn words_know_what_stands_before_them() {
        let words = Words::read("We've re-run v2.1, twice: \u{1a}\u{1a} held. \"I can’t\" was wrong.");
        let shown: Vec<(&str, Gap, bool)> = (0..words.len())
            .map(|index| (words.lower(index), words.gap(index), words.all[index].quoted))
            .collect();
        assert_eq!(
            shown,
            [
                ("we've", Gap::Sentence, false),
                ("re", Gap::Space, false),
                ("run", Gap::Glue, false),
                ("v2.1", Gap::Space, false),
                ("twice", Gap::Comma, false),
                ("\u{1a}\u{1a}", Gap::Clause, false),
                ("held", Gap::Space, false),
                ("i", Gap::Sentence, true),
                ("can't", Gap::Space, true),
                ("was", Gap::Clause, false),
                ("wrong", Gap::Space, false),
            ]
        );
        assert_eq!((words.stem(2), words.stem(6)), ("run", "hold"));
    }

    proptest! {
        #[test]
        fn words_of_letters_end_where_others_do(text in "[a-cA]{1,3}[-a1 .,;:'_’é)\u{1a}\u{308}\n]{0,3}") {
            // With a digit before them, the same letters are read character by character.
            let slow = word(&format!("1{text}")).0 - 1;
            prop_assert_eq!(word(&text).0, slow);
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,60}|[a-zA-Z0-9 .,;:'\"’“”\u{1a}\n-]{0,80}") {
            let words = Words::read(&text);
            let mut end = 0;
            for word in &words.all {
                prop_assert!(word.span.start >= end && !word.span.is_empty());
                prop_assert!(text.get(word.span.range()).is_some());
                end = word.span.end;
            }
        }
    }
}
