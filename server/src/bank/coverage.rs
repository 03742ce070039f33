//! What a bank covers: stories against themes, principles and questions.

use std::cmp::Reverse;

use starling_grammar::{PartKind, TagKind, Vocabulary};

use super::index::{Bank, StoryRef, shown};
use super::summary::{CoveredItem, StorySummary};
use super::{QUESTIONS_PER_STORY, TARGET};
use crate::speech;

/// What a bank covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The told stories, by path and place; all other lists hold indices of this one.
    pub stories: Vec<StoryLine>,
    /// Every theme of the vocabulary.
    pub themes: Vec<TagLine>,
    /// Every principle of the vocabulary.
    pub principles: Vec<TagLine>,
    /// Every question of the vocabulary.
    pub questions: Vec<QuestionLine>,
    /// What is missing, themes first.
    pub gaps: Vec<Gap>,
    /// Spoken time of all stories, in seconds.
    pub seconds: usize,
}

/// A story of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryLine {
    /// Where it is.
    pub story: StoryRef,
    /// Its file as people are shown it: the path in the bank, unless somebody knows a better one.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The line of its title, from 1.
    pub line: usize,
    /// Spoken time, in seconds.
    pub seconds: usize,
    /// How many known questions it answers.
    pub questions: usize,
}

/// A theme or principle with its stories.
#[derive(Clone, Debug, PartialEq)]
pub struct TagLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The stories mapped to it.
    pub stories: Vec<usize>,
}

/// A question with its stories.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionLine {
    /// Its id.
    pub id: String,
    /// Its wording.
    pub text: String,
    /// The stories mapped to it, the one that addresses most of the checklist first.
    pub stories: Vec<Answer>,
    /// Stories that are not mapped to it, but share a theme with it and address at least half of its checklist.
    pub candidates: Vec<Answer>,
}

/// A story as the answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The story.
    pub story: usize,
    /// Ids of the items of the checklist that it addresses.
    pub covered: Vec<String>,
    /// Ids of those that it does not.
    pub gaps: Vec<String>,
}

/// Something that a bank lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A theme without a story.
    Theme {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// A question without a story.
    Question {
        /// Its id.
        id: String,
        /// Its wording.
        text: String,
    },
    /// The bank has fewer stories than it should.
    FewStories {
        /// How many it has.
        has: usize,
    },
}

impl Gap {
    /// The gap in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Theme { name, .. } => format!("No story for the theme “{name}”."),
            Self::Question { text, .. } => format!("No story for “{text}”."),
            Self::FewStories { has } => {
                let stories = if *has == 1 { "story" } else { "stories" };
                format!("{has} {stories}; a bank should have {} to {}.", TARGET.start(), TARGET.end())
            }
        }
    }
}

impl StoryLine {
    /// Its place: `path#line`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}#{}", self.path, self.line)
    }

    /// Whether it answers fewer or more questions than a story should.
    #[must_use]
    pub fn misused(&self) -> bool {
        !QUESTIONS_PER_STORY.contains(&self.questions)
    }
}

/// The coverage of a bank that was read with this vocabulary.
#[must_use]
pub fn coverage(bank: &Bank, vocabulary: &Vocabulary) -> Coverage {
    let all: Vec<(StoryRef, &StorySummary)> = bank.stories().collect();
    let themes = tag_lines(&all, vocabulary, TagKind::Theme);
    let principles = tag_lines(&all, vocabulary, TagKind::Principle);
    let questions: Vec<QuestionLine> =
        (0..vocabulary.questions().len()).map(|index| question_line(&all, index, vocabulary)).collect();
    let stories: Vec<StoryLine> = all.iter().map(|(story_ref, story)| story_line(story_ref, story)).collect();
    Coverage {
        gaps: gaps(&themes, &questions, stories.len()),
        seconds: stories.iter().map(|story| story.seconds).sum(),
        stories,
        themes,
        principles,
        questions,
    }
}

fn story_line(story_ref: &StoryRef, story: &StorySummary) -> StoryLine {
    StoryLine {
        story: story_ref.clone(),
        path: shown(&story_ref.path),
        title: story.name().to_owned(),
        line: story.line,
        seconds: speech::seconds(story.words()),
        questions: story.ids(TagKind::Question).count(),
    }
}

fn tag_lines(all: &[(StoryRef, &StorySummary)], vocabulary: &Vocabulary, kind: TagKind) -> Vec<TagLine> {
    let line = |(id, name): (&str, &str)| TagLine {
        id: id.to_owned(),
        name: name.to_owned(),
        stories: (0..all.len()).filter(|at| all[*at].1.has(kind, id)).collect(),
    };
    vocabulary.names(kind).into_iter().map(line).collect()
}

