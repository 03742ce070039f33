//! What is quoted.

use crate::Span;

/// The stretches between quotation marks, marks included, in order. A mark that is not closed in its block quotes
/// nothing; an apostrophe is no mark.
pub(super) fn quotes(prose: &str) -> Vec<Span> {
    let mut quotes = Vec::new();
    let mut before = ' ';
    let mut end = 0;
    for (at, mark) in prose.char_indices() {
        let opens = at >= end && (mark == '“' || !before.is_alphanumeric());
        before = mark;
        if !opens {
            continue;
        }
        let close = match mark {
            '"' => '"',
            '“' | '„' => '”',
            '‘' => '’',
            '\'' => '\'',
            _ => continue,
        };
        let from = at + mark.len_utf8();
        if let Some(length) = closing(&prose[from..], close) {
            end = from + length;
            quotes.push(Span::new(at, end));
        }
    }
    quotes
}

/// Longer stretches are no quotations but a mark that was left open, in bytes.
const LONGEST: usize = 2000;

/// How far the closing mark is, itself included.
fn closing(rest: &str, close: char) -> Option<usize> {
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let block = &near[..near.find('\n').unwrap_or(near.len())];
    let apostrophe = matches!(close, '\'' | '’');
    block.match_indices(close).map(|(at, mark)| at + mark.len()).find(|end| {
        let inside = block[..end - close.len_utf8()].chars().next_back();
        let after = block[*end..].chars().next();
        !apostrophe
            || inside.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::quotes;

    #[track_caller]
    fn check(prose: &str, expected: &[&str]) {
        let found: Vec<&str> = quotes(prose).iter().map(|span| span.of(prose)).collect();
        assert_eq!(found, expected, "in {prose}");
    }

    #[test]
    fn marks_in_pairs_quote() {
        check("They said \"we can't\" and “we won’t” twice.", &["\"we can't\"", "“we won’t”"]);
        check("He said 'we don't know' to the users' team.", &["'we don't know'"]);
        check("A 12\" screen, the users' data, don't.", &[]);
        check("An \"open mark\nand another\" block.", &[]);
    }
}
