//! The words of `vocabulary/quantities.toml`, ready for look-up.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::MetricKind;
use crate::vocabulary::builtin;
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

    /// The same for the same meaning.
    fn bits(&self) -> (u64, [Option<u64>; 3], Option<MetricKind>) {
        let numbers = [self.number, self.scale, self.divisor].map(|number| number.map(f64::to_bits));
        (self.classes, numbers, self.unit)
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
    words: WordSet,
    /// For each word its place in `meanings`.
    places: Vec<u16>,
    /// Each once; the first is that of unknown words.
    meanings: Vec<Meaning>,
    /// Phrases between an end and a beginning.
    pub(super) replacing: Vec<String>,
    /// Sayings with a number.
    pub(super) idioms: Vec<String>,
    /// Words and phrases of size without a value.
    pub(super) vague: WordSet,
    /// Rough magnitudes.
    pub(super) rough: WordSet,
}

/// The built-in word lists.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(builtin!("quantities")));

impl Lexicon {
    /// The place of a word in lower case among the meanings.
    pub(super) fn place(&self, word: &str) -> u16 {
        self.words.number(word).map_or(0, |number| self.places[number])
    }

    pub(super) fn meaning(&self, place: u16) -> &Meaning {
        &self.meanings[usize::from(place)]
    }

    fn of(file: File) -> Self {
        let mut lexicon = Self {
            words: WordSet::default(),
            places: Vec::new(),
            meanings: vec![Meaning::default()],
            replacing: file.phrases.replacing,
            idioms: file.phrases.idioms,
            vague: file.vague.words,
            rough: file.vague.rough,
        };
        let mut all: WordMap<Meaning> = WordMap::default();
        for (word, number) in file.numbers {
            all.entry(word).or_default().number = Some(number);
        }
        for (word, scale) in file.scales {
            all.entry(word).or_default().scale = Some(scale);
        }
        for (word, divisor) in file.fractions {
            all.entry(word).or_default().divisor = Some(divisor);
        }
        for (kind, words) in file.units {
            for word in words {
                all.entry(word).or_default().unit = Some(kind);
            }
        }
        for (class, words) in file.words {
            for word in words {
                all.entry(word).or_default().classes |= class.bit();
            }
        }
        let phrases = lexicon.vague.iter().chain(lexicon.rough.iter());
        for first in phrases.filter_map(|phrase| phrase.split([' ', '-']).next()) {
            all.entry(first.to_owned()).or_default().classes |= Class::OpensSize.bit();
        }
        // Most words mean what others mean.
        let mut places = HashMap::new();
        for (word, meaning) in &all {
            let place = *places.entry(meaning.bits()).or_insert_with(|| {
                lexicon.meanings.push(*meaning);
                u16::try_from(lexicon.meanings.len() - 1).unwrap_or(0)
            });
            lexicon.words.insert(word);
            lexicon.places.push(place);
        }
        lexicon.words.shrink_to_fit();
        lexicon.places.shrink_to_fit();
        lexicon.meanings.shrink_to_fit();
        lexicon
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
