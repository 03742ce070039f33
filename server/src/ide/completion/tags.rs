//! Completion on lines that list principles, themes or questions: `**Principles:** Dive Deep, Own`.

use starling_grammar::{Span, Story, TagKind, TagList};

use super::Completion;
use super::item::{self, Item};
use crate::ide::View;
use crate::ide::place::{self, touches};
use crate::rules::layout;

/// What can be inserted on a line of tags; `None` elsewhere.
pub(super) fn complete(view: &View, offset: usize) -> Option<Vec<Completion>> {
    let document = view.document();
    if document.stories.is_empty() && !document.declared {
        return None;
    }
    let lists: Vec<TagList> = document.tag_lists_near(offset).collect();
    let (list, kind, start) = lists.iter().rev().find_map(|list| {
        let start = start_at(view, list, offset)?;
        Some((list, list.kind?, start))
    })?;
    let text = view.text();
    let line = place::line(text, offset);
    let span = item::span_at(view.vocabulary(), kind, text, Span::new(start, line.end), offset);
    let values: Vec<(Span, String)> = list.values.iter().map(|it| (*it, it.of(text).to_owned())).collect();
    let spaced = span.is_empty() && item::is_spaced(text, span.start);
    let item = Item { kind, span, offset, spaced, as_id: has_ids(view, kind, &values) };
    let listed = item::listed(view, &item, &values);
    Some(item::complete(view, &item, &listed, story_of(view, list)))
}

/// The story that a list of tags belongs to: the one that it stands in or under, or the first one below.
fn story_of<'a>(view: &View<'a>, list: &TagList) -> Option<&'a Story> {
    let stories = &view.document().stories;
    let begun = stories.partition_point(|story| story.span.start <= list.label.start);
    stories.get(begun.saturating_sub(1))
}

/// Where the values on the cursor's line begin, if the cursor is among those of a list.
fn start_at(view: &View, list: &TagList, offset: usize) -> Option<usize> {
    let text = view.text();
    let line = place::line(text, offset);
    let same_line = |at: usize| touches(line, at);
    if same_line(list.label.end) && list.label.end <= offset {
        let other = |start: usize| list.label.end <= start && start < offset;
        let labels = view.document().stories.iter().flat_map(|story| &story.parts);
        let ended = labels.map(|part| part.label.whole.start).any(other);
        return (!ended).then_some(list.label.end);
    }
    if let Some(value) = list.values.iter().find(|value| same_line(value.start) && value.start <= offset) {
        return Some(value.start);
    }
    // An item that is still empty, under the label or under another item.
    let before = &text[line.start..offset];
    let is_empty_item = layout::prefix(before).len() == before.len()
        && layout::opens_item(before)
        && text[offset..line.end].trim().is_empty();
    let above = filled_line_before(text, line.start).filter(|_| is_empty_item)?;
    let follows =
        touches(above, list.label.end) || list.values.iter().any(|value| touches(above, value.start));
    follows.then_some(offset)
}

fn filled_line_before(text: &str, start: usize) -> Option<Span> {
    let mut line = place::line_before(text, start)?;
    while place::is_blank(line.of(text)) {
        line = place::line_before(text, line.start)?;
    }
    Some(line)
}

/// Whether the values of a list are written as ids.
fn has_ids(view: &View, kind: TagKind, values: &[(Span, String)]) -> bool {
    let vocabulary = view.vocabulary();
    let mut written = values
        .iter()
        .flat_map(|(_, text)| vocabulary.split_list(text).into_iter().map(move |value| value.of(text)));
    written.any(|value| {
        value.contains('-') && vocabulary.find(kind, value).is_some_and(|known| known.id == value)
    })
}

#[cfg(test)]
mod tests {
    use crate::ide::completion::testing::{all, check, check_edit};
    use crate::ide::testing::Fixture;

    const STORY: &str = "\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** c 5%\n";

    #[track_caller]
    fn after(line: &str, label: &str, expected: &str) {
        check_edit(&format!("# C\n\n{line}{STORY}"), label, &format!("# C\n\n{expected}{STORY}"));
    }

