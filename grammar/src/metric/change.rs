//! Two numbers that say one thing: a change with both its ends, or a range.

use super::MetricKind;
use super::level;
use super::lexicon::{Class, LEXICON};
use super::quantity::{Form, Quantity};
use super::token::{TokenKind, Tokens};

/// How two numbers belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    /// Before and after, in either order.
    Change,
    /// Two bounds of one value.
    Range,
}

/// How far apart the numbers of a pair are, in tokens.
const FARTHEST: usize = 16;

/// How `first` and `second` belong together, if they do.
pub(super) fn pair(tokens: &Tokens, first: &Quantity, second: &Quantity) -> Option<Pair> {
    let between = first.next..second.first;
    let used = (first.first.saturating_sub(6)..first.first).any(|at| tokens.says(at, "used to"));
    let farthest = if used { 2 * FARTHEST } else { FARTHEST };
    let part = second.first >= 2 && tokens.says(second.first - 2, "out of");
    if between.len() > farthest || part || !same_form(tokens, first, second) {
        return None;
    }
    let ends = between.clone().filter(|at| tokens.ends_sentence(*at)).count();
    if ends > 0 {
        let columns = tokens.is_column_break(first.next, second.first);
        let cells = columns && fills_block(tokens, first) && fills_block(tokens, second);
        let comparable = (first.kind.is_some() || cells)
            && same_measure(first, second)
            && same_things(tokens, first, second);
        let told = || columns || is_told(tokens, first, second);
        return (ends == 1 && comparable && told()).then_some(Pair::Change);
    }
    // `on a scale from 1 to 10`, `from 9 to 5`
    let hours = first.value == 9.0 && second.value == 5.0 && first.kind.is_none();
    if hours || first.first >= 2 && tokens.word(first.first - 2) == "scale" {
        return None;
    }
    // `Instead of 12 machines we now need 3.`
    let led =
        first.first >= 2 && instead(tokens, first.first - 2) && tokens.clause(first.first) + 2 >= first.first;
    if led && first.kind.is_some() && between.len() <= 6 && same_measure(first, second) {
        return Some(Pair::Change);
    }
    let arrow = between.clone().any(|at| tokens.is_sign(at, '→'));
    let swapped = matches!(tokens.before(second.first), "than" | "of")
        && between.len() == 2
        && matches!(tokens.word(first.next), "rather" | "instead");
    if swapped && (first.kind.is_some() || second.kind.is_some())
        || arrow && (same_measure(first, second) || between.len() <= 3)
    {
        return Some(Pair::Change);
    }
    if !same_measure(first, second) {
        return None;
    }
    let words = || between.clone().map(|at| tokens.word(at)).filter(|word| !word.is_empty());
    let count = words().count();
    if count == 0 && between.len() == 1 && tokens.is_sign(first.next, '/') && is_headed(tokens, first.first) {
        return Some(Pair::Change);
    }
    if count == 0 {
        let dash = between.len() == 1 && (tokens.is_sign(first.next, '-') || tokens.is_sign(first.next, '–'));
        return dash.then_some(Pair::Range);
    }
    if replaces(tokens, first, second, count) {
        return Some(Pair::Change);
    }
    let (start, _) = tokens.sentence(first.first);
    let near = || first.first.saturating_sub(6).max(start)..first.first;
    let to = words().any(|word| matches!(word, "to" | "into" | "until" | "till"));
    if count <= 7 && to && !words().any(|word| word == "and") {
        let from = near().any(|at| matches!(tokens.word(at), "from" | "turned"));
        let changed = near().any(|at| tokens.is(at, Class::Changing));
        if from || changed && count <= 5 {
            return Some(Pair::Change);
        }
        if count == 1 {
            let counts = first.kind == Some(MetricKind::Count);
            let changes = first.value > second.value && !counts || is_leap(tokens, first, second);
            return Some(if changes { Pair::Change } else { Pair::Range });
        }
    }
    let measured = first.kind.is_some() || is_beside(tokens, first, second);
    if in_periods(tokens, first, second) {
        return Some(Pair::Change);
    }
    (measured && is_told(tokens, first, second)).then_some(Pair::Change)
}

/// How many numbers stand in the row of a table labelled as that of before, when as many follow in a row of now.
pub(super) fn rows(tokens: &Tokens, found: &[Quantity]) -> Option<usize> {
    const MOST: usize = 8;
    let first = found.first().filter(|first| first.first > 1)?;
    let is_head = |end: usize, class| {
        let start = (0..end).rev().take(MOST).take_while(|at| !is_break(tokens, *at)).last().unwrap_or(end);
        (start..end.min(start + 2)).any(|at| tokens.is(at, class))
    };
    let run = |row: &[Quantity]| {
        let cells = row.iter().take(MOST).take_while(|cell| fills_block(tokens, cell));
        let ends: Vec<usize> = cells.map(|cell| cell.next).collect();
        (1..ends.len()).find(|&at| row[at].first != ends[at - 1] + 1).unwrap_or(ends.len())
    };
    let cells = run(found);
    let second = found.get(cells..2 * cells).filter(|second| cells > 0 && run(second) == cells)?;
    let close = second[0].first - found[cells - 1].next <= MOST;
    (close && is_head(first.first - 1, Class::Earlier) && is_head(second[0].first - 1, Class::Now))
        .then_some(cells)
}

