//! From the text of `starling.toml` to a configuration and its problems.

mod fields;
mod vocabulary;

use std::ops::Range;

use starling_grammar::{Problem, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::fields::{Fields, read_texts};
use super::settings::{SECTIONS, Section, Setting, section};
use super::{Config, Globs, check_glob};
use crate::finding::Severity;
use crate::near::nearest;
use crate::rules;

/// A value with its place.
type Value<'a> = Spanned<DeValue<'a>>;

/// Reads the text over a configuration: what the text sets wins, key by key. Problems are in the order of the text.
pub(super) fn read(base: &Config, text: &str) -> (Config, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut problems = Problems { text, list: Vec::new() };
    let mut config = base.clone();
    read_sections(table.get_ref(), &mut config, &mut problems);
    if config.additions != base.additions {
        config.vocabulary = config.additions.vocabulary();
    }
    (config, with_syntax_errors(problems, &errors))
}

/// Problems found so far.
struct Problems<'a> {
    text: &'a str,
    list: Vec<Problem>,
}

impl Problems<'_> {
    /// Adds one.
    fn add(&mut self, span: Range<usize>, message: impl Into<String>) {
        let span = fit(self.text, span);
        self.list.push(Problem { span, message: message.into() });
    }

    /// Adds "expected this, found that".
    fn wrong_type(&mut self, name: &str, expected: &str, value: &Value<'_>) {
        self.add(value.span(), format!("`{name}` must be {expected}, not {}.", article(value)));
    }
}

/// What a value is, with its article.
fn article(value: &Value<'_>) -> String {
    let found = value.get_ref().type_str();
    if found.starts_with(['a', 'i']) { format!("an {found}") } else { format!("a {found}") }
}

/// Syntax errors stand before everything else: after the first one that is more than a repeated key, the parser
/// guesses, and what it then says is noise. What it could read still applies.
fn with_syntax_errors(problems: Problems<'_>, errors: &[toml::de::Error]) -> Vec<Problem> {
    let Problems { text, mut list } = problems;
    let mut errors: Vec<(Span, &str)> = errors
        .iter()
        .map(|error| (fit(text, error.span().unwrap_or(text.len()..text.len())), error.message()))
        .collect();
    errors.sort();
    if let Some(first) = errors.iter().position(|(_, message)| !message.starts_with(REPEATED)) {
        errors.truncate(first + 1);
        let line_start = text[..errors[first].0.start].rfind('\n').map_or(0, |end| end + 1);
        list.retain(|problem| problem.span.start < line_start);
    }
    list.extend(errors.into_iter().map(|(span, message)| Problem { span, message: syntax_message(message) }));
    list.sort_by_key(|problem| problem.span);
    list
}

/// How the parser says that a key occurs twice.
const REPEATED: &str = "duplicate key";

fn syntax_message(message: &str) -> String {
    if message.starts_with(REPEATED) {
        return "This key or table occurs a second time; the first one applies. Remove one of them."
            .to_owned();
    }
    format!("This is not valid TOML: {message}.")
}

/// A span inside the text, on character boundaries; an empty one takes the character after it, so that it can be seen.
fn fit(text: &str, span: Range<usize>) -> Span {
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    if start == end {
        let next = text[start..].chars().next().filter(|next| !matches!(next, '\n' | '\r'));
        return Span::new(start, start + next.map_or(0, char::len_utf8));
    }
    Span::new(start, end)
}

fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset.min(text.len()))
}

fn read_sections(root: &DeTable<'_>, config: &mut Config, problems: &mut Problems<'_>) {
    for (name, value) in root {
        let Some(section) = section(name.get_ref()) else {
            if !name.get_ref().is_empty() {
                let message = unknown("table", name.get_ref(), SECTIONS.iter().map(|section| section.name));
                problems.add(name.span(), message);
            }
            continue;
        };
        match value.get_ref() {
            DeValue::Table(table) if section.name == "rules" => read_rules(table, config, problems),
            DeValue::Table(table) if section.name == "vocabulary" => {
                vocabulary::read(section, table, &mut config.additions, problems);
            }
            DeValue::Table(table) => read_section(section, table, config, problems),
            _ => problems.wrong_type(section.name, "a table", value),
        }
    }
}

