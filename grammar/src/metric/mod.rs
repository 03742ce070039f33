//! Quantities that measure an outcome, by the guide in this module's documentation.

use crate::Span;

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
pub fn read(_prose: &str) -> Quantities {
    Quantities::default()
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
