//! Everything that has a name, with its page: rules, parts, principles, themes and questions.
//!
//! Invariants: pure; `starling explain` and the editor show the same pages.

use starling_grammar::{PartEntry, Principle, Question, Theme, Vocabulary};

use crate::near::nearest;
use crate::rules::{self, Rule};

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Page {
    /// What it is about.
    pub topic: Topic,
    /// The name by which it is found: the rule's code, or the id of the vocabulary.
    pub name: String,
    /// What it is called: the name of a principle, theme or part; of rules and questions the name again.
    pub title: String,
    /// The first line of the page.
    pub summary: String,
    /// The page in Markdown, without a heading.
    pub markdown: String,
}

impl Page {
    /// The page under a heading of its own, as an editor shows it.
    #[must_use]
    pub fn headed(&self) -> String {
        format!("**{}** · {}\n\n{}\n", self.title, self.topic.name(), self.markdown)
    }
}

/// Every page, by topic, each topic in its own order.
#[must_use]
pub fn pages(vocabulary: &Vocabulary) -> Vec<Page> {
    let rules = rules::ALL.iter().map(|rule| rule_page(rule));
    let parts = vocabulary.parts().iter().map(part_page);
    let principles = vocabulary.principles().iter().map(principle_page);
    let themes = vocabulary.themes().iter().map(|theme| theme_page(vocabulary, theme));
    let questions = vocabulary.questions().iter().map(question_page);
    rules.chain(parts).chain(principles).chain(themes).chain(questions).collect()
}

/// One page by its topic and its name, which is written exactly.
#[must_use]
pub fn page(vocabulary: &Vocabulary, topic: Topic, name: &str) -> Option<Page> {
    match topic {
        Topic::Rule => rules::ALL.iter().find(|rule| rule.name == name).map(|rule| rule_page(rule)),
        Topic::Part => vocabulary.parts().iter().find(|part| part.id.id() == name).map(part_page),
        Topic::Principle => vocabulary.principles().iter().find(|entry| entry.id == name).map(principle_page),
        Topic::Theme => {
            let theme = vocabulary.themes().iter().find(|entry| entry.id == name)?;
            Some(theme_page(vocabulary, theme))
        }
        Topic::Question => vocabulary.questions().iter().find(|entry| entry.id == name).map(question_page),
    }
}

/// The pages of a name, in any case and with spaces for hyphens; several when a theme and a question share it.
///
/// # Errors
/// When no page has the name: a sentence that says so, with the nearest name, if one is near.
pub fn find(vocabulary: &Vocabulary, name: &str) -> Result<Vec<Page>, String> {
    let wanted = id(name);
    let all = pages(vocabulary);
    let found: Vec<Page> = all.iter().filter(|page| page.name == wanted).cloned().collect();
    if found.is_empty() {
        return Err(match nearest(&wanted, all.iter().map(|page| page.name.as_str())) {
            Some(near) => format!("nothing is called \"{name}\". Did you mean \"{near}\"?"),
            None => format!("nothing is called \"{name}\"; `starling explain` lists all names"),
        });
    }
    Ok(found)
}

/// The page of a rule.
#[must_use]
pub fn rule_page(rule: &Rule) -> Page {
    new_page(Topic::Rule, rule.name, rule.name, rule.documentation)
}

fn part_page(part: &PartEntry) -> Page {
    let text = format!("{}\n", part.include) + &paragraph("For example", &part.example);
    new_page(Topic::Part, part.id.id(), part.id.name(), &text)
}

fn principle_page(principle: &Principle) -> Page {
    let mut text = format!("{}\n", principle.summary);
    text += &paragraph("In backend work", &principle.scenario);
    text += &list("A strong story shows", &principle.shows);
    text += &list("Questions that probe it", &principle.questions);
    new_page(Topic::Principle, &principle.id, &principle.name, &text)
}

