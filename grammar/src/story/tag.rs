//! Tags: the values of label lines, front matter and headings, looked up in the vocabulary.

use std::collections::HashMap;

use crate::document::FrontMatter;
use crate::vocabulary::{TagLabel, Vocabulary};
use crate::{Span, Tag, TagKind, TagSource, TagValue};

use super::placeholder;

const KINDS: [TagKind; 3] = [TagKind::Principle, TagKind::Theme, TagKind::Question];

/// The tags of a label line, whose values stand at `values` of `text`.
pub(super) fn of_line(text: &str, label: &TagLabel, values: &[Span], vocabulary: &Vocabulary) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    // `n/a` is no list, but `TBD, failure` is.
    let is_note = |words: &str| !words.contains(',') && is_open(words, vocabulary);
    let written = values.iter().filter(|value| !is_note(value.of(text)));
    let items = written.flat_map(|value| {
        vocabulary.split_list(value.of(text)).into_iter().map(move |item| item.shift(value.start))
    });
    let mut read: HashMap<(&str, bool), Option<(TagKind, TagValue)>> = HashMap::new();
    for span in items {
        let written = span.of(text);
        let quoted = span.start > 0 && text[..span.start].ends_with(['"', '“']);
        let value = read
            .entry((written, quoted))
            .or_insert_with(|| value_of_line(label.kind, written, quoted, vocabulary));
        if let Some((kind, value)) = value.clone() {
            tags.push(Tag { kind: Some(kind), span, value, source: TagSource::Line });
        }
    }
    let known = tags.iter().filter(|tag| matches!(tag.value, TagValue::Known { .. })).count();
    // Themes are often words of one's own; principles and questions come from a list.
    let meant = if label.kind == Some(TagKind::Theme) { known * 2 > tags.len() } else { known > 0 };
    if label.exact && meant {
        tags.iter_mut().for_each(report);
    }
    tags
}

/// What a value stands for under a label that lists tags of `kind`, or of any; `None` for what is no tag.
fn value_of_line(
    kind: Option<TagKind>,
    written: &str,
    quoted: bool,
    vocabulary: &Vocabulary,
) -> Option<(TagKind, TagValue)> {
    let listed = kind.and_then(|kind| known(kind, written, vocabulary));
    let known = listed.or_else(|| KINDS.iter().find_map(|kind| known(*kind, written, vocabulary)));
    match (known, kind) {
        (Some(found), _) => Some(found),
        (None, Some(_)) if is_open(written, vocabulary) => None,
        (None, Some(kind)) => Some((kind, unknown(kind, written, quoted, vocabulary))),
        (None, None) if quoted => None,
        (None, None) => near_any(written, vocabulary),
    }
}

/// Whether a value is yet to be written: `TBD`, `[theme]`.
fn is_open(written: &str, vocabulary: &Vocabulary) -> bool {
    let found = placeholder::find(written, written, vocabulary);
    let whole = |span: &Span| span.of(written).len() == written.trim().len();
    !written.contains(char::is_alphanumeric) || found.iter().any(whole)
}

/// A value that no set knows, on a line where others are known, was meant as one, unless it is a sentence.
fn report(tag: &mut Tag) {
    if let TagValue::Text(text) = &tag.value
        && !is_sentence(text)
    {
        tag.value = TagValue::Unknown { text: text.clone(), near: Vec::new() };
    }
}

fn known(kind: TagKind, written: &str, vocabulary: &Vocabulary) -> Option<(TagKind, TagValue)> {
    let found = vocabulary.find(kind, written)?;
    Some((kind, TagValue::Known { id: found.id.to_owned(), former: found.former }))
}

fn unknown(kind: TagKind, written: &str, quoted: bool, vocabulary: &Vocabulary) -> TagValue {
    let text = written.to_owned();
    if quoted || is_sentence(written) {
        return TagValue::Text(text);
    }
    let near: Vec<String> = vocabulary.near(kind, written).into_iter().map(ToOwned::to_owned).collect();
    if near.is_empty() { TagValue::Text(text) } else { TagValue::Unknown { text, near } }
}

fn near_any(written: &str, vocabulary: &Vocabulary) -> Option<(TagKind, TagValue)> {
    KINDS.iter().find_map(|kind| match unknown(*kind, written, false, vocabulary) {
        value @ TagValue::Unknown { .. } => Some((*kind, value)),
        _ => None,
    })
}

/// Whether a value is a question or sentence rather than a name.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['?', '.', '!', '？'])
        || text.starts_with(['"', '“'])
        || text.split_whitespace().count() > 6
}

/// The tags of a front matter. What no set knows is reported, unless it is a sentence.
pub(super) fn of_front_matter(front_matter: &FrontMatter, vocabulary: &Vocabulary) -> Vec<Tag> {
    let tag = |(kind, text, span): &(TagKind, String, Span)| {
        let value = match known(*kind, text, vocabulary) {
            Some((_, value)) => value,
            None if is_open(text, vocabulary) => return None,
            None if is_sentence(text) => TagValue::Text(text.clone()),
            None => {
                let near = vocabulary.near(*kind, text).into_iter().map(ToOwned::to_owned).collect();
                TagValue::Unknown { text: text.clone(), near }
            }
        };
        Some(Tag { kind: Some(*kind), span: *span, value, source: TagSource::FrontMatter })
    };
    front_matter.tags.iter().filter_map(tag).collect()
}

/// The tags in the last parenthesis of a heading, if every item in it is known.
pub(super) fn of_heading(text: &str, heading: Span, vocabulary: &Vocabulary) -> Vec<Tag> {
    let words = heading.of(text).trim_end();
    let Some(open) = words.rfind('(').filter(|_| words.ends_with(')')) else { return Vec::new() };
    let start = heading.start + open + 1;
    let inner = &words[open + 1..words.len() - 1];
    let mut tags = Vec::new();
    for item in vocabulary.split_list(inner) {
        let found = KINDS.iter().find_map(|kind| known(*kind, item.of(inner), vocabulary));
        let Some((kind, value)) = found else { return Vec::new() };
        tags.push(Tag { kind: Some(kind), span: item.shift(start), value, source: TagSource::Heading });
    }
    tags
}