/// Whether `instead of` or `rather than` stands at a token.
pub(super) fn instead(tokens: &Tokens, at: usize) -> bool {
    ["instead of", "rather than"].iter().any(|phrase| tokens.says(at, phrase))
}

/// `9:40 → 6:15`, `from 6:10 to 5:22`, `at 2:15 instead of 6:40`: times as a clock shows them; the token after them.
pub(super) fn clock(tokens: &Tokens, at: usize) -> Option<usize> {
    let time = |at: usize| {
        let glued = tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
        tokens.is_number(at) && tokens.is_sign(at + 1, ':') && tokens.is_number(at + 2) && glued
    };
    let arrow = tokens.is_sign(at + 3, '→');
    let from = tokens.before(at) == "from" && tokens.word(at + 3) == "to";
    // `From 9:00 to 17:00` are hours of the day.
    let falls = || match (tokens.kind(at), tokens.kind(at + 4)) {
        (Some(TokenKind::Number(first)), Some(TokenKind::Number(second))) => first > second,
        _ => false,
    };
    if time(at) && instead(tokens, at + 3) {
        return time(at + 5).then_some(at + 8);
    }
    (time(at) && time(at + 4) && (arrow || from) && falls()).then_some(at + 7)
}

fn is_break(tokens: &Tokens, at: usize) -> bool {
    tokens.kind(at) == Some(TokenKind::Break)
}

/// Whether a number is all that its block says, as in the cell of a table.
fn fills_block(tokens: &Tokens, quantity: &Quantity) -> bool {
    let opens = quantity.first == 0 || is_break(tokens, quantity.first - 1);
    opens && tokens.kind(quantity.next).is_none_or(|kind| kind == TokenKind::Break)
}

/// Whether nothing but `to` or an arrow stands between two tokens.
pub(super) fn leads(tokens: &Tokens, from: usize, to: usize) -> bool {
    let mut between = (from..to).filter(|at| tokens.word(*at) != "down");
    let joint = between.next().is_some_and(|at| tokens.word(at) == "to" || tokens.is_sign(at, '→'));
    joint && between.next().is_none()
}

/// `a ceiling of 12k to 55k` may be a range, `RPS ceiling 12k to 55k` is none: bounds so far apart bound nothing.
fn is_leap(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    const LEAP: f64 = 4.0;
    let before = first.first.wrapping_sub(1);
    // `+6 pts (22% to 28%)`
    if tokens.is_sign(before, '(')
        && tokens.is_sign(second.next, ')')
        && second.kind == Some(MetricKind::Percent)
    {
        return true;
    }
    if tokens.is_sign(before, ':') && second.value >= 1.5 * first.value {
        return true;
    }
    let named = tokens.is_word(before) && !tokens.is_listed(before);
    named && first.value > 0.0 && second.value >= LEAP * first.value
}

/// `latency (before/after): 61 ms / 4 ms`
fn is_headed(tokens: &Tokens, first: usize) -> bool {
    let (start, _) = tokens.sentence(first);
    (start..first).any(|at| tokens.is(at, Class::Earlier) && tokens.is(at + 2, Class::Now))
}

/// `Open bugs: 19 at the start, 2 at the end`, `eleven a month in spring, three in autumn`: each number has its time.
fn in_periods(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    const NEAR: usize = 5;
    let timed = |from: usize, to: usize| {
        (from..to.min(from + NEAR)).any(|at| {
            let placed =
                matches!(tokens.word(at), "in" | "at" | "on" | "during" | "by" | "the" | "last" | "this");
            placed && tokens.is(at + 1, Class::Period)
                || tokens.is(at, Class::Month)
                || at == from && matches!(tokens.word(at), "then" | "before" | "now" | "today")
        })
    };
    let (_, end) = tokens.sentence(second.first);
    let comma = (first.next..second.first).find(|at| tokens.is_sign(*at, ',') || tokens.is_sign(*at, ';'));
    comma
        .is_some_and(|comma| comma + 3 >= second.first && timed(first.next, comma) && timed(second.next, end))
}

/// Whether `before` or the like stands right beside a number: it is no name then.
fn is_beside(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    let before = |at: usize| matches!(tokens.word(at), "before" | "earlier" | "previously" | "beforehand");
    // `was 17, is 4`
    let verbs = matches!(tokens.before(first.first), "was" | "were")
        && matches!(tokens.before(second.first), "is" | "are" | "now")
        && second.first - first.next <= 3;
    before(first.next) || before(second.next) || verbs
}

