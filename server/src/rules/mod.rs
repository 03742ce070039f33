//! The rules: one file each, with its documentation, message, fix and tests.
//!
//! Invariants: rules are pure functions of a document and a configuration. Nothing in here names LSP types, tokio,
//! standard streams or the file system.

use crate::finding::Severity;

/// A rule as data.
#[derive(Debug)]
pub struct Rule {
    /// The code: kebab-case, stable.
    pub name: &'static str,
    /// The severity unless configured.
    pub severity: Severity,
    /// Its page in Markdown: what it says, why, and a failing and a passing example.
    pub documentation: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Every rule, by name.
pub static ALL: &[&Rule] = &[];
