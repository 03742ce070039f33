//! Principles, themes and questions by their names.

use std::collections::HashMap;

use super::name::{distance, normal};
use super::{Principle, Question, Theme, Vocabulary};
use crate::TagKind;

/// A value of the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whether it was found by a name that it had once.
    pub former: bool,
}

/// Ids by normalised names.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    names: HashMap<(TagKind, String), (String, bool)>,
    /// Words of the longest name.
    pub(super) longest: usize,
}

impl Index {
    pub(super) fn new(principles: &[Principle], themes: &[Theme], questions: &[Question]) -> Self {
        let mut index = Self::default();
        for entry in principles {
            index.add(TagKind::Principle, &entry.id, &entry.name, &entry.aliases, &entry.former);
        }
        for entry in themes {
            index.add(TagKind::Theme, &entry.id, &entry.name, &entry.aliases, &[]);
        }
        for entry in questions {
            index.add(TagKind::Question, &entry.id, &entry.text, &entry.aliases, &[]);
        }
        index
    }

    fn add(&mut self, kind: TagKind, id: &str, name: &str, aliases: &[String], former: &[String]) {
        let current =
            [id, name].into_iter().chain(aliases.iter().map(String::as_str)).map(|name| (name, false));
        for (name, former) in current.chain(former.iter().map(|name| (name.as_str(), true))) {
            let name = normal(name);
            self.longest = self.longest.max(name.split(' ').count());
            self.names.entry((kind, name)).or_insert_with(|| (id.to_owned(), former));
        }
    }
}

impl Vocabulary {
    /// The value that `text` names.
    #[must_use]
    pub fn find(&self, kind: TagKind, text: &str) -> Option<Known<'_>> {
        let (id, former) = self.tags.names.get(&(kind, normal(text)))?;
        Some(Known { id, former: *former })
    }

    /// Ids of the values that `text` just misses, best first.
    #[must_use]
    pub fn near(&self, kind: TagKind, text: &str) -> Vec<&str> {
        let written = normal(text);
        let mut near: Vec<(usize, &str)> = Vec::new();
        for ((_, name), (id, _)) in
            self.tags.names.iter().filter(|((of, name), _)| *of == kind && name.len() >= 5)
        {
            let Some(distance) = distance(name, &written) else { continue };
            near.push((distance, id));
        }
        near.sort_unstable();
        let mut ids: Vec<&str> = Vec::new();
        for (_, id) in near {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Ids of one kind, with what they are called.
    pub fn names(&self, kind: TagKind) -> Vec<(&str, &str)> {
        match kind {
            TagKind::Principle => {
                self.principles.iter().map(|entry| (entry.id.as_str(), entry.name.as_str())).collect()
            }
            TagKind::Theme => {
                self.themes.iter().map(|entry| (entry.id.as_str(), entry.name.as_str())).collect()
            }
            TagKind::Question => {
                self.questions.iter().map(|entry| (entry.id.as_str(), entry.text.as_str())).collect()
            }
        }
    }
}
