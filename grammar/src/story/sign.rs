//! Signs: the places of a segment that shape stories, in the order of the text.
//!
//! Everything a story is made of is decided from signs; the paragraphs between them are only bodies.

use std::sync::Arc;

use crate::document::TagList;
use crate::markdown::{Container, ContainerKind, Leaf, LeafKind, Segment};
use crate::vocabulary::{TagLabel, Vocabulary};
use crate::{Document, LabelStyle, Span};

use super::label::{self, Meaning, PartHead};
use super::line::{self, Found};
use super::table;

/// What a heading says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeadingWords {
    /// Without Markdown marks, white space folded.
    pub(super) plain: String,
    /// Whether that says only what kind of text follows.
    pub(super) generic: bool,
}

/// A place that shapes stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sign {
    /// Where it begins, and what of the text belongs to the sign itself (a label with its marks, a heading's line).
    pub(super) span: Span,
    pub(super) kind: SignKind,
    /// List items around it, the one that it opens left out.
    pub(super) depth: usize,
    /// The innermost of these items.
    pub(super) item: Option<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SignKind {
    /// A heading that is no label.
    Heading { level: u8, text: Span, words: Arc<HeadingWords> },
    /// A label of a part. `body` is where its text begins, and where it ends if the sign itself knows that.
    Part { head: PartHead, style: LabelStyle, body: (usize, Option<usize>) },
    /// A label of a list of tags, with the text that holds the values.
    Tags { label: TagLabel, style: LabelStyle, values: Vec<Span> },
    /// Any other label. One that stands alone may name the story after it.
    Other { style: LabelStyle, caption: Option<Span> },
    /// A thematic break.
    Break,
    /// A list item that opens with text of its own.
    Item { ordered: bool, text: Span, own: Span },
    /// A paragraph that could name the story after it: a question, or a line in bold.
    Caption { text: Span },
    /// `<summary>` of a `<details>`.
    Summary { text: Span },
    /// `<details>` or `</details>`.
    Details { opens: bool },
    /// A row of a table whose columns are parts: the cells that are none of a part, then the parts.
    Row { cells: Vec<Span>, parts: Vec<(PartHead, Span)> },
}

impl Sign {
    /// What the sign lists, if it is the label of a list of tags.
    pub(crate) fn tag_list(&self) -> Option<TagList> {
        match &self.kind {
            SignKind::Tags { label, values, .. } => {
                Some(TagList { kind: label.kind, label: self.span, values: values.clone() })
            }
            _ => None,
        }
    }

    /// The same sign `by` bytes further on.
    pub(crate) fn shift(&self, by: usize) -> Self {
        let move_all = |spans: &[Span]| spans.iter().map(|span| span.shift(by)).collect();
        let kind = match &self.kind {
            SignKind::Heading { level, text, words } => {
                SignKind::Heading { level: *level, text: text.shift(by), words: words.clone() }
            }
            SignKind::Part { head, style, body: (start, end) } => {
                let body = (start + by, end.map(|end| end + by));
                SignKind::Part { head: head.shift(by), style: *style, body }
            }
            SignKind::Tags { label, style, values } => {
                SignKind::Tags { label: *label, style: *style, values: move_all(values) }
            }
            SignKind::Other { style, caption } => {
                SignKind::Other { style: *style, caption: caption.map(|span| span.shift(by)) }
            }
            SignKind::Break => SignKind::Break,
            SignKind::Item { ordered, text, own } => {
                SignKind::Item { ordered: *ordered, text: text.shift(by), own: own.shift(by) }
            }
            SignKind::Caption { text } => SignKind::Caption { text: text.shift(by) },
            SignKind::Summary { text } => SignKind::Summary { text: text.shift(by) },
            SignKind::Details { opens } => SignKind::Details { opens: *opens },
            SignKind::Row { cells, parts } => {
                let parts = parts.iter().map(|(head, cell)| (head.shift(by), cell.shift(by))).collect();
                SignKind::Row { cells: move_all(cells), parts }
            }
        };
        Self {
            span: self.span.shift(by),
            kind,
            depth: self.depth,
            item: self.item.map(|item| item.shift(by)),
        }
    }
}

/// The signs of a segment, with offsets relative to it.
pub(crate) fn read(text: &str, segment: &Segment, vocabulary: &Vocabulary) -> Vec<Sign> {
    let mut reader = Reader { text, segment, vocabulary, signs: Vec::new(), columns: Vec::new() };
    for (index, leaf) in segment.blocks.leaves.iter().enumerate() {
        reader.leaf(index, leaf);
    }
    reader.signs
}

