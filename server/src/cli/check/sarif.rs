//! The report as SARIF 2.1.0, which code hosts and editors show beside the lines.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html> says what each property means.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use starling_grammar::Span;

use super::super::inputs::Skipped;
use super::judge::{File, Report};
use crate::explain::rule_page;
use crate::finding::{Finding, Related, Severity};
use crate::lines::Lines;
use crate::rules::{self, Rule};
use crate::workspace::shown;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What has to be escaped in the path of an address.
const NOT_IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The report as one JSON value, with a line end.
pub(super) fn print(report: &Report) -> String {
    let results: Vec<Value> = report.files.iter().flat_map(results).collect();
    let skipped: Vec<Value> = report.skipped.iter().map(notification).collect();
    super::super::output::json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Starling",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules::ALL.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !report.skipped.iter().any(|skipped| skipped.named),
                "toolExecutionNotifications": skipped,
            }],
            "results": results,
        }],
    }))
}

fn described(rule: &Rule) -> Value {
    let page = rule_page(rule);
    json!({
        "id": rule.name,
        "shortDescription": { "text": page.summary },
        "help": { "text": page.summary, "markdown": page.markdown },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn results(file: &File) -> Vec<Value> {
    let lines = Lines::new(&file.text);
    file.findings.iter().map(|finding| result(file, finding, &lines)).collect()
}

fn result(file: &File, finding: &Finding, lines: &Lines<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.name,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": place(&file.path, finding.span, lines) }],
    });
    if let Some(index) = rules::ALL.iter().position(|rule| *rule == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|other| related(file, other, lines));
        result["relatedLocations"] = related.collect();
    }
    result
}

fn related(file: &File, related: &Related, lines: &Lines<'_>) -> Value {
    let place = match &related.file {
        None => place(&file.path, related.span, lines),
        Some(other) => json!({
            "artifactLocation": { "uri": address(&shown(&other.path)) },
            "region": { "startLine": other.line },
        }),
    };
    json!({ "physicalLocation": place, "message": { "text": related.message } })
}

fn place(path: &str, span: Span, lines: &Lines<'_>) -> Value {
    let (start, end) = (lines.place(span.start), lines.place(span.end));
    json!({
        "artifactLocation": { "uri": address(path) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

/// A path that was not read.
fn notification(skipped: &Skipped) -> Value {
    json!({
        "level": if skipped.named { "error" } else { "note" },
        "message": { "text": format!("{}: {}; {}", skipped.path, skipped.reason, skipped.remedy) },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": address(&skipped.path) } } }],
    })
}

/// The address of a path: relative to where the run was, as the path is.
fn address(path: &str) -> String {
    let escaped = utf8_percent_encode(path, NOT_IN_PATHS).to_string();
    match (Path::new(path).is_absolute(), path.starts_with('/')) {
        (true, true) => format!("file://{escaped}"),
        // A drive letter.
        (true, false) => format!("file:///{escaped}"),
        (false, _) => escaped,
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn paths_become_addresses() {
        assert_eq!(address("notes/a story 100%: é.md"), "notes/a%20story%20100%25%3A%20%C3%A9.md");
        #[cfg(unix)]
        assert_eq!(address("/home/a#b.md"), "file:///home/a%23b.md");
    }
}
