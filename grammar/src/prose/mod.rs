//! Prose as sentences and words.
//!
//! Invariants: a prose text (see [`crate::Document::prose`]) is read once, and everything that judges its wording works
//! on the words. Places are bytes of the prose.

mod english;
mod quote;
mod sentence;
mod stem;

pub(crate) use english::ENGLISH;

use crate::Span;
use crate::markdown::OPAQUE;

/// The words of a prose text.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) prose: &'a str,
    pub(crate) all: Vec<Word>,
    /// Words in lower case and their stems.
    forms: String,
}

/// A word, number or stretch of code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) span: Span,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// Whether it stands between quotation marks.
    pub(crate) quoted: bool,
    lower: (usize, usize),
    stem: (usize, usize),
}

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
            forms: String::with_capacity(prose.len() * 2),
        };
        let quotes = quote::quotes(prose);
        let mut quote = 0;
        for sentence in sentence::sentences(prose) {
            let mut at = sentence.start;
            let mut gap = Gap::Sentence;
            while at < sentence.end {
                let rest = &prose[at..sentence.end];
                let length = word(rest);
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
                words.push(Span::new(at, at + length), gap, quoted);
                at += length;
                gap = Gap::Glue;
            }
        }
        words
    }

    fn push(&mut self, span: Span, gap: Gap, quoted: bool) {
        let lower = self.forms.len();
        push_lower(span.of(self.prose), &mut self.forms);
        let end = self.forms.len();
        // The stem is written behind the word; the word is copied, since the buffer cannot be read while it grows.
        let mut copy = [0u8; LONGEST];
        let stem = match copy.get_mut(..end - lower) {
            Some(copy) => {
                copy.copy_from_slice(&self.forms.as_bytes()[lower..end]);
                stem::push(std::str::from_utf8(copy).unwrap_or_default(), &mut self.forms);
                (end, self.forms.len())
            }
            None => (lower, end),
        };
        self.all.push(Word { span, gap, quoted, lower: (lower, end), stem });
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The word in lower case; empty outside of the text.
    pub(crate) fn lower(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |word| &self.forms[word.lower.0..word.lower.1])
    }

    /// The word as it is written; empty outside of the text.
    pub(crate) fn written(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |word| word.span.of(self.prose))
    }

    /// The stem of a word; empty outside of the text.
    pub(crate) fn stem(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |word| &self.forms[word.stem.0..word.stem.1])
    }

    /// The stems of the words in their order; code is left out.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        let is_word = |index: &usize| self.lower(*index).contains(char::is_alphanumeric);
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
    let mut stem = String::with_capacity(word.len());
    stem::push(&word.to_lowercase(), &mut stem);
    stem
}

/// In bytes. Longer words are their own stems.
const LONGEST: usize = 48;

/// The length of the word at the head of a text: letters and digits, with apostrophes between letters and points and
/// commas between digits; or code.
fn word(text: &str) -> usize {
    // Most words are plain letters between spaces.
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if matches!(text.as_bytes().get(plain), None | Some(b' ' | b',' | b'\n')) {
        return plain;
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
    end
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

    use super::{Gap, Words};

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
