//! How the parts of a story stand in its text: what opens their lines, and what lies between them.

use starling_grammar::{LabelStyle, Part, Span};

use super::label::{self, Ordinal};

/// Labels that can stand in each other's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Heading(u8),
    Setext(u8),
    Bold,
    Item,
    Line,
    Row,
    Column,
    Parenthesis,
}

impl Class {
    pub(crate) const fn of(part: &Part) -> Self {
        match part.label.style {
            LabelStyle::Heading(level) => Self::Heading(level),
            LabelStyle::Setext(level) => Self::Setext(level),
            LabelStyle::Bold | LabelStyle::BoldLine => Self::Bold,
            LabelStyle::BoldItem | LabelStyle::Item => Self::Item,
            LabelStyle::Line => Self::Line,
            LabelStyle::TableRow => Self::Row,
            LabelStyle::TableColumn => Self::Column,
            LabelStyle::Parenthesis => Self::Parenthesis,
        }
    }

    pub(crate) const fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_) | Self::Setext(_))
    }
}

/// The line end of a text: that of its first line.
pub(crate) fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// Where the line that holds `offset` begins.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..offset]).map_or(0, |at| at + 1)
}

/// Where the line that holds `offset` ends, its line end left out.
pub(crate) fn line_stop(text: &str, offset: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[offset..]).map_or(text.len(), |at| offset + at)
}

/// The quote marks, list markers and spaces that a line opens with.
pub(crate) fn prefix(line: &str) -> &str {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let marker = marker(&rest[spaces..]);
        if marker == 0 {
            return &line[..at + spaces];
        }
        at += spaces + marker;
    }
}

/// The length of the quote mark or list marker that `text` begins with, or 0.
fn marker(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (length, spaced) = match text.as_bytes().get(digits) {
        Some(b'>') if digits == 0 => (1, false),
        Some(b'-' | b'*' | b'+') if digits == 0 => (1, true),
        Some(b'.' | b')') if (1..=9).contains(&digits) => (digits + 1, true),
        _ => return 0,
    };
    let next = text[length..].chars().next();
    if !spaced || next.is_none_or(char::is_whitespace) { length } else { 0 }
}

/// A prefix as it must be on the lines that follow: list markers are spaces.
pub(crate) fn continued(prefix: &str) -> String {
    prefix.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect()
}

/// Whether a prefix opens a list item.
pub(crate) fn opens_item(prefix: &str) -> bool {
    prefix.contains(|c: char| !matches!(c, '>' | ' ' | '\t'))
}

/// The prefix of the line that a label stands on.
pub(crate) fn prefix_of<'t>(text: &'t str, part: &Part) -> &'t str {
    let start = line_start(text, part.label.whole.start);
    prefix(&text[start..part.label.whole.start])
}

/// Whether nothing but its prefix stands before a label on its line.
pub(crate) fn opens_line(text: &str, part: &Part) -> bool {
    line_start(text, part.label.whole.start) + prefix_of(text, part).len() == part.label.whole.start
}

/// Where the marks of a label end. A heading may go on with text of the part: `#### S1: the outage`.
pub(crate) fn label_end(text: &str, part: &Part) -> usize {
    let Span { start, end } = part.label.whole;
    if part.body.is_empty() || part.body.start < start || part.body.start >= end {
        return start + text[start..end].trim_end().len();
    }
    // Emphasis may close after the colon.
    let closed = text[part.body.start..end].trim_start_matches(['*', '_']);
    start + text[start..end - closed.len()].trim_end().len()
}

/// Whether two parts are written in the same layout.
pub(super) fn alike(text: &str, one: &Part, other: &Part) -> bool {
    let indentation = |part| continued(prefix_of(text, part));
    Class::of(one) == Class::of(other) && indentation(one) == indentation(other)
}

/// Where a part ends: its text, or its label when it has none.
pub(crate) fn end(part: &Part) -> usize {
    part.body.end.max(part.label.whole.end)
}

/// What lies between two parts, if that is nothing but white space, quote marks, list markers and bars.
pub(crate) fn gap<'t>(text: &'t str, before: &Part, after: &Part) -> Option<&'t str> {
    let gap = text.get(end(before)..after.label.whole.start)?;
    is_blank(gap).then_some(gap).filter(|gap| !gap.is_empty())
}

/// Whether a text between parts says nothing.
fn is_blank(gap: &str) -> bool {
    if !gap.contains(['\n', '\r']) {
        return gap.chars().all(|c| c.is_whitespace() || matches!(c, '|' | '·' | ';'));
    }
    let mut lines = gap.split(['\n', '\r']);
    lines.next().is_some_and(|rest| rest.trim().is_empty())
        && lines.all(|line| prefix(line).len() == line.len())
}

