//! The entries of the vocabulary, in the shape of its files.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::word_list::Texts;
use crate::{PartKind, TagKind};

/// A part of a story: its names, and what goes into it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartEntry {
    /// The part.
    pub id: PartKind,
    /// The letter that stands for it.
    pub letter: char,
    /// What to include.
    pub include: String,
    /// An example from backend work.
    pub example: String,
    /// What a quick-fix inserts for the writer to complete: one bracketed placeholder.
    pub prompt: String,
    /// Canonical names by language (an IETF tag); the first of each is the one that is inserted.
    pub names: BTreeMap<String, Vec<String>>,
    /// Synonyms that fill the part of a story, but make none.
    pub loose: Vec<String>,
}

impl PartEntry {
    /// The name that is inserted among names of a language; English where there is none.
    #[must_use]
    pub fn name_in(&self, language: &str) -> &str {
        let names = self.names.get(language).or_else(|| self.names.get("en"));
        names.and_then(|names| names.first()).map_or(self.id.name(), String::as_str)
    }
}

/// A principle that interviewers ask about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Principle {
    /// Kebab-case, stable.
    pub id: String,
    /// The name as its company writes it.
    pub name: String,
    /// Other spellings of the name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that it had once.
    #[serde(default)]
    pub former: Vec<String>,
    /// What it means.
    #[serde(default)]
    pub summary: String,
    /// A situation from backend work in which it shows.
    #[serde(default)]
    pub scenario: String,
    /// What a strong story shows.
    #[serde(default)]
    pub shows: Vec<String>,
    /// Questions that probe it.
    #[serde(default)]
    pub questions: Vec<String>,
    /// Phrases that suggest that a story shows it.
    #[serde(default)]
    pub cues: Texts,
    /// Spellings that must be understood; tests run them.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// What a story is about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Kebab-case, stable.
    pub id: String,
    /// The name in headings.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What belongs here.
    #[serde(default)]
    pub summary: String,
    /// A situation from backend work.
    #[serde(default)]
    pub scenario: String,
    /// Whether a good story about it goes into technical detail.
    #[serde(default)]
    pub technical: bool,
    /// Phrases that suggest that a story is about it.
    #[serde(default)]
    pub cues: Texts,
    /// Spellings that must be understood; tests run them.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// An interview question.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Kebab-case, stable.
    pub id: String,
    /// The question as it is asked.
    pub text: String,
    /// Other wordings and short names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Ids of the themes that it asks about.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Whether a good answer goes into technical detail.
    #[serde(default)]
    pub technical: bool,
    /// What interviewers look for in the answer.
    #[serde(default)]
    pub checklist: Vec<ChecklistItem>,
    /// Wordings that must be understood; tests run them.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// One thing that interviewers look for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// Kebab-case, unique within its question.
    pub id: String,
    /// What to ask oneself.
    pub prompt: String,
    /// What to write.
    pub hint: String,
    /// Where in a story it is said.
    #[serde(default = "action")]
    pub part: PartKind,
    /// Words that show that a story addresses it.
    pub cues: Texts,
}

/// Most of what interviewers look for is something that was done.
const fn action() -> PartKind {
    PartKind::Action
}

/// What users add to the vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Additions {
    /// The sets of principles that are known; `None` for all that are built in.
    pub sets: Option<Vec<String>>,
    /// Further principles.
    pub principles: Vec<Principle>,
    /// Further themes.
    pub themes: Vec<Theme>,
    /// Further questions.
    pub questions: Vec<Question>,
    /// Further names of parts; they are loose.
    pub parts: BTreeMap<PartKind, Vec<String>>,
    /// Further technologies.
    pub technologies: Vec<String>,
}

/// `vocabulary/parts.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartsFile {
    pub(super) situation_or_task: Vec<String>,
    pub(super) generic_headings: Vec<String>,
    pub(super) forms_without_task: Vec<String>,
    pub(super) instruction_openers: Vec<String>,
    pub(super) other_words: Vec<String>,
    pub(super) part: Vec<PartEntry>,
}

/// A file of `vocabulary/principles/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrinciplesFile {
    pub(super) principle: Vec<Principle>,
}

/// `vocabulary/themes.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThemesFile {
    pub(super) theme: Vec<Theme>,
}

/// `vocabulary/questions.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionsFile {
    pub(super) question: Vec<Question>,
}

/// `vocabulary/tag-labels.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagLabelsFile {
    pub(super) label: Vec<TagLabelEntry>,
}

/// Labels of lines that list tags of one kind, or of none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagLabelEntry {
    pub(super) kind: Option<TagKind>,
    /// Names that can mean nothing else: a line of these is checked.
    #[serde(default)]
    pub(super) exact: Vec<String>,
    #[serde(default)]
    pub(super) names: Vec<String>,
}
