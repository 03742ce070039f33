//! The block structure of plain text, told line by line.
//!
//! Most of what people write is headings, paragraphs, lists, simple tables, comments and definitions of links. Of these a
//! scan of lines makes the same blocks as the grammar, a hundred times faster. It gives up at the first line that might be
//! anything else; to give up is always right, it only costs speed. A property test holds it to the grammar's word.

mod line;

use super::block::{Blocks, Container, ContainerKind, LeafKind, nests_too_deep, without_closing_marks};
use super::lines::{Lines, is_blank};
use crate::Span;
use line::{
    cells, definition, empty_marker, is_bars, is_break, is_control, is_half_rule, is_plain, is_rule,
    is_target, marker, underline,
};

/// The blocks of normalised text (see [`super::segment`]), if all of it is plain.
pub(super) fn parse(text: &str) -> Option<Blocks> {
    // Before a heading, a byte order mark is nothing.
    if text.starts_with('\u{FEFF}') {
        return None;
    }
    let mut scan = Scan {
        text,
        controls: text.bytes().any(is_control),
        definitions: text.contains("]:") || text.contains('\\'),
        bars: text.contains('|'),
        blocks: Blocks::default(),
        open: Open::Nothing,
        items: Vec::new(),
        below_text: false,
    };
    for line in Lines::new(text, 0) {
        scan.step(line)?;
    }
    (scan.open != Open::Label).then_some(scan.blocks)
}

/// What the next line may go on with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// A paragraph.
    Paragraph,
    /// A paragraph of the innermost list item.
    Item,
    /// A list, after blank lines: what is indented may belong to its last items.
    List,
    /// A quote without text.
    Quote,
    /// A comment.
    Comment,
    /// A table whose next line is the rule under its head.
    Head,
    /// A table.
    Table,
    /// What may define a link, as soon as a target follows.
    Label,
    /// The definition of a link, which a title may follow.
    Definition,
}

/// A list item whose text goes on at `column`.
struct Item {
    column: usize,
    /// The delimiter behind its number, if it has one.
    ordered: Option<u8>,
    /// Index of its container.
    container: usize,
}

struct Scan<'a> {
    text: &'a str,
    /// Whether there are control characters.
    controls: bool,
    /// Whether brackets may define a link, in one line or over several; the grammar has a mind of its own of backslashes there.
    definitions: bool,
    /// Whether bars may part the cells of a table.
    bars: bool,
    blocks: Blocks,
    open: Open,
    /// The list items that are open, from the outermost to the innermost.
    items: Vec<Item>,
    /// Whether the line before is not blank.
    below_text: bool,
}

