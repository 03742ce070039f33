//! Word lists, ready for look-up.
//!
//! There are thousands of words, and an allocation for each would take more memory than the words: they lie one after the
//! other in one text.

use std::collections::HashMap;
use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use serde::Deserialize;

/// Texts in their order, one after the other in memory.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Texts {
    all: String,
    /// Where each of them ends.
    ends: Vec<u32>,
}

impl Texts {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The texts.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|index| self.at(index))
    }

    /// One of them.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        (index < self.len()).then(|| self.at(index))
    }

    fn at(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[index] as usize]
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len() as u32);
    }

    pub(crate) fn shrink_to_fit(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

impl From<Vec<String>> for Texts {
    fn from(texts: Vec<String>) -> Self {
        let mut all = Self::default();
        texts.iter().for_each(|text| all.push(text));
        all.shrink_to_fit();
        all
    }
}

/// A list of words, each once, with its number in the order in which they came.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct WordSet {
    words: Texts,
    numbers: HashTable<u32>,
    /// Bytes of the longest word.
    longest: usize,
}

impl WordSet {
    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.words.iter()
    }

    /// Whether a word is in the list.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.number(word).is_some()
    }

    /// The number of a word.
    pub(crate) fn number(&self, word: &str) -> Option<usize> {
        if word.len() > self.longest {
            return None;
        }
        let is_it = |number: &u32| self.words.at(*number as usize) == word;
        self.numbers.find(hash(word), is_it).map(|number| *number as usize)
    }

    /// The number of a word, which is added if it is not in the list.
    pub(crate) fn insert(&mut self, word: &str) -> usize {
        self.number(word).unwrap_or_else(|| {
            let number = self.words.len();
            self.words.push(word);
            self.longest = self.longest.max(word.len());
            let words = &self.words;
            self.numbers.insert_unique(hash(word), number as u32, |number| hash(words.at(*number as usize)));
            number
        })
    }

    /// Gives back the memory that was kept for more words.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.words.shrink_to_fit();
        let words = &self.words;
        self.numbers.shrink_to_fit(|number| hash(words.at(*number as usize)));
    }
}

impl<Word: AsRef<str>> FromIterator<Word> for WordSet {
    fn from_iter<Words: IntoIterator<Item = Word>>(words: Words) -> Self {
        let mut set = Self::default();
        words.into_iter().for_each(|word| {
            set.insert(word.as_ref());
        });
        set.shrink_to_fit();
        set
    }
}

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> Self {
        words.into_iter().collect()
    }
}

/// Words, each with what it stands for. The lists are ours, so that nobody can make them collide.
pub(crate) type WordMap<Value, Word = String> = HashMap<Word, Value, FixedState>;

fn hash(word: &str) -> u64 {
    FixedState::default().hash_one(word)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::{Texts, WordSet};

    proptest! {
        #[test]
        fn words_are_numbered_as_they_come(words in prop::collection::vec("[ab é]{0,3}", 0..60), other in "[ab é]{0,3}") {
            let set: WordSet = words.iter().collect();
            let mut numbers: HashMap<&str, usize> = HashMap::new();
            for word in &words {
                let next = numbers.len();
                let number = *numbers.entry(word).or_insert(next);
                prop_assert_eq!(set.number(word), Some(number));
            }
            prop_assert_eq!(set.number(&other), numbers.get(other.as_str()).copied());
            prop_assert_eq!(set.len(), numbers.len());
            prop_assert!(set.iter().enumerate().all(|(number, word)| numbers[word] == number));
        }

        #[test]
        fn texts_are_kept(texts in prop::collection::vec("\\PC{0,5}", 0..9)) {
            let kept = Texts::from(texts.clone());
            prop_assert!(kept.iter().eq(&texts));
        }
    }
}
