//! Numbers that name something: versions, dates, clock times, tickets.

use super::MetricKind;
use super::lexicon::{Class, LEXICON};
use super::quantity::{Form, Quantity};
use super::token::{TokenKind, Tokens};

/// Whether a number names something.
pub(super) fn is_name(tokens: &Tokens, quantity: &Quantity) -> bool {
    quantity.form == Form::Name && quantity.unit.is_none()
        || is_date(tokens, quantity)
        || is_labelled(tokens, quantity)
        || is_status(tokens, quantity)
        || is_said(tokens, quantity)
}

/// A saying (`my two cents`), a title or a goal in quotation marks (`the "100 Doors" project`, `KR2 read "cut to 5"`).
fn is_said(tokens: &Tokens, quantity: &Quantity) -> bool {
    if is_idiom(tokens, quantity.first) {
        return true;
    }
    let Some(open) = tokens.quotation(quantity.first) else { return false };
    let title = open + 1 == quantity.first && tokens.is_capital(quantity.first + 1);
    let introduced =
        matches!(tokens.before(open), "read" | "reads" | "called" | "titled" | "named" | "dubbed");
    title || introduced || open > 0 && tokens.is(open - 1, Class::Aim)
}

/// Whether a saying begins at a token.
pub(super) fn is_idiom(tokens: &Tokens, at: usize) -> bool {
    LEXICON.idioms.iter().any(|idiom| tokens.says(at, idiom))
}

/// Dates, clock times, ratios such as `24/7`, and numbers after `#`.
fn is_date(tokens: &Tokens, quantity: &Quantity) -> bool {
    let (first, next) = (quantity.first, quantity.next);
    let before = first.wrapping_sub(1);
    let joined = |sign: char| {
        tokens.is_sign(next, sign)
            && tokens.is_glued(next)
            && tokens.is_glued(next + 1)
            && tokens.is_number(next + 1)
            || tokens.is_sign(before, sign)
                && tokens.is_glued(first)
                && tokens.is_number(first.wrapping_sub(2))
    };
    // `N+1`
    let sum = tokens.is_sign(before, '+')
        && tokens.is_glued(before)
        && tokens.is_glued(first)
        && tokens.is_word(first.wrapping_sub(2));
    if sum
        || tokens.is_sign(before, '#')
        || joined(':')
        || joined('/') && matches!(quantity.kind, None | Some(MetricKind::Count))
    {
        return true;
    }
    let dashed = joined('-') && (tokens.is_sign(next + 2, '-') || tokens.is_sign(first.wrapping_sub(3), '-'));
    let counts = matches!(quantity.kind, None | Some(MetricKind::Count));
    let month = counts
        && quantity.value <= 31.0
        && (tokens.is(before, Class::Month) && tokens.is_capital(before)
            || tokens.is(first + 1, Class::Month) && tokens.is_capital(first + 1));
    let clock = matches!(tokens.word(first + 1), "am" | "pm" | "a.m" | "p.m" | "o'clock" | "uhr" | "utc");
    dashed || month || clock || is_year(tokens, quantity) || is_decade(tokens, quantity)
}

/// `in 2023`, also where a plural happens to follow.
fn is_year(tokens: &Tokens, quantity: &Quantity) -> bool {
    let first = quantity.first;
    let year = tokens.all[first].span.len() == 4 && (1900.0..2100.0).contains(&quantity.value);
    let placed = matches!(
        tokens.before(first),
        "in" | "since"
            | "by"
            | "of"
            | "until"
            | "during"
            | "early"
            | "late"
            | "mid"
            | "year"
            | "from"
            | "the"
    ) || tokens.is(first.wrapping_sub(1), Class::Month);
    year && match quantity.kind {
        None => true,
        Some(MetricKind::Count) => placed,
        _ => false,
    }
}

/// `the 90s`, `HTTP 500s`.
fn is_decade(tokens: &Tokens, quantity: &Quantity) -> bool {
    let unit = quantity.first + 1;
    let before = quantity.first.wrapping_sub(1);
    tokens.word(unit) == "s"
        && tokens.is_glued(unit)
        && (tokens.word(before) == "the" || tokens.is(before, Class::Naming))
}

/// `502s are gone`, `the 360 reviews`.
fn is_status(tokens: &Tokens, quantity: &Quantity) -> bool {
    let unit = quantity.first + 1;
    let timed =
        matches!(tokens.before(quantity.first), "to" | "from" | "in" | "takes" | "took" | "within" | "after");
    let status =
        (400.0..600.0).contains(&quantity.value) && tokens.word(unit) == "s" && tokens.is_glued(unit);
    let around = quantity.value == 360.0 && matches!(tokens.word(unit), "review" | "reviews" | "feedback");
    status && !timed || around
}

/// `version 3`, `Java 17`: a number right after a naming word, or after a name.
fn is_labelled(tokens: &Tokens, quantity: &Quantity) -> bool {
    if !matches!(quantity.kind, None | Some(MetricKind::Count)) || quantity.first == 0 {
        return false;
    }
    let before = quantity.first - 1;
    let abbreviated = tokens.is_sign(before, '.') && tokens.is(before.wrapping_sub(1), Class::Naming);
    // `the 42 bus`, but not `at the end of the first month 2,900 people …`
    let numbered = tokens.is(quantity.first + 1, Class::Naming)
        && !tokens.is_counted(quantity.first + 1)
        && tokens.word(before) == "the";
    let told = tokens.is(before, Class::TimeUnit)
        && before > 0
        && (tokens.is(before - 1, Class::SceneBefore) || tokens.is(before - 1, Class::Function));
    // `credits/day 410`
    let told = told || before > 0 && tokens.is_sign(before - 1, '/') && tokens.is(before, Class::TimeUnit);
    if tokens.is(before, Class::Naming) && !told || abbreviated || numbered {
        return true;
    }
    let opens = before == 0
        || tokens.ends_sentence(before - 1)
        || matches!(tokens.kind(before - 1), Some(TokenKind::Sign(sign)) if sign != ',');
    let plain = !tokens.word(before).ends_with(|c: char| c.is_ascii_digit());
    let small = quantity.value < 100.0 && quantity.form == Form::Digits;
    let article = matches!(tokens.before(before), "the" | "a" | "an" | "our");
    let named = quantity.kind.is_none() || small || article;
    // At the head of a sentence a verb stands before what it did: `Trained 12 people`, but `Bus 42 runs`.
    let noun = opens
        && !tokens.word(before).ends_with("ed")
        && !tokens.is_listed(before)
        && quantity.form == Form::Digits;
    let head = noun && !matches!(tokens.kind(before.wrapping_sub(1)), Some(TokenKind::Sign(_)));
    tokens.is_capital(before) && (!opens && named || head) && plain && tokens.word(before).len() > 1
}
