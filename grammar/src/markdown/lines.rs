//! The lines of a text, as CommonMark and LSP both count them: ended by LF, CR LF or a lone CR.

use crate::Span;

/// Iterates over the lines of a text from a byte on; the spans leave out the line ends.
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    next: usize,
}

impl<'a> Lines<'a> {
    /// The lines from byte `from` on, which must be the start of a line.
    pub(crate) fn new(text: &'a str, from: usize) -> Self {
        Self { bytes: text.as_bytes(), next: from }
    }
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let start = self.next;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        self.next = start
            + match rest.get(length..) {
                Some([b'\r', b'\n', ..]) => length + 2,
                Some([_, ..]) => length + 1,
                _ => length,
            };
        Some(Span::new(start, start + length))
    }
}

/// Whether a line is blank: Markdown knows no other white space than these two there.
pub(super) fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}
