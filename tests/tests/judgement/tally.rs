//! Counting right and wrong judgements.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

/// The least that a judgement may reach, each from 0 to 1.
#[derive(Clone, Copy)]
pub(crate) struct Floor {
    pub(crate) accuracy: f64,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
}

/// The judgements of one kind on a labelled set.
pub(crate) struct Tally {
    name: &'static str,
    floor: Floor,
    right: usize,
    wrong: Vec<Wrong>,
    /// Texts rightly judged to have the property.
    found: usize,
}

/// A text that was judged wrongly.
struct Wrong {
    text: String,
    /// What its label says.
    expected: bool,
}

impl Tally {
    pub(crate) fn new(name: &'static str, floor: Floor) -> Self {
        Self { name, floor, right: 0, wrong: Vec::new(), found: 0 }
    }

    /// Counts one judgement about `text`.
    pub(crate) fn count(&mut self, text: &str, expected: bool, judged: bool) {
        if expected == judged {
            self.right += 1;
            self.found += usize::from(judged);
        } else {
            self.wrong.push(Wrong { text: text.to_owned(), expected });
        }
    }

    fn accuracy(&self) -> f64 {
        ratio(self.right, self.right + self.wrong.len())
    }

    fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.wrong.iter().filter(|wrong| !wrong.expected).count())
    }

    fn recall(&self) -> f64 {
        ratio(self.found, self.found + self.wrong.iter().filter(|wrong| wrong.expected).count())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Prints a table of the judgements on a labelled set, and fails if one is below its floor or the set is empty.
#[track_caller]
pub(crate) fn hold(set: &str, tallies: &[Tally]) {
    let mut table =
        format!("{set:<20} {:>6} {:>9} {:>9} {:>9}\n", "texts", "accuracy", "precision", "recall");
    let mut fallen = Vec::new();
    for tally in tallies {
        let measured = [tally.accuracy(), tally.precision(), tally.recall()];
        let floors = [tally.floor.accuracy, tally.floor.precision, tally.floor.recall];
        let texts = tally.right + tally.wrong.len();
        let [accuracy, precision, recall] = measured;
        let _ =
            writeln!(table, "{:<20} {texts:>6} {accuracy:>9.3} {precision:>9.3} {recall:>9.3}", tally.name);
        if texts == 0 || measured.iter().zip(floors).any(|(measured, floor)| *measured < floor) {
            fallen.push(tally);
        }
    }
    println!("{table}");
    for tally in &fallen {
        for wrong in &tally.wrong {
            println!("{} should be {}: {}", tally.name, wrong.expected, wrong.text.trim());
        }
    }
    let names: Vec<&str> = fallen.iter().map(|tally| tally.name).collect();
    assert!(fallen.is_empty(), "{set}: below its floor: {}\n{table}", names.join(", "));
}

/// Reads a labelled set.
#[track_caller]
pub(crate) fn labelled<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/labelled").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
