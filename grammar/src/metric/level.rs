//! Whether a lone number says where it started, and whether it should.

use super::lexicon::Class;
use super::quantity::{Form, Quantity};
use super::token::{TokenKind, Tokens};
use super::{MetricKind, proportion};

/// Whether a lone number says or implies where it started: a factor, a difference of shares, or the size of a change.
pub(super) fn has_baseline(tokens: &Tokens, quantity: &Quantity, kind: MetricKind) -> bool {
    match kind {
        MetricKind::Multiplier | MetricKind::PercentagePoints => true,
        _ if begins(tokens, quantity) => true,
        _ if was_used(tokens, quantity) || goes_back(tokens, quantity) => true,
        _ if comes_from(tokens, quantity) || follows_arrow(tokens, quantity.first) => true,
        MetricKind::Duration | MetricKind::Latency => follows_time(tokens, quantity),
        MetricKind::Percent | MetricKind::Proportion => is_relative(tokens, quantity),
        _ => false,
    }
}

/// `from one release a fortnight to several a day`, `down from a page`, `once a month instead of every day`: the other end
/// is said in words.
fn begins(tokens: &Tokens, quantity: &Quantity) -> bool {
    let first = quantity.first;
    let turned = tokens.before(first) == "from"
        && (tokens.word(quantity.next) == "to"
            || first >= 2 && matches!(tokens.word(first - 2), "down" | "up"));
    turned || quantity.form == Form::Often && proportion::oftener(tokens, first).is_some()
}

/// `formerly a day's work, takes five minutes`: the beginning is said as a time without a number.
fn follows_time(tokens: &Tokens, quantity: &Quantity) -> bool {
    let first = quantity.first;
    let (start, end) = tokens.sentence(first);
    let now = (start..end.min(quantity.next + 3))
        .any(|at| tokens.is(at, Class::Now) || tokens.is(at, Class::Running));
    let time = |at: usize| {
        let word = tokens.word(at).trim_end_matches("'s");
        matches!(word, "day" | "night" | "week")
            || tokens.meaning(at).unit == Some(MetricKind::Duration) && word.len() > 2
    };
    let earlier = (start..first).find(|at| {
        matches!(tokens.word(*at), "formerly" | "previously" | "used" | "had" | "took" | "once" | "needed")
    });
    now && earlier.is_some_and(|at| (at..first).any(time))
}

/// `It used to take four days; they now go home at noon`: the end is said without a number.
fn was_used(tokens: &Tokens, quantity: &Quantity) -> bool {
    const BEFORE: usize = 12;
    const AFTER: usize = 10;
    let start = tokens.clause(quantity.first).max(quantity.first.saturating_sub(BEFORE));
    (start..quantity.first).any(|at| tokens.says(at, "used to"))
        && (quantity.next..quantity.next + AFTER)
            .take_while(|at| tokens.kind(*at).is_some_and(|kind| kind != TokenKind::Break))
            .any(|at| tokens.word(at) == "now")
        || turned(tokens, quantity)
}

/// `for each euro we used to spend we now spend twenty cents`
fn turned(tokens: &Tokens, quantity: &Quantity) -> bool {
    let (start, _) = tokens.sentence(quantity.first);
    let used = (start..quantity.first).find(|at| tokens.says(*at, "used to"));
    used.is_some_and(|used| (used..quantity.first).any(|at| tokens.word(at) == "now"))
}

/// `came down 48 seconds, from 6:10`: the beginning follows.
fn goes_back(tokens: &Tokens, quantity: &Quantity) -> bool {
    let from = quantity.next + usize::from(tokens.is_sign(quantity.next, ','));
    tokens.word(from) == "from" && tokens.is_number(from + 1)
}

/// `weekly → 15 per day`.
fn follows_arrow(tokens: &Tokens, first: usize) -> bool {
    (first.saturating_sub(2)..first).any(|at| {
        let often = |at: usize| tokens.is(at, Class::Periodic) || tokens.meaning(at).unit.is_some();
        tokens.is_sign(at, '→') && at > 0 && often(at - 1)
    })
}

