//! Whether a text can hold a story, told without parsing it.

use crate::word_list::WordMap;
use crate::{Origin, PartKind, Vocabulary};

/// What a scan looks for, prepared once for a vocabulary.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    /// First words of the names that make a story, in lower case, with the parts that they may name.
    words: WordMap<Kinds>,
    letters: Vec<(char, PartKind)>,
    /// Which pairs of letters these words begin with: for each first letter a bit for each second. Nearly every word of
    /// a note is dismissed by it.
    beginnings: [u32; 26],
}

/// Words that join two names in one label.
const JOINERS: [&str; 5] = ["and", "und", "et", "y", "e"];

/// A set of parts, a bit for each.
type Kinds = u8;

const fn bit(kind: PartKind) -> Kinds {
    1 << kind as u8
}

impl Scan {
    /// Prepares the names `(name, part)` and letters of parts.
    pub(crate) fn new<'n>(
        names: impl Iterator<Item = (&'n str, PartKind)>,
        letters: Vec<(char, PartKind)>,
    ) -> Self {
        let mut words: WordMap<Kinds> = WordMap::default();
        for (name, kind) in names {
            let first = name.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
            *words.entry(first.unwrap_or_default().to_lowercase()).or_default() |= bit(kind);
        }
        let mut beginnings = [0; 26];
        for (first, second) in words.keys().filter_map(|word| beginning(word)) {
            beginnings[first] |= 1 << second;
        }
        Self { words, letters, beginnings }
    }

    /// The parts for which something stands where a label could stand.
    fn labels(&self, text: &str) -> Kinds {
        let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain(std::iter::once(text.len()));
        let mut found = 0;
        let mut start = 0;
        for end in ends {
            let line = &text[start..end];
            start = end + 1;
            found |= if line.is_ascii() { self.on_ascii_line(line) } else { self.on_line(line) };
        }
        found
    }

    fn on_line(&self, line: &str) -> Kinds {
        let mut found = 0;
        let mut at = 0;
        // Whether what stands before the next word on the line is a mark, or nothing.
        let mut open = true;
        while let Some(start) = line[at..].find(char::is_alphanumeric).map(|start| at + start) {
            let between = &line[at..start];
            open |= !between.trim().is_empty();
            let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
            let length = line[start..].find(|c: char| !inside(c)).unwrap_or(line.len() - start);
            let word = &line[start..start + length];
            at = start + length;
            if open {
                found |= self.kinds(word, &line[at..]);
            }
            open = is_joiner(word);
        }
        found
    }

    /// The same where each byte is a character: of a folder of notes, nearly all the time would be spent here.
    fn on_ascii_line(&self, line: &str) -> Kinds {
        let bytes = line.as_bytes();
        let mut found = 0;
        let mut at = 0;
        let mut open = true;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                open |= !char::from(bytes[at]).is_whitespace();
                at += 1;
                continue;
            }
            let inside = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'\'';
            let length = bytes[at..].iter().take_while(inside).count();
            let word = &line[at..at + length];
            at += length;
            if open {
                found |= self.kinds(word, &line[at..]);
            }
            open = is_joiner(word);
        }
        found
    }

    /// The parts that a word in the place of a label may name, by what stands after it.
    fn kinds(&self, word: &str, after: &str) -> Kinds {
        // Names are compared without apostrophes.
        if word.contains(['\'', '’']) {
            return self.kinds(&word.replace(['\'', '’'], ""), after);
        }
        if beginning(word).is_some_and(|(first, second)| self.beginnings[first] & 1 << second == 0) {
            return 0;
        }
        let lower = word.to_lowercase();
        let numberless = lower.trim_end_matches(char::is_numeric);
        let letter = |(letter, _): &&(char, PartKind)| {
            let rest = word.strip_prefix(*letter);
            rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let named = self.words.get(&lower).or_else(|| self.words.get(numberless)).copied();
        match (named, self.letters.iter().find(letter)) {
            (Some(kinds), _) => kinds,
            (None, Some((_, kind))) if !is_article(after) => bit(*kind),
            _ => 0,
        }
    }
}

