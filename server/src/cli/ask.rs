//! `starling ask`: the story for a question.

use std::fmt::Write as _;

use starling_grammar::{TagKind, Vocabulary};

use super::arguments::{self, Format};
use super::output::{Printed, json};
use super::{banks, failed};
use crate::bank::answer::{self, name, sentence};
use crate::bank::ask::{Asking, Match, ask};
use crate::plain::plain;
use crate::workspace::shown;

/// As many stories are explained to people; programs get all.
const SHOWN: usize = 3;

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
        found.path = shown(&one.shown(&found.story.path));
    }
    printed.out = match options.format {
        Format::Json => json(&answer::json(&asking, vocabulary)),
        Format::Text => text(&asking, one.bank.len(), vocabulary),
    };
    printed
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
