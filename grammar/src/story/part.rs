//! Parts of a story.

use std::sync::Arc;

use crate::{Cue, Duty, Mention, Metric, Span, Term, Voice};

use super::PartKind;
use super::reading::Reading;

/// One labelled part of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What the part fills: one kind, or two for a combined label such as `Situation & Task`.
    pub kinds: Vec<PartKind>,
    /// The label that opens it.
    pub label: Label,
    /// The text after the label up to the end of the part, trimmed; empty just after the label when there is none.
    pub body: Span,
    /// Whether the prose is English, as far as its function words tell; rules about wording read only English.
    pub english: bool,
    /// What the body says, wherever it stands: parts move with each key that is typed above them, and this does not.
    pub(super) reading: Arc<Reading>,
}

impl Part {
    /// Whether the part fills `kind`.
    #[must_use]
    pub fn fills(&self, kind: PartKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// What the body amounts to.
    #[must_use]
    pub fn content(&self) -> Content {
        self.reading.content
    }

    /// Number of words of prose in the body (CJK text is counted by characters).
    #[must_use]
    pub fn words(&self) -> usize {
        self.reading.words
    }

    /// Quantities that measure an outcome, in the order of the text.
    pub fn metrics(&self) -> impl ExactSizeIterator<Item = Metric> {
        self.reading.quantities().metrics.iter().map(|metric| metric.shift(self.body.start))
    }

    /// Words of size without a value (`significantly`), in the order of the text.
    pub fn vague(&self) -> impl ExactSizeIterator<Item = Span> {
        self.placed(&self.reading.quantities().vague)
    }

    /// Rough magnitudes (`dozens of tickets`): neither a metric nor vague.
    pub fn rough(&self) -> impl ExactSizeIterator<Item = Span> {
        self.placed(&self.reading.quantities().rough)
    }

    /// Placeholders left in the body, in the order of the text.
    pub fn placeholders(&self) -> impl ExactSizeIterator<Item = Span> {
        self.placed(&self.reading.placeholders)
    }

    /// Who acts, where the prose is English.
    #[must_use]
    pub fn voice(&self) -> Voice {
        if self.english { self.reading.voice.shift(self.body.start) } else { Voice::default() }
    }

    /// Whose work it says something is, in a Task in English.
    #[must_use]
    pub fn duty(&self) -> Duty {
        if self.english { self.reading.duty.shift(self.body.start) } else { Duty::default() }
    }

    /// Technologies that it names, in the order of the text.
    pub fn technologies(&self) -> impl ExactSizeIterator<Item = Mention> {
        let placed = |mention: &Mention| Mention { span: mention.span.shift(self.body.start), ..*mention };
        self.reading.about().technologies.iter().map(placed)
    }

    /// What is technical by its look, in the order of the text: names as code has them, quantities in units of machines.
    pub fn details(&self) -> impl ExactSizeIterator<Item = Span> {
        self.placed(&self.reading.about().details)
    }

    /// Its words as terms, in the order of the text.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.reading.terms
    }

    /// Phrases that show what it is about, in the order of the text.
    pub fn cues(&self) -> impl ExactSizeIterator<Item = Cue> {
        self.reading.about().cues.iter().map(|cue| Cue { span: cue.span.shift(self.body.start), ..*cue })
    }

    /// Where spans of the body are in the text.
    fn placed(&self, spans: &[Span]) -> impl ExactSizeIterator<Item = Span> {
        spans.iter().map(|span| span.shift(self.body.start))
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
