//! What a question is after, in any wording of an interviewer.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::cue::Cues;
use crate::prose::{Words, stem};
use crate::vocabulary::builtin;
use crate::word_list::Texts;
use crate::{Term, Topic};

/// A question as it is understood.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The terms of the wording that say what it is about, in its order, each once.
    pub terms: Vec<String>,
    /// The same as they are written, in lower case.
    pub words: Vec<String>,
    /// What it is after, in the order of the vocabulary.
    pub senses: Vec<&'static Sense>,
}

/// Reads the wording of a question.
#[must_use]
pub fn asked(wording: &str) -> Asked {
    let mut asked = Asked::default();
    let words = Words::read(wording);
    for index in (0..words.len()).filter(|index| words.lower(*index).contains(char::is_alphanumeric)) {
        let term = words.stem(index);
        if !Term::of(term).is_idle() && !asked.terms.iter().any(|known| known == term) {
            asked.terms.push(term.to_owned());
            asked.words.push(words.lower(index).to_owned());
        }
    }
    let cues = SENSES.cues.find(&words);
    let mut found: Vec<u32> = cues
        .iter()
        .filter_map(|cue| match cue.topic {
            Topic::Sense(index) => Some(index),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    asked.senses = found.into_iter().filter_map(|index| SENSES.all.get(index as usize)).collect();
    asked
}

/// What a question may be after, and how stories tell of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sense {
    /// Phrases of the question.
    pub cues: Texts,
    /// Words by which stories tell of it.
    pub words: Texts,
    /// Ids of the questions that it amounts to.
    #[serde(default)]
    pub questions: Vec<String>,
    /// Ids of the themes that it is about.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Ids of the principles that it probes.
    #[serde(default)]
    pub principles: Vec<String>,
}

impl Sense {
    /// The terms by which stories tell of it.
    #[must_use]
    pub fn terms(&self) -> Vec<String> {
        self.words.iter().flat_map(|word| word.split([' ', '-'])).map(stem).collect()
    }
}

/// `vocabulary/senses.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SensesFile {
    sense: Vec<Sense>,
}

/// What questions may be after, and the cues by which it is told: read when somebody asks.
struct Senses {
    all: Vec<Sense>,
    cues: Cues,
}

static SENSES: LazyLock<Senses> = LazyLock::new(|| {
    let SensesFile { sense: all } = builtin!("senses");
    let cues = all
        .iter()
        .enumerate()
        .flat_map(|(index, sense)| sense.cues.iter().map(move |cue| (cue, Topic::Sense(index as u32))));
    Senses { cues: Cues::new(cues), all }
});

#[cfg(test)]
mod tests {
    use super::{SENSES, asked};
    use crate::{TagKind, Vocabulary};

    #[test]
    fn the_frame_of_a_question_says_nothing() {
        assert!(asked("Tell me about a time when you had to do something.").terms.is_empty());
        let asked = asked("a time you had to convince people");
        assert_eq!((asked.terms, asked.words), (vec!["convinc".to_owned()], vec!["convince".to_owned()]));
        assert!(asked.senses.iter().any(|sense| sense.cues.iter().any(|cue| cue == "persuade")));
    }

    #[test]
    fn senses_name_what_the_vocabulary_knows() {
        let vocabulary = Vocabulary::builtin();
        for sense in &SENSES.all {
            let named = [
                (TagKind::Question, &sense.questions),
                (TagKind::Theme, &sense.themes),
                (TagKind::Principle, &sense.principles),
            ];
            for (kind, ids) in named {
                for id in ids {
                    assert!(vocabulary.names(kind).iter().any(|(known, _)| known == id), "{id}");
                }
            }
            assert!(!sense.cues.is_empty() && !sense.words.is_empty(), "{sense:?}");
        }
    }
}
