use starling_grammar::{Duty, PartKind, Story};

use super::{Context, Rule, prose};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "unclear-task",
    severity: Severity::Information,
    documentation: r#"The Task never says what you were responsible for.

“The system had to be faster” is a wish; “I had to make it faster by the sale” is a task. Interviewers ask which share
of the problem was yours, and a Task that speaks of the team, the company or the system alone leaves it open. A note
without a subject, such as *Bring checkout back before the sale ends*, is taken as yours. Only English text is judged.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** Checkout had to be brought back before the sale ended.

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

Set its weight by `unclear-task` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore unclear-task -->` in the story.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let Some(tasks) = prose::judged(story, PartKind::Task) else { return Vec::new() };
    let others = tasks.iter().any(|part| matches!(part.duty(), Duty::Other(_)));
    if !others || tasks.iter().any(|part| part.duty() == Duty::Own) {
        return Vec::new();
    }
    let message = "This Task never says what was yours. Say what you were responsible for.";
    let mut finding = Finding::new(&RULE, tasks[0].label.span, message).about(PartKind::Task);
    for part in tasks {
        if let Duty::Other(span) = part.duty() {
            let words = span.of(context.text());
            finding = finding.related_to(span, format!("“{words}” speaks of somebody or something else"));
        }
    }
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent};

    fn story(task: &str) -> String {
        format!("**Situation:** Stale.\n\n{task}\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n")
    }

    #[test]
    fn stands_at_the_label() {
        check(
            &RULE,
            "**Situation:** Stale.

            **Task:** The cache had to be faster, and the team was asked to hurry.
              ^^^^ This Task never says what was yours. Say what you were responsible for.

            **Action:** I rebuilt it.

            **Result:** 90% fewer.
            ",
        );
        check(
            &RULE,
            "- Situation: Stale.
            - Task: We needed a faster cache.
              ^^^^ This Task never says what was yours. Say what you were responsible for.
            - Action: I rebuilt it.
            - Result: 90% fewer.
            ",
        );
    }

    #[test]
    fn what_is_yours_is_clear() {
        for task in [
            "**Task:** I had to make it faster.",
            "**Task:** Make it faster by June.",
            "**Task:** It fell to me, since nobody else was there.",
            "**Task:** My job was the cache.",
            "**Task:** We had to make it faster, and the cache was mine.",
            "**Task:** Der Cache musste schneller werden, und das Team war nicht da.",
            "**Task:** The cache had to be [how much?] faster.",
            "**Task:**",
        ] {
            check_silent(&RULE, &story(task));
        }
    }
}
