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

/// The groups of a text. `known` are the rests of an earlier one, which was read in the same way, and has `unchanged` in
/// common with it.
pub(super) fn regroup(
    markdown: &Markdown,
    declared: bool,
    known: &[Rest],
    earlier: &str,
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
            if let Some(after) = same.filter(|index| grouping.leaves(&known[*index], earlier, moved)) {
                let (groups, rests) = grouping.finish_at_rest();
                return Regrouped { groups, rests, before, after: Some(after) };
            }
        }
    }
    let (groups, rests) = grouping.finish();
    Regrouped { groups, rests, before, after: None }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{group, regroup};
    use crate::Vocabulary;
    use crate::markdown::Markdown;
    use crate::story::signs;

    #[test]
    fn only_what_stands_between_two_rests_is_grouped_anew() {
        let vocabulary = Vocabulary::builtin();
        let read = |text: &str, previous: Option<Markdown>| {
            Markdown::read(Arc::from(text), 0, previous, |text, segment| signs(text, segment, vocabulary))
        };
        let story = |number: usize| {
            let words = "word ".repeat(300);
            format!("## Story {number}\n\n**Situation:** {words}\n\n**Action:** b\n\n**Result:** c\n\n")
        };
        let text: String = std::iter::once("# Bank\n\n".to_owned()).chain((0..20).map(story)).collect();
        let first = read(&text, None);
        let known = group(&first, false);
        assert_eq!(known.groups.len(), 20);
        for (place, before, most) in [("Story 0", 0, 2), ("Story 10", 9, 2), ("Story 19", 18, 2)] {
            let at = text.find(place).expect("it is there") + 40;
            let edited = read(&format!("{}x{}", &text[..at], &text[at..]), Some(first.clone()));
            let unchanged = edited.unchanged().expect("it follows another");
            let new = regroup(&edited, false, &known.rests, &text, unchanged);
            let after = new.groups_after(&known.rests, 20);
            assert!(new.groups_before(&known.rests) >= before, "{place}: {:?}", new.before);
            assert!(new.groups.len() <= most, "{place}: {} groups are new", new.groups.len());
            assert_eq!(new.groups_before(&known.rests) + new.groups.len() + 20 - after, 20, "{place}");
        }
    }
}
