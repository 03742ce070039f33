//! The words of `vocabulary/english.toml`, ready for look-up.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// The word lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct English {
    pub(super) abbreviations: HashSet<String>,
    pub(crate) determiners: HashSet<String>,
    pub(crate) voice: VoiceWords,
    pub(crate) duty: DutyWords,
    pub(crate) negation: NegationWords,
    pub(super) irregular: HashMap<String, String>,
}

/// What tells who acts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoiceWords {
    pub(crate) adverbs: HashSet<String>,
    pub(crate) having: HashSet<String>,
    pub(crate) being: HashSet<String>,
    pub(crate) doing: HashSet<String>,
    pub(crate) modals: HashSet<String>,
    pub(crate) states: HashSet<String>,
    pub(crate) complementizers: HashSet<String>,
    pub(crate) before_demonstratives: HashSet<String>,
    pub(crate) reporting: HashSet<String>,
    pub(crate) no_verbs: HashSet<String>,
    pub(crate) present: HashSet<String>,
}

/// What tells whose work something is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyWords {
    pub(crate) work: HashSet<String>,
    pub(crate) people: HashSet<String>,
    pub(crate) others: HashSet<String>,
    pub(crate) owners: HashSet<String>,
    pub(crate) articles: HashSet<String>,
    pub(crate) finite: HashSet<String>,
    pub(crate) subordinate: HashSet<String>,
    pub(crate) owning: HashSet<String>,
    pub(crate) topic_endings: Vec<String>,
    pub(crate) topic_verbs: HashSet<String>,
    pub(crate) comparatives: HashSet<String>,
}

/// What tells that something is denied.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NegationWords {
    pub(crate) negators: HashSet<String>,
    pub(crate) restoring: HashSet<String>,
    pub(crate) openers: HashSet<String>,
}

impl English {
    /// Whether a word is an irregular form of a verb.
    pub(crate) fn is_irregular(&self, word: &str) -> bool {
        self.irregular.contains_key(word)
    }
}

/// The built-in word lists. A test reads them, so that a release never finds them broken.
#[allow(clippy::panic)]
pub(crate) static ENGLISH: LazyLock<English> = LazyLock::new(|| {
    toml::from_str(include_str!("../../vocabulary/english.toml"))
        .unwrap_or_else(|error| panic!("vocabulary/english.toml: {error}"))
});
