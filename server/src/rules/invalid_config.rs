use super::Rule;
use crate::finding::Severity;

/// The rule whose findings stand on a `starling.toml`; they are made where that is read.
pub static RULE: Rule = Rule {
    name: "invalid-config",
    severity: Severity::Error,
    documentation: r#"`starling.toml` cannot be read, or holds a key or value that Starling does not know.

What is wrong is left out, with its default in its place, and everything else applies. Because you may then see findings
that you turned off, `starling check` says so and ends with exit code 2.

```toml failing
[rules]
mising-part = "off"
empty-part = "loud"
```

```toml passing
[rules]
missing-part = "off"
```

`starling config` prints every setting with its documentation. Only `invalid-config = "off"` under `[rules]` silences
this rule.
"#,
};
