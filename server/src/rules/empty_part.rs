use starling_grammar::{Content, Story};

use super::{Context, Rule, insertion, wording};
use crate::finding::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "empty-part",
    severity: Severity::Warning,
    documentation: r#"A part has a label and no text, while other parts of the story have some.

A label without text is a promise to write it later. In the interview it is the part you will improvise.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:**

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

A story of which every part is empty is a template, and gets no findings. The fix inserts a question for you to answer.

Set its weight by `empty-part` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore empty-part -->` in the story or part.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in story.parts.iter().filter(|part| part.content() == Content::Empty) {
        // Another part of the same kind that is told is a matter of `duplicate-part`.
        let told =
            |other: &&starling_grammar::Part| other.content() != Content::Empty && other.kinds == part.kinds;
        let Some(kind) =
            part.kinds.first().copied().filter(|_| !story.parts.iter().any(|other| told(&other)))
        else {
            continue;
        };
        let fix = insertion::prompt(context, story, part)
            .map(|edit| Fix::prompt(format!("Insert a prompt for the {}", kind.name()), vec![edit]));
        let message = format!("The {} is empty. {}", kind.name(), wording::what_to_add(kind));
        findings.push(Finding::new(&RULE, part.label.span, message).about(kind).mended_by(fix));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_silent};

    #[test]
    fn stands_at_the_label() {
        check(
            &RULE,
            "## Situation

            Stale.

            ## Task (10 %)
               ^^^^ The Task is empty. Say what you were responsible for.

            ## Action

            I rebuilt it.
            ",
        );
        check(
            &RULE,
            "- **S:** Stale.
            - **T:**
                ^ The Task is empty. Say what you were responsible for.
            - **A:** I rebuilt it.
            - **R:**
                ^ The Result is empty. Say what came of it, in numbers.
            ",
        );
    }

    #[test]
    fn placeholders_and_templates_are_not_empty() {
        check_silent(&RULE, "**Situation:** Stale.\n\n**Task:** TODO\n\n**Action:** I rebuilt it.\n");
        check_silent(&RULE, "**Situation:**\n\n**Task:**\n\n**Action:**\n");
        check_silent(
            &RULE,
            "**Situation:** Stale.\n\n**Task:** `mine`\n\n**Action:**\n\n```sh\nrebuild\n```\n",
        );
    }

    #[test]
    fn inserts_the_prompt_as_the_other_parts_are_written() {
        check_fix(
            &RULE,
            "**Situation:** Stale.\n\n**Task:** \n\n**Action:** I rebuilt it.\n",
            "**Situation:** Stale.\n\n**Task:** ‹task›\n\n**Action:** I rebuilt it.\n",
        );
        check_fix(
            &RULE,
            "**Situation**\nStale.\n\n**Task**\n\n**Action**\nI rebuilt it.\n",
            "**Situation**\nStale.\n\n**Task**\n‹task›\n\n**Action**\nI rebuilt it.\n",
        );
        check_fix(
            &RULE,
            "## Situation\r\n\r\nStale.\r\n\r\n## Task\r\n## Action\r\n\r\nI rebuilt it.",
            "## Situation\r\n\r\nStale.\r\n\r\n## Task\r\n\r\n‹task›\r\n## Action\r\n\r\nI rebuilt it.",
        );
        check_fix(
            &RULE,
            "1. **Situation**\n   - Stale.\n2. **Task**\n3. **Action**\n   - I rebuilt it.\n",
            "1. **Situation**\n   - Stale.\n2. **Task**\n   - ‹task›\n3. **Action**\n   - I rebuilt it.\n",
        );
        check_fix(
            &RULE,
            "> **Situation:**\n> Stale.\n>\n> **Task:**\n>\n> **Action:**\n> I rebuilt it.\n",
            "> **Situation:**\n> Stale.\n>\n> **Task:**\n> ‹task›\n>\n> **Action:**\n> I rebuilt it.\n",
        );
        check_fix(
            &RULE,
            "- Situation: Stale.\n- Task: <!-- later -->\n- Action: I rebuilt it.\n",
            "- Situation: Stale.\n- Task: ‹task› <!-- later -->\n- Action: I rebuilt it.\n",
        );
    }

    #[test]
    fn inserts_the_prompt_into_cells() {
        check_fix(
            &RULE,
            "| Part | Text |\n|---|---|\n| Situation | Stale. |\n| Task | |\n| Action | I rebuilt it. |\n",
            "| Part | Text |\n|---|---|\n| Situation | Stale. |\n| Task | ‹task› |\n| Action | I rebuilt it. |\n",
        );
        check_fix(
            &RULE,
            "| Story | Situation | Task | Action |\n|---|---|---|---|\n| Cache | Stale. | | I rebuilt it. |\n",
            "| Story | Situation | Task | Action |\n|---|---|---|---|\n| Cache | Stale. | ‹task› | I rebuilt it. |\n",
        );
    }
}
