//! Coverage as text for a terminal.

use std::fmt::Write as _;

use super::coverage::{Answer, Coverage, Gap, TagLine};
use super::report;
use crate::plain::plain;
use crate::speech;

/// Coverage, line by line. Nothing in it steers a terminal.
#[must_use]
pub fn text(coverage: &Coverage) -> String {
    let mut out = format!("{}\n", report::summary(coverage));
    for (heading, lines) in [("Themes", &coverage.themes), ("Principles", &coverage.principles)] {
        tags(&mut out, heading, lines, coverage);
    }
    out.push_str("\nQuestions\n");
    for question in &coverage.questions {
        let _ = writeln!(out, "  {}: {}", question.id, plain(&question.text));
        for answer in &question.stories {
            let _ = writeln!(out, "    {}", answer_line(answer, coverage));
        }
        for answer in &question.candidates {
            let _ = writeln!(out, "    could answer it: {}", answer_line(answer, coverage));
        }
    }
    out.push_str("\nStories\n");
    for story in &coverage.stories {
        let title = plain(&story.title);
        let place = plain(&format!("{}:{}", story.path, story.line));
        let _ = writeln!(out, "  {}  {title} ({place})", speech::minutes(story.seconds));
    }
    let misused = coverage.stories.iter().filter(|story| story.misused()).map(report::misuse);
    list(&mut out, "Too few or too many questions", &misused.collect::<Vec<_>>());
    list(&mut out, "Gaps", &coverage.gaps.iter().map(Gap::sentence).collect::<Vec<_>>());
    out
}

fn tags(out: &mut String, heading: &str, lines: &[TagLine], coverage: &Coverage) {
    let width = lines.iter().map(|line| line.id.chars().count()).max().unwrap_or_default();
    let _ = writeln!(out, "\n{heading}");
    for line in lines {
        let titles: Vec<&str> =
            line.stories.iter().map(|story| coverage.stories[*story].title.as_str()).collect();
        let row = format!("  {:width$}  {:>2}  {}", plain(&line.id), titles.len(), plain(&titles.join("; ")));
        let _ = writeln!(out, "{}", row.trim_end());
    }
}

fn answer_line(answer: &Answer, coverage: &Coverage) -> String {
    plain(&format!("{}: {}", coverage.stories[answer.story].title, report::addressed(answer)))
}

fn list(out: &mut String, heading: &str, sentences: &[String]) {
    if !sentences.is_empty() {
        let _ = writeln!(out, "\n{heading}");
        sentences.iter().for_each(|sentence| {
            let _ = writeln!(out, "  {}", plain(sentence));
        });
    }
}
