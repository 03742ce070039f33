//! A number with what it measures: `$180K/month`, `two weeks`, `14 teams`.

use super::MetricKind;
use super::lexicon::Class;
use super::numeral::{self, is_currency};
use super::proportion;
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
    /// How it is written.
    pub(super) form: Form,
}

/// How a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In digits.
    Digits,
    /// In words.
    Words,
    /// Joined to its unit by a hyphen, as a word that describes another: `two-week`.
    Joined,
    /// As an adverb: `once a month`.
    Often,
    /// As a part of a name: `2FA`, `12-factor`.
    Name,
}

/// Reads the quantity that begins at a token.
pub(super) fn read(tokens: &Tokens, first: usize) -> Option<Quantity> {
    if let Some(share) = proportion::share(tokens, first) {
        return Some(share);
    }
    if let Some(odds) = proportion::odds(tokens, first) {
        return Some(odds);
    }
    if let Some(often) = often(tokens, first) {
        return Some(often);
    }
    let (currency, start) = currency_before(tokens, first);
    if tokens.is_sign(first, '×') && tokens.is_glued(first + 1) && tokens.is_number(first + 1) {
        let numeral = numeral::read(tokens, first + 1, false)?;
        return Some(Quantity {
            first,
            next: numeral.next,
            value: numeral.value,
            kind: Some(MetricKind::Multiplier),
            unit: None,
            form: Form::Digits,
        });
    }
    let numeral = numeral::read(tokens, start, currency)?;
    let form = if numeral.spelled { Form::Words } else { Form::Digits };
    let next = if tokens.is_sign(numeral.next, '+') { numeral.next + 1 } else { numeral.next };
    let bare = Quantity { first, next, value: numeral.value, kind: None, unit: None, form };
    if currency {
        let money = Quantity { kind: Some(MetricKind::Money), unit: Some((first, start)), ..bare };
        return Some(money.grouped(tokens, start).with_rate(tokens));
    }
    Some(with_unit(tokens, bare).grouped(tokens, start))
}

/// `once a month`, `twice per release`.
fn often(tokens: &Tokens, first: usize) -> Option<Quantity> {
    let value = match tokens.word(first) {
        "once" => 1.0,
        "twice" => 2.0,
        _ => return None,
    };
    let bare = Quantity { first, next: first + 1, value, kind: None, unit: None, form: Form::Often };
    Some(bare.with_rate(tokens)).filter(|quantity| quantity.kind.is_some())
}

/// A currency sign or code right before a number, and the token of the number.
fn currency_before(tokens: &Tokens, first: usize) -> (bool, usize) {
    let sign = |at: usize| matches!(tokens.kind(at), Some(TokenKind::Sign(sign)) if is_currency(sign));
    // `won 2 of 3`
    let code = tokens.word(first).len() <= 3
        && tokens.meaning(first).unit == Some(MetricKind::Money)
        && !tokens.is(first, Class::Achieving);
    let number = |at: usize| tokens.is_number(at);
    if (sign(first) || code) && number(first + 1) {
        return (true, first + 1);
    }
    // `US$40`, `R$ 40`; `Rs. 40`.
    let prefixed = tokens.is_capital(first)
        && tokens.word(first).len() <= 2
        && sign(first + 1)
        && tokens.is_glued(first + 1);
    let abbreviated = code && tokens.is_sign(first + 1, '.');
    if (prefixed || abbreviated) && number(first + 2) { (true, first + 2) } else { (false, first) }
}

