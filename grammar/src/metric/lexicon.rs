//! The words of `vocabulary/quantities.toml`, ready for look-up.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::MetricKind;
use crate::word_list::{WordMap, WordSet};

/// What a word can do beside a quantity; the file says what each class means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Class {
    TimeUnit,
    Period,
    Periodic,
    Recurring,
    Standing,
    Attempting,
    Versioned,
    Counted,
    Compared,
    Changing,
    Achieving,
    Running,
    Naming,
    Month,
    Group,
    Person,
    Developing,
    Listed,
    Occasion,
    Score,
    Aim,
    Reached,
    Negation,
    Bounding,
    Harm,
    Barred,
    Factor,
    Function,
    SceneAfter,
    SceneBefore,
    Earlier,
    Now,
    Definite,
    Level,
    Difference,
    Giving,
    Past,
    Extent,
    Having,
    Sure,
    Approximate,
    Setting,
    Contrast,
    Abbreviated,
    Opening,
    /// The first word of a phrase of size; told from the phrases themselves.
    #[serde(skip)]
    OpensSize,
}

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meaning {
    classes: u64,
    /// The number that the word is (`twelve`).
    pub(super) number: Option<f64>,
    /// What it multiplies by (`million`, `k`).
    pub(super) scale: Option<f64>,
    /// What it divides by (`thirds`).
    pub(super) divisor: Option<f64>,
    /// What it measures as a unit.
    pub(super) unit: Option<MetricKind>,
}

impl Meaning {
    pub(super) fn is(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }
}

impl Class {
    const fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// The word lists.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Places in `meanings`.
    words: WordMap<u16>,
    /// The first is that of unknown words.
    meanings: Vec<Meaning>,
    longest: usize,
    /// Phrases between an end and a beginning.
    pub(super) replacing: Vec<String>,
    /// Sayings with a number.
    pub(super) idioms: Vec<String>,
    /// Words and phrases of size without a value.
    pub(super) vague: WordSet,
    /// Rough magnitudes.
    pub(super) rough: WordSet,
}

/// The built-in word lists. A test reads them, so that a release never finds them broken.
#[allow(clippy::panic)]
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../vocabulary/quantities.toml"))
        .unwrap_or_else(|error| panic!("vocabulary/quantities.toml: {error}"));
    Lexicon::of(file)
});

impl Lexicon {
    /// The place of a word in lower case among the meanings.
    pub(super) fn place(&self, word: &str) -> u16 {
        if word.len() > self.longest { 0 } else { self.words.get(word).copied().unwrap_or(0) }
    }

    pub(super) fn meaning(&self, place: u16) -> &Meaning {
        &self.meanings[usize::from(place)]
    }

    fn of(file: File) -> Self {
        let mut lexicon = Self {
            words: WordMap::default(),
            meanings: vec![Meaning::default()],
            longest: 0,
            replacing: file.phrases.replacing,
            idioms: file.phrases.idioms,
            vague: file.vague.words,
            rough: file.vague.rough,
        };
        for (word, number) in file.numbers {
            lexicon.entry(&word).number = Some(number);
        }
        for (word, scale) in file.scales {
            lexicon.entry(&word).scale = Some(scale);
        }
        for (word, divisor) in file.fractions {
            lexicon.entry(&word).divisor = Some(divisor);
        }
        for (kind, words) in file.units {
            for word in words {
                lexicon.entry(&word).unit = Some(kind);
            }
        }
        for (class, words) in file.words {
            for word in words {
                lexicon.entry(&word).classes |= class.bit();
            }
        }
        let phrases: Vec<String> = lexicon.vague.iter().chain(&lexicon.rough).cloned().collect();
        for first in phrases.iter().filter_map(|phrase| phrase.split([' ', '-']).next()) {
            lexicon.entry(first).classes |= Class::OpensSize.bit();
        }
        lexicon
    }

    fn entry(&mut self, word: &str) -> &mut Meaning {
        self.longest = self.longest.max(word.len());
        let next = self.meanings.len();
        let place = *self.words.entry(word.to_owned()).or_insert(u16::try_from(next).unwrap_or(0));
        if usize::from(place) == next {
            self.meanings.push(Meaning::default());
        }
        &mut self.meanings[usize::from(place)]
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    numbers: HashMap<String, f64>,
    scales: HashMap<String, f64>,
    fractions: HashMap<String, f64>,
    units: HashMap<MetricKind, Vec<String>>,
    words: HashMap<Class, Vec<String>>,
    phrases: Phrases,
    vague: Vague,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    replacing: Vec<String>,
    idioms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vague {
    words: WordSet,
    rough: WordSet,
}
