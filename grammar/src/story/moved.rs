//! Stories in another place of the text.

use crate::markdown::Unchanged;
use crate::{Cue, Duty, Label, Metric, Part, Span, Story, Tag, Title, Voice};

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
        [title, span].into_iter().chain(tags).chain(places(title_cues)).for_each(|span| moved.apply(span));
    }
}

impl Part {
    fn move_with(&mut self, moved: Move) {
        let Self { kinds: _, label, body, content: _, words: _, metrics, vague, rough, placeholders, .. } =
            self;
        let Self { english: _, voice: Voice { i, we }, duty, technologies, details, cues, .. } = self;
        let Label { span, whole, name, letter, style: _, spelling: _, language: _ } = label;
        [body, span, whole, name].into_iter().chain(letter).for_each(|span| moved.apply(span));
        for Metric { span, unit, .. } in metrics {
            std::iter::once(span).chain(unit).for_each(|span| moved.apply(span));
        }
        for spans in [vague, rough, placeholders, details, i, we] {
            spans.iter_mut().for_each(|span| moved.apply(span));
        }
        if let Duty::Other(span) = duty {
            moved.apply(span);
        }
        technologies.iter_mut().for_each(|mention| moved.apply(&mut mention.span));
        places(cues).for_each(|span| moved.apply(span));
    }
}

fn places(cues: &mut [Cue]) -> impl Iterator<Item = &mut Span> {
    cues.iter_mut().map(|cue| &mut cue.span)
}
