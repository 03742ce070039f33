//! Markdown: a text as segments, blocks and prose.
//!
//! Invariants: nothing in here knows what a story is. Offsets inside a segment are relative to it; [`Markdown`] is the
//! only place that adds where a segment begins.

mod block;
mod cut;
mod inline;
mod lines;
mod piece;
mod plain;
mod prose;
mod segment;
mod simple;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(crate) use block::{Container, ContainerKind, Leaf, LeafKind};
pub(crate) use lines::Lines;
pub(crate) use prose::OPAQUE;
pub(crate) use segment::Segment;

use crate::Span;
use crate::document::{Block, BlockKind};
use crate::story::Sign;

/// Segments in order, each with where it begins.
type Placed = Vec<(usize, Arc<Segment>)>;

/// A text cut into segments, each read on its own.
#[derive(Clone, Debug)]
pub(crate) struct Markdown {
    text: Arc<str>,
    segments: Placed,
    /// What was taken over from an earlier text, if this one was read after it.
    unchanged: Option<Unchanged>,
}

/// What a text has in common with the one that was read before it: whole segments at its start and at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unchanged {
    /// Where the first of these ends.
    pub(crate) before: usize,
    /// Where the second begins.
    pub(crate) after: usize,
    /// How many bytes the second has moved.
    pub(crate) by: isize,
}

impl Markdown {
    /// Reads `text` from byte `body` on. Segments of `previous` before and after what has changed are taken over;
    /// `signs` reads what shapes stories in the others.
    pub(crate) fn read(
        text: Arc<str>,
        body: usize,
        previous: Option<Self>,
        signs: impl Fn(&str, &Segment) -> Vec<Sign>,
    ) -> Self {
        let length = text.len().cast_signed();
        let by = previous.as_ref().map(|previous| length - previous.text.len().cast_signed());
        let (mut segments, mut rest) =
            previous.map(|previous| previous.kept(&text, body)).unwrap_or_default();
        let before = segments.last().map(|(start, segment)| start + segment.len());
        let from = before.unwrap_or(body);
        rest.iter_mut().for_each(|(start, _)| *start = start.saturating_add_signed(by.unwrap_or(0)));
        let place = |start| rest.binary_search_by_key(&start, |(start, _)| *start).ok();
        let mut joined = None;
        for span in cut::segments(&text, from, |start| place(start).is_some()) {
            joined = place(span.start).map(|index| (index, span.start));
            if joined.is_some() {
                break;
            }
            segments.push((span.start, Arc::new(Segment::parse(span.of(&text), &signs))));
        }
        let after = joined.map_or(text.len(), |(_, start)| start);
        if let Some((index, _)) = joined {
            segments.extend(rest.drain(index..));
        }
        let unchanged = by.map(|by| Unchanged { before: before.unwrap_or(0), after, by });
        Self { text, segments, unchanged }
    }

    /// Takes out what was read; what is left is the text.
    pub(crate) fn take(&mut self) -> Self {
        let segments = std::mem::take(&mut self.segments);
        Self { text: self.text.clone(), segments, unchanged: self.unchanged }
    }

    /// What was taken over from an earlier text, if this one was read after it.
    pub(crate) fn unchanged(&self) -> Option<Unchanged> {
        self.unchanged
    }

    /// What can be kept for another text: segments at the same place, and segments at the same distance from the end, if the
    /// other text is cut where the first of some of these begins.
    fn kept(self, text: &str, body: usize) -> (Placed, Placed) {
        let Self { text: old, mut segments, .. } = self;
        let (before, after) = unchanged(old.as_bytes(), text.as_bytes());
        // Where a segment ends is decided by the line after it, so that this must be unchanged, too, with its end.
        let same_start = segments.first().is_some_and(|(start, _)| *start == body);
        let is_unchanged = |(start, segment): &(usize, Arc<Segment>)| {
            let end = start + segment.len();
            end < before && old.as_bytes()[end..before].iter().any(|byte| matches!(byte, b'\n' | b'\r'))
        };
        let unchanged = segments.partition_point(is_unchanged);
        let first = segments.partition_point(|(start, _)| *start < old.len() - after);
        let rest = segments.split_off(first);
        segments.truncate(if same_start { unchanged } else { 0 });
        (segments, rest)
    }

    /// The text that was read.
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The signs of all segments, in the order of the text.
    pub(crate) fn signs(&self) -> impl Iterator<Item = Sign> {
        self.signs_from(0)
    }

