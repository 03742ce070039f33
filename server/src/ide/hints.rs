//! Inlay hints: how long each story takes to tell, and how much of it goes to each part, at the end of its title.

use starling_grammar::{Story, TitleSource};

use super::View;
use super::hover::share;
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

/// The hints of all stories that have been told, in the order of the text.
#[must_use]
pub fn hints(view: &View) -> Vec<Hint> {
    view.context().told().filter(|story| story.words() > 0).map(|story| hint(view, story)).collect()
}

fn hint(view: &View, story: &Story) -> Hint {
    let letter = |story: &Story, index: usize| -> String {
        let kinds = story.parts[index].kinds.iter();
        kinds.filter_map(|kind| view.vocabulary().part(*kind)).map(|part| part.letter).collect()
    };
    let shares = (0..story.parts.len())
        .map(|index| format!("{} {} %", letter(story, index), share(story, &story.parts[index])));
    let words = story.words();
    let offset = match (story.title.source, story.parts.first()) {
        // Such a title stands for the first label: the hint must not come between its words and its marks.
        (TitleSource::FileName, Some(first)) => first.label.whole.end,
        _ => story.title.span.end,
    };
    Hint {
        offset,
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
    use crate::ide::testing::check_drawn;
    use starling_grammar::Span;

    #[track_caller]
    fn check(fixture: &str) {
        check_drawn(fixture, |view| {
            hints(view).into_iter().map(|hint| (Span::at(hint.offset), format!("^{}", hint.text))).collect()
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

    #[test]
    fn templates_have_none() {
        check("# T\n\n**Situation:** TODO\n\n**Task:** TODO\n\n**Action:** TODO\n\n**Result:** TODO\n");
    }
}
