//! A number with what it measures: `$180K/month`, `two weeks`, `14 teams`.

use super::MetricKind;
use super::lexicon::LEXICON;
use super::token::{TokenKind, Tokens};

/// A number in a text. All indices are of tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    pub(super) first: usize,
    /// The first token after it.
    pub(super) next: usize,
    pub(super) value: f64,
    /// What is measured; `None` for a bare number.
    pub(super) kind: Option<MetricKind>,
    /// The tokens of the unit or noun.
    pub(super) unit: Option<(usize, usize)>,
    /// Whether it names something, or only sets the scene.
    pub(super) excluded: bool,
}

/// Reads the quantity that begins at a token.
pub(super) fn read(tokens: &Tokens, first: usize) -> Option<Quantity> {
    let (currency, start) = currency_before(tokens, first);
    let (mut value, mut next) = amount(tokens, start)?;
    if let Some((factor, after)) = scale(tokens, next, currency) {
        value *= factor;
        next = after;
    }
    if tokens.is_sign(next, '+') {
        next += 1;
    }
    let bare = Quantity { first, next, value, kind: None, unit: None, excluded: false };
    if currency {
        return Some(
            Quantity { kind: Some(MetricKind::Money), unit: Some((first, start)), ..bare }.with_rate(tokens),
        );
    }
    Some(with_unit(tokens, bare))
}

/// A currency sign or code right before a number.
fn currency_before(tokens: &Tokens, first: usize) -> (bool, usize) {
    let sign = matches!(tokens.kind(first), Some(TokenKind::Sign('$' | '€' | '£' | '¥' | '₹' | '₩')));
    let code = tokens.word(first).len() == 3 && LEXICON.unit(tokens.word(first)) == Some(MetricKind::Money);
    let prefixed = tokens.word(first) == "us" && tokens.is_sign(first + 1, '$');
    match (prefixed, sign || code) {
        (true, _) => (true, first + 2),
        (_, true) if matches!(tokens.kind(first + 1), Some(TokenKind::Number(_))) => (true, first + 1),
        _ => (false, first),
    }
}

/// A number in digits or words.
fn amount(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    if let Some(TokenKind::Number(value)) = tokens.kind(at) {
        return Some((value, at + 1));
    }
    let word = tokens.word(at);
    let unit_follows =
        |at: usize| LEXICON.unit(tokens.word(at)) == Some(MetricKind::Duration) && tokens.word(at).len() > 2;
    match word {
        "one" if unit_follows(at + 1) && !matches!(tokens.word(at + 1), "day" | "night") => {
            return Some((1.0, at + 1));
        }
        "a" | "an" if LEXICON.scales.contains_key(tokens.word(at + 1)) && tokens.word(at + 1).len() > 2 => {
            return Some((1.0, at + 1));
        }
        "a" | "an"
            if unit_follows(at + 1)
                && matches!(tokens.before(at), "within" | "under" | "in" | "to" | "from") =>
        {
            return Some((1.0, at + 1));
        }
        "one" if tokens.before(at) == "than" => return Some((1.0, at + 1)),
        "zero" if tokens.before(at) == "to" => return Some((0.0, at + 1)),
        "half" if matches!(tokens.word(at + 1), "a" | "an") && unit_follows(at + 2) => {
            return Some((0.5, at + 2));
        }
        _ => {}
    }
    let value = *LEXICON.numbers.get(word)?;
    let unit = LEXICON.numbers.get(tokens.word(at + 2)).filter(|unit| **unit < 10.0);
    match unit {
        Some(unit) if value >= 20.0 && tokens.is_sign(at + 1, '-') => Some((value + unit, at + 3)),
        _ => Some((value, at + 1)),
    }
}

/// A word or letter that multiplies. Single letters stand right at the number, and `m` and `b` only after a currency or
/// in capitals.
fn scale(tokens: &Tokens, at: usize, currency: bool) -> Option<(f64, usize)> {
    let word = tokens.word(at);
    let factor = *LEXICON.scales.get(word)?;
    let capital = matches!(tokens.kind(at), Some(TokenKind::Word { capital: true }));
    let short = word.len() <= 2;
    let clear = currency || capital || matches!(word, "k" | "mn" | "bn");
    let before_currency = tokens.is_glued(at + 1)
        && matches!(tokens.kind(at + 1), Some(TokenKind::Sign('€' | '$' | '£' | '₹')));
    if short && !before_currency && !(clear && (currency || tokens.is_glued(at))) {
        return None;
    }
    match scale(tokens, at + 1, currency).filter(|_| !short) {
        Some((more, next)) => Some((factor * more, next)),
        None => Some((factor, at + 1)),
    }
}

