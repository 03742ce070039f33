//! What of a simple paragraph is not prose: code spans and links without anything in them that has to be understood.
//!
//! Most paragraphs hold no other marks, and a scan tells these as the inline grammar does. It gives up at the first
//! mark that may be anything else.

use super::inline::Hidden;
use crate::Span;

/// The stretches of a paragraph that are not prose, in order, if all of its marks are simple.
pub(super) fn hidden(paragraph: &str) -> Option<Vec<(Span, Hidden)>> {
    let bytes = paragraph.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Without what closes them, or what follows their words, these signs are text.
    let ends = |at: usize, end: u8| bytes[at..].contains(&end);
    let links = paragraph.contains("](") || paragraph.contains("][");
    while let Some(length) =
        bytes[at..].iter().position(|byte| matches!(byte, b'`' | b'[' | b'<' | b'\\' | b'&'))
    {
        at += length;
        at = match bytes[at] {
            b'`' => code(bytes, at, &mut found)?,
            b'<' if !ends(at, b'>') => at + 1,
            b'&' if !ends(at, b';') => at + 1,
            b'[' if !ends(at, b']') => at + 1,
            b'[' if at > 0 && bytes[at - 1] == b'!' => return None,
            b'[' if links => link(paragraph, at, &mut found)?,
            b'[' => at + 1,
            _ => return None,
        };
    }
    Some(found)
}

/// A code span, which ends at the next run of as many backticks. Gives where to go on.
fn code(bytes: &[u8], start: usize, found: &mut Vec<(Span, Hidden)>) -> Option<usize> {
    let run = |at: usize| bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
    let length = run(start);
    let close = start + length + bytes[start + length..].iter().position(|&byte| byte == b'`')?;
    // Where another number of backticks stands between, the grammar has a mind of its own.
    (run(close) == length).then(|| {
        found.push((Span::new(start, close + length), Hidden::Word));
        close + length
    })
}

/// `[words](target)` without further marks: its brackets and its target are hidden. Gives where to go on.
fn link(paragraph: &str, start: usize, found: &mut Vec<(Span, Hidden)>) -> Option<usize> {
    let words = &paragraph[start + 1..];
    let length = words.find(['[', ']', '`', '<', '\\', '&', '!', '\n'])?;
    let target = words[length..].strip_prefix("](")?;
    let end = target
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '#' | ':')))?;
    if words[..length].trim().is_empty() || end == 0 || !target[end..].starts_with(')') {
        return None;
    }
    let close = start + 1 + length;
    let after = close + "](".len() + end + 1;
    found.push((Span::new(start, start + 1), Hidden::Nothing));
    found.push((Span::new(close, after), Hidden::Nothing));
    Some(after)
}
