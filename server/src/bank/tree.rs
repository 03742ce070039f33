//! The bank as a tree, for the side bar of an editor: stories with what they lack, and what they are mapped to.

use serde::Serialize;

use super::coverage::{Answer, Coverage, QuestionLine, StoryLine, TagLine};
use super::report::addressed;
use super::{Bank, StorySummary, TARGET};
use crate::speech;

/// A bank as a tree. Its shape is public: changes only add to it.
#[derive(Serialize)]
pub struct Tree {
    /// A few words for a status bar, or nothing where no story is.
    pub status: Option<Status>,
    /// *Stories*, *Themes*, *Principles* and *Questions*; none where no story is, told or to be told.
    pub sections: Vec<Node>,
}

/// How the bank stands.
#[derive(Serialize)]
pub struct Status {
    /// How many stories and gaps.
    pub text: String,
    /// What is missing, line by line.
    pub tooltip: String,
}

/// A line of the tree.
#[derive(Default, Serialize)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub label: String,
    /// What there is to say of it, in a few words.
    pub description: String,
    /// The id of a theme, principle or question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The place of a story, `path#line`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// Whether something is missing there.
    pub gap: bool,
    /// What belongs to it.
    pub children: Vec<Node>,
}

/// What a line of the tree stands for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A part of the tree.
    #[default]
    Section,
    /// A story.
    Story,
    /// A story that is still to be told.
    Template,
    /// A theme.
    Theme,
    /// A principle.
    Principle,
    /// A question.
    Question,
}

/// The tree of a bank and its coverage.
#[must_use]
pub fn tree(bank: &Bank, coverage: &Coverage) -> Tree {
    let told: Vec<Node> = coverage.stories.iter().map(|line| told(bank, line)).collect();
    let templates = bank.files().flat_map(|(path, summary)| {
        let templates = summary.stories.iter().filter(|story| story.template);
        templates.map(|story| template(&super::index::shown(path), story))
    });
    let stories: Vec<Node> = told.into_iter().chain(templates).collect();
    if stories.is_empty() {
        return Tree { status: None, sections: Vec::new() };
    }
    let tags =
        |kind, lines: &[TagLine]| lines.iter().map(|line| tag(kind, line, coverage)).collect::<Vec<_>>();
    let questions = coverage.questions.iter().map(|line| question(line, coverage)).collect();
    let target = format!("{} of {} to {}", coverage.stories.len(), TARGET.start(), TARGET.end());
    Tree {
        status: Some(status(coverage)),
        sections: vec![
            Node { label: "Stories".into(), description: target, children: stories, ..Node::default() },
            section("Themes", tags(Kind::Theme, &coverage.themes)),
            section("Principles", tags(Kind::Principle, &coverage.principles)),
            section("Questions", questions),
        ],
    }
}

fn status(coverage: &Coverage) -> Status {
    let counted = |number: usize, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    };
    let gaps: Vec<String> = coverage.gaps.iter().map(super::coverage::Gap::sentence).collect();
    let stories = counted(coverage.stories.len(), "story", "stories");
    match gaps.len() {
        0 => Status {
            text: format!("{stories}, no gaps"),
            tooltip: "Every theme and question has a story.".into(),
        },
        number => Status {
            text: format!("{stories}, {}", counted(number, "gap", "gaps")),
            tooltip: gaps.join("\n"),
        },
    }
}

/// A part of the tree in which each line should have a story.
fn section(label: &str, children: Vec<Node>) -> Node {
    let covered = children.iter().filter(|node| !node.gap).count();
    let description = format!("{covered} of {}", children.len());
    Node { label: label.to_owned(), description, children, ..Node::default() }
}

fn told(bank: &Bank, line: &StoryLine) -> Node {
    let lacks = bank.story(&line.story).map(StorySummary::lacks).unwrap_or_default();
    let mut description = speech::minutes(line.seconds);
    if !lacks.is_empty() {
        description = format!("{description} · {}", lacks.join(", "));
    }
    Node { gap: !lacks.is_empty(), ..story(line, description) }
}

