//! The words of the domain, from the files in `grammar/vocabulary/`.
//!
//! Invariants: every list that users may want to extend is data in those files, and every look-up ignores case,
//! punctuation and the difference between `&` and `and`.

mod entry;
mod list;
mod name;
mod tags;
mod technologies;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

pub use entry::{Additions, ChecklistItem, PartEntry, Principle, Question, Theme};
pub use name::normal as normal_name;
pub use tags::Known;
pub use technologies::{Technologies, Technology, TechnologyKind, TechnologyNature};

use crate::PartKind;
use crate::cue::{Cues, Topic};
use crate::story::Scan;
use crate::subject::Subjects;
use crate::technology::{self, Names};
use entry::{PartsFile, PrinciplesFile, QuestionsFile, TagLabelsFile, ThemesFile};
use name::normal;

/// How a set of principles is read.
type ReadSet = fn() -> PrinciplesFile;

/// Sets of principles that are built in, by name.
const SETS: [(&str, ReadSet); 1] = [("amazon", || builtin!("principles/amazon"))];

/// Parts, principles, themes, questions and word lists.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    parts: Vec<PartEntry>,
    principles: Vec<Principle>,
    themes: Vec<Theme>,
    questions: Vec<Question>,
    part_names: HashMap<String, PartName>,
    /// The English names of parts, but for the shortest.
    english_names: Vec<EnglishName>,
    tag_labels: HashMap<String, TagLabel>,
    generic_headings: Vec<String>,
    forms_without_task: Vec<String>,
    instruction_openers: Vec<String>,
    /// Words that look like a slip of a part's name.
    other_words: Vec<String>,
    tags: tags::Index,
    subjects: Arc<Subjects>,
    scan: Arc<Scan>,
}

/// The language of labels that are in none, such as letters, as an IETF tag.
pub static ENGLISH: LazyLock<Arc<str>> = LazyLock::new(|| "en".into());

/// Shorter names have too many other words near them. In bytes.
const SHORTEST_NEAR: usize = 4;

/// An English name of a part.
#[derive(Clone, Debug)]
struct EnglishName {
    kind: PartKind,
    /// As it is written.
    name: String,
    /// As names are compared.
    normal: String,
}

/// What a name of a part means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartName {
    /// The part, or what decides it.
    pub meaning: PartMeaning,
    /// Whether the name makes a story.
    pub canonical: bool,
    /// The language of the name, as an IETF tag; `en` for loose names.
    pub language: Arc<str>,
}

impl PartName {
    /// The part that the name fills; the Situation where that depends on what stands before.
    #[must_use]
    pub fn kinds(&self) -> Vec<PartKind> {
        match self.meaning {
            PartMeaning::Part(kind) => vec![kind],
            PartMeaning::SituationOrTask => vec![PartKind::Situation],
        }
    }
}

/// What a name of a part stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartMeaning {
    /// This part.
    Part(PartKind),
    /// The Task after a Situation, else the Situation (`Challenge`).
    SituationOrTask,
}

/// What the label of a line of tags means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagLabel {
    /// What its values are looked up in; `None` when they may be anything.
    pub kind: Option<crate::TagKind>,
    /// Whether the label is literally *Principles*, *Themes* or *Questions*.
    pub exact: bool,
}

static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::load(None));

impl Default for Vocabulary {
    fn default() -> Self {
        Self::builtin().clone()
    }
}

impl Vocabulary {
    /// The vocabulary without anybody's additions. It is read at the first call.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The built-in vocabulary with a user's additions.
    #[must_use]
    pub fn extended(additions: &Additions) -> Self {
        let mut vocabulary = match &additions.sets {
            Some(sets) => Self::load(Some(sets)),
            None => Self::default(),
        };
        vocabulary.principles.extend(additions.principles.iter().cloned());
        vocabulary.themes.extend(additions.themes.iter().cloned());
        vocabulary.questions.extend(additions.questions.iter().cloned());
        let Subjects { technologies, machines, units, extensions, .. } = &*vocabulary.subjects;
        let mut technologies = technologies.clone();
        for name in &additions.technologies {
            technologies.push([name.as_str()], TechnologyNature::default());
        }
        technologies.shrink_to_fit();
        vocabulary.subjects = Arc::new(Subjects {
            technologies,
            machines: machines.clone(),
            units: units.clone(),
            extensions: extensions.clone(),
            // What is sought is made anew of all of them below.
            ..Subjects::default()
        });
        for (kind, names) in &additions.parts {
            for name in names {
                vocabulary.add_part_name(name, PartMeaning::Part(*kind), false, &ENGLISH);
            }
        }
        vocabulary.index();
        vocabulary
    }

