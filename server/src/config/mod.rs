//! What users can set, as plain data: `starling.toml` and editor settings.
//!
//! Invariants: no I/O, and nothing fails: what is wrong in a configuration becomes a problem at its place, and its
//! default applies.

mod additions;
mod definition;
mod editor;
mod globs;
mod invalid;
mod print;
mod read;
mod schema;
mod settings;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use starling_grammar::{Problem, Vocabulary};

pub use additions::{AddedItem, AddedPrinciple, AddedQuestion, AddedTheme, Additions};
pub use definition::{Definition, Name, definitions};
pub use globs::{Globs, check_glob};
pub use invalid::invalid_config;
pub use schema::schema;
pub use settings::{SECTIONS, Section, Setting, Shape, section};

use crate::finding::Severity;
use crate::rules::{self, Rule};

/// The name of the configuration file.
pub const FILE_NAME: &str = "starling.toml";

/// A complete configuration.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The built-in vocabulary with the user's additions.
    pub vocabulary: Words,
    /// `[vocabulary]`: the user's additions as written.
    pub additions: Additions,
    /// `[bank]`: which files belong to the bank.
    pub bank: Bank,
    /// `[rules]`: the severities that the user set; `None` is `off`.
    pub rules: BTreeMap<&'static str, Option<Severity>>,
    /// `[docs] base-url`: the address to which a rule's name is appended.
    pub base_url: Option<String>,
    /// `[editor]`: what editors show of a story in its text.
    pub editor: Editor,
}

/// What editors show of a story in its text; everything unless it is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Editor {
    /// Whether hints are shown.
    pub hints: Option<bool>,
    /// Whether lenses are shown.
    pub lenses: Option<bool>,
}

/// The vocabulary that applies.
#[derive(Clone, Debug, Default)]
pub enum Words {
    /// The built-in one, which is read when somebody first asks for it: a program that only starts does not wait for it.
    #[default]
    BuiltIn,
    /// The built-in one with a user's additions.
    Extended(Arc<Vocabulary>),
}

impl Deref for Words {
    type Target = Vocabulary;

    fn deref(&self) -> &Vocabulary {
        match self {
            Self::BuiltIn => Vocabulary::builtin(),
            Self::Extended(vocabulary) => vocabulary,
        }
    }
}

/// Which files belong to the bank.
#[derive(Clone, Debug, Default)]
pub struct Bank {
    /// Files that hold stories.
    pub include: Globs,
    /// Files to leave out when a folder is read.
    pub exclude: Globs,
}

impl Config {
    /// Reads the text of a `starling.toml`. Problems are in the order of the text.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Problem>) {
        Self::default().parse_over(text)
    }

    /// Reads the text of a `starling.toml` over this configuration: what the text sets wins, key by key.
    #[must_use]
    pub fn parse_over(&self, text: &str) -> (Self, Vec<Problem>) {
        read::read(self, text)
    }

    /// The severity of a rule; `None` when it is off.
    #[must_use]
    pub fn severity_of(&self, rule: &Rule) -> Option<Severity> {
        self.rules.get(rule.name).copied().unwrap_or(Some(rule.severity))
    }

    /// Whether `[bank] include` says that a file holds stories. The path is relative to the folder of
    /// `starling.toml`.
    #[must_use]
    pub fn declares(&self, path: &Path) -> bool {
        self.bank.include.matches(path)
    }

    /// Whether `[bank] exclude` leaves a file out. The path is relative to the folder of `starling.toml`.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        self.bank.exclude.matches(path)
    }

    /// Leaves only the named rules on; one that the configuration turned off comes back with its usual severity.
    /// `invalid-config` stays as it is: a configuration that does not parse is never silent.
    pub fn select(&mut self, names: &[&'static str]) {
        for rule in rules::ALL.iter().filter(|rule| rule.name != rules::INVALID_CONFIG.name) {
            if !names.contains(&rule.name) {
                self.rules.insert(rule.name, None);
            } else if self.severity_of(rule).is_none() {
                self.rules.remove(rule.name);
            }
        }
    }

    /// Turns the named rules off.
    pub fn ignore(&mut self, names: &[&'static str]) {
        self.rules.extend(names.iter().map(|name| (*name, None)));
    }

    /// The configuration as the text of a `starling.toml` that says the same, each setting with its documentation.
    #[must_use]
    pub fn to_toml(&self) -> String {
        print::print(self)
    }
}
