//! What interviewers look for in the answer to a question, and which of it a story addresses.

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
    let questions = vocabulary.questions();
    // A user's wording of a known question comes later, and may bring no checklist.
    let asks = |entry: &Question| entry.id == question && !entry.checklist.is_empty();
    let Some(index) = questions.iter().rposition(asks) else { return Checklist::default() };
    of(story, index, &questions[index])
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
