//! Parts and multiples in words: `by a third`, `two thirds of`, `halved`, `twice as fast`; and places in an order.

use super::lexicon::Class;
use super::quantity::{Form, Quantity};
use super::token::{TokenKind, Tokens};
use super::{MetricKind, numeral};

/// A part of a whole that begins at a token: `in half`, `a third of`, `two-thirds`.
pub(super) fn share(tokens: &Tokens, at: usize) -> Option<Quantity> {
    let meaning = tokens.meaning(at);
    let word = tokens.word(at);
    if word == "half" {
        return is_half(tokens, at).then(|| quantity(at, at + 1, 0.5));
    }
    let one = matches!(word, "a" | "one");
    if let Some(fraction) = fraction(tokens, at) {
        return Some(fraction);
    }
    if let Some(share) = sign(tokens, at).or_else(|| ratio(tokens, at)) {
        return Some(share);
    }
    if !one && meaning.number.is_none() {
        return None;
    }
    let count = if one { 1.0 } else { meaning.number? };
    let part = if tokens.is_sign(at + 1, '-') { at + 2 } else { at + 1 };
    let divisor = tokens.meaning(part).divisor.filter(|divisor| one || *divisor > count)?;
    let after = tokens.word(part + 1);
    let shares = after == "of" && !tokens.is_number(part + 2) || tokens.is(part + 1, Class::Compared);
    let clear = !one && !tokens.word(part).starts_with("quarter");
    let by = (at.saturating_sub(4)..at).any(|at| matches!(tokens.word(at), "by" | "to" | "cut" | "lost"))
        || tokens.before(at) == "down";
    let bars = tokens.is_sign(part + 1, '-') || tokens.is(part + 1, Class::Occasion);
    ((shares || clear || by) && !bars).then(|| quantity(at, part + 1, count / divisor))
}

/// `1/8 of the volume`
fn fraction(tokens: &Tokens, at: usize) -> Option<Quantity> {
    let (Some(TokenKind::Number(part)), Some(TokenKind::Number(whole))) =
        (tokens.kind(at), tokens.kind(at + 2))
    else {
        return None;
    };
    let joined = tokens.is_sign(at + 1, '/') && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    let of = matches!(tokens.word(at + 3), "of" | "the");
    (joined && of && part < whole).then(|| quantity(at, at + 3, part / whole))
}

/// `by ¾`, `¾ of the volume`
fn sign(tokens: &Tokens, at: usize) -> Option<Quantity> {
    let Some(TokenKind::Sign(sign)) = tokens.kind(at) else { return None };
    let value = numeral::fraction(sign)?;
    // `¾ of a percent`, `¾ of the way`, `½ a million`
    let article = tokens.word(at + 1) == "a" || tokens.says(at + 1, "of a");
    let way = tokens.says(at + 1, "of the way") || matches!(tokens.before(at), "first" | "last");
    if article || way {
        return None;
    }
    let cut = matches!(tokens.before(at), "by" | "to" | "cut" | "lost");
    let shares = tokens.word(at + 1) == "of" || tokens.is(at + 1, Class::Compared);
    (cut || shares).then(|| quantity(at, at + 1, value))
}

/// `1:2` in a sentence that speaks of a ratio.
pub(super) fn odds(tokens: &Tokens, at: usize) -> Option<Quantity> {
    let (Some(TokenKind::Number(part)), Some(TokenKind::Number(whole))) =
        (tokens.kind(at), tokens.kind(at + 2))
    else {
        return None;
    };
    let joined = tokens.is_sign(at + 1, ':') && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    let told = || {
        let (start, end) = tokens.sentence(at);
        (start..end).any(|at| matches!(tokens.word(at), "ratio" | "ratios" | "odds"))
    };
    (joined && whole > 0.0 && told()).then(|| quantity(at, at + 3, part / whole))
}

/// `one in six`, `one call in twelve`, `1 in 200 invoices`.
fn ratio(tokens: &Tokens, at: usize) -> Option<Quantity> {
    let part = match tokens.kind(at)? {
        TokenKind::Number(value) => value,
        _ => tokens.meaning(at).number?,
    };
    let within = (at + 1..at + 4).find(|at| tokens.word(*at) == "in")?;
    if (at + 1..within)
        .any(|at| !tokens.is_word(at) || tokens.is(at, Class::Function) || tokens.is_counted(at))
    {
        return None;
    }
    let whole = numeral::read(tokens, within + 1, false).filter(|whole| whole.value > part)?;
    let timed = tokens.meaning(whole.next).unit.is_some();
    // `in 2023`, and `one in a million`, which is said and not measured.
    let year = whole.value >= 1900.0;
    (part > 0.0 && part < 10.0 && !timed && !year).then(|| {
        let next = if tokens.is_counted(whole.next) { whole.next + 1 } else { whole.next };
        quantity(at, next, part / whole.value)
    })
}

