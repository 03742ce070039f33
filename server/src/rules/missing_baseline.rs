use starling_grammar::{PartKind, Story};

use super::{Context, Rule, prose};
use crate::finding::{Edit, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "missing-baseline",
    severity: Severity::Hint,
    documentation: r#"The Result says where a rate, latency or size ended, and not where it started.

“Latency is now 120 ms” leaves the listener to guess whether that is a triumph. *From 800 ms to 120 ms*, *30% lower*
and *halved* say both ends. One baseline in a Result is enough for this rule; counts, savings, absolutes such as *zero
downtime* and delivery times need none. Only English text is judged.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** The error rate is now 0.1%.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

The fix inserts `[from …]` behind the value. The number is yours to find.

Set its weight by `missing-baseline` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore missing-baseline -->` in the story.
"#,
};

const PROMPT: &str = "[from …]";

/// As many other values are shown.
const SHOWN: usize = 5;

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let Some(results) = prose::judged(story, PartKind::Result) else { return Vec::new() };
    let metrics = || results.iter().flat_map(|part| part.metrics());
    if metrics().any(|metric| metric.baseline) {
        return Vec::new();
    }
    let Some(level) = metrics().find(|metric| metric.level) else { return Vec::new() };
    let written = level.span.of(context.text());
    let message = format!("“{written}” says where it ended. Say where it started, too.");
    // Before a colon or another bracket, brackets would be a link.
    let free = !context.text()[level.span.end..].starts_with([':', '(', '[']);
    let edit = Edit::insert(level.span.end, format!(" {PROMPT}"));
    let fix = free.then(|| Fix::prompt("Insert “from …”", vec![edit]));
    let finding = Finding::new(&RULE, level.span, message).about(PartKind::Result);
    let mut finding = finding.related_to(results[0].label.span, "no value in this Result has a start");
    for other in metrics().filter(|metric| metric.level && metric.span != level.span).take(SHOWN) {
        let written = other.span.of(context.text());
        finding = finding.related_to(other.span, format!("“{written}” says where it ended, too"));
    }
    vec![finding.mended_by(fix)]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_silent, read};

    fn story(result: &str) -> String {
        format!("**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n{result}")
    }

    #[test]
    fn stands_at_the_value() {
        check(
            &RULE,
            "**Situation:** Stale.

            **Task:** Mine.

            **Action:** I rebuilt it.

            **Result:** Latency is now 120 ms, and the error rate is 0.1%.
                                       ^^^^^^ “120 ms” says where it ended. Say where it started, too.
            ",
        );
    }

    #[test]
    fn points_at_the_other_values() {
        let text = story("**Result:** Latency is now 120 ms, and the error rate is 0.1%.\n");
        let checked = read(&text);
        let finding = checked.findings.iter().find(|finding| finding.rule == &RULE).expect("a finding");
        let related: Vec<&str> = finding.related.iter().map(|related| related.span.of(&text)).collect();
        assert_eq!(related, ["Result", "0.1%"]);
    }

    #[test]
    fn one_start_is_enough() {
        for result in [
            "**Result:** Latency went from 800 ms to 120 ms, and the error rate is 0.1%.\n",
            "**Result:** Latency is 30% lower.\n",
            "**Result:** It moved 14 teams with zero downtime.\n",
            "**Result:** Latency is now 120 ms [from what?].\n",
            "**Result:** Latency was halved.\n",
            "**Result:** It was done within 3 weeks, 4 days early.\n",
        ] {
            check_silent(&RULE, &story(result));
        }
    }

    #[test]
    fn inserts_a_prompt_behind_the_value() {
        check_fix(
            &RULE,
            &story("**Result:** Latency is **120 ms**.\n"),
            &story("**Result:** Latency is **120 ms [from …]**.\n"),
        );
    }
}
