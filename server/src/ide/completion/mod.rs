//! Completion: what the writer is about to type.
//!
//! In the front matter its keys, and the ids of principles, themes and questions; on lines that list them, their names;
//! on an empty line the parts that the story still lacks, or a whole story to fill in, written as the others of the file
//! are; in a Result without a number, phrases that hold one. Nothing is offered in code, in comments, and in Markdown
//! that is no story.

mod front_matter;
mod item;
mod matching;
mod metrics;
mod parts;
mod stories;
mod tags;

use starling_grammar::{PartKind, Span, TagKind};

use super::View;
use super::place;
use crate::config::Config;
use crate::explain::{self, Topic};
use crate::finding::Edit;

/// Something that can be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is shown beside the label.
    pub detail: Option<String>,
    /// What it is.
    pub kind: CompletionKind,
    /// What the client matches the text under the edit's span, up to the cursor, against. It begins with that text,
    /// whatever it was matched by, so that clients that compare beginnings show it, too.
    pub filter: String,
    /// The insertion. Its span lies on one line, holds what has been typed, and contains or touches the cursor.
    pub edit: Edit,
    /// Placeholders in the edit's text, in order: byte ranges of that text. An empty one is a place to go on typing.
    pub stops: Vec<Span>,
    /// Further edits of the document, disjoint from the first.
    pub also: Vec<Edit>,
    /// The page that explains it, for [`documentation`].
    pub page: Option<(Topic, String)>,
    /// How many stories of the bank have it, where there is a bank.
    pub uses: Option<usize>,
}

/// What a completion inserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A principle, theme or question.
    Tag(TagKind),
    /// A key of the front matter.
    Key,
    /// A value of the front matter that is no tag.
    Value,
    /// A part of a story.
    Part(PartKind),
    /// A story to fill in.
    Story,
    /// A phrase that holds a number.
    Metric,
}

/// What can be inserted at the byte at `offset`, best first. What does not match the text typed so far is left out.
#[must_use]
pub fn completions(view: &View, offset: usize) -> Vec<Completion> {
    let offset = view.offset(offset);
    if let Some(body) = front_matter::body_at(view, offset) {
        return front_matter::complete(view, body, offset);
    }
    if place::is_verbatim(view, offset) {
        return Vec::new();
    }
    if let Some(found) = tags::complete(view, offset) {
        return found;
    }
    let mut found = parts::complete(view, offset);
    found.extend(stories::complete(view, offset));
    found.extend(metrics::complete(view, offset));
    found
}

/// The page of a completion, in Markdown.
#[must_use]
pub fn documentation(config: &Config, topic: Topic, id: &str) -> Option<String> {
    explain::page(&config.vocabulary, topic, id).map(|page| page.headed())
}

#[cfg(test)]
mod testing {
    use super::{Completion, completions};
    use crate::ide::place::touches;
    use crate::ide::testing::Fixture;

    /// The completions at the cursor, which obey the contract of [`Completion`].
    #[track_caller]
    pub(super) fn all(fixture: &Fixture) -> Vec<Completion> {
        let text = fixture.text();
        let found = completions(&fixture.view(), fixture.offset);
        for completion in &found {
            let span = completion.edit.span;
            assert!(touches(span, fixture.offset), "{completion:?}");
            assert!(!span.of(text).contains(['\n', '\r']), "{completion:?}");
            let typed = text[span.start..fixture.offset].to_lowercase();
            assert!(completion.filter.to_lowercase().starts_with(&typed), "{typed:?} {completion:?}");
            for stop in &completion.stops {
                assert!(completion.edit.text.get(stop.range()).is_some(), "{completion:?}");
            }
        }
        found
    }

    /// The labels offered at the cursor.
    #[track_caller]
    pub(in crate::ide) fn check(fixture: &str, labels: &[&str]) {
        let fixture = Fixture::new(fixture);
        let found = all(&fixture);
        let found: Vec<&str> = found.iter().map(|completion| completion.label.as_str()).collect();
        assert_eq!(found, labels);
    }

    /// The first labels offered at the cursor.
    #[track_caller]
    pub(in crate::ide) fn check_first(fixture: &str, labels: &[&str]) {
        let fixture = Fixture::new(fixture);
        let found = all(&fixture);
        let found: Vec<&str> = found.iter().map(|completion| completion.label.as_str()).collect();
        assert_eq!(found.get(..labels.len()), Some(labels), "{found:?}");
    }

    /// The text after the completion of a label.
    #[track_caller]
    pub(in crate::ide) fn check_edit(fixture: &str, label: &str, after: &str) {
        assert_eq!(edited(&Fixture::new(fixture), label), after);
    }

    #[track_caller]
    pub(super) fn edited(fixture: &Fixture, label: &str) -> String {
        let found = all(fixture);
        let labels: Vec<&str> = found.iter().map(|completion| completion.label.as_str()).collect();
        let chosen = found.iter().find(|completion| completion.label == label);
        let chosen = chosen.unwrap_or_else(|| panic!("{label} is none of {labels:?}"));
        let mut edits = chosen.also.clone();
        edits.push(chosen.edit.clone());
        fixture.after(&edits)
    }
}

#[cfg(test)]
mod tests {
    use super::documentation;
    use super::testing::check;
    use crate::config::Config;
    use crate::explain::Topic;

    #[test]
    fn code_comments_and_other_markdown_are_left_alone() {
        let story = "**Situation:** a\n\n**Action:** b\n\n**Result:** c\n";
        check(&format!("{story}\n```\n$0"), &[]);
        check(&format!("{story}\n```\n\n$0\n```\n"), &[]);
        check(&format!("<!--\nPrinciples: $0\n-->\n\n{story}"), &[]);
        check(&format!("{story}\n<!-- \n\n$0"), &[]);
        check("# Shopping\n\n$0\n", &[]);
        check("# Shopping\n\nPrinciples: O$0\n", &[]);
        check("$0", &[]);
    }

    #[test]
    fn pages_are_those_of_explain() {
        let page = documentation(&Config::default(), Topic::Theme, "scaling").expect("a page");
        assert!(page.starts_with("**Scaling** · theme"));
        assert_eq!(documentation(&Config::default(), Topic::Theme, "x"), None);
    }
}
