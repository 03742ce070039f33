//! Principles, themes and questions that the text of a story suggests.

use std::cmp::Reverse;

use crate::{PartKind, Span, Story, TagKind, Topic, Vocabulary, checklist};

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
const LEAST: usize = 3;

/// The tags that a story suggests, best first within each kind: themes, principles, then questions.
#[must_use]
pub fn suggestions<'v>(story: &Story, vocabulary: &'v Vocabulary) -> Vec<Suggestion<'v>> {
    let themes = vocabulary.themes().iter().enumerate();
    let mut themes: Vec<Suggestion> = themes
        .filter_map(|(index, entry)| suggestion(story, Topic::Theme(index), TagKind::Theme, &entry.id))
        .collect();
    let principles = vocabulary.principles().iter().enumerate();
    let mut principles: Vec<Suggestion> = principles
        .filter_map(|(index, entry)| {
            suggestion(story, Topic::Principle(index), TagKind::Principle, &entry.id)
        })
        .collect();
    let mut questions = questions(story, vocabulary, &themes);
    // The order of the vocabulary decides between equals.
    for kind in [&mut themes, &mut principles, &mut questions] {
        kind.sort_by_key(|suggestion| Reverse(suggestion.weight));
    }
    themes.into_iter().chain(principles).chain(questions).collect()
}

fn suggestion<'v>(story: &Story, topic: Topic, kind: TagKind, id: &'v str) -> Option<Suggestion<'v>> {
    let (weight, reason) = weigh(story, topic)?;
    (weight >= LEAST).then_some(Suggestion { kind, id, weight, reason })
}

/// How much speaks for a topic, and what most: each phrase once, more in the title and where a story says what it is
/// about.
fn weigh(story: &Story, topic: Topic) -> Option<(usize, Span)> {
    let title = story.title_cues.iter().map(|cue| (4, cue));
    let parts = story.parts.iter().flat_map(|part| {
        let weight =
            if part.fills(PartKind::Situation) || part.fills(PartKind::Task) { 2 } else { 1 };
        part.cues.iter().map(move |cue| (weight, cue))
    });
    let mut phrases: Vec<(usize, usize, Span)> = Vec::new();
    for (weight, cue) in title.chain(parts).filter(|(_, cue)| cue.topic == topic) {
        match phrases.iter_mut().find(|(phrase, ..)| *phrase == cue.phrase) {
            Some(known) if known.1 < weight => *known = (cue.phrase, weight, cue.span),
            Some(_) => {}
            None => phrases.push((cue.phrase, weight, cue.span)),
        }
    }
    let total = phrases.iter().map(|(_, weight, _)| weight).sum();
    let (_, _, reason) = phrases.into_iter().rev().max_by_key(|(_, weight, _)| *weight)?;
    Some((total, reason))
}

/// Questions that the story answers: those of a suggested theme, or of none, most of whose checklist it addresses.
fn questions<'v>(story: &Story, vocabulary: &'v Vocabulary, themes: &[Suggestion]) -> Vec<Suggestion<'v>> {
    let mut found = Vec::new();
    for (index, question) in vocabulary.questions().iter().enumerate() {
        let checklist = checklist::of(story, index, question);
        let Some(reason) = checklist.covered.first().and_then(|covered| covered.spans.first()) else { continue };
        let total = question.checklist.len();
        let covered = checklist.covered.len();
        let theme = themes.iter().filter(|theme| question.themes.iter().any(|id| id == theme.id));
        let theme = theme.max_by_key(|theme| theme.weight);
        let fits = if question.themes.is_empty() { covered == total } else { covered * 2 >= total && theme.is_some() };
        if fits {
            let weight = 4 * theme.map_or(LEAST, |theme| theme.weight) * covered / total.max(1);
            let reason = theme.map_or(*reason, |theme| theme.reason);
            found.push(Suggestion { kind: TagKind::Question, id: &question.id, weight, reason });
        }
    }
    found
}
