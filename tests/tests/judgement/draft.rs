//! How well the sentences of a story are told apart when its labels are taken away.

use std::collections::BTreeMap;

use serde::Deserialize;
use starling_grammar::{Document, Origin, PartKind, Vocabulary, draft};

use crate::tally::labelled;

#[derive(Deserialize)]
struct Stories {
    story: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    text: String,
}

/// Of a labelled set, the share of sentences that are given to the part in which they stand.
fn accuracy(file: &str) -> f64 {
    let stories: Stories = labelled(file);
    let vocabulary = Vocabulary::default();
    let (mut right, mut all) = (0, 0);
    let mut wrong: BTreeMap<(PartKind, PartKind), Vec<String>> = BTreeMap::new();
    for told in &stories.story {
        let document = Document::read(told.text.as_str().into(), &Origin::default(), &vocabulary);
        let Some(story) = document.stories.first() else { continue };
        let kinds: Vec<PartKind> =
            story.parts.iter().filter_map(|part| part.kinds.first().copied()).collect();
        if !kinds.is_sorted() || story.parts.iter().any(|part| part.kinds.len() != 1) {
            continue;
        }
        let mut text = String::new();
        let mut ends = Vec::new();
        for part in &story.parts {
            text += document.prose(part.body).trim();
            text.push('\n');
            ends.push(text.len());
        }
        for (kind, span) in draft(&text) {
            let expected = kinds[ends.partition_point(|end| *end <= span.start)];
            all += 1;
            if kind == expected {
                right += 1;
            } else {
                wrong.entry((expected, kind)).or_default().push(span.of(&text).to_owned());
            }
        }
    }
    for ((expected, kind), sentences) in &wrong {
        println!("{expected:?} taken for {kind:?}: {}", sentences.len());
        sentences.iter().for_each(|sentence| println!("    {sentence}"));
    }
    println!("{file}: {right} of {all} sentences");
    f64::from(right) / f64::from(all.max(1))
}

#[test]
fn sentences_of_drafts() {
    for (file, floor) in [("stories.toml", 0.84), ("more-stories.toml", 0.91)] {
        let accuracy = accuracy(file);
        assert!(accuracy >= floor, "{file}: {accuracy:.3}, less than {floor}");
    }
}
