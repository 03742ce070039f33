//! Between byte offsets and positions of the protocol: the only place where one becomes the other.
//!
//! A position past the end of its line is at the line's end, a line past the end is the end of the text, and an offset
//! inside a character is at its start, as the protocol has it.

use std::sync::Arc;

use ropey::{Rope, RopeSlice};
use starling_grammar::Span;
use tower_lsp::ls_types::{Position, PositionEncodingKind, Range};

use crate::lines::{line_starts, starts_after};

/// The unit in which columns are counted, agreed with the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16: what every client understands.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The encoding of a name, if it is one that the server knows.
    pub(super) fn of(kind: &PositionEncodingKind) -> Option<Self> {
        match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The length of a text in units.
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// The byte at a number of units from the start of a line without its end.
    fn byte(self, line: &str, units: usize) -> usize {
        match self {
            Self::Utf8 => line.floor_char_boundary(units.min(line.len())),
            _ if line.is_ascii() => units.min(line.len()),
            Self::Utf16 | Self::Utf32 => {
                let mut passed = 0;
                for (at, character) in line.char_indices() {
                    passed += if self == Self::Utf16 { character.len_utf16() } else { 1 };
                    if passed > units {
                        return at;
                    }
                }
                line.len()
            }
        }
    }

    /// The character at a number of units from the start of a line of a rope, without its end.
    fn character(self, line: RopeSlice<'_>, units: usize) -> usize {
        match self {
            Self::Utf8 => line.byte_to_char(units.min(line.len_bytes())),
            Self::Utf16 => line.utf16_cu_to_char(units.min(line.len_utf16_cu())),
            Self::Utf32 => units.min(line.len_chars()),
        }
    }
}

/// Where the lines of a text begin, with the unit in which its columns are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineIndex {
    starts: Arc<[usize]>,
    /// The length of the text in bytes.
    length: usize,
    encoding: Encoding,
}

/// How many bytes a text has in common with an earlier one: at its start and, after that, at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Common {
    /// At the start.
    pub(super) before: usize,
    /// At the end.
    pub(super) after: usize,
}

impl Common {
    /// Of two texts that are the same.
    pub(super) const ALL: Self = Self { before: usize::MAX, after: usize::MAX };
    /// Of two texts of which nothing else is known.
    pub(super) const NOTHING: Self = Self { before: 0, after: 0 };

    /// What is still in common once the later text has become another.
    pub(super) fn and(self, then: Self) -> Self {
        Self { before: self.before.min(then.before), after: self.after.min(then.after) }
    }
}

impl LineIndex {
    /// Finds the lines of a text.
    pub(super) fn new(text: &str, encoding: Encoding) -> Self {
        Self { starts: line_starts(text).into(), length: text.len(), encoding }
    }

    /// The lines of a later text, which is read only where it is new.
    pub(super) fn renewed(&self, text: &str, common: Common) -> Self {
        let Common { before, after } = common;
        let after = after.min(self.length).min(text.len());
        // The byte before it and its first one decide whether a line begins somewhere.
        let kept = self.starts.partition_point(|start| *start < before).max(1);
        let moved = self.starts.partition_point(|start| *start <= self.length - after).max(kept);
        let new = Span::new(self.starts[kept - 1], (text.len() - after).max(self.starts[kept - 1]));
        let mut starts = Vec::with_capacity(self.starts.len() + 1);
        starts.extend_from_slice(&self.starts[..kept]);
        starts.extend(starts_after(text, new));
        starts.extend(self.starts[moved..].iter().map(|start| start + text.len() - self.length));
        Self { starts: starts.into(), length: text.len(), encoding: self.encoding }
    }

    /// The positions of a text; it must be the one that the index was made of.
    pub(super) fn of<'a>(&'a self, text: &'a str) -> Positions<'a> {
        Positions { text, index: self }
    }
}

/// Converts between offsets of one text and positions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Positions<'a> {
    text: &'a str,
    index: &'a LineIndex,
}

impl Positions<'_> {
    /// The position of a byte offset.
    pub(super) fn position(&self, offset: usize) -> Position {
        self.position_near(offset, 0)
    }

    /// The position of a byte offset, perhaps on this line.
    fn position_near(&self, offset: usize, line: usize) -> Position {
        let starts = &self.index.starts;
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let is_there = starts[line] <= offset && starts.get(line + 1).is_none_or(|next| offset < *next);
        let line = if is_there { line } else { starts.partition_point(|start| *start <= offset) - 1 };
        let units = self.index.encoding.length(&self.text[starts[line]..offset]);
        Position::new(narrow(line), narrow(units))
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        let start = self.position(span.start);
        Range::new(start, self.position_near(span.end, wide(start.line)))
    }

    /// The byte offset of a position.
    pub(super) fn offset(&self, position: Position) -> usize {
        let starts = &self.index.starts;
        let line = wide(position.line);
        let Some(&start) = starts.get(line) else { return self.text.len() };
        let end = starts.get(line + 1).copied().unwrap_or(self.text.len());
        let line = self.text[start..end].trim_end_matches(['\r', '\n']);
        start + self.index.encoding.byte(line, wide(position.character))
    }

    /// The span of a range; one whose ends are swapped is read as it was meant.
    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }
}

