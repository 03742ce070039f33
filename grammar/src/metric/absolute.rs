//! Quantities without a number: absolutes, proportions and factors in words, and places in an order.

use super::lexicon::LEXICON;
use super::token::{TokenKind, Tokens};
use super::{Metric, MetricKind};

/// The quantity in words that begins at a token, with the token after it.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<(Metric, usize)> {
    let (kind, value, next) = absolute(tokens, at)
        .map(|next| (MetricKind::Absolute, Some(0.0), next))
        .or_else(|| factor(tokens, at).map(|next| (MetricKind::Multiplier, None, next)))
        .or_else(|| fraction(tokens, at).map(|next| (MetricKind::Proportion, None, next)))
        .or_else(|| rank(tokens, at).map(|next| (MetricKind::Rank, None, next)))?;
    let baseline = matches!(kind, MetricKind::Multiplier | MetricKind::Proportion);
    Some((Metric { span: tokens.span(at, next), kind, value, unit: None, baseline }, next))
}

/// `zero downtime`, `no data loss`, `without a single failed request`, `not one rollback`.
fn absolute(tokens: &Tokens, at: usize) -> Option<usize> {
    match tokens.word(at) {
        "zero" => zero(tokens, at),
        "no" => harm(tokens, at + 1, 4),
        "without" => {
            let skipped = match (tokens.word(at + 1), tokens.word(at + 2)) {
                ("a", "single") => 3,
                ("any" | "one", _) => 2,
                _ => 1,
            };
            harm(tokens, at + skipped, 5)
        }
        "not" if tokens.word(at + 1) == "one" && tokens.is_word(at + 2) => Some(at + 3),
        "not" if tokens.word(at + 1) == "a" && tokens.word(at + 2) == "single" && tokens.is_word(at + 3) => {
            Some(at + 4)
        }
        "none" if tokens.word(at + 1) == "of" && tokens.is_word(at + 3) => Some(at + 4),
        _ => matches!(tokens.kind(at), Some(TokenKind::Number(value)) if value == 0.0)
            .then(|| harm(tokens, at + 1, 3))
            .flatten(),
    }
}

fn zero(tokens: &Tokens, at: usize) -> Option<usize> {
    if matches!(tokens.before(at), "to" | "at") {
        return Some(at + 1);
    }
    let noun = if tokens.is_sign(at + 1, '-') { at + 2 } else { at + 1 };
    let word = tokens.word(noun);
    let barred = LEXICON.words.zero_words.contains(word) || LEXICON.words.function_words.contains(word);
    if word.is_empty() || barred {
        return None;
    }
    Some(harm(tokens, noun, 4).unwrap_or(noun + 1))
}

/// The token after the thing that one is glad not to have, within a few words.
fn harm(tokens: &Tokens, from: usize, most: usize) -> Option<usize> {
    for at in from..from + most {
        let word = tokens.word(at);
        if LEXICON.words.harms.contains(word) {
            let next = tokens.word(at + 1);
            let participle = word.ends_with("ed") || matches!(word, "lost" | "broken");
            let noun = participle && !next.is_empty() && !LEXICON.words.function_words.contains(next);
            return Some(if noun || LEXICON.is_counted(next) { at + 2 } else { at + 1 });
        }
        let joins = tokens.is_sign(at, '-') || matches!(word, "or" | "a" | "of");
        let content = tokens.is_word(at) && !LEXICON.words.function_words.contains(word);
        if !joins && !content {
            return None;
        }
    }
    None
}

/// `halved`, `tenfold`, `twice as fast`, `an order of magnitude`.
fn factor(tokens: &Tokens, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    match word {
        "twice" | "thrice" => matches!(tokens.word(at + 1), "as" | "the").then_some(at + 2),
        "double" | "triple" | "quadruple" => {
            matches!(tokens.word(at + 1), "the" | "our" | "its" | "their").then_some(at + 2)
        }
        "order" | "orders" => {
            (tokens.word(at + 1) == "of" && tokens.word(at + 2) == "magnitude").then_some(at + 3)
        }
        _ => LEXICON.words.factors.contains(word).then_some(at + 1),
    }
}

/// `in half`, `by a third`, `three quarters of`.
fn fraction(tokens: &Tokens, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    if !LEXICON.words.fractions.contains(word) || tokens.is_sign(at + 1, '-') {
        return None;
    }
    let after = tokens.word(at + 1);
    let shares = after == "of" || LEXICON.words.compared.contains(after);
    if word == "half" {
        let cut = matches!(tokens.before(at), "in" | "by" | "to");
        let rough = matches!(tokens.before(at), "about" | "nearly" | "almost" | "roughly");
        return (!rough && (cut || shares || matches!(after, "the" | "our" | "its" | "as")))
            .then_some(at + 1);
    }
    let before = tokens.before(at);
    let parts = matches!(before, "a" | "one") || LEXICON.numbers.contains_key(before);
    let by = (2..=3).any(|back| at >= back && matches!(tokens.word(at - back), "by" | "to"));
    (parts && (shares || by)).then_some(at + 1)
}

/// `top 3`, `ranked first`.
fn rank(tokens: &Tokens, at: usize) -> Option<usize> {
    match tokens.word(at) {
        "top" => matches!(tokens.kind(at + 1), Some(TokenKind::Number(_)))
            .then(|| if tokens.is_sign(at + 2, '%') { at + 3 } else { at + 2 }),
        "ranked" | "placed" => {
            matches!(tokens.word(at + 1), "first" | "second" | "third" | "top").then_some(at + 2)
        }
        _ => None,
    }
}
