//! Quantities that measure an outcome.
//!
//! A statement is quantified when a listener could check it with a measurement: a number with a unit, currency, percent
//! sign, factor or counted noun; an exact proportion in words; a checkable absolute; or two ends of a change. A number
//! that only names something (a version, a date, a ticket), sets the scene (a team's size, how long ago) or was wanted
//! and not reached does not count. Words of size without a value are *vague*; rough magnitudes are neither.
//!
//! [`read`] takes prose (see [`crate::Document::prose`]): a line feed ends a block, which no quantity crosses.

mod absolute;
mod change;
mod context;
mod lexicon;
mod quantity;
#[cfg(test)]
mod tests;
mod token;
mod vague;

use crate::Span;

use change::Pair;
use lexicon::LEXICON;
use quantity::Quantity;
use token::Tokens;
use vague::Size;

/// A quantity that a listener could check.
#[derive(Clone, Debug, PartialEq)]
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
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        match quantity::read(tokens, at) {
            Some(mut quantity) => {
                quantity.excluded = context::is_excluded(tokens, &quantity);
                at = quantity.next;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    let mut metrics = Vec::new();
    let mut index = 0;
    while index < found.len() {
        let first = &found[index];
        let pair =
            found.get(index + 1).filter(|second| !first.excluded && !second.excluded).and_then(|second| {
                let pair = change::pair(tokens, first, second)?;
                Some((pair, second))
            });
        match pair {
            Some((pair, second)) => {
                metrics.extend(joined(tokens, first, second, pair));
                index += 2;
            }
            None => {
                metrics.extend(single(tokens, first));
                index += 1;
            }
        }
    }
    metrics
}

fn single(tokens: &Tokens, quantity: &Quantity) -> Option<Metric> {
    let kind = quantity.kind?;
    if quantity.excluded || context::is_unreached(tokens, quantity) {
        return None;
    }
    Some(metric(tokens, quantity, kind, quantity.first, has_baseline(tokens, quantity, kind)))
}

/// One metric of two numbers. Two bare numbers are a change, but no range.
fn joined(tokens: &Tokens, first: &Quantity, second: &Quantity, pair: Pair) -> Option<Metric> {
    let kind = match (first.kind, second.kind) {
        (_, Some(kind)) | (Some(kind), None) => kind,
        (None, None) if pair == Pair::Change => MetricKind::Change,
        (None, None) => return None,
    };
    let baseline =
        pair == Pair::Change || has_baseline(tokens, first, kind) || has_baseline(tokens, second, kind);
    if context::is_unreached(tokens, first) {
        return None;
    }
    let start = if tokens.before(first.first) == "from" { first.first - 1 } else { first.first };
    Some(metric(tokens, second, kind, start, baseline))
}

fn metric(tokens: &Tokens, quantity: &Quantity, kind: MetricKind, start: usize, baseline: bool) -> Metric {
    Metric {
        span: tokens.span(start, quantity.next),
        kind,
        value: Some(quantity.value),
        unit: quantity
            .unit
            .filter(|(first, next)| first < next)
            .map(|(first, next)| tokens.span(first, next)),
        baseline,
    }
}

/// Whether a lone number says or implies where it started: a factor, a difference, or the size of a change.
fn has_baseline(tokens: &Tokens, quantity: &Quantity, kind: MetricKind) -> bool {
    let words = &LEXICON.words;
    if kind == MetricKind::Multiplier || kind == MetricKind::PercentagePoints {
        return true;
    }
    let before = tokens.before(quantity.first);
    if before == "by" || words.compared.contains(tokens.word(quantity.next)) {
        return true;
    }
    if kind != MetricKind::Percent
        || matches!(before, "to" | "at" | "under" | "below" | "above" | "over" | "of")
    {
        return false;
    }
    let (start, _) = context::sentence(tokens, quantity.first);
    let near = quantity.first.saturating_sub(8).max(start)..quantity.first;
    let towards = near.clone().rev().take(3).any(|at| tokens.word(at) == "to");
    !towards && near.clone().any(|at| words.changing.contains(tokens.word(at)))
}

/// The metrics that stand on words, and the words of size that say no value.
fn words(tokens: &Tokens, quantities: &mut Quantities) {
    let numbers = quantities.metrics.len();
    let mut number = 0;
    let mut phrase = String::new();
    let mut at = 0;
    while at < tokens.all.len() {
        let start = tokens.all[at].span.start;
        while number < numbers && quantities.metrics[number].span.end <= start {
            number += 1;
        }
        let taken = number < numbers && quantities.metrics[number].span.contains(start);
        let metric = if taken { None } else { absolute::read(tokens, at) };
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
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
    /// An amount of data.
    Size,
    /// A number of things in a time (`1.2M requests/s`).
    Rate,
    /// A number of things (`14 teams`).
    Count,
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