fn with_unit(tokens: &Tokens, bare: Quantity) -> Quantity {
    let at = bare.next;
    let measured = |kind, next| Quantity { kind: Some(kind), unit: Some((at, next)), next, ..bare };
    match tokens.kind(at) {
        Some(TokenKind::Sign('%')) => {
            if tokens.word(at + 1) == "points" {
                return measured(MetricKind::PercentagePoints, at + 2);
            }
            return measured(MetricKind::Percent, at + 1);
        }
        Some(TokenKind::Sign('€' | '$' | '£' | '₹' | '¥')) => {
            return measured(MetricKind::Money, at + 1).with_rate(tokens);
        }
        Some(TokenKind::Sign('×')) => return measured(MetricKind::Multiplier, at + 1),
        Some(TokenKind::Sign('-'))
            if tokens.is_glued(at) && tokens.is_glued(at + 1) && tokens.is_word(at + 1) =>
        {
            return match unit_word(tokens, at + 1, bare.value) {
                Some((kind, next)) => measured(kind, next),
                // `12-factor`, `3-tier`, `50K-transactions`.
                None => Quantity { next: at + 2, excluded: true, ..bare },
            };
        }
        Some(TokenKind::Word { .. }) => {}
        _ => return bare,
    }
    if let Some((kind, next)) = unit_word(tokens, at, bare.value) {
        return measured(kind, next).with_rate(tokens);
    }
    if tokens.is_glued(at) {
        // `2FA`, `5xx`, `99th`.
        return Quantity { next: at + 1, excluded: true, ..bare };
    }
    noun(tokens, bare)
}

/// A unit of measure, and the token after it.
fn unit_word(tokens: &Tokens, at: usize, value: f64) -> Option<(MetricKind, usize)> {
    let word = tokens.word(at);
    let glued = tokens.is_glued(at);
    match word {
        "x" => return Some((MetricKind::Multiplier, at + 1)),
        "fold" => return Some((MetricKind::Multiplier, at + 1)),
        "times" => {
            let compared = LEXICON.words.compared.contains(tokens.word(at + 1))
                || matches!(tokens.word(at + 1), "as" | "the");
            return Some((if compared { MetricKind::Multiplier } else { MetricKind::Rate }, at + 1));
        }
        "percentage" | "basis" if tokens.word(at + 1).starts_with("point") => {
            return Some((MetricKind::PercentagePoints, at + 2));
        }
        // Three quarters of something are a share.
        "quarter" | "quarters" if tokens.word(at + 1) == "of" => return None,
        // A glued `m` is minutes; single letters with a space before them are no units.
        "m" if glued && value < 600.0 => return Some((MetricKind::Duration, at + 1)),
        "req" | "requests" | "queries" | "messages" | "events" if tokens.is_sign(at + 1, '/') => {
            return Some((MetricKind::Rate, (at + 3).min(tokens.all.len())));
        }
        _ => {}
    }
    if word.len() == 1 && !glued && !matches!(word, "s" | "h" | "d") {
        return None;
    }
    Some((LEXICON.unit(word)?, at + 1))
}

/// What a bare number counts: the next plural, a few words on at most.
fn noun(tokens: &Tokens, bare: Quantity) -> Quantity {
    let mut at = bare.next;
    if tokens.word(at) == "of"
        && let Some((_, after)) = amount(tokens, at + 1)
    {
        at = after;
    } else if tokens.word(at) == "of"
        && matches!(tokens.word(at + 1), "the" | "our" | "its" | "their" | "my" | "these")
    {
        at += 2;
    }
    for ahead in at..at + 4 {
        let word = tokens.word(ahead);
        let share = LEXICON.words.fractions.contains(word) && tokens.word(ahead + 1) == "of";
        if LEXICON.is_counted(word) && !share {
            let counted = Quantity {
                kind: Some(MetricKind::Count),
                unit: Some((ahead, ahead + 1)),
                next: ahead + 1,
                ..bare
            };
            return counted.with_rate(tokens);
        }
        let joins = tokens.is_sign(ahead, '-')
            || tokens.is_sign(ahead, '/')
            || tokens.kind(ahead) == Some(TokenKind::Opaque);
        if !(joins || tokens.is_word(ahead)) || LEXICON.words.function_words.contains(word) {
            break;
        }
    }
    bare.with_rate(tokens)
}

impl Quantity {
    /// The same with `/s`, `per day` or `a week` after it, which makes a rate of a count.
    fn with_rate(self, tokens: &Tokens) -> Self {
        let at = self.next;
        let per = tokens.is_sign(at, '/') || matches!(tokens.word(at), "per" | "a" | "an" | "each" | "every");
        if !per || !LEXICON.words.time_units.contains(tokens.word(at + 1)) {
            return self;
        }
        let kind = match self.kind {
            Some(MetricKind::Money) => Some(MetricKind::Money),
            Some(MetricKind::Percent | MetricKind::Duration) => self.kind,
            _ => Some(MetricKind::Rate),
        };
        Self { kind, next: at + 2, ..self }
    }
}
