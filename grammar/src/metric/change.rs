//! Two numbers that say one thing: a change with both its ends, or a range.

use super::MetricKind;
use super::level;
use super::lexicon::{Class, LEXICON};
use super::quantity::{Form, Quantity};
use super::token::Tokens;

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
    let part = second.first >= 2 && tokens.says(second.first - 2, "out of");
    if between.len() > FARTHEST || part || !same_form(tokens, first, second) {
        return None;
    }
    let ends = between.clone().filter(|at| tokens.ends_sentence(*at)).count();
    if ends > 0 {
        let told = || is_told(tokens, first, second) || tokens.is_column_break(first.next, second.first);
        let comparable =
            first.kind.is_some() && same_measure(first, second) && same_things(tokens, first, second);
        return (ends == 1 && comparable && told()).then_some(Pair::Change);
    }
    // `on a scale from 1 to 10`, `from 9 to 5`
    let hours = first.value == 9.0 && second.value == 5.0 && first.kind.is_none();
    if hours || first.first >= 2 && tokens.word(first.first - 2) == "scale" {
        return None;
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
    if count == 0 {
        let dash = between.len() == 1 && (tokens.is_sign(first.next, '-') || tokens.is_sign(first.next, '–'));
        return dash.then_some(Pair::Range);
    }
    if replaces(tokens, first, second, count) {
        return Some(Pair::Change);
    }
    let (start, _) = tokens.sentence(first.first);
    let near = || first.first.saturating_sub(6).max(start)..first.first;
    let to = words().any(|word| matches!(word, "to" | "into" | "until"));
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
    (measured && is_told(tokens, first, second)).then_some(Pair::Change)
}

/// `a ceiling of 12k to 55k` may be a range, `RPS ceiling 12k to 55k` is none: bounds so far apart bound nothing.
fn is_leap(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    const LEAP: f64 = 4.0;
    let before = first.first.wrapping_sub(1);
    let named = tokens.is_word(before) && !tokens.is_listed(before);
    named && first.value > 0.0 && second.value >= LEAP * first.value
}

/// Whether `before` or the like stands right beside a number: it is no name then.
fn is_beside(tokens: &Tokens, first: &Quantity, second: &Quantity) -> bool {
    let before = |at: usize| matches!(tokens.word(at), "before" | "earlier" | "previously" | "beforehand");
    before(first.next) || before(second.next)
}

/// Whether what stands between the numbers says that one replaces the other.
fn replaces(tokens: &Tokens, first: &Quantity, second: &Quantity, words: usize) -> bool {
    const NEAR: usize = 7;
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
    words <= NEAR && (!bare && LEXICON.replacing.iter().any(phrase) || says("from") && !says("and"))
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
    let now =
        |at: usize| tokens.is(at, Class::Now) || tokens.is(at, Class::Running) || tokens.says(at, "came to");
    let was_here = tokens.is(first.next, Class::Earlier) && !tokens.is(first.next, Class::Compared);
    // `It throws away 6 loaves; under the old plan it was 45.`
    let still = || {
        !level::is_past(tokens, first.first)
            && (second.first.saturating_sub(BEFORE).max(first.next)..second.first).any(earlier)
    };
    around_first().any(earlier) && around_second().any(now)
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
