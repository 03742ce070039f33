//! Switching a rule off in the text of a `starling.toml`.

use starling_grammar::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Edit;
use crate::rules::layout::line_end;

const OFF: &str = "\"off\"";
const SECTION: &str = "rules";

/// The edit that makes a `starling.toml` say `rule = "off"` under `[rules]`, which is added when it is missing; `None`
/// when the text is no TOML, when `rules` is no table, or when it says so already.
#[must_use]
pub fn switch_off(toml_text: &str, rule: &str) -> Option<Edit> {
    let table = DeTable::parse(toml_text).ok()?;
    let rules = match table.get_ref().get(SECTION) {
        None => None,
        Some(value) => Some((value.span(), value.get_ref().as_table()?)),
    };
    let set = rules.as_ref().and_then(|(_, rules)| rules.get(rule));
    if let Some(value) = set {
        return switch(value);
    }
    let mut places = Vec::new();
    if let Some((span, _)) = rules {
        places.extend(under_header(toml_text, rule));
        places.extend(inside_braces(toml_text, span.start, rule));
        places.push(dotted(toml_text, rule));
    }
    places.push(at_end(toml_text, rule));
    // Which way `rules` is written can be told only by trying: a line `[rules]` may be part of a string.
    places.into_iter().find(|edit| is_switched_off(toml_text, edit, rule))
}

fn switch(value: &Spanned<DeValue<'_>>) -> Option<Edit> {
    let is_off = value.get_ref().as_str() == Some("off");
    let span = Span::from(value.span());
    (!is_off).then(|| Edit::replace(span, OFF))
}

/// A line below the line `[rules]`.
fn under_header(text: &str, rule: &str) -> Option<Edit> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.split('#').next().unwrap_or_default().trim();
        let name = words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        at += line.len();
        if name.is_some_and(|name| name.trim() == SECTION) {
            let opening = if line.ends_with('\n') { "" } else { line_end(text) };
            return Some(Edit::insert(at, format!("{opening}{rule} = {OFF}{}", line_end(text))));
        }
    }
    None
}

/// The first key of `rules = { … }`.
fn inside_braces(text: &str, start: usize, rule: &str) -> Option<Edit> {
    let inner = text.get(start..)?.strip_prefix('{')?;
    let comma = if inner.trim_start().starts_with('}') { "" } else { "," };
    Some(Edit::insert(start + 1, format!(" {rule} = {OFF}{comma}")))
}

/// A first line `rules.name = "off"`, for a text that writes the others so.
fn dotted(text: &str, rule: &str) -> Edit {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    Edit::insert(start, format!("{SECTION}.{rule} = {OFF}{}", line_end(text)))
}

/// A section of its own.
fn at_end(text: &str, rule: &str) -> Edit {
    let line_end = line_end(text);
    let gap = match text.trim_end_matches([' ', '\t']) {
        "" | "\u{feff}" => String::new(),
        text if text.ends_with('\n') => line_end.to_owned(),
        _ => line_end.repeat(2),
    };
    Edit::insert(text.len(), format!("{gap}[{SECTION}]{line_end}{rule} = {OFF}{line_end}"))
}

/// Whether the text parses after an edit, and says that the rule is off.
fn is_switched_off(text: &str, edit: &Edit, rule: &str) -> bool {
    let after = crate::fix::apply(text, std::slice::from_ref(edit));
    let parsed: Result<toml::Table, _> = after.parse();
    let value = parsed.ok().and_then(|table| table.get(SECTION)?.get(rule)?.as_str().map(str::to_owned));
    value.as_deref() == Some("off")
}

#[cfg(test)]
mod tests {
    use super::switch_off;
    use crate::config::Config;
    use crate::fix::apply;

    #[track_caller]
    fn check(before: &str, after: &str) {
        let edit = switch_off(before, "part-order").expect("an edit");
        let found = apply(before, &[edit]);
        assert_eq!(found, after);
        let (config, problems) = Config::parse(&found);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.rules.get("part-order"), Some(&None));
        assert_eq!(switch_off(&found, "part-order"), None);
    }

    #[test]
    fn the_section_is_used_or_added() {
        check("", "[rules]\npart-order = \"off\"\n");
        check("[bank]\ninclude = []\n", "[bank]\ninclude = []\n\n[rules]\npart-order = \"off\"\n");
        check("[bank]\r\ninclude = []", "[bank]\r\ninclude = []\r\n\r\n[rules]\r\npart-order = \"off\"\r\n");
        check(
            "[rules] # mine\nempty-part = \"off\"\n",
            "[rules] # mine\npart-order = \"off\"\nempty-part = \"off\"\n",
        );
        check("[ rules ]", "[ rules ]\npart-order = \"off\"\n");
    }

    #[test]
    fn a_severity_is_replaced() {
        check("[rules]\npart-order = 'hint' # why\n", "[rules]\npart-order = \"off\" # why\n");
        check("rules.part-order = \"error\"\n", "rules.part-order = \"off\"\n");
    }

    #[test]
    fn other_ways_to_write_the_section() {
        check("rules = {}\n", "rules = { part-order = \"off\"}\n");
        check(
            "rules = { empty-part = \"off\" }\n",
            "rules = { part-order = \"off\", empty-part = \"off\" }\n",
        );
        check("rules.empty-part = \"off\"\n", "rules.part-order = \"off\"\nrules.empty-part = \"off\"\n");
        check(
            "[docs]\nbase-url = \"\"\"https://a.example/\\\n\"\"\"\n[rules]\n",
            "[docs]\nbase-url = \"\"\"https://a.example/\\\n\"\"\"\n[rules]\npart-order = \"off\"\n",
        );
    }

    #[test]
    fn what_is_no_toml_is_left_alone() {
        assert_eq!(switch_off("[rules\n", "part-order"), None);
        assert_eq!(switch_off("rules = 1\n", "part-order"), None);
        assert_eq!(switch_off("[rules]\npart-order = \"off\"\n", "part-order"), None);
    }
}
