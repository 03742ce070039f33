//! What is understood of the fixtures in `tests/corpus`, and what is said of them, against expectations written by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use starling_tests::report::{self, Finding, Story};

/// The rules that the expectations speak of. Others are left out, because they judge wording or a bank as a whole.
const JUDGED: &[&str] = &[
    "missing-part",
    "empty-part",
    "misspelled-part",
    "duplicate-part",
    "part-order",
    "placeholder-text",
    "unquantified-result",
    "vague-quantity",
    "unknown-principle",
    "unknown-theme",
    "unknown-question",
    "invalid-front-matter",
    "unused-suppression",
];

/// The fewest fixtures of each folder, so that none is lost unseen.
const FOLDERS: &[(&str, usize)] = &[("styles", 90), ("templates", 19), ("lookalikes", 80), ("findings", 40)];

/// What `x.expect.json` says of `x.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    stories: Vec<ExpectedStory>,
    /// Rule and line.
    findings: Vec<(String, usize)>,
}

/// A story in the terms of the expectations; the program's answer is brought into them to be compared.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct ExpectedStory {
    title: String,
    line: usize,
    template: bool,
    /// Kind and line of the label.
    parts: Vec<(String, usize)>,
    #[serde(default)]
    principles: Vec<String>,
    #[serde(default)]
    themes: Vec<String>,
    #[serde(default)]
    questions: Vec<String>,
    #[serde(default)]
    unknown: Vec<String>,
}

impl From<&Story> for ExpectedStory {
    fn from(story: &Story) -> Self {
        Self {
            title: story.title.clone(),
            line: story.line,
            template: story.template,
            parts: story.parts.iter().map(|part| (part.part.clone(), part.line)).collect(),
            principles: story.principles.clone(),
            themes: story.themes.clone(),
            questions: story.questions.clone(),
            unknown: story.unknown.clone(),
        }
    }
}

#[test]
fn every_fixture_is_read_and_judged_as_expected() {
    let mut differences = Vec::new();
    for (folder, fewest) in FOLDERS {
        differences.extend(compare_folder(folder, *fewest));
    }
    assert!(differences.is_empty(), "{} differences\n\n{}", differences.len(), differences.join("\n"));
}

fn compare_folder(folder: &str, fewest: usize) -> Vec<String> {
    let place = report::folder("corpus").join(folder);
    let fixtures = fixtures(&place);
    assert!(fixtures.len() >= fewest, "{folder}: {} of at least {fewest} fixtures", fixtures.len());
    let stories = report::stories(&place);
    let findings = report::findings(&place);

    let mut differences = Vec::new();
    for (name, expected) in &fixtures {
        let file = format!("{folder}/{name}");
        let found = stories.get(name).map_or(&[][..], Vec::as_slice);
        differences.extend(compare_stories(&file, &expected.stories, found));
        let found = judged(findings.get(name).map_or(&[][..], Vec::as_slice));
        if found != sorted(&expected.findings) {
            differences.push(difference(&file, "findings", &expected.findings, &found));
        }
    }
    let strangers = stories.keys().chain(findings.keys()).filter(|name| !fixtures.contains_key(*name));
    differences.extend(strangers.map(|name| format!("{folder}/{name}: reported, but it is no fixture\n")));
    differences
}

fn compare_stories(file: &str, expected: &[ExpectedStory], found: &[Story]) -> Vec<String> {
    let found: Vec<ExpectedStory> = found.iter().map(ExpectedStory::from).collect();
    if expected.len() != found.len() {
        let titles = |stories: &[ExpectedStory]| -> Vec<(usize, String)> {
            stories.iter().map(|story| (story.line, story.title.clone())).collect()
        };
        return vec![difference(file, "stories", &titles(expected), &titles(&found))];
    }
    let pairs = expected.iter().zip(&found).filter(|(expected, found)| expected != found);
    pairs.map(|(expected, found)| story_difference(file, expected, found)).collect()
}

/// Names only the fields that differ.
fn story_difference(file: &str, expected: &ExpectedStory, found: &ExpectedStory) -> String {
    let file = format!("{file}: {:?}", expected.title);
    let mut text = String::new();
    macro_rules! field {
        ($($name:ident)*) => {$(
            if expected.$name != found.$name {
                text.push_str(&difference(&file, stringify!($name), &expected.$name, &found.$name));
            }
        )*};
    }
    field!(title line template parts principles themes questions unknown);
    text
}

fn difference(
    file: &str,
    what: &str,
    expected: &impl std::fmt::Debug,
    found: &impl std::fmt::Debug,
) -> String {
    let mut text = format!("{file}: {what}\n");
    let _ = writeln!(text, "  expected {expected:?}");
    let _ = writeln!(text, "  got      {found:?}");
    text
}

/// The findings of the rules that count, as the expectations write them.
fn judged(findings: &[Finding]) -> Vec<(String, usize)> {
    let judged = findings.iter().filter(|finding| JUDGED.contains(&finding.rule.as_str()));
    sorted(&judged.map(|finding| (finding.rule.clone(), finding.range.start.line)).collect::<Vec<_>>())
}

fn sorted(findings: &[(String, usize)]) -> Vec<(String, usize)> {
    let mut findings = findings.to_vec();
    findings.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    findings
}

/// The expectations of a folder by the name of the Markdown file; none may lack its partner.
fn fixtures(folder: &Path) -> BTreeMap<String, Expected> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("the name is UTF-8"))
        .collect();
    names.sort();
    let mut fixtures = BTreeMap::new();
    for name in &names {
        if let Some(stem) = name.strip_suffix(".expect.json") {
            assert!(names.contains(&format!("{stem}.md")), "{name} has no {stem}.md beside it");
            continue;
        }
        let stem =
            name.strip_suffix(".md").unwrap_or_else(|| panic!("{name} is neither text nor expectation"));
        let path = folder.join(format!("{stem}.expect.json"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        fixtures.insert(name.clone(), expected);
    }
    fixtures
}

#[test]
fn every_judged_rule_has_two_fixtures() {
    let fixtures = fixtures(&report::folder("corpus/findings"));
    for rule in JUDGED {
        let holds = |expected: &&Expected| expected.findings.iter().any(|(name, _)| name == rule);
        assert!(fixtures.values().filter(holds).count() >= 2, "{rule} is found in fewer than two fixtures");
    }
    let names = fixtures.values().flat_map(|expected| &expected.findings).map(|(name, _)| name.as_str());
    for name in names {
        assert!(JUDGED.contains(&name), "{name} is expected, but not among the rules that count");
    }
}

#[test]
fn fixtures_kept_their_bytes() {
    let read =
        |name: &str| fs::read(report::folder("corpus/styles").join(name)).expect("the fixture is there");
    assert!(read("crlf.md").windows(2).filter(|pair| pair == b"\r\n").count() > 10);
    assert!(read("byte-order-mark.md").starts_with(b"\xef\xbb\xbf"));
    assert!(!read("no-final-newline.md").ends_with(b"\n"));
}
