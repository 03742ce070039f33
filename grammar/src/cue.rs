//! Cues: phrases that show that a text speaks of something, in any inflection.
//!
//! Notation of a cue: words parted by spaces or hyphens; `a|b` for either word; `…` for up to four other words.
//! Articles and possessives may stand between. A cue that is denied (*we had no runbook*) does not count.

use std::ops::Range;

use crate::Span;
use crate::prose::{ENGLISH, Gap, Words, stem};
use crate::word_list::{WordMap, WordSet};

/// As many words may stand where a cue has `…`.
const FARTHEST: usize = 4;

/// As many articles and possessives may stand between two words besides: more are no English, and would be read again and
/// again.
const ARTICLES: usize = 4;

/// A denial reaches as many words.
const DENIED: usize = 4;

/// More of the same in one text show nothing more.
const MOST: u8 = 8;

/// What a cue points at: an index into a list of the vocabulary. There are many of them, so that they are small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// An item of the checklist of a question.
    Item {
        /// The question's index.
        question: u32,
        /// The item's index in its checklist.
        item: u32,
    },
    /// A theme.
    Theme(u32),
    /// A principle.
    Principle(u32),
    /// A technology whose name is an ordinary word or phrase.
    Technology(u32),
    /// What a question is after.
    Sense(u32),
}

impl Topic {
    /// The item with this index in the checklist of the question with this index.
    pub(crate) const fn item(question: usize, item: usize) -> Self {
        Self::Item { question: question as u32, item: item as u32 }
    }
}

/// A cue that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// What it points at.
    pub topic: Topic,
    /// The words of the text.
    pub span: Span,
    /// The phrase of the vocabulary: equal for the same cue found twice.
    pub phrase: u32,
}

/// All cues of a vocabulary, ready to be found: there are thousands of phrases, so that they lie one after the other in a
/// few lists instead of having some of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cues {
    /// The stems that occur in a cue, by whose numbers it is found.
    stems: WordSet,
    /// The words of all phrases.
    steps: Vec<Step>,
    /// What all phrases point at.
    topics: Vec<Topic>,
    /// In the order of the words that they begin with, the longest first. The last is none: it says where the lists end.
    phrases: Vec<Phrase>,
    /// Where the phrases that begin with a stem start, by its number, and at last how many phrases there are.
    by_first: Vec<u32>,
}

/// Where the words and the topics of a phrase start in the lists; they end where those of the next one start.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    steps: u32,
    topics: u32,
}

/// A word of a cue: twice the number of its stem, and one more if other words may stand before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Step(u32);

impl Step {
    const fn new(stem: u32, loose: bool) -> Self {
        Self(stem << 1 | loose as u32)
    }

    const fn stem(self) -> u32 {
        self.0 >> 1
    }

    const fn is_loose(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Cues {
    /// Prepares cues, each with what it points at.
    pub(crate) fn new<'c>(cues: impl Iterator<Item = (&'c str, Topic)>) -> Self {
        let mut all = Self::default();
        // The words of all phrases in one list, too: thousands of lists would leave as many holes in the memory.
        let mut steps: Vec<Step> = Vec::new();
        let mut entries: Vec<(Range<u32>, Topic)> = Vec::new();
        for (cue, topic) in cues {
            for phrase in all.expand(cue).iter().filter(|phrase| !phrase.is_empty()) {
                let start = steps.len() as u32;
                steps.extend(phrase);
                entries.push((start..steps.len() as u32, topic));
            }
        }
        let words = |place: &Range<u32>| &steps[place.start as usize..place.end as usize];
        entries.sort_unstable_by(|(one, topic), (other, other_topic)| {
            let (one, other) = (words(one), words(other));
            let longer = other.len().cmp(&one.len());
            one[0].cmp(&other[0]).then(longer).then_with(|| (one, topic).cmp(&(other, other_topic)))
        });
        entries.dedup_by(|(one, topic), (other, other_topic)| {
            words(one) == words(other) && topic == other_topic
        });
        for of_one in entries.chunk_by(|(one, _), (next, _)| words(one) == words(next)) {
            let words = words(&of_one[0].0);
            all.open_stems(words[0].stem());
            all.end_phrase();
            all.steps.extend(words);
            all.topics.extend(of_one.iter().map(|(_, topic)| *topic));
        }
        all.open_stems(all.stems.len() as u32);
        all.end_phrase();
        all.stems.shrink_to_fit();
        all.steps.shrink_to_fit();
        all.topics.shrink_to_fit();
        all.phrases.shrink_to_fit();
        all
    }

    /// The phrases that follow begin with this stem.
    fn open_stems(&mut self, stem: u32) {
        let phrases = self.phrases.len() as u32;
        self.by_first.resize((stem as usize + 1).max(self.by_first.len()), phrases);
    }

    /// The phrases so far are complete.
    fn end_phrase(&mut self) {
        self.phrases.push(Phrase { steps: self.steps.len() as u32, topics: self.topics.len() as u32 });
    }

    /// The phrases that a cue in its notation stands for.
    fn expand(&mut self, cue: &str) -> Vec<Vec<Step>> {
        let mut phrases: Vec<Vec<Step>> = vec![Vec::new()];
        let mut loose = false;
        for token in cue.split([' ', '-']).filter(|token| !token.is_empty()) {
            if token == "…" {
                loose = true;
                continue;
            }
            let steps: Vec<Step> = token.split('|').map(|word| Step::new(self.number(word), loose)).collect();
            phrases = phrases
                .iter()
                .flat_map(|phrase| steps.iter().map(move |step| [phrase.as_slice(), &[*step]].concat()))
                .collect();
            loose = false;
        }
        phrases
    }

