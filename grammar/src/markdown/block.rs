//! The block structure of a segment, lowered from the tree-sitter tree into plain vectors.

use std::cell::RefCell;
use std::sync::LazyLock;

use tree_sitter::{Language, Node, Parser, Query, QueryCursor, StreamingIterator};

use super::lines::Lines;
use super::plain;
use crate::Span;

/// The leaves and containers of a segment, both in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Blocks {
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) containers: Vec<Container>,
    pub(crate) lines: Vec<Span>,
}

/// A block that holds text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) kind: LeafKind,
    /// The whole block without its last line end.
    pub(crate) span: Span,
    /// Indices into [`Blocks::lines`]: its lines of text without quote and list prefixes, or its cells.
    first_line: usize,
    end_line: usize,
    /// Index of the innermost container.
    pub(crate) container: Option<usize>,
    /// Whether it is the first leaf of the innermost list item around it.
    pub(crate) opens_item: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeafKind {
    Heading(u8),
    Setext(u8),
    Paragraph,
    /// A row of a table; the first of a table is its header.
    Row {
        header: bool,
    },
    Code,
    Html,
    Break,
}

/// A block that holds blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Container {
    pub(crate) kind: ContainerKind,
    pub(crate) span: Span,
    pub(crate) parent: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContainerKind {
    Quote,
    Item { ordered: bool },
}

impl Blocks {
    /// The lines (or cells) of a leaf.
    pub(crate) fn lines_of(&self, leaf: &Leaf) -> &[Span] {
        &self.lines[leaf.first_line..leaf.end_line]
    }

    /// Adds a leaf that has no lines yet.
    pub(super) fn add_leaf(
        &mut self,
        kind: LeafKind,
        span: Span,
        container: Option<usize>,
        opens_item: bool,
    ) {
        let line = self.lines.len();
        self.leaves.push(Leaf { kind, span, first_line: line, end_line: line, container, opens_item });
    }

    /// Adds a line to the last leaf.
    pub(super) fn add_line(&mut self, line: Span) {
        if let Some(leaf) = self.leaves.last_mut() {
            self.lines.push(line);
            leaf.end_line = self.lines.len();
        }
    }

    /// Moves everything `by` bytes back.
    fn move_back(&mut self, by: usize) {
        let leaves = self.leaves.iter_mut().map(|leaf| &mut leaf.span);
        let containers = self.containers.iter_mut().map(|container| &mut container.span);
        for span in leaves.chain(containers).chain(&mut self.lines) {
            *span = Span::new(span.start - by, span.end - by);
        }
    }

    /// The innermost list item around a container index, itself included.
    pub(crate) fn item_of(&self, container: Option<usize>) -> Option<usize> {
        let mut next = container;
        while let Some(index) = next {
            if matches!(self.containers[index].kind, ContainerKind::Item { .. }) {
                return Some(index);
            }
            next = self.containers[index].parent;
        }
        None
    }
}

/// Parses normalised text (see [`super::segment`]).
pub(crate) fn parse(text: &str) -> Blocks {
    plain::parse(text).unwrap_or_else(|| by_grammar(text))
}

/// Parses normalised text with the grammar, which knows all of Markdown.
pub(super) fn by_grammar(text: &str) -> Blocks {
    if nests_too_deep(text) {
        return Blocks::default();
    }
    if text.starts_with("---") || text.starts_with("+++") {
        // The grammar would take it for front matter, which has been split off already.
        let mut blocks = parse_text(&format!("\n{text}"));
        blocks.move_back(1);
        return blocks;
    }
    parse_text(text)
}

fn parse_text(text: &str) -> Blocks {
    PARSER.with_borrow_mut(|parser| {
        parser.reset();
        match parser.parse(text, None) {
            Some(tree) => lower(tree.root_node(), text),
            None => Blocks::default(),
        }
    })
}

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new({
        let mut parser = Parser::new();
        let accepted = parser.set_language(&tree_sitter_md::LANGUAGE.into());
        debug_assert!(accepted.is_ok(), "grammar and parser are of one version");
        parser
    });
}

/// Containers that a line may open. The grammar's scanner keeps about 254 and silently drops the rest.
const DEEPEST: usize = 100;

fn nests_too_deep(text: &str) -> bool {
    Lines::new(text, 0).any(|line| {
        let mut depth = 0;
        let mut columns = 0;
        for byte in line.of(text).bytes() {
            match byte {
                b'>' | b'-' | b'+' | b'*' => depth += 1,
                b' ' => columns += 1,
                b'\t' => columns += 4,
                b'0'..=b'9' | b'.' | b')' => {}
                _ => break,
            }
        }
        columns > 0 && depth.min(columns) + columns / 2 > DEEPEST
            || depth > DEEPEST && has_quotes(line.of(text))
    })
}

fn has_quotes(line: &str) -> bool {
    line.bytes().filter(|&byte| byte == b'>').count() > DEEPEST
}

static QUERY: LazyLock<Option<BlockQuery>> = LazyLock::new(|| {
    let language: Language = tree_sitter_md::LANGUAGE.into();
    let query = Query::new(&language, include_str!("../../queries/blocks.scm"));
    debug_assert!(query.is_ok(), "queries/blocks.scm fits the grammar: {query:?}");
    let query = query.ok()?;
    let captures = query.capture_names().iter().map(|name| Capture::named(name)).collect();
    Some(BlockQuery { query, captures })
});

