//! What a rule found, and what would mend it: the only currency between rules, command line and language server.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use starling_grammar::{Kept, PartKind, Span};

use crate::rules::Rule;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A suggestion, shown unobtrusively.
    Hint,
    /// Worth knowing.
    Information,
    /// Should be mended before the interview.
    Warning,
    /// Cannot be read.
    Error,
}

impl Severity {
    /// All severities, lightest first.
    pub const ALL: [Self; 4] = [Self::Hint, Self::Information, Self::Warning, Self::Error];

    /// The name in configuration and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that a rule says about one place.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// The severity after configuration.
    pub severity: Severity,
    /// Where it stands: bytes of the document.
    pub span: Span,
    /// What to do, in one sentence.
    pub message: String,
    /// The part that it is about, if it is about one.
    pub part: Option<PartKind>,
    /// The name it is about (an unknown tag, a rule), if it is about one.
    pub subject: Option<String>,
    /// Other places that led to the finding.
    pub related: Vec<Related>,
    /// What would mend it, best first.
    pub fixes: Vec<Fix>,
}

/// A finding with the index of the story in which a rule about single stories found it.
pub(crate) type Found = (Option<usize>, Finding);

impl Finding {
    /// A finding with the usual severity of its rule, and nothing but a message.
    #[must_use]
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            span,
            message: message.into(),
            part: None,
            subject: None,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The same finding, about a part.
    #[must_use]
    pub fn about(self, part: PartKind) -> Self {
        Self { part: Some(part), ..self }
    }

    /// The same finding, about a name.
    #[must_use]
    pub fn naming(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }

    /// The same finding in a later text, where `map` tells where what stood in a span stands now. `None` when that is gone
    /// for the place of the finding; other places that are gone are left out, and so are fixes that would change them.
    pub(crate) fn mapped(&self, map: impl Fn(Span) -> Option<Span>) -> Option<Self> {
        let related = |related: &Related| match &related.file {
            None => Some(Related { span: map(related.span)?, ..related.clone() }),
            Some(_) => Some(related.clone()),
        };
        let edit = |edit: &Edit| Some(Edit { span: map(edit.span)?, ..edit.clone() });
        let fix = |fix: &Fix| {
            let edits: Option<Vec<Edit>> = fix.edits.iter().map(edit).collect();
            Some(Fix { edits: edits?, ..fix.clone() })
        };
        Some(Self {
            span: map(self.span)?,
            related: self.related.iter().filter_map(related).collect(),
            fixes: self.fixes.iter().filter_map(fix).collect(),
            ..self.clone()
        })
    }

    /// Moves the finding to where its story is after an edit of other text.
    pub(crate) fn move_with(&mut self, kept: Kept) {
        let related = self.related.iter_mut().map(|related| &mut related.span);
        let edits = self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.span);
        let spans = std::iter::once(&mut self.span).chain(related).chain(edits);
        spans.for_each(|span| kept.apply(span));
    }

    /// The same finding with another place that led to it.
    #[must_use]
    pub fn related_to(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into(), file: None });
        self
    }

    /// The same finding with a place in another file that led to it.
    #[must_use]
    pub fn related_elsewhere(mut self, file: OtherFile, span: Span, message: impl Into<String>) -> Self {
        // Of ten thousand stories, each may have such a finding, and few have another place.
        self.related.reserve_exact(1);
        self.related.push(Related { span, message: message.into(), file: Some(file) });
        self
    }

    /// The same finding with one more way to mend it, if there is one.
    #[must_use]
    pub fn mended_by(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fixes.extend(fix.into());
        self
    }
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Related {
    /// Where: bytes of the document, or of the other file.
    pub span: Span,
    /// What is there.
    pub message: String,
    /// The other file, if it is not in the same document.
    pub file: Option<OtherFile>,
}

/// Another file than the one that a finding stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OtherFile {
    /// Its path, as it is known to the bank.
    pub path: PathBuf,
    /// The line of the place, from 1: its text is not at hand where findings are shown.
    pub line: usize,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What the change does, as a command: "Insert a Task section".
    pub title: String,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// Disjoint edits in ascending order.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that may be applied without a look.
    #[must_use]
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Safe, edits }
    }

    /// A fix for the writer to look at.
    #[must_use]
    pub fn prompt(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Prompt, edits }
    }
}

/// Whether a fix may be applied without a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Keeps what the writer means: applied by `--fix` and by *fix all*.
    Safe,
    /// Moves prose, or inserts text for the writer to complete: offered one by one.
    Prompt,
}

/// The replacement of a span by a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Puts `text` in the place of `span`.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Puts `text` before the byte at `offset`.
    #[must_use]
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }
}