fn theme_page(vocabulary: &Vocabulary, theme: &Theme) -> Page {
    let questions = vocabulary.questions().iter().filter(|question| question.themes.contains(&theme.id));
    let questions: Vec<String> = questions.map(|question| question.text.clone()).collect();
    let mut text = format!("{}\n", theme.summary);
    text += &paragraph("For example", &theme.scenario);
    text += &list("Questions about it", &questions);
    new_page(Topic::Theme, &theme.id, &theme.name, &text)
}

fn question_page(question: &Question) -> Page {
    let items =
        question.checklist.iter().map(|item| format!("**{}**: {} {}", item.id, item.prompt, item.hint));
    let items: Vec<String> = items.map(|item| item.trim_end().to_owned()).collect();
    let text = format!("{}\n", question.text) + &list("What interviewers look for", &items);
    new_page(Topic::Question, &question.id, &question.id, &text)
}

fn paragraph(opening: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\n**{opening}:** {text}\n") }
}

fn list(title: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let lines: String = items.iter().map(|item| format!("- {item}\n")).collect();
    format!("\n**{title}**\n\n{lines}")
}

/// A page whose first line is its summary.
fn new_page(topic: Topic, name: &str, title: &str, markdown: &str) -> Page {
    let markdown = markdown.trim();
    let summary = markdown.lines().next().unwrap_or_default().trim_start_matches('#').trim().to_owned();
    Page { topic, name: name.to_owned(), title: title.to_owned(), summary, markdown: markdown.to_owned() }
}

/// A name as an id: `Are Right, A Lot` is `are-right-a-lot`.
pub(crate) fn id(name: &str) -> String {
    let without_apostrophes = name.to_lowercase().replace(['\'', '’'], "");
    let words = without_apostrophes.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use expect_test::expect_file;
    use starling_grammar::Vocabulary;

    use super::{Topic, find, id, pages, rule_page};
    use crate::rules;

    /// The folder of the pages for people who read them elsewhere than in an editor; `UPDATE_EXPECT=1` writes them.
    const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules");

    #[test]
    fn every_rule_has_its_page_in_the_docs() {
        let mut index = "# Rules\n\nWritten from what `starling explain` says.\n\n| rule | default | says |\n|---|---|---|\n".to_owned();
        let mut names = BTreeSet::from(["README.md".to_owned()]);
        for rule in rules::ALL {
            let (page, severity) = (rule_page(rule), rule.severity.name());
            let text = format!("# {}\n\n*Default: {severity}.* {}\n", page.title, page.markdown);
            expect_file![format!("{DOCS}/{}.md", rule.name)].assert_eq(&text);
            index += &format!("| [`{0}`]({0}.md) | {severity} | {1} |\n", rule.name, page.summary);
            names.insert(format!("{}.md", rule.name));
        }
        expect_file![format!("{DOCS}/README.md")].assert_eq(&index);
        let files = Path::new(DOCS).read_dir().expect("the docs are there");
        let files = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
        assert_eq!(files.collect::<BTreeSet<_>>(), names);
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let vocabulary = Vocabulary::default();
        let found = find(&vocabulary, "Situation").expect("a part");
        assert_eq!((found.len(), found[0].topic), (1, Topic::Part));
        let unknown = |name| find(&vocabulary, name).expect_err("no page");
        assert_eq!(unknown("sitation"), "nothing is called \"sitation\". Did you mean \"situation\"?");
        assert_eq!(
            unknown("zebra crossing"),
            "nothing is called \"zebra crossing\"; `starling explain` lists all names"
        );
        assert_eq!(id("Strive to be Earth’s Best Employer"), "strive-to-be-earths-best-employer");
    }

    #[test]
    fn every_page_has_a_summary() {
        let vocabulary = Vocabulary::default();
        for page in pages(&vocabulary) {
            assert!(!page.summary.is_empty(), "{}", page.name);
            assert_eq!(super::page(&vocabulary, page.topic, &page.name), Some(page));
        }
    }

    #[test]
    fn every_rule_has_a_page() {
        for rule in rules::ALL {
            assert!(find(&Vocabulary::default(), rule.name).is_ok(), "{}", rule.name);
        }
    }
}
