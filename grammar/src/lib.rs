//! What a story is: Markdown text in, typed STAR stories out.
//!
//! Invariants: this crate does no I/O, knows nothing of editors, rules or the language server, and cannot fail:
//! every function returns a value, with a list of problems where the input was broken. All positions are byte
//! [`Span`]s of the text that was read.

mod asking;
mod checklist;
mod cue;
mod document;
mod draft;
mod markdown;
mod metric;
pub mod parallel;
mod prose;
mod span;
mod story;
mod subject;
mod suggestion;
mod technology;
mod term;
mod vocabulary;
mod voice;
mod word_list;

pub use asking::{Asked, Sense, asked};
pub use checklist::{Checklist, Covered, checklist, covered};
pub use cue::{Cue, Topic};
pub use document::{Block, BlockKind, Document, FrontMatter, Origin, Problem, Suppression, TagList};
pub use draft::draft;
pub use markdown::unchanged;
pub use metric::{Metric, MetricKind, Quantities, read as read_quantities};
pub use span::Span;
pub use story::{
    Content, Kept, Label, LabelStyle, Part, PartKind, Spelling, Story, Tag, TagKind, TagSource, TagValue,
    Title, TitleSource, may_hold_stories,
};
pub use suggestion::{Suggestion, suggestions};
pub use technology::Mention;
pub use term::{Term, terms};
pub use vocabulary::{
    Additions, ChecklistItem, ENGLISH, Known, PartEntry, PartMeaning, PartName, Principle, Question,
    TagLabel, Technologies, Technology, TechnologyKind, TechnologyNature, Theme, Vocabulary, normal_name,
};
pub use voice::{Duty, Voice};
pub use word_list::Texts;
