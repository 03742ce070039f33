//! Where sentences begin and end.
//!
//! Unicode's rules find the boundaries; they know decimals, versions and lower-case words after a point. Abbreviations
//! and initials are put together again, and a sentence that opens with a number or code, which they take for a
//! continuation, is parted.

use memchr::{memchr, memchr_iter, memchr3};
use unicode_segmentation::UnicodeSegmentation;

use super::english::ENGLISH;
use crate::Span;
use crate::markdown::OPAQUE;

/// The sentences of a prose text in order, without the white space around them. A line feed ends a sentence.
pub(super) fn sentences(prose: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut begin = 0;
    for end in boundaries(prose) {
        if prose[..end].ends_with('\n') || end == prose.len() || !goes_on(&prose[begin..end]) {
            part(prose, Span::new(begin, end), &mut sentences);
            begin = end;
        }
    }
    sentences
}

/// Where sentences end by Unicode's rules, and the end of the text. Only what stands around points and the like is read
/// by these, since nothing else can end a sentence.
fn boundaries(prose: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    for line in prose.split_inclusive('\n') {
        let plain = is_plain(line);
        let end = at + line.len();
        while at < end {
            let stretch = at + stretch(&prose[at..end], plain);
            while at < stretch {
                let rest = &prose[at..stretch];
                at += if plain { first_end(rest) } else { first_end_by_rules(rest) };
                ends.push(at);
            }
        }
    }
    ends
}

/// The length of the head of a line in which no long row of marks and spaces stands behind a point: from each character of
/// such a row the rules look to its end, and no sentence goes on after it.
fn stretch(line: &str, plain: bool) -> usize {
    const LONG: usize = 100;
    let point_in = |text: &str| {
        if plain { memchr(b'.', text.as_bytes()) } else { text.find(['.', '․', '﹒', '．']) }
    };
    let mut at = 0;
    while let Some(point) = point_in(&line[at..]) {
        at += point;
        let row = &line[at..line.floor_char_boundary(at + LONG)];
        match row.find(|c: char| c.is_ascii_alphanumeric() || is_letter(c)) {
            Some(length) => at += length,
            None => return at + row.len(),
        }
    }
    line.len()
}

/// Whether only points, question and exclamation marks can end a sentence in a line.
fn is_plain(line: &str) -> bool {
    memchr(b'\r', line.as_bytes()).is_none() && (line.is_ascii() || line.chars().all(can_end_none))
}

/// Whether a character neither ends a sentence nor a line, but for the marks of ASCII.
fn can_end_none(character: char) -> bool {
    match character {
        c if c.is_ascii() => true,
        '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{2023}' | '\u{2025}'..='\u{2027}' | '\u{20A0}'..='\u{21FF}' => {
            true
        }
        c => is_letter(c),
    }
}

/// Whether a character is a letter by itself, and not a sign of a vowel that combines with one, as far as the commonest
/// scripts go.
fn is_letter(character: char) -> bool {
    let common = matches!(
        character,
        '\u{C0}'..='\u{2AF}'
            | '\u{370}'..='\u{52F}'
            | '\u{1E00}'..='\u{1FFF}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FA}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
    );
    common && character.is_alphabetic()
}

/// The end of the first sentence of a plain line.
fn first_end(line: &str) -> usize {
    let Some(mark) = memchr3(b'.', b'!', b'?', line.as_bytes()) else { return line.len() };
    // A mark before a capital behind spaces ends one by the rules, and so does a mark at the end of the line.
    let spaces = line[mark + 1..].bytes().take_while(|byte| *byte == b' ').count();
    match line.as_bytes().get(mark + 1 + spaces) {
        Some(b'A'..=b'Z') if spaces > 0 => return mark + 1 + spaces,
        None | Some(b'\n') => return line.len(),
        _ => {}
    }
    // The rules look back at one letter, whatever combines with it.
    let before = line[..mark].bytes().rposition(|byte| byte.is_ascii()).unwrap_or(0);
    before + first_end_by_rules(&line[before..])
}

/// The end of the first sentence of any line.
fn first_end_by_rules(line: &str) -> usize {
    line.split_sentence_bounds().next().map_or(line.len(), str::len)
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
    for at in memchr_iter(b'.', text.as_bytes()).filter(|at| text.as_bytes().get(at + 1) == Some(&b' ')) {
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
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{boundaries, sentences};

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

    #[test]
    fn a_long_row_of_marks_is_read_once() {
        let text = format!("It fell.{} it was fine. {}it went", ")".repeat(200_000), " ".repeat(200_000));
        let found: Vec<&str> = sentences(&text).iter().map(|span| span.of(&text)).collect();
        assert_eq!(sentences(&". ".repeat(200_000)).len(), 4000);
        assert!(sentences(&format!("It fell. {}", "\u{93e} ".repeat(100_000))).len() > 1);
        let [_, fine, went] = found[..] else { panic!("{} sentences", found.len()) };
        assert!(fine.ends_with(") it was fine.") && went == "it went");
    }

    proptest! {
        #[test]
        fn boundaries_are_those_of_the_rules(text in "[a-zA-C0-9 .!?'\"()“”’–…é\u{308}\u{ad}。！\u{2024}،,;\n\r\t\u{a0}\u{2028}ß日🙂-]{0,40}") {
            let expected: Vec<usize> = text.split_sentence_bound_indices().map(|(at, piece)| at + piece.len()).collect();
            prop_assert_eq!(boundaries(&text), expected);
        }
    }
}
