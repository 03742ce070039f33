//! What a story is: Markdown text in, typed STAR stories out.
//!
//! Invariants: this crate does no I/O, knows nothing of editors, rules or the language server, and cannot fail:
//! every function returns a value, with a list of problems where the input was broken. All positions are byte
//! [`Span`]s of the text that was read.

mod document;
mod markdown;
mod metric;
mod span;
mod story;
mod technology;
mod vocabulary;

pub use document::{Block, BlockKind, Document, FrontMatter, Origin, Problem, Suppression, TagList};
pub use metric::{Metric, MetricKind, Quantities, read as read_quantities};
pub use span::Span;
pub use story::{
    Content, Label, LabelStyle, Part, PartKind, Spelling, Story, Tag, TagKind, TagSource, TagValue, Title,
    TitleSource,
};
pub use technology::technologies;
pub use vocabulary::{
    Additions, ChecklistItem, Known, PartEntry, PartMeaning, PartName, Principle, Question, TagLabel,
    Technology, Theme, Vocabulary,
};