    fn number(&mut self, word: &str) -> u32 {
        self.stems.insert(&stem(word)) as u32
    }

    /// The phrases that begin with a stem.
    fn beginning_with(&self, stem: u32) -> Range<usize> {
        let stem = stem as usize;
        self.by_first[stem] as usize..self.by_first[stem + 1] as usize
    }

    fn steps(&self, phrase: usize) -> &[Step] {
        &self.steps[self.phrases[phrase].steps as usize..self.phrases[phrase + 1].steps as usize]
    }

    fn topics(&self, phrase: usize) -> &[Topic] {
        &self.topics[self.phrases[phrase].topics as usize..self.phrases[phrase + 1].topics as usize]
    }

    /// The cues in a text, in its order; what is denied does not count.
    pub(crate) fn find(&self, words: &Words) -> Vec<Cue> {
        let numbers: Vec<Option<u32>> =
            (0..words.len()).map(|index| Some(self.stems.number(words.stem(index))? as u32)).collect();
        // Asked for again and again, by every phrase that may begin somewhere.
        let between: Vec<Between> = (0..words.len()).map(|index| Between::of(words.lower(index))).collect();
        let mut times: WordMap<u8, usize> = WordMap::default();
        let mut found = Vec::new();
        for (first, number) in numbers.iter().enumerate() {
            let Some(number) = number else { continue };
            for phrase in self.beginning_with(*number) {
                let Some(last) = self.end_of(phrase, words, &numbers, &between, first) else { continue };
                let times = times.entry(phrase).or_default();
                if *times == MOST || is_denied(words, first) {
                    continue;
                }
                *times += 1;
                let span = words.span(first, last);
                let cue = |topic: &Topic| Cue { topic: *topic, span, phrase: phrase as u32 };
                found.extend(self.topics(phrase).iter().map(cue));
            }
        }
        found
    }

    /// The last word of a phrase that begins at `first`, if all of it is there.
    fn end_of(
        &self,
        phrase: usize,
        words: &Words,
        numbers: &[Option<u32>],
        between: &[Between],
        first: usize,
    ) -> Option<usize> {
        let mut last = first;
        for step in &self.steps(phrase)[1..] {
            let far = if step.is_loose() { FARTHEST } else { 0 };
            let mut others = 0;
            let mut at = last + 1;
            loop {
                let gap = words.gap(at);
                if gap == Gap::Sentence || gap >= Gap::Comma && !step.is_loose() {
                    return None;
                }
                if numbers[at] == Some(step.stem()) {
                    break;
                }
                match between[at] {
                    Between::Negator => return None,
                    Between::Determiner => {}
                    Between::Other => others += 1,
                }
                if others > far || at - last > far + ARTICLES {
                    return None;
                }
                at += 1;
            }
            last = at;
        }
        Some(last)
    }
}

/// What a word is between two words of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// It turns the cue into its opposite.
    Negator,
    /// It may stand anywhere.
    Determiner,
    /// It may stand where words may be left out.
    Other,
}

impl Between {
    fn of(word: &str) -> Self {
        if ENGLISH.negation.negators.contains(word) {
            Self::Negator
        } else if ENGLISH.determiners.contains(word) {
            Self::Determiner
        } else {
            Self::Other
        }
    }
}

/// Whether the words before `first` deny what follows: *no*, *without*, *didn't*, in the same clause.
fn is_denied(words: &Words, first: usize) -> bool {
    let english = &ENGLISH.negation;
    let mut at = first;
    for _ in 0..DENIED {
        if words.gap(at) >= Gap::Comma || at == 0 {
            return false;
        }
        at -= 1;
        let word = words.lower(at);
        if english.negators.contains(word) || word.ends_with("n't") {
            return !english.restoring.contains(words.lower(at + 1));
        }
        if english.openers.contains(word) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Cues, Topic};
    use crate::prose::Words;

    #[track_caller]
    fn check(cue: &str, prose: &str, expected: &[&str]) {
        let cues = Cues::new([(cue, Topic::Theme(0))].into_iter());
        let found: Vec<&str> = cues.find(&Words::read(prose)).iter().map(|cue| cue.span.of(prose)).collect();
        assert_eq!(found, expected, "{cue} in {prose}");
    }

    #[test]
    fn any_inflection_is_found() {
        check(
            "write runbook",
            "I wrote the runbook, and now write runbooks.",
            &["wrote the runbook", "write runbooks"],
        );
        check("roll back", "We were rolling-back a release. Roll. Back.", &["rolling-back"]);
        check("post-mortem", "The post mortem and the post-mortems.", &["post mortem", "post-mortems"]);
        check(
            "add|build … alert",
            "I added two noisy alerts and built an alert.",
            &["added two noisy alerts", "built an alert"],
        );
        check("roll … back", "I rolled the whole release back.", &["rolled the whole release back"]);
        check("roll … back", "I rolled a very long and rather dull list of things back.", &[]);
    }

    #[test]
    fn what_is_denied_does_not_count() {
        check("runbook", "We had no runbook.", &[]);
        check("runbook", "There wasn't a runbook, so I wrote a runbook.", &["runbook"]);
        check("runbook", "It was not only the runbook.", &["runbook"]);
        check("no downtime", "It ran with no downtime.", &["no downtime"]);
        check("add … alert", "I added no alert.", &[]);
    }
}