    /// The signs of the segment that holds a byte, and of those after it.
    pub(crate) fn signs_from(&self, offset: usize) -> impl Iterator<Item = Sign> {
        let first = self.segments.partition_point(|(start, segment)| start + segment.len() <= offset);
        self.segments[first..]
            .iter()
            .flat_map(|(start, segment)| segment.signs.iter().map(move |sign| sign.shift(*start)))
    }

    /// The comments of all segments, in the order of the text.
    pub(crate) fn comments(&self) -> impl Iterator<Item = Span> {
        self.segments
            .iter()
            .flat_map(|(start, segment)| segment.comments.iter().map(move |span| span.shift(*start)))
    }

    /// The segment that holds a byte, with where it begins; the last one holds the end of the text.
    fn segment(&self, offset: usize) -> Option<&(usize, Arc<Segment>)> {
        let after = self.segments.partition_point(|(start, _)| *start <= offset);
        self.segments[..after].last()
    }

    /// The signs of the segment that holds a byte.
    pub(crate) fn signs_near(&self, offset: usize) -> impl Iterator<Item = Sign> {
        let near = self.segment(offset).into_iter();
        near.flat_map(|(start, segment)| segment.signs.iter().map(move |sign| sign.shift(*start)))
    }

    /// The comments of the segment that holds a byte.
    pub(crate) fn comments_near(&self, offset: usize) -> impl Iterator<Item = Span> {
        let near = self.segment(offset).into_iter();
        near.flat_map(|(start, segment)| segment.comments.iter().map(move |span| span.shift(*start)))
    }

    /// The block that holds or ends at a byte.
    pub(crate) fn block(&self, offset: usize) -> Option<Block> {
        let (start, segment) = self.segment(offset)?;
        let leaves = &segment.blocks.leaves;
        let after = leaves.partition_point(|leaf| leaf.span.start + start <= offset);
        let leaf = leaves[..after].last()?;
        let span = leaf.span.shift(*start);
        let holds = offset <= span.end
            || leaf.kind == LeafKind::Code
                && self.text[span.end..offset].trim().is_empty()
                && is_open_fence(span.of(&self.text));
        holds.then(|| Block { kind: leaf.kind.into(), span })
    }

    /// The prose under `span`, byte for byte.
    pub(crate) fn prose(&self, span: Span) -> String {
        let mut prose = String::with_capacity(span.len());
        let first = self.segments.partition_point(|(start, segment)| start + segment.len() <= span.start);
        for (start, segment) in &self.segments[first..] {
            if *start >= span.end {
                break;
            }
            let from = span.start.max(*start) - start;
            let to = (span.end - start).min(segment.len());
            prose.push_str(&segment.prose[from..to]);
        }
        prose
    }
}

/// How many bytes two texts have in common at their start and, after that, at their end.
#[must_use]
pub fn unchanged(old: &[u8], new: &[u8]) -> (usize, usize) {
    /// Bytes that are compared at once.
    const BLOCK: usize = 1024;
    let same = |(old, new): &(&[u8], &[u8])| old == new;
    let blocks = old.chunks_exact(BLOCK).zip(new.chunks_exact(BLOCK)).take_while(same).count() * BLOCK;
    let bytes = old[blocks..].iter().zip(&new[blocks..]).take_while(|(old, new)| old == new).count();
    let start = blocks + bytes;
    let (old, new) = (&old[start..], &new[start..]);
    let blocks = old.rchunks_exact(BLOCK).zip(new.rchunks_exact(BLOCK)).take_while(same).count() * BLOCK;
    let (old, new) = (&old[..old.len() - blocks], &new[..new.len() - blocks]);
    let bytes = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    (start, blocks + bytes)
}

impl From<LeafKind> for BlockKind {
    fn from(kind: LeafKind) -> Self {
        match kind {
            LeafKind::Heading(_) | LeafKind::Setext(_) => Self::Heading,
            LeafKind::Paragraph => Self::Paragraph,
            LeafKind::Row { .. } => Self::Row,
            LeafKind::Code => Self::Code,
            LeafKind::Html => Self::Html,
            LeafKind::Break => Self::Break,
        }
    }
}

/// Whether a block of code begins with a fence and does not end with one.
fn is_open_fence(code: &str) -> bool {
    let opening = code.trim_start();
    let Some(mark) = opening.chars().next().filter(|mark| matches!(mark, '`' | '~')) else { return false };
    let length = opening.len() - opening.trim_start_matches(mark).len();
    let mut lines = code.lines();
    lines.next();
    let last = lines.next_back().unwrap_or_default().trim_matches(['>', ' ', '\t']);
    last.len() < length || last.chars().any(|c| c != mark)
}
