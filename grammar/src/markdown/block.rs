//! The block structure of a segment, lowered from the tree-sitter tree into plain vectors.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

use tree_sitter::{Language, Node, Parser, Tree};

use super::lines::Lines;
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

    /// Adds the blocks of a text that begins `by` bytes further on.
    pub(super) fn append(&mut self, other: Self, by: usize) {
        let (line, container) = (self.lines.len(), self.containers.len());
        let after = |index: Option<usize>| index.map(|index| index + container);
        self.leaves.extend(other.leaves.into_iter().map(|leaf| Leaf {
            span: leaf.span.shift(by),
            first_line: leaf.first_line + line,
            end_line: leaf.end_line + line,
            container: after(leaf.container),
            ..leaf
        }));
        self.containers.extend(other.containers.into_iter().map(|container| Container {
            span: container.span.shift(by),
            parent: after(container.parent),
            ..container
        }));
        self.lines.extend(other.lines.into_iter().map(|line| line.shift(by)));
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

/// Parses normalised text (see [`super::segment`]) with the grammar, which knows all of Markdown.
pub(super) fn by_grammar(text: &str) -> Blocks {
    if ["---", "+++"].iter().any(|fence| text.trim_start_matches(' ').starts_with(fence)) {
        // The grammar would take it for front matter, which has been split off already.
        let mut blocks = parse_text(&format!("\n{text}"));
        blocks.move_back(1);
        return blocks;
    }
    parse_text(text)
}

fn parse_text(text: &str) -> Blocks {
    tree(text).map_or_else(Blocks::default, |tree| lower(tree.root_node(), text))
}

fn tree(text: &str) -> Option<Tree> {
    PARSER.with_borrow_mut(|parser| {
        parser.reset();
        parser.parse(&*with_filled_rows(&without_deep_lines(text)), None)
    })
}

/// The text with something in each cell of the rows that hold but white space, byte for byte: two of them make the grammar
/// give up, and what follows the table is lost. Bars that touch leave no place for it.
fn with_filled_rows(text: &str) -> Cow<'_, str> {
    let mut filled = Cow::Borrowed(text);
    if !text.contains([' ', '\t']) || !text.contains('|') {
        return filled;
    }
    // The first line of a table is none of its rows, and a target of a link must not be made of one.
    let mut below_row = false;
    for line in Lines::new(text, 0) {
        let words = line.of(text).trim_start_matches([' ', '>']);
        let is_empty =
            words.starts_with('|') && words.bytes().all(|byte| matches!(byte, b'|' | b' ' | b'\t'));
        if is_empty && below_row {
            let start = line.end - words.len();
            for (at, _) in words.match_indices('|').filter(|(at, _)| words[..*at].ends_with([' ', '\t'])) {
                filled.to_mut().replace_range(start + at - 1..start + at, "x");
            }
        }
        below_row = words.contains('|') && !words.ends_with("]:");
    }
    filled
}

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new({
        let mut parser = Parser::new();
        let accepted = parser.set_language(&tree_sitter_md::LANGUAGE.into());
        debug_assert!(accepted.is_ok(), "grammar and parser are of one version");
        parser
    });
}

/// Whether the grammar gives up on a part of a text and guesses the rest.
#[cfg(test)]
pub(super) fn breaks_grammar(text: &str) -> bool {
    tree(&format!("\n{text}")).is_none_or(|tree| tree.root_node().has_error())
}

/// Containers that a line may open. The grammar's scanner keeps about 254 and silently drops the rest.
const DEEPEST: usize = 100;

/// The text with blank lines for those that nest too deep, byte for byte.
fn without_deep_lines(text: &str) -> Cow<'_, str> {
    let mut shallow = Cow::Borrowed(text);
    for line in Lines::new(text, 0).filter(|line| nests_too_deep(line.of(text))) {
        shallow.to_mut().replace_range(line.range(), &" ".repeat(line.len()));
    }
    shallow
}

/// Whether a line may open more containers than are read.
pub(super) fn nests_too_deep(line: &str) -> bool {
    let mut depth = 0;
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b'>' | b'-' | b'+' | b'*' => depth += 1,
            // NUL is shown to the grammar as a space.
            b' ' | 0 => columns += 1,
            b'\t' => columns += 4,
            b'0'..=b'9' | b'.' | b')' => {}
            _ => break,
        }
    }
    columns > 0 && depth.min(columns) + columns / 2 > DEEPEST || depth > DEEPEST && has_quotes(line)
}

fn has_quotes(line: &str) -> bool {
    line.bytes().filter(|&byte| byte == b'>').count() > DEEPEST
}

/// What Starling reads of a node of the block grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    Quote,
    Item,
    Number,
    Box,
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

