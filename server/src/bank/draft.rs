//! A new story: a file to fill in, in the manner of the bank.

use std::collections::HashMap;
use std::fmt::Write as _;

use starling_grammar::{ChecklistItem, LabelStyle, PartKind, TagKind, Vocabulary};

use super::Bank;
use crate::near::nearest;

/// The longest name of a file, in characters without the extension.
const LONGEST: usize = 80;

/// Why a title gives no [`file_name`].
pub const NAMELESS: &str = "a title needs a letter or digit, since the file is named after it";

/// What a new story is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// A question, by its id.
    Question(&'a str),
    /// A theme, by its id.
    Theme(&'a str),
    /// Nothing yet.
    Any,
}

impl<'v> Purpose<'v> {
    /// The purpose of a story for a question or else a theme, by their ids or other names.
    ///
    /// # Errors
    /// A sentence for the user when there is no such question or theme.
    pub fn of(
        question: Option<&str>,
        theme: Option<&str>,
        vocabulary: &'v Vocabulary,
    ) -> Result<Self, String> {
        match (question, theme) {
            (Some(id), _) => find(TagKind::Question, id, vocabulary).map(Self::Question),
            (None, Some(id)) => find(TagKind::Theme, id, vocabulary).map(Self::Theme),
            (None, None) => Ok(Self::Any),
        }
    }
}

/// The name of a file for a title: kebab-case, and nothing that a file system takes for more than a name. `None` when the
/// title has no letter and no digit.
#[must_use]
pub fn file_name(title: &str) -> Option<String> {
    let mut name: String = crate::explain::id(title).chars().take(LONGEST).collect();
    name.truncate(name.trim_end_matches('-').len());
    // These are devices on Windows, whatever their extension.
    let device = ["con", "prn", "aux", "nul"].contains(&name.as_str())
        || name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt"));
    if device {
        name.push_str("-story");
    }
    (!name.is_empty()).then(|| format!("{name}.md"))
}

/// The text of a new story in the style, language and extent that the bank mostly uses.
#[must_use]
pub fn draft(title: &str, purpose: Purpose<'_>, bank: &Bank, vocabulary: &Vocabulary) -> String {
    let title: Vec<&str> =
        title.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let question = match purpose {
        Purpose::Question(id) => vocabulary.questions().iter().find(|question| question.id == id),
        Purpose::Theme(_) | Purpose::Any => None,
    };
    let checklist: &[ChecklistItem] = question.map_or(&[], |question| &question.checklist);
    let mut out = front_matter(purpose, question.map_or(&[], |question| &question.themes));
    let _ = write!(out, "# {}\n\n", title.join(" "));
    let style = usual(bank.stories().flat_map(|(_, story)| story.parts.iter().map(|part| part.style)));
    let language = usual(bank.stories().map(|(_, story)| &*story.language)).unwrap_or("en");
    let kinds =
        PartKind::ALL.into_iter().filter(|kind| *kind != PartKind::Reflection || bank.expects_reflection());
    let parts: Vec<(&str, Vec<String>)> = kinds
        .filter_map(|kind| vocabulary.part(kind))
        .map(|part| (part.name_in(language), prompts(part.id, &part.prompt, checklist)))
        .collect();
    out + &parts_text(style.unwrap_or(LabelStyle::Bold), &parts)
}

/// What is used most; the first of equals.
fn usual<T: Copy + Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
    for (at, one) in all.enumerate() {
        counts.entry(one).or_insert((0, usize::MAX - at)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}

fn front_matter(purpose: Purpose<'_>, themes: &[String]) -> String {
    match purpose {
        Purpose::Question(id) if themes.is_empty() => format!("---\nquestions: [{id}]\n---\n\n"),
        Purpose::Question(id) => format!("---\nthemes: [{}]\nquestions: [{id}]\n---\n\n", themes.join(", ")),
        Purpose::Theme(id) => format!("---\nthemes: [{id}]\n---\n\n"),
        Purpose::Any => String::new(),
    }
}

/// The prompts of a part: its own, and those of the checklist that belong in it.
fn prompts(kind: PartKind, prompt: &str, checklist: &[ChecklistItem]) -> Vec<String> {
    let items = checklist.iter().filter(|item| item.part == kind && !item.prompt.is_empty());
    std::iter::once(prompt.to_owned()).chain(items.map(|item| format!("[{}]", item.prompt))).collect()
}

fn parts_text(style: LabelStyle, parts: &[(&str, Vec<String>)]) -> String {
    if matches!(style, LabelStyle::TableRow | LabelStyle::TableColumn) {
        let rows: String =
            parts.iter().map(|(name, prompts)| format!("| **{name}** | {} |\n", prompts.join(" "))).collect();
        return format!("| Part | Story |\n|---|---|\n{rows}");
    }
    let part = |(name, prompts): &(&str, Vec<String>)| match style {
        LabelStyle::Heading(_) | LabelStyle::Setext(_) => format!("## {name}\n\n{}\n", prompts.join("\n\n")),
        LabelStyle::BoldLine => format!("**{name}**\n\n{}\n", prompts.join("\n\n")),
        LabelStyle::BoldItem => format!("- **{name}:** {}", prompts.join("\n  ")),
        LabelStyle::Item => format!("- {name}: {}", prompts.join("\n  ")),
        LabelStyle::Line => format!("{name}: {}\n", prompts.join("\n")),
        LabelStyle::Bold | LabelStyle::Parenthesis | LabelStyle::TableRow | LabelStyle::TableColumn => {
            format!("**{name}:** {}\n", prompts.join("\n"))
        }
    };
    let parts: Vec<String> = parts.iter().map(part).collect();
    parts.join("\n") + if matches!(style, LabelStyle::BoldItem | LabelStyle::Item) { "\n" } else { "" }
}

/// The id that was meant, also by another name.
fn find<'v>(kind: TagKind, written: &str, vocabulary: &'v Vocabulary) -> Result<&'v str, String> {
    if let Some(found) = vocabulary.find(kind, written) {
        return Ok(found.id);
    }
    let word = if kind == TagKind::Question { "question" } else { "theme" };
    let ids: Vec<&str> = vocabulary.names(kind).into_iter().map(|(id, _)| id).collect();
    Err(match nearest(written, ids.iter().copied()) {
        Some(near) => format!("there is no {word} \"{written}\". Did you mean \"{near}\"?"),
        None => format!("there is no {word} \"{written}\"; there are {}", ids.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use starling_grammar::{Document, Origin, PartKind, TagKind, Vocabulary};

    use super::{Purpose, draft, file_name};
    use crate::bank::testing::{STORY, bank};

    #[test]
    fn names_stay_in_their_folder() {
        for (title, name) in [
            ("The Outage of March", Some("the-outage-of-march.md")),
            ("../../etc/passwd", Some("etc-passwd.md")),
            ("C:\\x\0y\n", Some("c-x-y.md")),
            ("Con", Some("con-story.md")),
            ("Ärger 💥", Some("ärger.md")),
            ("..", None),
            ("", None),
        ] {
            assert_eq!(file_name(title).as_deref(), name, "{title}");
        }
        assert!(file_name(&"long words ".repeat(99)).expect("a name").chars().count() <= 83);
    }

    /// The draft is one unfilled template with the tags, whatever the style of the bank.
    #[track_caller]
    fn check(labels: [&str; 4]) {
        let vocabulary = Vocabulary::builtin();
        let story: String =
            labels.iter().map(|label| format!("{label}I did one thing of my own.\n\n")).collect();
        let bank = bank(&[("a.md", &format!("# X\n\n{story}")), ("b.md", &format!("# Y\n\n{story}"))]);
        assert_eq!(bank.len(), 2);
        for question in vocabulary.questions() {
            let text = draft("A new\none", Purpose::Question(&question.id), &bank, vocabulary);
            let document = Document::read(text.as_str().into(), &Origin::default(), vocabulary);
            let [story] = document.stories.as_slice() else { panic!("one story in\n{text}") };
            assert!(story.template, "{text}\n{story:#?}");
            assert_eq!(story.title.text, "A new one");
            assert_eq!(story.known_tags(TagKind::Question), [question.id.as_str()]);
            assert_eq!(story.known_tags(TagKind::Theme), question.themes);
            assert!(PartKind::REQUIRED.iter().all(|kind| story.part(*kind).is_some()), "{text}");
            let first = bank.stories().next().map(|(_, story)| story.parts[0].style);
            assert_eq!(Some(story.parts[0].label.style), first, "{text}");
        }
    }

    #[test]
    fn drafts_look_like_the_bank() {
        check(["**Situation:** ", "**Task:** ", "**Action:** ", "**Result:** "]);
        check(["## Situation\n\n", "## Task\n\n", "## Action\n\n", "## Result\n\n"]);
        check(["**Situation**\n\n", "**Task**\n\n", "**Action**\n\n", "**Result**\n\n"]);
        check(["- **Situation:** ", "- **Task:** ", "- **Action:** ", "- **Result:** "]);
        check(["- Situation: ", "- Task: ", "- Action: ", "- Result: "]);
        check(["Situation: ", "Task: ", "Action: ", "Result: "]);
        check(["## Situation\n\n", "## Aufgabe\n\n", "## Aktion\n\n", "## Ergebnis\n\n"]);
    }

    #[test]
    fn a_reflection_is_asked_for_where_the_bank_has_them() {
        let with = format!("{STORY}\n**Lesson:** Ask first.\n");
        let bank = bank(&[("a.md", &with), ("b.md", &with), ("c.md", &with)]);
        let vocabulary = Vocabulary::builtin();
        let text = draft("X", Purpose::Theme("scaling"), &bank, vocabulary);
        assert!(text.starts_with("---\nthemes: [scaling]\n---\n\n# X\n"), "{text}");
        let document = Document::read(text.as_str().into(), &Origin::default(), vocabulary);
        assert!(document.stories[0].part(PartKind::Reflection).is_some(), "{text}");
    }
}
