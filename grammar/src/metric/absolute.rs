//! Checkable absolutes: `zero downtime`, `no data loss`, `without a single failed request`, `not one rollback`.

use super::lexicon::Class;
use super::token::{TokenKind, Tokens};
use super::{MetricKind, numeral};

/// The absolute that begins at a token; the token after it.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<usize> {
    let single = |at: usize| match (tokens.word(at), tokens.word(at + 1)) {
        ("one", _) => Some(at + 1),
        ("a", "single") => Some(at + 2),
        _ => None,
    };
    match tokens.word(at) {
        "zero" => zero(tokens, at),
        "no" if at > 0 && tokens.is(at - 1, Class::Harm) => thing(tokens, at + 1),
        "no" | "nothing" | "nobody" if tokens.says(at + 1, "ran out") || tokens.says(at + 2, "ran out") => {
            Some(at + 3)
        }
        "no" if tokens.word(at + 1) == "longer" => None,
        "every" if tokens.word(at + 1) == "single" => {
            thing(tokens, at + 2).filter(|_| !tokens.is(at + 2, Class::TimeUnit))
        }
        "no" | "nothing" | "nobody" => harm(tokens, at + 1, 5),
        // `Neither team has raised a ticket`, but `neither bug was easy to find`
        "neither" if (at + 1..at + 3).any(|at| matches!(tokens.word(at), "has" | "have" | "had")) => {
            harm(tokens, at + 1, 5)
        }
        "since" => never_since(tokens, at),
        "single" => never_single(tokens, at),
        "without" => match single(at + 1) {
            Some(noun) => harm(tokens, noun, 5).or_else(|| thing(tokens, noun)),
            None if tokens.word(at + 1) == "any" => harm(tokens, at + 2, 5),
            None => harm(tokens, at + 1, 5).or_else(|| {
                // `without an escalation since`
                let article = matches!(tokens.word(at + 1), "a" | "an");
                (article && tokens.word(at + 3) == "since").then_some(at + 4)
            }),
        },
        "not" | "nor" | "never" => {
            let even = usize::from(tokens.word(at + 1) == "even");
            thing(tokens, single(at + 1 + even)?)
        }
        "one"
            if at > 0
                && (tokens.is(at - 1, Class::Bounding)
                    || matches!(tokens.before(at), "been" | "had" | "seen")) =>
        {
            never_single(tokens, at)
        }
        "none" if tokens.word(at + 1) == "of" => none_of(tokens, at),
        "none" if tokens.word(at + 1) == "since" => Some(at + 2),
        "none" if matches!(tokens.word(at + 1), "in" | "for" | "over") => {
            // `none in the ten months since`
            (at + 2..at + 6)
                .find(|at| tokens.meaning(*at).unit == Some(MetricKind::Duration))
                .map(|at| at + 1)
        }
        _ => {
            let nought = matches!(tokens.kind(at), Some(TokenKind::Number(value)) if value == 0.0);
            let bare = nought && tokens.is_word(at + 1) && tokens.meaning(at + 1).unit.is_none();
            if !bare || tokens.is_glued(at + 1) {
                return None;
            }
            harm(tokens, at + 1, 3).or_else(|| tokens.is_counted(at + 1).then_some(at + 2))
        }
    }
}

/// `none of the pilots failed`; not `none of whom had met`, `which none of us believed`.
fn none_of(tokens: &Tokens, at: usize) -> Option<usize> {
    let relative = |word: &str| matches!(word, "which" | "whom" | "us" | "that" | "this" | "it" | "what");
    let thought = (at + 2..at + 6).any(|at| {
        matches!(tokens.word(at), "believed" | "liked" | "knew" | "thought" | "expected" | "trusted")
    });
    let told = tokens.is_word(at + 3) && !relative(tokens.before(at)) && !relative(tokens.word(at + 2));
    (told && !thought).then_some(at + 4)
}

