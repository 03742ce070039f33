//! Numbers in digits or words: `40`, `twenty-five`, `a hundred and ten`, `two and a half`, `1.2M`.

use super::MetricKind;
use super::change::instead;
use super::lexicon::Class;
use super::token::{TokenKind, Tokens};

/// A number and the first token after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub(super) value: f64,
    pub(super) next: usize,
    /// Whether it is written in words.
    pub(super) spelled: bool,
}

/// The number that begins at a token, with the words that multiply it. After a currency any scale letter counts.
pub(super) fn read(tokens: &Tokens, at: usize, currency: bool) -> Option<Numeral> {
    let mut numeral = match tokens.kind(at)? {
        TokenKind::Number(value) => Numeral { value, next: at + 1, spelled: false },
        TokenKind::Word { .. } => spelled(tokens, at)?,
        TokenKind::Sign(sign) => Numeral { value: fraction(sign)?, next: at + 1, spelled: false },
        _ => return None,
    };
    if let Some((half, next)) = rest(tokens, numeral.next) {
        numeral = Numeral { value: numeral.value + half, next, ..numeral };
    }
    while let Some(factor) = scale(tokens, numeral.next, currency) {
        // `3.4 Mio. EUR`
        let point = tokens.word(numeral.next) == "mio" && tokens.is_sign(numeral.next + 1, '.');
        let next = numeral.next + 1 + usize::from(point);
        numeral = Numeral { value: numeral.value * factor, next, ..numeral };
    }
    Some(numeral)
}

/// The value of a sign such as `¾`.
pub(super) fn fraction(sign: char) -> Option<f64> {
    let (part, whole) = match sign {
        '½' => (1.0, 2.0),
        '⅓' => (1.0, 3.0),
        '⅔' => (2.0, 3.0),
        '¼' => (1.0, 4.0),
        '¾' => (3.0, 4.0),
        '⅕'..='⅘' => (f64::from(u32::from(sign) - u32::from('⅕') + 1), 5.0),
        '⅙' => (1.0, 6.0),
        '⅚' => (5.0, 6.0),
        '⅛'..='⅞' => (f64::from(2 * (u32::from(sign) - u32::from('⅛')) + 1), 8.0),
        _ => return None,
    };
    Some(part / whole)
}

/// `and a half`, `½`; `ish` adds nothing.
pub(super) fn rest(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let half = |word: &str| match word {
        "half" => Some(0.5),
        "quarter" => Some(0.25),
        _ => None,
    };
    if let Some(TokenKind::Sign(sign)) = tokens.kind(at)
        && let Some(value) = fraction(sign)
    {
        return Some((value, at + 1));
    }
    if tokens.word(at) == "ish" {
        return Some((0.0, at + 1));
    }
    if tokens.word(at) == "and" && matches!(tokens.word(at + 1), "a" | "one") {
        return half(tokens.word(at + 2)).map(|value| (value, at + 3));
    }
    None
}

/// A number in words.
fn spelled(tokens: &Tokens, at: usize) -> Option<Numeral> {
    let numeral = |value, next| Some(Numeral { value, next, spelled: true });
    let word = tokens.word(at);
    if matches!(word, "half") && matches!(tokens.word(at + 1), "a" | "an") {
        let scale = tokens.meaning(at + 2).scale.filter(|_| tokens.word(at + 2).len() > 2);
        let unit = tokens.meaning(at + 2).unit.is_some() && tokens.word(at + 2).len() > 2;
        let counts = scale.is_some() || unit;
        return if counts { numeral(0.5, at + 2) } else { None };
    }
    // `a half-hour check`
    let hyphen = at + 1 + usize::from(tokens.is_sign(at + 1, '-'));
    if word == "half" && hyphen > at + 1 && is_long_time(tokens, hyphen) {
        return numeral(0.5, hyphen);
    }
    if matches!(word, "a" | "an") {
        let scaled =
            tokens.meaning(at + 1).scale.is_some_and(|scale| scale >= 100.0) && tokens.word(at + 1).len() > 2;
        return if scaled {
            compound(tokens, at + 1, 1.0)
        } else if is_long_time(tokens, at + 1) && measures(tokens, at, at + 1) {
            numeral(1.0, at + 1)
        } else if matches!(tokens.word(at + 1), "full" | "whole" | "good")
            && is_long_time(tokens, at + 2)
            && measures(tokens, at, at + 2)
        {
            numeral(1.0, at + 2)
        } else {
            None
        };
    }
    if matches!(word, "zero" | "none") {
        // `to none of them` counts nothing.
        let is_end = matches!(tokens.before(at), "to" | "became") && tokens.word(at + 1) != "of";
        return if is_end { numeral(0.0, at + 1) } else { None };
    }
    let value = tokens.meaning(at).number?;
    let found = compound(tokens, at + 1, value)?;
    let alone = found.next == at + 1 && rest(tokens, at + 1).is_none();
    (word != "one" || !alone || is_single(tokens, at)).then_some(found)
}

