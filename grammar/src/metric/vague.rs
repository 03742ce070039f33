//! Words of size without a value, and rough magnitudes.

use crate::Span;

use super::lexicon::{Class, LEXICON};
use super::token::Tokens;

/// Words of the longest phrase in the lists.
const LONGEST: usize = 5;

/// What a word or phrase of size is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Vague,
    Rough,
}

/// The words of size that begin at a token, the longest there are, with the token after them.
pub(super) fn read(tokens: &Tokens, at: usize, phrase: &mut String) -> Option<(Size, Span, usize)> {
    if !tokens.is(at, Class::OpensSize) {
        return None;
    }
    let mut found = None;
    phrase.clear();
    for next in at..at + LONGEST {
        if tokens.is_sign(next, '-') {
            phrase.push('-');
            continue;
        }
        let word = tokens.word(next);
        if word.is_empty() {
            break;
        }
        if !phrase.is_empty() && !phrase.ends_with('-') {
            phrase.push(' ');
        }
        phrase.push_str(word);
        let size = if LEXICON.rough.contains(phrase.as_str()) {
            Size::Rough
        } else if LEXICON.vague.contains(phrase.as_str()) {
            Size::Vague
        } else {
            continue;
        };
        found = Some((size, tokens.span(at, next + 1), next + 1));
    }
    found
}
