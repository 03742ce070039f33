//! Lists of tags on one line.

use crate::{Span, TagKind};

use super::Vocabulary;

impl Vocabulary {
    /// The values of a list, as spans of `text` without marks and quotation marks around them.
    ///
    /// Values are parted by `,` `;` `·` `•` `|` `/`, but neither inside a known name (`Are Right, A Lot`) nor inside
    /// quotation marks. Values in back-ticks need nothing between them.
    #[must_use]
    pub fn split_list(&self, text: &str) -> Vec<Span> {
        let pieces = pieces(text);
        let mut values = Vec::new();
        let mut index = 0;
        while index < pieces.len() {
            let taken = self.longest_known(text, &pieces[index..]);
            let value = bare(text, pieces[index].cover(pieces[index + taken - 1]));
            if !value.is_empty() {
                values.push(value);
            }
            index += taken;
        }
        values
    }

    /// How many pieces make up the longest known name at the start of a list; 1 if they make up none.
    fn longest_known(&self, text: &str, pieces: &[Span]) -> usize {
        const KINDS: [TagKind; 3] = [TagKind::Principle, TagKind::Theme, TagKind::Question];
        const MOST: usize = 4;
        let known = |count: &usize| {
            let whole = bare(text, pieces[0].cover(pieces[count - 1]));
            whole.len() <= 80 && KINDS.iter().any(|kind| self.find(*kind, whole.of(text)).is_some())
        };
        (2..=pieces.len().min(MOST)).rev().find(known).unwrap_or(1)
    }
}

/// The pieces of a list between separators.
fn pieces(text: &str) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut quote: Option<char> = None;
    let mut ticks = false;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(close), _) if character == close => quote = None,
            (Some(_), _) => {}
            (None, '"') if text[at + 1..].contains('"') => quote = Some('"'),
            (None, '“') if text[at..].contains('”') => quote = Some('”'),
            (None, '`') => {
                ticks = !ticks;
                if !ticks {
                    pieces.push(Span::new(start, at));
                    start = at + 1;
                }
            }
            (None, ',' | ';' | '·' | '•' | '|' | '/' | '，' | '、' | '；') if !ticks => {
                pieces.push(Span::new(start, at));
                start = at + character.len_utf8();
            }
            (None, _) => {}
        }
    }
    pieces.push(Span::new(start, text.len()));
    pieces.retain(|piece| !bare(text, *piece).is_empty());
    pieces
}

/// A value without white space, emphasis, quotation marks, back-ticks and list marks around it.
fn bare(text: &str, span: Span) -> Span {
    let around = |c: char| {
        c.is_whitespace()
            || matches!(c, '*' | '_' | '`' | '"' | '“' | '”' | '‘' | '’' | '\'' | ',' | ';' | '#')
    };
    let words = span.of(text);
    let start = words.len() - words.trim_start_matches(around).len();
    let start = span.start + start;
    let end = start + text[start..span.end].trim_end_matches(|c| around(c) || c == '.').len();
    let value = Span::new(start, end);
    if value.of(text).starts_with('[') && value.of(text).ends_with(']') {
        return Span::new(start + 1, end - 1).trim(text);
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::Vocabulary;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let vocabulary = Vocabulary::builtin();
        let values: Vec<&str> = vocabulary.split_list(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(values, expected, "in {text:?}");
    }

    #[test]
    fn lists_are_split() {
        check("Ownership, Dive Deep", &["Ownership", "Dive Deep"]);
        check("Are Right, A Lot; Ownership", &["Are Right, A Lot", "Ownership"]);
        check(
            "Have Backbone; Disagree and Commit / Earn Trust",
            &["Have Backbone; Disagree and Commit", "Earn Trust"],
        );
        check("`scaling` `mentoring`, `a/b`", &["scaling", "mentoring", "a/b"]);
        check(
            "\"Tell me about a conflict, or two\", ambiguity",
            &["Tell me about a conflict, or two", "ambiguity"],
        );
        check("**Ownership** · _Frugality_ | Think Big", &["Ownership", "Frugality", "Think Big"]);
        check(" , ;", &[]);
    }

    proptest! {
        #[test]
        fn values_lie_in_order(text in "\\PC{0,80}|[a-z,;/`\"“”*· ]{0,60}") {
            let mut end = 0;
            for span in Vocabulary::builtin().split_list(&text) {
                prop_assert!(span.start >= end && !span.is_empty());
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                end = span.end;
            }
        }
    }
}
