use starling_grammar::{PartKind, Story};

use super::unquantified_result::unquantified;
use super::{Context, Rule};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "vague-quantity",
    severity: Severity::Information,
    documentation: r#"A word speaks of size and gives none, in a Result that has no number.

*Significantly*, *a lot faster* and *many users* make the listener ask “how much?”. Answer before they do. Beside a
number such words do no harm, so this rule is silent when the Result holds one.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went down significantly.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went down significantly, from 20% to 0.1%.
```

Set its weight by `vague-quantity` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore vague-quantity -->` in the story or part.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in unquantified(story) {
        for span in part.vague() {
            let message = format!("“{}” gives no size. Say how much, in numbers.", span.of(context.text()));
            let finding = Finding::new(&RULE, span, message).about(PartKind::Result);
            findings.push(finding.related_to(part.label.span, "this Result has no number"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent, read};

    #[test]
    fn stands_at_the_word() {
        let text = "**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n";
        check(
            &RULE,
            &format!(
                "{text}**Result:** Staleness fell significantly.
                           ^^^^^^^^^^^^^ “significantly” gives no size. Say how much, in numbers.
"
            ),
        );
        let checked = read(&format!("{text}**Result:** Staleness fell significantly.\n"));
        for finding in checked.findings {
            assert_eq!(finding.related.len(), 1, "{finding:#?}");
        }
    }

    #[test]
    fn beside_a_number_it_is_silent() {
        let text = "**Situation:** Significantly stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n";
        check_silent(&RULE, &format!("{text}**Result:** It fell significantly, by 90%.\n"));
        check_silent(&RULE, &format!("{text}**Result:** It fell significantly, by [X%].\n"));
        check_silent(
            &RULE,
            &format!("{text}**Result:** It saved dozens of tickets and significantly fewer calls.\n"),
        );
    }
}
