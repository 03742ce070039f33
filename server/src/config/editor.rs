//! Settings of an editor: the same sections and keys as in `starling.toml`, as JSON.

use serde_json::Value;
use starling_grammar::Problem;

use super::Config;
use super::settings::section;

impl Config {
    /// Reads the settings of an editor. Sections that the server does not know are the editor's own business, and
    /// values that were left empty are not set.
    #[must_use]
    pub fn of_editor(settings: &Value) -> (Self, Vec<Problem>) {
        let sections = settings.as_object().into_iter().flatten().filter(|(name, _)| section(name).is_some());
        let sections = sections.map(|(name, value)| (name.clone(), value.clone()));
        let known = without_empty(Value::Object(sections.collect()));
        // What JSON can say without null, TOML can say.
        let text = toml::to_string(&known).unwrap_or_default();
        Self::parse(&text)
    }
}

fn without_empty(value: Value) -> Value {
    let empty = |value: &Value| value.is_null() || value.as_str().is_some_and(str::is_empty);
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| !empty(value));
            Value::Object(fields.map(|(name, value)| (name, without_empty(value))).collect())
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().filter(|item| !empty(item)).map(without_empty).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::config::Config;
    use crate::finding::Severity;

    #[test]
    fn settings_are_those_of_the_file() {
        let (config, problems) = Config::of_editor(&json!({
            "server": { "path": "/bin/starling" },
            "bank": { "include": ["stories/*.md"], "exclude": [] },
            "rules": { "part-order": "error", "empty-part": "off" },
            "vocabulary": { "technologies": ["our scheduler", null] },
            "docs": { "base-url": "" },
        }));
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.rules["part-order"], Some(Severity::Error));
        assert_eq!(config.rules["empty-part"], None);
        assert!(config.declares("stories/a.md".as_ref()));
        assert_eq!(config.additions.technologies, ["our scheduler"]);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let (config, problems) = Config::of_editor(&json!({ "rules": { "part-order": "loud" }, "bank": 7 }));
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(config.rules.is_empty());
        assert!(Config::of_editor(&json!(null)).1.is_empty());
    }
}