fn with_unit(tokens: &Tokens, bare: Quantity) -> Quantity {
    let at = bare.next;
    let measured = |kind, next| Quantity { kind: Some(kind), unit: Some((at, next)), next, ..bare };
    match tokens.kind(at) {
        Some(TokenKind::Sign('%' | '‰')) => {
            let joined = usize::from(tokens.is_sign(at + 1, '-'));
            return if matches!(tokens.word(at + 1 + joined), "points" | "point") {
                measured(MetricKind::PercentagePoints, at + 2 + joined)
            } else {
                measured(MetricKind::Percent, at + 1)
            };
        }
        Some(TokenKind::Sign(sign)) if is_currency(sign) => {
            return measured(MetricKind::Money, at + 1).with_rate(tokens);
        }
        Some(TokenKind::Sign('×')) => return measured(MetricKind::Multiplier, at + 1),
        Some(TokenKind::Sign('/')) if is_score(tokens, &bare) => {
            return Quantity { kind: Some(MetricKind::Score), next: at + 2, ..bare };
        }
        Some(TokenKind::Sign('-'))
            if tokens.is_glued(at) && tokens.is_glued(at + 1) && tokens.is_word(at + 1) =>
        {
            return joined(tokens, bare);
        }
        Some(TokenKind::Word { .. }) => {}
        _ => return noun(tokens, bare),
    }
    if let Some((kind, next)) = unit_word(tokens, at, bare.value) {
        if kind == MetricKind::Multiplier && bare.value >= 100.0 && bare.value.fract() > 0.0 {
            // `802.1X`
            return Quantity { next, form: Form::Name, ..bare };
        }
        let whole = measured(kind, next);
        // `an hour and a half`
        let (more, next) = numeral::rest(tokens, next).unwrap_or((0.0, next));
        return Quantity { value: bare.value + more, next, ..whole }.with_rate(tokens);
    }
    if tokens.is_sign(at + 1, '/') && tokens.is(at + 2, Class::TimeUnit) {
        // `85k msg/s`
        return measured(MetricKind::Rate, at + 3);
    }
    if tokens.is_glued(at) && is_hours(tokens.word(at)) {
        // `4h30`
        return measured(MetricKind::Duration, at + 1).with_rate(tokens);
    }
    if tokens.is_glued(at) {
        // `2FA`, `5xx`, `99th`.
        return Quantity { next: at + 1, form: Form::Name, ..bare };
    }
    noun(tokens, bare)
}

/// Whether a word joined to a number says hours and minutes: `h30`.
fn is_hours(word: &str) -> bool {
    let minutes = word.strip_prefix('h').unwrap_or_default();
    minutes.len() == 2 && minutes.bytes().all(|byte| byte.is_ascii_digit())
}

/// `two-week`, `40-percent`, `5-fold`, `12-factor`: a number joined to what follows by a hyphen.
fn joined(tokens: &Tokens, bare: Quantity) -> Quantity {
    let unit = bare.next + 1;
    match unit_word(tokens, unit, bare.value) {
        Some((kind, next)) => {
            let form = if kind == MetricKind::Duration { Form::Joined } else { bare.form };
            Quantity { kind: Some(kind), unit: Some((unit, next)), next, form, ..bare }
        }
        None => Quantity { next: unit + 1, unit: Some((unit, unit + 1)), form: Form::Name, ..bare },
    }
}

/// Whether a number is a score: `4.8/5`, `9/10`.
fn is_score(tokens: &Tokens, bare: &Quantity) -> bool {
    let Some(TokenKind::Number(of)) = tokens.kind(bare.next + 1) else { return false };
    let glued = tokens.is_glued(bare.next) && tokens.is_glued(bare.next + 1);
    glued
        && matches!(of as u32, 5 | 10 | 100)
        && bare.value <= of
        && !tokens.is_sign(bare.next + 2, '/')
        && is_grade(tokens, bare)
}

/// Whether a number is a grade: no count, or in a sentence that speaks of grades.
fn is_grade(tokens: &Tokens, bare: &Quantity) -> bool {
    let (start, end) = tokens.sentence(bare.first);
    bare.value.fract() > 0.0 || (start..end).any(|at| tokens.is(at, Class::Score))
}

/// Whether a number is the highest of a scale of grades.
fn is_highest(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.word(at), "five" | "ten" | "hundred")
        || matches!(tokens.kind(at), Some(TokenKind::Number(value)) if matches!(value as u32, 5 | 10 | 100))
}

/// Whether a number is what shares are told of: ten, a hundred, a thousand.
fn is_round(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.word(at), "ten" | "hundred" | "thousand")
        || matches!(tokens.kind(at), Some(TokenKind::Number(value)) if matches!(value as u32, 10 | 100 | 1000))
}

