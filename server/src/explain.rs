//! Everything that has a name, with its page: rules, parts, principles, themes and questions.
//!
//! Invariants: pure; `starling explain` and the editor show the same pages.

use starling_grammar::{PartEntry, Principle, Question, Theme, Vocabulary};

use crate::near::nearest;
use crate::rules;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A rule of `starling check`.
    Rule,
    /// A part of a story.
    Part,
    /// A principle of one of the chosen sets.
    Principle,
    /// A theme.
    Theme,
    /// An interview question.
    Question,
}

impl Topic {
    /// The word for one of them.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Part => "part",
            Self::Principle => "principle",
            Self::Theme => "theme",
            Self::Question => "question",
        }
    }

    /// The heading over several of them.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Rule => "Rules",
            Self::Part => "Parts",
            Self::Principle => "Principles",
            Self::Theme => "Themes",
            Self::Question => "Questions",
        }
    }
}

/// A page of documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What it is about.
    pub topic: Topic,
    /// The name by which it is found: the rule's code, or the id of the vocabulary.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// The page in Markdown, without a heading.
    pub markdown: String,
}

/// Every page, by topic, each topic in its own order.
#[must_use]
pub fn pages(vocabulary: &Vocabulary) -> Vec<Page> {
    let mut pages: Vec<Page> =
        rules::ALL.iter().map(|rule| page(Topic::Rule, rule.name, rule.documentation)).collect();
    pages.extend(vocabulary_pages(vocabulary));
    pages
}

/// The pages of a name, in any case and with spaces for hyphens; several when a theme and a question share it.
///
/// # Errors
/// When no page has the name: the nearest name, if one is near.
pub fn find(vocabulary: &Vocabulary, name: &str) -> Result<Vec<Page>, Option<String>> {
    let wanted = id(name);
    let all = pages(vocabulary);
    let found: Vec<Page> = all.iter().filter(|page| page.name == wanted).cloned().collect();
    if found.is_empty() {
        return Err(nearest(&wanted, all.iter().map(|page| page.name.as_str())).map(str::to_owned));
    }
    Ok(found)
}

fn vocabulary_pages(vocabulary: &Vocabulary) -> Vec<Page> {
    let parts = vocabulary.parts().iter().map(|part| page(Topic::Part, part.id.id(), &part_text(part)));
    let principles =
        vocabulary.principles().iter().map(|entry| page(Topic::Principle, &entry.id, &principle_text(entry)));
    let themes = vocabulary.themes().iter().map(|entry| page(Topic::Theme, &entry.id, &theme_text(entry)));
    let questions =
        vocabulary.questions().iter().map(|entry| page(Topic::Question, &entry.id, &question_text(entry)));
    parts.chain(principles).chain(themes).chain(questions).collect()
}

fn part_text(part: &PartEntry) -> String {
    format!("{}: {}\n\nFor example: {}\n", part.id.name(), part.include, part.example)
}

fn principle_text(principle: &Principle) -> String {
    let mut text = format!("{}: {}\n", principle.name, principle.summary);
    text += &paragraph("In backend work: ", &principle.scenario);
    text += &list("A strong story shows", &principle.shows);
    text + &list("Questions that probe it", &principle.questions)
}

fn theme_text(theme: &Theme) -> String {
    format!("{}: {}\n", theme.name, theme.summary) + &paragraph("For example: ", &theme.scenario)
}

fn question_text(question: &Question) -> String {
    let items =
        question.checklist.iter().map(|item| format!("**{}**: {} {}", item.id, item.prompt, item.hint));
    format!("{}\n", question.text) + &list("What interviewers look for", &items.collect::<Vec<_>>())
}

fn paragraph(opening: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\n{opening}{text}\n") }
}

fn list(title: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let lines: String = items.iter().map(|item| format!("- {item}\n")).collect();
    format!("\n{title}:\n\n{lines}")
}

/// A page whose first paragraph begins with its summary.
fn page(topic: Topic, name: &str, markdown: &str) -> Page {
    let markdown = markdown.trim();
    let summary = markdown.lines().next().unwrap_or_default().trim_start_matches('#').trim().to_owned();
    Page { topic, name: name.to_owned(), summary, markdown: markdown.to_owned() }
}

/// A name as an id: `Are Right, A Lot` is `are-right-a-lot`.
pub(crate) fn id(name: &str) -> String {
    let without_apostrophes = name.to_lowercase().replace(['\'', '’'], "");
    let words = without_apostrophes.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use starling_grammar::Vocabulary;

    use super::{Topic, find, id, pages};
    use crate::rules;

    #[test]
    fn names_are_found_however_they_are_written() {
        let vocabulary = Vocabulary::default();
        let found = find(&vocabulary, "Situation").expect("a part");
        assert_eq!((found.len(), found[0].topic), (1, Topic::Part));
        assert_eq!(find(&vocabulary, "sitation"), Err(Some("situation".to_owned())));
        assert_eq!(find(&vocabulary, "zebra crossing"), Err(None));
        assert_eq!(id("Strive to be Earth’s Best Employer"), "strive-to-be-earths-best-employer");
    }

    #[test]
    fn every_page_has_a_summary() {
        for page in pages(&Vocabulary::default()) {
            assert!(!page.summary.is_empty(), "{}", page.name);
        }
    }

    #[test]
    fn every_rule_has_a_page() {
        for rule in rules::ALL {
            assert!(find(&Vocabulary::default(), rule.name).is_ok(), "{}", rule.name);
        }
    }
}
