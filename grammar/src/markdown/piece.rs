//! The blocks of a segment. A long one is read in pieces, on all cores.

use super::block::{self, Blocks};
use super::{cut, plain};
use crate::parallel;

/// In bytes. Shorter texts are read at once.
const LONG: usize = 64 * 1024;

/// Bytes of a piece, or more: many times as long as what it costs to begin one.
const PIECE: usize = 16 * 1024;

/// The blocks of normalised text (see [`super::segment`]).
pub(super) fn parse(text: &str) -> Blocks {
    if text.len() < LONG { read(text) } else { in_pieces(text, PIECE) }
}

fn read(text: &str) -> Blocks {
    plain::parse(text).unwrap_or_else(|| block::by_grammar(text))
}

/// The same, read in pieces of `least` bytes or more.
pub(super) fn in_pieces(text: &str, least: usize) -> Blocks {
    let pieces = cut::pieces(text, least);
    let mut blocks = Blocks::default();
    for (span, read_blocks) in pieces.iter().zip(parallel::map(&pieces, |span| read(span.of(text)))) {
        // What panicked does so again, where it is known what to do about it.
        blocks.append(read_blocks.unwrap_or_else(|| read(span.of(text))), span.start);
    }
    blocks
}
