//! Whether somebody tells what happened: what sets a story apart from notes, tables and reference pages with its words.

use std::sync::Arc;

use crate::prose::{ENGLISH, Gap, Words};
use crate::{Content, LabelStyle, Part, PartKind, Spelling};

use super::reading::Reading;
use super::wording::WORDING;

/// What shows that somebody tells what happened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    /// A teller speaks.
    told: bool,
    /// A note without a subject tells what was done.
    acts: bool,
    /// It says how things were.
    over: bool,
}

impl Telling {
    /// Reads the words of a part.
    pub(super) fn of(words: &Words) -> Self {
        Self { told: is_told(words), acts: acts(words), over: is_over(words) }
    }

    /// Whether a teller speaks.
    pub(super) fn is_told(self) -> bool {
        self.told
    }
}

/// Whether the parts, in English, are no story since nobody tells what they did. All four parts under their full names
/// are one even in a note without subjects, unless it is a list of things to do; fewer need somebody who tells, or words
/// that say how things were. Labels of other words and columns of a table need somebody who tells, or an Action in the
/// past. Nobody can have acted yet where the Action is still to be written.
pub(super) fn is_untold(parts: &[Part], readings: &[Arc<Reading>], text: &str) -> bool {
    let named = |kind: &PartKind| {
        let full =
            |part: &&Part| matches!(part.label.spelling, Spelling::Canonical | Spelling::Misspelled { .. });
        parts.iter().filter(full).any(|part| part.fills(*kind))
    };
    let filled = |kind: &PartKind| parts.iter().any(|part| part.fills(*kind));
    let in_columns = parts.iter().all(|part| part.label.style == LabelStyle::TableColumn);
    let to_do = parts.iter().any(|part| part.fills(PartKind::Action) && part.body.of(text).contains("[ ]"));
    let several = PartKind::REQUIRED.iter().filter(|kind| named(kind)).count();
    if !in_columns && !to_do && several == PartKind::REQUIRED.len() {
        return false;
    }
    if !parts.iter().any(|part| is_written(part, text)) {
        return false;
    }
    let read: Vec<(&Part, Telling)> =
        parts.iter().zip(readings).map(|(part, reading)| (part, reading.telling())).collect();
    if read.iter().any(|(_, telling)| telling.told) {
        return false;
    }
    let clear = several >= 3 || several == 2 && named(&PartKind::Situation);
    if !in_columns && !to_do && clear && read.iter().any(|(_, telling)| telling.acts || telling.over) {
        return false;
    }
    let few = PartKind::REQUIRED.iter().filter(|kind| filled(kind)).count() < 3;
    let acted = |(part, telling): &(&Part, Telling)| part.fills(PartKind::Action) && telling.acts;
    few || !read.iter().any(acted)
}

/// Whether a part is an Action with more than the beginning of a note: a few words, or one in the cell of a table, where
/// people write no more.
fn is_written(part: &Part, text: &str) -> bool {
    const WORDS: usize = 3;
    const LETTERS: usize = 3;
    let letters = || part.body.of(text).chars().filter(|c| c.is_alphanumeric()).take(LETTERS).count();
    let enough = part.words() >= WORDS || part.label.style == LabelStyle::TableColumn && letters() == LETTERS;
    part.fills(PartKind::Action) && part.content() == Content::Text && enough
}

/// Whether a title says no more than when it was, as entries of a log do: `06:00 – 14:00`, `2024-03-02`.
pub(super) fn is_moment(title: &str) -> bool {
    let plain = title.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '-' | '–' | ' '));
    let digits = |word: &str, sign: char| word.split(sign).map(str::len).collect::<Vec<_>>();
    let is_clock = |word: &str| matches!(digits(word, ':')[..], [1 | 2, 2]);
    let is_date = |word: &str| digits(word, '-') == [4, 2, 2];
    plain && title.split([' ', '–']).any(|word| is_clock(word) || is_date(word))
}

/// Whether a teller speaks: *I* anywhere, or *we* before a verb of the past. *We call it once* explains a rule.
fn is_told(words: &Words) -> bool {
    const NEAR: usize = 4;
    (0..words.len()).any(|at| {
        let word = words.lower(at).split('\'').next().unwrap_or_default();
        WORDING.persons.alone.contains(word)
            || WORDING.persons.together.contains(word)
                && (at..at + NEAR).any(|next| is_past(words.lower(next)))
    })
}

/// Whether a note without a subject tells what was done: *Wrapped the client in a breaker*.
fn acts(words: &Words) -> bool {
    let opens = |at: usize| {
        words.gap(at) >= Gap::Comma || at > 0 && matches!(words.lower(at - 1), "and" | "then" | "also")
    };
    (0..words.len()).any(|at| opens(at) && is_past(words.lower(at)))
}

/// Whether a text says how things were: *was*, or *it* or *they* before a verb of the past.
fn is_over(words: &Words) -> bool {
    let subject = |at: usize| at > 0 && matches!(words.lower(at - 1), "it" | "they" | "he" | "she");
    (0..words.len()).any(|at| {
        matches!(words.lower(at), "was" | "were" | "had") || subject(at) && is_past(words.lower(at))
    })
}

fn is_past(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") && !word.ends_with("eed")
        || ENGLISH.is_irregular(word) && !word.ends_with("ing") && !ENGLISH.voice.present.contains(word)
}

#[cfg(test)]
mod tests {
    use super::is_moment;

    #[test]
    fn clocks_and_dates_are_moments() {
        for title in ["06:00 – 14:00", "6:00", "2024-03-02", "2024-03-02 14:00"] {
            assert!(is_moment(title), "{title}");
        }
        for title in ["99.99%", "24/7 – 365", "1.000.000", "3.2.100", "100-200", "At 6:00", "3:1", ""] {
            assert!(!is_moment(title), "{title}");
        }
    }
}