/// What lies between a label and its text, with the markers that the text opens with; `None` when there is no text
/// or when something stands between them.
pub(super) fn joint<'t>(text: &'t str, part: &Part) -> Option<&'t str> {
    if part.body.is_empty() || part.body.start < part.label.whole.start {
        return None;
    }
    let marks = prefix(part.body.of(text)).len();
    let joint = text.get(label_end(text, part)..part.body.start + marks)?;
    is_blank(joint).then_some(joint)
}

/// What lies between parts of this layout where nothing shows it: a new item, or an empty line.
pub(super) fn usual_gap(text: &str, part: &Part) -> String {
    let prefix = prefix_of(text, part);
    match Class::of(part) {
        Class::Item => format!("{}{prefix}", line_end(text)),
        _ => empty_line(text, prefix),
    }
}

/// Whether a joint ends in the marker of a list item or quote that the text of a part opens with.
pub(super) fn ends_in_marker(text: &str, part: &Part, joint: &str) -> bool {
    let last = joint.rsplit(['\n', '\r']).next().unwrap_or_default();
    last.trim() != continued(prefix_of(text, part)).trim() && !last.trim().is_empty()
}

/// The length of the quote marks that a line opens with.
pub(crate) fn quote_marks(line: &str) -> usize {
    line.len() - line.trim_start_matches(['>', ' ', '\t']).len()
}

/// The number of a part: in its label, or in the marker of the list item that it opens.
pub(crate) fn ordinal(text: &str, part: &Part) -> Option<Ordinal> {
    if let Some(ordinal) = label::ordinal(text, part) {
        return Some(ordinal);
    }
    let prefix = prefix_of(text, part);
    let digits = last_number(prefix).filter(|_| opens_line(text, part))?;
    let span = digits.shift(part.label.whole.start - prefix.len());
    Some(Ordinal { span, value: span.of(text).parse().ok()? })
}

/// Sets the number of the list item that a gap ends with, if it opens a numbered one.
pub(super) fn set_marker(gap: &mut String, value: usize) {
    let line = gap.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    if let Some(digits) = last_number(&gap[line..]) {
        gap.replace_range(digits.shift(line).range(), &value.to_string());
    }
}

/// The number of the innermost list item that a prefix opens.
fn last_number(prefix: &str) -> Option<Span> {
    let item = prefix.trim_end();
    let digits = item.strip_suffix(['.', ')'])?;
    let start = digits.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (start < digits.len()).then(|| Span::new(start, digits.len()))
}

/// Whether a gap holds an empty line, marks of quotes left out.
pub(crate) fn has_empty_line(gap: &str) -> bool {
    let gap = gap.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = gap.split('\n').collect();
    lines.len() > 2
        && lines[1..lines.len() - 1].iter().any(|line| line.trim_matches(['>', ' ', '\t']).is_empty())
}

/// An empty line and the beginning of a new one under `prefix`.
pub(crate) fn empty_line(text: &str, prefix: &str) -> String {
    let line_end = line_end(text);
    let prefix = continued(prefix);
    format!("{line_end}{}{line_end}{prefix}", prefix.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{continued, empty_line, has_empty_line, is_blank, line_end, opens_item, prefix};

    #[test]
    fn prefixes_are_quotes_and_markers() {
        assert_eq!(prefix("> - **Task:**"), "> - ");
        assert_eq!(prefix("  12. x"), "  12. ");
        assert_eq!(prefix("**Task:**"), "");
        assert_eq!(prefix("3.5 times"), "");
        assert_eq!(prefix("-"), "-");
        assert_eq!(continued("> 1. "), ">    ");
        assert!(opens_item("> - ") && !opens_item("> "));
    }

    #[test]
    fn gaps_say_nothing() {
        assert!(is_blank("\n\n") && is_blank("\r\n> \r\n> - ") && is_blank(" | "));
        assert!(!is_blank("\n\n---\n\n") && !is_blank("\nx\n") && !is_blank(" — "));
        assert!(has_empty_line("\n>\n> ") && has_empty_line("\r\n\r\n") && !has_empty_line("\n- "));
    }

    #[test]
    fn line_ends_are_kept() {
        assert_eq!((line_end("a\r\nb\n"), line_end("a\rb"), line_end("a")), ("\r\n", "\r", "\n"));
        assert_eq!(empty_line("a\r\n", "> - "), "\r\n>\r\n>   ");
    }
}
