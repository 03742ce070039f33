//! Groups of a text by those of the text before it.
//!
//! Between two rests, groups depend on the signs there and on nothing else. Grouping goes on at the last rest before what
//! has changed, and ends as soon as it comes, after that, to a rest that the earlier text has, too.

use crate::markdown::{Markdown, Unchanged};

use super::group::{Group, Grouping, Rest};
use super::moved::Move;
use super::sign::SignKind;

/// What is new among the groups of a text.
#[derive(Debug, Default)]
pub(super) struct Regrouped {
    /// The groups that the earlier text may not have.
    pub(super) groups: Vec<Group>,
    /// The rests among these.
    pub(super) rests: Vec<Rest>,
    /// The last rest of the earlier text that stands before them.
    pub(super) before: Option<usize>,
    /// The first rest of the earlier text that stands, moved, after them.
    pub(super) after: Option<usize>,
}

impl Regrouped {
    /// How many groups of the earlier text stand before them.
    pub(super) fn groups_before(&self, known: &[Rest]) -> usize {
        self.before.map_or(0, |last| known[last].groups)
    }

    /// The first group of the earlier text, which had so many, that stands after them.
    pub(super) fn groups_after(&self, known: &[Rest], groups: usize) -> usize {
        self.after.map_or(groups, |first| known[first].groups)
    }
}

/// All groups of a text.
pub(super) fn group(markdown: &Markdown, declared: bool) -> Regrouped {
    let mut grouping = Grouping::new(markdown.text(), declared, None);
    markdown.signs().for_each(|sign| grouping.step(sign));
    let (groups, rests) = grouping.finish();
    Regrouped { groups, rests, before: None, after: None }
}

/// The groups of a text. `known` are the rests of the text before it, which was read in the same way, and has `unchanged` in
/// common with it.
pub(super) fn regroup(
    markdown: &Markdown,
    declared: bool,
    known: &[Rest],
    unchanged: Unchanged,
) -> Regrouped {
    let moved = Move::after(unchanged);
    let before = known.partition_point(|rest| rest.at < unchanged.before).checked_sub(1);
    let first_after = known.partition_point(|rest| rest.at < moved.from);
    let from = before.map(|last| &known[last]);
    let mut grouping = Grouping::new(markdown.text(), declared, from);
    let signs = markdown.signs_from(from.map_or(0, |rest| rest.at));
    for sign in signs.skip_while(|sign| from.is_some_and(|rest| sign.span.start <= rest.at)) {
        let at = sign.span.start;
        let is_heading = matches!(sign.kind, SignKind::Heading { .. });
        grouping.step(sign);
        if is_heading && at >= unchanged.after && grouping.is_at_rest() {
            let same = known[first_after..].binary_search_by_key(&at, |rest| moved.place(rest.at));
            let same = same.ok().map(|index| first_after + index);
            if let Some(after) = same.filter(|index| grouping.leaves(&known[*index], moved, unchanged)) {
                let (groups, rests) = grouping.finish_at_rest();
                return Regrouped { groups, rests, before, after: Some(after) };
            }
        }
    }
    let (groups, rests) = grouping.finish();
    Regrouped { groups, rests, before, after: None }
}
