use starling_grammar::{PartKind, Story};

use super::{Context, Rule, prose};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "thin-action",
    severity: Severity::Information,
    documentation: r#"The Action is shorter than the Situation.

The Action is what you are hired for: about half of the time is well spent on it, and a fifth on the Situation. Where
the Situation is the longer of the two, cut it to what the listener needs, or tell more of your steps. Only English
text is judged.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale, which marketing had announced for
weeks and which the whole company had come in for.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I raised the limit of the connection pool.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

Set its weight by `thin-action` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore thin-action -->` in the story.
"#,
};

pub(super) fn check(_context: &Context, story: &Story) -> Vec<Finding> {
    let (Some(situations), Some(actions)) =
        (prose::judged(story, PartKind::Situation), prose::judged(story, PartKind::Action))
    else {
        return Vec::new();
    };
    // A label such as `Situation & Task` opens more than the Situation.
    if situations.iter().chain(&actions).any(|part| part.kinds.len() > 1) {
        return Vec::new();
    }
    let (situation, action) = (prose::words(&situations), prose::words(&actions));
    if action >= situation {
        return Vec::new();
    }
    let message = format!(
        "This Action has {action} words and the Situation {situation}. Tell more of what you did, or shorten the Situation."
    );
    let finding = Finding::new(&RULE, actions[0].label.span, message).about(PartKind::Action);
    vec![finding.related_to(situations[0].label.span, format!("the Situation has {situation} words"))]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent};

    #[test]
    fn stands_at_the_label() {
        check(
            &RULE,
            "**Situation:** The cache of our largest shop was stale every morning.

            **Task:** I owned it.

            **Action:** I rebuilt the index.
              ^^^^^^ This Action has 4 words and the Situation 10. Tell more of what you did, or shorten the Situation.

            **Result:** 90% fewer.
            ",
        );
    }

    #[test]
    fn equal_lengths_and_combined_labels_are_fine() {
        let rest = "**Result:** 90% fewer.\n";
        check_silent(
            &RULE,
            &format!(
                "**Situation:** It was stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n{rest}"
            ),
        );
        check_silent(
            &RULE,
            &format!(
                "**Situation & Task:** It was stale, and I owned it.\n\n**Action:** I rebuilt it.\n\n{rest}"
            ),
        );
        check_silent(
            &RULE,
            &format!(
                "**Situation:** It was very stale indeed.\n\n**Task:** Mine.\n\n**Action:** TODO\n\n{rest}"
            ),
        );
        check_silent(
            &RULE,
            &format!("**Situation:** It was stale.\n\n**Task:** Mine.\n\n**Action:**\n\n{rest}"),
        );
    }
}
