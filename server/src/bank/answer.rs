//! The stories for a question, for programs and for people.

use serde::Serialize;
use starling_grammar::{PartKind, TagKind, Vocabulary};

use super::ask::{Asking, Match, Reason};

/// The answer for programs. Its shape is public: changes only add to it.
#[derive(Serialize)]
pub struct JsonAnswer<'a> {
    version: u32,
    question: Option<&'a str>,
    stories: Vec<JsonMatch<'a>>,
}

#[derive(Serialize)]
struct JsonMatch<'a> {
    story: String,
    title: &'a str,
    reasons: Vec<String>,
    stress: Vec<JsonStress<'a>>,
    missing: Vec<JsonMissing<'a>>,
    expand: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonStress<'a> {
    item: &'a str,
    prompt: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct JsonMissing<'a> {
    item: &'a str,
    prompt: &'a str,
    part: &'static str,
}

/// The answer as a value to be written as JSON.
#[must_use]
pub fn json<'a>(asking: &'a Asking, vocabulary: &Vocabulary) -> JsonAnswer<'a> {
    let story = |found: &'a Match| JsonMatch {
        story: format!("{}#{}", found.path, found.line),
        title: &found.title,
        reasons: found.reasons.iter().map(|reason| sentence(reason, vocabulary)).collect(),
        stress: found
            .stress
            .iter()
            .map(|stress| JsonStress { item: &stress.item, prompt: &stress.prompt, line: stress.line })
            .collect(),
        missing: found
            .missing
            .iter()
            .map(|missing| JsonMissing {
                item: &missing.item,
                prompt: &missing.prompt,
                part: missing.part.id(),
            })
            .collect(),
        expand: found.expand.map(PartKind::id),
    };
    JsonAnswer {
        version: 1,
        question: asking.question.as_deref(),
        stories: asking.stories.iter().map(story).collect(),
    }
}

/// Why a story fits, in a few words.
#[must_use]
pub fn sentence(reason: &Reason, vocabulary: &Vocabulary) -> String {
    match reason {
        Reason::Question(id) => format!("answers “{}”", name(TagKind::Question, id, vocabulary)),
        Reason::Tag(TagKind::Theme, id) => format!("theme {}", name(TagKind::Theme, id, vocabulary)),
        Reason::Tag(kind, id) => format!("shows {}", name(*kind, id, vocabulary)),
        Reason::Words(words) => format!("speaks of {}", words.join(", ")),
        Reason::Checklist(covered, total) => format!("addresses {covered} of {total} points"),
    }
}

/// The name of a tag, by its id.
#[must_use]
pub fn name<'v>(kind: TagKind, id: &'v str, vocabulary: &'v Vocabulary) -> &'v str {
    vocabulary.names(kind).into_iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name)
}
