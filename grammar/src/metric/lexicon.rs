//! The words of `vocabulary/quantities.toml`, ready for look-up.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::MetricKind;

/// The word lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    pub(super) numbers: HashMap<String, f64>,
    pub(super) scales: HashMap<String, f64>,
    units: HashMap<String, HashSet<String>>,
    pub(super) words: Words,
    pub(super) vague: Vague,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) time_units: HashSet<String>,
    pub(super) compared: HashSet<String>,
    pub(super) changing: HashSet<String>,
    pub(super) naming: HashSet<String>,
    pub(super) months: HashSet<String>,
    pub(super) groups: HashSet<String>,
    pub(super) people: HashSet<String>,
    pub(super) developing: HashSet<String>,
    pub(super) aims: HashSet<String>,
    pub(super) reached: HashSet<String>,
    pub(super) negations: HashSet<String>,
    pub(super) harms: HashSet<String>,
    pub(super) zero_words: HashSet<String>,
    pub(super) factors: HashSet<String>,
    pub(super) fractions: HashSet<String>,
    pub(super) function_words: HashSet<String>,
    pub(super) scene_after: HashSet<String>,
    pub(super) scene_before: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vague {
    pub(super) words: HashSet<String>,
    pub(super) rough: HashSet<String>,
}

/// The built-in word lists. A test reads them, so that a release never finds them broken.
#[allow(clippy::panic)]
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    toml::from_str(include_str!("../../vocabulary/quantities.toml"))
        .unwrap_or_else(|error| panic!("vocabulary/quantities.toml: {error}"))
});

impl Lexicon {
    /// What a unit measures.
    pub(super) fn unit(&self, word: &str) -> Option<MetricKind> {
        const KINDS: [(&str, MetricKind); 6] = [
            ("percent", MetricKind::Percent),
            ("points", MetricKind::PercentagePoints),
            ("money", MetricKind::Money),
            ("duration", MetricKind::Duration),
            ("size", MetricKind::Size),
            ("rate", MetricKind::Rate),
        ];
        KINDS.iter().find(|(name, _)| self.is_unit(name, word)).map(|(_, kind)| *kind)
    }

    fn is_unit(&self, list: &str, word: &str) -> bool {
        self.units.get(list).is_some_and(|words| words.contains(word))
    }

    /// Whether a word can be what a number counts: a plural.
    pub(super) fn is_counted(&self, word: &str) -> bool {
        let plural = word.len() > 3
            && word.ends_with('s')
            && !["ss", "us", "is", "'s"].iter().any(|ending| word.ends_with(ending));
        (plural || self.is_unit("count", word)) && !self.words.function_words.contains(word)
    }
}
