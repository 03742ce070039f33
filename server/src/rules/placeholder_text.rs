use starling_grammar::Story;

use super::{Context, Rule};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "placeholder-text",
    severity: Severity::Information,
    documentation: r#"A story still holds a placeholder, such as `[X%]`, `TODO` or `<team name>`.

Placeholders are easy to write and easy to forget. This one stands in a story whose other text is yours. As long as it
is there, no other rule judges the part that it stands in.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went down by [X%] within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went down by 99% within 40 minutes.
```

A story that holds nothing but placeholders is a template, and gets no findings.

Set its weight by `placeholder-text` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore placeholder-text -->` in the story or part.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in &story.parts {
        for span in part.placeholders() {
            let written = span.of(context.text());
            let message = if written.chars().count() > 40 || written.contains(['\n', '\r']) {
                "This is still to be filled in.".to_owned()
            } else {
                format!("“{written}” is still to be filled in.")
            };
            let mut finding = Finding::new(&RULE, span, message);
            finding.part = part.kinds.first().copied();
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent};

    #[test]
    fn stands_at_the_placeholder() {
        check(
            &RULE,
            "**Situation:** The cache of <team name> was stale.
                                        ^^^^^^^^^^^ “<team name>” is still to be filled in.

            **Task:** TODO
                      ^^^^ “TODO” is still to be filled in.

            **Action:** [What did you do, step by step, and for which of the reasons?]
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This is still to be filled in.

            **Result:** X% fewer, and N users saved.
                        ^^ “X%” is still to be filled in.
                                      ^^^^^^^ “N users” is still to be filled in.
            ",
        );
    }

    #[test]
    fn links_and_templates_are_no_placeholders() {
        check_silent(&RULE, "**Situation:** See [the page](x).\n\n**Task:** Mine.\n\n**Action:** `[X%]`\n");
        check_silent(
            &RULE,
            "**Situation:** We kept a Map<K, V> in memory.\n\n**Task:** Mine.\n\n**Action:** I removed the TODO comments and a FIXME of mine.\n",
        );
        check_silent(&RULE, "**Situation:** [X]\n\n**Task:** TODO\n\n**Action:** ...\n");
    }
}
