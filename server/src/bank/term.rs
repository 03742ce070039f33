//! The terms of a story with their weights, packed.

use std::collections::BTreeMap;

/// As many terms are kept of a story, the heaviest; 300 spoken words have some 120.
const MOST: usize = 192;

/// How often each term occurs, places of weight counted more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermWeights {
    /// For each term 24 bits of its hash, and below them its weight, in ascending order. Of ten thousand stories, these
    /// bits make one say a term that it does not have once in a dozen questions.
    packed: Box<[u32]>,
}

/// The bits of the weight.
const WEIGHT: u32 = 0xff;

impl TermWeights {
    /// Counts terms, each occurrence with its weight.
    #[must_use]
    pub fn count<'t>(terms: impl IntoIterator<Item = (&'t str, u8)>) -> Self {
        let mut counts: BTreeMap<u32, u8> = BTreeMap::new();
        for (term, weight) in terms {
            let count = counts.entry(key(term)).or_default();
            *count = count.saturating_add(weight);
        }
        let mut packed: Vec<u32> = counts.into_iter().map(|(key, weight)| key | u32::from(weight)).collect();
        if packed.len() > MOST {
            packed.sort_by_key(|term| (WEIGHT - (term & WEIGHT), *term));
            packed.truncate(MOST);
            packed.sort_unstable();
        }
        Self { packed: packed.as_slice().into() }
    }

    /// The weight of a term; 0 when it does not occur.
    #[must_use]
    pub fn of(&self, term: &str) -> u8 {
        let key = key(term);
        let at = self.packed.partition_point(|packed| *packed < key);
        self.packed.get(at).filter(|packed| **packed & !WEIGHT == key).map_or(0, |packed| weight(*packed))
    }

    /// All weights together: how long the story is.
    #[must_use]
    pub fn total(&self) -> usize {
        self.packed.iter().map(|packed| usize::from(weight(*packed))).sum()
    }

    /// Memory on the heap, in bytes.
    #[must_use]
    pub fn heap(&self) -> usize {
        size_of_val(&*self.packed)
    }
}

/// The bits of a term above its weight.
fn key(term: &str) -> u32 {
    let hash = hash(term);
    (hash ^ (hash >> 24)) << 8
}

const fn weight(packed: u32) -> u8 {
    packed.to_le_bytes()[0]
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
