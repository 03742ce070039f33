//! Coverage for programs, and as Markdown.

use std::fmt::Write as _;

use serde::Serialize;

use super::coverage::{Answer, Coverage, QuestionLine, StoryLine, TagLine};
use super::{QUESTIONS_PER_STORY, TARGET};
use crate::speech;

/// Coverage for programs. Its shape is public: changes only add to it.
#[derive(Serialize)]
pub struct JsonCoverage<'c> {
    version: u32,
    stories: usize,
    seconds: usize,
    target: JsonTarget,
    themes: Vec<JsonTag<'c>>,
    principles: Vec<JsonTag<'c>>,
    questions: Vec<JsonQuestion<'c>>,
    all: Vec<JsonStory<'c>>,
    gaps: Vec<String>,
}

#[derive(Serialize)]
struct JsonTarget {
    least: usize,
    most: usize,
}

#[derive(Serialize)]
struct JsonTag<'c> {
    id: &'c str,
    name: &'c str,
    stories: Vec<String>,
}

#[derive(Serialize)]
struct JsonQuestion<'c> {
    id: &'c str,
    text: &'c str,
    stories: Vec<JsonAnswer<'c>>,
    /// Stories that could answer it, but are not mapped to it.
    candidates: Vec<JsonAnswer<'c>>,
}

#[derive(Serialize)]
struct JsonAnswer<'c> {
    story: String,
    covered: &'c [String],
    gaps: &'c [String],
}

#[derive(Serialize)]
struct JsonStory<'c> {
    story: String,
    title: &'c str,
    seconds: usize,
    questions: usize,
}

/// Coverage as a value to be written as JSON.
#[must_use]
pub fn json(coverage: &Coverage) -> JsonCoverage<'_> {
    let place = |index: &usize| coverage.stories[*index].place();
    let tag = |line: &'_ TagLine| line.stories.iter().map(place).collect::<Vec<_>>();
    let tags = |lines: &'_ [TagLine]| lines.iter().map(tag).collect::<Vec<_>>();
    let named = |lines| -> Vec<JsonTag<'_>> {
        let places = tags(lines);
        lines
            .iter()
            .zip(places)
            .map(|(line, stories)| JsonTag { id: &line.id, name: &line.name, stories })
            .collect()
    };
    JsonCoverage {
        version: 1,
        stories: coverage.stories.len(),
        seconds: coverage.seconds,
        target: JsonTarget { least: *TARGET.start(), most: *TARGET.end() },
        themes: named(&coverage.themes),
        principles: named(&coverage.principles),
        questions: coverage.questions.iter().map(|question| json_question(question, coverage)).collect(),
        all: coverage
            .stories
            .iter()
            .map(|story| JsonStory {
                story: story.place(),
                title: &story.title,
                seconds: story.seconds,
                questions: story.questions,
            })
            .collect(),
        gaps: coverage.gaps.iter().map(super::coverage::Gap::sentence).collect(),
    }
}

fn json_question<'c>(question: &'c QuestionLine, coverage: &Coverage) -> JsonQuestion<'c> {
    let answers = |answers: &'c [Answer]| -> Vec<JsonAnswer<'c>> {
        let answer = |answer: &'c Answer| JsonAnswer {
            story: coverage.stories[answer.story].place(),
            covered: &answer.covered,
            gaps: &answer.gaps,
        };
        answers.iter().map(answer).collect()
    };
    JsonQuestion {
        id: &question.id,
        text: &question.text,
        stories: answers(&question.stories),
        candidates: answers(&question.candidates),
    }
}

/// How many stories there are, how long they take, and how many there should be, in one sentence.
#[must_use]
pub fn summary(coverage: &Coverage) -> String {
    let stories = coverage.stories.len();
    let noun = if stories == 1 { "story" } else { "stories" };
    format!(
        "{stories} {noun}, {} to tell; a bank should have {} to {}.",
        speech::minutes(coverage.seconds),
        TARGET.start(),
        TARGET.end()
    )
}

/// How a story is used by too few or too many questions, in a sentence.
#[must_use]
pub fn misuse(story: &StoryLine) -> String {
    let noun = if story.questions == 1 { "question" } else { "questions" };
    format!(
        "“{}” answers {} {noun}; a story should answer {} or {}.",
        story.title,
        story.questions,
        QUESTIONS_PER_STORY.start(),
        QUESTIONS_PER_STORY.end()
    )
}

/// How much of a checklist a story addresses: `4 of 5, lacks prevention`.
#[must_use]
pub fn addressed(answer: &Answer) -> String {
    let (covered, total) = (answer.covered.len(), answer.covered.len() + answer.gaps.len());
    match (total, answer.gaps.as_slice()) {
        (0, _) => "no checklist".to_owned(),
        (_, []) => format!("{covered} of {total}"),
        (_, gaps) => format!("{covered} of {total}, lacks {}", gaps.join(", ")),
    }
}

/// Coverage as Markdown.
#[must_use]
pub fn markdown(coverage: &Coverage) -> String {
    let mut out = format!("# Story bank\n\n{}\n", summary(coverage));
    list(&mut out, "Gaps", &coverage.gaps.iter().map(|gap| escaped(&gap.sentence())).collect::<Vec<_>>());
    let misused = coverage.stories.iter().filter(|story| story.misused());
    list(
        &mut out,
        "Stories with too few or too many questions",
        &misused.map(|story| escaped(&misuse(story))).collect::<Vec<_>>(),
    );
    for (heading, lines) in [("Themes", &coverage.themes), ("Principles", &coverage.principles)] {
        let _ = write!(out, "\n## {heading}\n\n| | Stories |\n|---|---|\n");
        for line in lines {
            let stories: Vec<String> =
                line.stories.iter().map(|index| link(&coverage.stories[*index])).collect();
            let _ = writeln!(out, "| {} | {} |", escaped(&line.name), stories.join(", "));
        }
    }
    out.push_str("\n## Questions\n");
    for question in &coverage.questions {
        let _ = write!(out, "\n### {}\n\n", escaped(&question.text));
        for answer in &question.stories {
            let _ = writeln!(out, "- {}: {}", link(&coverage.stories[answer.story]), addressed(answer));
        }
        for answer in &question.candidates {
            let _ = writeln!(
                out,
                "- could answer it: {}: {}",
                link(&coverage.stories[answer.story]),
                addressed(answer)
            );
        }
        if question.stories.is_empty() && question.candidates.is_empty() {
            out.push_str("No story.\n");
        }
    }
    out
}

fn list(out: &mut String, heading: &str, items: &[String]) {
    if !items.is_empty() {
        let _ = write!(out, "\n## {heading}\n\n");
        items.iter().for_each(|item| {
            let _ = writeln!(out, "- {item}");
        });
    }
}

fn link(story: &StoryLine) -> String {
    format!("[{}](<{}>)", escaped(&story.title), address(story).replace('>', "%3E").replace('<', "%3C"))
}

/// The address of a story, relative to where the command ran: the path with signs of addresses encoded, and its line.
#[must_use]
pub fn address(story: &StoryLine) -> String {
    let mut out = String::new();
    for byte in story.path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    format!("{out}#L{}", story.line)
}

/// A text in which no sign means anything to Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            letter => {
                if "\\`*_[]<>|#&".contains(letter) {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
    }
    out
}
