//! Rows and cells of tables, as text.

use starling_grammar::{Part, Span};

use super::layout::{line_end, line_start, line_stop, prefix};
use crate::finding::Edit;

/// Puts `words` into the cell after the one at `cell`; `None` when the row has no other cell.
pub(super) fn fill_cell_after(text: &str, cell: Span, words: &str) -> Option<Edit> {
    let stop = line_stop(text, cell.end);
    let open = cell.end + bar(&text[cell.end..stop])? + 1;
    let close = bar(&text[open..stop]).map_or(stop, |at| open + at);
    let spaces = text[open..close].len() - text[open..close].trim_start().len();
    Some(Edit::replace(Span::new(open, open + spaces), format!(" {words} ")))
}

/// Puts `words` into the cell at `cell`, before what stands in it.
pub(super) fn fill_cell(text: &str, cell: Span, words: &str) -> Edit {
    let before = if text[..cell.start].ends_with([' ', '\t']) { "" } else { " " };
    let after = if text[cell.start..].starts_with([' ', '\t']) { "" } else { " " };
    Edit::insert(cell.start, format!("{before}{words}{after}"))
}

/// A new row after that of `part`, and after the rows that go on with its text.
pub(super) fn row_after(text: &str, part: &Part, label: &str, words: &str) -> Option<Edit> {
    let mut stop = line_stop(text, part.label.whole.end);
    while let Some(next) = next_line(text, stop).filter(|next| continues(next.of(text))) {
        stop = next.end;
    }
    let row = row_like(text, part, label, words)?;
    Some(Edit::insert(stop, format!("{}{row}", line_end(text))))
}

/// A new row before that of `part`; `None` when that is the head of its table.
pub(super) fn row_before(text: &str, part: &Part, label: &str, words: &str) -> Option<Edit> {
    let stop = line_stop(text, part.label.whole.end);
    if next_line(text, stop).is_some_and(|next| is_rule(next.of(text))) {
        return None;
    }
    let start = line_start(text, part.label.whole.start);
    let row = row_like(text, part, label, words)?;
    Some(Edit::insert(start, format!("{row}{}", line_end(text))))
}

/// A row with the cells of that of `part`: the label, the words, and nothing; `None` when it has a single cell.
fn row_like(text: &str, part: &Part, label: &str, words: &str) -> Option<String> {
    let whole = part.label.whole;
    let mut row = text[line_start(text, whole.start)..whole.start].to_owned();
    row.push_str(label);
    let mut rest = &text[whole.end..line_stop(text, whole.end)];
    let mut cells = 0;
    while let Some(at) = bar(rest) {
        row.push_str(match cells {
            0 => " ",
            1 => words,
            _ => "",
        });
        row.push_str(if cells == 1 { " |" } else { "|" });
        row.push_str(if rest.len() > at + 1 { " " } else { "" });
        rest = &rest[at + 1..];
        cells += 1;
    }
    if cells == 1 {
        row.push_str(words);
    }
    row.truncate(row.trim_end().len());
    (cells > 0).then_some(row)
}

/// The offset of the next bar that is not escaped.
fn bar(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| bytes[at] == b'|' && (at == 0 || bytes[at - 1] != b'\\'))
}

fn next_line(text: &str, stop: usize) -> Option<Span> {
    let rest = &text[stop..];
    let start = stop + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    (start > stop).then(|| Span::new(start, line_stop(text, start)))
}

/// Whether a line goes on with the row above it: the rule under the head, or a row whose first cell is empty.
fn continues(line: &str) -> bool {
    let cells = line[prefix(line).len()..].trim();
    is_rule(line)
        || cells
            .strip_prefix('|')
            .is_some_and(|rest| bar(rest).is_some_and(|at| rest[..at].trim().is_empty()))
}

/// Whether a line is the rule under the head of a table.
fn is_rule(line: &str) -> bool {
    let cells = line.trim_start_matches(['>', ' ', '\t']).trim_end();
    cells.contains('-')
        && cells.contains('|')
        && cells.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}