fn template(path: &str, story: &StorySummary) -> Node {
    Node {
        kind: Kind::Template,
        label: story.name().to_owned(),
        description: "to be told".to_owned(),
        story: Some(format!("{path}#{}", story.line)),
        gap: true,
        ..Node::default()
    }
}

fn story(line: &StoryLine, description: String) -> Node {
    let story = Some(line.place());
    Node { kind: Kind::Story, label: line.title.clone(), description, story, ..Node::default() }
}

fn tag(kind: Kind, line: &TagLine, coverage: &Coverage) -> Node {
    let stories = line.stories.iter().map(|index| story(&coverage.stories[*index], String::new()));
    mapped(kind, &line.id, &line.name, stories.collect())
}

fn question(line: &QuestionLine, coverage: &Coverage) -> Node {
    let answer = |answer: &Answer| story(&coverage.stories[answer.story], addressed(answer));
    let mut node = mapped(Kind::Question, &line.id, &line.text, line.stories.iter().map(answer).collect());
    node.children.extend(line.candidates.iter().map(|candidate| {
        story(&coverage.stories[candidate.story], format!("could answer it: {}", addressed(candidate)))
    }));
    node
}

/// A theme, principle or question with its stories.
fn mapped(kind: Kind, id: &str, label: &str, children: Vec<Node>) -> Node {
    let gap = children.is_empty();
    let description = if gap { "no story yet".to_owned() } else { children.len().to_string() };
    Node { kind, label: label.to_owned(), description, id: Some(id.to_owned()), story: None, gap, children }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::expect;
    use starling_grammar::Vocabulary;

    use super::{Node, tree};
    use crate::bank::coverage::coverage;
    use crate::bank::testing::{STORY, bank};

    /// What is under `shown` sections, the first lines of each.
    fn drawn(nodes: &[Node], indent: usize, out: &mut String) {
        for node in nodes.iter().filter(|node| !node.children.is_empty() || node.story.is_some()) {
            let gap = if node.gap { " (!)" } else { "" };
            let _ = writeln!(out, "{:indent$}{} — {}{gap}", "", node.label, node.description);
            drawn(&node.children, indent + 2, out);
        }
    }

    #[test]
    fn a_bank_is_a_tree() {
        let vague = STORY
            .replace("# Checkout outage", "# Search")
            .replace("Errors went from 20% to 0.1% within 40 minutes.", "It was better.")
            .replace("**Task:** I was on call, and it was mine to bring checkout back.\n", "");
        let template =
            "# Next\n\n**Situation:** [x]\n\n**Task:** [y]\n\n**Action:** [z]\n\n**Result:** [w]\n";
        let bank = bank(&[("a.md", STORY), ("b.md", &vague), ("c/d.md", template)]);
        let tree = tree(&bank, &coverage(&bank, Vocabulary::builtin()));
        let mut out = String::new();
        drawn(&tree.sections, 0, &mut out);
        expect![[r#"
            Stories — 2 of 12 to 15
              Checkout outage — 0:23
              Search — 0:15 · no Task, Result without a number (!)
              Next — to be told (!)
            Themes — 1 of 10
              Production incident — 2
                Checkout outage — 
                Search — 
            Principles — 1 of 16
              Dive Deep — 2
                Checkout outage — 
                Search — 
            Questions — 1 of 12
              Tell me about a time you debugged a production outage — 2
                Checkout outage — 4 of 5, lacks investigation
                Search — 4 of 5, lacks investigation
        "#]]
        .assert_eq(&out);
        let status = tree.status.expect("there are stories");
        assert!(status.text.starts_with("2 stories, "), "{}", status.text);
        assert_eq!(tree.sections[0].children[2].story.as_deref(), Some("c/d.md#1"));
    }

    #[test]
    fn without_stories_there_is_nothing_to_show() {
        let bank = bank(&[("a.md", "x")]);
        let tree = tree(&bank, &coverage(&bank, Vocabulary::builtin()));
        assert!(tree.sections.is_empty() && tree.status.is_none());
    }
}
