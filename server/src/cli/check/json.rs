//! The report for programs. Its shape is public: changes only add to it.

use serde::Serialize;

use super::super::inputs::Skipped;
use super::judge::{File, Report};
use crate::finding::{Applicability, Finding, Severity};
use crate::lines::{Lines, Place};

#[derive(Serialize)]
struct JsonReport<'r> {
    version: u32,
    files: Vec<JsonFile<'r>>,
    skipped: &'r [Skipped],
    notices: &'r [String],
    summary: JsonSummary,
}

#[derive(Serialize)]
struct JsonFile<'r> {
    path: &'r str,
    findings: Vec<JsonFinding<'r>>,
}

#[derive(Serialize)]
struct JsonFinding<'r> {
    rule: &'static str,
    severity: Severity,
    message: &'r str,
    part: Option<&'static str>,
    subject: Option<&'r str>,
    range: JsonRange,
    fixes: Vec<JsonFix<'r>>,
}

#[derive(Serialize)]
struct JsonRange {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct JsonFix<'r> {
    title: &'r str,
    applicability: Applicability,
}

#[derive(Serialize)]
struct JsonSummary {
    files: usize,
    stories: usize,
    findings: JsonCounts,
    fixed: usize,
}

#[derive(Serialize)]
struct JsonCounts {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
}

/// The report as one JSON value, with a line end.
pub(super) fn print(report: &Report) -> String {
    let value = JsonReport {
        version: 1,
        files: report.files.iter().map(file).collect(),
        skipped: &report.skipped,
        notices: &report.notices,
        summary: JsonSummary {
            files: report.read,
            stories: report.stories,
            findings: JsonCounts {
                error: report.count(Severity::Error),
                warning: report.count(Severity::Warning),
                information: report.count(Severity::Information),
                hint: report.count(Severity::Hint),
            },
            fixed: report.applied,
        },
    };
    super::super::output::json(&value)
}

fn file(file: &File) -> JsonFile<'_> {
    let lines = Lines::new(&file.text);
    JsonFile {
        path: &file.path,
        findings: file.findings.iter().map(|found| finding(found, &lines)).collect(),
    }
}

fn finding<'r>(finding: &'r Finding, lines: &Lines<'_>) -> JsonFinding<'r> {
    JsonFinding {
        rule: finding.rule.name,
        severity: finding.severity,
        message: &finding.message,
        part: finding.part.map(starling_grammar::PartKind::id),
        subject: finding.subject.as_deref(),
        range: JsonRange { start: lines.place(finding.span.start), end: lines.place(finding.span.end) },
        fixes: finding
            .fixes
            .iter()
            .map(|fix| JsonFix { title: &fix.title, applicability: fix.applicability })
            .collect(),
    }
}
