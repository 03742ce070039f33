//! Refactorings: what changes how a story is written, and nothing of what it says.
//!
//! Each is tried on the text before it is offered: only what leaves title, parts and tags as they were is.

mod draft;
mod files;
mod styles;
mod tags;

use std::collections::BTreeSet;
use std::sync::Arc;

use starling_grammar::{Document, Origin, PartKind, Span, Story, TagKind, TagSource, TagValue, TitleSource};

use super::View;
use super::actions::{Action, ActionKind, Change};
use crate::finding::Edit;
use crate::fix::apply;

pub use files::{NewFile, merged};

/// What can be written in another way at a place.
#[must_use]
pub fn refactorings(view: &View, span: Span) -> Vec<Action> {
    let at = view.offset(span.start);
    let mut actions = styles::restyled(view, at);
    actions.extend(tags::into_front_matter(view, at));
    actions.extend(tags::out_of_front_matter(view, at));
    actions.extend(draft::labelled(view, at));
    actions.extend(files::split(view, at));
    actions
}

fn action(title: &str, edits: Vec<Edit>) -> Action {
    Action {
        title: title.to_owned(),
        kind: ActionKind::Refactor,
        finding: None,
        preferred: false,
        change: Change::Document { edits, select: None },
    }
}

/// What a story says, however it is written.
#[derive(Debug, PartialEq)]
struct Said {
    title: Option<String>,
    /// What each part is, and its words and marks without the white space between them.
    parts: Vec<(Vec<PartKind>, String)>,
    tags: BTreeSet<(Option<TagKind>, String)>,
}

impl Said {
    fn of(story: &Story, text: &str) -> Self {
        let written = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let parts = story.parts.iter().map(|part| (part.kinds.clone(), written(part.body)));
        let value = |value: &TagValue| match value {
            TagValue::Known { id, .. } => id.clone(),
            TagValue::Unknown { text, .. } | TagValue::Text(text) => text.clone(),
        };
        // The name of the file is not known to a text by itself.
        let title = (story.title.source != TitleSource::FileName).then(|| story.title.text.clone());
        let tags = story.tags.iter().filter(|tag| tag.source != TagSource::Heading);
        Self { title, parts: parts.collect(), tags: tags.map(|tag| (tag.kind, value(&tag.value))).collect() }
    }
}

/// Whether all stories say the same after some edits.
fn keeps(view: &View, edits: &[Edit]) -> bool {
    said(view.document()) == said(&after(view, edits))
}

/// What the stories of a document say, in its order.
fn said(document: &Document) -> Vec<Said> {
    document.stories.iter().map(|story| Said::of(story, document.text())).collect()
}

/// The document after some edits.
fn after(view: &View, edits: &[Edit]) -> Document {
    read(view, apply(view.text(), edits).into())
}

/// Another text, as though it stood in the place of the document.
fn read(view: &View, text: Arc<str>) -> Document {
    let origin = Origin { declared: view.document().declared, ..Origin::default() };
    Document::read(text, &origin, view.vocabulary())
}

#[cfg(test)]
mod tests {
    use super::refactorings;
    use crate::fix::apply;
    use crate::ide::actions::Change;
    use crate::ide::testing::Fixture;

    /// The text after the refactoring with this title; `None` where it is not offered.
    pub(super) fn refactored(fixture: &Fixture, title: &str) -> Option<String> {
        let offered = refactorings(&fixture.view(), starling_grammar::Span::at(fixture.offset));
        let action = offered.into_iter().find(|action| action.title == title)?;
        let Change::Document { edits, .. } = action.change else { panic!("{title} changes the document") };
        Some(apply(fixture.text(), &edits))
    }
}
