//! What the tests of all features share: fixtures with a cursor, and texts with their spans drawn under them.

use starling_grammar::{Origin, Span};

use super::View;
use crate::check::{Checked, check};
use crate::config::Config;
use crate::finding::Edit;
use crate::fix::apply;

/// A text that has been checked, and the place of the cursor `$0` in it; the end of the text where there is none.
pub(super) struct Fixture {
    pub(super) checked: Checked,
    pub(super) config: Config,
    pub(super) offset: usize,
}

impl Fixture {
    /// Reads a fixture with the usual configuration.
    pub(super) fn new(fixture: &str) -> Self {
        Self::of(fixture, &Origin::default())
    }

    /// Reads a fixture as a file that is said to hold stories.
    pub(super) fn declared(fixture: &str) -> Self {
        Self::of(fixture, &Origin { declared: true, ..Origin::default() })
    }

    fn of(fixture: &str, origin: &Origin) -> Self {
        let offset = fixture.find("$0").unwrap_or(fixture.len());
        let text = fixture.replacen("$0", "", 1);
        let config = Config::default();
        let checked = check(text.into(), origin, &config, None);
        Self { checked, config, offset }
    }

    pub(super) fn view(&self) -> View<'_> {
        View { checked: &self.checked, config: &self.config, bank: None }
    }

    pub(super) fn text(&self) -> &str {
        self.checked.document.text()
    }

    /// The text after some edits, in any order.
    pub(super) fn after(&self, edits: &[Edit]) -> String {
        let mut edits = edits.to_vec();
        edits.sort_by_key(|edit| edit.span);
        apply(self.text(), &edits)
    }
}

/// A text with each span drawn as `^^^` under its line, and what is said of it; of a span over several lines, the part
/// on its first line is drawn, followed by `…`.
pub(super) fn drawn(text: &str, spans: &[(Span, String)]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        let end = start + line.len();
        for (span, said) in spans.iter().filter(|(span, _)| (start..end).contains(&span.start)) {
            let column = text[start..span.start].chars().count();
            let stop = span.end.min(start + line.trim_end().len()).max(span.start);
            let length = text[span.start..stop].chars().count();
            let more = if span.end > end { "…" } else { "" };
            out.push_str(&" ".repeat(column));
            out.push_str(&"^".repeat(length));
            out.push_str(more);
            if !said.is_empty() {
                out.push(' ');
                out.push_str(said);
            }
            out.push('\n');
        }
        start = end;
    }
    out
}

/// Compares the spans that a feature gives of a text with those drawn in the fixture.
#[track_caller]
pub(super) fn check_drawn(fixture: &str, spans: impl Fn(&View) -> Vec<(Span, String)>) {
    let is_mark = |line: &&str| line.trim_start().starts_with('^');
    let text: String = fixture.split_inclusive('\n').filter(|line| !is_mark(line)).collect();
    let read = Fixture::new(&text);
    let found = drawn(read.text(), &spans(&read.view()));
    assert_eq!(found, fixture, "\n--- found\n{found}\n--- expected\n{fixture}");
}
