//! Stories: plain values that every rule and feature reads.

mod build;
mod earlier;
mod front_matter;
mod group;
mod guide;
mod label;
mod line;
mod material;
mod moved;
mod placeholder;
mod placement;
mod qualify;
mod reading;
mod regroup;
mod scan;
mod sign;
mod suppression;
mod table;
mod tag;
mod telling;
#[cfg(test)]
mod tests;
mod title;
mod wording;

pub(crate) use build::{Stories, skim, stories};
pub use earlier::Kept;
pub(crate) use earlier::Making;
pub(crate) use front_matter::read as front_matter;
pub(crate) use scan::Scan;
pub use scan::may_hold_stories;
pub(crate) use sign::{Sign, read as signs};
pub(crate) use suppression::suppressions;

use std::sync::Arc;

use crate::technology::is_phrase;
use crate::{Cue, Duty, Mention, Metric, Span, Vocabulary, Voice};

/// One story: a group of labelled parts under a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// What the story is called.
    pub title: Title,
    /// From the title (or the first label, when the title stands elsewhere) to the end of the last part.
    pub span: Span,
    /// Whether every part is empty or a placeholder. Templates are listed and helped, and get no findings.
    pub template: bool,
    /// The parts in the order of the text.
    pub parts: Vec<Part>,
    /// Principles, themes and questions that the text maps the story to, in the order of the text.
    pub tags: Vec<Tag>,
    /// Phrases of the title that show what the story is about.
    pub title_cues: Vec<Cue>,
}

impl Story {
    /// The first part that fills `kind`.
    #[must_use]
    pub fn part(&self, kind: PartKind) -> Option<&Part> {
        self.parts.iter().find(|part| part.fills(kind))
    }

    /// Words of all parts.
    #[must_use]
    pub fn words(&self) -> usize {
        self.parts.iter().map(|part| part.words).sum()
    }

    /// The phrases that show what the story is about: those of the title, then those of the parts.
    pub fn cues(&self) -> impl Iterator<Item = &Cue> {
        self.title_cues.iter().chain(self.parts.iter().flat_map(|part| &part.cues))
    }

    /// The names of the technologies that the parts name, in the order of the text, each once. Everyday words
    /// (*queue*), which are detail but no names, are left out.
    #[must_use]
    pub fn technologies<'v>(&self, vocabulary: &'v Vocabulary) -> Vec<&'v str> {
        let mut names: Vec<&str> = Vec::new();
        for mention in self.parts.iter().flat_map(|part| &part.technologies) {
            if let Some(technology) = vocabulary.technologies().get(mention.technology)
                && !(technology.ambiguous && is_phrase(&technology.name))
                && !names.contains(&technology.name.as_str())
            {
                names.push(&technology.name);
            }
        }
        names
    }

    /// The ids of known tags of one kind, in the order of the text, each once.
    #[must_use]
    pub fn known_tags(&self, kind: TagKind) -> Vec<&str> {
        let mut ids = Vec::new();
        for tag in self.tags.iter().filter(|tag| tag.kind == Some(kind)) {
            if let TagValue::Known { id, .. } = &tag.value
                && !ids.contains(&id.as_str())
            {
                ids.push(id.as_str());
            }
        }
        ids
    }
}

/// The title of a story, as written, without Markdown marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The words of the title.
    pub text: String,
    /// Where findings about the whole story stand: the title's words, or the first label when the title is the
    /// file's name.
    pub span: Span,
    /// Where the title was found.
    pub source: TitleSource,
}

/// Where a title was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleSource {
    /// A heading of this level (1 to 6).
    Heading(u8),
    /// The key `title` of the front matter.
    FrontMatter,
    /// The text of a list item, question, `<summary>` or table cell.
    Line,
    /// Nothing in the text: the name of the file.
    FileName,
}

/// The parts of a STAR story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// The context.
    Situation,
    /// What the teller was responsible for.
    Task,
    /// What the teller did.
    Action,
    /// What came of it.
    Result,
    /// What the teller learned; optional.
    Reflection,
}

impl PartKind {
    /// The four parts that every story has, in order.
    pub const REQUIRED: [Self; 4] = [Self::Situation, Self::Task, Self::Action, Self::Result];
    /// All parts, in order.
    pub const ALL: [Self; 5] = [Self::Situation, Self::Task, Self::Action, Self::Result, Self::Reflection];

    /// The id used in JSON and vocabulary files: the English name in lower case.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Situation => "situation",
            Self::Task => "task",
            Self::Action => "action",
            Self::Result => "result",
            Self::Reflection => "reflection",
        }
    }

    /// The English name, as in a heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Situation => "Situation",
            Self::Task => "Task",
            Self::Action => "Action",
            Self::Result => "Result",
            Self::Reflection => "Reflection",
        }
    }
}

