//! Completion of whole stories to fill in, on an empty line outside of any story.

use std::ops::Range;

use starling_grammar::{BlockKind, Part, PartKind, Question, Span, Story, TagKind, TitleSource};

use super::parts::{EmptyLine, empty_line};
use super::{Completion, CompletionKind};
use crate::explain::Topic;
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::place;
use crate::rules::layout::{self, Class};
use crate::rules::{insertion, wording};

/// What the templates are called; each of these words finds them.
const NAME: &str = "STAR story";
const WORDS: [&str; 3] = ["star", "story", "situation"];

/// The templates: a blank one, and one for each question.
pub(super) fn complete(view: &View, offset: usize) -> Vec<Completion> {
    let text = view.text();
    let Some(at) = empty_line(text, offset).filter(|at| at.typed == at.word) else { return Vec::new() };
    if !is_wanted(view, &at) || !is_outside(view, at.line) {
        return Vec::new();
    }
    let style = Style::of(view, at.line);
    let word = at.word.to_lowercase();
    let questions = view.vocabulary().questions().iter().map(Some);
    let all = std::iter::once(None).chain(questions);
    all.filter_map(|question| completion(view, &style, question, &word, &at)).collect()
}

/// Whether the writer means to write a story: in a file of stories, or by the word that was begun.
fn is_wanted(view: &View, at: &EmptyLine) -> bool {
    const LEAST: usize = 2;
    let document = view.document();
    let word = at.word.to_lowercase();
    let begun = word.len() >= LEAST && WORDS.iter().any(|known| known.starts_with(&word));
    let of_stories = document.declared || !document.stories.is_empty();
    begun || of_stories && (word.is_empty() || word.len() > LEAST)
}

/// Whether a line lies in no story, or right behind one.
fn is_outside(view: &View, line: Span) -> bool {
    let inside = |story: &Story| story.span.start < line.start && line.start < story.span.end;
    // A word that was begun behind the last part is read as its text.
    let begun_behind = |story: &Story| {
        let last = story.parts.last().map_or(story.span.start, |part| part.label.whole.end);
        let above = place::line_before(view.text(), line.start);
        line.start >= last
            && story.span.end <= line.end
            && above.is_some_and(|above| place::is_blank(above.of(view.text())))
    };
    view.document().stories.iter().all(|story| !inside(story) || begun_behind(story))
}

fn completion(
    view: &View,
    style: &Style,
    question: Option<&Question>,
    word: &str,
    at: &EmptyLine,
) -> Option<Completion> {
    let filter = match question {
        None => NAME.to_owned(),
        Some(question) => format!("{NAME} {} {}", question.id, question.text),
    };
    let mut words = filter.split([' ', '-']).chain(WORDS);
    let found = words.find(|known| known.to_lowercase().starts_with(word))?;
    let begins = filter.to_lowercase().starts_with(word);
    let filter = if begins { filter.clone() } else { format!("{found} {filter}") };
    let mut template = style.template(view, question);
    let text = view.text();
    let full = |line: Option<Span>| line.is_some_and(|line| !place::is_blank(line.of(text)));
    if full(place::line_before(text, at.line.start)) {
        template.prepend(layout::line_end(text));
    }
    if full(place::line_after(text, at.line.end)) {
        template.text.push_str(layout::line_end(text));
    }
    Some(Completion {
        label: question.map_or(NAME.to_owned(), |question| format!("{NAME}: {}", question.id)),
        detail: Some(question.map_or("A story to fill in".to_owned(), |question| question.text.clone())),
        kind: CompletionKind::Story,
        filter,
        edit: Edit::replace(at.line, template.text),
        stops: template.stops,
        also: Vec::new(),
        page: question.map(|question| (Topic::Question, question.id.clone())),
        uses: None,
    })
}

/// How a new story is written: as the nearest one of the file, or with labels in bold.
struct Style<'a> {
    /// A story whose parts stand on lines of their own.
    model: Option<&'a Story>,
    /// The level of the title; `None` where a heading right above is one already.
    level: Option<u8>,
    /// The label under which questions are listed, with its marks.
    questions: String,
}

impl<'a> Style<'a> {
    fn of(view: &View<'a>, line: Span) -> Self {
        let document = view.document();
        let before = document.stories.iter().rfind(|story| story.span.start < line.start);
        let nearest = before.or(document.stories.first());
        let model = nearest.filter(|story| is_model(view, story));
        let title = nearest.and_then(|story| match story.title.source {
            TitleSource::Heading(level) => Some(level),
            _ => None,
        });
        let part = model.and_then(|story| match Class::of(&story.parts[0]) {
            Class::Heading(level) | Class::Setext(level) => Some(level),
            _ => None,
        });
        const USUAL: u8 = 2;
        let level = title.unwrap_or(USUAL).min(part.unwrap_or(USUAL + 1) - 1).max(1);
        let level = (!has_title_above(view, line)).then_some(level);
        Self { model, level, questions: questions_label(view) }
    }