fn read_section(section: &Section, table: &DeTable<'_>, config: &mut Config, problems: &mut Problems<'_>) {
    for (setting, value) in Fields::new(section.name, section.settings, table, problems).iter() {
        read_setting(section, setting, value, config, problems);
    }
}

fn read_setting(
    section: &Section,
    setting: &Setting,
    value: &Value<'_>,
    config: &mut Config,
    problems: &mut Problems<'_>,
) {
    match (section.name, setting.key) {
        ("bank", "include") => config.bank.include = read_globs(setting, value, problems),
        ("bank", "exclude") => config.bank.exclude = read_globs(setting, value, problems),
        ("docs", "base-url") => config.base_url = read_base_url(setting, value, problems),
        ("editor", "hints") => config.editor.hints = read_switch(setting, value, problems),
        ("editor", "lenses") => config.editor.lenses = read_switch(setting, value, problems),
        (section, key) => debug_assert!(false, "[{section}] {key} is documented and not read"),
    }
}

fn read_rules(table: &DeTable<'_>, config: &mut Config, problems: &mut Problems<'_>) {
    for (name, value) in table {
        let Some(rule) = rules::ALL.iter().find(|rule| rule.name == name.get_ref()) else {
            problems.add(name.span(), unknown_rule(name.get_ref()));
            continue;
        };
        let Some(word) = value.get_ref().as_str() else {
            problems.wrong_type(rule.name, SEVERITIES, value);
            continue;
        };
        match severity(word) {
            Some(severity) => {
                config.rules.insert(rule.name, severity);
            }
            None => problems.add(value.span(), unknown_severity(word)),
        }
    }
}

const SEVERITIES: &str = "\"off\", \"hint\", \"information\", \"warning\" or \"error\"";

fn severity(word: &str) -> Option<Option<Severity>> {
    if word == "off" {
        return Some(None);
    }
    Severity::ALL.into_iter().find(|severity| severity.name() == word).map(Some)
}

fn unknown_severity(word: &str) -> String {
    let names = std::iter::once("off").chain(Severity::ALL.map(Severity::name));
    let hint = nearest(word, names).map_or_else(String::new, |near| format!(" Did you mean \"{near}\"?"));
    format!("Unknown severity \"{word}\".{hint} Write {SEVERITIES}.")
}

fn unknown_rule(name: &str) -> String {
    match nearest(name, rules::ALL.iter().map(|rule| rule.name)) {
        Some(near) => format!("Unknown rule \"{name}\". Did you mean \"{near}\"?"),
        None => format!("Unknown rule \"{name}\". `starling explain` lists the rules."),
    }
}

/// "Unknown key … Did you mean …? Allowed are …".
fn unknown<'a>(what: &str, name: &str, allowed: impl Iterator<Item = &'a str> + Clone) -> String {
    let hint =
        nearest(name, allowed.clone()).map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
    let allowed: Vec<String> = allowed.map(|name| format!("`{name}`")).collect();
    format!("Unknown {what} `{name}`.{hint} Allowed: {}.", allowed.join(", "))
}

fn read_globs(setting: &Setting, value: &Value<'_>, problems: &mut Problems<'_>) -> Globs {
    let mut patterns = Vec::new();
    for (pattern, span) in read_texts(setting.key, value, problems) {
        match check_glob(&pattern) {
            Ok(()) => patterns.push(pattern),
            Err(message) => problems.add(span, message),
        }
    }
    Globs::new(patterns)
}

fn read_switch(setting: &Setting, value: &Value<'_>, problems: &mut Problems<'_>) -> Option<bool> {
    let switch = value.get_ref().as_bool();
    if switch.is_none() {
        problems.wrong_type(setting.key, setting.shape.words(), value);
    }
    switch
}

fn read_base_url(setting: &Setting, value: &Value<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let Some(address) = value.get_ref().as_str() else {
        problems.wrong_type(setting.key, setting.shape.words(), value);
        return None;
    };
    let address = address.trim();
    let web = address.starts_with("https://") || address.starts_with("http://");
    if !web || address.contains(char::is_whitespace) || address.contains(char::is_control) {
        problems.add(value.span(), "`base-url` must be an address that starts with https:// or http://.");
        return None;
    }
    Some(address.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests;
