//! The report for people: each finding with its line, the words underlined.

use std::borrow::Cow;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use starling_grammar::Span;

use super::super::output::{Look, plain};
use super::judge::{File, Report};
use crate::finding::{Applicability, Finding, Severity};
use crate::lines::Lines;

/// Widest line, in columns: longer source lines are cut around what is underlined.
const WIDTH: usize = 110;

/// Related places further away than this many lines are named, not shown.
const MAX_DISTANCE: usize = 40;

/// The most of a text that is given to the renderer for one finding, in bytes.
const MAX_WINDOW: usize = 64 * 1024;

/// The findings and one summary line.
pub(super) fn print(report: &Report, look: Look) -> String {
    let files: Vec<&File> = report.files.iter().collect();
    let mut out = print_findings(&files, look);
    out.push_str(&summary(report));
    out
}

/// The findings of some files.
pub(super) fn print_findings(files: &[&File], look: Look) -> String {
    let renderer =
        if look.color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH).hyperlink(false);
    let mut out = String::new();
    for file in files {
        let lines = Lines::new(&file.text);
        for finding in &file.findings {
            let _ = writeln!(out, "{}\n", render(file, finding, &lines, &renderer));
        }
    }
    out
}

fn render(file: &File, finding: &Finding, lines: &Lines<'_>, renderer: &Renderer) -> String {
    let path = plain(&file.path);
    let window = Window::around(finding, lines, file.text.len());
    let mut snippet = Snippet::source(window.text(&file.text))
        .line_start(window.first_line)
        .path(path)
        .annotation(AnnotationKind::Primary.span(window.inside(finding.span)));
    let mut messages = Vec::new();
    for related in &finding.related {
        if window.span.contains_span(related.span) {
            let annotation = AnnotationKind::Context.span(window.inside(related.span));
            snippet = snippet.annotation(annotation.label(plain(&related.message)));
        } else {
            let line = lines.line(related.span.start);
            messages.push(Level::NOTE.message(plain(&format!("line {line}: {}", related.message))));
        }
    }
    messages.extend(finding.fixes.iter().map(|fix| {
        let how = match fix.applicability {
            Applicability::Safe => " (applied by --fix)",
            Applicability::Prompt => "",
        };
        Level::HELP.message(plain(&format!("{}{how}", fix.title)))
    }));
    let title = level(finding.severity).primary_title(plain(&finding.message)).id(finding.rule.name);
    renderer.render(&[Group::with_title(title).element(snippet).elements(messages)])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name(severity.name()),
        Severity::Hint => Level::NOTE.with_name(severity.name()),
    }
}

/// The lines that are given to the renderer: a finding in a long file must not cost the whole file.
struct Window {
    first_line: usize,
    span: Span,
}

impl Window {
    fn around(finding: &Finding, lines: &Lines<'_>, text_length: usize) -> Self {
        let (mut first, mut last) =
            (lines.line(finding.span.start), lines.line(finding.span.end.min(text_length)));
        for related in &finding.related {
            let line = lines.line(related.span.start);
            if line.abs_diff(lines.line(finding.span.start)) <= MAX_DISTANCE {
                first = first.min(line);
                last = last.max(lines.line(related.span.end.min(text_length)));
            }
        }
        let mut span = lines.span(first, last);
        if span.len() > MAX_WINDOW {
            first = lines.line(finding.span.start);
            span = lines.span(first, first);
        }
        Self { first_line: first, span }
    }

    /// The text of the window, each byte at its place. The renderer ends lines at LF only, and lets some control
    /// characters pass: a lone CR becomes LF, and those characters become signs of the same length.
    fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = self.span.of(text);
        if !text.contains(|letter| letter == '\r' || is_wide_control(letter)) {
            return Cow::Borrowed(text);
        }
        let mut letters = text.chars().peekable();
        let mut out = String::with_capacity(text.len());
        while let Some(letter) = letters.next() {
            out.push(match letter {
                '\r' if letters.peek() != Some(&'\n') => '\n',
                letter if is_wide_control(letter) => '¤',
                letter => letter,
            });
        }
        Cow::Owned(out)
    }

    /// A span of the text as a range of the window, which it may leave when it is too long.
    fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let start = span.start.clamp(self.span.start, self.span.end) - self.span.start;
        let end = span.end.clamp(self.span.start, self.span.end) - self.span.start;
        start..end.max(start)
    }
}

/// Control characters of two bytes in UTF-8; terminals take U+009B for ESC `[`.
fn is_wide_control(letter: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&letter)
}

fn summary(report: &Report) -> String {
    let mut out = String::new();
    if report.applied > 0 {
        let fixes = count(report.applied, "fix", "fixes");
        let _ = writeln!(out, "Applied {fixes} in {}.", count(report.changed, "file", "files"));
    }
    let files = count(report.read, "file", "files");
    let stories = count(report.stories, "story", "stories");
    let findings = report.findings().count();
    let line = if findings > 0 {
        let found = count(findings, "finding", "findings");
        format!("{found} in {} of {files} ({stories}): {}", report.files.len(), severities(report))
    } else if report.read == 0 && report.skipped.is_empty() {
        "No Markdown files found.".to_owned()
    } else if report.stories == 0 {
        format!("No stories found in {files}.")
    } else {
        format!("All is well: {stories} in {files}, nothing to mend.")
    };
    let _ = writeln!(out, "{line}");
    out
}

fn severities(report: &Report) -> String {
    let counts = Severity::ALL.iter().rev().map(|severity| (report.count(*severity), *severity));
    let words = counts.filter(|(number, _)| *number > 0).map(|(number, severity)| match severity {
        Severity::Error => count(number, "error", "errors"),
        Severity::Warning => count(number, "warning", "warnings"),
        Severity::Information => format!("{number} information"),
        Severity::Hint => count(number, "hint", "hints"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
