//! Highlights: every place in the file that names the principle, theme or question under the cursor, however it is
//! spelled (`Dive Deep`, `dive-deep`, a former name); for a story, its title and the tables and lists that mention it.

use starling_grammar::Span;

use super::View;
use super::naming::{self, Named};
use super::place::{self, Use, touches};

/// The uses of what is named at the byte at `offset` or right before it, in the order of the text; none where nothing is.
#[must_use]
pub fn highlights(view: &View, offset: usize) -> Vec<Span> {
    let tags = place::tags(view);
    let Some(here) = tags.iter().find(|tag| touches(tag.span, offset)) else {
        return story(view, offset);
    };
    let same = |tag: &&Use| match (here.id, tag.id) {
        (Some(here_id), Some(id)) => here_id == id && here.kind == tag.kind,
        // What no set knows is the same when it is written the same.
        (None, None) => tag.span.of(view.text()).eq_ignore_ascii_case(here.span.of(view.text())),
        _ => false,
    };
    tags.iter().filter(same).map(|tag| tag.span).collect()
}

/// The places that name the stories named there, if these have more than one.
fn story(view: &View, offset: usize) -> Vec<Span> {
    let Some(file) = view.bank else { return Vec::new() };
    let Some((_, Named::Stories(stories))) = naming::named_at(view, file, offset) else { return Vec::new() };
    let titles = stories.iter().filter(|story| *story.path == *file.path);
    let titles = titles.filter_map(|story| naming::title(view, story.index));
    let mut spans: Vec<Span> =
        titles.chain(naming::uses(view, file, &Named::Stories(stories.clone()))).collect();
    spans.sort();
    spans.dedup();
    if spans.len() > 1 { spans } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::highlights;
    use crate::bank::testing::bank;
    use crate::ide::InBank;
    use crate::ide::testing::check_drawn;

    const STORY: &str = "**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% d\n";

    #[track_caller]
    fn check(at: &str, fixture: &str) {
        check_drawn(fixture, |view| {
            let bank = bank(&[("a.md", view.text())]);
            let file = InBank { bank: &bank, path: std::path::Path::new("a.md") };
            let view = crate::ide::View { bank: Some(file), ..*view };
            let offset = view.text().find(at).expect("the word is there");
            highlights(&view, offset).into_iter().map(|span| (span, String::new())).collect()
        });
    }

    #[test]
    fn a_title_and_its_mentions() {
        let fixture =
            format!("# One\n  ^^^\n\n{STORY}\n| Question | Story |\n|---|---|\n| a | One |\n      ^^^\n");
        check("One", &fixture);
        check("One |", &fixture);
    }

    #[test]
    fn all_spellings_are_found() {
        let fixture = format!(
            "---\nprinciples: [dive-deep]\n             ^^^^^^^^^\n---\n\n# One (Dive Deep / Ownership)\n       ^^^^^^^^^\n\nLPs: DIVE DEEP, Frugality\n     ^^^^^^^^^\n\n{STORY}"
        );
        check("DIVE", &fixture);
    }

    #[test]
    fn unknown_values_and_other_words() {
        let fixture = format!("# One\n\nPrinciples: Ownership, Grit\n                       ^^^^\n\n{STORY}");
        check("Grit", &fixture);
        check("One", &format!("# One\n\nPrinciples: Ownership\n\n{STORY}"));
    }
}