/// A range on one line, relative to the start of the one before it: lines, columns (from the start of the line, if it is
/// another) and length.
pub(super) fn relative(last: Position, range: Range) -> (u32, u32, u32) {
    let lines = range.start.line.saturating_sub(last.line);
    let from = if lines == 0 { last.character } else { 0 };
    let columns = range.start.character.saturating_sub(from);
    (lines, columns, range.end.character.saturating_sub(range.start.character))
}

/// The empty range at the start of a line, from 1, of a text that is not at hand: its first column is the same in every unit.
pub(super) fn start_of_line(line: usize) -> Range {
    let start = Position::new(narrow(line.saturating_sub(1)), 0);
    Range::new(start, start)
}

/// Replaces a range of a rope, and tells what it still has of what it was. A range whose ends are swapped is read as it was
/// meant.
pub(super) fn replace(rope: &mut Rope, encoding: Encoding, range: Range, text: &str) -> Common {
    let (start, end) = (character(rope, encoding, range.start), character(rope, encoding, range.end));
    let (start, end) = (start.min(end), start.max(end));
    let common =
        Common { before: rope.char_to_byte(start), after: rope.len_bytes() - rope.char_to_byte(end) };
    rope.remove(start..end);
    rope.insert(start, text);
    common
}

/// The index of the character at a position.
fn character(rope: &Rope, encoding: Encoding, position: Position) -> usize {
    let line = wide(position.line);
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let slice = rope.line(line);
    let ends = slice.chars_at(slice.len_chars()).reversed().take_while(|c| matches!(c, '\r' | '\n')).count();
    let without_end = slice.slice(..slice.len_chars() - ends);
    rope.line_to_char(line) + encoding.character(without_end, wide(position.character))
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ropey::Rope;
    use starling_grammar::Span;
    use tower_lsp::ls_types::{Position, Range};

    use super::{Encoding, LineIndex, replace};

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// The position of an offset, counted one character after the other.
    fn slow_position(text: &str, offset: usize, encoding: Encoding) -> Position {
        let mut position = Position::default();
        let mut characters = text[..offset].chars().peekable();
        while let Some(character) = characters.next() {
            let line_feed =
                characters.peek().copied().or_else(|| text[offset..].chars().next()) == Some('\n');
            if character == '\n' || character == '\r' && !line_feed {
                position = Position::new(position.line + 1, 0);
            } else {
                position.character += match encoding {
                    Encoding::Utf8 => character.len_utf8() as u32,
                    Encoding::Utf16 => character.len_utf16() as u32,
                    Encoding::Utf32 => 1,
                };
            }
        }
        position
    }

    fn texts() -> impl Strategy<Value = String> {
        "([a-c #*\t]|\r\n|\n|\r|é|漢|🎉|👩‍🚀|\u{2028}|\u{85}|\u{0}){0,40}"
    }

    proptest! {
        #[test]
        fn every_position_converts_there_and_back(text in texts()) {
            for encoding in ENCODINGS {
                let index = LineIndex::new(&text, encoding);
                let positions = index.of(&text);
                for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let position = positions.position(offset);
                    prop_assert_eq!(position, slow_position(&text, offset, encoding));
                    // Between CR and LF is no position of its own: it is the end of the line.
                    let inside = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                    prop_assert_eq!(positions.offset(position), if inside { offset - 1 } else { offset });
                }
            }
        }

        #[test]
        fn ropes_and_texts_agree(text in texts(), lines in (0u32..6, 0u32..6), columns in (0u32..12, 0u32..12), new in texts()) {
            for encoding in ENCODINGS {
                let range = Range::new(Position::new(lines.0, columns.0), Position::new(lines.1, columns.1));
                let index = LineIndex::new(&text, encoding);
                let span: Span = index.of(&text).span(range);
                let expected = format!("{}{new}{}", &text[..span.start], &text[span.end..]);
                let mut rope = Rope::from_str(&text);
                replace(&mut rope, encoding, range, &new);
                prop_assert_eq!(rope.to_string(), expected);
            }
        }
    }

    #[test]
    fn positions_outside_are_at_the_nearest_end() {
        let text = "ab\r\nc";
        let index = LineIndex::new(text, Encoding::Utf16);
        let positions = index.of(text);
        assert_eq!(positions.offset(Position::new(0, 99)), 2);
        assert_eq!(positions.offset(Position::new(99, 0)), text.len());
        assert_eq!(positions.position(99), Position::new(1, 1));
    }

    #[test]
    fn half_a_character_is_its_start() {
        let index = LineIndex::new("a🎉b", Encoding::Utf16);
        assert_eq!(index.of("a🎉b").offset(Position::new(0, 2)), 1);
    }
}
