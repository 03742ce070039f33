//! Where things stand: files, modules, crates and the top level of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Violation;
use crate::source::Source;

/// More lines than this make a file hard to read.
const MOST_LINES: usize = 500;

/// Names that say nothing about what a module holds.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "misc", "common"];

/// Files that are too long, and modules whose names say nothing.
pub(crate) fn files(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources {
        if source.lines > MOST_LINES {
            let message = format!("{} lines, more than {MOST_LINES}: split it by what it does", source.lines);
            violations.push(Violation::new(&source.path, MOST_LINES + 1, message));
        }
        let mut names = source.path.trim_end_matches(".rs").split('/');
        if let Some(name) = names.find(|name| EMPTY_NAMES.contains(name)) {
            violations.push(Violation::new(&source.path, None, empty_name(name)));
        }
        for window in source.tokens.windows(2).filter(|window| window[0].is("mod")) {
            if EMPTY_NAMES.contains(&window[1].text.as_str()) {
                violations.push(Violation::new(&source.path, window[1].line, empty_name(&window[1].text)));
            }
        }
    }
    violations
}

fn empty_name(name: &str) -> String {
    format!(
        "a module called `{name}`: name it for what it holds, or move its functions to what they are about"
    )
}

/// Crates that a crate must not depend on.
const FOREIGN: &[(&str, &[&str])] = &[
    (
        "grammar",
        &[
            "starling-server",
            "tokio",
            "tower-lsp",
            "tower-service",
            "futures",
            "ropey",
            "clap",
            "ignore",
            "tempfile",
        ],
    ),
    ("server", &["starling-tests"]),
    ("tests", &[]),
];

/// Manifests that let a crate depend in the wrong direction, or use unsafe code.
pub(crate) fn manifests(root: &Path) -> Vec<Violation> {
    let read =
        |path: &str| fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut violations = Vec::new();
    if !read("Cargo.toml").lines().any(|line| line == "unsafe_code = \"forbid\"") {
        violations.push(Violation::new(
            "Cargo.toml",
            None,
            "put `unsafe_code = \"forbid\"` in [workspace.lints.rust]",
        ));
    }
    for (folder, foreign) in FOREIGN {
        let path = format!("{folder}/Cargo.toml");
        violations.extend(manifest(&path, &read(&path), foreign));
    }
    violations
}

fn manifest(path: &str, text: &str, foreign: &[&str]) -> Vec<Violation> {
    let mut violations = Vec::new();
    if !text.contains("[lints]\nworkspace = true") {
        violations.push(Violation::new(path, None, "inherit the lints: `[lints]`, then `workspace = true`"));
    }
    for (at, line) in text.lines().enumerate() {
        let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
        if foreign.contains(&name) {
            let message = format!(
                "depends on {name}: crates depend from tests to server to grammar, the grammar on no I/O"
            );
            violations.push(Violation::new(path, at + 1, message));
        }
    }
    violations
}

/// What may stand at the top level.
const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "action.yml",
    "deny.toml",
    "editors",
    "grammar",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "server",
    "tests",
];

/// What stands at the top level and should not.
pub(crate) fn top_level(root: &Path) -> Vec<Violation> {
    let entries = tracked(root);
    assert!(entries.contains("Cargo.toml"), "the top level was not read: {entries:?}");
    strangers(&entries)
}

fn strangers(entries: &BTreeSet<String>) -> Vec<Violation> {
    let strangers = entries.iter().filter(|entry| !TOP_LEVEL.contains(&entry.as_str()));
    let message =
        "does not belong at the top level: put it where the layout in CONTRIBUTING.md has a place for it";
    strangers.map(|entry| Violation::new(entry, None, message)).collect()
}

/// The top level as git has it, so that a developer's own ignored files do not matter.
fn tracked(root: &Path) -> BTreeSet<String> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(arguments).current_dir(root).output().expect("git can be started");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8_lossy(&output.stdout).into_owned();
    // What was deleted and not yet committed is still listed.
    let entries = paths.split_terminator('\0').map(|path| path.split('/').next().unwrap_or(path).to_owned());
    entries.filter(|entry| root.join(entry).exists()).collect()
}

#[cfg(test)]
mod tests {
    use super::{files, manifest, strangers};
    use crate::source::parse_all;

    fn found(path: &str, text: &str) -> Vec<String> {
        let sources = parse_all([(path.to_owned(), text.to_owned())]);
        files(&sources).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn long_files_are_found() {
        assert!(found("server/src/a.rs", &"\n".repeat(501))[0].starts_with("server/src/a.rs:501: 501 lines"));
        assert!(found("server/src/a.rs", &"\n".repeat(500)).is_empty());
    }

    #[test]
    fn empty_names_are_found() {
        assert_eq!(found("server/src/utils/a.rs", "").len(), 1);
        assert_eq!(found("tests/tests/common.rs", "").len(), 1);
        assert!(found("server/src/a.rs", "\nmod helpers { }")[0].starts_with("server/src/a.rs:2: "));
        assert!(found("server/src/common_words.rs", "let common = 1;").is_empty());
    }

    #[test]
    fn manifests_are_judged() {
        let good = "[dependencies]\ntoml.workspace = true\n[lints]\nworkspace = true\n";
        assert!(manifest("a/Cargo.toml", good, &["tokio"]).is_empty());
        assert_eq!(manifest("a/Cargo.toml", good, &["toml"])[0].line, Some(2));
        assert_eq!(manifest("a/Cargo.toml", "[dependencies]\n", &[]).len(), 1);
    }

    #[test]
    fn strangers_are_found() {
        let entries = ["README.md", "notes.txt"].map(str::to_owned).into();
        let found = strangers(&entries);
        assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["notes.txt"]);
    }
}
