//! What a line of plain text is by itself.

use crate::Span;

/// Whether text without indentation opens a paragraph, or goes on with one, whatever stands before it; brackets may define
/// a link.
pub(super) fn is_plain(text: &str) -> bool {
    match text.as_bytes() {
        [] | [b' ' | b'>', ..] => false,
        [b'=', ..] => !text.bytes().all(|byte| matches!(byte, b'=' | b' ')),
        // Neither an item nor an underline.
        [b'+', next, ..] => *next != b' ',
        [b'-', next, ..] => *next != b' ' && !text.bytes().all(|byte| matches!(byte, b'-' | b' ')),
        [b'+' | b'-'] => false,
        // No tag, comment or instruction.
        [b'<'] | [b'<', b' ' | b'0'..=b'9' | b'=' | b'<', ..] => true,
        [b'<', ..] => opens_no_tag(&text[1..]),
        // A tag as notes have it; a heading has a space.
        [b'#', rest @ ..] => rest.first().is_some_and(u8::is_ascii_alphanumeric),
        // No definition of a link, whose brackets are followed by a colon.
        [b'[', ..] => {
            let label = text[1..].split_once(']').filter(|(label, _)| !label.contains(['[', '\\']));
            label.is_some_and(|(_, rest)| !rest.starts_with(':'))
        }
        [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..] => false,
        // Three are a break, and one star is an item.
        b"_" | b"__" | b"**" => true,
        [b'*' | b'_', ..] => !text.bytes().all(|byte| matches!(byte, b'*' | b'_' | b' ')),
        // An item without text.
        [b'0'..=b'9', .., b'.' | b')']
            if text[..text.len() - 1].bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            false
        }
        _ => !text.starts_with(char::is_whitespace),
    }
}

/// Whether what follows `<` is no tag that opens a block of HTML: few do without their end.
fn opens_no_tag(text: &str) -> bool {
    let tag = text.strip_prefix('/').unwrap_or(text);
    let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = tag.split_at(length);
    let is_short = length == 1 && !name.eq_ignore_ascii_case("p");
    let is_cut = length > 0 && rest.starts_with(|c: char| !matches!(c, ' ' | '/' | '-' | ':'));
    !text.contains('>') && (is_short || is_cut || text == "/")
}

/// The length of a list marker with its one space, and the delimiter of a number; what is nearly a marker is none, and
/// is left to [`is_plain`].
pub(super) fn marker(text: &str) -> Option<(usize, Option<u8>)> {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (digits, bytes.get(digits..)?) {
        (0, [b'-' | b'*' | b'+', b' ', ..]) => Some((2, None)),
        (1..=9, [delimiter @ (b'.' | b')'), b' ', ..]) => Some((digits + 2, Some(*delimiter))),
        _ => None,
    }
}

/// Whether a line that is nothing but a list marker opens an ordered item, if it is one.
pub(super) fn empty_marker(line: &str) -> Option<bool> {
    match line.as_bytes() {
        [b'-' | b'*' | b'+'] => Some(false),
        [digits @ .., b'.' | b')']
            if matches!(digits.len(), 1..=9) && digits.iter().all(u8::is_ascii_digit) =>
        {
            Some(true)
        }
        _ => None,
    }
}

/// Whether a line may part the head of a table from its rows.
pub(super) fn is_rule(line: &str) -> bool {
    line.contains('-')
        && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
        && !is_half_rule(line)
}

/// Whether a line is a bar and hyphens, which parts a head from its rows only where that has more bars.
pub(super) fn is_half_rule(line: &str) -> bool {
    line.strip_prefix('|').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte == b'-'))
}

/// Whether a line is nothing but bars and colons, and more than cells without text.
pub(super) fn is_bars(line: &str) -> bool {
    (line.contains("||") || line.contains('|') && line.contains(':'))
        && line.bytes().all(|byte| matches!(byte, b'|' | b':' | b' '))
}

/// The cells of a row between bars; `None` where bars touch, or marks may hide one.
pub(super) fn cells(text: &str, row: Span) -> Option<Vec<Span>> {
    let words = row.of(text).trim_end_matches(' ');
    let inner = words.strip_prefix('|')?.strip_suffix('|')?;
    if inner.contains(['\\', '`']) || inner.split('|').any(str::is_empty) {
        return None;
    }
    let mut at = row.start + 1;
    let mut cells = Vec::new();
    for cell in inner.split('|') {
        cells.push(Span::new(at, at + cell.len()).trim(text));
        at += cell.len() + 1;
    }
    Some(cells)
}

/// What a line that may define a link has behind its label, if it is one; the grammar takes `[x]` for a box to tick.
pub(super) fn definition(line: &str) -> Option<&str> {
    let (label, target) = line.strip_prefix('[')?.split_once("]:")?;
    let is_simple =
        !matches!(label, "" | "x" | "X") && label.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_simple.then(|| target.trim_start_matches(' '))
}

/// Whether words are the target of a link and nothing else, whatever stands before them.
pub(super) fn is_target(words: &str) -> bool {
    words.starts_with(|c: char| c == '[' || c.is_ascii_alphanumeric())
        && words.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"[]:/.#?=-_,".contains(&byte))
        && empty_marker(words).is_none()
}

/// Whether a byte is a control character that Markdown does not know.
pub(super) fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\n' | b'\t')
}

/// The level of the heading that a line makes of the text above it, if it can.
pub(super) fn underline(line: &str) -> Option<u8> {
    let marks = line.trim_end_matches(' ').as_bytes();
    let all = |mark: u8| !marks.is_empty() && marks.iter().all(|byte| *byte == mark);
    if all(b'=') { Some(1) } else { all(b'-').then_some(2) }
}

/// Whether a line is nothing but hyphens, three or more.
pub(super) fn is_break(line: &str) -> bool {
    line.starts_with("---") && underline(line) == Some(2)
}