/// Whether what stands between the numbers says that one replaces the other.
fn replaces(tokens: &Tokens, first: &Quantity, second: &Quantity, words: usize) -> bool {
    const NEAR: usize = 10;
    let between = first.next..second.first;
    let phrase = |phrase: &String| between.clone().any(|at| tokens.says(at, phrase));
    let compared = ["compared to", "compared with", "as opposed to", "as against"];
    if second.first >= 3
        && compared.iter().any(|phrase| tokens.says(second.first - phrase.split(' ').count(), phrase))
    {
        return true;
    }
    let says = |word: &str| between.clone().any(|at| tokens.word(at) == word);
    // Bare numbers that replace each other may be names: `returns 429 instead of 500`.
    let counts = first.form == Form::Name || is_beside(tokens, first, second);
    let bare = first.kind.is_none() && second.kind.is_none() && !counts;
    let back = || says("from") && !says("and") && same_things(tokens, first, second);
    words <= NEAR && (!bare && LEXICON.replacing.iter().any(phrase) || back())
}

/// Whether words of before and of now stand with the numbers: `used to take … and now takes`.
fn is_told(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    const BEFORE: usize = 8;
    const AFTER: usize = 5;
    let (start, _) = tokens.sentence(first.first);
    let (_, end) = tokens.sentence(second.first);
    let middle = (first.next + 2).min(second.first);
    let around_first = || first.first.saturating_sub(BEFORE).max(start)..middle;
    let around_second = || first.next..(second.next + AFTER).min(end);
    let earlier = |at: usize| tokens.is(at, Class::Earlier);
    let now = |at: usize| {
        tokens.is(at, Class::Now)
            || tokens.is(at, Class::Running)
            || ["came to", "these days", "this year", "ended at", "settled at", "landed at"]
                .iter()
                .any(|phrase| tokens.says(at, phrase))
    };
    let no_longer = || around_first().any(|at| tokens.says(at, "no longer"));
    let was_here = tokens.is(first.next, Class::Earlier) && !tokens.is(first.next, Class::Compared);
    // `It throws away 6 loaves; under the old plan it was 45.`
    let still = || {
        !level::is_past(tokens, first.first)
            && (second.first.saturating_sub(BEFORE).max(first.next)..second.first).any(earlier)
    };
    around_first().any(earlier) && around_second().any(now)
        || no_longer()
        || around_first().any(|at| tokens.says(at, "used to")) && first.kind == second.kind
        || still()
        || around_first().any(now) && around_second().any(earlier)
        || was_here
        || where_it_was(tokens, first, second)
}

/// `90 ms where it had been 400 ms`, `120 ms (was 800 ms)`, `two a day, previously nine`.
fn where_it_was(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    let had = |at: usize| {
        matches!(tokens.word(at), "previously" | "formerly" | "prev" | "was" | "were" | "originally")
            || matches!((tokens.word(at), tokens.word(at + 1)), ("had", "been") | ("used", "to"))
    };
    let close = second.first - first.next <= 8;
    let opens = |at: usize| {
        tokens.is_sign(at, '(')
            || tokens.is_sign(at, ',')
            || matches!(tokens.word(at), "where" | "which" | "what")
    };
    let opened = (first.next..second.first).any(opens);
    close && opened && (first.next..second.first).any(had)
}

/// Whether two numbers that are joined to nouns are so to the same: `a 14-step process became a 3-step one`.
fn same_form(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    let named = first.form == Form::Name || second.form == Form::Name;
    !named || noun(tokens, first) == noun(tokens, second)
}

/// Whether two numbers that count things count the same, or the second does not say what.
fn same_things(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    let counts = |quantity: &Quantity| quantity.kind == Some(MetricKind::Count);
    let again = noun(tokens, second);
    !counts(first) || !counts(second) || again.is_empty() || again == noun(tokens, first)
}

/// The noun or unit of a number, without its plural ending.
fn noun<'a>(tokens: &'a Tokens, quantity: &Quantity) -> &'a str {
    quantity.unit.map_or("", |(at, _)| tokens.word(at).trim_end_matches('s'))
}

/// Whether both measure the same kind of thing, as far as they say.
fn same_measure(first: &Quantity, second: &Quantity) -> bool {
    let open =
        |kind| matches!(kind, None | Some(MetricKind::Count | MetricKind::Rate | MetricKind::Proportion));
    let part = |kind| matches!(kind, Some(MetricKind::Percent | MetricKind::Proportion));
    let time = |kind| matches!(kind, Some(MetricKind::Duration | MetricKind::Latency));
    first.kind == second.kind
        || time(first.kind) && time(second.kind)
        || first.kind.is_none()
        || second.kind.is_none()
        || open(first.kind) && open(second.kind)
        || part(first.kind) && part(second.kind)
}
