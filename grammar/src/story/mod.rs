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
mod part;
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
pub use part::{Content, Label, LabelStyle, Part, Spelling};
pub(crate) use scan::Scan;
pub use scan::may_hold_stories;
pub(crate) use sign::{Sign, read as signs};
pub(crate) use suppression::suppressions;

use crate::technology::is_phrase;
use crate::{Cue, Span, Vocabulary};

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
        self.parts.iter().map(Part::words).sum()
    }

    /// The phrases that show what the story is about: those of the title, then those of the parts.
    pub fn cues(&self) -> impl Iterator<Item = Cue> {
        self.title_cues.iter().copied().chain(self.parts.iter().flat_map(Part::cues))
    }

    /// The names of the technologies that the parts name, in the order of the text, each once. Everyday words
    /// (*queue*), which are detail but no names, are left out.
    #[must_use]
    pub fn technologies<'v>(&self, vocabulary: &'v Vocabulary) -> Vec<&'v str> {
        let mut names: Vec<&str> = Vec::new();
        for mention in self.parts.iter().flat_map(Part::technologies) {
            if let Some(technology) = vocabulary.technologies().get(mention.technology)
                && !(technology.nature.ambiguous && is_phrase(technology.name))
                && !names.contains(&technology.name)
            {
                names.push(technology.name);
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
