//! What stories are made of, kept from one version of a text to the next.
//!
//! A story is a function of its material, of the text under it, and of the vocabulary. Where the material of an earlier
//! version comes again, a few bytes further on, over text that was taken over, the story is the same, moved.

use std::sync::Arc;

use crate::markdown::{Markdown, Unchanged};
use crate::vocabulary::{TagLabel, Vocabulary};
use crate::{Document, Span, Story, Tag, Title};

use super::group::{Group, Heading, Piece};
use super::reading::{Reading, Role};
use super::tag;

/// Everything of a group that its story is made of.
#[derive(Clone, Debug)]
pub(crate) struct Material {
    pub(super) title: Title,
    /// The heading that holds the title, if one does.
    pub(super) heading: Option<Heading>,
    pub(super) pieces: Vec<Piece>,
    pub(super) tags: Vec<Tags>,
    /// Where the last part ends.
    pub(super) end: usize,
    /// Whether the file says that it holds stories.
    pub(super) declared: bool,
}

/// A line of tags.
#[derive(Clone, Debug)]
pub(super) struct Tags {
    pub(super) label: TagLabel,
    pub(super) values: Vec<Span>,
    /// Whether it stands above the title, for several stories.
    pub(super) inherited: bool,
}

/// Material with the story that was made of it, if one was.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    material: Material,
    /// What each of its parts says by itself.
    readings: Vec<Arc<Reading>>,
    /// Index among the stories of the document.
    story: Option<usize>,
}

/// A story that an earlier version had, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its index among the earlier stories.
    pub index: usize,
    /// How many bytes it has moved.
    pub by: isize,
    /// Whether it stands before what has changed; else after it.
    pub before: bool,
    /// What stood before this byte of the earlier text has not moved.
    pub from: usize,
}

impl Kept {
    /// Where a span of the earlier text is now.
    #[must_use]
    pub fn moved(&self, span: Span) -> Span {
        if span.start < self.from { span } else { span.moved(self.by) }
    }
}

impl Material {
    /// What the story of a group is made of.
    pub(super) fn of(group: Group, title: Title, declared: bool) -> Self {
        let heading = group.headings.into_iter().find(|heading| heading.text.contains_span(title.span));
        let above = |under: Option<usize>| {
            heading.as_ref().is_some_and(|own| under.is_none_or(|under| under < own.whole.start))
        };
        let tags = group.tags.into_iter().map(|line| Tags {
            label: line.label,
            inherited: above(line.under),
            values: line.values,
        });
        Self { tags: tags.collect(), title, pieces: group.pieces, end: group.end, heading, declared }
    }

    /// The smallest span that holds all of it.
    fn reach(&self) -> Span {
        let pieces = self.pieces.iter().flat_map(|piece| [piece.whole, piece.body]);
        let values = self.tags.iter().flat_map(|tags| tags.values.iter().copied());
        let heading = self.heading.iter().map(|heading| heading.whole);
        pieces.chain(values).chain(heading).fold(self.title.span, Span::cover)
    }

    /// Whether `other` is the same, `by` bytes further on. What a span of text says is not compared.
    fn is_moved(&self, other: &Self, by: isize) -> bool {
        let same = |one: Span, other: Span| one.moved(by) == other;
        let same_heading = match (&self.heading, &other.heading) {
            (Some(one), Some(other)) => one.level == other.level && same(one.whole, other.whole),
            (None, None) => true,
            _ => false,
        };
        let same_piece = |(one, other): (&Piece, &Piece)| {
            one.head.says.kinds == other.head.says.kinds
                && one.style == other.style
                && same(one.whole, other.whole)
                && same(one.body, other.body)
        };
        let same_tags = |(one, other): (&Tags, &Tags)| {
            one.label == other.label
                && one.inherited == other.inherited
                && one.values.len() == other.values.len()
                && one.values.iter().zip(&other.values).all(|(one, other)| same(*one, *other))
        };
        same_heading
            && self.declared == other.declared
            && self.title.text == other.title.text
            && self.title.source == other.title.source
            && same(self.title.span, other.title.span)
            && Span::at(self.end).moved(by).start == other.end
            && self.pieces.len() == other.pieces.len()
            && self.tags.len() == other.tags.len()
            && self.pieces.iter().zip(&other.pieces).all(same_piece)
            && self.tags.iter().zip(&other.tags).all(same_tags)
    }
}