/// A unit of measure, and the token after it.
fn unit_word(tokens: &Tokens, at: usize, value: f64) -> Option<(MetricKind, usize)> {
    let word = tokens.word(at);
    let glued = tokens.is_glued(at);
    let next = tokens.word(at + 1);
    match word {
        "x" | "fold" | "×" => return Some((MetricKind::Multiplier, at + 1)),
        "times" => {
            let compared = tokens.is(at + 1, Class::Compared) || matches!(next, "as" | "the" | "our" | "its");
            let kind = if compared { MetricKind::Multiplier } else { MetricKind::Count };
            return Some((kind, at + 1));
        }
        // `the share is up by four points`
        "points" | "point"
            if tokens.is(at + 1, Class::Compared)
                || at >= 2 && matches!(tokens.word(tokens.leading(at - 1)), "by" | "up" | "down") =>
        {
            return Some((MetricKind::PercentagePoints, at + 1));
        }
        // `five nines`
        "nines" => return Some((MetricKind::Percent, at + 1)),
        "percentage" | "basis" | "percent" if next.starts_with("point") => {
            return Some((MetricKind::PercentagePoints, at + 2));
        }
        "per" if next == "cent" => return Some((MetricKind::Percent, at + 2)),
        // A glued `m` is minutes; single letters with a space before them are no units.
        "m" if glued && value < 600.0 => return Some((MetricKind::Duration, at + 1)),
        _ => {}
    }
    // `3D`
    if word.len() == 1 && glued && tokens.is_capital(at) && word == "d" {
        return None;
    }
    if word.len() == 1 && !glued && !matches!(word, "s" | "h" | "d") && next != "of" {
        return None;
    }
    Some((tokens.meaning(at).unit?, at + 1))
}

/// What a bare number counts: the next plural, a few words on at most. `7 of 9 squads` is a count as well.
fn noun(tokens: &Tokens, bare: Quantity) -> Quantity {
    const FARTHEST: usize = 6;
    let (whole, at) = whole(tokens, bare.next);
    let at = if bare.value == 1.0 && tokens.is(at, Class::Compared) { at + 1 } else { at };
    // One is counted in the singular; `1,100 km less` in whatever stands before the comparison.
    let named = tokens.is_word(at) && !tokens.is(at, Class::Function);
    if named && (bare.value == 1.0 || is_compared(tokens, at)) {
        let unit = Some((at, at + 1));
        return Quantity { kind: Some(MetricKind::Count), unit, next: at + 1, ..bare }.with_rate(tokens);
    }
    for ahead in at..at + FARTHEST {
        // `8 H100s` counts, but by a name.
        let named = tokens.word(ahead).contains(|c: char| c.is_ascii_digit());
        if tokens.is_counted(ahead) && !named {
            let unit = Some((ahead, ahead + 1));
            // Ninety of a hundred calls are a share, seven of nine squads a count.
            let share = whole && is_round(tokens, at - 1);
            // `eight working days`, `two more years`
            let unit_kind = tokens.meaning(ahead).unit.filter(|_| !whole && tokens.word(ahead).len() > 2);
            let kind = if share { MetricKind::Proportion } else { unit_kind.unwrap_or(MetricKind::Count) };
            let kind = Some(kind);
            return Quantity { kind, unit, next: ahead + 1, ..bare }.with_rate(tokens);
        }
        // `38 tier 1 services`
        if tokens.is(ahead, Class::Naming) && tokens.is_number(ahead + 1) && tokens.is_counted(ahead + 2) {
            let unit = Some((ahead + 2, ahead + 3));
            return Quantity { kind: Some(MetricKind::Count), unit, next: ahead + 3, ..bare };
        }
        let joins = tokens.is_sign(ahead, '-')
            || tokens.is_sign(ahead, '/')
            || tokens.kind(ahead) == Some(TokenKind::Opaque);
        if !(joins || tokens.is_word(ahead)) || tokens.is(ahead, Class::Function) {
            break;
        }
    }
    if whole && is_highest(tokens, at - 1) && is_grade(tokens, &bare) {
        return Quantity { kind: Some(MetricKind::Score), next: at, ..bare };
    }
    let perfect = whole && tokens.word(at - 1) == tokens.word(bare.first);
    if perfect && bare.form == Form::Words {
        // `ten out of ten` is praise.
        return Quantity { next: at, ..bare };
    }
    // `nine action items, and all nine were closed`
    let all = tokens.before(bare.first) == "all" && tokens.is(bare.next, Class::Past);
    // `Of my six mentees, four became leads.`
    let (start, _) = tokens.sentence(bare.first);
    let opens = |at: usize| {
        tokens.word(at) == "of"
            && (at == start || matches!(tokens.kind(at - 1), Some(TokenKind::Sign(_))))
            && tokens.is(at + 1, Class::Definite)
    };
    let some = bare.first > start && tokens.is_sign(bare.first - 1, ',') && (start..bare.first).any(opens);
    // `23 of the at-risk accounts`
    let of_known = bare.value > 1.0
        && tokens.word(bare.next) == "of"
        && matches!(tokens.word(bare.next + 1), "the" | "our" | "its" | "their" | "these" | "them");
    if whole || all || some || of_known {
        return Quantity { kind: Some(MetricKind::Count), next: at, ..bare };
    }
    if tokens.is(bare.next, Class::Score) && bare.value.fract() > 0.0 {
        // `0.93 AUC`
        return Quantity { kind: Some(MetricKind::Score), next: bare.next + 1, ..bare };
    }
    if ["under budget", "below budget"].iter().any(|phrase| tokens.says(bare.next, phrase)) {
        return Quantity { kind: Some(MetricKind::Count), ..bare };
    }
    let placed = bare.first > 0 && tokens.is_sign(bare.first - 1, ':')
        || matches!(
            tokens.before(bare.first),
            "is" | "was" | "of" | "at" | "to" | "hit" | "reached" | "from"
        );
    if placed && (tokens.clause(bare.first)..bare.first).any(|at| tokens.is(at, Class::Score)) {
        // `NPS is 61`
        return Quantity { kind: Some(MetricKind::Score), ..bare };
    }
    bare.with_rate(tokens)
}