    fn template(&self, view: &View, question: Option<&Question>) -> Template {
        let line_end = layout::line_end(view.text());
        let mut template = Template::default();
        if let Some(level) = self.level {
            template.push(&format!("{} ", "#".repeat(level.into())));
            template.stop("[Title]");
            template.push(&line_end.repeat(2));
        }
        if let Some(question) = question {
            template.push(&format!("{} {}{}", self.questions, question.id, line_end.repeat(2)));
        }
        for (index, kind) in PartKind::REQUIRED.into_iter().enumerate() {
            if index > 0 {
                template.push(&self.gap(view.text(), line_end));
            }
            let (part, prompt) = self.part(view, kind, index + 1);
            template.push(&part[..prompt.start]);
            match question.filter(|_| kind == PartKind::Action) {
                Some(question) => template.stop(&prompt_of(question, prompt.of(&part))),
                None => template.stop(prompt.of(&part)),
            }
        }
        template
    }

    fn part(&self, view: &View, kind: PartKind, number: usize) -> (String, Span) {
        let like_model = self
            .model
            .and_then(|story| insertion::lines(&view.context(), story, kind, &story.parts[0], number));
        like_model.unwrap_or_else(|| {
            let label = format!("**{}:** ", kind.name());
            let prompt = wording::prompt(view.vocabulary(), kind);
            let place = Span::new(label.len(), label.len() + prompt.len());
            (label + prompt, place)
        })
    }

    /// What parts the parts of the model; an empty line where nothing shows it.
    fn gap(&self, text: &str, line_end: &str) -> String {
        let parts = self.model.map_or(&[][..], |story| &story.parts);
        let tight = match parts {
            [first, second, ..] => layout::gap(text, first, second).map(|gap| !layout::has_empty_line(gap)),
            _ => None,
        };
        let is_item = parts.first().is_some_and(|part| Class::of(part) == Class::Item);
        if tight.unwrap_or(is_item) { line_end.to_owned() } else { line_end.repeat(2) }
    }
}

/// Whether the parts of a story stand on lines of their own that are neither quoted nor indented.
fn is_model(view: &View, story: &Story) -> bool {
    let Some(first) = story.parts.first() else { return false };
    let prefix = layout::prefix_of(view.text(), first);
    let is_plain = |part: &Part| layout::opens_line(view.text(), part);
    let is_title_level = matches!(Class::of(first), Class::Heading(1) | Class::Setext(1));
    !is_title_level
        && !matches!(Class::of(first), Class::Row | Class::Column | Class::Parenthesis)
        && !prefix.contains('>')
        && !prefix.starts_with([' ', '\t'])
        && story.parts.iter().all(is_plain)
}

/// Whether the next thing above is a heading that names no part: the title of what is written under it.
fn has_title_above(view: &View, line: Span) -> bool {
    let above = view.text()[..line.start].trim_end().len();
    let heading =
        view.document().block(above.saturating_sub(1)).filter(|block| block.kind == BlockKind::Heading);
    let names_part = |block: Span| {
        let mut parts = view.document().stories.iter().flat_map(|story| &story.parts);
        parts.any(|part| block.contains_span(part.label.span))
    };
    heading.is_some_and(|block| !names_part(block.span))
}

/// The label under which the file lists questions, with its marks.
fn questions_label(view: &View) -> String {
    let mut lists = view.document().tag_lists();
    let list = lists.find(|list| list.kind == Some(TagKind::Question) && !list.values.is_empty());
    let label = list.map(|list| list.label.of(view.text()).trim());
    let inline = label.filter(|label| !label.starts_with('#') && label.contains([':', '：']));
    inline.unwrap_or("Questions:").to_owned()
}

/// What a question asks of the Action, as one placeholder; `usual` where it has no checklist.
fn prompt_of(question: &Question, usual: &str) -> String {
    // Longer placeholders are not recognised as such.
    const LONGEST: usize = 380;
    let mut prompt = String::new();
    for item in &question.checklist {
        if !item.prompt.is_empty() && prompt.len() + item.prompt.len() < LONGEST {
            prompt.push_str(if prompt.is_empty() { "[" } else { " " });
            prompt.push_str(&item.prompt);
        }
    }
    if prompt.contains('?') { prompt + "]" } else { usual.to_owned() }
}

