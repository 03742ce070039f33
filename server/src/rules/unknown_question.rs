use starling_grammar::TagKind;

use super::{Context, Rule, unknown};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "unknown-question",
    severity: Severity::Warning,
    documentation: r#"A story is mapped to a question that no chosen set knows, or that has another name now.

Questions tell which story answers what, and each has a checklist of what interviewers look for. A name that Starling
does not know has none. Quoted questions and whole sentences are kept as they are, and never reported.

```markdown failing
---
questions: [prodction-outage, "When did you last say no?"]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** An alert paged me. The traces in Jaeger showed the root cause, an exhausted connection pool. I raised its
limit, and afterwards I added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
---
questions: [production-outage, "When did you last say no?"]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** An alert paged me. The traces in Jaeger showed the root cause, an exhausted connection pool. I raised its
limit, and afterwards I added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

In the body, a value is reported when it is nearly a known name, or stands on a line of known ones. The name that was
meant is offered; a former name is replaced by `starling check --fix`. Names of your own are added in `starling.toml`.

Set its weight by `unknown-question` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore unknown-question -->` in the story.
"#,
};

pub(super) fn check(context: &Context) -> Vec<Finding> {
    unknown::tags(context, &RULE, TagKind::Question)
}