/// `rose from the low fifties to 78`: the beginning is said without a number.
pub(super) fn comes_from(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 14;
    let first = quantity.first;
    let start = tokens.clause(first).max(first.saturating_sub(NEAR));
    let to = (start..first).rev().take(2).find(|at| tokens.word(*at) == "to");
    to.is_some_and(|to| {
        (start..to).filter(|at| tokens.word(*at) == "from").any(|at| {
            at == tokens.clause(first) && !tokens.is_number(at + 1)
                || (start..at).any(|at| tokens.is(at, Class::Changing) || tokens.word(at) == "came")
        })
    })
}

/// Whether a share is the size of a change (`by 40%`, `40% lower`, `a 25% drop`) and not its end (`to 40%`).
fn is_relative(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 8;
    let (first, next) = (quantity.first, quantity.next);
    let leading = tokens.leading(first);
    let before = tokens.word(leading);
    let makes =
        before == "up" && leading > 0 && matches!(tokens.word(leading - 1), "makes" | "make" | "made");
    if matches!(before, "by" | "down" | "up" | "minus" | "plus") && !makes
        || is_signed(tokens, first)
        || is_part_of_before(tokens, quantity)
    {
        return true;
    }
    // `a reduction of roughly 35%`
    let sized = (first.saturating_sub(3)..first)
        .any(|at| tokens.is(at, Class::Compared) && tokens.word(at + 1) == "of");
    if sized {
        return true;
    }
    if matches!(tokens.word(next), "below" | "above" | "under") && !tokens.is_number(next + 1) {
        return true;
    }
    let compared = (next..next + 3)
        .take_while(|at| tokens.is_word(*at) && !tokens.is(*at, Class::Function) || tokens.is_sign(*at, '-'))
        .any(|at| tokens.is(at, Class::Compared));
    if compared || tokens.is(next, Class::Compared) {
        return true;
    }
    if matches!(before, "to" | "at" | "under" | "below" | "above" | "over") {
        return false;
    }
    // `plummeted 70%`: a verb of the past right before a share says how much, unless it is one of levels.
    if before.ends_with("ed") && !tokens.is(leading, Class::Level) {
        return true;
    }
    let joined = before == "or" && leading > 0;
    let start = tokens.clause(if joined { leading - 1 } else { first }).max(first.saturating_sub(NEAR));
    // `three quarters of the styles got deleted`
    let gone = |at: usize| {
        matches!(
            tokens.word(at),
            "deleted" | "removed" | "dropped" | "cut" | "gone" | "retired" | "eliminated" | "disappeared"
        )
    };
    if tokens.word(next) == "of" && (next..next + NEAR).take_while(|at| !tokens.ends_sentence(*at)).any(gone)
    {
        return true;
    }
    if tokens.word(next) == "of" {
        return tokens.is(first.wrapping_sub(1), Class::Changing)
            || tokens.is(first.wrapping_sub(2), Class::Changing);
    }
    let towards = (first.saturating_sub(3).max(start)..first).any(|at| tokens.word(at) == "to");
    !towards && (start..first).any(|at| tokens.is(at, Class::Changing))
}

/// `−38 %`, `+$2M`, `↓ 40%`.
fn is_signed(tokens: &Tokens, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    match tokens.kind(before) {
        Some(TokenKind::Sign('-' | '+')) => {
            tokens.is_glued(first) && !(tokens.is_glued(before) && tokens.is_word(before.wrapping_sub(1)))
        }
        Some(TokenKind::Sign(sign)) => matches!(sign, '↓' | '↑' | '⬇' | '⬆' | '▼' | '▲' | '↘' | '↗'),
        _ => false,
    }
}

/// `half the memory`, `a third of the time`, `half of what it was`: a part of what it was before.
fn is_part_of_before(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 8;
    let next = quantity.next;
    // `4% of the data it used to`, `70% of what it was`
    let former = tokens.word(next) == "of"
        && (next + 1..next + NEAR).take_while(|at| !tokens.ends_sentence(*at)).any(|at| {
            matches!(tokens.word(at), "former" | "previous" | "original")
                || tokens.says(at, "used to")
                || matches!(tokens.word(at), "what" | "it")
                    && matches!(tokens.word(at + 1), "was" | "were" | "did" | "had")
        });
    if former || quantity.kind != Some(MetricKind::Proportion) {
        return former;
    }
    if tokens.word(next) != "of" {
        // `dropped to a tenth`
        return tokens.word(quantity.first) == "half" || tokens.word(tokens.leading(quantity.first)) == "to";
    }
    let leading = tokens.leading(quantity.first);
    if tokens.is(leading, Class::Running) {
        return true;
    }
    let what = matches!(tokens.word(next + 1), "what" | "that");
    what || (next + 1..next + 4).any(|at| tokens.is(at, Class::Extent))
}

