//! The word that an inflected form belongs to.
//!
//! Only inflection is taken off (`-s`, `-ed`, `-ing`, and the irregular forms of the vocabulary), not derivation:
//! *migrated* and *migrate* are one word, *migration* is another. What is left need be no word; it only has to be the
//! same for all forms. A general stemmer takes off more, and then *organ* is *organize*.

use std::fmt;

use super::english::ENGLISH;

/// The stem of a word: what it keeps of the word, and what follows that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stem<'a> {
    pub(super) kept: &'a str,
    pub(super) ending: &'static str,
}

impl<'a> Stem<'a> {
    /// The stem of a word in lower case, without a possessive, that is no irregular form.
    pub(super) fn regular(word: &'a str) -> Self {
        let (cut, ending) = if word.len() > 3 && word.is_ascii() { ending(word) } else { (0, "") };
        let kept = &word[..word.len() - cut];
        match ending {
            "" => normal(kept),
            // What is doubled is written once.
            _ if kept.len() > 1 && kept.ends_with(ending) => Self { kept, ending: "" },
            _ => Self { kept, ending },
        }
    }
}

impl fmt::Display for Stem<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.kept, self.ending)
    }
}

/// The stem of any word in lower case.
pub(super) fn stem(word: &str) -> String {
    let word = without_possessive(word);
    Stem::regular(ENGLISH.irregular.get(word).map_or(word, String::as_str)).to_string()
}

/// The word without `'s`.
pub(super) fn without_possessive(word: &str) -> &str {
    match word.as_bytes() {
        [.., b'\'', b's'] => &word[..word.len() - 2],
        [.., b'\''] => &word[..word.len() - 1],
        _ => word,
    }
}

/// How many bytes the ending of an inflected form has, and what the word has instead.
fn ending(word: &str) -> (usize, &'static str) {
    match word.as_bytes() {
        [_, _, .., b'i', b'e', b's' | b'd'] => (3, "y"),
        [_, .., b's', b's', b'e', b's'] | [_, .., b'c' | b's', b'h', b'e', b's'] => (2, ""),
        [_, _, .., b'x' | b'z', b'e', b's'] => (2, ""),
        [.., b's' | b'u' | b'i', b's'] => (0, ""),
        [.., b's'] => (1, ""),
        [_, _, _, .., b'e', b'e', b'd'] => (0, ""),
        [before @ .., b'e', b'd'] if is_stem(before) => (2, ""),
        [before @ .., b'i', b'n', b'g'] if is_stem(before) => (3, ""),
        _ => (0, ""),
    }
}

/// Whether enough stands before an ending to be a word: three letters, one of them a vowel.
fn is_stem(before: &[u8]) -> bool {
    let is_vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    before.len() >= 3 && before.iter().any(is_vowel) && !before.ends_with(b"e")
}

/// Brings together what the forms of a word leave: *cache* and *cach(ed)*, *control* and *controll(ed)*, and the two
/// spellings of *-ise*.
fn normal(left: &str) -> Stem<'_> {
    let left = if left.len() > 3 { left.strip_suffix('e').unwrap_or(left) } else { left };
    let kept = match left.as_bytes() {
        [_, .., before, last]
            if before == last && last.is_ascii_alphabetic() && !matches!(last, b'e' | b'o') =>
        {
            &left[..left.len() - 1]
        }
        _ => left,
    };
    match kept.as_bytes() {
        [_, _, _, _, .., b'i', b's'] => Stem { kept: &kept[..kept.len() - 1], ending: "z" },
        [.., b'i', b's', b'a', b't', b'i', b'o', b'n'] => {
            Stem { kept: &kept[..kept.len() - "sation".len()], ending: "zation" }
        }
        _ => Stem { kept, ending: "" },
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            "cache caches cached caching",
            "index indexes indices indexed indexing",
            "retry retries retried retrying",
            "roll rolls rolled rolling",
            "control controls controlled controlling",
            "drop drops dropped dropping",
            "write writes wrote written writing",
            "page pages paged paging",
            "add adds added adding",
            "use uses used using",
            "process processes processed processing",
            "patch patches patched patching",
            "prioritize prioritise prioritized prioritised prioritizing",
            "team teams team's",
            "agree agrees agreed agreeing",
            "test tests tested testing",
            "queue queues queued",
            "tell told telling tells",
        ] {
            let stems: Vec<String> = forms.split(' ').map(stem).collect();
            assert!(stems.iter().all(|other| *other == stems[0]), "{forms}: {stems:?}");
        }
    }

    #[test]
    fn other_words_have_other_stems() {
        for (one, other) in [
            ("organ", "organize"),
            ("need", "ned"),
            ("string", "str"),
            ("thing", "th"),
            ("status", "statu"),
            ("test", "text"),
            ("migration", "migrate"),
            ("speed", "spe"),
            ("class", "cla"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("été"), "été");
    }
}