fn quantity(first: usize, next: usize, value: f64) -> Quantity {
    Quantity { first, next, value, kind: Some(MetricKind::Proportion), unit: None, form: Form::Words }
}

/// Whether `half` at a token says how much: `in half`, `half of`, `half the memory`, `half as many`.
fn is_half(tokens: &Tokens, at: usize) -> bool {
    let (before, after) = (tokens.before(at), tokens.word(at + 1));
    let rough = matches!(before, "about" | "nearly" | "almost" | "roughly");
    let named = matches!(before, "first" | "second" | "other" | "latter" | "next" | "last");
    let idiom = matches!(
        tokens.word(at + 2),
        "battle" | "credit" | "fun" | "point" | "problem" | "story" | "year" | "quarter" | "season" | "game"
    );
    let article = matches!(after, "a" | "an");
    let bound =
        tokens.before_bound(at).is_some_and(|bounded| before == "than" || matches!(bounded, "by" | "to"));
    let cut = (bound || matches!(before, "in" | "by" | "to" | "only"))
        && !article
        && (after.is_empty() || tokens.is(at + 1, Class::Function) || tokens.is(at + 1, Class::SceneAfter));
    let shares = matches!(after, "of" | "the" | "our" | "its" | "their" | "as" | "what" | "that");
    !rough && !named && !idiom && !tokens.is_sign(at + 1, '-') && (cut || shares)
        || before == "by" && !article && !tokens.is_sign(at + 1, '-')
}

/// `halved`, `tenfold`, `twice as fast`, `an order of magnitude`; the token after it.
pub(super) fn factor(tokens: &Tokens, at: usize) -> Option<usize> {
    let after = tokens.word(at + 1);
    match tokens.word(at) {
        "twice" | "thrice" => matches!(after, "as" | "the" | "our" | "what" | "that").then_some(at + 2),
        "double" | "triple" | "quadruple" => {
            matches!(after, "the" | "our" | "its" | "their" | "what" | "that").then_some(at + 2)
        }
        "order" | "orders" => (after == "of" && tokens.word(at + 2) == "magnitude").then_some(at + 3),
        "factor" if after == "of" => numeral::read(tokens, at + 2, false).map(|numeral| numeral.next),
        _ => {
            let turns = matches!(after, "down" | "back" | "up")
                || after == "over" && !tokens.is(at + 2, Class::Definite) && tokens.word(at + 2) != "a";
            // `The benefit was twofold` counts kinds.
            let kinds = tokens.word(at).ends_with("fold")
                && matches!(tokens.before(at), "is" | "was" | "are" | "were");
            (tokens.is(at, Class::Factor) && !turns && !kinds && !tokens.is_sign(at + 1, '-'))
                .then_some(at + 1)
        }
    }
}

/// `from biweekly to daily`, `from deploying weekly to deploying daily`, `every five minutes rather than every night`;
/// the token after it.
pub(super) fn oftener(tokens: &Tokens, at: usize) -> Option<usize> {
    const FARTHEST: usize = 4;
    let joint = frequency(tokens, at)?;
    let (joint, joined) = if tokens.is_sign(joint, ',') { (joint + 1, true) } else { (joint, false) };
    let second = if tokens.word(joint) == "to" && !joined || tokens.is_sign(joint, '→') {
        joint + 1
    } else {
        replaced(tokens, joint)?
    };
    (second..second + FARTHEST)
        .take_while(|at| !tokens.ends_sentence(*at) && !tokens.is_sign(*at, ','))
        .find_map(|at| frequency(tokens, at))
}

/// `rather than`, `instead of`: the token after it.
fn replaced(tokens: &Tokens, at: usize) -> Option<usize> {
    let replacing = ["rather than", "instead of", "up from", "down from", "not", "where once"];
    let phrase = replacing.iter().find(|phrase| tokens.says(at, phrase))?;
    Some(at + phrase.split(' ').count())
}

