//! What stands at a place of a document.

use starling_grammar::{BlockKind, Document, Part, Span, Story, Tag, TagKind, TagValue};

use super::View;
use crate::rules::layout;

/// Whether a place lies in a span or right after it, as a cursor behind a word does.
pub(super) fn touches(span: Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}

/// The story that holds a place, its title included.
pub(super) fn story_at(document: &Document, offset: usize) -> Option<&Story> {
    let holds = |story: &&Story| touches(story.span, offset) || touches(story.title.span, offset);
    document.stories.iter().find(holds)
}

/// All that a part spans: its label and its text, whichever comes first.
pub(super) fn extent(part: &Part) -> Span {
    if part.body.is_empty() { part.label.whole } else { part.label.whole.cover(part.body) }
}

/// The part of a story that holds a place.
pub(super) fn part_at(story: &Story, offset: usize) -> Option<&Part> {
    story.parts.iter().find(|part| touches(extent(part), offset))
}

/// Whether a place lies in code, in HTML or in a comment.
pub(super) fn is_verbatim(view: &View, offset: usize) -> bool {
    let block = view.document().block(offset);
    block.is_some_and(|block| matches!(block.kind, BlockKind::Code | BlockKind::Html))
        || view.document().in_comment(offset)
}

/// The words under a span on one line, without Markdown's marks; code is `…`.
pub(super) fn words(document: &Document, span: Span) -> String {
    let prose = document.prose(span).replace('\u{1a}', "…");
    prose.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A use of a tag: where it stands, and what it is called if it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'a> {
    pub(super) span: Span,
    pub(super) kind: Option<TagKind>,
    pub(super) id: Option<&'a str>,
}

/// The tags of a document in the order of the text, each place once; those of the front matter, too, when there is no
/// story that they could belong to.
pub(super) fn tags<'a>(view: &View<'a>) -> Vec<Use<'a>> {
    let document = view.document();
    let of_story = |tag: &'a Tag| {
        let id = match &tag.value {
            TagValue::Known { id, .. } => Some(id.as_str()),
            TagValue::Unknown { .. } | TagValue::Text(_) => None,
        };
        Use { span: tag.span, kind: tag.kind, id }
    };
    let mut tags: Vec<Use> = document.stories.iter().flat_map(|story| &story.tags).map(of_story).collect();
    let front_matter = document.front_matter.iter().flat_map(|front_matter| &front_matter.tags);
    tags.extend(front_matter.map(|(kind, text, span)| {
        let id = view.vocabulary().find(*kind, text).map(|known| known.id);
        Use { span: *span, kind: Some(*kind), id }
    }));
    tags.sort_by_key(|tag| tag.span);
    tags.dedup_by_key(|tag| tag.span);
    tags
}

/// The line that holds a place, without its line end.
pub(super) fn line(text: &str, offset: usize) -> Span {
    Span::new(layout::line_start(text, offset), layout::line_stop(text, offset))
}

/// Whether a line holds nothing but quote marks and white space.
pub(super) fn is_blank(line: &str) -> bool {
    line.trim_matches(['>', ' ', '\t']).is_empty()
}

/// The line before the one that begins at `start`; `None` at the first.
pub(super) fn line_before(text: &str, start: usize) -> Option<Span> {
    let end = text[..start].strip_suffix("\r\n").or_else(|| text[..start].strip_suffix(['\n', '\r']))?.len();
    Some(Span::new(layout::line_start(text, end), end))
}

/// The line after the one that ends at `stop`; `None` at the last.
pub(super) fn line_after(text: &str, stop: usize) -> Option<Span> {
    let rest = &text[stop..];
    let start = stop + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    (start > stop).then(|| Span::new(start, layout::line_stop(text, start)))
}
