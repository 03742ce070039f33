//! A configuration as the text of a `starling.toml`.

use std::fmt::Write as _;

use super::settings::{SECTIONS, Setting};
use super::{Additions, Config, Globs};
use crate::finding::Severity;
use crate::rules;

/// Widest line of a comment, in characters.
const WIDTH: usize = 100;

/// `[vocabulary]` under its own name, for the tables within it.
#[derive(serde::Serialize)]
struct Vocabulary<'a> {
    vocabulary: &'a Additions,
}

/// Every setting with its documentation and value. One that is not set is a comment, with its default or an example, so
/// that the text says the same when it is read again, also by a later version with other defaults.
pub(super) fn print(config: &Config) -> String {
    let mut out = String::new();
    for section in SECTIONS {
        if !out.is_empty() {
            out.push('\n');
        }
        comment(&mut out, section.documentation);
        if section.name == "vocabulary" && config.additions != Additions::default() {
            out.push_str(&toml::to_string(&Vocabulary { vocabulary: &config.additions }).unwrap_or_default());
            continue;
        }
        let _ = writeln!(out, "[{}]", section.name);
        if section.name == "rules" {
            print_rules(&mut out, config);
        }
        for setting in section.settings {
            comment(&mut out, setting.documentation);
            print_setting(&mut out, section.name, setting, config);
        }
    }
    out
}

fn print_setting(out: &mut String, section: &str, setting: &Setting, config: &Config) {
    let value = match (section, setting.key) {
        ("bank", "include") => globs(&config.bank.include),
        ("bank", "exclude") => globs(&config.bank.exclude),
        ("docs", "base-url") => config.base_url.as_deref().map(quoted),
        ("editor", "hints") => config.editor.hints.map(|hints| hints.to_string()),
        ("editor", "lenses") => config.editor.lenses.map(|lenses| lenses.to_string()),
        _ => None,
    };
    let _ = match value {
        Some(value) => writeln!(out, "{} = {value}", setting.key),
        None => writeln!(out, "# {} = {}", setting.key, setting.example),
    };
}

fn print_rules(out: &mut String, config: &Config) {
    for rule in rules::ALL {
        let word = config.severity_of(rule).map_or("off", Severity::name);
        let mark = if config.rules.contains_key(rule.name) { "" } else { "# " };
        let _ = writeln!(out, "{mark}{} = {}", rule.name, quoted(word));
    }
}

fn globs(globs: &Globs) -> Option<String> {
    let patterns: Vec<String> = globs.patterns().iter().map(|pattern| quoted(pattern)).collect();
    (!patterns.is_empty()).then(|| format!("[{}]", patterns.join(", ")))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A text as comment lines, wrapped at words.
fn comment(out: &mut String, text: &str) {
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(out, "{line}");
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    let _ = writeln!(out, "{line}");
}
