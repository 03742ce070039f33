//! Lists of tags: a new one for a story, and one more value in a list.

use starling_grammar::{Part, Span, Story, Tag, TagKind, TagSource, Vocabulary, checklist};

use super::layout::{self, Class};
use super::{Context, insertion, wording};
use crate::finding::Edit;

/// Whether a story addresses all of what a question asks for.
pub(super) fn answers_in_full(story: &Story, question: &str, vocabulary: &Vocabulary) -> bool {
    checklist(story, question, vocabulary).is_complete()
}

/// The edit that gives a story the tags of these ids, a line for each kind, after its last part; `None` in a table with a
/// column for each part, and where there are no tags.
pub(super) fn insert(context: &Context, story: &Story, tags: &[(TagKind, &str)]) -> Option<Edit> {
    let named: Vec<(TagKind, &str)> =
        tags.iter().map(|(kind, id)| (*kind, wording::tag_name(context.vocabulary, *kind, id))).collect();
    list(context, story, &named)
}

/// The same for tags as they are to be written.
pub(crate) fn list(context: &Context, story: &Story, tags: &[(TagKind, &str)]) -> Option<Edit> {
    let text = context.text();
    let first = story.parts.first()?;
    let last = story.parts.iter().max_by_key(|part| layout::end(part))?;
    if Class::of(first) == Class::Column || tags.is_empty() {
        return None;
    }
    let prefix = opening(text, first);
    let mark = if Class::of(first) == Class::Line { "" } else { "**" };
    let line = |(label, kind): &(&str, TagKind)| {
        let values: Vec<&str> = tags.iter().filter(|(of, _)| of == kind).map(|(_, value)| *value).collect();
        (!values.is_empty()).then(|| format!("{mark}{label}:{mark} {}", values.join(", ")))
    };
    let lines: Vec<String> = LABELS.iter().filter_map(line).collect();
    let at = layout::line_stop(text, layout::end(last));
    let between = format!("{}{prefix}", layout::line_end(text));
    let tail = insertion::blank_after(text, at, first);
    Some(Edit::insert(at, format!("{}{}{tail}", layout::empty_line(text, prefix), lines.join(&between))))
}

/// What each kind of tags is listed under.
const LABELS: [(&str, TagKind); 3] =
    [("Principles", TagKind::Principle), ("Themes", TagKind::Theme), ("Questions", TagKind::Question)];

/// The quote marks and indentation that the line of a label opens with.
fn opening<'t>(text: &'t str, part: &Part) -> &'t str {
    let line = &text[layout::line_start(text, part.label.whole.start)..part.label.whole.start];
    &line[..layout::quote_marks(line)]
}

/// The edit that adds a value to the list that a tag stands in; `None` where the list belongs to other stories, too.
pub(super) fn add(context: &Context, story: &Story, tag: &Tag, value: &str) -> Option<Edit> {
    let shared =
        |other: &Story| other.span != story.span && other.tags.iter().any(|its| its.span == tag.span);
    if context.document.stories.iter().any(shared) {
        return None;
    }
    let text = context.text();
    let start = layout::line_start(text, tag.span.start);
    let before = &text[start..tag.span.start];
    let item = layout::prefix(before);
    if layout::opens_item(item) && before[item.len()..].chars().all(is_mark) {
        let at = layout::line_stop(text, tag.span.end);
        return Some(Edit::insert(at, format!("{}{item}{value}", layout::line_end(text))));
    }
    // `questions: "Why?"` is one text to YAML, so that the list goes on before its closing mark.
    let inside =
        tag.source == TagSource::FrontMatter && before.trim_end_matches(is_mark).trim_end().ends_with(':');
    let closing = if inside { 0 } else { closing_marks(&text[tag.span.end..]) };
    let tick = if before.ends_with('`') { "`" } else { "" };
    let separator = separator(text, story, tag);
    Some(Edit::insert(tag.span.end + closing, format!("{separator}{tick}{value}{tick}")))
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '"' | '“' | '”' | '\'')
}

fn closing_marks(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(is_mark).len()
}

/// What parts the values of the list that ends with a tag; a comma where it has one value only.
fn separator<'t>(text: &'t str, story: &Story, tag: &Tag) -> &'t str {
    let before = story.tags.iter().rfind(|other| other.span.end <= tag.span.start);
    let between =
        before.map(|other| Span::new(other.span.end, tag.span.start).of(text).trim_matches(is_mark));
    let parts = |between: &&str| {
        !between.trim().is_empty()
            && between.chars().all(|c| matches!(c, ' ' | ',' | ';' | '·' | '•' | '|' | '/'))
    };
    between.filter(parts).unwrap_or(", ")
}
