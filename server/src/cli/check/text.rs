//! The report for people: each finding with its line, the words underlined.

use std::borrow::Cow;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use starling_grammar::{Span, parallel};

use super::super::output::{Look, count};
use super::judge::{File, Report};
use crate::finding::{Applicability, Finding, Related, Severity};
use crate::lines::Lines;
use crate::plain::plain;
use crate::workspace::shown;

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
    let lines: Vec<Lines> = parallel::each(files, |file| Lines::new(&file.text));
    let all: Vec<(&File, &Lines, &Finding)> = files
        .iter()
        .zip(&lines)
        .flat_map(|(file, lines)| file.findings.iter().map(move |finding| (*file, lines, finding)))
        .collect();
    parallel::each(&all, |(file, lines, finding)| render(file, finding, lines, &renderer) + "\n\n").concat()
}

fn render(file: &File, finding: &Finding, lines: &Lines<'_>, renderer: &Renderer) -> String {
    let (place, related) = match Window::around(finding, lines) {
        Some(window) => with_source(file, finding, &window),
        None => without_source(file, finding, lines),
    };
    let related = related.iter().map(|related| {
        let place = match &related.file {
            Some(file) => format!("{}:{}", shown(&file.path), file.line),
            None => format!("line {}", lines.line(related.span.start)),
        };
        Level::NOTE.message(plain(&format!("{place}: {}", related.message)))
    });
    let fixes = finding.fixes.iter().map(|fix| {
        let how = match fix.applicability {
            Applicability::Safe => " (applied by --fix)",
            Applicability::Prompt => "",
        };
        Level::HELP.message(plain(&format!("{}{how}", fix.title)))
    });
    let title = level(finding.severity).primary_title(plain(&finding.message)).id(finding.rule.name);
    renderer.render(&[Group::with_title(title).element(place).elements(related).elements(fixes)])
}

/// The lines of a finding, and the related places that are not among them.
fn with_source<'f>(file: &'f File, finding: &'f Finding, window: &Window) -> (Element<'f>, Vec<&'f Related>) {
    let (inside, outside): (Vec<&Related>, Vec<&Related>) = finding
        .related
        .iter()
        .partition(|related| related.file.is_none() && window.span.contains_span(related.span));
    let annotations = inside.into_iter().map(|related| {
        AnnotationKind::Context.span(window.inside(related.span)).label(plain(&related.message))
    });
    let snippet = Snippet::source(window.text(&file.text))
        .line_start(window.first_line)
        .path(plain(&file.path))
        .annotation(AnnotationKind::Primary.span(window.inside(finding.span)))
        .annotations(annotations);
    (snippet.into(), outside)
}

