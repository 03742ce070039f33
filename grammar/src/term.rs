//! The words of a text, as they are compared by searches.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::prose::{Words, stem};
use crate::vocabulary::builtin;

/// A word as it is compared: a hash of its stem, so that all its inflected forms are one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(u32);

impl Term {
    /// The term with this stem.
    #[must_use]
    pub fn of(stem: &str) -> Self {
        // FNV-1a: the same on every machine and in every run.
        let mix = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        Self(stem.bytes().fold(0x811c_9dc5, mix))
    }

    /// Its hash.
    #[must_use]
    pub fn hash(self) -> u32 {
        self.0
    }

    /// Whether it says nothing of what a text is about.
    #[must_use]
    pub fn is_idle(self) -> bool {
        IDLE.contains(&self)
    }
}

/// The stems of the words of a text, in its order. Code is left out.
#[must_use]
pub fn terms(prose: &str) -> Vec<String> {
    Words::read(prose).terms().map(str::to_owned).collect()
}

/// `vocabulary/idle.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdleFile {
    idle: Vec<String>,
}

static IDLE: LazyLock<HashSet<Term>> = LazyLock::new(|| {
    let file: IdleFile = builtin!("idle");
    file.idle.iter().map(|word| Term::of(&stem(word))).collect()
});

#[cfg(test)]
mod tests {
    use super::{Term, terms};

    #[test]
    fn forms_are_one_term() {
        assert_eq!(
            terms("I convinced them, convincing \u{1a}\u{1a} twice."),
            terms("I convince them convincing twice")
        );
        assert!(terms("  \u{1a}\u{1a} — ").is_empty());
    }

    #[test]
    fn words_that_say_nothing_are_idle() {
        let idle = |word: &str| terms(word).iter().all(|term| Term::of(term).is_idle());
        assert!(idle("the") && idle("something") && !idle("zebra") && !idle("conflicts"));
    }
}
