//! What the binary prints as JSON, read into plain values.
//!
//! Only the fields that tests compare are named; the format may grow others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A story as `starling stories` lists it.
#[derive(Clone, Debug, Deserialize)]
pub struct Story {
    /// Its title, without Markdown marks.
    pub title: String,
    /// Line of the title, from 1.
    pub line: usize,
    /// Whether it is an unfilled template.
    pub template: bool,
    /// Its parts in the order of the text.
    pub parts: Vec<Part>,
    /// Ids of principles.
    pub principles: Vec<String>,
    /// Ids of themes.
    pub themes: Vec<String>,
    /// Ids of questions.
    pub questions: Vec<String>,
    /// Tags that are reported as unknown, as written.
    pub unknown: Vec<String>,
}

/// A part of a story.
#[derive(Clone, Debug, Deserialize)]
pub struct Part {
    /// Its kind.
    pub part: String,
    /// Line of its label, from 1.
    pub line: usize,
}

/// A finding as `starling check` reports it.
#[derive(Clone, Debug, Deserialize)]
pub struct Finding {
    /// Name of the rule.
    pub rule: String,
    /// Name of the severity.
    pub severity: String,
    /// Where it stands.
    pub range: Range,
}

/// The beginning of a finding's range.
#[derive(Clone, Debug, Deserialize)]
pub struct Range {
    /// Its first character.
    pub start: Position,
}

/// A place in a text.
#[derive(Clone, Debug, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
}

#[derive(Deserialize)]
struct Report<T> {
    version: u32,
    files: Vec<T>,
}

#[derive(Deserialize)]
struct FileStories {
    path: String,
    stories: Vec<Story>,
}

#[derive(Deserialize)]
struct FileFindings {
    path: String,
    findings: Vec<Finding>,
}

/// The stories of a folder without sub-folders, by file name. Files without stories may be missing.
///
/// # Panics
/// If `STARLING_BIN` is not set, or the program does not run or does not print what it should.
#[must_use]
pub fn stories(folder: &Path) -> BTreeMap<String, Vec<Story>> {
    let files: Vec<FileStories> = run("stories", folder);
    files.into_iter().map(|file| (name(&file.path), file.stories)).collect()
}

/// The findings of a folder without sub-folders, by file name. Files without findings may be missing.
///
/// # Panics
/// If `STARLING_BIN` is not set, or the program does not run or does not print what it should.
#[must_use]
pub fn findings(folder: &Path) -> BTreeMap<String, Vec<Finding>> {
    let files: Vec<FileFindings> = run("check", folder);
    files.into_iter().map(|file| (name(&file.path), file.findings)).collect()
}

/// A folder of this crate.
#[must_use]
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn run<T: DeserializeOwned>(command: &str, folder: &Path) -> Vec<T> {
    let output = Command::new(binary())
        .args([command, "--format", "json"])
        .arg(folder)
        .stdin(Stdio::null())
        .output()
        .expect("STARLING_BIN is a program");
    let errors = String::from_utf8_lossy(&output.stderr);
    let place = format!("starling {command} {}", folder.display());
    // 1 says that there are findings; anything else that it could not do its work.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{place}: {}\n{errors}", output.status);
    let report: Report<T> = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{place}: {error}\n{}\n{errors}", String::from_utf8_lossy(&output.stdout))
    });
    assert_eq!(report.version, 1, "{place}: the version of the format");
    report.files
}

/// The binary under test.
///
/// # Panics
/// If `STARLING_BIN` does not name it.
#[must_use]
pub fn binary() -> PathBuf {
    match std::env::var_os("STARLING_BIN") {
        Some(path) if !path.is_empty() => PathBuf::from(path),
        _ => panic!("set STARLING_BIN to the path of the starling binary under test, as tests/run does"),
    }
}

fn name(path: &str) -> String {
    let name = Path::new(path).file_name().expect("a path of a file");
    name.to_str().expect("the name is UTF-8").to_owned()
}