/// The place of a finding in a line that is too long to show.
fn without_source<'f>(
    file: &'f File,
    finding: &'f Finding,
    lines: &Lines<'_>,
) -> (Element<'f>, Vec<&'f Related>) {
    let place = lines.place(finding.span.start);
    let origin = Origin::path(plain(&file.path)).line(place.line).char_column(place.column);
    (origin.into(), finding.related.iter().collect())
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
    /// The lines of a finding and of what is near and related to it; `None` when they are too long.
    fn around(finding: &Finding, lines: &Lines<'_>) -> Option<Self> {
        let of = |span: Span| (lines.line(span.start), lines.line(span.end));
        let (first_own, last_own) = of(finding.span);
        let (mut first, mut last) = (first_own, last_own);
        let here = finding.related.iter().filter(|related| related.file.is_none());
        for (start, end) in here.map(|related| of(related.span)) {
            if start.abs_diff(first_own) <= MAX_DISTANCE {
                first = first.min(start);
                last = last.max(end);
            }
        }
        let windows = [(first, last), (first_own, last_own), (first_own, first_own)];
        let mut windows = windows
            .into_iter()
            .map(|(first, last)| Self { first_line: first, span: lines.span(first, last) });
        windows.find(|window| window.span.len() <= MAX_WINDOW)
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
    } else if report.read == 0 {
        "Nothing was read.".to_owned()
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

#[cfg(test)]
mod tests {
    use starling_grammar::Span;

    use super::{print_findings, summary};
    use crate::cli::check::judge::{File, Report};
    use crate::cli::output::Look;
    use crate::finding::{Applicability, Finding, Fix, Related, Severity};
    use crate::rules::Rule;

    static RULE: Rule = Rule { name: "test-rule", severity: Severity::Hint, documentation: "" };

    /// A finding at the first `word`, related to the first `related`.
    fn file(text: &str, word: &str, related: Option<&str>) -> File {
        let span = |word: &str| {
            let start = text.find(word).expect("the word is there");
            Span::new(start, start + word.len())
        };
        let finding = Finding {
            rule: &RULE,
            severity: Severity::Hint,
            span: span(word),
            message: "Say \u{1b}[31mmore.".to_owned(),
            part: None,
            subject: None,
            related: related
                .map(|word| Related { span: span(word), message: "here".to_owned(), file: None })
                .into_iter()
                .collect(),
            fixes: vec![Fix {
                title: "Mend it".to_owned(),
                applicability: Applicability::Prompt,
                edits: Vec::new(),
            }],
        };
        File {
            path: "a\u{7}.md".to_owned(),
            text: text.into(),
            findings: vec![finding],
            is_configuration: false,
        }
    }

    #[track_caller]
    fn check(file: &File, expected: &str) {
        let shown = print_findings(&[file], Look { color: false, terminal: false });
        assert_eq!(shown.trim_end(), expected.trim(), "\n{shown}");
    }

    #[test]
    fn the_words_are_underlined_and_the_fixes_named() {
        check(
            &file("# é🎉 word\n", "word", None),
            "
hint[test-rule]: Say \u{241b}[31mmore.
 --> a\u{2407}.md:1:6
  |
1 | # é🎉 word
  |       ^^^^
  |
  = help: Mend it",
        );
    }

    #[test]
    fn related_places_are_shown_when_near_and_named_when_far() {
        check(
            &file("first\n\nword\n", "word", Some("first")),
            "
hint[test-rule]: Say \u{241b}[31mmore.
 --> a\u{2407}.md:3:1
  |
1 | first
  | ----- here
2 |
3 | word
  | ^^^^
  |
  = help: Mend it",
        );
        check(
            &file(&format!("first\n{}word\n", "\n".repeat(99)), "word", Some("first")),
            "
hint[test-rule]: Say \u{241b}[31mmore.
   --> a\u{2407}.md:101:1
    |
101 | word
    | ^^^^
    |
    = note: line 1: here
    = help: Mend it",
        );
    }

    #[test]
    fn all_line_ends_end_lines_and_control_characters_are_seen() {
        check(
            &file("first\rse\u{9b}cond word\u{1b}\rthird", "word", Some("first")),
            "
hint[test-rule]: Say \u{241b}[31mmore.
 --> a\u{2407}.md:2:9
  |
1 | first
  | ----- here
2 | se¤cond word␛
  |         ^^^^
  |
  = help: Mend it",
        );
    }

    #[test]
    fn long_lines_are_cut_and_endless_ones_left_out() {
        let long = format!("{}word {}\n", "x ".repeat(500), "y ".repeat(500));
        let shown = print_findings(&[&file(&long, "word", None)], Look { color: false, terminal: false });
        assert!(shown.lines().all(|line| line.chars().count() <= super::WIDTH), "{shown}");
        assert!(shown.contains("... ") || shown.contains("..."), "{shown}");
        check(
            &file(&format!("{}word", "x".repeat(100_000)), "word", None),
            "
hint[test-rule]: Say \u{241b}[31mmore.
--> a\u{2407}.md:1:100001
 = help: Mend it",
        );
    }

    #[test]
    fn the_summary_counts() {
        let report =
            Report { files: vec![file("word", "word", None)], read: 2, stories: 1, ..Report::default() };
        assert_eq!(summary(&report), "1 finding in 1 of 2 files (1 story): 1 hint\n");
        let report = Report { read: 2, stories: 3, applied: 1, changed: 1, ..Report::default() };
        assert_eq!(
            summary(&report),
            "Applied 1 fix in 1 file.\nAll is well: 3 stories in 2 files, nothing to mend.\n"
        );
    }
}
