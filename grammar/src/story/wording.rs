//! Word lists of `vocabulary/wording.toml`, and what they tell of a text.

use std::sync::LazyLock;

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::vocabulary::builtin;
use crate::word_list::WordSet;

/// The word lists, ready for look-up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub(super) placeholders: Placeholders,
    pub(super) examples: Examples,
    pub(super) persons: Persons,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Placeholders {
    pub(super) whole: WordSet,
    pub(super) capitals: Vec<String>,
    pub(super) spoken_of: WordSet,
    pub(super) bracketed: WordSet,
    pub(super) unknowns: WordSet,
    pub(super) named: WordSet,
    pub(super) elements: WordSet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Examples {
    pub(super) bad: Vec<String>,
    pub(super) budget: WordSet,
    pub(super) clauses: WordSet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Persons {
    pub(super) teller: WordSet,
    pub(super) reader: WordSet,
    pub(super) alone: WordSet,
    pub(super) together: WordSet,
}

/// The built-in word lists.
pub(super) static WORDING: LazyLock<Wording> = LazyLock::new(|| builtin!("wording"));

/// Counts the words of a text; in scripts without spaces each character counts.
pub(super) fn count_words(prose: &str) -> usize {
    let (mut words, mut rest) = (0, prose);
    while !rest.is_empty() {
        // A space parts words whatever stands around it, and most of them are plain letters with marks behind them.
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let is_mark = |byte: &u8| matches!(byte, b'.' | b',' | b';' | b':' | b'?' | b'!');
        let plain = letters + rest.bytes().skip(letters).take_while(is_mark).count();
        if rest.as_bytes().get(plain).is_none_or(u8::is_ascii_whitespace) {
            words += usize::from(letters > 0);
            rest = rest.get(plain + 1..).unwrap_or_default();
        } else {
            let (piece, after) = rest.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((rest, ""));
            words += count_in(piece);
            rest = after;
        }
    }
    words
}

fn count_in(piece: &str) -> usize {
    piece.unicode_words().map(|word| if is_cjk(word) { word.chars().count() } else { 1 }).sum()
}

fn is_cjk(word: &str) -> bool {
    word.chars().next().is_some_and(|c| {
        matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
            | '\u{F900}'..='\u{FAFF}')
    })
}

/// Whether each of some texts of one story is English, as far as they tell. One that does not tell is what the others
/// are, and English where none tells.
pub(super) fn are_english(told: impl Iterator<Item = Option<bool>>) -> Vec<bool> {
    let told: Vec<Option<bool>> = told.collect();
    let usual = told.contains(&Some(true)) || !told.contains(&Some(false));
    told.into_iter().map(|english| english.unwrap_or(usual)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{are_english, count_in, count_words};
    use crate::prose::{Words, is_english};

    #[test]
    fn terse_texts_are_what_the_others_are() {
        let are =
            |texts: [&str; 2]| are_english(texts.into_iter().map(|text| is_english(&Words::read(text))));
        assert_eq!(are(["Ich war in Hamburg.", "Migration abgeschlossen"]), [false, false]);
        assert_eq!(are(["I was on call.", "Rolled back"]), [true, true]);
        assert_eq!(are(["Rolled back", "Paged DBA"]), [true, true]);
        assert_eq!(are(["I was on call.", "Ich war in Hamburg."]), [true, false]);
        assert_eq!(
            are(["[What was it, and for whom?] Ich war in Hamburg [from … to …].", "Migration"]),
            [false, false]
        );
    }

    #[test]
    fn words_are_counted_by_characters_in_chinese() {
        assert_eq!(count_words("cut p99 by 40 %"), 4);
        assert_eq!(count_words("降低了延迟"), 5);
    }

    proptest! {
        #[test]
        fn words_between_spaces_are_counted_one_by_one(text in "[a-c1_ .,;:'’!?\"é\u{308}\u{ad}降ア\u{a0}\u{200d}🙂\n\t-]{0,30}") {
            prop_assert_eq!(count_words(&text), count_in(&text));
        }
    }
}