    #[test]
    fn names_are_completed() {
        after("Principles: Own$0", "Ownership", "Principles: Ownership");
        after("Principles:$0", "Ownership", "Principles: Ownership");
        after(
            "**Principles:** Dive Deep, are ri$0",
            "Are Right, A Lot",
            "**Principles:** Dive Deep, Are Right, A Lot",
        );
        after("Principles: Dive Deep,$0", "Ownership", "Principles: Dive Deep, Ownership");
        after("**LPs**: Are Right, A$0", "Are Right, A Lot", "**LPs**: Are Right, A Lot");
        after("- Themes: sca$0 / Mentoring", "Scaling", "- Themes: Scaling / Mentoring");
        after("> **Themes:** `amb$0`", "Ambiguity", "> **Themes:** `Ambiguity`");
        after("Best for: outage$0", "production-outage", "Best for: production-outage");
        after(
            "Principles: Have Backbone; Dis$0",
            "Have Backbone; Disagree and Commit",
            "Principles: Have Backbone; Disagree and Commit",
        );
        after(
            "Principles: Are Ri$0ght, A Lot, Ownership",
            "Are Right, A Lot",
            "Principles: Are Right, A Lot, Ownership",
        );
    }

    #[test]
    fn what_the_story_suggests_comes_first() {
        let stories = "# A

**Situation:** The release broke checkout.

**Task:** I was on call.

**Action:** An alert paged me. I found the root cause, rolled\nback, and wrote the postmortem.

**Result:** Errors fell from 9% to 1%.

Questions: $0

# B

**Situation:** A junior engineer was stuck.

**Task:** I was to mentor her.

**Action:** I paired with her and gave feedback on each review.

**Result:** She was promoted in 6 months.
";
        let found = all(&Fixture::new(stories));
        assert_eq!(found[0].label, "production-outage");
        let detail = found[0].detail.as_deref().unwrap_or_default();
        assert!(detail.starts_with("suggested by “"), "{detail}");
        let unsuggested =
            found.iter().find(|it| it.label == "mentoring").expect("a question of the other story");
        assert!(
            unsuggested.detail.as_deref().is_some_and(|it| !it.starts_with("suggested")),
            "{unsuggested:?}"
        );
        let below = stories.replace("Questions: $0\n\n", "") + "\nThemes: $0\n";
        let found = all(&Fixture::new(&below));
        assert_eq!(found[0].label, "Mentoring", "{found:#?}");
    }

    #[test]
    fn ids_beside_ids() {
        after("Themes: data-migration, amb$0", "ambiguity", "Themes: data-migration, ambiguity");
    }

    #[test]
    fn items_under_a_label() {
        after(
            "**Principles**\n\n- Dive Deep\n- Own$0",
            "Ownership",
            "**Principles**\n\n- Dive Deep\n- Ownership",
        );
        after(
            "**Principles**\n\n- Dive Deep\n- $0",
            "Ownership",
            "**Principles**\n\n- Dive Deep\n- Ownership",
        );
    }

    #[test]
    fn what_is_listed_is_left_out() {
        check(&format!("# C\n\nPrinciples: Ownership, own$0{STORY}"), &[]);
        check(&format!("# C\n\nPrinciples: Own$0ership{STORY}"), &["Ownership"]);
        check(
            &format!("# C\n\nPrinciples: d$0, Dive Deep{STORY}"),
            &[
                "Deliver Results",
                "Hire and Develop the Best",
                "Frugality",
                "Have Backbone; Disagree and Commit",
            ],
        );
    }

    #[test]
    fn other_lines_are_none_of_them() {
        check(&format!("# C\n\nTeam: own$0{STORY}"), &[]);
        check(&format!("# C\n\nI like principles and own$0{STORY}"), &[]);
        check("# C\n\n**LPs:** x | **Situation:** own$0\n\n**Action:** b\n\n**Result:** c 5%\n", &[]);
    }
}
