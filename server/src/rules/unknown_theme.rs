use starling_grammar::TagKind;

use super::{Context, Rule, unknown};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "unknown-theme",
    severity: Severity::Warning,
    documentation: r#"A story is mapped to a theme that no chosen set knows, or that has another name now.

Themes show what a bank covers and what it lacks. A name that Starling does not know is counted under no theme.

```markdown failing
---
themes: [mentroing]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
---
themes: [mentoring]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

In the body, a value is reported when it is nearly a known name, or stands on a line of known ones. The name that was
meant is offered; a former name is replaced by `starling check --fix`. Names of your own are added in `starling.toml`.

Set its weight by `unknown-theme` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore unknown-theme -->` in the story.
"#,
};

pub(super) fn check(context: &Context) -> Vec<Finding> {
    unknown::tags(context, &RULE, TagKind::Theme)
}
