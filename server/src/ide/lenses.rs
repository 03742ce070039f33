//! Lenses: above the title of a story, what the bank uses it for.

use starling_grammar::{Span, TagKind};

use super::naming::{self, InBank};
use super::{View, naming::titles};
use crate::bank::StoryRef;

/// A line above a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The title of the story.
    pub span: Span,
    /// What is shown.
    pub text: String,
}

/// For each story that is mentioned elsewhere or answers a question: how many places mention it, and how many questions it
/// answers.
#[must_use]
pub fn lenses(view: &View, file: InBank<'_>) -> Vec<Lens> {
    let lens = |(index, span): (usize, Span)| {
        let story = StoryRef { path: file.path.into(), index };
        let questions = view.document().stories[index].known_tags(TagKind::Question).len();
        let said = [
            counted(questions, "answers", "question", "questions"),
            counted(naming::count(file.bank, &story), "mentioned in", "place", "places"),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| Lens { span, text: said.join(" · ") })
    };
    titles(view).filter_map(lens).collect()
}

fn counted(number: usize, what: &str, one: &str, many: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("{what} 1 {one}")),
        number => Some(format!("{what} {number} {many}")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::lenses;
    use crate::bank::testing::{STORY, bank};
    use crate::ide::InBank;
    use crate::ide::testing::Fixture;

    #[test]
    fn a_story_says_what_it_is_used_for() {
        let map = "| Question | Story |\n|---|---|\n| a | Checkout outage |\n| b | [it](a.md) |\n";
        let check = |text: &str, map: &str, expected: &[&str]| {
            let fixture = Fixture::new(text);
            let bank = bank(&[("a.md", text), ("map.md", map)]);
            let found = lenses(&fixture.view(), InBank { bank: &bank, path: Path::new("a.md") });
            let found: Vec<&str> = found.iter().map(|lens| lens.text.as_str()).collect();
            assert_eq!(found, expected);
        };
        let tagged = format!("{STORY}\nQuestions: failure, ambiguity\n");
        check(&tagged, map, &["answers 3 questions · mentioned in 2 places"]);
        check(STORY, map, &["answers 1 question · mentioned in 2 places"]);
        check(STORY, "", &["answers 1 question"]);
        check("# Shopping\n\n- milk\n", map, &[]);
    }
}
