//! Labels of new parts, written as the labels beside them are.

use starling_grammar::{Label, Part, PartKind, Span, Spelling, Story, Vocabulary};

use super::layout::label_end;
use super::wording::{part_letter, part_name};

/// The source of a label for `kind` that looks like the label of `model`: the same marks, letters, numbers, case and
/// language, without what only the model says of itself.
pub(super) fn like(
    text: &str,
    model: &Part,
    kind: PartKind,
    story: &Story,
    vocabulary: &Vocabulary,
) -> String {
    let Label { whole, name, letter, .. } = &model.label;
    let source = Span::new(whole.start, label_end(text, model));
    let letter = letter.filter(|letter| source.contains_span(*letter));
    let mut words: Vec<(Span, String)> = vec![(*name, new_name(text, &model.label, kind, vocabulary))];
    if let Some(letter) = letter.filter(|letter| !name.contains_span(*letter)) {
        words.push((letter, new_letter(letter.of(text), kind, vocabulary)));
    }
    words.sort_by_key(|(span, _)| *span);
    let keeps_symbols = shares_symbols(text, model, story);
    let mut label = String::new();
    let mut at = source.start;
    for (span, word) in words {
        label.push_str(&kept(&text[at..span.start], keeps_symbols));
        label.push_str(&word);
        at = span.end;
    }
    // Where a symbol ends the label, the space before it would remain.
    label.push_str(kept(&text[at..source.end], keeps_symbols).trim_end());
    label
}

/// The name that stands in the place of the model's, in its language and case.
fn new_name(text: &str, label: &Label, kind: PartKind, vocabulary: &Vocabulary) -> String {
    let written = label.name.of(text);
    if label.spelling == Spelling::Letter {
        return new_letter(written, kind, vocabulary);
    }
    let name = in_case_of(written, part_name(vocabulary, kind, &label.language));
    match label.letter.filter(|letter| label.name.contains_span(*letter)) {
        Some(letter) => with_marked_letter(text, label.name, letter, &name),
        None => name,
    }
}

/// `**S**ituation` and `(S)ituation`: the new word with the same marks around its first letter.
fn with_marked_letter(text: &str, name: Span, letter: Span, word: &str) -> String {
    let before = &text[name.start..letter.start];
    let after = &text[letter.end..name.end];
    let marks = after.find(char::is_alphabetic).unwrap_or(after.len());
    let first = word.chars().next().map_or(0, char::len_utf8);
    format!("{before}{}{}{}", &word[..first], &after[..marks], &word[first..])
}

fn in_case_of(written: &str, name: &str) -> String {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 1 && !written.contains(char::is_lowercase) {
        name.to_uppercase()
    } else if written.starts_with(char::is_lowercase) {
        name.to_lowercase()
    } else {
        name.to_owned()
    }
}

fn new_letter(written: &str, kind: PartKind, vocabulary: &Vocabulary) -> String {
    let letter = part_letter(vocabulary, kind).to_string();
    if written.contains(char::is_lowercase) { letter.to_lowercase() } else { letter }
}

/// What stays of the text around the words: no notes such as `(20 %)`, and symbols only where all labels have them.
fn kept(around: &str, keeps_symbols: bool) -> String {
    let mut kept = without_notes(around);
    if !keeps_symbols {
        kept.retain(|c| !is_symbol(c));
        while kept.contains("  ") {
            kept = kept.replace("  ", " ");
        }
        // The space that followed the symbol after a mark or parted it from the terminator.
        for mark in ["**", "__", "*", "_"] {
            if kept.starts_with(mark) && kept[mark.len()..].trim().is_empty() {
                kept.truncate(mark.len());
            }
        }
        kept = kept.replace(" :", ":").replace(" **", "**");
    }
    kept
}

/// The text without its parentheses and the space before them. One that stays open holds a letter, and stays.
fn without_notes(around: &str) -> String {
    let mut kept = String::with_capacity(around.len());
    let mut rest = around;
    while let Some(open) = rest.find(['(', '（']) {
        let Some(close) = rest[open..].find([')', '）']).map(|at| open + at) else { break };
        let width = rest[close..].chars().next().map_or(1, char::len_utf8);
        kept.push_str(rest[..open].trim_end_matches(' '));
        rest = &rest[close + width..];
    }
    kept.push_str(rest);
    kept
}