/// A text with its placeholders.
#[derive(Default)]
struct Template {
    text: String,
    stops: Vec<Span>,
}

impl Template {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn stop(&mut self, text: &str) {
        let range: Range<usize> = self.text.len()..self.text.len() + text.len();
        self.stops.push(range.into());
        self.push(text);
    }

    fn prepend(&mut self, text: &str) {
        self.text.insert_str(0, text);
        for stop in &mut self.stops {
            *stop = stop.shift(text.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use starling_grammar::{Origin, PartKind};

    use crate::check::check as read;
    use crate::ide::completion::testing::{all, check_edit, edited};
    use crate::ide::testing::Fixture;

    const OTHER: &str = "[Where were you, how big was it, and what was at stake?]";
    const STORY: &str = "## A\n\n- **Situation:** a\n- **Task:** b\n- **Action:** c\n- **Result:** 5% less\n";

    fn offered(fixture: &Fixture) -> usize {
        all(fixture).len()
    }

    #[test]
    fn a_file_of_stories_has_them_on_empty_lines() {
        assert_eq!(offered(&Fixture::declared("$0")), 13);
        assert_eq!(offered(&Fixture::new("---\ntype: story\n---\n\n$0\n")), 13);
        assert_eq!(offered(&Fixture::new(&format!("{STORY}\n$0"))), 14, "a Reflection first");
        assert_eq!(offered(&Fixture::new(&format!("$0\n\n{STORY}"))), 13);
        assert_eq!(offered(&Fixture::new(&format!("{STORY}\noutage$0"))), 1);
        assert_eq!(
            offered(&Fixture::new(
                "## A\n\n**Situation:** a\n\n$0\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% less\n"
            )),
            0
        );
    }

    #[test]
    fn other_files_have_them_by_their_name() {
        assert_eq!(offered(&Fixture::new("# Notes\n\n$0")), 0);
        assert_eq!(offered(&Fixture::new("# Notes\n\nSta$0")), 13);
        assert_eq!(offered(&Fixture::new("# Notes\n\nThe sto$0")), 0);
        assert_eq!(offered(&Fixture::new("# Notes\n\nsitu$0\n")), 13);
        assert_eq!(offered(&Fixture::new("# Notes\n\nout$0\n")), 0);
    }

    #[test]
    fn the_style_is_that_of_the_file() {
        check_edit(
            "## A\n\n### S: Situation\n\na\n\n### T: Task\n\nb\n\n### A: Action\n\nc\n\n### R: Result\n\n5% less\n\n$0",
            "STAR story",
            &format!(
                "## A\n\n### S: Situation\n\na\n\n### T: Task\n\nb\n\n### A: Action\n\nc\n\n### R: Result\n\n5% less\n\n## [Title]\n\n### S: Situation\n\n{OTHER}\n\n### T: Task\n\n[What were you responsible for, and by when?]\n\n### A: Action\n\n[What did you do, step by step, and with which tools?]\n\n### R: Result\n\n[What changed, from … to … within …?]"
            ),
        );
        let after = edited(&Fixture::new(&format!("{STORY}\n\nsto$0")), "STAR story: mentoring");
        assert!(after.contains("## [Title]\n\nQuestions: mentoring\n\n- **Situation:** ["), "{after}");
        assert!(after.contains("]\n- **Task:** ["), "{after}");
        let after = edited(&Fixture::declared("# Outage\n\n$0"), "STAR story");
        assert!(after.starts_with("# Outage\n\n**Situation:** ["), "{after}");
    }

    #[test]
    fn every_template_is_one_and_gets_no_findings() {
        let fixture = Fixture::declared("# Outage\n\n$0\n");
        for completion in all(&fixture) {
            let after = fixture.after(std::slice::from_ref(&completion.edit));
            let checked = read(after.as_str().into(), &Origin::default(), &fixture.config, None);
            let [story] = checked.document.stories.as_slice() else { panic!("one story in\n{after}") };
            assert!(story.template, "{after}");
            assert!(PartKind::REQUIRED.iter().all(|kind| story.part(*kind).is_some()), "{after}");
            assert!(checked.findings.is_empty(), "{after}\n{:?}", checked.findings);
            assert!(completion.page.is_none() || story.tags.len() == 1, "{after}");
            let stops: Vec<&str> =
                completion.stops.iter().map(|stop| stop.of(&completion.edit.text)).collect();
            assert_eq!(stops.len(), 4);
            assert!(stops.iter().all(|stop| stop.starts_with('[') && stop.ends_with(']')), "{stops:?}");
        }
    }
}
