//! Word lists of `vocabulary/wording.toml`, and what they tell of a text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::prose::push_lower;
use crate::vocabulary::builtin;
use crate::word_list::{WordMap, WordSet};

/// The word lists, ready for look-up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub(super) placeholders: Placeholders,
    pub(super) examples: Examples,
    pub(super) persons: Persons,
    languages: BTreeMap<String, WordSet>,
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
    // A space parts words whatever stands around it, and most of them are plain letters.
    prose.split_ascii_whitespace().map(|piece| if is_plain(piece) { 1 } else { count_in(piece) }).sum()
}

fn is_plain(piece: &str) -> bool {
    let letters = piece.trim_end_matches(['.', ',', ';', ':', '?', '!']);
    !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
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

/// Whether a text is English, as far as its small words tell: it has English ones, and no language has more of them.
/// `None` for a text too short or too terse to have any.
/// What stands in square brackets is a prompt, whose language is not the writer's.
pub(super) fn is_english(prose: &str) -> Option<bool> {
    let prose = &without_brackets(prose);
    let is_foreign = |c: &char| !c.is_ascii() && c.is_alphabetic();
    let foreign = if prose.is_ascii() { 0 } else { prose.chars().filter(is_foreign).count() };
    let letters = foreign + prose.bytes().filter(u8::is_ascii_alphabetic).count();
    if foreign * 4 > letters {
        return Some(false);
    }
    let mut counts = [0usize; MOST_LANGUAGES];
    let mut lower = String::new();
    for word in prose
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| (1..=LONGEST_SMALL_WORD).contains(&word.len()))
    {
        lower.clear();
        push_lower(word, &mut lower);
        let Some(languages) = SMALL_WORDS.get(lower.as_str()) else { continue };
        for (language, count) in counts.iter_mut().enumerate() {
            *count += usize::from(languages >> language & 1);
        }
    }
    let english =
        WORDING.languages.keys().position(|language| language == "en").map_or(0, |index| counts[index]);
    let most = counts.iter().copied().max().unwrap_or(0);
    match (most, foreign) {
        (0, 0) => None,
        (0, _) => Some(false),
        _ => Some(english == most),
    }
}

/// Whether a word, in lower case, is one of the commonest small words of a language.
pub(super) fn is_small_word(word: &str) -> bool {
    SMALL_WORDS.contains_key(word)
}

/// Whether each of some texts of one story is English, as far as they tell. One that does not tell is what the others
/// are, and English where none tells.
pub(super) fn are_english(told: impl Iterator<Item = Option<bool>>) -> Vec<bool> {
    let told: Vec<Option<bool>> = told.collect();
    let usual = told.contains(&Some(true)) || !told.contains(&Some(false));
    told.into_iter().map(|english| english.unwrap_or(usual)).collect()
}

fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split('[');
    let mut own = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        own.push(' ');
        own.push_str(piece.split_once(']').map_or(piece, |(_, after)| after));
    }
    Cow::Owned(own)
}

/// As many languages as fit the bits of a look-up.
const MOST_LANGUAGES: usize = 16;

/// In bytes.
const LONGEST_SMALL_WORD: usize = 8;

/// The small words of all languages, each with a bit for every language that has it.
static SMALL_WORDS: LazyLock<WordMap<u16, &str>> = LazyLock::new(|| {
    let mut words: WordMap<u16, &str> = WordMap::default();
    for (bit, list) in WORDING.languages.values().enumerate().take(MOST_LANGUAGES) {
        for word in list.iter() {
            *words.entry(word).or_default() |= 1 << bit;
        }
    }
    words
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{are_english, count_in, count_words, is_english};

    #[test]
    fn languages_are_told_apart() {
        for english in [
            "We cut the latency of the service by half, and it stayed there.",
            "Fix it.",
            "I was on call.",
            "No downtime, as planned.",
        ] {
            assert_eq!(is_english(english), Some(true), "{english}");
        }
        for terse in ["p99 8 s -> 400 ms", "Rolled back, paged DBA team, added alerts", ""] {
            assert_eq!(is_english(terse), None, "{terse}");
        }
        for other in [
            "Ich habe die Latenz des Dienstes um 40 % gesenkt und die Alarme angepasst.",
            "Ich war in Hamburg.",
            "Nous avons réduit la latence de 40 % en deux semaines.",
            "Me asignaron el proyecto.",
            "Ho ridotto la latenza.",
            "Reduje la latencia en un 40 % y la mantuve así.",
            "将延迟降低了 40%",
            "오류율을 15%에서 0.1%로 낮췄습니다",
        ] {
            assert_eq!(is_english(other), Some(false), "{other}");
        }
    }

    #[test]
    fn terse_texts_are_what_the_others_are() {
        let are = |texts: [&str; 2]| are_english(texts.into_iter().map(is_english));
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
