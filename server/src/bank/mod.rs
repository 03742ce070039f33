//! Every story of a folder as one whole: summaries of files, findings across them, coverage, and the story for a question.
//!
//! Invariants: pure values, no I/O. A bank is a function of the texts it was given: after any changes it equals one
//! built afresh. A story takes less than 1,200 bytes, and 2 KB with its places in look-up tables.

pub mod answer;
mod ascending;
pub mod ask;
pub mod coverage;
pub mod draft;
mod fingerprint;
mod index;
pub mod lookup;
mod mention;
pub mod outline;
pub mod page;
mod reference;
pub mod rehearsal;
pub mod report;
mod summary;
mod term;
#[cfg(test)]
pub(crate) mod testing;
pub mod tree;

pub use fingerprint::{Fingerprint, Sketch};
pub use index::{Bank, StoryRef};
pub(crate) use mention::opening;
pub use mention::{Mention, Target, mentions};
pub use reference::Reference;
pub(crate) use reference::{anchor_of, without_remark};
pub use summary::{CoveredItem, PartSummary, Silence, StorySummary, Summary, TagSummary, may_matter};
pub use term::TermWeights;

/// How many stories a bank should have.
pub const TARGET: std::ops::RangeInclusive<usize> = 12..=15;

/// How many questions a story should answer.
pub const QUESTIONS_PER_STORY: std::ops::RangeInclusive<usize> = 2..=3;

/// A title as titles are compared: words in lower case, without marks and without the number before it.
#[must_use]
pub fn normal_title(title: &str) -> String {
    let (_, words) = numbered(title);
    let words = words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

/// The number before a title (`Story 3: …`, `3. …`, `#3 – …`), and the words after it.
#[must_use]
pub fn numbered(title: &str) -> (Option<u32>, &str) {
    let start = title.trim_start();
    let word = start.get(..5).filter(|word| word.eq_ignore_ascii_case("story")).map_or(0, str::len);
    let digits = start[word..].trim_start_matches([' ', '#', '\u{a0}']);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let rest = digits[length..].trim_start();
    let parted = rest.starts_with(['.', ':', ')', '-', '–', '—']) || rest.is_empty() && word > 0;
    match digits[..length].parse() {
        Ok(number) if parted => (Some(number), rest.trim_start_matches(['.', ':', ')', '-', '–', '—', ' '])),
        _ => (None, title),
    }
}

#[cfg(test)]
mod tests {
    use super::{normal_title, numbered};

    #[test]
    fn titles_are_compared_without_marks_and_numbers() {
        assert_eq!(normal_title("Story 3: The *Cache*!"), "the cache");
        assert_eq!(normal_title("3 teams, one schema"), "3 teams one schema");
        assert_eq!(numbered("#12 – x"), (Some(12), "x"));
        assert_eq!(numbered("Story 4"), (Some(4), ""));
        assert_eq!(numbered("2019 outage"), (None, "2019 outage"));
        assert_eq!(numbered("Störung"), (None, "Störung"));
    }
}