/// Finds stories of an earlier version again.
pub(super) struct Earlier {
    text: Arc<str>,
    made: Vec<Made>,
    /// Stories that have not been found yet.
    stories: Vec<Option<Story>>,
    /// The tags of its front matter.
    shared: Vec<Tag>,
    unchanged: Unchanged,
}

impl Earlier {
    /// Compares with an earlier version, if the text was read as one that follows it.
    pub(super) fn new(mut document: Document, markdown: &Markdown, vocabulary: &Vocabulary) -> Option<Self> {
        let front_matter = document.front_matter.as_ref();
        let shared = front_matter.map(|front_matter| tag::of_front_matter(front_matter, vocabulary));
        Some(Self {
            text: document.text().clone(),
            made: document.made(),
            stories: document.stories.into_iter().map(Some).collect(),
            shared: shared.unwrap_or_default(),
            unchanged: markdown.unchanged()?,
        })
    }

    /// Whether the front matter gave these tags to the stories that are found again, and would give them so to as many
    /// stories as there are now.
    pub(super) fn gave(&self, shared: &[Tag], stories: usize) -> bool {
        self.shared == shared && (shared.is_empty() || (stories == 1) == (self.stories.len() == 1))
    }

    /// What was made of the same material.
    pub(super) fn find(&mut self, material: &Material) -> Option<Found> {
        let reach = material.reach();
        let before = reach.end <= self.unchanged.before;
        if !before && reach.start < self.unchanged.after {
            return None;
        }
        let by = if before { 0 } else { self.unchanged.by };
        let first = |material: &Material| material.pieces.first().map_or(0, |piece| piece.whole.start);
        let was_at = first(material).checked_add_signed(-by)?;
        let found = self.made.binary_search_by_key(&was_at, |made| first(&made.material)).ok()?;
        let made = &self.made[found];
        if !made.material.is_moved(material, by) {
            return None;
        }
        // Tags of the whole file, which have not moved with it, are given to the story again.
        let from = if before { 0 } else { self.unchanged.after.saturating_add_signed(-by) };
        let story = match made.story {
            Some(index) => {
                let mut story = self.stories[index].take()?;
                story.move_by(by);
                Some((story, Kept { index, by, before, from }))
            }
            None => None,
        };
        Some(Found { story, readings: made.readings.clone() })
    }

    /// What was read in a body with this text in a story where something has changed.
    pub(super) fn reading(&self, text: &str, prose: &str, role: Role) -> Option<Arc<Reading>> {
        let Unchanged { before, after, by } = self.unchanged;
        let changed = Span::new(before, after.saturating_add_signed(-by).max(before));
        let first = self.made.partition_point(|made| made.material.end < changed.start);
        let near = self.made[first..].iter().take_while(|made| made.material.reach().start <= changed.end);
        let mut bodies = near.flat_map(|made| made.material.pieces.iter().zip(&made.readings));
        let same = |(piece, reading): &(&Piece, &Arc<Reading>)| {
            piece.body.of(&self.text) == text && reading.is_of(prose, role)
        };
        bodies.find(same).map(|(_, reading)| reading.clone())
    }
}

/// What an earlier version made of some material.
pub(super) struct Found {
    /// The story, moved with the material; `None` if it was none.
    pub(super) story: Option<(Story, Kept)>,
    /// What each of its parts says by itself.
    pub(super) readings: Vec<Arc<Reading>>,
}

impl Made {
    pub(super) fn new(material: Material, readings: Vec<Arc<Reading>>, story: Option<usize>) -> Self {
        Self { material, readings, story }
    }
}
