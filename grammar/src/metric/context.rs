//! What stands around a number: names, dates, targets, and scenes that are only set.

use super::MetricKind;
use super::lexicon::LEXICON;
use super::quantity::Quantity;
use super::token::{TokenKind, Tokens};

/// Whether a number names something or only sets the scene.
pub(super) fn is_excluded(tokens: &Tokens, quantity: &Quantity) -> bool {
    quantity.excluded
        || is_date(tokens, quantity)
        || is_name(tokens, quantity)
        || is_scene(tokens, quantity)
        || is_company(tokens, quantity)
}

/// Dates, clock times, ratios such as `24/7`, and numbers after `#`.
fn is_date(tokens: &Tokens, quantity: &Quantity) -> bool {
    let (first, next) = (quantity.first, quantity.next);
    let number = |at: usize| matches!(tokens.kind(at), Some(TokenKind::Number(_)));
    let before = first.wrapping_sub(1);
    let joined = |sign: char| {
        tokens.is_sign(next, sign) && tokens.is_glued(next) && tokens.is_glued(next + 1) && number(next + 1)
            || tokens.is_sign(before, sign) && tokens.is_glued(first) && number(first.wrapping_sub(2))
    };
    if tokens.is_sign(before, '#') || joined(':') || joined('/') && quantity.kind.is_none() {
        return true;
    }
    let dashed = joined('-') && (tokens.is_sign(next + 2, '-') || tokens.is_sign(first.wrapping_sub(3), '-'));
    let month = LEXICON.words.months.contains(tokens.before(first))
        || LEXICON.words.months.contains(tokens.word(first + 1));
    let clock = matches!(tokens.word(first + 1), "am" | "pm" | "a.m" | "p.m" | "o'clock" | "uhr" | "utc");
    dashed || (month && quantity.kind != Some(MetricKind::Percent)) || clock || is_year(tokens, quantity)
}

/// `in 2023`, also where a plural happens to follow.
fn is_year(tokens: &Tokens, quantity: &Quantity) -> bool {
    let token = tokens.all[quantity.first];
    let year = token.span.len() == 4 && (1900.0..2100.0).contains(&quantity.value);
    let placed = matches!(
        tokens.before(quantity.first),
        "in" | "since" | "by" | "of" | "until" | "during" | "early" | "late" | "mid" | "year"
    );
    year && matches!(quantity.kind, None | Some(MetricKind::Count)) && placed
}

/// `version 3`, `Java 17`: a number right after a naming word, or after a name.
fn is_name(tokens: &Tokens, quantity: &Quantity) -> bool {
    if !matches!(quantity.kind, None | Some(MetricKind::Count)) || quantity.first == 0 {
        return false;
    }
    let before = quantity.first - 1;
    if LEXICON.words.naming.contains(tokens.word(before)) {
        return true;
    }
    let capital = matches!(tokens.kind(before), Some(TokenKind::Word { capital: true }));
    let opens = before == 0
        || tokens.ends_sentence(before - 1)
        || matches!(tokens.kind(before - 1), Some(TokenKind::Sign(_)));
    capital && !opens && quantity.kind.is_none()
}

/// `two years ago`, `every two weeks`, `five years of experience`.
fn is_scene(tokens: &Tokens, quantity: &Quantity) -> bool {
    if quantity.kind != Some(MetricKind::Duration) {
        return false;
    }
    let after = tokens.word(quantity.next);
    let words = &LEXICON.words;
    let scene = words.scene_after.contains(after) && tokens.word(quantity.next + 1) != "than";
    let unit = quantity.unit.map_or("", |(at, _)| tokens.word(at));
    let tenure = unit.starts_with("year") && matches!(after, "of" | "as" | "at" | "in");
    let experience = after == "of" && tokens.word(quantity.next + 1) == "experience";
    let before = tokens.before(quantity.first);
    // `After three months, …` sets the scene; `it ran again after 14 minutes` tells what happened.
    let opens = before == "after" && (quantity.first < 2 || tokens.ends_sentence(quantity.first - 2));
    scene || tenure || experience || opens || words.scene_before.contains(before)
}

/// A team's size: `a team of five`, `with three engineers`. Many people, or people one has done something for, are an
/// outcome.
fn is_company(tokens: &Tokens, quantity: &Quantity) -> bool {
    let first = quantity.first;
    let words = &LEXICON.words;
    if tokens.before(first) == "of" && first >= 2 && words.groups.contains(tokens.word(first - 2)) {
        return true;
    }
    let noun = quantity.unit.map_or("", |(at, _)| tokens.word(at));
    if quantity.kind != Some(MetricKind::Count) || !words.people.contains(noun) || quantity.value >= 20.0 {
        return false;
    }
    if tokens.word(first + 1) == "of" {
        // `two of the interns` tells what became of some of them.
        return false;
    }
    let (start, _) = sentence(tokens, first);
    !(start..first).any(|at| words.developing.contains(tokens.word(at)))
}

/// Whether a number is only wanted, planned or missed.
pub(super) fn is_unreached(tokens: &Tokens, quantity: &Quantity) -> bool {
    let words = &LEXICON.words;
    let (start, end) = sentence(tokens, quantity.first);
    let negated =
        |at: usize| (at.saturating_sub(3).max(start)..at).any(|at| words.negations.contains(tokens.word(at)));
    let near = quantity.first.saturating_sub(4).max(start);
    let denied = (near..quantity.first).any(|at| match tokens.word(at) {
        "failed" => tokens.word(at + 1) == "to",
        "missed" => matches!(tokens.word(at + 1), "the" | "our" | "its" | "my" | "a"),
        "short" => tokens.word(at + 1) == "of",
        word => {
            words.negations.contains(word)
                && !matches!(tokens.word(at + 1), "only" | "just" | "even" | "a" | "one")
        }
    });
    if denied {
        return true;
    }
    let aimed = (start..quantity.first).any(|at| words.aims.contains(tokens.word(at)));
    aimed && !(start..end).any(|at| words.reached.contains(tokens.word(at)) && !negated(at))
}

/// The tokens of the sentence around `at`. Long sentences are cut, so that the reading stays linear.
pub(super) fn sentence(tokens: &Tokens, at: usize) -> (usize, usize) {
    const FARTHEST: usize = 40;
    let mut start = at;
    while start > 0 && at - start < FARTHEST && !tokens.ends_sentence(start - 1) {
        start -= 1;
    }
    let mut end = at;
    while end - at < FARTHEST && !tokens.ends_sentence(end) {
        end += 1;
    }
    (start, end)
}
