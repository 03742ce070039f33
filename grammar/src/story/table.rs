//! Tables: a row for each part, or a column for each part.

use crate::{PartKind, Span, Spelling};

use super::label::{self, PartHead};
use super::sign::Reader;

/// The part that each column holds, by the cells of the header; empty when the table has no column per part.
pub(super) fn columns(reader: &Reader, header: &[Span]) -> Vec<Option<PartHead>> {
    let columns: Vec<Option<PartHead>> = header.iter().map(|cell| cell_label(reader, *cell)).collect();
    let mut kinds: Vec<PartKind> = Vec::new();
    for kind in columns.iter().flatten().flat_map(|head| &head.says.kinds) {
        if !kinds.contains(kind) {
            kinds.push(*kind);
        }
    }
    let plain = columns.iter().flatten().filter(|head| head.says.spelling != Spelling::Loose).count();
    if kinds.len() >= 3 && plain >= 2 { columns } else { Vec::new() }
}

/// The cells of a row, parted into those of no part and those of one.
pub(super) fn split(columns: &[Option<PartHead>], cells: &[Span]) -> (Vec<Span>, Vec<(PartHead, Span)>) {
    let mut others = Vec::new();
    let mut parts = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        match columns.get(index).cloned().flatten() {
            Some(head) => parts.push((head, *cell)),
            None => others.push(*cell),
        }
    }
    (others, parts)
}

/// A row whose first cell is a label: the label, its cell, and the cells after it.
pub(super) fn row(reader: &Reader, cells: &[Span]) -> Option<(PartHead, Span, Span)> {
    let (first, rest) = cells.split_first()?;
    let head = cell_label(reader, *first)?;
    let body = match (rest.first(), rest.last()) {
        (Some(start), Some(end)) => start.cover(*end),
        _ => Span::at(first.end),
    };
    Some((head, *first, body))
}

fn cell_label(reader: &Reader, cell: Span) -> Option<PartHead> {
    label::part(reader.text, cell, reader.vocabulary).filter(|head| reader.visible(head.name))
}
