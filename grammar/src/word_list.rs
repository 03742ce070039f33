//! Word lists, ready for look-up.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A list of words.
pub(crate) type WordSet = HashSet<String, BuildHasherDefault<WordHasher>>;

/// A list of words, each with what it stands for.
pub(crate) type WordMap<Value, Word = String> = HashMap<Word, Value, BuildHasherDefault<WordHasher>>;

/// FNV-1a: every word of every text is looked up, words are short, and the lists are ours, so that nobody can make them
/// collide.
pub(crate) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes its slots from the high bits too.
        self.0 ^ self.0.rotate_left(32)
    }
}
