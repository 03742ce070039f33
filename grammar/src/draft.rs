//! Which part of a story each sentence of a draft tells: of a story without labels.
//!
//! Each sentence is weighed for each part by itself, by who acts in it, what it measures and what it says in so many words;
//! then the sentences are cut where parts in their usual order weigh most together.

use std::sync::LazyLock;

use crate::prose::{ENGLISH, Words, stem};
use crate::{Duty, PartKind, Span, metric, voice};

/// Phrases as the stems of their words.
static PHRASES: LazyLock<[(PartKind, Vec<Vec<String>>); 3]> = LazyLock::new(|| {
    let words = &ENGLISH.draft;
    let stems =
        |phrases: &[String]| phrases.iter().map(|phrase| phrase.split(' ').map(stem).collect()).collect();
    [
        (PartKind::Task, stems(&words.task)),
        (PartKind::Result, stems(&words.result)),
        (PartKind::Reflection, stems(&words.reflection)),
    ]
});

/// Weights of a sentence, in the order of [`PartKind::ALL`].
type Weights = [i32; PartKind::ALL.len()];

/// The sentences of a text, as [`crate::Document::prose`] gives it, each with the part that it most likely tells. Parts
/// are in their usual order, though some may be missing.
#[must_use]
pub fn draft(prose: &str) -> Vec<(PartKind, Span)> {
    let words = Words::read(prose);
    let mut sentences = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let end = (first + 1..words.len()).find(|at| words.opens_sentence(*at)).unwrap_or(words.len());
        sentences.push((first, end));
        first = end;
    }
    let last = sentences.len().saturating_sub(1).max(1);
    let place = |index: usize| index * 100 / last;
    let weights = sentences.iter().enumerate().map(|(at, sentence)| weigh(&words, *sentence, place(at)));
    let weights: Vec<Weights> = weights.collect();
    let starts = sentences.iter().map(|(first, _)| words.all[*first].span.start);
    let ends = starts.clone().skip(1).chain(std::iter::once(prose.len()));
    let spans = starts.zip(ends).map(|(start, end)| Span::new(start, end).trim(prose));
    cut(&weights).into_iter().zip(spans).collect()
}

/// What a sentence weighs that begins `place` hundredths of the way through the draft.
fn weigh(words: &Words, (first, end): (usize, usize), place: usize) -> Weights {
    let sentence = Span::new(words.all[first].span.start, words.all[end - 1].span.end).of(words.prose);
    let read = Words::read(sentence);
    let acting = voice::read(&read);
    let quantities = metric::read(sentence);
    let says = |kind: PartKind| {
        let phrases = PHRASES.iter().filter(|(of, _)| *of == kind).flat_map(|(_, phrases)| phrases);
        has(phrases.into_iter().any(|phrase| (first..end).any(|at| holds(words, at, phrase))))
    };
    let [task, result, reflection] = [PartKind::Task, PartKind::Result, PartKind::Reflection].map(says);
    let stands = has(acting.i.iter().any(|pronoun| is_state(&read, pronoun.start)));
    let alone = has(!acting.i.is_empty()) * (1 - stands);
    let together = has(!acting.we.is_empty());
    let nobody = 1 - alone.max(together).max(stands);
    let measured = has(!quantities.metrics.is_empty());
    let improved = has(quantities.metrics.iter().any(|metric| metric.baseline));
    let steps = has(ENGLISH.draft.steps.contains(words.lower(first)));
    let scene = has(ENGLISH.draft.scene.contains(words.lower(first)));
    let within = |from: usize, to: usize| has((from..=to).contains(&place));
    [
        2 * nobody + scene - 3 * improved - 2 * alone + 3 * within(0, 0) + 2 * within(0, 25)
            - 4 * within(50, 100),
        5 * task + 4 * stands + has(voice::duty(&read) == Duty::Own) - measured + 3 * within(5, 35)
            - 4 * within(45, 100),
        4 * alone + 2 * together + 2 * steps - 3 * task - improved + 3 * within(30, 85),
        2 * measured + 2 * improved + 3 * result + nobody - steps - alone + 5 * within(90, 100)
            - 4 * within(0, 75),
        9 * reflection - 4,
    ]
}

fn has(condition: bool) -> i32 {
    i32::from(condition)
}

/// Whether the pronoun at `start` is, has or wants something, and does nothing.
fn is_state(words: &Words, start: usize) -> bool {
    let Some(at) = words.at(start) else { return false };
    let voice = &ENGLISH.voice;
    let verb = (at + 1..at + 4).find(|at| !voice.adverbs.contains(words.lower(*at)));
    words.lower(at).contains('\'') && words.lower(at) != "i'd"
        || verb.is_some_and(|at| {
            let word = words.lower(at);
            voice.being.contains(word) || voice.having.contains(word) || voice::is_state(words.stem(at))
        })
}

/// Whether a phrase begins with the word at `at`.
fn holds(words: &Words, at: usize, phrase: &[String]) -> bool {
    phrase.iter().enumerate().all(|(index, stem)| words.stem(at + index) == stem)
}

/// The part of each sentence such that parts never go back and weigh most together.
fn cut(weights: &[Weights]) -> Vec<PartKind> {
    const KINDS: usize = PartKind::ALL.len();
    // For each sentence and part, the most that the sentences so far can weigh, and the part of the one before.
    let mut best: Vec<[(i32, usize); KINDS]> = Vec::with_capacity(weights.len());
    for weight in weights {
        let mut row = [(i32::MIN, 0); KINDS];
        for kind in 0..KINDS {
            let before = best.last().map_or((0, kind), |last| {
                let earlier = (0..=kind).map(|from| (last[from].0, from));
                // Of equals the later, so that parts are as short as they can be at the beginning.
                earlier.max_by_key(|(sum, _)| *sum).unwrap_or((0, kind))
            });
            row[kind] = (before.0 + weight[kind], before.1);
        }
        best.push(row);
    }
    let mut kind = best
        .last()
        .map_or(0, |last| (0..KINDS).max_by_key(|kind| (last[*kind].0, KINDS - kind)).unwrap_or(0));
    let mut kinds = Vec::with_capacity(best.len());
    for row in best.iter().rev() {
        kinds.push(PartKind::ALL[kind]);
        kind = row[kind].1;
    }
    kinds.reverse();
    kinds
}

#[cfg(test)]
mod tests {
    use super::draft;
    use crate::PartKind::{Action, Reflection, Result, Situation, Task};

    #[test]
    fn sentences_are_told_apart() {
        let text = "In March our checkout failed for a third of all customers. I was responsible for bringing it back. \
                    I rolled the release back. Then I compared the query plans and added an index. \
                    The error rate fell from 33% to 0.1%. I learned to ask for the plan in every review.";
        let kinds: Vec<_> = draft(text).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Situation, Task, Action, Action, Result, Reflection]);
        let spans: String = draft(text).iter().map(|(_, span)| format!("{} ", span.of(text))).collect();
        assert_eq!(spans.trim(), text);
    }

    #[test]
    fn nothing_has_no_sentences() {
        assert!(draft("").is_empty() && draft(" \n ").is_empty());
    }
}