    /// The names of the built-in sets of principles.
    pub fn set_names() -> impl Iterator<Item = &'static str> {
        SETS.iter().map(|(name, _)| *name)
    }

    fn load(sets: Option<&[String]>) -> Self {
        // First, since most of what their file is read into is given back, and what is kept then takes its place.
        let subjects = technologies::subjects(builtin!("technologies"));
        let parts: PartsFile = builtin!("parts");
        let labels: TagLabelsFile = builtin!("tag-labels");
        let themes: ThemesFile = builtin!("themes");
        let questions: QuestionsFile = builtin!("questions");
        let chosen =
            SETS.iter().filter(|(name, _)| sets.is_none_or(|sets| sets.iter().any(|set| set == name)));
        let mut vocabulary = Self {
            principles: chosen.flat_map(|(_, read)| read().principle).collect(),
            themes: themes.theme,
            questions: questions.question,
            part_names: HashMap::new(),
            english_names: Vec::new(),
            tag_labels: HashMap::new(),
            forms_without_task: parts.forms_without_task,
            generic_headings: parts.generic_headings.iter().map(|heading| normal(heading)).collect(),
            instruction_openers: parts.instruction_openers,
            other_words: parts.other_words,
            tags: tags::Index::default(),
            subjects: Arc::new(subjects),
            scan: Arc::default(),
            parts: parts.part,
        };
        vocabulary.index_parts(&parts.situation_or_task);
        for entry in labels.label {
            for (exact, names) in [(true, &entry.exact), (false, &entry.names)] {
                let label = TagLabel { kind: entry.kind, exact };
                vocabulary.tag_labels.extend(names.iter().map(|name| (normal(name), label)));
            }
        }
        vocabulary.index();
        vocabulary
    }

    fn index_parts(&mut self, situation_or_task: &[String]) {
        for part in self.parts.clone() {
            let meaning = PartMeaning::Part(part.id);
            for (language, names) in &part.names {
                let language: Arc<str> = language.as_str().into();
                for name in names {
                    self.add_part_name(name, meaning, true, &language);
                }
            }
            for name in &part.loose {
                self.add_part_name(name, meaning, false, &ENGLISH);
            }
        }
        let english = |part: &PartEntry| part.names.get("en").cloned().unwrap_or_default();
        let named = self.parts.iter().flat_map(|part| english(part).into_iter().map(|name| (part.id, name)));
        let entries = named.map(|(kind, name)| EnglishName { kind, normal: normal(&name), name });
        self.english_names = entries.filter(|entry| entry.name.len() >= SHORTEST_NEAR).collect();
        for name in situation_or_task {
            self.add_part_name(name, PartMeaning::SituationOrTask, false, &ENGLISH);
        }
        let names = self
            .parts
            .iter()
            .flat_map(|part| part.names.values().flatten().map(move |name| (name.as_str(), part.id)));
        let letters = self.parts.iter().map(|part| (part.letter, part.id)).collect();
        self.scan = Arc::new(Scan::new(names, letters));
    }

    /// Adds a name, unless it is taken; English comes before languages that share a word with it.
    fn add_part_name(&mut self, name: &str, meaning: PartMeaning, canonical: bool, language: &Arc<str>) {
        let named = PartName { meaning, canonical, language: language.clone() };
        let entry = self.part_names.entry(normal(name)).or_insert_with(|| named.clone());
        if *language == *ENGLISH && entry.meaning == meaning && canonical {
            *entry = named;
        }
    }

    fn index(&mut self) {
        self.tags = tags::Index::new(&self.principles, &self.themes, &self.questions);
        let cues = Cues::new(self.all_cues());
        let subjects = Arc::make_mut(&mut self.subjects);
        subjects.names = Names::new(&subjects.technologies);
        subjects.cues = cues;
    }

    /// Every cue with what it points at.
    fn all_cues(&self) -> impl Iterator<Item = (&str, Topic)> {
        let questions = self.questions.iter().enumerate().flat_map(|(question, entry)| {
            entry.checklist.iter().enumerate().flat_map(move |(item, entry)| {
                entry.cues.iter().map(move |cue| (cue, Topic::item(question, item)))
            })
        });
        let themes =
            self.themes.iter().enumerate().flat_map(|(theme, entry)| {
                entry.cues.iter().map(move |cue| (cue, Topic::Theme(theme as u32)))
            });
        let principles = self.principles.iter().enumerate().flat_map(|(principle, entry)| {
            entry.cues.iter().map(move |cue| (cue, Topic::Principle(principle as u32)))
        });
        let names = self.subjects.technologies.all_names();
        let technologies = names
            .filter(|(_, name)| technology::is_phrase(name))
            .map(|(technology, name)| (name, Topic::Technology(technology as u32)));
        questions.chain(themes).chain(principles).chain(technologies)
    }

    /// What is sought in texts to tell what they are about.
    pub(crate) fn subjects(&self) -> &Arc<Subjects> {
        &self.subjects
    }

    /// What a quick scan for labels looks for.
    pub(crate) fn scan(&self) -> &Scan {
        &self.scan
    }

    /// The parts, in their order.
    #[must_use]
    pub fn parts(&self) -> &[PartEntry] {
        &self.parts
    }

    /// One part.
    #[must_use]
    pub fn part(&self, kind: PartKind) -> Option<&PartEntry> {
        self.parts.iter().find(|part| part.id == kind)
    }

    /// The principles of the chosen sets, and the user's.
    #[must_use]
    pub fn principles(&self) -> &[Principle] {
        &self.principles
    }

    /// The themes.
    #[must_use]
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The interview questions.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Names that count as technical detail.
    #[must_use]
    pub fn technologies(&self) -> &Technologies {
        &self.subjects.technologies
    }

    /// What a name of a part means.
    #[must_use]
    pub fn part_name(&self, text: &str) -> Option<&PartName> {
        self.part_names.get(&normal(text))
    }

    /// The part that a single letter stands for.
    #[must_use]
    pub fn letter(&self, letter: char) -> Option<PartKind> {
        self.parts.iter().find(|part| part.letter == letter).map(|part| part.id)
    }

    /// The part whose English name `text` just misses, and that name.
    ///
    /// One slip: a letter more, less or swapped, and in names of six letters or more another one. The first letter is
    /// right, and the word is no other word.
    #[must_use]
    pub fn near_part(&self, text: &str) -> Option<(PartKind, &str)> {
        let written = normal(text);
        if written.len() < SHORTEST_NEAR
            || self.part_names.contains_key(&written)
            || self.other_words.contains(&written)
        {
            return None;
        }
        let near = self.english_names.iter().find(|known| {
            let near = name::distance(&known.normal, &written) == Some(1);
            near && (known.normal.len() >= 6 || strsim::hamming(&known.normal, &written) != Ok(1))
        });
        near.map(|known| (known.kind, known.name.as_str()))
    }

    /// What the label of a line of tags means.
    #[must_use]
    pub fn tag_label(&self, text: &str) -> Option<TagLabel> {
        self.tag_labels.get(&normal(text)).copied()
    }

    /// Whether a heading says only what kind of text follows (`Answer`, `Short version`, `Version 2`).
    #[must_use]
    pub fn is_generic_heading(&self, text: &str) -> bool {
        let name = normal(text);
        let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        unnumbered.ends_with("version") || self.generic_headings.contains(&name)
    }

    /// Whether a word names a form of story in which nothing but the Situation comes before the Action (`CAR`).
    #[must_use]
    pub fn is_form_without_task(&self, word: &str) -> bool {
        self.forms_without_task.iter().any(|form| form == word)
    }

    /// Whether a text begins like a guide to writing rather than a story.
    #[must_use]
    pub fn opens_instruction(&self, text: &str) -> bool {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.instruction_openers.iter().any(|opener| {
            let Some(head) = text.get(..opener.len()) else { return false };
            head.eq_ignore_ascii_case(opener)
                && !text[opener.len()..].starts_with(|c: char| c.is_alphanumeric())
        })
    }
}

/// Reads a file of the vocabulary, which is part of the program. It was written in TOML; see `grammar/build.rs`.
///
/// # Panics
/// If the file is broken, which a test rules out.
#[allow(clippy::panic)]
pub(crate) fn parse<T: Deserialize<'static>>(name: &str, text: &'static str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("vocabulary/{name}.toml: {error}"))
}

/// A file of the vocabulary by its name, read as what is wanted.
macro_rules! builtin {
    ($name:literal) => {
        $crate::vocabulary::parse(
            $name,
            include_str!(concat!(env!("OUT_DIR"), "/vocabulary/", $name, ".json")),
        )
    };
}
pub(crate) use builtin;
