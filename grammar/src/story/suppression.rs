//! Comments that silence rules.

use crate::document::Suppression;
use crate::markdown::Markdown;
use crate::{Span, Story};

const IGNORE: &str = "starling-ignore";

/// As many comments are read in a text, and as many names in a comment. Every finding is held against every one of them, so
/// that without a bound the time would grow with the square of the text.
const MOST: usize = 1000;

/// The suppression comments of a text, each with the bytes in which it silences.
pub(crate) fn suppressions(markdown: &Markdown, stories: &[Story]) -> Vec<Suppression> {
    let text = markdown.text();
    markdown.comments().filter_map(|comment| suppression(text, comment, stories)).take(MOST).collect()
}

fn suppression(text: &str, comment: Span, stories: &[Story]) -> Option<Suppression> {
    let content = comment.of(text).strip_prefix("<!--")?.strip_suffix("-->")?;
    let inner = Span::new(comment.start + 4, comment.start + 4 + content.len()).trim(text);
    let written = inner.of(text).strip_prefix(IGNORE)?;
    let (file, names) = match written.strip_prefix("-file") {
        Some(names) => (true, names),
        None => (false, written),
    };
    if names.starts_with(|c: char| !c.is_whitespace() && c != ':') {
        return None;
    }
    let offset = inner.end - names.len();
    let mut rules = Vec::new();
    let each = names.split([',', ' ', '\t', '\n', '\r', ':']).filter(|name| !name.is_empty());
    for name in each.take(MOST) {
        let start = offset + (name.as_ptr() as usize - names.as_ptr() as usize);
        rules.push((name.to_owned(), Span::new(start, start + name.len())));
    }
    let scope = if file { Span::new(0, text.len()) } else { scope(text, comment, stories) };
    Some(Suppression { span: comment, rules, scope })
}

/// The part that the comment stands in or right before, else the story that it stands in or before.
fn scope(text: &str, comment: Span, stories: &[Story]) -> Span {
    let is_blank = |between: &str| between.chars().all(|c| c.is_whitespace() || c == '>');
    let directly_before = |place: usize| place >= comment.end && is_blank(&text[comment.end..place]);
    let first = stories.partition_point(|story| story.span.end.max(story.title.span.end) <= comment.start);
    for story in stories[first..].iter().take(1) {
        if directly_before(story.span.start) {
            return story.span;
        }
        let ends = story.parts.iter().skip(1).map(|part| part.label.whole.start).chain([story.span.end]);
        let before = story.parts.iter().find(|part| directly_before(part.label.whole.start));
        let inside = story.parts.iter().zip(ends).find(|(part, end)| {
            part.label.whole.start <= comment.start && comment.end <= (*end).max(part.body.end)
        });
        if let Some(part) = before.or(inside.map(|(part, _)| part)) {
            let start = part.label.whole.start.min(comment.start);
            return Span::new(start, part.body.end.max(part.label.whole.end));
        }
        if story.span.contains_span(comment) || comment.start < story.span.start {
            return story.span.cover(story.title.span);
        }
    }
    comment
}
