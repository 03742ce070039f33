//! The parts of a paragraph that are not prose: code, links' targets, tags, comments and escapes.
//!
//! The inline grammar is run only on paragraphs that hold a character that can open one of these. Emphasis is left to
//! [`super::prose`]: the grammar is slow on it, and hangs on long runs of `*`.

use std::cell::RefCell;
use std::ops::ControlFlow;

use tree_sitter::{Node, ParseOptions, Parser};

use super::simple;
use crate::Span;

/// A stretch of a paragraph that is not prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    /// Code or an address: stands for one word that says nothing.
    Word,
    /// A mark, tag, target or comment: stands for nothing.
    Nothing,
    /// An entity for this character.
    Character(u8),
}

/// Paragraphs longer than this are read as plain text.
const MOST_BYTES: usize = 8 * 1024;

/// The steps that one paragraph may take, each of a hundred operations of the parser; past them, it is read as plain
/// text. Counted, not timed: what a text says does not depend on how busy the machine is.
const MOST_STEPS: usize = 2000;

/// Calls `hide` for every stretch of `paragraph` that is not prose, with offsets in `paragraph`.
///
/// Line prefixes must have been blanked.
pub(super) fn hidden(paragraph: &str, mut hide: impl FnMut(Span, Hidden)) {
    if paragraph.len() > MOST_BYTES
        || !paragraph.bytes().any(|byte| matches!(byte, b'`' | b'[' | b'<' | b'\\' | b'&'))
    {
        return;
    }
    match simple::hidden(paragraph) {
        Some(found) => found.into_iter().for_each(|(span, hidden)| hide(span, hidden)),
        None => by_grammar(paragraph, hide),
    }
}

/// The same by the inline grammar, which knows all of Markdown.
pub(super) fn by_grammar(paragraph: &str, mut hide: impl FnMut(Span, Hidden)) {
    // A dollar sign would open a formula, and emphasis is not asked for: both are replaced by a letter.
    let readable: String =
        paragraph.chars().map(|c| if matches!(c, '$' | '*' | '_' | '~') { 'x' } else { c }).collect();
    PARSER.with_borrow_mut(|parser| {
        let mut steps = 0;
        let mut progress = |_: &_| {
            steps += 1;
            if steps > MOST_STEPS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let bytes = readable.as_bytes();
        let tree = parser.parse_with_options(
            &mut |offset, _| bytes.get(offset..).unwrap_or_default(),
            None,
            Some(ParseOptions::new().progress_callback(&mut progress)),
        );
        match tree {
            Some(tree) => visit(tree.root_node(), paragraph, &mut hide),
            None => parser.reset(),
        }
    });
}

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new({
        let mut parser = Parser::new();
        let accepted = parser.set_language(&tree_sitter_md::INLINE_LANGUAGE.into());
        debug_assert!(accepted.is_ok(), "grammar and parser are of one version");
        parser
    });
}

fn visit(node: Node, text: &str, hide: &mut impl FnMut(Span, Hidden)) {
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        let span = Span::from(child.byte_range());
        match child.kind() {
            "code_span" | "uri_autolink" | "email_autolink" => hide(span, Hidden::Word),
            "html_tag" | "image" => hide(span, Hidden::Nothing),
            "backslash_escape" => hide(Span::new(span.start, span.start + 1), Hidden::Nothing),
            "entity_reference" | "numeric_character_reference" => hide(span, entity(span.of(text))),
            "inline_link" | "full_reference_link" | "collapsed_reference_link" => {
                link(child, span, text, hide);
            }
            _ => visit(child, text, hide),
        }
    }
}

/// Hides all of a link but its text.
fn link(node: Node, span: Span, text: &str, hide: &mut impl FnMut(Span, Hidden)) {
    let mut cursor = node.walk();
    let label = node.children(&mut cursor).find(|child| child.kind() == "link_text");
    let Some(label) = label else { return hide(span, Hidden::Nothing) };
    hide(Span::new(span.start, label.start_byte()), Hidden::Nothing);
    visit(label, text, hide);
    hide(Span::new(label.end_byte(), span.end), Hidden::Nothing);
}

fn entity(written: &str) -> Hidden {
    match written {
        "&gt;" => Hidden::Character(b'>'),
        "&lt;" => Hidden::Character(b'<'),
        "&amp;" => Hidden::Character(b'&'),
        _ => Hidden::Nothing,
    }
}
