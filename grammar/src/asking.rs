//! What a question is after, in any wording of an interviewer.

use crate::prose::{Words, stem};
use crate::{Sense, Topic, Vocabulary};

/// A question as it is understood.
#[derive(Clone, Debug, Default)]
pub struct Asked<'v> {
    /// The terms of the wording that say what it is about, in its order, each once.
    pub terms: Vec<String>,
    /// The same as they are written, in lower case.
    pub words: Vec<String>,
    /// What it is after, in the order of the vocabulary.
    pub senses: Vec<&'v Sense>,
}

/// Reads the wording of a question.
#[must_use]
pub fn asked<'v>(wording: &str, vocabulary: &'v Vocabulary) -> Asked<'v> {
    let mut asked = Asked::default();
    let words = Words::read(wording);
    for index in (0..words.len()).filter(|index| words.lower(*index).contains(char::is_alphanumeric)) {
        let term = words.stem(index);
        if !vocabulary.is_idle(term) && !asked.terms.iter().any(|known| known == term) {
            asked.terms.push(term.to_owned());
            asked.words.push(words.lower(index).to_owned());
        }
    }
    let cues = vocabulary.sense_cues().find(&words);
    let mut found: Vec<usize> = cues
        .iter()
        .filter_map(|cue| match cue.topic {
            Topic::Sense(index) => Some(index),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    asked.senses = found.into_iter().filter_map(|index| vocabulary.senses().get(index)).collect();
    asked
}

impl Sense {
    /// The terms by which stories tell of it.
    #[must_use]
    pub fn terms(&self) -> Vec<String> {
        self.words.iter().flat_map(|word| word.split([' ', '-'])).map(stem).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::asked;
    use crate::{TagKind, Vocabulary};

    #[test]
    fn the_frame_of_a_question_says_nothing() {
        let vocabulary = Vocabulary::builtin();
        assert!(asked("Tell me about a time when you had to do something.", vocabulary).terms.is_empty());
        let asked = asked("a time you had to convince people", vocabulary);
        assert_eq!((asked.terms, asked.words), (vec!["convinc".to_owned()], vec!["convince".to_owned()]));
        assert!(asked.senses.iter().any(|sense| sense.cues.iter().any(|cue| cue == "persuade")));
    }

    #[test]
    fn senses_name_what_the_vocabulary_knows() {
        let vocabulary = Vocabulary::builtin();
        for sense in vocabulary.senses() {
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