/// Whether `one` at a token says how many, and not which.
fn is_single(tokens: &Tokens, at: usize) -> bool {
    let idiom = matches!(tokens.word(at + 1), "day" | "night" | "morning" | "evening");
    let idiom = idiom && !is_early(tokens, at + 2) && !(at > 0 && tokens.is_sign(at - 1, '→'));
    let bound = matches!(tokens.before(at), "than" | "to" | "only" | "just" | "exactly" | "under" | "within")
        || at > 0 && tokens.is(at - 1, Class::Running);
    let unit = tokens.meaning(at + 1).unit.is_some() && tokens.word(at + 1).len() > 2;
    let next_counts = !tokens.word(at + 1).is_empty() && !tokens.is(at + 1, Class::Function);
    let fewer = matches!(tokens.word(at + 1), "fewer" | "less");
    let ends = matches!(tokens.before(at), "to" | "than") || at > 0 && tokens.is(at - 1, Class::Running);
    let stands = matches!(tokens.word(at + 1), "" | "and") && ends;
    let per = |at: usize| matches!(tokens.word(at), "per" | "a" | "an" | "each" | "every" | "in");
    let per = (per(at + 1) || per(at + 2) && next_counts)
        && (at + 2..at + 6).any(|at| tokens.is(at, Class::TimeUnit) || is_long_time(tokens, at));
    let named = at > 0 && tokens.is_sign(at - 1, '-');
    // `one design system rather than five`
    let replaced = (at + 2..at + 5).any(|at| instead(tokens, at) && tokens.meaning(at + 2).number.is_some());
    let replaced = replaced || !idiom && is_compared(tokens, at);
    replaced || unit && (!idiom || bound) || fewer || per && !named || bound && (next_counts || stands)
}

/// `had one incident since, compared with six`; nothing else stands between.
fn is_compared(tokens: &Tokens, at: usize) -> bool {
    const FARTHEST: usize = 7;
    let told = at == 0
        || tokens.ends_sentence(at - 1)
        || matches!(tokens.before(at), "had" | "have" | "has" | "saw" | "seen" | "only");
    let noun = tokens.is_word(at + 1) && !tokens.is(at + 1, Class::Function);
    let between = |at: usize| {
        tokens.is_sign(at, ',')
            || tokens.is(at, Class::TimeUnit)
            || matches!(tokens.word(at), "since" | "now" | "this" | "last" | "in" | "a" | "per" | "each")
    };
    let phrase = (at + 2..at + FARTHEST).find(|at| !between(*at));
    told && noun
        && phrase.is_some_and(|phrase| {
            let compared = ["compared with", "compared to", "down from", "up from"];
            compared.iter().any(|words| tokens.says(phrase, words))
                && tokens.meaning(phrase + 2).number.is_some()
        })
}

/// `early`, `sooner`, `before the deadline`.
fn is_early(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.word(at), "early" | "ahead" | "faster" | "sooner" | "earlier" | "less")
        || tokens.word(at) == "before"
            && (at + 2..at + 5).any(|at| matches!(tokens.word(at), "deadline" | "date" | "plan" | "schedule"))
}

/// Whether `a` before a unit of time says one of it: `in an hour`, `takes a day`.
fn measures(tokens: &Tokens, at: usize, unit: usize) -> bool {
    const RUNNING: usize = 3;
    let placed = matches!(
        tokens.before(at),
        "within" | "under" | "in" | "to" | "from" | "than" | "about" | "saved" | "took" | "over" | "below"
    );
    let runs = (at.saturating_sub(RUNNING)..at).any(|at| tokens.is(at, Class::Running));
    let early = is_early(tokens, unit + 1);
    let replaced = tokens.says(unit + 1, "instead of")
        || tokens.before(at) == "of" && at >= 2 && tokens.word(at - 2) == "instead";
    let turned = matches!(tokens.before(at), "became" | "been");
    let lasted = matches!(tokens.before(at), "need" | "needed" | "lasted");
    lasted || placed || turned || runs || early || replaced
}

fn is_long_time(tokens: &Tokens, at: usize) -> bool {
    tokens.meaning(at).unit == Some(MetricKind::Duration) && tokens.word(at).len() > 2
}

/// The rest of a number in words after its first: `-five`, `hundred and ten`, `thousand five hundred`.
fn compound(tokens: &Tokens, from: usize, first: f64) -> Option<Numeral> {
    const LONGEST: usize = 12;
    let (mut total, mut group, mut at) = (0.0, first, from);
    while at < from + LONGEST {
        let mut next = at;
        if tokens.is_sign(next, '-') || tokens.word(next) == "and" && (total > 0.0 || group >= 100.0) {
            next += 1;
        }
        let meaning = tokens.meaning(next);
        let long = tokens.word(next).len() > 2;
        let room = if group >= 100.0 || group == 0.0 { 100.0 } else { 10.0 };
        let open = group == 0.0 || group >= 20.0 && group % 10.0 == 0.0;
        match (meaning.number, meaning.scale.filter(|_| long)) {
            (Some(number), _) if open && number < room && (number > 0.0) => group += number,
            (_, Some(100.0)) if group < 100.0 => group *= 100.0,
            (_, Some(scale)) if scale > 100.0 && group > 0.0 => {
                total += group * scale;
                group = 0.0;
            }
            _ => break,
        }
        at = next + 1;
    }
    Some(Numeral { value: total + group, next: at, spelled: true })
}

/// What a word or letter multiplies by. Single letters stand right at the number, and `m` and `b` only after a currency
/// or in capitals.
fn scale(tokens: &Tokens, at: usize, currency: bool) -> Option<f64> {
    let factor = tokens.meaning(at).scale?;
    let word = tokens.word(at);
    if word.len() > 2 {
        return Some(factor);
    }
    let clear = currency || tokens.is_capital(at) || matches!(word, "k" | "mn" | "bn");
    let before_currency = tokens.is_glued(at + 1)
        && matches!(tokens.kind(at + 1), Some(TokenKind::Sign(sign)) if is_currency(sign));
    let glued = tokens.is_glued(at) && tokens.is_number(at.wrapping_sub(1));
    (before_currency || clear && (currency || glued)).then_some(factor)
}

/// Whether a character is the sign of a currency.
pub(super) const fn is_currency(sign: char) -> bool {
    matches!(sign, '$' | '£' | '¥' | '¢' | '฿' | '\u{20A0}'..='\u{20CF}')
}
