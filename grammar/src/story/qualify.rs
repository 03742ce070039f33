//! Which groups are stories, by their labels.

use crate::{LabelStyle, PartKind, Spelling};

use super::group::{Group, Piece};

/// Drops letters that are no run from S to R, and says whether what is left makes a story.
pub(super) fn qualifies(group: &mut Group, declared: bool) -> bool {
    if !letters_run(group) {
        group.pieces.retain(|piece| piece.head.says.spelling != Spelling::Letter);
    }
    let mut canonical: Vec<PartKind> = Vec::new();
    let mut all: Vec<PartKind> = Vec::new();
    for piece in &group.pieces {
        for kind in piece.head.says.kinds.iter().filter(|kind| **kind != PartKind::Reflection) {
            let counts = piece.head.says.canonical.contains(kind) || declared;
            for kinds in [Some(&mut all), counts.then_some(&mut canonical)].into_iter().flatten() {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
        }
    }
    let opening =
        |kinds: &[PartKind]| kinds.iter().any(|kind| matches!(kind, PartKind::Situation | PartKind::Task));
    let told = |kinds: &[PartKind]| {
        usize::from(opening(kinds))
            + usize::from(kinds.contains(&PartKind::Action))
            + usize::from(kinds.contains(&PartKind::Result))
    };
    canonical.len() >= 3
        || canonical.len() == 2 && canonical.contains(&PartKind::Situation)
        || declared && !canonical.is_empty()
        || told(&all) == 3 && told(&canonical) >= 2
}

/// Whether the letters of a group are an ordered run from Situation to Result, together with its full names. Rows of a
/// table and text outside of it make no run together.
fn letters_run(group: &Group) -> bool {
    let in_table = |piece: &Piece| piece.style == LabelStyle::TableRow;
    let letter = group.pieces.iter().find(|piece| piece.head.says.spelling == Spelling::Letter);
    let run: Vec<PartKind> = group
        .pieces
        .iter()
        .filter(|piece| matches!(piece.head.says.spelling, Spelling::Canonical | Spelling::Letter))
        .filter(|piece| letter.is_none_or(|letter| in_table(letter) == in_table(piece)))
        .flat_map(|piece| piece.head.says.kinds.iter().copied())
        .collect();
    run.is_sorted()
        && run.first() == Some(&PartKind::Situation)
        && run.contains(&PartKind::Result)
        && (run.contains(&PartKind::Task) || run.contains(&PartKind::Action))
}