/// What the readers of single constructs share.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) segment: &'a Segment,
    pub(super) vocabulary: &'a Vocabulary,
    signs: Vec<Sign>,
    /// The part that each column of the current table holds.
    columns: Vec<Option<PartHead>>,
}

impl Reader<'_> {
    fn leaf(&mut self, index: usize, leaf: &Leaf) {
        match leaf.kind {
            LeafKind::Heading(level) => self.heading(index, leaf, level, LabelStyle::Heading(level)),
            LeafKind::Setext(level) => self.heading(index, leaf, level, LabelStyle::Setext(level)),
            LeafKind::Paragraph => self.paragraph(index, leaf),
            LeafKind::Row { header } => self.row(leaf, header),
            LeafKind::Break => self.push(leaf, leaf.span, SignKind::Break),
            LeafKind::Html => self.html(leaf),
            LeafKind::Code => {}
        }
    }

    fn push(&mut self, leaf: &Leaf, span: Span, kind: SignKind) {
        let blocks = &self.segment.blocks;
        let mut item = blocks.item_of(leaf.container);
        if let Some(own) = item
            && leaf.opens_item
            && !matches!(kind, SignKind::Heading { .. })
        {
            item = blocks.item_of(blocks.containers[own].parent);
        }
        let mut depth = 0;
        let mut around = item;
        while let Some(index) = around {
            depth += 1;
            around = blocks.item_of(blocks.containers[index].parent);
        }
        let item = item.map(|index| blocks.containers[index].span);
        self.signs.push(Sign { span, kind, depth, item });
    }

    fn heading(&mut self, index: usize, leaf: &Leaf, level: u8, style: LabelStyle) {
        let lines = self.segment.blocks.lines_of(leaf);
        let text = match (lines.first(), lines.last()) {
            (Some(first), Some(last)) => first.cover(*last),
            _ => Span::at(leaf.span.end),
        };
        match line::heading(self, text) {
            Some(Found { meaning: Meaning::Part(head), body, .. }) => {
                let alone = self.text[body..text.end.max(body)].trim().is_empty();
                let body = if alone { leaf.span.end } else { body };
                self.push(leaf, leaf.span, SignKind::Part { head, style, body: (body, None) });
            }
            Some(Found { meaning: Meaning::Tag(label), body, .. }) => {
                let rest = Span::new(body, text.end.max(body)).trim(self.text);
                let values = if rest.is_empty() { self.values_after(index) } else { vec![rest] };
                self.push(leaf, leaf.span, SignKind::Tags { label, style, values });
            }
            _ => {
                let plain = Document::plain(text.of(self.text), &self.segment.prose[text.range()]);
                let generic = self.vocabulary.is_generic_heading(&plain);
                let words = Arc::new(HeadingWords { plain, generic });
                self.push(leaf, leaf.span, SignKind::Heading { level, text, words });
            }
        }
    }

    fn paragraph(&mut self, index: usize, leaf: &Leaf) {
        let lines = self.segment.blocks.lines_of(leaf);
        let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return };
        let in_item = leaf.opens_item;
        let before = self.signs.len();
        for (number, &line) in lines.iter().enumerate() {
            let place = line::Place {
                opens_item: in_item && number == 0,
                alone: lines.len() == 1,
                followed: self.followed(index, leaf),
            };
            for found in line::labels(self, line, place) {
                self.label(index, leaf, &found);
            }
        }
        if self.signs.len() == before {
            for (head, span, body) in line::parentheses(self, first.cover(last)) {
                let body = (body.start, Some(body.end));
                self.push(leaf, span, SignKind::Part { head, style: LabelStyle::Parenthesis, body });
            }
        }
        if self.signs.len() == before {
            self.caption(leaf, first, last, in_item);
        }
    }

    fn label(&mut self, index: usize, leaf: &Leaf, found: &Found) {
        let style = found.style;
        let kind = match &found.meaning {
            Meaning::Part(head) => SignKind::Part { head: head.clone(), style, body: (found.body, None) },
            Meaning::Tag(label) => {
                let rest = Span::new(found.body, found.line_end.max(found.body)).trim(self.text);
                let values = if rest.is_empty() { self.values_after(index) } else { vec![rest] };
                SignKind::Tags { label: *label, style, values }
            }
            Meaning::Other => {
                if leaf.opens_item && found.style == LabelStyle::BoldItem {
                    self.item(leaf, Span::new(found.whole.start, found.line_end));
                }
                let caption = (style == LabelStyle::BoldLine).then_some(found.whole);
                SignKind::Other { style, caption }
            }
        };
        self.push(leaf, found.whole, kind);
    }

    /// A paragraph that is no label may still name the story after it.
    fn caption(&mut self, leaf: &Leaf, first: Span, last: Span, in_item: bool) {
        if in_item {
            let blocks = &self.segment.blocks;
            let Some(item) = blocks.item_of(leaf.container) else { return };
            let Container { kind, span: own, .. } = blocks.containers[item];
            let ordered = kind == ContainerKind::Item { ordered: true };
            self.push(leaf, first, SignKind::Item { ordered, text: first, own });
        } else if first == last && line::is_caption(first.of(self.text)) {
            self.push(leaf, first, SignKind::Caption { text: first });
        }
    }

    /// The text that a list item opens with.
    fn item(&mut self, leaf: &Leaf, text: Span) {
        let blocks = &self.segment.blocks;
        let Some(item) = blocks.item_of(leaf.container) else { return };
        let Container { kind, span: own, .. } = blocks.containers[item];
        let ordered = kind == ContainerKind::Item { ordered: true };
        self.push(leaf, text, SignKind::Item { ordered, text, own });
    }

    /// Whether anything stands under the line of a leaf that is alone in its paragraph.
    fn followed(&self, index: usize, leaf: &Leaf) -> bool {
        let blocks = &self.segment.blocks;
        let Some(next) = blocks.leaves.get(index + 1) else { return false };
        match blocks.item_of(leaf.container) {
            Some(item) => blocks.containers[item].span.contains_span(next.span),
            None => next.kind == LeafKind::Paragraph,
        }
    }

    /// The values of a tag label that stands alone: the items of the list after it, or the paragraph after it.
    fn values_after(&self, index: usize) -> Vec<Span> {
        let blocks = &self.segment.blocks;
        let mut values = Vec::new();
        for (index, leaf) in blocks.leaves.iter().enumerate().skip(index + 1) {
            let lines = blocks.lines_of(leaf);
            let in_list = blocks.item_of(leaf.container).is_some() && leaf.opens_item;
            let Some(&first) = lines.first().filter(|_| leaf.kind == LeafKind::Paragraph) else { break };
            let label =
                line::labels(self, first, line::Place { opens_item: in_list, alone: false, followed: false });
            if !label.is_empty() || (!in_list && !values.is_empty()) {
                break;
            }
            if in_list && self.followed(index, leaf) {
                // Items that hold more than a name are no list of names.
                return Vec::new();
            }
            values.push(first);
            if !in_list {
                break;
            }
        }
        values
    }

    fn row(&mut self, leaf: &Leaf, header: bool) {
        let cells = self.segment.blocks.lines_of(leaf);
        if header {
            self.columns = table::columns(self, cells);
        }
        if !self.columns.is_empty() {
            if !header {
                let (cells, parts) = table::split(&self.columns, cells);
                self.push(leaf, leaf.span, SignKind::Row { cells, parts });
            }
            return;
        }
        if let Some((head, whole, body)) = table::row(self, cells) {
            let kind =
                SignKind::Part { head, style: LabelStyle::TableRow, body: (body.start, Some(body.end)) };
            self.push(leaf, whole, kind);
        }
    }

    fn html(&mut self, leaf: &Leaf) {
        let html = leaf.span.of(self.text);
        let lower = html.to_ascii_lowercase();
        if lower.trim_start().starts_with("<!--") {
            return;
        }
        let (opened, closed) = (lower.matches("<details").count(), lower.matches("</details").count());
        // No label stands in what is opened and closed within HTML.
        if opened != closed {
            self.push(leaf, leaf.span, SignKind::Details { opens: opened > closed });
        }
        if let Some(open) = lower.find("<summary")
            && let Some(from) = lower[open..].find('>').map(|at| open + at + 1)
            && let Some(end) = lower[from..].find("</summary").map(|at| from + at)
        {
            let text = Span::new(leaf.span.start + from, leaf.span.start + end).trim(self.text);
            self.push(leaf, leaf.span, SignKind::Summary { text });
        }
    }

    /// Whether all of `span` is prose: not code, a link's target or a comment.
    pub(super) fn visible(&self, span: Span) -> bool {
        let prose = &self.segment.prose.as_bytes()[span.range()];
        let text = &self.text.as_bytes()[span.range()];
        prose.iter().zip(text).all(|(prose, text)| prose == text || matches!(text, b'*' | b'_' | b'~'))
    }

    /// What the head at `span` says, if it is prose.
    pub(super) fn meaning(&self, span: Span) -> Meaning {
        match label::meaning(self.text, span, self.vocabulary) {
            Meaning::Part(head) if !self.visible(head.name) => Meaning::Other,
            meaning => meaning,
        }
    }
}
