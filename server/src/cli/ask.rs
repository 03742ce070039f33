//! `starling ask`: the story for a question.

use std::fmt::Write as _;

use serde::Serialize;
use starling_grammar::{PartKind, TagKind, Vocabulary};

use super::arguments::{self, Format};
use super::output::{Printed, json, plain};
use super::{banks, failed};
use crate::bank::ask::{Asking, Match, Reason, ask};
use crate::workspace::shown;

/// As many stories are explained to people; programs get all.
const SHOWN: usize = 3;

/// The answer for programs. Its shape is public: changes only add to it.
#[derive(Serialize)]
struct JsonAnswer<'a> {
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

/// Runs the command.
pub(super) fn run(options: &arguments::Ask) -> Printed {
    let mut printed = Printed::default();
    let one = match banks::of_path(options.path.as_deref(), &mut printed) {
        Ok(one) => one,
        Err(message) => return failed(&message),
    };
    let vocabulary = &one.configured.config.vocabulary;
    let mut asking = ask(&options.question, &one.bank, vocabulary);
    for found in &mut asking.stories {
        found.path = shown(one.shown(&found.story.path));
    }
    printed.out = match options.format {
        Format::Json => json(&json_answer(&asking, vocabulary)),
        Format::Text => text(&asking, one.bank.len(), vocabulary),
    };
    printed
}

fn json_answer<'a>(asking: &'a Asking, vocabulary: &Vocabulary) -> JsonAnswer<'a> {
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

fn text(asking: &Asking, stories: usize, vocabulary: &Vocabulary) -> String {
    if asking.stories.is_empty() {
        return match stories {
            0 => "There are no stories here.\n".to_owned(),
            _ => "No story fits this question. `starling bank` shows what the stories cover.\n".to_owned(),
        };
    }
    let mut out = String::new();
    if let Some(id) = &asking.question {
        let name = name(TagKind::Question, id, vocabulary);
        let _ = writeln!(out, "Nearest question: {} ({})\n", plain(name), plain(id));
    }
    for (at, found) in asking.stories.iter().take(SHOWN).enumerate() {
        print(&mut out, at + 1, found, vocabulary);
    }
    out
}

fn print(out: &mut String, rank: usize, found: &Match, vocabulary: &Vocabulary) {
    let place = format!("{}:{}", found.path, found.line);
    let _ = writeln!(out, "{rank}. {} ({})", plain(&found.title), plain(&place));
    let reasons: Vec<String> = found.reasons.iter().map(|reason| sentence(reason, vocabulary)).collect();
    let _ = writeln!(out, "   Why: {}.", plain(&reasons.join("; ")));
    if let Some(part) = found.expand {
        let _ = writeln!(out, "   Dwell on the {}.", part.name());
    }
    for stress in &found.stress {
        let _ = writeln!(out, "   Stress: {} (line {})", plain(&stress.prompt), stress.line);
    }
    for missing in &found.missing {
        let _ = writeln!(out, "   Missing in the {}: {}", missing.part.name(), plain(&missing.prompt));
    }
    out.push('\n');
}

fn sentence(reason: &Reason, vocabulary: &Vocabulary) -> String {
    match reason {
        Reason::Question(id) => format!("answers “{}”", name(TagKind::Question, id, vocabulary)),
        Reason::Tag(TagKind::Theme, id) => format!("theme {}", name(TagKind::Theme, id, vocabulary)),
        Reason::Tag(kind, id) => format!("shows {}", name(*kind, id, vocabulary)),
        Reason::Words(words) => format!("speaks of {}", words.join(", ")),
        Reason::Checklist(covered, total) => format!("addresses {covered} of {total} points"),
    }
}

fn name<'v>(kind: TagKind, id: &'v str, vocabulary: &'v Vocabulary) -> &'v str {
    vocabulary.names(kind).into_iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name)
}