/// The places in the alphabet of the first two letters of a word; `None` where one of them is none of `a` to `z`.
fn beginning(word: &str) -> Option<(usize, usize)> {
    let place = |byte: &u8| byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'));
    let [first, second, ..] = word.as_bytes() else { return None };
    Some((place(first)?, place(second)?))
}

fn is_joiner(word: &str) -> bool {
    JOINERS.iter().any(|joiner| word.eq_ignore_ascii_case(joiner))
}

/// Whether a single letter is followed by a word, as the article *A* is.
fn is_article(after: &str) -> bool {
    let word = after.split(|c: char| !c.is_alphabetic() && c != ' ' && c != '\t').next().unwrap_or_default();
    word.starts_with([' ', '\t']) && word.split_whitespace().next().is_some_and(|word| !is_joiner(word))
}

/// Whether a text may hold a story: a quick scan for labels that never says no to a text that does.
#[must_use]
pub fn may_hold_stories(text: &str, origin: &Origin, vocabulary: &Vocabulary) -> bool {
    origin.declared || declares(text) || vocabulary.scan().labels(text).count_ones() >= 2
}

/// Whether a text may begin with front matter that says that it holds stories.
fn declares(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}');
    if !head.starts_with("---") {
        return false;
    }
    let yaml =
        head.split_inclusive('\n').skip(1).take_while(|line| !matches!(line.trim_end(), "---" | "..."));
    let mut yaml = yaml.flat_map(|line| line.split('\r'));
    yaml.any(|line| {
        ["type", "principles", "themes", "questions"].iter().any(|key| line.contains(key))
            || line.contains('\\')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::may_hold_stories;
    use crate::{Document, Origin, Vocabulary};

    fn may(text: &str) -> bool {
        may_hold_stories(text, &Origin::default(), Vocabulary::builtin())
    }

    #[test]
    fn labels_of_every_style_are_seen() {
        for text in [
            "## Situation\n\nx\n\n## Task\n",
            "S: x\n\nT: y\n\nA: z\n\nR: w\n",
            "**S**ituation: x\n\n**T**ask: y\n",
            "**'Situation':** x\n\n**Ac'tion:** y\n",
            "**Situ’ation:** x\n\n**Action’:** y\n",
            "The queue stood (Situation). I was on call (Task).",
            "| Situation & Task | x |",
            "# Situation and Task\n",
            "**情境：** x\n\n**任务：** y\n",
            "- 1. ⭐ S – Situation (20 %)\n- T1: z\n",
            "> **SITUATION** x **TASK** y",
            "---\ntype: story\n---\n\nx\n",
        ] {
            assert!(may(text), "{text}");
        }
    }

    #[test]
    fn ordinary_notes_are_dismissed() {
        for text in [
            "",
            "The situation was tense, and the result of the task was an action.",
            "# Notes\n\nA result of the meeting: none.\n\n- buy milk\n",
            "---\ntitle: x\ntags: [a]\n---\n\n## Results\n\nNothing.\n",
        ] {
            assert!(!may(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_say_the_same_as_characters(line in "([STAR]|Task|situation|and|[ -~]|[ :*(|.]){0,30}") {
            let scan = Vocabulary::builtin().scan();
            prop_assert_eq!(scan.on_ascii_line(&line), scan.on_line(&line));
        }

        #[test]
        fn no_text_with_a_story_is_dismissed(
            pieces in prop::collection::vec(
                prop_oneof![
                    "(Situation|Task|Action|Result|Aufgabe|Résultat|情况|行动|S|T|A|R|SITUATION|Context|and|&|1|x)",
                    "[ :*_#()|>.-]{1,3}",
                    "\n|\n\n|\n## |\n- |\n\\*\\*|:\\*\\* |\r\n|\n---\n| \\| ",
                ],
                0..40,
            )
        ) {
            let text = pieces.concat();
            let vocabulary = Vocabulary::builtin();
            let document = Document::read(text.as_str().into(), &Origin::default(), vocabulary);
            prop_assert!(document.stories.is_empty() || may(&text), "{:?}", text);
        }
    }
}
