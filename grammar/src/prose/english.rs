//! The words of `vocabulary/english.toml`, ready for look-up.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::vocabulary::builtin;
use crate::word_list::{WordMap, WordSet};

/// The word lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct English {
    pub(super) abbreviations: WordSet,
    pub(crate) determiners: WordSet,
    pub(crate) voice: VoiceWords,
    pub(crate) duty: DutyWords,
    pub(crate) negation: NegationWords,
    pub(crate) draft: DraftWords,
    pub(super) irregular: WordMap<String>,
}

/// What tells who acts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoiceWords {
    pub(crate) adverbs: WordSet,
    pub(crate) having: WordSet,
    pub(crate) being: WordSet,
    pub(crate) doing: WordSet,
    pub(crate) modals: WordSet,
    pub(crate) states: WordSet,
    pub(crate) complementizers: WordSet,
    pub(crate) before_demonstratives: WordSet,
    pub(crate) reporting: WordSet,
    pub(crate) no_verbs: WordSet,
    pub(crate) present: WordSet,
}

/// What tells whose work something is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyWords {
    pub(crate) work: WordSet,
    pub(crate) people: WordSet,
    pub(crate) others: WordSet,
    pub(crate) owners: WordSet,
    pub(crate) articles: WordSet,
    pub(crate) finite: WordSet,
    pub(crate) subordinate: WordSet,
    pub(crate) owning: WordSet,
    pub(crate) topic_endings: Vec<String>,
    pub(crate) topic_verbs: WordSet,
    pub(crate) comparatives: WordSet,
}

/// What tells that something is denied.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NegationWords {
    pub(crate) negators: WordSet,
    pub(crate) restoring: WordSet,
    pub(crate) openers: WordSet,
}

/// What tells which part of a story a sentence is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftWords {
    pub(crate) task: Vec<String>,
    pub(crate) result: Vec<String>,
    pub(crate) reflection: Vec<String>,
    pub(crate) scene: WordSet,
    pub(crate) steps: WordSet,
}

impl English {
    /// Whether a word is an irregular form of a verb.
    pub(crate) fn is_irregular(&self, word: &str) -> bool {
        self.irregular.contains_key(word)
    }
}

/// The built-in word lists.
pub(crate) static ENGLISH: LazyLock<English> = LazyLock::new(|| builtin!("english"));
