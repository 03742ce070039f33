//! Where sentences begin and end.
//!
//! Unicode's rules find the boundaries; they know decimals, versions and lower-case words after a point. Abbreviations
//! and initials are put together again, and a sentence that opens with a number or code, which they take for a
//! continuation, is parted.

use unicode_segmentation::UnicodeSegmentation;

use super::english::ENGLISH;
use crate::Span;
use crate::markdown::OPAQUE;

/// The sentences of a prose text in order, without the white space around them. A line feed ends a sentence.
pub(super) fn sentences(prose: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = None;
    for (at, piece) in prose.split_sentence_bound_indices() {
        let begin = *start.get_or_insert(at);
        let end = at + piece.len();
        if piece.ends_with('\n') || end == prose.len() || !goes_on(&prose[begin..end]) {
            part(prose, Span::new(begin, end), &mut sentences);
            start = None;
        }
    }
    sentences
}

/// Whether a sentence cannot end here: after an abbreviation, an initial or the number of a list item.
fn goes_on(sentence: &str) -> bool {
    let Some(before) = sentence.trim_end().strip_suffix('.') else { return false };
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“')).next();
    let word = word.unwrap_or_default();
    is_abbreviation(word) || before.trim().len() == word.len() && word.chars().all(|c| c.is_ascii_digit())
}

fn is_abbreviation(word: &str) -> bool {
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase() && c != 'I');
    let dotted = word.contains('.')
        && word.split('.').all(|piece| piece.len() == 1 && piece.starts_with(char::is_alphabetic));
    initial || dotted || ENGLISH.abbreviations.contains(word.to_lowercase().as_str())
}

/// Parts a stretch where a sentence opens with a digit or code, and adds what is not blank.
fn part(prose: &str, stretch: Span, sentences: &mut Vec<Span>) {
    let mut start = stretch.start;
    let text = stretch.of(prose);
    for (at, _) in text.match_indices(". ") {
        let next = text[at + 1..].trim_start_matches(' ').chars().next();
        let opens = next.is_some_and(|c| c.is_ascii_digit() || c == char::from(OPAQUE));
        let end = stretch.start + at + 1;
        if opens && !goes_on(&prose[start..end]) {
            sentences.push(Span::new(start, end).trim(prose));
            start = end;
        }
    }
    let rest = Span::new(start, stretch.end).trim(prose);
    if !rest.is_empty() {
        sentences.push(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[track_caller]
    fn check(prose: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(prose).iter().map(|span| span.of(prose)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn points_that_end_no_sentence() {
        check(
            "We ran v2.1 at 3.5 GB, e.g. Kafka 3.6. It held.",
            &["We ran v2.1 at 3.5 GB, e.g. Kafka 3.6.", "It held."],
        );
        check("Approx. 40 GB vs. Dr. Smith's 12. Done.", &["Approx. 40 GB vs. Dr. Smith's 12.", "Done."]);
        check(
            "J. Smith of the U.S. team said no! Why? Cost.",
            &["J. Smith of the U.S. team said no!", "Why?", "Cost."],
        );
        check("1. Rolled back. 2. Slept.", &["1. Rolled back.", "2. Slept."]);
    }

    #[test]
    fn numbers_code_and_blocks_open_sentences() {
        check("It fell. 12 teams adopted it.", &["It fell.", "12 teams adopted it."]);
        check("It fell. \u{1a}\u{1a} did it.", &["It fell.", "\u{1a}\u{1a} did it."]);
        check("Rolled back\nPaged the owner\n\n", &["Rolled back", "Paged the owner"]);
        check("  \n ", &[]);
    }
}
