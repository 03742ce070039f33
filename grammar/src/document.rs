//! A Markdown text and what it says: the one value that rules and features read.

use std::sync::Arc;

use crate::{Span, Story, TagKind, Vocabulary};

/// What is known of a text from outside of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The name of the file without folder and extension: the title of last resort.
    pub name: String,
    /// Whether the configuration says that the file holds stories (`bank.include`).
    pub declared: bool,
}

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct Document {
    text: Arc<str>,
    /// The YAML block at the head of the text, if there is one.
    pub front_matter: Option<FrontMatter>,
    /// Whether the file says that it holds stories, by front matter or by configuration.
    pub declared: bool,
    /// The stories in the order of the text.
    pub stories: Vec<Story>,
    /// The `starling-ignore` comments in the order of the text.
    pub suppressions: Vec<Suppression>,
}

impl Document {
    /// Reads a text.
    #[must_use]
    pub fn read(text: Arc<str>, origin: &Origin, vocabulary: &Vocabulary) -> Self {
        let _ = (origin, vocabulary);
        Self { text, front_matter: None, declared: false, stories: Vec::new(), suppressions: Vec::new() }
    }

    /// Reads a later version of the same file, reusing what has not changed.
    #[must_use]
    pub fn reread(&self, text: Arc<str>, origin: &Origin, vocabulary: &Vocabulary) -> Self {
        Self::read(text, origin, vocabulary)
    }

    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }
}

/// The YAML block at the head of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the opening line through the closing line, its line end included.
    pub span: Span,
    /// The YAML between them.
    pub body: Span,
    /// The value of `title`, if it is a text.
    pub title: Option<(String, Span)>,
    /// Values of `principles`, `themes` and `questions`, each with its place.
    pub tags: Vec<(TagKind, String, Span)>,
    /// What is wrong with the YAML; reported only in files that hold stories.
    pub problems: Vec<Problem>,
}

/// Something broken in the input, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What is wrong and what to do.
    pub message: String,
}

/// A comment that silences rules: `<!-- starling-ignore rule-a, rule-b -->` or `<!-- starling-ignore-file rule -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The comment, marks included.
    pub span: Span,
    /// The names of rules as written, each with its place; empty when the comment names none, which silences all.
    pub rules: Vec<(String, Span)>,
    /// The bytes in which findings are silenced: the story or part that the comment stands in or before, or the
    /// whole text.
    pub scope: Span,
}
