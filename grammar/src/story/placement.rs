//! Where a label belongs: what it does to the group that is open.

use crate::{LabelStyle, PartKind, Spelling};

use super::group::{Group, Open, Piece};
use super::label::PartHead;

/// What a label does to the group that is open.
pub(super) enum Placement {
    /// It opens a part of it.
    Joins,
    /// It begins another group.
    Starts,
    /// It ends the part before it.
    Ends,
    /// It is text of the part before it.
    Body,
}

fn is_heading(style: LabelStyle) -> bool {
    matches!(style, LabelStyle::Heading(_) | LabelStyle::Setext(_))
}

/// Whether a label is of the same kind as those of the group: both headings, or neither.
fn same_class(style: LabelStyle, open: &Open) -> bool {
    open.group.pieces.last().is_some_and(|piece| is_heading(piece.style) == is_heading(style))
}

/// Whether a label that names no part ends the one before it: one of the same class that is not marked more weakly. A
/// plain `See:` under a part in bold is text of it, and so is an item `- **Speed**` under a part that is no item.
pub(super) fn ends_part(style: LabelStyle, open: &Open) -> bool {
    let weaker =
        |piece: &Piece| is_plain(style) && !is_plain(piece.style) || is_item(style) && !is_item(piece.style);
    same_class(style, open) && !open.group.pieces.last().is_some_and(weaker)
}

fn is_item(style: LabelStyle) -> bool {
    matches!(style, LabelStyle::Item | LabelStyle::BoldItem)
}

fn is_plain(style: LabelStyle) -> bool {
    matches!(style, LabelStyle::Item | LabelStyle::Line)
}

pub(super) fn place(open: &Open, head: &PartHead, style: LabelStyle, depth: usize) -> Placement {
    let group = &open.group;
    let loose = head.says.spelling == Spelling::Loose;
    let filled = head.says.kinds.iter().any(|kind| open.filled.contains(kind));
    let parenthesis = group.pieces.first().is_some_and(|piece| piece.style == LabelStyle::Parenthesis);
    if parenthesis != (style == LabelStyle::Parenthesis) {
        return if parenthesis { Placement::Starts } else { Placement::Body };
    }
    if matches!(style, LabelStyle::Heading(level) if level < open.level) {
        return Placement::Starts;
    }
    let outcome = open.filled.contains(&PartKind::Action) || open.filled.contains(&PartKind::Result);
    let reopens = head.says.kinds.contains(&PartKind::Situation) && outcome;
    let outranked =
        depth > open.depth || deeper_heading(open, style) || !same_class(style, open) && !is_heading(style);
    if loose {
        return match (outranked, filled, reopens) {
            (true, ..) => Placement::Body,
            (_, _, true) => Placement::Starts,
            (_, true, _) if current_fills(group, head) => Placement::Body,
            (_, true, _) => Placement::Ends,
            _ => Placement::Joins,
        };
    }
    if depth > open.depth && (filled || head.says.spelling != Spelling::Canonical) {
        return Placement::Body;
    }
    if reopens || (open.broken.is_some() && filled) {
        return Placement::Starts;
    }
    Placement::Joins
}

fn current_fills(group: &Group, head: &PartHead) -> bool {
    group
        .pieces
        .last()
        .is_some_and(|piece| piece.head.says.kinds.iter().any(|kind| head.says.kinds.contains(kind)))
}

fn deeper_heading(open: &Open, style: LabelStyle) -> bool {
    matches!((style, open.heading), (LabelStyle::Heading(level), Some(highest)) if highest < level)
}
