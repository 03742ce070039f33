//! What interviewers look for in the answer to a question, and which of it a story addresses.

use std::collections::HashMap;

use crate::{ChecklistItem, Part, Question, Span, Story, Topic, Vocabulary};

/// What a story says to a question.
#[derive(Clone, Debug, Default)]
pub struct Checklist<'v> {
    /// The items that the story addresses, in the order of the checklist.
    pub covered: Vec<Covered<'v>>,
    /// The items that it does not.
    pub gaps: Vec<&'v ChecklistItem>,
}

/// An item that a story addresses.
#[derive(Clone, Debug)]
pub struct Covered<'v> {
    /// The item.
    pub item: &'v ChecklistItem,
    /// The phrases that show it, in the order of the text.
    pub spans: Vec<Span>,
}

impl Checklist<'_> {
    /// Whether there is a checklist, and the story addresses all of it.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.gaps.is_empty() && !self.covered.is_empty()
    }
}

/// Holds a story against the checklist of a question.
#[must_use]
pub fn checklist<'v>(story: &Story, question: &str, vocabulary: &'v Vocabulary) -> Checklist<'v> {
    let asked = with_checklist(vocabulary).filter(|(_, entry)| entry.id == question).last();
    asked.map_or_else(Checklist::default, |(index, entry)| of(story, index, entry))
}

/// The questions with a checklist. A user's wording of a known question comes later, and may bring none.
fn with_checklist(vocabulary: &Vocabulary) -> impl Iterator<Item = (usize, &Question)> {
    vocabulary.questions().iter().enumerate().filter(|(_, entry)| !entry.checklist.is_empty())
}

/// The items that a story addresses of every checklist: the index of the question, that of the item, and the first phrase
/// that shows it. Of a question that a user has worded anew, the new checklist counts.
#[must_use]
pub fn covered(story: &Story, vocabulary: &Vocabulary) -> Vec<(usize, usize, Span)> {
    let mut first: HashMap<Topic, Span> = HashMap::new();
    for cue in story.parts.iter().flat_map(Part::cues) {
        first.entry(cue.topic).or_insert(cue.span);
    }
    let counts: HashMap<&str, (usize, &Question)> =
        with_checklist(vocabulary).map(|(index, entry)| (entry.id.as_str(), (index, entry))).collect();
    let mut covered = Vec::new();
    for (index, question) in with_checklist(vocabulary) {
        let (asked, entry) = counts[question.id.as_str()];
        for (item, named) in question.checklist.iter().enumerate() {
            let mut same = entry.checklist.iter().enumerate().filter(|(_, other)| other.id == named.id);
            let span = same.find_map(|(same, _)| first.get(&Topic::item(asked, same)));
            covered.extend(span.map(|span| (index, item, *span)));
        }
    }
    covered
}

/// Holds a story against the checklist of the question with this index.
pub(crate) fn of<'v>(story: &Story, index: usize, question: &'v Question) -> Checklist<'v> {
    let mut checklist = Checklist::default();
    for (item, entry) in question.checklist.iter().enumerate() {
        let topic = Topic::item(index, item);
        let cues = story.parts.iter().flat_map(Part::cues);
        let spans: Vec<Span> = cues.filter(|cue| cue.topic == topic).map(|cue| cue.span).collect();
        if spans.is_empty() {
            checklist.gaps.push(entry);
        } else {
            checklist.covered.push(Covered { item: entry, spans });
        }
    }
    checklist
}

#[cfg(test)]
mod tests {
    use super::{checklist, covered};
    use crate::{Document, Origin, Vocabulary};

    #[test]
    fn what_is_covered_of_all_is_what_is_covered_of_each() {
        let text = "# The outage\n\n**Situation:** Kafka was down.\n\n**Task:** I was on call.\n\n\
                    **Action:** I rolled back, told support, and wrote a runbook.\n\n**Result:** c\n";
        let vocabulary = Vocabulary::builtin();
        let document = Document::read(text.into(), &Origin::default(), vocabulary);
        let story = &document.stories[0];
        let all = covered(story, vocabulary);
        assert!(!all.is_empty());
        for (index, question) in vocabulary.questions().iter().enumerate() {
            let of_one = checklist(story, &question.id, vocabulary).covered;
            let of_one = of_one.iter().map(|covered| (covered.item.id.as_str(), covered.spans[0]));
            let of_all = all.iter().filter(|(asked, ..)| *asked == index);
            let of_all = of_all.map(|(_, item, first)| (question.checklist[*item].id.as_str(), *first));
            assert!(of_one.eq(of_all), "{}", question.id);
        }
    }
}
