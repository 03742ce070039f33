//! Texts that look like stories and are none: pages that explain STAR, rubrics, time budgets and bad examples.

use std::collections::HashSet;

use crate::vocabulary::Vocabulary;

use super::wording::WORDING;

/// Whether the bodies of a group explain what to write instead of telling what happened. `columns` says that each
/// stands in several cells of a table, as in a rubric; then somebody must be telling.
pub(super) fn is_guide(bodies: &[String], columns: bool, vocabulary: &Vocabulary) -> bool {
    let told: Vec<String> = bodies
        .iter()
        .map(|body| without_quotes(body))
        .filter(|body| body.chars().any(char::is_alphanumeric))
        .collect();
    if columns && !told.iter().any(|body| is_told(&words(body))) {
        return true;
    }
    let explaining = told.iter().filter(|body| explains(body, vocabulary)).count();
    explaining >= 2 && explaining * 2 >= told.len() || told.len() == 1 && explaining == 1
}

/// Whether a title or label marks the story under it as a bad example.
pub(super) fn is_bad_example(words: &str) -> bool {
    WORDING.examples.bad.iter().any(|mark| words.contains(mark.as_str()))
}

/// The words of a text in lower case.
fn words(body: &str) -> Vec<String> {
    let words = body
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|word| !word.is_empty());
    words.map(|word| word.to_lowercase().replace('’', "'")).collect()
}

/// Whether one of the words, without what an apostrophe joins to it, is in a list.
fn said(words: &[String], list: &HashSet<String>) -> bool {
    words.iter().any(|word| list.contains(word.split('\'').next().unwrap_or_default()))
}

/// Whether somebody tells what happened to them.
fn is_told(words: &[String]) -> bool {
    said(words, &WORDING.persons.teller)
}

fn explains(body: &str, vocabulary: &Vocabulary) -> bool {
    let words = words(body);
    if !words.iter().any(|word| word.chars().any(char::is_alphabetic)) || only_budget(&words) {
        return true;
    }
    if is_clause(body, &words) {
        return true;
    }
    if is_told(&words) {
        return false;
    }
    let reader = said(&words, &WORDING.persons.reader);
    reader || vocabulary.opens_instruction(body.trim_start())
}

/// `when I could not draw the room`: a clause without the sentence it belongs to, which says when or what, not what happened.
fn is_clause(body: &str, words: &[String]) -> bool {
    const LONGEST: usize = 25;
    let rest = body.trim().trim_end_matches(['.', '?', '!', ' ']);
    words.first().is_some_and(|first| WORDING.examples.clauses.contains(first))
        && words.len() <= LONGEST
        && !rest.contains([',', ';', ':', '.', '?', '!', '–', '—', '\n'])
}

/// `20 %`, `30-60 seconds`: how long to speak, not what to say.
fn only_budget(words: &[String]) -> bool {
    words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_ascii_digit()) || WORDING.examples.budget.contains(word)
        })
}

/// The text without what it quotes.
fn without_quotes(body: &str) -> String {
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
    if quote.is_some() { body.to_owned() } else { kept }
}