struct BlockQuery {
    query: Query,
    /// What each capture index of the query means.
    captures: Vec<Capture>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Capture {
    Quote,
    Item,
    Bullet,
    Number,
    Checkbox,
    Heading,
    Setext,
    Level(u8),
    Paragraph,
    Inline,
    Prefix,
    Header,
    Row,
    Cell,
    Code,
    Html,
    Break,
}

impl Capture {
    fn named(name: &str) -> Self {
        match name {
            "quote" => Self::Quote,
            "item" => Self::Item,
            "bullet" => Self::Bullet,
            "number" => Self::Number,
            "checkbox" => Self::Checkbox,
            "heading" => Self::Heading,
            "setext" => Self::Setext,
            "paragraph" => Self::Paragraph,
            "inline" => Self::Inline,
            "prefix" => Self::Prefix,
            "header" => Self::Header,
            "row" => Self::Row,
            "cell" => Self::Cell,
            "code" => Self::Code,
            "html" => Self::Html,
            "break" => Self::Break,
            level => Self::Level(level.as_bytes()[1] - b'0'),
        }
    }
}

fn lower(root: Node, text: &str) -> Blocks {
    let Some(query) = QUERY.as_ref() else { return Blocks::default() };
    let mut lowering = Lowering { text, blocks: Blocks::default(), open: Vec::new(), entered: None };
    let mut cursor = QueryCursor::new();
    let mut captures = cursor.captures(&query.query, root, text.as_bytes());
    while let Some((found, index)) = captures.next() {
        let capture = found.captures()[*index];
        lowering.step(query.captures[capture.index as usize], capture.node);
    }
    lowering.finish()
}

struct Lowering<'a> {
    text: &'a str,
    blocks: Blocks,
    /// Containers around the current node, by index.
    open: Vec<usize>,
    /// The list item entered last, as long as it has no leaf.
    entered: Option<usize>,
}

impl Lowering<'_> {
    fn step(&mut self, capture: Capture, node: Node) {
        let span = Span::from(node.byte_range());
        while self.open.last().is_some_and(|&index| self.blocks.containers[index].span.end <= span.start) {
            self.open.pop();
        }
        match capture {
            Capture::Quote => self.enter(ContainerKind::Quote, span),
            Capture::Item => {
                self.entered = Some(self.blocks.containers.len());
                self.enter(ContainerKind::Item { ordered: false }, span);
            }
            Capture::Number => {
                if let Some(&index) = self.open.last() {
                    self.blocks.containers[index].kind = ContainerKind::Item { ordered: true };
                }
            }
            Capture::Bullet | Capture::Checkbox => {}
            Capture::Heading => self.leaf(LeafKind::Heading(1), span),
            Capture::Setext => self.leaf(LeafKind::Setext(1), span),
            Capture::Level(level) => self.set_level(level),
            // A setext heading holds its text as a paragraph.
            Capture::Paragraph if self.in_setext(span) => {}
            Capture::Paragraph => self.leaf(LeafKind::Paragraph, span),
            Capture::Inline => self.add_lines(span),
            Capture::Prefix => self.cut_prefix(span),
            Capture::Header => self.leaf(LeafKind::Row { header: true }, span),
            Capture::Row => self.leaf(LeafKind::Row { header: false }, span),
            Capture::Cell => self.blocks.add_line(span.trim(self.text)),
            Capture::Code => self.leaf(LeafKind::Code, span),
            Capture::Html => self.leaf(LeafKind::Html, span),
            Capture::Break => self.leaf(LeafKind::Break, span),
        }
    }

    fn enter(&mut self, kind: ContainerKind, span: Span) {
        let parent = self.open.last().copied();
        self.open.push(self.blocks.containers.len());
        self.blocks.containers.push(Container { kind, span, parent });
    }

    fn leaf(&mut self, kind: LeafKind, span: Span) {
        let container = self.open.last().copied();
        let opens_item = self.entered.is_some() && self.entered.take() == self.blocks.item_of(container);
        self.blocks.add_leaf(kind, span.trim(self.text), container, opens_item);
    }

    fn set_level(&mut self, to: u8) {
        if let Some(Leaf { kind: LeafKind::Heading(level) | LeafKind::Setext(level), .. }) =
            self.blocks.leaves.last_mut()
        {
            *level = to;
        }
    }

    fn in_setext(&self, span: Span) -> bool {
        self.blocks
            .leaves
            .last()
            .is_some_and(|leaf| matches!(leaf.kind, LeafKind::Setext(_)) && leaf.span.start == span.start)
    }

    /// Takes the text of an `inline` node as the lines of the last leaf.
    fn add_lines(&mut self, span: Span) {
        let heading = matches!(self.blocks.leaves.last(), Some(Leaf { kind: LeafKind::Heading(_), .. }));
        let text = &self.text[..span.end];
        for line in Lines::new(text, span.start) {
            let line = line.trim(text);
            self.blocks.add_line(if heading { without_closing_marks(line, text) } else { line });
        }
    }

    /// A quote or list prefix inside an inline node: the line that holds it begins after it.
    fn cut_prefix(&mut self, prefix: Span) {
        let Some(leaf) = self.blocks.leaves.last() else { return };
        let lines = &mut self.blocks.lines[leaf.first_line..leaf.end_line];
        if let Some(line) =
            lines.iter_mut().find(|line| line.start < prefix.end && prefix.start <= line.start)
        {
            *line = Span::new(prefix.end.min(line.end), line.end).trim(self.text);
        }
    }

    fn finish(mut self) -> Blocks {
        for container in &mut self.blocks.containers {
            let length = container.span.of(self.text).trim_end().len();
            container.span.end = container.span.start + length;
        }
        self.blocks
    }
}

/// The text of an ATX heading without the marks that may close it.
pub(super) fn without_closing_marks(line: Span, text: &str) -> Span {
    let open = line.of(text).trim_end_matches('#');
    if open.is_empty() || open.ends_with([' ', '\t']) {
        Span::new(line.start, line.start + open.trim_end().len())
    } else {
        line
    }
}
