//! Quantities that measure an outcome.
//!
//! A statement is quantified when a listener could check it with a measurement: a number with a unit, currency, percent
//! sign, factor or counted noun; an exact proportion in words; a checkable absolute; or two ends of a change. A number
//! that only names something (a version, a date, a ticket), sets the scene (a team's size, how long ago) or was wanted
//! and not reached does not count. Words of size without a value are *vague*; rough magnitudes are neither.
//!
//! [`read`] takes prose (see [`crate::Document::prose`]): a line feed ends a block, which no quantity crosses.

mod absolute;
mod aim;
mod change;
mod digits;
mod level;
mod lexicon;
mod name;
mod numeral;
mod proportion;
mod quantity;
mod scene;
#[cfg(test)]
mod tests;
mod token;
mod vague;

use crate::Span;

use change::Pair;
use lexicon::Class;
use quantity::{Form, Quantity};
use token::Tokens;
use vague::Size;

/// A quantity that a listener could check.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metric {
    /// The words of the quantity with its unit or noun (`from 800 ms to 120 ms`, `zero downtime`).
    pub span: Span,
    /// What is measured.
    pub kind: MetricKind,
    /// The end value in `unit`, where it can be told.
    pub value: Option<f64>,
    /// The unit as written (`ms`, `%`, `$`, `teams`), where there is one.
    pub unit: Option<Span>,
    /// Whether both ends are said or implied (`from A to B`, `30% lower`, `halved`).
    pub baseline: bool,
    /// Whether it is a bare level: the end value of a rate, latency, duration, size, price or share, with nothing to
    /// compare it to. Counts, savings, differences, absolutes and delivery times are none.
    pub level: bool,
}

impl Metric {
    /// The same metric `by` bytes further on.
    #[must_use]
    pub fn shift(self, by: usize) -> Self {
        Self { span: self.span.shift(by), unit: self.unit.map(|unit| unit.shift(by)), ..self }
    }
}

/// What a text says of quantities; all spans in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantities {
    /// What could be checked.
    pub metrics: Vec<Metric>,
    /// Words of size without a value.
    pub vague: Vec<Span>,
    /// Rough magnitudes.
    pub rough: Vec<Span>,
}

/// Reads the quantities of a prose text.
#[must_use]
pub fn read(prose: &str) -> Quantities {
    let tokens = Tokens::read(prose);
    let mut quantities = Quantities { metrics: numbers(&tokens), ..Quantities::default() };
    words(&tokens, &mut quantities);
    quantities.metrics.sort_by_key(|metric| metric.span);
    quantities
}

/// The metrics that stand on numbers.
fn numbers(tokens: &Tokens) -> Vec<Metric> {
    let found = quantities(tokens);
    let mut metrics: Vec<Metric> = Vec::new();
    let mut index = 0;
    // The token after the range before.
    let mut range: Option<usize> = None;
    while index < found.len() {
        let first = &found[index];
        if let Some(cells) = change::rows(tokens, &found[index..]) {
            let pairs = found[index..index + cells].iter().zip(&found[index + cells..]);
            let changes = pairs.filter_map(|(first, second)| {
                let metric = joined(tokens, first, second, Pair::Change)?;
                Some(Metric { span: tokens.span(second.first, second.next), ..metric })
            });
            metrics.extend(changes);
            index += 2 * cells;
            continue;
        }
        let pair =
            found.get(index + 1).and_then(|second| Some((change::pair(tokens, first, second)?, second)));
        match pair {
            Some((pair, second)) => {
                let metric = joined(tokens, first, second, pair).or_else(|| {
                    // `The target was 25%; we landed at 31%.`
                    let apart = (first.next..second.first).any(|at| tokens.ends_sentence(at));
                    apart.then(|| single(tokens, second)).flatten()
                });
                let from =
                    range.filter(|end| pair == Pair::Range && change::leads(tokens, *end, first.first));
                match (metrics.last_mut(), metric) {
                    // `from 8–12 minutes to 60–90 seconds`
                    (Some(last), Some(metric)) if from.is_some() => {
                        let span = last.span.cover(metric.span);
                        *last = Metric { span, baseline: true, level: false, ..metric };
                    }
                    (_, metric) => metrics.extend(metric),
                }
                range = (pair == Pair::Range).then_some(second.next);
                index += 2;
            }
            None => {
                metrics.extend(single(tokens, first));
                range = None;
                index += 1;
            }
        }
    }
    metrics
}

/// The numbers that name nothing.
fn quantities(tokens: &Tokens) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let (mut at, mut named) = (0, 0);
    while at < tokens.all.len() {
        let Some(quantity) =
            Some(at).filter(|at| tokens.is_known(*at)).and_then(|at| quantity::read(tokens, at))
        else {
            at += 1;
            continue;
        };
        // What follows a name at once is one as well: `2.7 → 3.2`, `11 to 17`.
        let follows = quantity.kind.is_none() && quantity.first <= named + 1 && named > 0;
        at = quantity.next;
        if follows || name::is_name(tokens, &quantity) {
            named = quantity.next;
        } else {
            found.push(quantity);
        }
    }
    found
}

