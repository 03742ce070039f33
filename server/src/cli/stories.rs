//! `starling stories`: what was understood.

use std::fmt::Write as _;

use serde::Serialize;
use starling_grammar::{Document, MetricKind, Part, Story, TagKind, TagValue, Vocabulary, parallel};

use super::arguments::{self, Format};
use super::failed;
use super::inputs::{Input, Skipped, inputs, tell_problems, tell_skipped};
use super::output::{Printed, count, json};
use crate::lines::Lines;
use crate::plain::plain;
use crate::speech;
use crate::workspace::{Configurations, shown};

/// The list for programs. Its shape is public: changes only add to it.
#[derive(Serialize)]
struct JsonReport {
    version: u32,
    files: Vec<JsonFile>,
    skipped: Vec<Skipped>,
    notices: Vec<String>,
}

#[derive(Serialize)]
struct JsonFile {
    path: String,
    stories: Vec<JsonStory>,
}

#[derive(Serialize)]
struct JsonStory {
    title: String,
    line: usize,
    template: bool,
    parts: Vec<JsonPart>,
    principles: Vec<String>,
    themes: Vec<String>,
    questions: Vec<String>,
    /// Tags that the vocabulary does not know, as written.
    unknown: Vec<String>,
    words: usize,
    seconds: usize,
    metrics: Vec<JsonMetric>,
    technologies: Vec<String>,
}

#[derive(Serialize)]
struct JsonPart {
    /// The part's id; a combined label fills several parts and is listed once for each.
    part: &'static str,
    line: usize,
    words: usize,
}

#[derive(Serialize)]
struct JsonMetric {
    line: usize,
    column: usize,
    text: String,
    kind: MetricKind,
    baseline: bool,
}

/// Runs the command.
pub(super) fn run(options: &arguments::Stories) -> Printed {
    let mut printed = Printed::default();
    let inputs = match inputs(&options.paths, Configurations::default()) {
        Ok(inputs) => inputs,
        Err(message) => return failed(&message),
    };
    let mut report = JsonReport {
        version: 1,
        files: Vec::new(),
        skipped: inputs.skipped.clone(),
        notices: inputs.notices.clone(),
    };
    for (input, read) in inputs.texts.iter().zip(parallel::map(&inputs.texts, read)) {
        match read.unwrap_or_else(|| Err(input.broken())) {
            Ok(file) if file.stories.is_empty() => {}
            Ok(file) => report.files.push(file),
            Err(skipped) => report.skipped.push(skipped),
        }
    }
    report.skipped.sort();
    tell_skipped(&report.skipped, &report.notices, &mut printed);
    tell_problems(&inputs.configured, &mut printed);
    printed.out = match options.format {
        Format::Json => json(&report),
        Format::Text => text(&report, inputs.texts.len()),
    };
    printed
}

fn read(input: &Input) -> Result<JsonFile, Skipped> {
    let file = input.read()?;
    let origin = input.configured.origin(input.path());
    let document = Document::read(file.text, &origin, &input.configured.config.vocabulary);
    let lines = Lines::new(document.text());
    let vocabulary = &input.configured.config.vocabulary;
    let stories =
        document.stories.iter().map(|story| json_story(story, &document, &lines, vocabulary)).collect();
    Ok(JsonFile { path: shown(input.path()), stories })
}

fn json_story(story: &Story, document: &Document, lines: &Lines<'_>, vocabulary: &Vocabulary) -> JsonStory {
    let tags = |kind| story.known_tags(kind).into_iter().map(str::to_owned).collect();
    JsonStory {
        title: story.title.text.clone(),
        line: lines.line(story.title.span.start),
        template: story.template,
        parts: json_parts(story, lines),
        principles: tags(TagKind::Principle),
        themes: tags(TagKind::Theme),
        questions: tags(TagKind::Question),
        unknown: unknown_tags(story),
        words: story.words(),
        seconds: speech::seconds(story.words()),
        metrics: json_metrics(story, document.text(), lines),
        technologies: story.technologies(vocabulary).into_iter().map(str::to_owned).collect(),
    }
}

fn json_parts(story: &Story, lines: &Lines<'_>) -> Vec<JsonPart> {
    let parts = story.parts.iter().flat_map(|part| {
        let line = lines.line(part.label.span.start);
        part.kinds.iter().map(move |kind| JsonPart { part: kind.id(), line, words: part.words() })
    });
    parts.collect()
}

fn json_metrics(story: &Story, text: &str, lines: &Lines<'_>) -> Vec<JsonMetric> {
    let metrics = story.parts.iter().flat_map(Part::metrics).map(|metric| {
        let place = lines.place(metric.span.start);
        JsonMetric {
            line: place.line,
            column: place.column,
            text: metric.span.of(text).to_owned(),
            kind: metric.kind,
            baseline: metric.baseline,
        }
    });
    metrics.collect()
}

fn unknown_tags(story: &Story) -> Vec<String> {
    let texts = story.tags.iter().filter_map(|tag| match &tag.value {
        TagValue::Unknown { text, .. } => Some(text.clone()),
        TagValue::Known { .. } | TagValue::Text(_) => None,
    });
    texts.collect()
}

fn text(report: &JsonReport, read: usize) -> String {
    let mut out = String::new();
    for file in &report.files {
        for story in &file.stories {
            print_story(&mut out, &file.path, story);
        }
    }
    let stories = report.files.iter().flat_map(|file| &file.stories);
    let templates = stories.clone().filter(|story| story.template).count();
    let total = stories.count();
    let files = count(read, "file", "files");
    let stories = count(total - templates, "story", "stories");
    let _ = match (total, templates) {
        (0, _) => writeln!(out, "No stories found in {files}."),
        (_, 0) => writeln!(out, "{stories} in {files}."),
        _ => writeln!(out, "{stories} and {} in {files}.", count(templates, "template", "templates")),
    };
    out
}

fn print_story(out: &mut String, path: &str, story: &JsonStory) {
    let _ = writeln!(out, "{}:{}: {}", plain(path), story.line, plain(&story.title));
    let parts: Vec<String> = story.parts.iter().map(|part| format!("{} {}", part.part, part.words)).collect();
    let length = if story.template { "template".to_owned() } else { speech::minutes(story.seconds) };
    let _ = writeln!(out, "    {length}, {} words: {}", story.words, parts.join(", "));
    let metrics: Vec<String> = story.metrics.iter().map(|metric| metric.text.clone()).collect();
    let lists = [
        ("principles", &story.principles),
        ("themes", &story.themes),
        ("questions", &story.questions),
        ("other tags", &story.unknown),
        ("metrics", &metrics),
        ("technologies", &story.technologies),
    ];
    for (name, values) in lists.into_iter().filter(|(_, values)| !values.is_empty()) {
        let _ = writeln!(out, "    {name}: {}", plain(&values.join(", ")));
    }
    out.push('\n');
}
