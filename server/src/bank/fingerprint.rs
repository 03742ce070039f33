//! How much of their text two stories share, told from small sketches.

use starling_grammar::Term;

use super::ascending::Ascending;

/// Words in a row that make a shingle.
const SHINGLE: usize = 3;

/// As many hashes are kept: the smallest of all shingles.
const KEPT: usize = 64;

/// A story with fewer shingles is too short to be told from others by its words.
const FEWEST: usize = 30;

/// A sketch of a text: the smallest hashes of its shingles, in ascending order. 24 bits tell the shingles
/// of two stories apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    hashes: Ascending,
}

impl Fingerprint {
    /// The sketch of a text by its terms; empty when it is short.
    #[must_use]
    pub fn of(terms: &[Term]) -> Self {
        // Each word counts by its place in the shingle.
        let join = |hash: u32, term: &Term| spread(hash ^ term.hash());
        let hashed = |shingle: &[Term]| shingle.iter().fold(0, join) >> 8;
        let hashes = smallest(terms.windows(SHINGLE).map(hashed).collect());
        if hashes.len() < FEWEST {
            return Self::default();
        }
        Self { hashes: Ascending::pack(&hashes) }
    }

    /// The same, to be compared with others.
    #[must_use]
    pub fn unpack(&self) -> Sketch {
        Sketch { hashes: self.hashes.iter().collect() }
    }

    /// Memory on the heap, in bytes.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.hashes.heap()
    }
}

/// A fingerprint that is unpacked: of ten thousand stories each is compared with dozens.
pub struct Sketch {
    hashes: Vec<u32>,
}

impl Sketch {
    /// The share of shingles that two texts have in common, from 0 to 1, estimated.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f64 {
        let (mut left, mut right) = (0, 0);
        let (mut seen, mut shared) = (0usize, 0usize);
        // The smallest hashes of both together are a sample of all their shingles.
        let most = self.hashes.len().min(other.hashes.len());
        while seen < most {
            let (Some(one), Some(two)) = (self.hashes.get(left), other.hashes.get(right)) else { break };
            left += usize::from(one <= two);
            right += usize::from(one >= two);
            shared += usize::from(one == two);
            seen += 1;
        }
        if seen == 0 { 0.0 } else { shared as f64 / seen as f64 }
    }

    /// A few hashes by which similar texts find each other.
    pub(crate) fn keys(&self) -> &[u32] {
        &self.hashes[..self.hashes.len().min(12)]
    }
}

/// The smallest hashes, each once, in ascending order.
fn smallest(mut hashes: Vec<u32>) -> Vec<u32> {
    // Among twice as many there are nearly always enough that differ, and to sort all takes longer than the hashing.
    const SOME: usize = 2 * KEPT;
    if hashes.len() > SOME {
        let (some, ..) = hashes.select_nth_unstable(SOME);
        some.sort_unstable();
        let some: Vec<u32> = some.chunk_by(u32::eq).map(|same| same[0]).take(KEPT).collect();
        if some.len() == KEPT {
            return some;
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(KEPT);
    hashes
}

/// Spreads the bits of a hash, so that the smallest ones are a fair sample.
fn spread(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x7feb_352d);
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x846c_a68b);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use starling_grammar::Term;

    use super::{Fingerprint, KEPT, smallest};

    fn words(numbers: impl Iterator<Item = usize>) -> Vec<Term> {
        numbers.map(|number| Term::of(&format!("word{number}"))).collect()
    }

    #[test]
    fn similar_texts_have_similar_fingerprints() {
        let text = words(0..300);
        let sketch = |words: &[Term]| Fingerprint::of(words).unpack();
        let one = sketch(&text);
        assert!((one.similarity(&one) - 1.0).abs() < f64::EPSILON);
        let changed = words((0..300).map(|number| if number % 20 == 0 { number + 1000 } else { number }));
        assert!(one.similarity(&sketch(&changed)) > 0.5);
        assert!(one.similarity(&sketch(&words(500..800))) < 0.1);
    }

    proptest! {
        #[test]
        fn the_smallest_are_those_of_all(hashes in prop::collection::vec(prop_oneof![0..70u32, any::<u32>()], 0..400)) {
            let all: std::collections::BTreeSet<u32> = hashes.iter().copied().collect();
            prop_assert_eq!(smallest(hashes), all.into_iter().take(KEPT).collect::<Vec<_>>());
        }
    }

    #[test]
    fn short_texts_are_like_nothing() {
        let short = Fingerprint::of(&words(0..10));
        assert_eq!(short, Fingerprint::default());
        assert!(short.unpack().similarity(&short.unpack()) < f64::EPSILON);
    }
}
