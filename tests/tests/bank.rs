//! The sample bank in `tests/bank`: thirteen stories, three of them with a fault.

use std::collections::BTreeSet;

use starling_tests::report;

#[test]
fn the_bank_holds_thirteen_stories() {
    let stories = report::stories(&report::folder("bank"));
    let titles: Vec<&str> = stories.values().flatten().map(|story| story.title.as_str()).collect();
    assert_eq!(titles.len(), 13, "{titles:#?}");
    assert!(stories.values().flatten().all(|story| !story.template), "{stories:#?}");
}

#[test]
fn every_theme_is_covered() {
    let stories = report::stories(&report::folder("bank"));
    let covered: BTreeSet<&str> =
        stories.values().flatten().flat_map(|story| &story.themes).map(String::as_str).collect();
    let themes = BTreeSet::from([
        "ambiguity",
        "cross-team-collaboration",
        "data-migration",
        "learning",
        "mentoring",
        "production-incident",
        "scaling",
        "technical-disagreement",
        "tight-deadline",
        "trade-off",
    ]);
    assert_eq!(covered, themes);
}

#[test]
fn every_story_answers_two_questions() {
    let stories = report::stories(&report::folder("bank"));
    for story in stories.values().flatten() {
        assert_eq!(story.questions.len(), 2, "{story:#?}");
    }
}

#[test]
fn only_the_three_faulty_files_need_mending() {
    let findings = report::findings(&report::folder("bank"));
    let serious: Vec<(&str, &str)> = findings
        .iter()
        .flat_map(|(file, findings)| findings.iter().map(move |finding| (file.as_str(), finding)))
        .filter(|(_, finding)| matches!(finding.severity.as_str(), "warning" | "error"))
        .map(|(file, finding)| (file, finding.rule.as_str()))
        .collect();
    let expected = BTreeSet::from([
        ("flaky-builds-at-noon.md", "missing-part"),
        ("queue-or-call.md", "unquantified-result"),
        ("two-sprints-for-retries.md", "misspelled-part"),
        ("two-sprints-for-retries.md", "unknown-principle"),
    ]);
    assert_eq!(serious.len(), expected.len(), "{serious:#?}");
    assert_eq!(BTreeSet::from_iter(serious), expected);
}

#[test]
fn pages_that_are_no_stories_are_silent() {
    let stories = report::stories(&report::folder("bank"));
    let findings = report::findings(&report::folder("bank"));
    for page in ["README.md", "questions.md"] {
        assert!(stories.get(page).is_none_or(Vec::is_empty), "{page}: {:#?}", stories.get(page));
        assert!(findings.get(page).is_none_or(Vec::is_empty), "{page}: {:#?}", findings.get(page));
    }
}
