//! Technologies by the thousand: their names lie in one text, since a list and a few strings for each would take more memory.

use serde::Deserialize;

use crate::prose::stem;
use crate::subject::Subjects;
use crate::word_list::{Texts, WordSet};

/// All technologies, in their order.
#[derive(Clone, Debug, Default)]
pub struct Technologies {
    /// The names of all, those of one together, the first of which is how it is written.
    names: Texts,
    all: Vec<Entry>,
}

/// What is kept of a technology.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Where its names begin; they end where those of the next one begin.
    names: u32,
    nature: TechnologyNature,
}

/// A product, language, protocol, design, measure or practice.
#[derive(Clone, Copy, Debug)]
pub struct Technology<'v> {
    /// As it is written.
    pub name: &'v str,
    /// What it is, and how sure its name tells of it.
    pub nature: TechnologyNature,
}

/// What a technology is, and how sure its name tells of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct TechnologyNature {
    /// What it is.
    pub kind: TechnologyKind,
    /// Whether the name is also an everyday word (`Go`, `Rust`, *queue*).
    pub ambiguous: bool,
    /// Whether its form in lower case is a noun at least (`python`), so that another noun behind it tells.
    pub noun: bool,
    /// Whether the name is so common (*table*, *service*) that it tells little beside others of its kind.
    pub everyday: bool,
}

/// What a technology is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TechnologyKind {
    /// A product, format or protocol. It makes a story technical; what follows does not by itself.
    #[default]
    Tool,
    /// A programming language.
    Language,
    /// How something is built.
    Design,
    /// What is watched.
    Measure,
    /// How work on software is done.
    Practice,
}

impl Technologies {
    /// A technology by its index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Technology<'_>> {
        let entry = self.all.get(index)?;
        Some(Technology { name: self.names.get(entry.names as usize)?, nature: entry.nature })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// What a technology is; where there is none, what a user's own is.
    pub(crate) fn nature(&self, index: usize) -> TechnologyNature {
        self.all.get(index).map(|entry| entry.nature).unwrap_or_default()
    }

    /// The name of a technology and its other spellings.
    pub(crate) fn names(&self, index: usize) -> impl Iterator<Item = &str> {
        let start = self.all.get(index).map_or(self.names.len(), |entry| entry.names as usize);
        let end = self.all.get(index + 1).map_or(self.names.len(), |entry| entry.names as usize);
        (start..end).filter_map(|name| self.names.get(name))
    }

    /// All names with the index of the technology that each names.
    pub(crate) fn all_names(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.all.len()).flat_map(|index| self.names(index).map(move |name| (index, name)))
    }

    /// Adds one with its names, of which there is one at least.
    pub(super) fn push<'n>(&mut self, names: impl IntoIterator<Item = &'n str>, nature: TechnologyNature) {
        let first = self.names.len();
        self.all.push(Entry { names: first as u32, nature });
        names.into_iter().for_each(|name| self.names.push(name));
        debug_assert!(self.names.len() > first, "the names of the next one would be its own");
    }

    /// Gives back the memory that was kept for more.
    pub(super) fn shrink_to_fit(&mut self) {
        self.names.shrink_to_fit();
        self.all.shrink_to_fit();
    }
}

/// `vocabulary/technologies.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TechnologiesFile<'a> {
    machines: Vec<String>,
    units: WordSet,
    extensions: WordSet,
    #[serde(borrow)]
    technologies: Vec<TechnologyGroup<'a>>,
}

/// Technologies of one kind: of each the name, then other spellings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TechnologyGroup<'a> {
    kind: TechnologyKind,
    #[serde(default)]
    ambiguous: bool,
    #[serde(default)]
    noun: bool,
    #[serde(default)]
    everyday: bool,
    #[serde(borrow)]
    names: Vec<Vec<&'a str>>,
}

/// What the file says; what is sought is yet to be made of it.
pub(super) fn subjects(file: TechnologiesFile) -> Subjects {
    let mut technologies = Technologies::default();
    for TechnologyGroup { kind, ambiguous, noun, everyday, names } in file.technologies {
        for names in names.into_iter().filter(|names| !names.is_empty()) {
            technologies.push(names, TechnologyNature { kind, ambiguous, noun, everyday });
        }
    }
    technologies.shrink_to_fit();
    Subjects {
        technologies,
        machines: file.machines.iter().map(|word| stem(word)).collect(),
        units: file.units,
        extensions: file.extensions,
        ..Subjects::default()
    }
}
