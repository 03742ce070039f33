//! Lines of a text, and columns as people count them.

use starling_grammar::Span;

/// The lines of a text. A line ends at LF, CR LF or a lone CR, as in LSP.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Offset of the first byte of each line, in bytes.
    starts: Vec<usize>,
}

/// A place as people count: both from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Offsets of the first byte of each line, in bytes; there is always one.
#[must_use]
pub fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(starts_after(text, Span::new(0, text.len()))).collect()
}

/// Offsets of the first byte of each line which is not the first of the text, and before which a line ends in `span`.
pub fn starts_after(text: &str, span: Span) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    // The CR of a CR LF ends no line by itself.
    memchr::memchr2_iter(b'\n', b'\r', &bytes[span.range()])
        .map(move |at| span.start + at)
        .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1)
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, starts: line_starts(text) }
    }

    /// The place of a byte offset. An offset past the end is at the end, one inside a character at its start.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.line(offset);
        let column = self.text[self.starts[line - 1]..offset].chars().count() + 1;
        Place { line, column }
    }

    /// The line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The whole lines `first` through `last`, both from 1, with their line ends.
    #[must_use]
    pub fn span(&self, first: usize, last: usize) -> Span {
        let end = self.starts.get(last).copied().unwrap_or(self.text.len());
        Span::new(self.starts[first - 1], end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Place};

    #[test]
    fn columns_are_scalar_values() {
        let text = "aé🎉b\n";
        let lines = Lines::new(text);
        assert_eq!(lines.place(text.find('b').expect("there")), Place { line: 1, column: 4 });
        assert_eq!(lines.place(2), Place { line: 1, column: 2 }, "inside a character");
    }

    #[test]
    fn all_line_ends_count() {
        let text = "a\r\nb\rc\nd";
        let lines = Lines::new(text);
        let found: Vec<_> =
            "abcd".chars().map(|letter| lines.place(text.find(letter).expect("there"))).collect();
        assert_eq!(found, (1..=4).map(|line| Place { line, column: 1 }).collect::<Vec<_>>());
        assert_eq!(lines.span(2, 3).of(text), "b\rc\n");
        assert_eq!(lines.span(4, 4).of(text), "d");
    }

    #[test]
    fn the_end_is_a_place() {
        assert_eq!(Lines::new("").place(9), Place { line: 1, column: 1 });
        assert_eq!(Lines::new("a\n").place(2), Place { line: 2, column: 1 });
    }
}
