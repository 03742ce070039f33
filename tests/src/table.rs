//! How well judgements agree with labels that people have given.

use std::fmt;

/// How often one judgement was right.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was judged.
    pub judgement: String,
    /// Judged so, and labelled so.
    pub hits: usize,
    /// Judged so, and not labelled so.
    pub alarms: usize,
    /// Labelled so, and not judged so.
    pub misses: usize,
    /// A line for each disagreement.
    pub disagreements: Vec<String>,
}

impl Row {
    /// A row without any cases.
    #[must_use]
    pub fn new(judgement: impl Into<String>) -> Self {
        Self { judgement: judgement.into(), hits: 0, alarms: 0, misses: 0, disagreements: Vec::new() }
    }

    /// Counts a case: what its label says, what the judgement says, and the words to show if they differ.
    pub fn count(&mut self, labelled: bool, judged: bool, case: &str) {
        match (labelled, judged) {
            (true, true) => self.hits += 1,
            (false, true) => self.alarms += 1,
            (true, false) => self.misses += 1,
            (false, false) => {}
        }
        if labelled != judged {
            let words: String =
                case.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect();
            let what = if judged { "false" } else { "missed" };
            self.disagreements.push(format!("{}: {what}: {words}", self.judgement));
        }
    }

    /// Of what was judged so, the share that is labelled so, in percent.
    #[must_use]
    pub fn precision(&self) -> usize {
        share(self.hits, self.hits + self.alarms)
    }

    /// Of what is labelled so, the share that was judged so, in percent.
    #[must_use]
    pub fn recall(&self) -> usize {
        share(self.hits, self.hits + self.misses)
    }

    /// Fails, and shows where they differ, if precision or recall is below a floor, in percent.
    ///
    /// # Panics
    /// If it is.
    pub fn hold(&self, precision: usize, recall: usize) {
        assert!(
            self.precision() >= precision && self.recall() >= recall,
            "{self}\nexpected at least {precision} % and {recall} %\n{}",
            self.disagreements.join("\n")
        );
    }
}

/// Nothing of nothing is all of it.
fn share(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(100)
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { judgement, hits, alarms, misses, .. } = self;
        write!(
            formatter,
            "{judgement:<32} precision {:>3} % ({hits} of {}), recall {:>3} % ({hits} of {})",
            self.precision(),
            hits + alarms,
            self.recall(),
            hits + misses
        )
    }
}
