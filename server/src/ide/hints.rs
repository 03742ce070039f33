//! Inlay hints: how long each story takes to tell, and how much of it goes to each part, at the end of its title; and
//! how much of what a question asks for the story addresses, at the end of the question's tag.

use starling_grammar::{Span, Story, Tag, TagKind, TagValue, TitleSource};

use super::place::touches;
use super::telling::share;
use super::{View, answer};
use crate::speech::{WORDS_PER_MINUTE, minutes, seconds};

/// A text that is shown in the line and is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where it is shown: the byte that it stands before.
    pub offset: usize,
    /// What is shown, without spaces around it.
    pub text: String,
    /// What it means, in one sentence.
    pub tooltip: String,
}

/// The hints in a span, in the order of the text.
#[must_use]
pub fn hints(view: &View, within: Span) -> Vec<Hint> {
    let context = view.context();
    let told: Vec<&Story> = context.told().filter(|story| story.words() > 0).collect();
    let mut hints = Vec::new();
    for (index, story) in told.iter().enumerate() {
        if touches(within, place_of_length(story)) {
            hints.push(length(view, story));
        }
        let next_to_it = [index.checked_sub(1).and_then(|before| told.get(before)), told.get(index + 1)];
        // Stories that share a tag stand side by side.
        let shared = |tag: &Tag| {
            next_to_it.into_iter().flatten().any(|other| other.tags.iter().any(|it| it.span == tag.span))
        };
        let own = story.tags.iter().filter(|tag| touches(within, tag.span.end) && !shared(tag));
        hints.extend(own.filter_map(|tag| answered(view, story, tag)));
    }
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// How much of the checklist of a tagged question the story addresses.
fn answered(view: &View, story: &Story, tag: &Tag) -> Option<Hint> {
    let (TagValue::Known { id, .. }, Some(TagKind::Question)) = (&tag.value, tag.kind) else { return None };
    let checklist = answer::to(view, story, id)?;
    let score = answer::score(&checklist);
    let tooltip =
        format!("The story addresses {score} things that interviewers look for{}.", answer::open(&checklist));
    Some(Hint { offset: tag.span.end, text: score, tooltip })
}

/// Where a story's length is shown.
fn place_of_length(story: &Story) -> usize {
    match (story.title.source, story.parts.first()) {
        // Such a title stands for the first label: the hint must not come between its words and its marks.
        (TitleSource::FileName, Some(first)) => first.label.whole.end,
        _ => story.title.span.end,
    }
}

fn length(view: &View, story: &Story) -> Hint {
    let letter = |story: &Story, index: usize| -> String {
        let kinds = story.parts[index].kinds.iter();
        kinds.filter_map(|kind| view.vocabulary().part(*kind)).map(|part| part.letter).collect()
    };
    let shares = (0..story.parts.len())
        .map(|index| format!("{} {} %", letter(story, index), share(story, &story.parts[index])));
    let words = story.words();
    Hint {
        offset: place_of_length(story),
        text: std::iter::once(minutes(seconds(words))).chain(shares).collect::<Vec<_>>().join(" · "),
        tooltip: format!(
            "{words} words take {} to tell at {WORDS_PER_MINUTE} words a minute; then the share of each part.",
            minutes(seconds(words))
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::hints;
    use crate::ide::testing::{Fixture, check_drawn};
    use starling_grammar::Span;

    #[track_caller]
    fn check(fixture: &str) {
        check_drawn(fixture, |view| {
            hints(view, Span::new(0, view.text().len()))
                .into_iter()
                .map(|hint| (Span::at(hint.offset), format!("^{}", hint.text)))
                .collect()
        });
    }

    #[test]
    fn stands_at_the_end_of_the_title() {
        check(
            "# Cache ##\n        ^0:05 · S 18 % · T 27 % · A 27 % · R 27 %\n\n**Situation:** Very stale.\n\n**Task:** It was mine.\n\n**Action:** I rebuilt it.\n\n**Result:** Misses fell 90%.\n",
        );
        check(
            "Situation: Very stale.\n           ^0:03 · S 29 % · A 43 % · R 29 %\nAction: I rebuilt it.\nResult: 90% fewer.\n",
        );
    }

    const ANSWER: &str = "

**Situation:** Checkout was down.

**Task:** I was on call.

**Action:** An alert paged me. I read the traces in Jaeger, and I rolled back.

**Result:** Errors fell from 9% to 1%.
";

    #[test]
    fn stands_at_each_known_question() {
        check(&format!(
            "# Night
        ^0:12 · S 11 % · T 15 % · A 52 % · R 22 %

**Questions:** production-outage, failure, dive-deep, \"When did you say no?\"
                                 ^3 of 5
                                          ^1 of 3{ANSWER}"
        ));
    }

    #[test]
    fn a_question_of_several_stories_has_none() {
        let fixture =
            Fixture::new(&format!("---\nquestions: [production-outage]\n---\n\n# A{ANSWER}\n# B{ANSWER}"));
        let found = hints(&fixture.view(), Span::new(0, fixture.text().len()));
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn only_those_in_the_span() {
        let fixture = Fixture::new(&format!("# A{ANSWER}\n# B\n\nQuestions: failure{ANSWER}"));
        let title = fixture.text().find("# B").expect("there");
        let found = hints(&fixture.view(), Span::new(title, title + 3));
        assert_eq!(found.iter().map(|hint| hint.offset).collect::<Vec<_>>(), [title + 3]);
    }

    #[test]
    fn templates_have_none() {
        check("# T\n\n**Situation:** TODO\n\n**Task:** TODO\n\n**Action:** TODO\n\n**Result:** TODO\n");
    }
}
