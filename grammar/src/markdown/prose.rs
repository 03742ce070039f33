//! The prose of a segment: its text with everything that is not prose blanked, byte for byte.
//!
//! The prose has the length of the text, so that a place in one is a place in the other. Marks, prefixes, tags and
//! targets are spaces; code is [`OPAQUE`]; a soft line break is a space, and the end of a block a line feed.

use memchr::memchr3;

use super::block::{Blocks, Leaf, LeafKind};
use super::inline::{self, Hidden};
use crate::Span;

/// Fills code spans and addresses: one word that says nothing.
pub(crate) const OPAQUE: u8 = 0x1A;

/// The prose of a segment, given its normalised text and its blocks.
pub(super) fn of(text: &str, blocks: &Blocks) -> String {
    let mut prose = vec![b' '; text.len()];
    for leaf in &blocks.leaves {
        match leaf.kind {
            LeafKind::Heading(_) | LeafKind::Setext(_) | LeafKind::Paragraph => {
                paragraph(text, blocks, leaf, &mut prose);
            }
            LeafKind::Row { .. } => cells(text, blocks, leaf, &mut prose),
            LeafKind::Code | LeafKind::Html | LeafKind::Break => {}
        }
        end_block(&mut prose, leaf.span.end);
    }
    String::from_utf8(prose).unwrap_or_else(|error| {
        debug_assert!(false, "whole characters are blanked");
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    })
}

fn end_block(prose: &mut [u8], at: usize) {
    if let Some(byte @ b' ') = prose.get_mut(at) {
        *byte = b'\n';
    }
}

fn paragraph(text: &str, blocks: &Blocks, leaf: &Leaf, prose: &mut [u8]) {
    let lines = blocks.lines_of(leaf);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    for line in lines {
        prose[line.range()].copy_from_slice(line.of(text).as_bytes());
    }
    hide(first.cover(*last), prose);
    for line in lines {
        blank_emphasis(*line, text, prose);
    }
}

fn cells(text: &str, blocks: &Blocks, leaf: &Leaf, prose: &mut [u8]) {
    for cell in blocks.lines_of(leaf) {
        prose[cell.range()].copy_from_slice(cell.of(text).as_bytes());
        hide(*cell, prose);
        blank_emphasis(*cell, text, prose);
        end_block(prose, cell.end);
    }
}

/// Blanks what the inline grammar finds in `span`, whose lines have been copied.
fn hide(span: Span, prose: &mut [u8]) {
    let Ok(copied) = std::str::from_utf8(&prose[span.range()]) else { return };
    let copied = copied.to_owned();
    inline::hidden(&copied, |found, hidden| {
        let bytes = &mut prose[found.shift(span.start).range()];
        match hidden {
            Hidden::Word => bytes.fill(OPAQUE),
            Hidden::Nothing => bytes.fill(b' '),
            Hidden::Character(character) => {
                bytes.fill(b' ');
                bytes[0] = character;
            }
        }
    });
}

/// Blanks runs of `*`, `_` and `~~` that can open or close emphasis: those with text on one side at least, and for
/// `_` no letter on the other.
fn blank_emphasis(line: Span, text: &str, prose: &mut [u8]) {
    let bytes = text.as_bytes();
    let mut at = line.start;
    while let Some(length) = memchr3(b'*', b'_', b'~', &prose[at..line.end]) {
        at += length;
        let mark = prose[at];
        let end = at + prose[at..line.end].iter().take_while(|&&byte| byte == mark).count();
        let before = bytes[line.start..at].last().copied().unwrap_or(b' ');
        let after = bytes[end..line.end].first().copied().unwrap_or(b' ');
        if is_emphasis(mark, end - at, before, after) {
            prose[at..end].fill(b' ');
        }
        at = end;
    }
}

fn is_emphasis(mark: u8, length: usize, before: u8, after: u8) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    let spaced = before.is_ascii_whitespace() && after.is_ascii_whitespace();
    match mark {
        // `3*4` is a product; `****` alone is nothing.
        b'*' => !spaced && length <= 3 && !(length == 1 && before.is_ascii_digit() && after.is_ascii_digit()),
        // `____` is a blank to fill in, `snake_case` a name.
        b'_' => !spaced && length <= 3 && !(word(before) && word(after)),
        _ => !spaced && length == 2,
    }
}
