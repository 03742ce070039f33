//! The terms of a story with their weights, packed.

use std::collections::BTreeMap;

/// As many terms are kept of a story, the heaviest; 300 spoken words have some 120.
const MOST: usize = 192;

/// How often each term occurs, places of weight counted more; terms are kept as hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermWeights {
    /// Hashes in ascending order.
    hashes: Box<[u32]>,
    /// The weight of each.
    weights: Box<[u8]>,
}

impl TermWeights {
    /// Counts terms, each occurrence with its weight.
    #[must_use]
    pub fn count<'t>(terms: impl IntoIterator<Item = (&'t str, u8)>) -> Self {
        let mut counts: BTreeMap<u32, u8> = BTreeMap::new();
        for (term, weight) in terms {
            let count = counts.entry(hash(term)).or_default();
            *count = count.saturating_add(weight);
        }
        let mut counts: Vec<(u32, u8)> = counts.into_iter().collect();
        if counts.len() > MOST {
            counts.sort_by_key(|(hash, weight)| (u8::MAX - weight, *hash));
            counts.truncate(MOST);
            counts.sort_unstable();
        }
        Self {
            hashes: counts.iter().map(|(hash, _)| *hash).collect(),
            weights: counts.iter().map(|(_, weight)| *weight).collect(),
        }
    }

    /// The weight of a term; 0 when it does not occur.
    #[must_use]
    pub fn of(&self, term: &str) -> u8 {
        self.hashes.binary_search(&hash(term)).map_or(0, |index| self.weights[index])
    }

    /// All weights together: how long the story is.
    #[must_use]
    pub fn total(&self) -> usize {
        self.weights.iter().map(|weight| usize::from(*weight)).sum()
    }

    /// Memory on the heap, in bytes.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.hashes.len() * 5
    }
}

/// FNV-1a: the same on every machine and in every run.
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::TermWeights;

    #[test]
    fn terms_are_counted() {
        let terms = TermWeights::count([("a", 1), ("b", 3), ("a", 1)]);
        assert_eq!((terms.of("a"), terms.of("b"), terms.of("c"), terms.total()), (2, 3, 0, 5));
    }

    #[test]
    fn only_the_heaviest_are_kept() {
        let words: Vec<String> = (0..500).map(|number| format!("w{number}")).collect();
        let terms = TermWeights::count(words.iter().map(|word| (word.as_str(), 1)).chain([("heavy", 9)]));
        assert_eq!(terms.of("heavy"), 9);
        assert!(terms.heap() <= 1000, "{}", terms.heap());
    }
}
