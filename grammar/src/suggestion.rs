//! Principles, themes and questions that the text of a story suggests.

use std::cmp::Reverse;

use crate::checklist;
use crate::{Cue, PartKind, Question, Span, Story, TagKind, Topic, Vocabulary};

/// A tag that a story could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion<'v> {
    /// What kind of tag.
    pub kind: TagKind,
    /// The id of the principle, theme or question.
    pub id: &'v str,
    /// How strongly the text suggests it; only to be compared within a kind.
    pub weight: usize,
    /// The phrase that speaks for it most.
    pub reason: Span,
}

/// Less is chance.
const LEAST: usize = 6;

/// More phrases for the same item of a checklist say nothing more.
const MOST_PHRASES: usize = 3;

/// The tags that a story suggests, best first within each kind: principles, themes, then questions.
///
/// A topic's own cues count, each once, more in the title and where a story says what it is about. For a theme, what the
/// story says to the questions about it counts as well.
#[must_use]
pub fn suggestions<'v>(story: &Story, vocabulary: &'v Vocabulary) -> Vec<Suggestion<'v>> {
    let mut principles: Vec<Suggestion> = Vec::new();
    for (index, entry) in vocabulary.principles().iter().enumerate() {
        let own = weigh(story, Topic::Principle(index as u32));
        principles.extend(suggestion(TagKind::Principle, &entry.id, own, None));
    }
    let mut themes: Vec<Suggestion> = Vec::new();
    for (index, entry) in vocabulary.themes().iter().enumerate() {
        let answers = vocabulary
            .questions()
            .iter()
            .enumerate()
            .filter(|(_, question)| question.themes.contains(&entry.id))
            .filter_map(|(index, question)| answer(story, index, question))
            .max_by_key(|answer| answer.weight);
        let own = weigh(story, Topic::Theme(index as u32));
        themes.extend(suggestion(TagKind::Theme, &entry.id, own, answers.as_ref()));
    }
    let mut questions = questions(story, vocabulary, &themes);
    // The order of the vocabulary decides between equals.
    for kind in [&mut principles, &mut themes, &mut questions] {
        kind.sort_by_key(|suggestion| Reverse(suggestion.weight));
        // A user's wording of a known entry has the same id.
        let mut seen: Vec<&str> = Vec::new();
        kind.retain(|suggestion| {
            let first = !seen.contains(&suggestion.id);
            seen.push(suggestion.id);
            first
        });
    }
    principles.into_iter().chain(themes).chain(questions).collect()
}

fn suggestion<'v>(
    kind: TagKind,
    id: &'v str,
    own: Option<(usize, Span)>,
    answer: Option<&Answer>,
) -> Option<Suggestion<'v>> {
    let weight = 2 * own.map_or(0, |(weight, _)| weight) + answer.map_or(0, |answer| answer.weight);
    let reason = own.map(|(_, reason)| reason).or(answer.map(|answer| answer.reason))?;
    (weight >= LEAST).then_some(Suggestion { kind, id, weight, reason })
}

/// How much the cues of a topic speak for it, and which of them most.
fn weigh(story: &Story, topic: Topic) -> Option<(usize, Span)> {
    let title = story.title_cues.iter().map(|cue| (4, *cue));
    let parts = story.parts.iter().flat_map(|part| {
        let says_what = part.fills(PartKind::Situation) || part.fills(PartKind::Task);
        part.cues().map(move |cue| (if says_what { 2 } else { 1 }, cue))
    });
    let mut phrases: Vec<(usize, Cue)> = Vec::new();
    for (weight, cue) in title.chain(parts).filter(|(_, cue)| cue.topic == topic) {
        match phrases.iter_mut().find(|(_, known)| known.phrase == cue.phrase) {
            Some(known) if known.0 < weight => *known = (weight, cue),
            Some(_) => {}
            None => phrases.push((weight, cue)),
        }
    }
    let total = phrases.iter().map(|(weight, _)| weight).sum();
    // The first of the weightiest.
    let (_, reason) = phrases.iter().rev().max_by_key(|(weight, _)| *weight)?;
    Some((total, reason.span))
}

/// What a story says to a question.
struct Answer {
    /// How many phrases of how many items it holds.
    weight: usize,
    covered: usize,
    reason: Span,
}

fn answer(story: &Story, index: usize, question: &Question) -> Option<Answer> {
    let checklist = checklist::of(story, index, question);
    let reason = *checklist.covered.first()?.spans.first()?;
    let mut weight = 0;
    for item in 0..question.checklist.len() {
        let topic = Topic::item(index, item);
        let mut phrases: Vec<u32> =
            story.cues().filter(|cue| cue.topic == topic).map(|cue| cue.phrase).collect();
        phrases.sort_unstable();
        phrases.dedup();
        weight += phrases.len().min(MOST_PHRASES);
    }
    Some(Answer { weight, covered: checklist.covered.len(), reason })
}

/// Questions at least half of whose checklist the story addresses, and that ask about a suggested theme. One about no
/// theme must be addressed in full.
fn questions<'v>(story: &Story, vocabulary: &'v Vocabulary, themes: &[Suggestion]) -> Vec<Suggestion<'v>> {
    let mut found = Vec::new();
    for (index, question) in vocabulary.questions().iter().enumerate() {
        let Some(answer) = answer(story, index, question) else { continue };
        let theme = themes
            .iter()
            .filter(|theme| question.themes.iter().any(|id| id == theme.id))
            .max_by_key(|theme| theme.weight);
        let total = question.checklist.len();
        let (fits, weight) = match theme {
            Some(theme) => (answer.covered * 2 >= total, theme.weight),
            None => (question.themes.is_empty() && answer.covered == total, answer.weight + LEAST),
        };
        if fits {
            let weight = weight * answer.covered / total.max(1);
            let reason = theme.map_or(answer.reason, |theme| theme.reason);
            found.push(Suggestion { kind: TagKind::Question, id: &question.id, weight, reason });
        }
    }
    found
}
