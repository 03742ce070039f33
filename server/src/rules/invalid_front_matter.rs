use super::{Context, Rule};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "invalid-front-matter",
    severity: Severity::Error,
    documentation: r#"The front matter of a story cannot be read, or says something that it cannot mean.

Front matter is the YAML between two lines `---` at the head of a file. While it is broken, Starling knows neither the
title nor the tags that it holds. Keys that Starling does not use are left alone, unless they are slips of ones it does.

```markdown failing
---
title: Checkout: the outage
principles: [ownership
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
---
title: "Checkout: the outage"
principles: [ownership]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

Files without stories are never judged by this rule.

Set its weight by `invalid-front-matter` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore-file invalid-front-matter -->` in the file.
"#,
};

pub(super) fn check(context: &Context) -> Vec<Finding> {
    let problems = context.document.front_matter.iter().flat_map(|front_matter| &front_matter.problems);
    if context.told().next().is_none() {
        return Vec::new();
    }
    problems.map(|problem| Finding::new(&RULE, problem.span, problem.message.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent};

    const STORY: &str = "**Situation:** a\n\n**Action:** b\n\n**Result:** 5%\n";

    #[test]
    fn stands_at_what_is_wrong() {
        check(
            &RULE,
            "---
            principls: [ownership]
            ^^^^^^^^^ `principls` is not a key that stories have. Did you mean `principles`?
            ---

            **Situation:** a

            **Action:** b
            ",
        );
    }

    #[test]
    fn files_without_stories_are_none_of_our_business() {
        check_silent(&RULE, "---\ntitle: [a\n---\n# A page\n\nText.\n");
        check_silent(&RULE, "---\ntitle: [a\n---\n**Situation:**\n\n**Task:**\n\n**Action:** TODO\n");
        check_silent(&RULE, &format!("---\nlayout: post\ntitle: A\n---\n{STORY}"));
    }
}
