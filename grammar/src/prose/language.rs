//! Which language a text is in, as far as its small words tell.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Words;
use super::known::{self, Known};
use crate::vocabulary::builtin;
use crate::word_list::WordSet;

/// As many languages as fit [`Languages`].
const MOST: usize = 16;

/// A bit for each language that has a word, in the order of [`LANGUAGES`].
pub(super) type Languages = u16;

/// `vocabulary/languages.toml`: the small words of each language, by its code.
static LANGUAGES: LazyLock<BTreeMap<String, WordSet>> = LazyLock::new(|| builtin!("languages"));

/// How many small words of each language a text has.
#[derive(Debug, Default)]
pub(super) struct SmallWords {
    counts: [usize; MOST],
}

impl SmallWords {
    /// Counts a word of which this is known.
    pub(super) fn count(&mut self, word: Option<&Known>) {
        let mut languages = word.map_or(0, |known| known.languages);
        while languages != 0 {
            self.counts[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
    }

    fn are_english(&self, prose: &str) -> Option<bool> {
        let is_foreign = |c: &char| !c.is_ascii() && c.is_alphabetic();
        let foreign = if prose.is_ascii() { 0 } else { prose.chars().filter(is_foreign).count() };
        if foreign > 0 && foreign * 3 > prose.bytes().filter(u8::is_ascii_alphabetic).count() {
            return Some(false);
        }
        let english = LANGUAGES.keys().position(|code| code == "en").map_or(0, |index| self.counts[index]);
        let most = self.counts.iter().copied().max().unwrap_or(0);
        match (most, foreign) {
            (0, 0) => None,
            (0, _) => Some(false),
            _ => Some(english == most),
        }
    }
}

/// Whether a text is English, as far as its small words tell: it has English ones, and no language has more of them.
/// `None` for a text too short or too terse to have any.
/// What stands in square brackets is a prompt, whose language is not the writer's.
pub(crate) fn is_english(words: &Words) -> Option<bool> {
    match without_brackets(words.prose) {
        Cow::Borrowed(prose) => words.small.are_english(prose),
        Cow::Owned(prose) => Words::read(&prose).small.are_english(&prose),
    }
}

/// Whether a word, in lower case, is one of the commonest small words of a language.
pub(crate) fn is_small_word(word: &str) -> bool {
    known::of(word).is_some_and(|known| known.languages != 0)
}

/// The small words of all languages, each with the bit of its language.
pub(super) fn small_words() -> impl Iterator<Item = (&'static str, Languages)> {
    let lists = LANGUAGES.values().take(MOST).enumerate();
    lists.flat_map(|(bit, list)| list.iter().map(move |word| (word, 1 << bit)))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LANGUAGES, Words};

    fn is_english(prose: &str) -> Option<bool> {
        super::is_english(&Words::read(prose))
    }

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
    fn prompts_do_not_count() {
        assert_eq!(is_english("[What was it, and for whom?] Ich war in Hamburg [from … to …]."), Some(false));
    }

    proptest! {
        #[test]
        fn small_words_are_counted_wherever_letters_stand(text in "((the|i|qu|il|l|für|ÜBER|J|a|X|é|İ)[ '’.,_1\u{1a}-]?){0,9}") {
            let letters = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
            let words: Vec<String> = letters.collect();
            let counts = LANGUAGES.values().map(|list| words.iter().filter(|word| list.contains(word)).count());
            let read = Words::read(&text);
            prop_assert!(counts.eq(read.small.counts.iter().copied().take(LANGUAGES.len())), "{:?}", read.small);
        }
    }
}
