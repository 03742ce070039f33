//! The laws of the code base, checked by reading its sources, so that they stay true.
//!
//! `CONTRIBUTING.md` says what the laws are and why. Every violation is reported with its file, its line and what to
//! do instead. The scanner knows tokens, not types: it keeps honest people from slipping, no more.

mod bans;
mod dependencies;
mod documents;
mod layout;
mod source;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};

use source::Source;

/// A place that breaks a law.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Path from the root of the repository, with `/`.
    path: String,
    /// 1-based; `None` when the file as a whole is meant.
    line: Option<usize>,
    /// What is wrong and what to do.
    message: String,
}

impl Violation {
    fn new(path: &str, line: impl Into<Option<usize>>, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: line.into(), message: message.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.path, self.message),
            None => write!(formatter, "{}: {}", self.path, self.message),
        }
    }
}

/// Fails with all violations, one on a line.
#[track_caller]
fn assert_none(violations: &[Violation]) {
    let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(violations.is_empty(), "{} violations:\n{}\n", lines.len(), lines.join("\n"));
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace").to_owned()
}

/// Every Rust source of the workspace.
fn sources() -> Vec<Source> {
    let sources = source::read_all(&root(), &["grammar", "server", "tests"]);
    assert!(sources.iter().any(|source| source.path == "grammar/src/lib.rs"), "no sources were found");
    sources
}

#[test]
fn what_must_not_be_named_is_not_named() {
    assert_none(&bans::violations(&sources()));
}

#[test]
fn positions_of_the_protocol_are_made_in_one_module() {
    assert_none(&bans::positions(&sources()));
}

#[test]
fn words_that_users_may_extend_are_data() {
    assert_none(&words::violations(&sources(), words::ALLOWED));
}

#[test]
fn files_are_short_and_named_for_what_they_hold() {
    assert_none(&layout::files(&sources()));
}

#[test]
fn crates_depend_in_one_direction_and_forbid_unsafe_code() {
    assert_none(&layout::manifests(&root()));
}

#[test]
fn dependencies_are_what_deny_toml_allows() {
    assert_none(&dependencies::violations(&dependencies::Policy::read(&root()), &dependencies::all(&root())));
}

#[test]
fn the_top_level_holds_what_the_layout_names() {
    assert_none(&layout::top_level(&root()));
}

#[test]
fn the_readme_and_the_program_agree_on_the_rules() {
    assert_none(&documents::rules(&root()));
}

#[test]
fn the_readme_names_every_command_and_option() {
    assert_none(&documents::commands(&root()));
}

#[test]
fn the_readme_and_the_folders_agree_on_the_editors() {
    assert_none(&documents::editors(&root()));
}

#[test]
fn the_readme_shows_a_configuration_that_works() {
    assert_none(&documents::configuration(&root()));
}

#[test]
fn links_between_documents_lead_somewhere() {
    assert_none(&documents::links(&root()));
}
