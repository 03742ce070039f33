//! What the tests of all rules share: fixtures that show where findings stand, and the law that every fix obeys.

use std::collections::BTreeMap;

use starling_grammar::{Origin, PartKind, Vocabulary};

use super::{Rule, wording};
use crate::check::{Checked, check as check_text};
use crate::config::Config;
use crate::finding::{Applicability, Finding, Fix};
use crate::fix::apply;

/// Compares the findings of a rule with those that the fixture shows, each on a line under the text it stands at:
///
/// ```text
/// **Sitation:** The cache was stale.
///   ^^^^^^^^ “Sitation” is read as Situation. …
/// ```
///
/// Indentation that all lines share is left out. Every fix of the findings must obey the law of [`assert_lawful`].
#[track_caller]
pub(super) fn check(rule: &Rule, fixture: &str) {
    let (text, expected) = read_fixture(fixture);
    let checked = read(&text);
    let found: Vec<(usize, usize, usize, String)> = checked
        .findings
        .iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| {
            let (line, column) = place(&text, finding.span.start);
            (line, column, finding.span.of(&text).chars().count(), finding.message.clone())
        })
        .collect();
    assert_eq!(found, expected, "in\n{text}");
    assert_lawful(&text);
}

/// Applies the first fix of the first finding of a rule. In what is expected, `‹task›` stands for the prompt of the Task.
#[track_caller]
pub(super) fn check_fix(rule: &Rule, before: &str, after: &str) {
    let checked = read(before);
    let fixes =
        checked.findings.iter().filter(|finding| finding.rule == rule).flat_map(|finding| &finding.fixes);
    let fix = fixes
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("{} offers a fix in\n{before}\n{:#?}", rule.name, checked.findings));
    let found = apply(before, &fix.edits);
    let after = PartKind::ALL.iter().fold(after.to_owned(), |after, kind| {
        after.replace(&format!("‹{}›", kind.id()), wording::prompt(&Vocabulary::default(), *kind))
    });
    assert_eq!(found, after, "\n--- found\n{found}\n--- expected\n{after}");
    assert_lawful(before);
}

/// A rule finds something, and offers no fix.
#[track_caller]
pub(super) fn check_no_fix(rule: &Rule, text: &str) {
    let findings: Vec<Finding> =
        read(text).findings.into_iter().filter(|finding| finding.rule == rule).collect();
    assert!(!findings.is_empty(), "{} finds something", rule.name);
    assert!(findings.iter().all(|finding| finding.fixes.is_empty()), "{findings:#?}");
    assert_lawful(text);
}

/// A rule finds nothing.
#[track_caller]
pub(super) fn check_silent(rule: &Rule, text: &str) {
    let findings: Vec<Finding> =
        read(text).findings.into_iter().filter(|finding| finding.rule == rule).collect();
    assert!(findings.is_empty(), "{findings:#?}");
    assert_lawful(text);
}

/// The findings of a text with the usual configuration.
pub(super) fn read(text: &str) -> Checked {
    check_text(text.into(), &Origin::default(), &Config::default(), None)
}

/// Rules that judge a story by what it is tagged with.
const JUDGE_TAGS: [&str; 2] = ["question-gap", "no-technical-detail"];

/// The law: spans lie in the text and on its characters; the edits of a fix are disjoint and in order; a fix makes its
/// finding go, and brings nothing new but one placeholder where a prompt was inserted.
#[track_caller]
pub(super) fn assert_lawful(text: &str) {
    let before = read(text).findings;
    for finding in &before {
        assert!(text.get(finding.span.range()).is_some(), "{finding:#?}");
        for related in &finding.related {
            assert!(text.get(related.span.range()).is_some(), "{finding:#?}");
        }
        for fix in &finding.fixes {
            assert_edits_fit(text, fix);
            assert_mends(text, &before, finding, fix);
        }
    }
}

#[track_caller]
fn assert_edits_fit(text: &str, fix: &Fix) {
    let mut end = 0;
    assert!(!fix.edits.is_empty(), "{fix:#?}");
    for (index, edit) in fix.edits.iter().enumerate() {
        assert!(text.get(edit.span.range()).is_some(), "{fix:#?}");
        assert!(
            index == 0 || edit.span.start > end || edit.span.start == end && !edit.span.is_empty(),
            "{fix:#?}"
        );
        end = edit.span.end;
    }
}

#[track_caller]
fn assert_mends(text: &str, before: &[Finding], finding: &Finding, fix: &Fix) {
    let after_text = apply(text, &fix.edits);
    let after = read(&after_text).findings;
    let (had, has) = (counts(before), counts(&after));
    let context = || {
        format!(
            "{}: {}\n--- before\n{text}\n--- after\n{after_text}\n--- {after:#?}",
            finding.rule.name, fix.title
        )
    };
    for (name, count) in &has {
        let mut allowed = had.get(name).copied().unwrap_or(0);
        if name == &finding.rule.name {
            allowed -= 1;
        } else if name == &"placeholder-text" && fix.applicability == Applicability::Prompt {
            allowed += 1;
        } else if JUDGE_TAGS.contains(name) && finding.rule.name.starts_with("unknown-") {
            // A tag is judged once it is known.
            allowed += 1;
        }
        assert!(*count <= allowed, "{count} × {name} after {}", context());
    }
}

fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.rule.name).or_insert(0) += 1;
    }
    counts
}

type Expected = (usize, usize, usize, String);

/// The text of a fixture without the lines that show findings, and what they show: line and column from 0 and length,
/// both in characters, and message.
fn read_fixture(fixture: &str) -> (String, Vec<Expected>) {
    let indentation = fixture
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let mut text = String::new();
    let mut expected = Vec::new();
    let mut lines = 0;
    for (number, line) in fixture.split_inclusive('\n').enumerate() {
        let line = if number > 0 {
            line.get(indentation..).unwrap_or_else(|| line.trim_start_matches(' '))
        } else {
            line
        };
        let shown = line.trim();
        if shown.starts_with('^') {
            let length = shown.chars().take_while(|c| *c == '^').count();
            let column = line.chars().take_while(|c| *c == ' ').count();
            expected.push((lines - 1, column, length, shown[length..].trim().to_owned()));
        } else {
            text.push_str(line);
            lines += 1;
        }
    }
    (text, expected)
}

fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count(), before[line_start..].chars().count())
}
