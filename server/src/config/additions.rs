//! The words that a user adds to the vocabulary, as written.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use starling_grammar::{PartKind, Vocabulary};

/// `[vocabulary]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Additions {
    /// The sets of principles that are known; `None` for the usual ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sets: Option<Vec<String>>,
    /// Names that count as technical detail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub technologies: Vec<String>,
    /// Further labels for parts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<PartKind, Vec<String>>,
    /// Further principles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub principles: Vec<AddedPrinciple>,
    /// Further themes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<AddedTheme>,
    /// Further questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<AddedQuestion>,
}

impl Additions {
    /// The built-in vocabulary with these additions.
    #[must_use]
    pub fn vocabulary(&self) -> Arc<Vocabulary> {
        Arc::new(Vocabulary::default())
    }
}

/// A principle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AddedPrinciple {
    /// What it is called.
    pub name: String,
    /// The name in reports; made from `name` when it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// A situation in which it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// What a strong story shows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<String>,
    /// What interviewers ask about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// A theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AddedTheme {
    /// What it is called.
    pub name: String,
    /// The name in reports; made from `name` when it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// An interview question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AddedQuestion {
    /// The question as it is asked.
    pub text: String,
    /// The name in reports.
    pub id: String,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What interviewers look for in the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<AddedItem>,
}

/// An item of a question's checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AddedItem {
    /// What it is called.
    pub name: String,
    /// Words that show that a story addresses it.
    pub cues: Vec<String>,
    /// What to ask oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// What to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}
