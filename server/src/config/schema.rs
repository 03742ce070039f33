//! The JSON schema of `starling.toml`, so that editors can complete and check it.

use serde_json::{Map, Value, json};

use super::settings::{SECTIONS, Section, Setting, Shape};
use crate::finding::Severity;
use crate::rules::{self, Rule};

/// A schema (draft 7) with every section, setting and rule: what each does, what may stand there, and its default.
#[must_use]
pub fn schema() -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": super::FILE_NAME,
        "description": "Settings of Starling.",
        "type": "object",
        "additionalProperties": false,
        "properties": SECTIONS.iter().map(|it| (it.name.to_owned(), section(it))).collect::<Map<_, _>>(),
    })
}

fn section(section: &Section) -> Value {
    let properties: Map<String, Value> = if section.name == "rules" {
        rules::ALL.iter().map(|it| (it.name.to_owned(), rule(it))).collect()
    } else {
        properties(section.settings)
    };
    json!({
        "description": section.documentation,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

/// The severities that a rule may be given, `off` first.
fn rule(rule: &Rule) -> Value {
    let severities: Vec<&str> =
        std::iter::once("off").chain(Severity::ALL.into_iter().map(Severity::name)).collect();
    let paragraph = rule.documentation.trim().split("\n\n").next().unwrap_or_default();
    json!({
        "description": paragraph.replace('\n', " "),
        "enum": severities,
        "default": rule.severity.name(),
    })
}

fn properties(settings: &[Setting]) -> Map<String, Value> {
    settings.iter().map(|it| (it.key.to_owned(), setting(it))).collect()
}

fn setting(setting: &Setting) -> Value {
    let mut value = match setting.shape {
        Shape::Switch => json!({ "type": "boolean", "default": true }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Table(inner) => table(inner),
        Shape::Tables(inner) => json!({ "type": "array", "items": table(inner) }),
    };
    value["description"] = setting.documentation.into();
    if let Some(example) = example(setting) {
        value["examples"] = json!([example]);
    }
    value
}

fn table(settings: &[Setting]) -> Value {
    let required: Vec<&str> = settings.iter().filter(|it| it.required).map(|it| it.key).collect();
    let mut table = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties(settings),
    });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}

/// The example of a setting, which is TOML, as JSON.
fn example(setting: &Setting) -> Option<Value> {
    let table: toml::Table = format!("x = {}", setting.example).parse().ok()?;
    serde_json::to_value(table.get("x")?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::settings::{SECTIONS, Setting, Shape};
    use super::schema;
    use crate::rules;

    /// What is wrong with a value, as far as the schema uses the vocabulary of JSON schemas.
    fn problems(schema: &Value, value: &Value, path: &str) -> Vec<String> {
        let mut found = Vec::new();
        let fits = match schema["type"].as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("boolean") => value.is_boolean(),
            Some("string") => value.is_string(),
            Some(other) => panic!("{path}: unknown type {other}"),
            None => schema["enum"].as_array().expect("a type or an enum").contains(value),
        };
        if !fits {
            return vec![format!("{path}: {value}")];
        }
        for (key, inner) in value.as_object().into_iter().flatten() {
            match schema["properties"].get(key) {
                Some(property) => found.extend(problems(property, inner, &format!("{path}.{key}"))),
                None => found.push(format!("{path}.{key} is unknown")),
            }
        }
        for key in schema["required"].as_array().into_iter().flatten() {
            if value.get(key.as_str().expect("a name")).is_none() {
                found.push(format!("{path}: {key} is missing"));
            }
        }
        for item in value.as_array().into_iter().flatten() {
            found.extend(problems(&schema["items"], item, &format!("{path}[]")));
        }
        found
    }

    #[track_caller]
    fn check(toml: &str, expected: &[&str]) {
        let value: toml::Table = toml.parse().expect("TOML");
        let value = serde_json::to_value(value).expect("JSON");
        assert_eq!(problems(&schema(), &value, ""), expected);
    }

    #[track_caller]
    fn assert_holds(schema: &Value, settings: &[Setting]) {
        for setting in settings {
            let property = &schema["properties"][setting.key];
            assert_eq!(property["description"], setting.documentation, "{}", setting.key);
            assert!(problems(property, &property["examples"][0], setting.key).is_empty());
            match setting.shape {
                Shape::Table(inner) => assert_holds(property, inner),
                Shape::Tables(inner) => assert_holds(&property["items"], inner),
                Shape::Switch | Shape::Text | Shape::Texts => {}
            }
        }
    }

    #[test]
    fn every_setting_and_every_rule_is_there() {
        let schema = schema();
        for section in SECTIONS {
            assert_eq!(schema["properties"][section.name]["description"], section.documentation);
            assert_holds(&schema["properties"][section.name], section.settings);
        }
        for rule in rules::ALL {
            let property = &schema["properties"]["rules"]["properties"][rule.name];
            assert_eq!(property["default"], rule.severity.name());
            assert!(property["description"].as_str().is_some_and(|it| it.ends_with('.')), "{}", rule.name);
        }
    }

    #[test]
    fn the_example_of_the_readme_is_valid() {
        let readme = include_str!("../../../README.md");
        let mut blocks = readme.split("```toml\n").skip(1).filter_map(|block| block.split("\n```").next());
        check(blocks.find(|block| block.contains("[rules]")).expect("an example"), &[]);
    }

    #[test]
    fn what_is_wrong_is_found() {
        check("[bnak]\n", &[".bnak is unknown"]);
        check("[rules]\npart-order = \"warn\"\n", &[".rules.part-order: \"warn\""]);
        check("[[vocabulary.themes]]\nid = \"x\"\n", &[".vocabulary.themes[]: \"name\" is missing"]);
        check("[bank]\ninclude = \"x\"\n", &[".bank.include: \"x\""]);
    }
}
