//! Complete stories that a good reviewer would leave alone, in every way of marking parts: `tests/corpus/good`.
//!
//! A finding that is not needed costs more trust than one that is missed. So there is no warning, and less than one word of
//! advice for each story.

use std::fmt::Write as _;

use starling_tests::report;

/// Files and stories of the corpus, so that none is lost unseen. One file tells its story without any label.
const FILES: usize = 20;
const STORIES: usize = 27;

#[test]
fn good_stories_are_recognised_and_left_alone() {
    let folder = report::folder("corpus/good");
    let stories = report::stories(&folder);
    let findings = report::findings(&folder);
    let files = std::fs::read_dir(&folder).expect("the folder is there").count();
    assert_eq!(files, FILES, "files in {}", folder.display());

    let mut table = format!("{:<28} stories warnings advice\n", "file");
    let (mut told, mut warnings, mut advice) = (0, 0, 0);
    let names = stories.keys().chain(findings.keys().filter(|name| !stories.contains_key(*name)));
    for name in names {
        let of_file = stories.get(name).map_or(0, Vec::len);
        let found = findings.get(name).map_or(&[][..], Vec::as_slice);
        let grave = found.iter().filter(|one| matches!(one.severity.as_str(), "error" | "warning")).count();
        let _ = writeln!(table, "{name:<28} {of_file:>7} {grave:>8} {:>6}", found.len() - grave);
        for finding in found {
            let _ = writeln!(table, "    {} in line {}", finding.rule, finding.range.start.line);
        }
        told += of_file;
        warnings += grave;
        advice += found.len() - grave;
    }
    let _ = writeln!(table, "{:<28} {told:>7} {warnings:>8} {advice:>6}", "all");
    println!("{table}");

    assert_eq!(told, STORIES, "stories\n{table}");
    assert!(stories.values().flatten().all(|story| !story.template), "a template among them\n{table}");
    let required = ["situation", "action", "result"];
    let complete =
        |story: &report::Story| required.iter().all(|kind| story.parts.iter().any(|part| part.part == *kind));
    assert!(stories.values().flatten().all(complete), "parts are missing\n{table}");
    assert_eq!(warnings, 0, "warnings\n{table}");
    assert!(advice <= told, "more than one word of advice for each story\n{table}");
}