/// One labelled part of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What the part fills: one kind, or two for a combined label such as `Situation & Task`.
    pub kinds: Vec<PartKind>,
    /// The label that opens it.
    pub label: Label,
    /// The text after the label up to the end of the part, trimmed; empty just after the label when there is none.
    pub body: Span,
    /// What the body amounts to.
    pub content: Content,
    /// Number of words of prose in the body (CJK text is counted by characters).
    pub words: usize,
    /// Quantities that measure an outcome, in the order of the text.
    pub metrics: Vec<Metric>,
    /// Words of size without a value (`significantly`), in the order of the text.
    pub vague: Vec<Span>,
    /// Rough magnitudes (`dozens of tickets`): neither a metric nor vague.
    pub rough: Vec<Span>,
    /// Placeholders left in the body, in the order of the text.
    pub placeholders: Vec<Span>,
    /// Whether the prose is English, as far as its function words tell; rules about wording read only English.
    pub english: bool,
    /// Who acts, where the prose is English.
    pub voice: Voice,
    /// Whose work it says something is, in a Task in English.
    pub duty: Duty,
    /// Technologies that it names, in the order of the text.
    pub technologies: Vec<Mention>,
    /// What is technical by its look, in the order of the text: names as code has them, quantities in units of machines.
    pub details: Vec<Span>,
    /// Phrases that show what it is about, in the order of the text.
    pub cues: Vec<Cue>,
}

impl Part {
    /// Whether the part fills `kind`.
    #[must_use]
    pub fn fills(&self, kind: PartKind) -> bool {
        self.kinds.contains(&kind)
    }
}

/// What the body of a part amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Nothing but placeholders.
    Placeholder,
    /// Text of the writer's own.
    Text,
}

/// The words that open a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The label's words without marks, decoration and terminator: where findings about the part stand.
    pub span: Span,
    /// From the first byte of its line (after quote and list indentation) to the last byte of marks and terminator.
    pub whole: Span,
    /// The word that names the part (`Situation` in `S – Situation (20 %)`), or the letter when there is no word.
    pub name: Span,
    /// The single letter beside the word (`S` in `S – Situation`), if any.
    pub letter: Option<Span>,
    /// How the label is marked.
    pub style: LabelStyle,
    /// How the name is spelled.
    pub spelling: Spelling,
    /// Language of the name, as an IETF tag (`en`, `de`, `zh`).
    pub language: Arc<str>,
}

/// How a label is marked in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelStyle {
    /// `## Situation`, level 1 to 6.
    Heading(u8),
    /// Situation underlined with `=` (1) or `-` (2).
    Setext(u8),
    /// `**Situation:** text`.
    Bold,
    /// `**Situation**` alone on its line.
    BoldLine,
    /// `- **Situation:** text`.
    BoldItem,
    /// `- Situation: text`.
    Item,
    /// `Situation: text`.
    Line,
    /// A table row whose first cell is the label.
    TableRow,
    /// A column of a table whose header names the parts; each row below is a story.
    TableColumn,
    /// `… (Situation).` closing a sentence.
    Parenthesis,
}

/// How the name of a part is spelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// A canonical name, in any of the label languages.
    Canonical,
    /// A loose synonym (`Context`, `Approach`), which fills a part but does not make a story.
    Loose,
    /// A letter alone (`S:`), read as a part in an ordered run only.
    Letter,
    /// A near miss of a canonical name.
    Misspelled {
        /// The name that was meant, in the case of the text.
        meant: String,
    },
}

/// A principle, theme or question that a story is mapped to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What the value is looked up in; `None` when the label of the line says neither and the value is unknown.
    pub kind: Option<TagKind>,
    /// The value's text, without list punctuation and marks.
    pub span: Span,
    /// What the value stands for.
    pub value: TagValue,
    /// Where the value was written.
    pub source: TagSource,
}

/// The kinds of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TagKind {
    /// A principle of one of the chosen sets.
    Principle,
    /// A theme.
    Theme,
    /// An interview question.
    Question,
}

/// What a tag's text stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagValue {
    /// A value of the vocabulary.
    Known {
        /// Its id.
        id: String,
        /// Whether the text is a listed former name.
        former: bool,
    },
    /// A value that no set knows, which the writer seems to have meant as one: reported.
    Unknown {
        /// The text as written, without marks.
        text: String,
        /// Ids of near names, best first.
        near: Vec<String>,
    },
    /// Free text, such as a quoted question or another company's principle: kept, never reported.
    Text(String),
}

/// Where a tag was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagSource {
    /// A key of the front matter.
    FrontMatter,
    /// A label line in the body.
    Line,
    /// A parenthesis in the heading.
    Heading,
}
