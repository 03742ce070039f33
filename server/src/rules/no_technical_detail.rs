use starling_grammar::{PartKind, Story};

use super::{Context, Rule, prose};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "no-technical-detail",
    severity: Severity::Information,
    documentation: r#"The Action of a technical story names no tool, metric or design decision.

“I investigated and fixed the issue” could be said of anything. Name what you looked with, what you measured, what you
built and why so: a profiler, a percentile, an index, a queue instead of a call. A story is technical when it names a
tool anywhere, or has a theme or question that is; others are left alone, and code counts as detail. Only English text
is judged.

```markdown failing
# Checkout outage

**Situation:** Checkout, a Java service, failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I looked into it until late at night, asked the people who knew it best, and mended what was wrong.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout, a Java service, failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

Set its weight by `no-technical-detail` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore no-technical-detail -->` in the story.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let Some(actions) = prose::judged(story, PartKind::Action) else { return Vec::new() };
    if prose::has_detail(context, &actions) {
        return Vec::new();
    }
    let Some(reason) = prose::technical_because(context, story) else { return Vec::new() };
    let message =
        "This Action names no tool, metric or design decision. Say what you used or chose, and why.";
    let finding = Finding::new(&RULE, actions[0].label.span, message).about(PartKind::Action);
    let words = reason.of(context.text());
    vec![finding.related_to(reason, format!("“{words}” makes this a technical story"))]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent};

    fn story(situation: &str, action: &str, after: &str) -> String {
        format!(
            "**Situation:** {situation}\n\n**Task:** I owned it.\n\n**Action:** {action}\n\n**Result:** 90% fewer.\n{after}"
        )
    }

    #[test]
    fn stands_at_the_label() {
        check(
            &RULE,
            "**Situation:** The Redis nodes were full.

            **Task:** I owned them.

            **Action:** I looked into it and mended what was wrong.
              ^^^^^^ This Action names no tool, metric or design decision. Say what you used or chose, and why.

            **Result:** 90% fewer.
            ",
        );
        check(
            &RULE,
            "**Situation:** The site was down.

            **Task:** I owned it.

            **Action:** I looked into it and mended what was wrong.
              ^^^^^^ This Action names no tool, metric or design decision. Say what you used or chose, and why.

            **Result:** 90% fewer.

            **Themes:** production-incident
            ",
        );
    }

    #[test]
    fn detail_and_other_stories_are_left_alone() {
        check_silent(&RULE, &story("The Redis nodes were full.", "I lowered the p99 of the lookups.", ""));
        check_silent(&RULE, &story("The Redis nodes were full.", "I set `maxmemory` and waited.", ""));
        check_silent(&RULE, &story("Two colleagues were at odds.", "I talked to both of them for long.", ""));
        check_silent(
            &RULE,
            &story("Two were at odds.", "I talked to both of them for long.", "\n**Themes:** mentoring\n"),
        );
        check_silent(&RULE, &story("The Redis nodes were full.", "I looked into [what?].", ""));
    }
}
