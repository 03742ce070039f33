//! The report as workflow commands of GitHub Actions, which become notes beside the lines of a pull request.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions> says how values are escaped.

use std::fmt::Write as _;

use super::judge::{File, Report};
use crate::finding::{Finding, Severity};
use crate::lines::Lines;

/// One command for each finding.
pub(super) fn print(report: &Report) -> String {
    let mut out = String::new();
    for file in &report.files {
        let lines = Lines::new(&file.text);
        for finding in &file.findings {
            let _ = writeln!(out, "{}", command(file, finding, &lines));
        }
    }
    out
}

fn command(file: &File, finding: &Finding, lines: &Lines<'_>) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
    // Columns are for findings on one line; over several they would mean something else.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        String::new()
    };
    format!(
        "::{level} file={},line={},endLine={}{columns},title={}::{}",
        property(&file.path),
        start.line,
        end.line,
        property(finding.rule.name),
        data(&finding.message)
    )
}

/// A value of a command, on one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value among others.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(property("a, 100%: b.md"), "a%2C 100%25%3A b.md");
        assert_eq!(data("one\r\ntwo: 5%"), "one%0D%0Atwo: 5%25");
    }
}
