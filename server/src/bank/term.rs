//! The terms of a story with their weights, packed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use starling_grammar::Term;

use super::ascending::Ascending;

/// As many terms are kept of a story, the heaviest; 300 spoken words have some 120.
const MOST: usize = 192;

/// How often each term occurs, places of weight counted more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermWeights {
    /// The key of each term, with its weight in the lowest bits.
    packed: Ascending,
}

/// The bits of the weight. Searches hardly tell greater weights from this one.
const WEIGHT: u32 = 7;

/// A term as stories keep it: 21 bits of its hash, above those of a weight. These bits make one of ten thousand stories
/// say a term that it does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermKey(u32);

impl TermKey {
    /// The key of a term.
    #[must_use]
    pub fn of(term: Term) -> Self {
        let hash = term.hash();
        Self((hash ^ (hash >> 21)) << 3 & 0x00ff_ffff)
    }
}

impl TermWeights {
    /// Counts terms, each occurrence with its weight.
    #[must_use]
    pub fn count(terms: impl IntoIterator<Item = (Term, u8)>) -> Self {
        let mut counts: BTreeMap<TermKey, u32> = BTreeMap::new();
        for (term, weight) in terms {
            *counts.entry(TermKey::of(term)).or_default() += u32::from(weight);
        }
        let mut counts: Vec<(TermKey, u32)> = counts.into_iter().collect();
        if counts.len() > MOST {
            counts.sort_by_key(|(key, count)| (Reverse(*count), *key));
            counts.truncate(MOST);
            counts.sort_unstable();
        }
        let packed: Vec<u32> = counts.into_iter().map(|(key, count)| key.0 | count.min(WEIGHT)).collect();
        Self { packed: Ascending::pack(&packed) }
    }

    /// The terms in the order of their keys, each with its weight.
    pub fn iter(&self) -> impl Iterator<Item = (TermKey, u32)> {
        self.packed.iter().map(|packed| (TermKey(packed & !WEIGHT), packed & WEIGHT))
    }

    /// Memory on the heap, in bytes.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.packed.heap()
    }
}

#[cfg(test)]
mod tests {
    use starling_grammar::Term;

    use super::{TermKey, TermWeights};

    fn weight(terms: &TermWeights, term: &str) -> u32 {
        terms.iter().find(|(key, _)| *key == TermKey::of(Term::of(term))).map_or(0, |(_, weight)| weight)
    }

    fn count<'t>(terms: impl IntoIterator<Item = (&'t str, u8)>) -> TermWeights {
        TermWeights::count(terms.into_iter().map(|(stem, weight)| (Term::of(stem), weight)))
    }

    #[test]
    fn terms_are_counted() {
        let terms = count([("a", 1), ("b", 3), ("a", 1)]);
        assert_eq!(["a", "b", "c"].map(|term| weight(&terms, term)), [2, 3, 0]);
    }

    #[test]
    fn only_the_heaviest_are_kept() {
        let words: Vec<String> = (0..500).map(|number| format!("w{number}")).collect();
        let terms = count(words.iter().map(|word| (word.as_str(), 1)).chain([("heavy", 9)]));
        assert_eq!(weight(&terms, "heavy"), 7);
        assert_eq!(terms.iter().count(), 192);
        assert!(terms.heap() < 500, "{}", terms.heap());
    }
}
