//! Stories in another place of the text.

use crate::markdown::Unchanged;
use crate::{Label, Part, Span, Story, Tag, Title};

use super::group::{Group, Heading, Piece, Rest, TagLine};
use super::label::PartHead;

/// Where what an earlier text has is in the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// What stood before this byte has not moved.
    pub(super) from: usize,
    /// How many bytes the rest has moved.
    pub(super) by: isize,
}

impl Move {
    /// Of a text whose beginning is the same.
    pub(super) const NONE: Self = Self { from: 0, by: 0 };

    /// Of two texts whose ends are the same.
    pub(super) fn after(unchanged: Unchanged) -> Self {
        Self { from: unchanged.after.saturating_add_signed(-unchanged.by), by: unchanged.by }
    }

    pub(super) fn place(self, at: usize) -> usize {
        if at < self.from { at } else { at.saturating_add_signed(self.by) }
    }

    /// Moves a span. One that begins above what has changed may end below it.
    pub(super) fn apply(self, span: &mut Span) {
        *span = Span { start: self.place(span.start), end: self.place(span.end) };
    }
}

impl Group {
    /// Moves the group; headings and tags above it may stay.
    pub(super) fn move_with(&mut self, moved: Move) {
        let Self { pieces, tags, end, headings, holder, caption } = self;
        pieces.iter_mut().for_each(|piece| piece.move_with(moved));
        tags.iter_mut().for_each(|line| line.move_with(moved));
        headings.iter_mut().for_each(|heading| heading.move_with(moved));
        *end = moved.place(*end);
        holder.iter_mut().chain(caption).for_each(|span| moved.apply(span));
    }
}

impl Piece {
    fn move_with(&mut self, moved: Move) {
        let Self { head: PartHead { says: _, span, name, letter }, style: _, whole, body } = self;
        [span, name, whole, body].into_iter().chain(letter).for_each(|span| moved.apply(span));
    }
}

impl TagLine {
    pub(super) fn move_with(&mut self, moved: Move) {
        let Self { label: _, values, under } = self;
        values.iter_mut().for_each(|span| moved.apply(span));
        under.iter_mut().for_each(|under| *under = moved.place(*under));
    }
}

impl Heading {
    pub(super) fn move_with(&mut self, moved: Move) {
        let Self { level: _, whole, text, words: _ } = self;
        [whole, text].into_iter().for_each(|span| moved.apply(span));
    }
}

impl Rest {
    pub(super) fn move_with(&mut self, moved: Move) {
        let Self { at, groups: _, headings, pending } = self;
        *at = moved.place(*at);
        headings.iter_mut().for_each(|heading| heading.move_with(moved));
        pending.iter_mut().for_each(|line| line.move_with(moved));
    }
}

impl Story {
    /// Moves the story; what stands above it may stay: tags and titles of several stories, or of the file.
    pub(super) fn move_with(&mut self, moved: Move) {
        if moved.by == 0 {
            return;
        }
        let Self { title: Title { span: title, .. }, span, template: _, parts, tags, title_cues } = self;
        parts.iter_mut().for_each(|part| part.move_with(moved));
        let tags = tags.iter_mut().map(|Tag { span, .. }| span);
        let cues = title_cues.iter_mut().map(|cue| &mut cue.span);
        [title, span].into_iter().chain(tags).chain(cues).for_each(|span| moved.apply(span));
    }
}

impl Part {
    fn move_with(&mut self, moved: Move) {
        let Self { kinds: _, label, body, english: _, reading: _ } = self;
        let Label { span, whole, name, letter, style: _, spelling: _, language: _ } = label;
        [body, span, whole, name].into_iter().chain(letter).for_each(|span| moved.apply(span));
    }
}
