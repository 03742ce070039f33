//! Hashes that stand for what takes too much memory to be kept: for each file of ten thousand, and only to see whether it is
//! still the same.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};

/// A hash that is the same for as long as the program runs.
#[must_use]
pub fn hash(it: &(impl Hash + ?Sized)) -> u64 {
    BuildHasherDefault::<DefaultHasher>::new().hash_one(it)
}