fn question_line(all: &[(StoryRef, &StorySummary)], index: usize, vocabulary: &Vocabulary) -> QuestionLine {
    let question = &vocabulary.questions()[index];
    let mut stories = Vec::new();
    let mut candidates = Vec::new();
    for (at, (_, story)) in all.iter().enumerate() {
        let answer = answer(at, story, index, vocabulary);
        if story.has(TagKind::Question, &question.id) {
            stories.push(answer);
        } else if fits(story, &answer, question) {
            candidates.push(answer);
        }
    }
    // The order of the bank decides between equals.
    for answers in [&mut stories, &mut candidates] {
        answers.sort_by_key(|answer| Reverse((answer.covered.len(), has_result(all[answer.story].1))));
    }
    QuestionLine { id: question.id.clone(), text: question.text.clone(), stories, candidates }
}

/// A story held against the checklist of a question.
pub(super) fn answer(at: usize, story: &StorySummary, question: usize, vocabulary: &Vocabulary) -> Answer {
    let addressed: Vec<usize> = story.covered(question).map(CoveredItem::item).collect();
    let items = vocabulary.questions()[question].checklist.iter().enumerate();
    let (covered, gaps): (Vec<_>, Vec<_>) = items.partition(|(item, _)| addressed.contains(item));
    let ids = |items: Vec<(usize, &starling_grammar::ChecklistItem)>| {
        items.into_iter().map(|(_, item)| item.id.clone()).collect()
    };
    Answer { story: at, covered: ids(covered), gaps: ids(gaps) }
}

fn fits(story: &StorySummary, answer: &Answer, question: &starling_grammar::Question) -> bool {
    let shares_theme = question.themes.iter().any(|theme| story.has(TagKind::Theme, theme));
    shares_theme && !answer.covered.is_empty() && answer.covered.len() >= answer.gaps.len()
}

fn has_result(story: &StorySummary) -> bool {
    story.part(PartKind::Result).is_some_and(|part| part.told)
}

fn gaps(themes: &[TagLine], questions: &[QuestionLine], stories: usize) -> Vec<Gap> {
    let without_story = themes.iter().filter(|theme| theme.stories.is_empty());
    let mut gaps: Vec<Gap> =
        without_story.map(|theme| Gap::Theme { id: theme.id.clone(), name: theme.name.clone() }).collect();
    let without_story = questions.iter().filter(|question| question.stories.is_empty());
    gaps.extend(
        without_story.map(|question| Gap::Question { id: question.id.clone(), text: question.text.clone() }),
    );
    if stories < *TARGET.start() {
        gaps.push(Gap::FewStories { has: stories });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use starling_grammar::Vocabulary;

    use super::{Gap, StoryLine, coverage};
    use crate::bank::testing::{STORY, bank};

    #[test]
    fn stories_stand_against_what_they_are_mapped_to() {
        let rich = STORY.replace("# Checkout outage", "# Rich").replace(
            "Errors went",
            "I traced it to a leak, restored the service with a rollback, and wrote a runbook. Errors went",
        );
        let scaling = STORY
            .replace("[production-incident]", "[production-incident, scaling]")
            .replace("questions: [production-outage]\n", "");
        let bank = bank(&[("a.md", STORY), ("b.md", &rich), ("c.md", &scaling)]);
        let coverage = coverage(&bank, Vocabulary::builtin());
        let theme =
            |id: &str| coverage.themes.iter().find(|theme| theme.id == id).map(|theme| theme.stories.clone());
        assert_eq!(theme("production-incident"), Some(vec![0, 1, 2]));
        assert_eq!(theme("scaling"), Some(vec![2]));
        let outage = &coverage.questions[0];
        let order: Vec<usize> = outage.stories.iter().map(|answer| answer.story).collect();
        assert_eq!((outage.id.as_str(), order), ("production-outage", vec![1, 0]), "{outage:#?}");
        assert!(outage.candidates.iter().any(|answer| answer.story == 2), "{outage:#?}");
        assert_eq!(coverage.stories[0].questions, 1);
        assert!(coverage.stories.iter().all(StoryLine::misused));
        assert!(coverage.gaps.contains(&Gap::FewStories { has: 3 }));
        assert!(coverage.gaps.iter().any(|gap| matches!(gap, Gap::Theme { id, .. } if id == "mentoring")));
        assert!(coverage.gaps.iter().any(|gap| matches!(gap, Gap::Question { id, .. } if id == "failure")));
    }
}