fn single(tokens: &Tokens, quantity: &Quantity) -> Option<Metric> {
    let begun = level::comes_from(tokens, quantity).then_some(MetricKind::Change);
    let kind = quantity.kind.or(begun)?;
    if quantity.form == Form::Name
        || scene::is_scene(tokens, quantity)
        || aim::is_unreached(tokens, quantity.first, quantity.next)
    {
        return None;
    }
    let baseline = level::has_baseline(tokens, quantity, kind);
    let level = !baseline && level::is_level(tokens, quantity, kind);
    Some(Metric { baseline, level, ..metric(tokens, quantity, kind, quantity.first) })
}

/// One metric of two numbers. Two bare numbers are a change, but no range.
fn joined(tokens: &Tokens, first: &Quantity, second: &Quantity, pair: Pair) -> Option<Metric> {
    let kind = match (first.kind, second.kind) {
        (_, Some(kind)) | (Some(kind), None) => kind,
        (None, None) if pair == Pair::Change && first.form == Form::Name => MetricKind::Count,
        (None, None) if pair == Pair::Change => MetricKind::Change,
        (None, None) => return None,
    };
    let part = |quantity: &Quantity| tokens.is(quantity.first.wrapping_sub(1), Class::SceneBefore);
    if aim::is_unreached(tokens, first.first, first.next)
        || pair == Pair::Range && scene::is_scene(tokens, second)
        || part(first) && part(second)
    {
        return None;
    }
    let baseline = pair == Pair::Change
        || level::has_baseline(tokens, first, kind)
        || level::has_baseline(tokens, second, kind);
    let level = !baseline && level::is_level(tokens, first, kind) && level::is_level(tokens, second, kind);
    let start = if tokens.before(first.first) == "from" { first.first - 1 } else { first.first };
    Some(Metric { baseline, level, ..metric(tokens, second, kind, start) })
}

fn metric(tokens: &Tokens, quantity: &Quantity, kind: MetricKind, start: usize) -> Metric {
    let unit = quantity.unit.filter(|(first, next)| first < next);
    Metric {
        span: tokens.span(start, quantity.next),
        kind,
        value: Some(quantity.value),
        unit: unit.map(|(first, next)| tokens.span(first, next)),
        baseline: false,
        level: false,
    }
}

/// The quantity without a number that begins at a token, with the token after it.
fn in_words(tokens: &Tokens, at: usize) -> Option<(Metric, usize)> {
    let (kind, value, next) = absolute::read(tokens, at)
        .map(|next| (MetricKind::Absolute, Some(0.0), next))
        .or_else(|| proportion::factor(tokens, at).map(|next| (MetricKind::Multiplier, None, next)))
        .or_else(|| proportion::oftener(tokens, at).map(|next| (MetricKind::Change, None, next)))
        .or_else(|| proportion::spans(tokens, at).map(|next| (MetricKind::Change, None, next)))
        .or_else(|| change::clock(tokens, at).map(|next| (MetricKind::Duration, None, next)))
        .or_else(|| proportion::places(tokens, at).map(|next| (MetricKind::Change, None, next)))
        .or_else(|| proportion::rank(tokens, at).map(|next| (MetricKind::Rank, None, next)))?;
    let factor = kind == MetricKind::Multiplier;
    if factor && (aim::is_wished(tokens, at) || name::is_idiom(tokens, at)) {
        return None;
    }
    let baseline = factor || matches!(kind, MetricKind::Change | MetricKind::Duration);
    Some((Metric { span: tokens.span(at, next), kind, value, unit: None, baseline, level: false }, next))
}

/// The metrics that stand on words, and the words of size that say no value.
fn words(tokens: &Tokens, quantities: &mut Quantities) {
    let numbers = quantities.metrics.len();
    let mut number = 0;
    let mut phrase = String::new();
    let mut at = 0;
    while at < tokens.all.len() {
        if !tokens.is_known(at) {
            at += 1;
            continue;
        }
        let start = tokens.all[at].span.start;
        while number < numbers && quantities.metrics[number].span.end <= start {
            number += 1;
        }
        let taken = number < numbers && quantities.metrics[number].span.contains(start);
        let metric = if taken { None } else { in_words(tokens, at) };
        if let Some((metric, next)) = metric {
            let free = number >= numbers || metric.span.end <= quantities.metrics[number].span.start;
            if free {
                quantities.metrics.push(metric);
            }
            at = next;
        } else if let Some((size, span, next)) = vague::read(tokens, at, &mut phrase) {
            match size {
                Size::Vague => quantities.vague.push(span),
                Size::Rough => quantities.rough.push(span),
            }
            at = next;
        } else {
            at += 1;
        }
    }
}

/// What a metric measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetricKind {
    /// A share in percent.
    Percent,
    /// A difference of shares in percentage points.
    PercentagePoints,
    /// An amount of money.
    Money,
    /// A length of time.
    Duration,
    /// A length of time below a second, as machines take.
    Latency,
    /// An amount of data, mass, energy or the like.
    Size,
    /// A number of things in a time (`1.2M requests/s`).
    Rate,
    /// A number of things (`14 teams`).
    Count,
    /// A grade out of a highest one (`4.8/5`).
    Score,
    /// A factor (`3x`, `doubled`, `tenfold`).
    Multiplier,
    /// A part of a whole in words (`by a third`, `cut in half`).
    Proportion,
    /// A place in an order (`ranked first of 40`).
    Rank,
    /// A checkable absolute (`zero downtime`, `all 40 services`).
    Absolute,
    /// A plain before → after pair without a unit.
    Change,
}
