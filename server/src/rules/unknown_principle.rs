use starling_grammar::TagKind;

use super::{Context, Rule, unknown};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "unknown-principle",
    severity: Severity::Warning,
    documentation: r#"A story is mapped to a principle that no chosen set knows, or that has another name now.

A story is found again by the principles it stands for. A name that no set knows finds nothing: mostly it is a slip of
the keys, or the name that a principle had before.

```markdown failing
---
principles: [Owenrship]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
---
principles: [Ownership]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

In the body, a value is reported when it is nearly a known name, or stands on a line of known ones. The name that was
meant is offered; a former name is replaced by `starling check --fix`. Names of your own are added in `starling.toml`.

Set its weight by `unknown-principle` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore unknown-principle -->` in the story.
"#,
};

pub(super) fn check(context: &Context) -> Vec<Finding> {
    unknown::tags(context, &RULE, TagKind::Principle)
}
