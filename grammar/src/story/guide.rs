//! Texts that look like stories and are none: pages that explain STAR, rubrics, time budgets and bad examples.

use std::borrow::Cow;

use crate::prose::push_lower;
use crate::vocabulary::Vocabulary;
use crate::word_list::WordSet;

use super::wording::WORDING;

/// What the body of a part is in a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// Whether it explains what to write.
    explains: bool,
    /// Whether somebody tells what happened to them.
    told: bool,
}

/// Reads the body of a part, if it has words besides what it quotes.
pub(super) fn read(body: &str, vocabulary: &Vocabulary) -> Option<Body> {
    let own = without_quotes(body);
    let says = own.chars().any(char::is_alphanumeric);
    says.then(|| {
        let told = said(&own, &WORDING.persons.teller);
        Body { explains: explains(&own, told, vocabulary), told }
    })
}

/// Whether the bodies of a group explain what to write instead of telling what happened. `columns` says that each
/// stands in several cells of a table, as in a rubric; then somebody must be telling.
pub(super) fn is_guide(bodies: impl Iterator<Item = Body>, columns: bool) -> bool {
    let (mut all, mut explaining, mut told) = (0, 0, false);
    for body in bodies {
        all += 1;
        explaining += usize::from(body.explains);
        told |= body.told;
    }
    columns && !told || explaining >= 2 && explaining * 2 >= all || all == 1 && explaining == 1
}

/// Whether a title or label marks the story under it as a bad example.
pub(super) fn is_bad_example(words: &str) -> bool {
    WORDING.examples.bad.iter().any(|mark| words.contains(mark.as_str()))
}

/// The words of a text.
fn words(body: &str) -> impl Iterator<Item = &str> {
    body.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|word| !word.is_empty())
}

/// Whether one of the words of a text, without what an apostrophe joins to it, is in a list.
fn said(body: &str, list: &WordSet) -> bool {
    let mut lower = String::new();
    words(body).any(|word| {
        let bare = word.split(['\'', '’']).next().unwrap_or_default();
        lower.clear();
        push_lower(bare, &mut lower);
        list.contains(&lower)
    })
}

fn explains(body: &str, told: bool, vocabulary: &Vocabulary) -> bool {
    if !words(body).any(|word| word.chars().any(char::is_alphabetic)) || only_budget(body) || is_clause(body)
    {
        return true;
    }
    if told {
        return false;
    }
    said(body, &WORDING.persons.reader) || vocabulary.opens_instruction(body.trim_start())
}

/// `when I could not draw the room`: a clause without the sentence it belongs to, which says when or what, not what happened.
fn is_clause(body: &str) -> bool {
    const LONGEST: usize = 25;
    let rest = body.trim().trim_end_matches(['.', '?', '!', ' ']);
    let first = words(body).next().map(|first| first.to_lowercase().replace('’', "'"));
    first.is_some_and(|first| WORDING.examples.clauses.contains(&first))
        && words(body).count() <= LONGEST
        && !rest.contains([',', ';', ':', '.', '?', '!', '–', '—', '\n'])
}

/// `20 %`, `30-60 seconds`: how long to speak, not what to say.
fn only_budget(body: &str) -> bool {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let counts = |word: &str| WORDING.examples.budget.contains(&word.to_lowercase().replace('’', "'"));
    words(body).all(|word| is_number(word) || counts(word)) && words(body).any(is_number)
}

/// The text without what it quotes.
fn without_quotes(body: &str) -> Cow<'_, str> {
    if !body.contains('"') && !body.contains('“') {
        return Cow::Borrowed(body);
    }
    let mut kept = String::with_capacity(body.len());
    let mut quote = None;
    for character in body.chars() {
        match (quote, character) {
            (None, '"') => quote = Some('"'),
            (None, '“') => quote = Some('”'),
            (Some(close), _) if character == close => quote = None,
            (None, _) => kept.push(character),
            (Some(_), _) => {}
        }
    }
    // A quote that is never closed was an inch mark or a slip.
    if quote.is_some() { Cow::Borrowed(body) } else { Cow::Owned(kept) }
}
