//! The words that a user adds to the vocabulary, as written.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use starling_grammar::{ChecklistItem, PartKind, Principle, Question, Theme, Vocabulary};

use super::Words;

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
    pub fn vocabulary(&self) -> Words {
        if *self == Self::default() {
            return Words::BuiltIn;
        }
        let additions = starling_grammar::Additions {
            sets: self.sets.clone(),
            principles: self.principles.iter().map(AddedPrinciple::entry).collect(),
            themes: self.themes.iter().map(AddedTheme::entry).collect(),
            questions: self.questions.iter().map(AddedQuestion::entry).collect(),
            parts: self.parts.clone(),
            technologies: self.technologies.clone(),
        };
        Words::Extended(Arc::new(Vocabulary::extended(&additions)))
    }
}

/// The id of an entry: the one that was given, or one made from its name.
fn id_of(id: Option<&String>, name: &str) -> String {
    id.cloned().unwrap_or_else(|| crate::explain::id(name))
}

impl AddedPrinciple {
    fn entry(&self) -> Principle {
        Principle {
            id: id_of(self.id.as_ref(), &self.name),
            name: self.name.clone(),
            aliases: self.aliases.clone(),
            summary: self.summary.clone().unwrap_or_default(),
            scenario: self.scenario.clone().unwrap_or_default(),
            shows: self.shows.clone(),
            questions: self.questions.clone(),
            ..Principle::default()
        }
    }
}

impl AddedTheme {
    fn entry(&self) -> Theme {
        Theme {
            id: id_of(self.id.as_ref(), &self.name),
            name: self.name.clone(),
            aliases: self.aliases.clone(),
            summary: self.summary.clone().unwrap_or_default(),
            ..Theme::default()
        }
    }
}

impl AddedQuestion {
    fn entry(&self) -> Question {
        let item = |item: &AddedItem| ChecklistItem {
            id: crate::explain::id(&item.name),
            prompt: item.prompt.clone().unwrap_or_default(),
            hint: item.hint.clone().unwrap_or_default(),
            part: PartKind::Action,
            cues: item.cues.clone().into(),
        };
        Question {
            id: self.id.clone(),
            text: self.text.clone(),
            aliases: self.aliases.clone(),
            checklist: self.checklist.iter().map(item).collect(),
            ..Question::default()
        }
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