/// Whether a lone number without a baseline is a bare level: an end value of a rate, latency, duration, size or share
/// that leaves open where it started. Counts, savings, differences and delivery times are none.
pub(super) fn is_level(tokens: &Tokens, quantity: &Quantity, kind: MetricKind) -> bool {
    if is_difference(tokens, quantity) {
        return false;
    }
    match kind {
        MetricKind::Percent => quantity.value != 100.0,
        MetricKind::Proportion | MetricKind::Score => true,
        MetricKind::Rate | MetricKind::Latency => true,
        MetricKind::Duration => {
            // `three days late` is how far a delivery was off.
            let is_late = matches!(tokens.word(quantity.next), "late" | "overdue" | "behind");
            (is_stated(tokens, quantity) || is_present(tokens, quantity))
                && !is_delivery(tokens, quantity)
                && !is_late
        }
        MetricKind::Size => is_stated(tokens, quantity) || is_present(tokens, quantity),
        MetricKind::Money => is_stated(tokens, quantity),
        _ => false,
    }
}

/// `saved 5 hours`, `3 GB less`, `two weeks early`: how much more or less, and not how much.
fn is_difference(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 5;
    let (first, next) = (quantity.first, quantity.next);
    let start = tokens.clause(first).max(first.saturating_sub(NEAR));
    let ahead = (next..next + 4).any(|at| tokens.is(at, Class::Compared))
        || (next..next + 2).any(|at| tokens.is(at, Class::Difference));
    let inside = (first..next).any(|at| tokens.is(at, Class::Compared));
    let apart = matches!(tokens.word(next), "before" | "after" | "ahead");
    apart
        || is_signed(tokens, first)
        || tokens.before(first) == "by"
        || tokens.before_bound(first) == Some("by")
        || ahead
        || inside
        || (start..first).any(|at| tokens.is(at, Class::Difference))
}

/// Whether the words around a number say how much something is, takes or costs.
fn is_stated(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 5;
    let first = quantity.first;
    let (start, end) = tokens.sentence(first);
    let near = tokens.clause(first).max(first.saturating_sub(NEAR))..first;
    near.clone().any(|at| tokens.is(at, Class::Level))
        || first > start && tokens.is_sign(first - 1, ':')
        || (start..(quantity.next + 10).min(end)).any(|at| tokens.word(at) == "now")
}

/// Whether the clause around a number tells of the present.
fn is_present(tokens: &Tokens, quantity: &Quantity) -> bool {
    let first = quantity.first;
    tokens.clause(first) < first && !is_past(tokens, first) && !is_undone(tokens, quantity)
}

/// Whether the clause before a number tells of the past.
pub(super) fn is_past(tokens: &Tokens, first: usize) -> bool {
    let past = |at: usize| tokens.word(at).ends_with("ed") || tokens.is(at, Class::Past);
    let present =
        |at: usize| tokens.is(at, Class::Running) && tokens.word(at) != "took" || tokens.word(at) == "can";
    let verb = (tokens.clause(first)..first).rev().find(|at| past(*at) || present(*at));
    verb.is_some_and(|at| {
        past(at) && !matches!(tokens.before(at), "is" | "are" | "be" | "gets" | "get" | "can" | "to" | "will")
    })
}

/// Whether the verb after a number tells of the past: `640 t of beet had been saved`.
fn is_undone(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 6;
    (quantity.next..quantity.next + NEAR)
        .take_while(|at| !tokens.ends_sentence(*at))
        .any(|at| tokens.is(at, Class::Past))
}

/// `restored in 40 minutes`, `within two weeks`: how long it took to deliver, told once and over.
fn is_delivery(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 4;
    let first = quantity.first;
    let start = tokens.clause(first);
    let placed = (first.saturating_sub(NEAR).max(start)..first)
        .any(|at| matches!(tokens.word(at), "in" | "within" | "after" | "inside" | "over" | "took"));
    let nought = |at: usize| {
        matches!(tokens.word(at), "no" | "zero" | "not" | "without")
            || tokens.kind(at) == Some(TokenKind::Number(0.0))
    };
    let spared = || (start..first).any(nought);
    placed && (is_past(tokens, first) || start + 2 >= first || spared())
}
