//! What the word lists know of a word, in one look-up: every word of every text is looked up.

use std::sync::LazyLock;

use super::english::ENGLISH;
use super::language::{Languages, small_words};
use super::stem;
use crate::word_list::WordMap;

/// What is known of a word.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The stem of an irregular form.
    pub(super) stem: Option<String>,
    /// The languages of which it is a small word.
    pub(super) languages: Languages,
}

/// What is known of a word in lower case.
pub(super) fn of(word: &str) -> Option<&'static Known> {
    KNOWN.get(word)
}

static KNOWN: LazyLock<WordMap<Known, &str>> = LazyLock::new(|| {
    let mut all: WordMap<Known, &str> = WordMap::default();
    for word in ENGLISH.irregular.keys() {
        all.entry(word).or_default().stem = Some(stem::stem(word));
    }
    for (word, language) in small_words() {
        all.entry(word).or_default().languages |= language;
    }
    all.shrink_to_fit();
    all
});
