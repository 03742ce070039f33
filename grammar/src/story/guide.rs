//! Texts that look like stories and are none: pages that explain STAR, rubrics, time budgets and bad examples.

use std::collections::HashSet;

use crate::vocabulary::Vocabulary;

use super::wording::WORDING;

/// Whether the bodies of a group explain what to write instead of telling what happened.
pub(super) fn is_guide(bodies: &[String], vocabulary: &Vocabulary) -> bool {
    let told: Vec<String> = bodies
        .iter()
        .map(|body| without_quotes(body))
        .filter(|body| body.chars().any(char::is_alphanumeric))
        .collect();
    let explaining = told.iter().filter(|body| explains(body, vocabulary)).count();
    explaining >= 2 && explaining * 2 >= told.len() || told.len() == 1 && explaining == 1
}

/// Whether a title or label marks the story under it as a bad example.
pub(super) fn is_bad_example(words: &str) -> bool {
    WORDING.examples.bad.iter().any(|mark| words.contains(mark.as_str()))
}

fn explains(body: &str, vocabulary: &Vocabulary) -> bool {
    let words: Vec<String> = body
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
        .collect();
    if !words.iter().any(|word| word.chars().any(char::is_alphabetic)) || only_budget(&words) {
        return true;
    }
    let said = |list: &HashSet<String>| {
        words.iter().any(|word| list.contains(word.split('\'').next().unwrap_or_default()))
    };
    let teller = said(&WORDING.persons.teller);
    if teller {
        return false;
    }
    let reader = said(&WORDING.persons.reader);
    reader || vocabulary.opens_instruction(body.trim_start())
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
