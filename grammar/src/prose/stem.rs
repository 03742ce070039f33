//! The word that an inflected form belongs to.
//!
//! Only inflection is taken off (`-s`, `-ed`, `-ing`, and the irregular forms of the vocabulary), not derivation:
//! *migrated* and *migrate* are one word, *migration* is another. What is left need be no word; it only has to be the
//! same for all forms. A general stemmer takes off more, and then *organ* is *organize*.

use super::english::ENGLISH;

/// Appends the stem of a word in lower case.
pub(super) fn push(word: &str, stem: &mut String) {
    let word = match word.as_bytes() {
        [.., b'\'', b's'] => &word[..word.len() - 2],
        [.., b'\''] => &word[..word.len() - 1],
        _ => word,
    };
    let word = ENGLISH.irregular.get(word).map_or(word, String::as_str);
    let begin = stem.len();
    stem.push_str(word);
    if word.len() > 3 && word.is_ascii() {
        take_off_ending(stem, begin);
    }
    normalise(stem, begin);
}

/// Takes off the ending of an inflected form that begins at `begin` of the buffer.
fn take_off_ending(stem: &mut String, begin: usize) {
    let length = stem.len() - begin;
    let (cut, add) = match &stem.as_bytes()[begin..] {
        [_, _, .., b'i', b'e', b's' | b'd'] => (3, "y"),
        [_, .., b's', b's', b'e', b's'] | [_, .., b'c' | b's', b'h', b'e', b's'] => (2, ""),
        [_, _, .., b'x' | b'z', b'e', b's'] => (2, ""),
        [.., b's' | b'u' | b'i', b's'] => (0, ""),
        [.., b's'] => (1, ""),
        [_, _, _, .., b'e', b'e', b'd'] => (0, ""),
        [before @ .., b'e', b'd'] if is_stem(before) => (2, ""),
        [before @ .., b'i', b'n', b'g'] if is_stem(before) => (3, ""),
        _ => (0, ""),
    };
    stem.truncate(begin + length - cut);
    stem.push_str(add);
}

/// Whether enough stands before an ending to be a word: three letters, one of them a vowel.
fn is_stem(before: &[u8]) -> bool {
    let is_vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    before.len() >= 3 && before.iter().any(is_vowel) && !before.ends_with(b"e")
}

/// Brings together what the forms of a word leave: *cache* and *cach(ed)*, *control* and *controll(ed)*, and the two
/// spellings of *-ise*.
fn normalise(stem: &mut String, begin: usize) {
    if stem.len() - begin > 3 && stem.ends_with('e') {
        stem.pop();
    }
    let bytes = &stem.as_bytes()[begin..];
    if let [.., before, last] = bytes
        && bytes.len() >= 3
        && before == last
        && last.is_ascii_alphabetic()
        && !matches!(last, b'e' | b'o')
    {
        stem.pop();
    }
    match &stem.as_bytes()[begin..] {
        [_, _, _, _, .., b'i', b's'] => {
            stem.pop();
            stem.push('z');
        }
        [.., b'i', b's', b'a', b't', b'i', b'o', b'n'] => {
            let at = stem.len() - "sation".len();
            stem.replace_range(at..=at, "z");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::push;

    fn stem(word: &str) -> String {
        let mut stem = String::new();
        push(word, &mut stem);
        stem
    }

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