impl Read {
    /// By the name of a kind of nodes.
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "block_quote" => Self::Quote,
            "list_item" => Self::Item,
            "list_marker_dot" | "list_marker_parenthesis" => Self::Number,
            "task_list_marker_checked" | "task_list_marker_unchecked" => Self::Box,
            "atx_heading" => Self::Heading,
            "setext_heading" => Self::Setext,
            "atx_h1_marker" | "setext_h1_underline" => Self::Level(1),
            "atx_h2_marker" | "setext_h2_underline" => Self::Level(2),
            "atx_h3_marker" => Self::Level(3),
            "atx_h4_marker" => Self::Level(4),
            "atx_h5_marker" => Self::Level(5),
            "atx_h6_marker" => Self::Level(6),
            "paragraph" => Self::Paragraph,
            "inline" => Self::Inline,
            "block_continuation" => Self::Prefix,
            "pipe_table_header" => Self::Header,
            "pipe_table_row" => Self::Row,
            "pipe_table_cell" => Self::Cell,
            "fenced_code_block" | "indented_code_block" => Self::Code,
            "html_block" => Self::Html,
            "thematic_break" => Self::Break,
            _ => return None,
        })
    }
}

/// What is read of each kind of nodes, by its id.
static KINDS: LazyLock<Vec<Option<Read>>> = LazyLock::new(|| {
    let language: Language = tree_sitter_md::LANGUAGE.into();
    let ids = (0..language.node_kind_count()).map_while(|id| u16::try_from(id).ok());
    let named = |id: u16| language.node_kind_for_id(id).filter(|_| language.node_kind_is_named(id));
    ids.map(|id| named(id).and_then(Read::of)).collect()
});

/// Reads a tree in the order of the text, outer nodes first.
///
/// A walk and no query: a query looks at every sign of every line, and at its siblings each time, so that it takes time
/// that grows faster than a line of signs.
fn lower(root: Node, text: &str) -> Blocks {
    let mut lowering =
        Lowering { text, blocks: Blocks::default(), open: Vec::new(), entered: None, ticked: None };
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        if let Some(read) = KINDS.get(usize::from(node.kind_id())).copied().flatten() {
            lowering.step(read, node);
        }
        // Whatever is read is named.
        if node.named_child_count() > 0 && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return lowering.finish();
            }
        }
    }
}

struct Lowering<'a> {
    text: &'a str,
    blocks: Blocks,
    /// Containers around the current node, by index.
    open: Vec<usize>,
    /// The list item entered last, as long as it has no leaf.
    entered: Option<usize>,
    /// Where the box to tick begins that was met last, as long as nothing stands behind it: it is text of its item.
    ticked: Option<usize>,
}

impl Lowering<'_> {
    fn step(&mut self, read: Read, node: Node) {
        let span = Span::from(node.byte_range());
        while self.open.last().is_some_and(|&index| self.blocks.containers[index].span.end <= span.start) {
            self.open.pop();
        }
        match read {
            Read::Quote => self.enter(ContainerKind::Quote, span),
            Read::Item => {
                self.entered = Some(self.blocks.containers.len());
                self.enter(ContainerKind::Item { ordered: false }, span);
            }
            Read::Number => {
                if let Some(&index) = self.open.last() {
                    self.blocks.containers[index].kind = ContainerKind::Item { ordered: true };
                }
            }
            Read::Box => self.ticked = Some(span.start),
            Read::Heading => self.leaf(LeafKind::Heading(1), span),
            Read::Setext => self.leaf(LeafKind::Setext(1), span),
            Read::Level(level) => self.set_level(level),
            // A setext heading holds its text as a paragraph.
            Read::Paragraph if self.in_setext(span) => {}
            Read::Paragraph => self.leaf(LeafKind::Paragraph, span),
            Read::Inline => self.add_lines(span),
            Read::Prefix => self.cut_prefix(span),
            Read::Header => self.leaf(LeafKind::Row { header: true }, span),
            Read::Row => self.leaf(LeafKind::Row { header: false }, span),
            Read::Cell => self.blocks.add_line(span.trim(self.text)),
            Read::Code => self.leaf(LeafKind::Code, span),
            Read::Html => self.leaf(LeafKind::Html, span),
            Read::Break => self.leaf(LeafKind::Break, span),
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
        let ticked = self.ticked.take().filter(|_| kind == LeafKind::Paragraph);
        let span = Span::new(ticked.unwrap_or(span.start), span.end);
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
        let Some(leaf) = self.blocks.leaves.last() else { return };
        let heading = matches!(leaf.kind, LeafKind::Heading(_));
        let start =
            if leaf.kind == LeafKind::Paragraph { leaf.span.start.min(span.start) } else { span.start };
        let text = &self.text[..span.end];
        for line in Lines::new(text, start) {
            let line = line.trim(text);
            self.blocks.add_line(if heading { without_closing_marks(line, text) } else { line });
        }
    }

    /// A quote or list prefix inside an inline node: the line that holds it begins after it.
    fn cut_prefix(&mut self, prefix: Span) {
        let Some(leaf) = self.blocks.leaves.last() else { return };
        let lines = &mut self.blocks.lines[leaf.first_line..leaf.end_line];
        let index = lines.partition_point(|line| line.start < prefix.start);
        if let Some(line) = lines.get_mut(index).filter(|line| line.start < prefix.end) {
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