/// `has not had a single outage`, `without losing a single reel`.
fn never_single(tokens: &Tokens, at: usize) -> Option<usize> {
    const FARTHEST: usize = 7;
    let start = tokens.clause(at).max(at.saturating_sub(FARTHEST));
    // `I would never again let a single prospect …` resolves and reports nothing.
    if (start..at).any(|at| matches!(tokens.word(at), "would" | "will" | "i'd" | "again")) {
        return None;
    }
    let denied = |at: usize| tokens.is(at, Class::Negation) || matches!(tokens.word(at), "without" | "nor");
    let single = tokens.word(at) == "one" || matches!(tokens.before(at), "a" | "one");
    (single && (start..at).any(denied)).then(|| thing(tokens, at + 1)).flatten()
}

/// `There has not been a wrong delivery since`, `it hasn't failed since`: said of all the time up to now.
fn never_since(tokens: &Tokens, at: usize) -> Option<usize> {
    const FARTHEST: usize = 9;
    let ends = tokens.ends_sentence(at + 1) || tokens.is_sign(at + 1, ',');
    let start = tokens.clause(at).max(at.saturating_sub(FARTHEST));
    let (from, verb) = (start..at).find_map(|from| match (tokens.word(from), tokens.word(from + 1)) {
        ("hasn't" | "haven't", _) => Some((from, from + 1)),
        ("has" | "have", "not" | "never") => Some((from, from + 2)),
        _ => None,
    })?;
    // `We have not looked back since.`
    let said = ["looked back", "heard", "spoken", "seen each"];
    let thing = (verb..at).any(|at| matches!(tokens.word(at), "a" | "an" | "any" | "one" | "single"));
    let harmed = (verb..at).any(|at| tokens.is(at, Class::Harm) || tokens.is(at, Class::Recurring));
    let told = (thing || harmed) && !said.iter().any(|phrase| tokens.says(verb, phrase));
    (ends && told && from < at).then_some(at + 1)
}

/// The token after any noun at a token.
fn thing(tokens: &Tokens, at: usize) -> Option<usize> {
    (tokens.is_word(at) && !tokens.is(at, Class::Function)).then_some(at + 1)
}

fn zero(tokens: &Tokens, at: usize) -> Option<usize> {
    if matches!(tokens.before(at), "to" | "at" | "hit" | "reached") {
        return Some(at + 1);
    }
    let noun = if tokens.is_sign(at + 1, '-') { at + 2 } else { at + 1 };
    if tokens.word(noun) == "in" && numeral::read(tokens, noun + 1, false).is_some() {
        return Some(at + 1);
    }
    // `zero prior experience`, but `zero outages in a year`
    let harmed = tokens.is(noun, Class::Harm) || is_severity(tokens.word(noun));
    if tokens.is(noun, Class::Barred) || !harmed && tokens.is(noun + 1, Class::Barred) {
        return None;
    }
    harm(tokens, noun, 4).or_else(|| thing(tokens, noun))
}

/// Whether a word names incidents by their severity: `P0`, `Sev-1`, `P1s`.
fn is_severity(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    let number = word.strip_prefix("sev-").or(word.strip_prefix("sev")).or(word.strip_prefix('p'));
    number.is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The token after the thing that one is glad not to have, within a few words.
fn harm(tokens: &Tokens, from: usize, most: usize) -> Option<usize> {
    for at in from..from + most {
        let word = tokens.word(at);
        let function = tokens.is(at, Class::Function);
        // `Nobody missed it.`
        if word == "missed" && matches!(tokens.word(at + 1), "it" | "them" | "the" | "him" | "her") {
            return None;
        }
        if tokens.is(at, Class::Harm) || is_severity(word) {
            let next = tokens.word(at + 1);
            let participle = word.ends_with("ed") || matches!(word, "lost" | "broken");
            let noun = participle && !next.is_empty() && !tokens.is(at + 1, Class::Function);
            return Some(if noun || tokens.is_counted(at + 1) { at + 2 } else { at + 1 });
        }
        // `no rejected orders`
        let ever = matches!(tokens.word(at + 2), "anymore" | "since");
        if at == from && word.ends_with("ed") && (tokens.is_counted(at + 1) || ever) {
            return Some(at + 2);
        }
        let joins = tokens.is_sign(at, '-')
            || matches!(word, "or" | "a" | "of" | "was" | "were" | "has" | "been" | "got");
        if !joins && (function || !tokens.is_word(at)) {
            return None;
        }
    }
    None
}
