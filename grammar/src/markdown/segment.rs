//! One segment of a text: what can be known of it without the rest.

use std::borrow::Cow;

use memchr::memchr2;

use super::block::{Blocks, LeafKind};
use super::{piece, prose};
use crate::Span;
use crate::story::Sign;

/// A segment with its blocks and its prose; all offsets are relative to the segment.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) blocks: Blocks,
    /// As long as the segment's text, see [`prose`].
    pub(crate) prose: String,
    /// The HTML comments.
    pub(crate) comments: Vec<Span>,
    /// What shapes stories.
    pub(crate) signs: Vec<Sign>,
}

impl Segment {
    /// Parses the text of a segment.
    pub(crate) fn parse(text: &str, signs: impl Fn(&str, &Self) -> Vec<Sign>) -> Self {
        let normalised = normalise(text);
        let blocks = piece::parse(&normalised);
        let mut prose = prose::of(&normalised, &blocks);
        prose.truncate(text.len());
        let comments = comments(text, &blocks, &prose);
        let mut segment = Self { blocks, prose, comments, signs: Vec::new() };
        segment.signs = signs(text, &segment);
        segment
    }

    /// Length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.prose.len()
    }
}

/// The comments of a text that stand neither in code nor in a code span.
fn comments(text: &str, blocks: &Blocks, prose: &str) -> Vec<Span> {
    let mut comments = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
        let after = blocks.leaves.partition_point(|leaf| leaf.span.start <= start);
        let leaf = after.checked_sub(1).map(|index| &blocks.leaves[index]);
        // One that is not closed ends with its block; that of a comment alone is the rest of the text.
        let block = leaf.filter(|leaf| leaf.span.contains(start));
        let last = after == blocks.leaves.len() && block.is_none_or(|block| block.span.start == start);
        let limit = if last { text.len() } else { block.map_or(text.len(), |block| block.span.end) };
        let end = text[start..limit].find("-->").map_or(limit, |length| start + length + 3);
        let code = prose.as_bytes()[start] == prose::OPAQUE
            || leaf.is_some_and(|leaf| leaf.kind == LeafKind::Code && leaf.span.contains(start));
        if !code {
            comments.push(Span::new(start, end));
        }
        from = if code { start + 4 } else { end };
    }
    comments
}

/// The text with line feeds for line ends, spaces for NUL, and a line end at its end, byte for byte.
///
/// The grammar reads a last line without its end wrongly, and ends no line at a lone CR.
fn normalise(text: &str) -> Cow<'_, str> {
    if text.ends_with('\n') && memchr2(b'\r', 0, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut normal = String::with_capacity(text.len() + 1);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        normal.push(match character {
            '\r' if characters.peek() == Some(&'\n') => ' ',
            '\r' => '\n',
            '\0' => ' ',
            other => other,
        });
    }
    if !normal.ends_with('\n') {
        normal.push('\n');
    }
    Cow::Owned(normal)
}