impl Scan<'_> {
    /// Reads a line; `None` when it cannot be told what it is.
    fn step(&mut self, line: Span) -> Option<()> {
        self.block(line)?;
        self.below_text = !line.trim(self.text).is_empty();
        Some(())
    }

    fn block(&mut self, line: Span) -> Option<()> {
        let words = line.of(self.text);
        if nests_too_deep(words) {
            return None;
        }
        if self.open == Open::Label {
            return self.target(words);
        }
        if self.open == Open::Comment || words.starts_with("<!--") {
            return self.comment(line);
        }
        let trimmed = words.trim_start_matches(' ');
        let indent = words.len() - trimmed.len();
        if is_blank(trimmed) {
            self.blank();
            return Some(());
        }
        if words.contains('\t') || self.open == Open::Definition && trimmed.starts_with(['"', '\'', '(']) {
            return None;
        }
        if self.controls && words.bytes().any(is_control) {
            let is_text = !self.bars && !words.ends_with(' ') && marker(words).is_none();
            return if is_text { self.paragraph(line) } else { None };
        }
        if self.open == Open::Head {
            self.open = Open::Table;
            return Some(());
        }
        if self.open == Open::Table {
            let is_row = !is_rule(words) && !is_bars(words);
            return if is_row { self.row(line, false) } else { None };
        }
        // A table has a rule under its head.
        if self.bars && self.next(line).is_some_and(is_rule) {
            return self.table(line);
        }
        let has_bars = || words.bytes().skip(1).any(|byte| byte == b'|');
        if self.bars && self.next(line).is_some_and(is_half_rule) && has_bars() {
            return None;
        }
        if self.bars && self.below_text && (is_rule(words) || is_bars(words)) {
            return None;
        }
        if indent > 0 {
            return self.indented(line, indent, trimmed);
        }
        if trimmed.starts_with('#') && !self.is_plain(trimmed) {
            return self.heading(line);
        }
        if let Some(level) = underline(words).filter(|_| self.open == Open::Paragraph) {
            return self.underline(line, level);
        }
        if is_break(trimmed) {
            return self.thematic_break(line);
        }
        if trimmed == ">" {
            return self.empty_quote(line);
        }
        if self.open == Open::Quote {
            return None;
        }
        if let Some(target) =
            definition(words).filter(|_| self.open != Open::Paragraph && !self.defines_nothing(line))
        {
            return self.define(target);
        }
        match (marker(trimmed), empty_marker(words)) {
            (Some((width, ordered)), _) => self.item(line, width, ordered),
            (None, Some(ordered)) => self.empty_item(line, ordered),
            (None, None) => self.paragraph(line),
        }
    }

    fn blank(&mut self) {
        let in_list = matches!(self.open, Open::Item | Open::List);
        self.open = if in_list { Open::List } else { Open::Nothing };
    }

    fn heading(&mut self, line: Span) -> Option<()> {
        let words = line.of(self.text);
        let marks = words.bytes().take_while(|&byte| byte == b'#').count();
        let title = Span::new(line.start + marks, line.end).trim(self.text);
        let spaced = matches!(words.as_bytes().get(marks), None | Some(b' '));
        if marks > 6 || !spaced || title.of(self.text).ends_with('#') {
            return None;
        }
        self.close();
        let level = u8::try_from(marks).ok()?;
        self.blocks.add_leaf(LeafKind::Heading(level), line.trim(self.text), None, false);
        if !title.is_empty() {
            self.blocks.add_line(without_closing_marks(title, self.text));
        }
        Some(())
    }

    /// The line under a heading.
    fn underline(&mut self, line: Span, level: u8) -> Option<()> {
        self.close();
        // To the grammar, a control character may begin a heading that is white space to us.
        let heading = self.blocks.leaves.last_mut().filter(|_| !self.controls)?;
        heading.kind = LeafKind::Setext(level);
        heading.span.end = line.trim(self.text).end;
        Some(())
    }

    /// A line of a comment, which goes on over blank lines up to the line that holds its end.
    fn comment(&mut self, line: Span) -> Option<()> {
        let words = line.of(self.text);
        let inside = match self.open {
            Open::Comment => {
                let inside = line.trim(self.text);
                if let Some(comment) = self.blocks.leaves.last_mut().filter(|_| !inside.is_empty()) {
                    comment.span.end = inside.end;
                }
                words
            }
            // Whether `<!-->` is a whole one is a matter of taste.
            _ if words.starts_with("<!-->") || words.starts_with("<!--->") => return None,
            Open::Quote | Open::Definition => return None,
            _ => {
                self.close();
                self.blocks.add_leaf(LeafKind::Html, line.trim(self.text), None, false);
                &words["<!--".len()..]
            }
        };
        self.open = if inside.contains("-->") { Open::Nothing } else { Open::Comment };
        Some(())
    }

    /// A line of hyphens after a blank one.
    fn thematic_break(&mut self, line: Span) -> Option<()> {
        let alone = matches!(self.open, Open::Nothing | Open::List)
            && (line.start == 0 || self.text[..line.start - 1].ends_with([' ', '\n']));
        if !alone {
            return None;
        }
        self.close();
        self.blocks.add_leaf(LeafKind::Break, line.trim(self.text), None, false);
        Some(())
    }

    fn item(&mut self, line: Span, width: usize, ordered: Option<u8>) -> Option<()> {
        if !self.is_text_of_item(&line.of(self.text)[width..]) {
            return None;
        }
        // A number that is not 1 does not end a paragraph.
        let follows = match self.open {
            Open::Nothing | Open::List => true,
            Open::Paragraph => ordered.is_none(),
            Open::Item => ordered.is_none() || self.items.first().is_some_and(|item| item.ordered == ordered),
            _ => false,
        };
        if !follows {
            return None;
        }
        self.close();
        self.open_item(line, 0, width, ordered);
        Some(())
    }

    /// Adds an item at a column, within those that are open, with the paragraph behind its marker.
    fn open_item(&mut self, line: Span, indent: usize, width: usize, ordered: Option<u8>) {
        let container = self.blocks.containers.len();
        let kind = ContainerKind::Item { ordered: ordered.is_some() };
        let parent = self.items.last().map(|item| item.container);
        let words = Span::new(line.start + indent + width, line.end).trim(self.text);
        self.blocks.containers.push(Container { kind, span: line.trim(self.text), parent });
        self.blocks.add_leaf(LeafKind::Paragraph, words, Some(container), true);
        self.blocks.add_line(words);
        self.items.push(Item { column: indent + width, ordered, container });
        self.open = Open::Item;
    }

    /// A marker without text, among others or blank lines; after text it could be an underline.
    fn empty_item(&mut self, line: Span, ordered: bool) -> Option<()> {
        let next = self.next(line)?;
        let alone = next.is_empty() || empty_marker(next).is_some();
        if !alone || !matches!(self.open, Open::Nothing | Open::List) {
            return None;
        }
        let kind = ContainerKind::Item { ordered };
        self.blocks.containers.push(Container { kind, span: line, parent: None });
        self.close();
        self.open = Open::List;
        Some(())
    }

    /// The head of a table.
    fn table(&mut self, line: Span) -> Option<()> {
        let rule = Span::new(line.end + 1, line.end + 1 + self.next(line)?.len());
        let columns = cells(self.text, rule)?;
        let is_cell = |cell: &Span| {
            let words = cell.of(self.text);
            let hyphens = words.strip_prefix(':').unwrap_or(words);
            let hyphens = hyphens.strip_suffix(':').unwrap_or(hyphens);
            !hyphens.is_empty() && hyphens.bytes().all(|byte| byte == b'-')
        };
        let begins = matches!(self.open, Open::Nothing | Open::List) && !self.below_text;
        if !begins || !columns.iter().all(is_cell) || columns.len() != cells(self.text, line)?.len() {
            return None;
        }
        self.close();
        self.row(line, true)?;
        self.open = Open::Head;
        Some(())
    }

    fn row(&mut self, line: Span, header: bool) -> Option<()> {
        let cells = cells(self.text, line)?;
        self.blocks.add_leaf(LeafKind::Row { header }, line.trim(self.text), None, false);
        cells.into_iter().for_each(|cell| self.blocks.add_line(cell));
        Some(())
    }

    /// A line of a quote without text, between blank lines.
    fn empty_quote(&mut self, line: Span) -> Option<()> {
        match (self.open, self.blocks.containers.last_mut()) {
            (Open::Nothing, _) => {
                let quote = Container { kind: ContainerKind::Quote, span: line, parent: None };
                self.blocks.containers.push(quote);
            }
            (Open::Quote, Some(quote)) => quote.span.end = line.end,
            _ => return None,
        }
        self.open = Open::Quote;
        Some(())
    }

    /// The line after a line.
    fn next(&self, line: Span) -> Option<&str> {
        self.text[line.end..].strip_prefix('\n')?.split('\n').next()
    }

    /// A line of an item: more of its paragraph, another paragraph, or an item within it.
    fn indented(&mut self, line: Span, indent: usize, trimmed: &str) -> Option<()> {
        if !matches!(self.open, Open::Item | Open::List) || empty_marker(trimmed).is_some() {
            return None;
        }
        let after_blank = self.open == Open::List;
        let around = self.items.iter().position(|item| item.column == indent)?;
        let is_innermost = around + 1 == self.items.len();
        match marker(trimmed) {
            None if !self.is_plain(trimmed) => return None,
            None if !after_blank && is_innermost => self.go_on(line),
            // It may go on with the paragraph of an item further in.
            None if !after_blank => return None,
            None => {
                self.items.truncate(around + 1);
                let container = Some(self.items[around].container);
                self.blocks.add_leaf(LeafKind::Paragraph, line.trim(self.text), container, false);
                self.blocks.add_line(line.trim(self.text));
                self.open = Open::Item;
            }
            Some((width, ordered)) => {
                let words = &trimmed[width..];
                // A number that is not 1 does not end a paragraph.
                let follows = after_blank
                    || ordered.is_none()
                    || self.items.get(around + 1).is_some_and(|item| item.ordered == ordered);
                if !follows || !self.is_text_of_item(words) {
                    return None;
                }
                self.items.truncate(around + 1);
                self.open_item(line, indent, width, ordered);
            }
        }
        let end = line.trim(self.text).end;
        self.items.iter().for_each(|item| self.blocks.containers[item.container].span.end = end);
        Some(())
    }

    fn paragraph(&mut self, line: Span) -> Option<()> {
        let words = line.of(self.text);
        let is_text = self.is_plain(words)
            || words.bytes().next().is_some_and(is_control)
            || self.defines_nothing(line)
            || self.underlines_nothing(line);
        if !is_text {
            return None;
        }
        match self.open {
            Open::Paragraph => self.go_on(line),
            Open::Nothing | Open::List | Open::Definition => {
                self.close();
                let leaf = Span::new(line.start, line.end + 1).trim(self.text);
                self.blocks.add_leaf(LeafKind::Paragraph, leaf, None, false);
                self.blocks.add_line(line.trim(self.text));
                self.open = Open::Paragraph;
            }
            // Text that is not indented may still belong to the item before it.
            _ => return None,
        }
        Some(())
    }

    /// The definition of a link with its target, which may stand in the next line.
    fn define(&mut self, target: &str) -> Option<()> {
        if !matches!(self.open, Open::Nothing | Open::List | Open::Definition) {
            return None;
        }
        self.close();
        self.open = Open::Label;
        if target.is_empty() { Some(()) } else { self.target(target) }
    }

    fn target(&mut self, words: &str) -> Option<()> {
        self.open = Open::Definition;
        is_target(words).then_some(())
    }

    /// Whether a line that looks like the definition of a link stands between blank lines, without a target.
    fn defines_nothing(&self, line: Span) -> bool {
        let words = line.of(self.text);
        words.ends_with(':')
            && definition(words) == Some("")
            && matches!(self.open, Open::Nothing | Open::List)
            && self.next(line) == Some("")
    }

    /// Whether a line that would make a heading of the text above it has none.
    fn underlines_nothing(&self, line: Span) -> bool {
        matches!(self.open, Open::Nothing | Open::List) && line.of(self.text).bytes().all(|byte| byte == b'=')
    }

    /// Adds a line to the last paragraph.
    fn go_on(&mut self, line: Span) {
        self.blocks.add_line(line.trim(self.text));
        if let Some(leaf) = self.blocks.leaves.last_mut() {
            leaf.span = Span::new(leaf.span.start, line.end + 1).trim(self.text);
        }
    }

    fn close(&mut self) {
        self.open = Open::Nothing;
        self.items.clear();
    }

    /// Whether text is the first of an item, and no item within it; stars after a star make a break.
    fn is_text_of_item(&self, text: &str) -> bool {
        self.is_plain(text) && marker(text).is_none() && text != "**"
    }

    /// Whether text without indentation opens a paragraph, or goes on with one, whatever stands before it.
    fn is_plain(&self, text: &str) -> bool {
        !self.definitions && text.starts_with('[') || is_plain(text)
    }
}
