//! Rehearsing: a question as an interviewer asks it, how long each part of the answer should take, and the stories to tell.

use serde::Serialize;
use starling_grammar::{PartKind, Vocabulary};

use super::coverage::Coverage;

/// Seconds for each part. Together they leave half a minute of the three in which interviewers listen; half is for what
/// the teller did.
const PACE: [(PartKind, u32); 4] =
    [(PartKind::Situation, 30), (PartKind::Task, 15), (PartKind::Action, 75), (PartKind::Result, 30)];

/// What to rehearse. Its shape is public: changes only add to it.
#[derive(Serialize)]
pub struct Rehearsal {
    /// The question.
    pub question: String,
    /// Its id.
    pub id: String,
    /// The parts in the order of telling.
    pub parts: Vec<Pace>,
    /// The stories that answer it, best first.
    pub stories: Vec<Telling>,
}

/// How long a part should take.
#[derive(Serialize)]
pub struct Pace {
    /// What the part is called.
    pub name: String,
    /// What belongs into it.
    pub include: String,
    /// How long to speak.
    pub seconds: u32,
}

/// A story to tell.
#[derive(Serialize)]
pub struct Telling {
    /// Its title.
    pub title: String,
    /// Its place, `path#line`.
    pub story: String,
}

/// A rehearsal of the question that a number falls on; `None` where the vocabulary has no questions.
#[must_use]
pub fn rehearsal(number: u64, coverage: &Coverage, vocabulary: &Vocabulary) -> Option<Rehearsal> {
    let questions = u64::try_from(coverage.questions.len()).ok()?;
    let chosen = usize::try_from(number.checked_rem(questions)?).ok()?;
    let question = coverage.questions.get(chosen)?;
    let pace = |(kind, seconds): (PartKind, u32)| {
        let part = vocabulary.part(kind)?;
        Some(Pace { name: part.name_in("en").to_owned(), include: part.include.clone(), seconds })
    };
    let telling = |answer: &super::coverage::Answer| {
        let line = &coverage.stories[answer.story];
        Telling { title: line.title.clone(), story: line.place() }
    };
    Some(Rehearsal {
        question: question.text.clone(),
        id: question.id.clone(),
        parts: PACE.into_iter().filter_map(pace).collect(),
        stories: question.stories.iter().chain(&question.candidates).map(telling).collect(),
    })
}

#[cfg(test)]
mod tests {
    use starling_grammar::Vocabulary;

    use super::rehearsal;
    use crate::bank::coverage::coverage;
    use crate::bank::testing::{STORY, bank};

    #[test]
    fn every_question_comes_and_brings_its_stories() {
        let vocabulary = Vocabulary::builtin();
        let coverage = coverage(&bank(&[("a.md", STORY)]), vocabulary);
        let all = vocabulary.questions().len() as u64;
        let at = |number| rehearsal(number, &coverage, vocabulary).expect("a question");
        let ids: std::collections::BTreeSet<String> = (0..all).map(|number| at(number).id).collect();
        assert_eq!(ids.len() as u64, all);
        let first = at(all * 7);
        assert_eq!((first.id.as_str(), first.stories[0].story.as_str()), ("production-outage", "a.md#6"));
        assert_eq!(first.parts.iter().map(|part| part.seconds).sum::<u32>(), 150);
        assert!(at(u64::MAX).parts.iter().all(|part| !part.include.is_empty()));
    }
}
