//! Document symbols: the outline, a story for each entry and its parts under it.

use starling_grammar::{LabelStyle, Part, PartKind, Span, Story};

use super::View;
use super::place;
use crate::speech::{minutes, seconds};

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called; never empty.
    pub name: String,
    /// What is shown beside the name: spoken time and tags of a story, words of a part.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Where the cursor goes: the title or the label; inside of `span`.
    pub selection: Span,
    /// The parts of a story, in the order of the text.
    pub children: Vec<Symbol>,
}

/// What an entry of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A story that has been told.
    Story,
    /// A story that is all placeholders.
    Template,
    /// A part; of a combined label the first.
    Part(PartKind),
}

/// The stories of a document with their parts.
#[must_use]
pub fn symbols(view: &View) -> Vec<Symbol> {
    view.document().stories.iter().map(|story| of_story(view, story)).collect()
}

fn of_story(view: &View, story: &Story) -> Symbol {
    let title = story.title.text.trim();
    let detail = if story.template {
        "template".to_owned()
    } else {
        let ids = [starling_grammar::TagKind::Principle, starling_grammar::TagKind::Theme]
            .into_iter()
            .flat_map(|kind| story.known_tags(kind));
        std::iter::once(minutes(seconds(story.words())))
            .chain(ids.map(ToOwned::to_owned))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    Symbol {
        name: if title.is_empty() { "Story".to_owned() } else { title.to_owned() },
        detail,
        kind: if story.template { SymbolKind::Template } else { SymbolKind::Story },
        span: story.span.cover(story.title.span),
        selection: story.title.span,
        children: story.parts.iter().filter_map(|part| of_part(view, part)).collect(),
    }
}

fn of_part(view: &View, part: &Part) -> Option<Symbol> {
    let kind = *part.kinds.first()?;
    let noun = if part.words() == 1 { "word" } else { "words" };
    let names: Vec<&str> = part.kinds.iter().map(|kind| kind.name()).collect();
    let written = part.label.span.of(view.text());
    // A letter says little in an outline, and the label of a column stands elsewhere.
    let unnamed = written.chars().count() == 1 || part.label.style == LabelStyle::TableColumn;
    let name = if unnamed { names.join(" & ") } else { plain(written) };
    let span = place::extent(part).cover(part.label.span);
    Some(Symbol {
        name,
        detail: format!("{} {noun}", part.words()),
        kind: SymbolKind::Part(kind),
        span,
        selection: part.label.span,
        children: Vec::new(),
    })
}

/// A label without the marks inside it.
fn plain(label: &str) -> String {
    label.replace(['*', '_'], "")
}

#[cfg(test)]
mod tests {
    use super::{Symbol, symbols};
    use crate::ide::testing::Fixture;

    fn lines(symbols: &[Symbol], text: &str, depth: usize, out: &mut Vec<String>) {
        for symbol in symbols {
            assert!(symbol.span.contains_span(symbol.selection), "{symbol:?}");
            assert!(!symbol.name.is_empty());
            let selected = symbol.selection.of(text);
            out.push(format!("{}{} ({}) at {selected:?}", "  ".repeat(depth), symbol.name, symbol.detail));
            lines(&symbol.children, text, depth + 1, out);
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let fixture = Fixture::new(text);
        let mut found = Vec::new();
        lines(&symbols(&fixture.view()), fixture.text(), 0, &mut found);
        assert_eq!(found, expected);
    }

    #[test]
    fn stories_hold_their_parts() {
        check(
            "---\ntitle: The cache\nthemes: [scaling]\n---\n\n**S:** It was stale.\n\n**T:** Mine.\n\n**A:** I rebuilt it.\n\n**R:** 5% fewer.\n",
            &[
                "The cache (0:04 · scaling) at \"The cache\"",
                "  Situation (3 words) at \"S\"",
                "  Task (1 word) at \"T\"",
                "  Action (3 words) at \"A\"",
                "  Result (2 words) at \"R\"",
            ],
        );
    }

    #[test]
    fn templates_and_parentheses() {
        check(
            "# Alpha\n\n## Situation\n\n[…]\n\n## Task\n\n[…]\n\n## Action\n\n[…]\n\n# Beta\n\nIt was stale (Situation). I rebuilt it (Action). We saw 5% (Result).\n",
            &[
                "Alpha (template) at \"Alpha\"",
                "  Situation (0 words) at \"Situation\"",
                "  Task (0 words) at \"Task\"",
                "  Action (0 words) at \"Action\"",
                "Beta (0:04) at \"Beta\"",
                "  Situation (3 words) at \"Situation\"",
                "  Action (3 words) at \"Action\"",
                "  Result (3 words) at \"Result\"",
            ],
        );
    }
}
