//! Markdown: a text as segments, blocks and prose.
//!
//! Invariants: nothing in here knows what a story is. Offsets inside a segment are relative to it; [`Markdown`] is the
//! only place that adds where a segment begins.

mod block;
mod cut;
mod inline;
mod lines;
mod prose;
mod segment;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

pub(crate) use block::{Container, ContainerKind, Leaf, LeafKind};
pub(crate) use lines::Lines;
pub(crate) use prose::OPAQUE;
pub(crate) use segment::Segment;

use crate::Span;
use crate::document::{Block, BlockKind};
use crate::story::Sign;

/// A text cut into segments, each read on its own.
#[derive(Clone, Debug)]
pub(crate) struct Markdown {
    text: Arc<str>,
    /// The segments in order, each with where it begins.
    segments: Vec<(usize, Arc<Segment>)>,
}

impl Markdown {
    /// Reads `text` from byte `body` on. Segments of `previous` whose text has not changed are taken over; `signs`
    /// reads what shapes stories in the others.
    pub(crate) fn read(
        text: Arc<str>,
        body: usize,
        previous: Option<&Self>,
        signs: impl Fn(&str, &Segment) -> Vec<Sign>,
    ) -> Self {
        let spans = cut::segments(&text, body);
        let known: HashMap<&str, &Arc<Segment>> = previous.map(Self::by_text).unwrap_or_default();
        let segments = spans.into_iter().map(|span| {
            let segment = match known.get(span.of(&text)) {
                Some(segment) => Arc::clone(segment),
                None => Arc::new(Segment::parse(span.of(&text), &signs)),
            };
            (span.start, segment)
        });
        let segments = segments.collect();
        Self { text, segments }
    }

    fn by_text(&self) -> HashMap<&str, &Arc<Segment>> {
        self.segments
            .iter()
            .map(|(start, segment)| (&self.text[*start..start + segment.len()], segment))
            .collect()
    }

    /// The text that was read.
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The signs of all segments, in the order of the text.
    pub(crate) fn signs(&self) -> impl Iterator<Item = Sign> {
        self.segments
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
