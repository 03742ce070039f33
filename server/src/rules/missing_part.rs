use starling_grammar::{PartKind, Story};

use super::{Context, Rule, insertion, wording};
use crate::finding::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "missing-part",
    severity: Severity::Warning,
    documentation: r#"A story lacks its Situation, Task, Action or Result.

A listener needs all four: where you were, what was yours to do, what you did, and what came of it. The part that is
missed most often is the Task, because it seems to follow from the Situation. It does not: the interviewer wants to hear
which share of the problem was *yours*.

A label that names two parts, such as `Situation & Task`, fills both. A Reflection is never missed by this rule.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

The fix inserts the part where it belongs, written as the parts beside it are, with a question for you to answer.

Set its weight by `missing-part` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore missing-part -->` in the story.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let missing = PartKind::REQUIRED.into_iter().filter(|kind| {
        story.part(*kind).is_none() && !(*kind == PartKind::Task && has_no_task_by_form(context, story))
    });
    missing.map(|kind| finding(context, story, kind)).collect()
}

/// Whether the title says that the story is told in a form that has no Task of its own: *CAR: An apprentice*.
fn has_no_task_by_form(context: &Context, story: &Story) -> bool {
    let first = story.title.text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    context.vocabulary.is_form_without_task(first)
}

fn finding(context: &Context, story: &Story, kind: PartKind) -> Finding {
    let message = format!("{} has no {}. {}", wording::named(story), kind.name(), wording::what_to_add(kind));
    let fix = insertion::part(context, story, kind)
        .map(|edits| Fix::prompt(format!("Insert the {}", kind.name()), edits));
    Finding::new(&RULE, story.title.span, message).about(kind).mended_by(fix)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_no_fix, check_silent};

    #[test]
    fn stands_at_the_title_and_names_the_story() {
        check(
            &RULE,
            "# Cache rollout
              ^^^^^^^^^^^^^ “Cache rollout” has no Task. Say what you were responsible for.

            **Situation:** The cache was stale.

            **Action:** I rebuilt it.

            **Result:** Staleness fell by 90%.
            ",
        );
    }

    #[test]
    fn a_story_without_a_title_is_marked_at_its_first_label() {
        check(
            &RULE,
            "- Situation: The cache was stale.
              ^^^^^^^^^ This story has no Result. Say what came of it, in numbers.
            - Task: I owned it.
            - Action: I rebuilt it.
            ",
        );
    }

    #[test]
    fn several_parts_may_be_missing() {
        check(
            &RULE,
            "# Cache
              ^^^^^ “Cache” has no Action. Say what you did, step by step.
              ^^^^^ “Cache” has no Result. Say what came of it, in numbers.

            **Situation:** The cache was stale.

            **Task:** I owned it.
            ",
        );
    }

    #[test]
    fn a_form_without_task_lacks_none() {
        check_silent(
            &RULE,
            "# CAR: Cache\n\n**Challenge:** Stale for hours.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n",
        );
    }

    #[test]
    fn combined_labels_fill_both() {
        check_silent(
            &RULE,
            "# Cache\n\n**Situation & Task:** Stale, and mine.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n",
        );
    }

    #[test]
    fn templates_are_left_alone() {
        check_silent(&RULE, "# Title\n\n**Situation:** [Describe it]\n\n**Action:** TODO\n\n**Result:**\n");
    }

    #[test]
    fn inserts_bold_labels() {
        check_fix(
            &RULE,
            "# C\n\n**Situation:** It was stale.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n",
            "# C\n\n**Situation:** It was stale.\n\n**Task:** ‹task›\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n",
        );
        check_fix(
            &RULE,
            "# C\n\n**S**: It was stale.\n**T**: Mine.\n**R**: 90% fewer.",
            "# C\n\n**S**: It was stale.\n**T**: Mine.\n**A**: ‹action›\n**R**: 90% fewer.",
        );
    }

    #[test]
    fn inserts_at_either_end() {
        check_fix(
            &RULE,
            "# C\n\n**Task** — Mine.\n\n**Action** — I rebuilt it.\n\n**Result** — 90% fewer.\n",
            "# C\n\n**Situation** — ‹situation›\n\n**Task** — Mine.\n\n**Action** — I rebuilt it.\n\n**Result** — 90% fewer.\n",
        );
        check_fix(
            &RULE,
            "# C\n\n**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n---\n\nMore.",
            "# C\n\n**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n**Result:** ‹result›\n\n---\n\nMore.",
        );
    }

    #[test]
    fn inserts_headings_and_keeps_their_count() {
        check_fix(
            &RULE,
            "# C\n\n## 1. Situation (20 %)\n\nStale.\n\n## 2. Action\n\nI rebuilt it.\n\n## 3. Result\n\n90% fewer.\n",
            "# C\n\n## 1. Situation (20 %)\n\nStale.\n\n## 2. Task\n\n‹task›\n\n## 3. Action\n\nI rebuilt it.\n\n## 4. Result\n\n90% fewer.\n",
        );
        check_fix(
            &RULE,
            "# C\r\n\r\nSituation\r\n---\r\n\r\nStale.\r\n\r\nTask\r\n---\r\n\r\nMine.\r\n\r\nResult\r\n---\r\n\r\n90% fewer.\r\n",
            "# C\r\n\r\nSituation\r\n---\r\n\r\nStale.\r\n\r\nTask\r\n---\r\n\r\nMine.\r\n\r\nAction\r\n---\r\n\r\n‹action›\r\n\r\nResult\r\n---\r\n\r\n90% fewer.\r\n",
        );
    }

    #[test]
    fn inserts_list_items() {
        check_fix(
            &RULE,
            "# C\n\n- **Situation:** Stale.\n- **Action:**\n  - I rebuilt it.\n- **Result:** 90% fewer.\n",
            "# C\n\n- **Situation:** Stale.\n- **Task:** ‹task›\n- **Action:**\n  - I rebuilt it.\n- **Result:** 90% fewer.\n",
        );
        check_fix(
            &RULE,
            "# C\n\n- **Situation:**\n  - Stale.\n- **Task:**\n  - Mine.\n- **Action:**\n  - I rebuilt it.\n",
            "# C\n\n- **Situation:**\n  - Stale.\n- **Task:**\n  - Mine.\n- **Action:**\n  - I rebuilt it.\n- **Result:**\n  - ‹result›\n",
        );
        check_fix(
            &RULE,
            "# C\n\n1. Task: Mine.\n2. Action: I rebuilt it.\n3. Result: 90% fewer.\n",
            "# C\n\n1. Situation: ‹situation›\n2. Task: Mine.\n3. Action: I rebuilt it.\n4. Result: 90% fewer.\n",
        );
    }

    #[test]
    fn inserts_into_quotes_lines_and_tables() {
        check_fix(
            &RULE,
            "> **Situation:** It was\n> stale.\n>\n> **Task:** Mine.\n>\n> **Result:** 90% fewer.\n",
            "> **Situation:** It was\n> stale.\n>\n> **Task:** Mine.\n>\n> **Action:** ‹action›\n>\n> **Result:** 90% fewer.\n",
        );
        check_fix(
            &RULE,
            "# C\n\n**S:** stale | **T:** mine | **R:** 90% fewer\n",
            "# C\n\n**S:** stale | **T:** mine | **A:** ‹action› | **R:** 90% fewer\n",
        );
        check_fix(
            &RULE,
            "# C\n\n| Part | Story |\n|---|---|\n| **Situation** | Stale. |\n| **Action** | I rebuilt it. |\n| **Result** | 90% fewer. |\n",
            "# C\n\n| Part | Story |\n|---|---|\n| **Situation** | Stale. |\n| **Task** | ‹task› |\n| **Action** | I rebuilt it. |\n| **Result** | 90% fewer. |\n",
        );
    }

    #[test]
    fn appends_a_sentence_where_labels_close_them() {
        check_fix(
            &RULE,
            "# C\n\nThe cache was stale (Situation). I rebuilt it (Action). We saw 90% fewer (Result).\n",
            "# C\n\nThe cache was stale (Situation). ‹task› (Task). I rebuilt it (Action). We saw 90% fewer (Result).\n",
        );
    }

    #[test]
    fn an_underlined_heading_in_an_item_gets_no_neighbour() {
        // The empty item underlines the label.
        check_no_fix(&RULE, "# C\n\n- **Result**\n  - \n\n- **Task**\n  - a b\n\n- **Action**\n  - c d\n");
    }

    #[test]
    fn a_column_cannot_be_inserted_for_one_story() {
        check_no_fix(
            &RULE,
            "| Story | Situation | Action | Result |\n|---|---|---|---|\n| Cache | Stale. | I rebuilt it. | 90% fewer. |\n",
        );
    }
}
