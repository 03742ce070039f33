//! Completion in a Result without a number: phrases with places for the numbers.

use starling_grammar::{Content, PartKind, Span};

use super::{Completion, CompletionKind, matching};
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::place;
use crate::rules::unquantified_result::unquantified;

/// A phrase, and the words by which it is found.
struct Phrase {
    text: &'static str,
    /// Words that begin like what one would type, parted by spaces.
    words: &'static str,
}

const PHRASES: [Phrase; 5] = [
    Phrase { text: "from […] to […] within […]", words: "from to within" },
    Phrase { text: "by […]%, from […] to […]", words: "by percent" },
    Phrase { text: "[…]% fewer […] a month", words: "fewer less percent" },
    Phrase { text: "saved […] hours a week", words: "saved hours" },
    Phrase { text: "[…] times as many […]", words: "times more" },
];

const PLACEHOLDER: &str = "[…]";

/// The phrases that fit at a place of a Result that has no number yet.
pub(super) fn complete(view: &View, offset: usize) -> Vec<Completion> {
    let text = view.text();
    let typed = text[..offset].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let start = offset - typed.len();
    let at_boundary = !text[offset..].starts_with(char::is_alphanumeric);
    if !at_boundary || !in_unquantified_result(view, start) {
        return Vec::new();
    }
    let fitting = PHRASES.iter().filter_map(|phrase| {
        let (fit, filter) = matching::fit(typed, [phrase.words])?;
        Some((fit, completion(phrase, Span::new(start, offset), filter)))
    });
    let mut fitting: Vec<_> = fitting.collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    fitting.into_iter().map(|(_, completion)| completion).collect()
}

/// Whether a place lies in the text of a Result that has no number, or behind the label of an empty one.
fn in_unquantified_result(view: &View, at: usize) -> bool {
    let text = view.text();
    view.document().stories.iter().any(|story| {
        let silent = unquantified(story);
        let mut results = story.parts.iter().filter(|part| part.fills(PartKind::Result));
        results.any(|part| {
            let body = part.body;
            let spaces = text[body.end..].len() - text[body.end..].trim_start_matches([' ', '\t']).len();
            let inside = body.start <= at && at <= body.end + spaces;
            match part.content() {
                Content::Empty => place::touches(
                    Span::new(part.label.whole.end, part.label.whole.end.max(body.end) + spaces),
                    at,
                ),
                _ => inside && silent.iter().any(|it| it.body == body),
            }
        })
    })
}

fn completion(phrase: &Phrase, span: Span, filter: String) -> Completion {
    let stops = phrase.text.match_indices(PLACEHOLDER);
    Completion {
        label: phrase.text.replace(PLACEHOLDER, "…"),
        detail: None,
        kind: CompletionKind::Metric,
        filter,
        edit: Edit::replace(span, phrase.text),
        stops: stops.map(|(at, _)| Span::new(at, at + PLACEHOLDER.len())).collect(),
        also: Vec::new(),
        page: None,
        uses: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ide::completion::testing::{all, check, check_edit};
    use crate::ide::testing::Fixture;

    const STORY: &str = "# C\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** ";

    #[test]
    fn phrases_are_found_by_their_words() {
        check(&format!("{STORY}It was faster, fr$0"), &["from … to … within …"]);
        check(&format!("{STORY}The pages were b$0 now.\n"), &["by …%, from … to …"]);
        check(&format!("{STORY}There were percent$0"), &["by …%, from … to …", "…% fewer … a month"]);
        check_edit(
            &format!("{STORY}It fell fr$0.\n"),
            "from … to … within …",
            &format!("{STORY}It fell from […] to […] within […].\n"),
        );
    }

    #[test]
    fn every_number_is_a_place() {
        let fixture = Fixture::new(&format!("{STORY}It got faster $0"));
        let found = all(&fixture);
        assert_eq!(found.len(), 5);
        for completion in found {
            assert!(!completion.stops.is_empty());
            assert!(completion.stops.iter().all(|stop| stop.of(&completion.edit.text) == "[…]"));
        }
    }

    #[test]
    fn numbers_end_it() {
        check(&format!("{STORY}It fell 20%, fr$0"), &[]);
        check(&format!("{STORY}It fell from$0ward"), &[]);
        check("# C\n\n**Situation:** fr$0\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d\n", &[]);
    }

    #[test]
    fn an_empty_result_can_be_begun() {
        assert_eq!(all(&Fixture::new(&format!("{STORY}$0"))).len(), 5);
        assert_eq!(all(&Fixture::new(&format!("{STORY}$0\n"))).len(), 5);
    }
}
