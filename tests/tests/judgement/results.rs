//! Results: are they quantified, do they say where they started, and do they lack it?

use serde::Deserialize;
use starling_grammar::{Document, Metric, Origin, PartKind, Vocabulary};

use crate::tally::{Floor, Tally, hold, labelled};

#[derive(Deserialize)]
struct Labelled {
    result: Vec<Text>,
}

/// A Result part and what people say of it.
#[derive(Deserialize)]
struct Text {
    text: String,
    /// Whether it says how much was achieved.
    quantified: bool,
    /// Whether one of its metrics has both ends.
    baseline: bool,
    /// Whether it has a bare level and no metric with a baseline.
    missing: bool,
}

/// Texts made up by somebody who did not know the code.
#[test]
fn invented_results() {
    judge(
        "results.toml",
        [
            Floor { accuracy: 0.99, precision: 0.99, recall: 0.99 },
            Floor { accuracy: 0.985, precision: 0.99, recall: 0.97 },
            Floor { accuracy: 0.985, precision: 0.95, recall: 0.98 },
        ],
    );
}

/// Texts made up beside the code, one for each way of saying it.
#[test]
fn phrasings() {
    judge(
        "phrasings.toml",
        [
            Floor { accuracy: 0.965, precision: 0.96, recall: 0.97 },
            Floor { accuracy: 0.975, precision: 0.98, recall: 0.92 },
            Floor { accuracy: 0.98, precision: 0.89, recall: 0.955 },
        ],
    );
}

/// Texts made up to be hard. Before anyone had read them the accuracies were 0.877, 0.895 and 0.936; the code has been
/// mended by them since, so that what is held here says nothing of unseen text.
#[test]
fn hard_results() {
    judge(
        "hard-results.toml",
        [
            Floor { accuracy: 0.98, precision: 0.99, recall: 0.965 },
            Floor { accuracy: 0.98, precision: 0.975, recall: 0.955 },
            Floor { accuracy: 0.99, precision: 0.98, recall: 0.98 },
        ],
    );
}

#[track_caller]
fn judge(set: &str, [quantified, baseline, missing]: [Floor; 3]) {
    let vocabulary = Vocabulary::builtin();
    let mut tallies = [
        Tally::new("quantified", quantified),
        Tally::new("baseline", baseline),
        Tally::new("missing-baseline", missing),
    ];
    for Text { text, quantified, baseline, missing } in labelled::<Labelled>(set).result {
        let metrics = metrics(&text, vocabulary);
        let based = metrics.iter().any(|metric| metric.baseline);
        let level = metrics.iter().any(|metric| metric.level);
        tallies[0].count(&text, quantified, !metrics.is_empty());
        tallies[1].count(&text, baseline, based);
        tallies[2].count(&text, missing, level && !based);
    }
    hold(set, &tallies);
}

/// The metrics of a Result part with this text.
#[track_caller]
fn metrics(text: &str, vocabulary: &Vocabulary) -> Vec<Metric> {
    let story = format!(
        "# T\n\n**Situation:** It was slow.\n\n**Task:** It was mine.\n\n**Action:** I mended it.\n\n**Result:**\n\n{text}\n"
    );
    let document = Document::read(story.into(), &Origin::default(), vocabulary);
    let parts = document.stories.iter().flat_map(|story| &story.parts);
    let results: Vec<_> = parts.filter(|part| part.fills(PartKind::Result)).collect();
    assert_eq!(results.len(), 1, "one Result is read in {text:?}");
    results[0].metrics.clone()
}