/// `from hours to minutes`, `minutes instead of hours`, `from days to same-day`: lengths of time without a number; the
/// token after them.
pub(super) fn spans(tokens: &Tokens, at: usize) -> Option<usize> {
    let span = |at: usize| {
        let time = matches!(tokens.meaning(at).unit, Some(MetricKind::Duration | MetricKind::Latency));
        time && tokens.word(at).len() >= 4 && tokens.word(at).ends_with('s')
    };
    if !span(at) {
        return None;
    }
    let joint = at + 1 + usize::from(tokens.is_sign(at + 1, ','));
    if let Some(end) = replaced(tokens, joint).filter(|end| span(*end)) {
        // `We think in weeks, not days.` measures nothing.
        let done = |at: usize| {
            matches!(tokens.word(at), "come" | "comes" | "came" | "done" | "ready")
                || tokens.is(at, Class::Running)
                || tokens.is(at, Class::Achieving)
        };
        let takes = matches!(tokens.before(at), "take" | "takes" | "took")
            || tokens.before(at) == "in" && at >= 2 && done(at - 2);
        return (takes && is_shorter(tokens.word(at), tokens.word(end))).then_some(end + 1);
    }
    if tokens.before(at) != "from" {
        return None;
    }
    let end = match tokens.word(at + 1) {
        "to" => at + 2,
        "down" if tokens.word(at + 2) == "to" => at + 3,
        _ if tokens.is_sign(at + 1, '→') => at + 2,
        _ => return None,
    };
    let end = end + usize::from(matches!(tokens.word(end), "mere" | "just" | "under" | "a"));
    let same = matches!(tokens.word(end), "same" | "one" | "next") && tokens.word(end + 2) == "day";
    if same { Some(end + 3) } else { (span(end) && tokens.word(end) != tokens.word(at)).then_some(end + 1) }
}

/// Whether one unit of time, in the plural, is shorter than another.
fn is_shorter(one: &str, other: &str) -> bool {
    let units = ["milliseconds", "seconds", "minutes", "hours", "days", "weeks", "months", "years"];
    let place = |word: &str| units.iter().position(|unit| *unit == word);
    place(one).zip(place(other)).is_some_and(|(one, other)| one < other)
}

/// `weekly`, `every night`, `every five minutes`, `once a month`: how often something is done; the token after it.
fn frequency(tokens: &Tokens, at: usize) -> Option<usize> {
    match tokens.word(at) {
        "every" | "each" => {
            let unit = numeral::read(tokens, at + 1, false).map_or(at + 1, |numeral| numeral.next);
            (tokens.meaning(unit).unit == Some(MetricKind::Duration)).then_some(unit + 1)
        }
        "once" | "twice" if matches!(tokens.word(at + 1), "a" | "per" | "every" | "each") => {
            tokens.is(at + 2, Class::TimeUnit).then_some(at + 3)
        }
        _ => tokens.is(at, Class::Periodic).then_some(at + 1),
    }
}

/// `from 23rd to 4th`; the token after it.
pub(super) fn places(tokens: &Tokens, at: usize) -> Option<usize> {
    let next = ordinal(tokens, at).filter(|next| *next == at + 2)?;
    let second = ordinal(tokens, next + 1).filter(|second| *second == next + 3)?;
    let joins = tokens.word(next) == "to" && tokens.before(at) == "from" || tokens.is_sign(next, '→');
    let dated = tokens.is(second, Class::Month) || tokens.word(second) == "of";
    (joins && !dated).then_some(second)
}

/// `top 3`, `ranked first`, `3rd of 40`.
pub(super) fn rank(tokens: &Tokens, at: usize) -> Option<usize> {
    let number = |at: usize| numeral::read(tokens, at, false).map(|numeral| numeral.next);
    match tokens.word(at) {
        // `the OWASP Top 10`
        "top" if tokens.is_capital(at) && at > 0 && tokens.is_capital(at - 1) => None,
        "top" => {
            let next = number(at + 1).filter(|next| tokens.word(*next) != "list")?;
            Some(if tokens.is_sign(next, '%') { next + 1 } else { next })
        }
        "ranked" | "placed" | "ranks" | "came" | "finished" => {
            let place = if matches!(tokens.word(at + 1), "in" | "as") { at + 2 } else { at + 1 };
            let next = ordinal(tokens, place)?;
            let among = matches!(tokens.word(next), "of" | "out" | "among" | "in" | "place");
            (!matches!(tokens.word(at), "came" | "finished") || among).then_some(next)
        }
        _ => {
            let next = ordinal(tokens, at)?;
            let of = match (tokens.word(next), tokens.word(next + 1)) {
                ("out", "of") => next + 2,
                ("of" | "among", _) => next + 1,
                ("place", _) => return Some(next + 1),
                _ => return None,
            };
            numeral::read(tokens, of, false).filter(|whole| whole.value > 5.0).map(|whole| whole.next)
        }
    }
}

/// `first`, `3rd`: the token after it.
fn ordinal(tokens: &Tokens, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    let spelled = matches!(word, "first" | "second" | "third" | "fourth" | "fifth" | "top");
    let digits = matches!(tokens.kind(at), Some(TokenKind::Number(_)))
        && tokens.is_glued(at + 1)
        && matches!(tokens.word(at + 1), "st" | "nd" | "rd" | "th");
    if digits { Some(at + 2) } else { spelled.then_some(at + 1) }
}