/// Whether another label of the story is decorated with the same symbols, or none is decorated.
fn shares_symbols(text: &str, model: &Part, story: &Story) -> bool {
    let symbols = |part: &Part| -> String {
        let end = label_end(text, part);
        text[part.label.whole.start..end].chars().filter(|c| is_symbol(*c)).collect()
    };
    let own = symbols(model);
    own.is_empty()
        || story.parts.iter().any(|part| part.label.whole != model.label.whole && symbols(part) == own)
}

/// An emoji or the like, which may mean one part only.
fn is_symbol(c: char) -> bool {
    !c.is_ascii()
        && !c.is_alphanumeric()
        && !c.is_whitespace()
        && !matches!(c, '–' | '—' | '：' | '（' | '）' | '·' | '“' | '”' | '«' | '»' | '【' | '】')
}

/// A number that counts the parts, in a label or in the marker of its list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ordinal {
    /// The digits.
    pub(super) span: Span,
    /// Their value.
    pub(crate) value: usize,
}

/// The number that stands before the name of a label, as in `## 2. Task`.
pub(super) fn ordinal(text: &str, part: &Part) -> Option<Ordinal> {
    let label = &part.label;
    let words = label.letter.map_or(label.name.start, |letter| letter.start.min(label.name.start));
    let start = label.whole.start.min(words);
    let before = &text[start..words];
    let digits = before.find(|c: char| c.is_ascii_digit())?;
    let length = before[digits..].bytes().take_while(u8::is_ascii_digit).count();
    let counts = before[digits + length..].starts_with(['.', ')', ':']);
    let span = Span::new(start + digits, start + digits + length);
    let value = span.of(text).parse().ok().filter(|_| counts && length <= 3)?;
    Some(Ordinal { span, value })
}

/// Sets the number of a label that has one.
pub(super) fn set_ordinal(label: &mut String, value: usize) {
    let Some(start) = label.find(|c: char| c.is_ascii_digit()) else { return };
    let length = label[start..].bytes().take_while(u8::is_ascii_digit).count();
    label.replace_range(start..start + length, &value.to_string());
}

#[cfg(test)]
mod tests {
    use starling_grammar::{Document, Origin, PartKind, Vocabulary};

    use super::like;

    /// The label of a Task beside these two labels.
    #[track_caller]
    fn check(first: &str, second: &str, expected: &str) {
        let text = format!("# Title\n\n{first} We had an outage.\n\n{second} I mended it.\n");
        let vocabulary = Vocabulary::default();
        let document = Document::read(
            text.as_str().into(),
            &Origin { declared: true, ..Origin::default() },
            &vocabulary,
        );
        let [story] = document.stories.as_slice() else { panic!("one story: {:?}", document.stories) };
        assert_eq!(like(&text, &story.parts[0], PartKind::Task, story, &vocabulary), expected);
    }

    #[test]
    fn marks_and_terminators_are_kept() {
        check("**Situation:**", "**Action:**", "**Task:**");
        check("**Situation**:", "**Action**:", "**Task**:");
        check("**Situation.**", "**Action.**", "**Task.**");
        check("**Situation** —", "**Action** —", "**Task** —");
        check("*Situation:*", "*Action:*", "*Task:*");
        check("Situation:", "Action:", "Task:");
        check("**SITUATION:**", "**ACTION:**", "**TASK:**");
        check("__situation__:", "__action__:", "__task__:");
    }

    #[test]
    fn letters_go_with_the_word() {
        check("**S - Situation:**", "**A - Action:**", "**T - Task:**");
        check("**Situation (S):**", "**Action (A):**", "**Task (T):**");
        check("**S (Situation):**", "**A (Action):**", "**T (Task):**");
        check("**S**ituation:", "**A**ction:", "**T**ask:");
    }

    #[test]
    fn notes_are_left_out_and_common_symbols_kept() {
        check("**Situation (20 %):**", "**Action (50 %):**", "**Task:**");
        check("**✅ Situation:**", "**✅ Action:**", "**✅ Task:**");
        check("**📋 Situation:**", "**🔧 Action:**", "**Task:**");
        check("**Situation 📋:**", "**Action 🔧:**", "**Task:**");
        check("## Situation 📋\n\n", "## Action 🔧\n\n", "## Task");
    }
}