/// Whether a comparison follows the word at a token: `km less`, but `took off`.
fn is_compared(tokens: &Tokens, at: usize) -> bool {
    tokens.is(at + 1, Class::Compared) && tokens.word(at + 1) != "off" && !tokens.is(at, Class::Compared)
}

/// `of 40`, `out of forty`, `of the 40`, `of our`: what a number is a part of. Whether it is a number, and the token
/// after it.
fn whole(tokens: &Tokens, at: usize) -> (bool, usize) {
    let of = match (tokens.word(at), tokens.word(at + 1)) {
        ("out", "of") => at + 2,
        ("of" | "in", _) => at + 1,
        _ => return (false, at),
    };
    let known = matches!(tokens.word(of), "the" | "our" | "its" | "their" | "my" | "these" | "all");
    let number = if known { of + 1 } else { of };
    // `9 of the next 10 releases`
    let ordered =
        known && matches!(tokens.word(number), "next" | "last" | "past" | "first" | "following" | "top");
    let number = number + usize::from(ordered);
    let close = tokens.word(at) != "in";
    match numeral::read(tokens, number, false).filter(|_| close || tokens.is_counted(of + 1)) {
        Some(numeral) => (true, numeral.next),
        None if known && close => (false, number),
        None => (false, at),
    }
}

impl Quantity {
    /// The same with `12.600` read as thousands where it counts things or money: no one counts three decimals of them.
    fn grouped(self, tokens: &Tokens, number: usize) -> Self {
        let counts = matches!(self.kind, Some(MetricKind::Count | MetricKind::Money));
        let Some(TokenKind::Number(value)) = tokens.kind(number).filter(|_| counts) else { return self };
        let whole = (value.max(1.0) as u64).ilog10() as usize + 1;
        let thousands = (1.0..1000.0).contains(&value) && tokens.all[number].span.len() == whole + 4;
        if thousands { Self { value: self.value * 1e3, ..self } } else { self }
    }

    /// The same with `/s`, `per day`, `a week` or `daily` after it, which makes a rate of a count.
    fn with_rate(self, tokens: &Tokens) -> Self {
        let at = self.next;
        let per = tokens.is_sign(at, '/') || matches!(tokens.word(at), "per" | "a" | "an" | "each" | "every");
        let unit = tokens.is_sign(at, '/')
            && tokens.is_glued(at)
            && tokens.is_glued(at + 1)
            && tokens.is_word(at + 1);
        // `2 calls per thousand`, `6 mistakes per 10k lines`
        let round = tokens.meaning(at + 1).scale.map(|_| at + 2);
        let base = numeral::read(tokens, at + 1, false).map(|base| base.next).or(round);
        let next = if let Some(base) = base.filter(|_| tokens.word(at) == "per") {
            (base..base + 3).find(|at| tokens.is_counted(*at)).map_or(base, |at| at + 1)
        } else if per && tokens.is(at + 1, Class::TimeUnit) {
            at + 2
        } else if unit {
            // `210 kg/ha`, `$0.02/user`
            return Self { next: at + 2, ..self };
        } else if tokens.is(at, Class::Periodic) {
            at + 1
        } else if tokens.says(at, "at once") {
            // `3,500 devices at once`
            at + 2
        } else {
            return self;
        };
        let kind = match self.kind {
            Some(MetricKind::Money | MetricKind::Percent | MetricKind::Duration | MetricKind::Multiplier) => {
                self.kind
            }
            _ => Some(MetricKind::Rate),
        };
        Self { kind, next, ..self }
    }
}
