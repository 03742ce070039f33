//! What a story is made of.
//!
//! A story is a function of its material, of the text under it, and of the vocabulary. Where the material of an earlier
//! version comes again, a few bytes further on, over text that was taken over, the story is the same, moved.

use crate::{Span, Title};

use super::group::{Group, Heading, Piece, TagLine};
use super::moved::Move;
use super::title::Name;

/// Everything that a story is made of.
#[derive(Clone, Debug)]
pub(crate) struct Material {
    pub(super) title: Title,
    /// Where the title comes from.
    pub(super) name: Name,
    pub(super) group: Group,
    /// The heading that holds the title, if one does, by its index.
    heading: Option<usize>,
    /// Whether the file says that it holds stories.
    pub(super) declared: bool,
}

impl Material {
    /// What the story of a group is made of.
    pub(super) fn of(group: Group, name: Name, title: Title, declared: bool) -> Self {
        let heading = group.headings.iter().position(|heading| heading.text.contains_span(title.span));
        Self { title, name, group, heading, declared }
    }

    /// The heading that holds the title, if one does.
    pub(super) fn heading(&self) -> Option<&Heading> {
        self.heading.and_then(|index| self.group.headings.get(index))
    }

    /// The lines of tags, each with whether it stands above the title, for several stories.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&TagLine, bool)> {
        let inherited = |line: &TagLine| {
            self.heading().is_some_and(|own| line.under.is_none_or(|under| under < own.whole.start))
        };
        self.group.tags.iter().map(move |line| (line, inherited(line)))
    }

    /// Where its labels begin.
    pub(super) fn start(&self) -> usize {
        self.group.pieces.first().map_or(0, |piece| piece.whole.start)
    }

    /// The smallest span that holds all of it.
    pub(super) fn reach(&self) -> Span {
        let pieces = self.group.pieces.iter().flat_map(|piece| [piece.whole, piece.body]);
        let values = self.group.tags.iter().flat_map(|tags| tags.values.iter().copied());
        let heading = self.heading().map(|heading| heading.whole);
        pieces.chain(values).chain(heading).fold(self.title.span, Span::cover)
    }

    /// Moves it. A title in the front matter, which stands before all stories, stays.
    pub(super) fn move_with(&mut self, moved: Move) {
        let Self { title, name: _, group, heading: _, declared: _ } = self;
        moved.apply(&mut title.span);
        group.move_with(moved);
    }

    /// Whether `other` is the same, `by` bytes further on. What a span of text says is not compared.
    pub(super) fn is_moved(&self, other: &Self, by: isize) -> bool {
        let same = |one: Span, other: Span| one.moved(by) == other;
        let same_heading = match (self.heading(), other.heading()) {
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
        let same_tags =
            |((one, inherited), (other, other_inherited)): ((&TagLine, bool), (&TagLine, bool))| {
                one.label == other.label
                    && inherited == other_inherited
                    && one.values.len() == other.values.len()
                    && one.values.iter().zip(&other.values).all(|(one, other)| same(*one, *other))
            };
        same_heading
            && self.declared == other.declared
            && self.title.text == other.title.text
            && self.title.source == other.title.source
            && same(self.title.span, other.title.span)
            && Span::at(self.group.end).moved(by).start == other.group.end
            && self.group.pieces.len() == other.group.pieces.len()
            && self.group.tags.len() == other.group.tags.len()
            && self.group.pieces.iter().zip(&other.group.pieces).all(same_piece)
            && self.tags().zip(other.tags()).all(same_tags)
    }
}
