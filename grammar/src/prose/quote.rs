//! What is quoted.

use crate::Span;

/// The stretches between quotation marks, marks included, in order. A mark that is not closed in its block quotes
/// nothing; an apostrophe is no mark.
pub(super) fn quotes(prose: &str) -> Vec<Span> {
    let mut quotes = Vec::new();
    if !['"', '“', '„', '‘', '\''].iter().any(|mark| prose.contains(*mark)) {
        return quotes;
    }
    let mut before = ' ';
    let mut end = 0;
    // For each closing mark, up to where there is none: what one open mark did not find, the next need not look for.
    let mut searched = [0; CLOSING.len()];
    for (at, mark) in prose.char_indices() {
        let opens = at >= end && (mark == '“' || !before.is_alphanumeric());
        before = mark;
        if !opens {
            continue;
        }
        let kind = match mark {
            '"' => 0,
            '“' | '„' => 1,
            '‘' => 2,
            '\'' => 3,
            _ => continue,
        };
        let from = at + mark.len_utf8();
        match closing(prose, from, searched[kind], CLOSING[kind]) {
            Ok(close) => {
                end = close;
                quotes.push(Span::new(at, end));
            }
            Err(to) => searched[kind] = to,
        }
    }
    quotes
}

const CLOSING: [char; 4] = ['"', '”', '’', '\''];

/// Longer stretches are no quotations but a mark that was left open, in bytes.
const LONGEST: usize = 2000;

/// Where the closing mark for a mark that ends at `from` ends, none being before `searched`; or up to where there is none.
fn closing(prose: &str, from: usize, searched: usize, close: char) -> Result<usize, usize> {
    let start = from.max(searched);
    let far = prose.floor_char_boundary((from + LONGEST).min(prose.len())).max(start);
    let block = prose[start..far].find('\n').map_or(far, |length| start + length);
    let apostrophe = matches!(close, '\'' | '’');
    let ends = prose[start..block].match_indices(close).map(|(at, mark)| start + at + mark.len());
    let mut ends = ends.filter(|end| {
        let inside = prose[from..end - close.len_utf8()].chars().next_back();
        let after = prose[*end..].chars().next();
        !apostrophe
            || inside.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
    });
    ends.next().ok_or(block)
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
        check("' ' ' 'a' ' b' c", &["' ' ' 'a'", "' b'"]);
    }
}
