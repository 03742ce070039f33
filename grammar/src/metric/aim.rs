//! Numbers that were only wanted, planned or missed.

use super::lexicon::Class;
use super::token::Tokens;

/// Whether a number is only wanted, planned or missed.
pub(super) fn is_unreached(tokens: &Tokens, first: usize, next: usize) -> bool {
    is_denied(tokens, first) || is_aimed(tokens, first, next)
}

/// `did not reach 50%`, `never got below 200 ms`, `missed the 99.9% target`; but `never exceeds 200 ms` is a bound kept.
fn is_denied(tokens: &Tokens, first: usize) -> bool {
    const NEAR: usize = 8;
    let start = tokens.clause(first).max(first.saturating_sub(NEAR));
    (start..first).any(|at| match tokens.word(at) {
        "failed" | "unable" => tokens.word(at + 1) == "to",
        "missed" => matches!(tokens.word(at + 1), "the" | "our" | "its" | "my" | "a"),
        "short" => tokens.word(at + 1) == "of",
        _ if !tokens.is(at, Class::Negation) => false,
        _ => {
            let told = matches!(tokens.word(at + 1), "only" | "just" | "even" | "one")
                || tokens.says(at + 1, "a single");
            !told && !(at + 1..first).any(|at| tokens.is(at, Class::Bounding))
        }
    })
}

/// A number beside a word of wish or plan, in a sentence that does not say that it was reached.
fn is_aimed(tokens: &Tokens, first: usize, next: usize) -> bool {
    const AFTER: usize = 4;
    let (start, end) = tokens.sentence(first);
    let reached = |at: usize| is_reached(tokens, at, start);
    let before = (start..first).rev().find(|at| is_aim(tokens, *at));
    if before.is_none() {
        // `40% was the promise`, `the 99.9% target was missed`
        let named =
            |at: usize| at == next || matches!(tokens.before(at), "the" | "our" | "a" | "an" | "their");
        // `2 days instead of the planned 3 weeks` planned the second number, not the first.
        let other = |at: usize| tokens.is_number(at + 1) || tokens.meaning(at + 1).number.is_some();
        let aim = |at: usize| named(at) && !other(at) && is_aim(tokens, at);
        let after = (next..(next + AFTER).min(end)).any(aim);
        return after && !(start..end).any(reached);
    }
    // `We now have an SLO of 99.9%` has no more than an aim.
    let governs = before.is_some_and(|at| tokens.word(at + 1) == "of" && at + 1 == tokens.leading(first));
    let set = |at: usize| {
        matches!(tokens.word(at), "have" | "has" | "set" | "agreed" | "signed" | "wrote" | "defined")
    };
    if governs && (start..first).any(set) {
        return !(next..end).any(reached);
    }
    // `The goal was 30%, and we cut the bill by 41%` reaches the second number, not the first.
    if (start..first).any(reached) {
        return false;
    }
    let met = |at: usize| reached(at) && !tokens.is(at, Class::Changing);
    !(next..end).any(met)
}

/// Whether the clause before a token speaks of a wish or plan: `we had hoped for twice the traffic`.
pub(super) fn is_wished(tokens: &Tokens, at: usize) -> bool {
    (tokens.clause(at)..at).any(|at| is_aim(tokens, at))
}

/// Whether a word says that an aim was reached. `wanted to cut` and `could have saved` reach nothing.
fn is_reached(tokens: &Tokens, at: usize, start: usize) -> bool {
    const NEAR: usize = 3;
    let negated = (at.saturating_sub(NEAR).max(start)..at).any(|at| tokens.is(at, Class::Negation));
    let supposed = |at: usize| matches!(tokens.word(at), "could" | "would" | "should" | "might" | "will");
    let wished = match tokens.before(at) {
        "to" => true,
        "have" => at >= 2 && supposed(at - 2),
        _ => at >= 1 && supposed(at - 1),
    };
    // `We hoped for 2x and got 1.6x`, but `set a goal and got people to help`.
    let got = matches!(tokens.word(at), "got" | "came");
    if got
        && !(tokens.is_number(at + 1)
            || matches!(tokens.word(at + 1), "there" | "to" | "in" | "out" | "close"))
    {
        return false;
    }
    // `to bring errors under 0.5%` wishes; `errors are under 0.5%` tells.
    let bound = matches!(tokens.word(at), "under" | "below" | "above" | "within");
    let stands = at > 0 && tokens.is(at - 1, Class::Standing);
    if bound && !stands {
        return false;
    }
    let ended = matches!(tokens.word(at), "ended" | "settled") && matches!(tokens.word(at + 1), "at" | "on");
    (ended || tokens.is(at, Class::Reached)) && !negated && !wished
}

/// Whether a word speaks of a wish or plan. `could` does with `have` only: `could serve 2M users` is what came of it.
fn is_aim(tokens: &Tokens, at: usize) -> bool {
    match tokens.word(at) {
        // `could serve 2M users` is what came of it, `could save 30%` is not.
        "could" => {
            tokens.word(at + 1) == "have"
                || tokens.is(at + 1, Class::Changing)
                || tokens.is(at + 1, Class::Difference)
        }
        // `I'd love to tell you that …`
        "love" => tokens.word(at + 1) == "to",
        // `forecast error` forecasts nothing.
        "forecast" | "estimate" | "plan" | "pitch" | "promise"
            if tokens.is_word(at + 1)
                && !tokens.is(at + 1, Class::Function)
                && !tokens.is(at + 1, Class::Past)
                && !tokens.is(at + 1, Class::Level)
                && !tokens.word(at + 1).ends_with(['s', 'd']) =>
        {
            false
        }
        "designed" | "sized" | "provisioned" | "scoped" => tokens.word(at + 1) == "for",
        "called" | "calls" => tokens.word(at + 1) == "for",
        "spoke" | "talked" | "talks" | "speaks" => matches!(tokens.word(at + 1), "of" | "about"),
        "slide" | "slides" => {
            matches!(tokens.word(at + 1), "said" | "says" | "spoke" | "claimed" | "promised")
        }
        "learned" | "learnt" => matches!(tokens.before(at), "i" | "we"),
        // `claims` and `projects` are things as well as verbs.
        "claims" | "projects" => {
            at > 0
                && !tokens.is(at - 1, Class::Definite)
                && !tokens.is_number(at - 1)
                && tokens.before(at) != "of"
        }
        "asked" | "meant" => matches!(tokens.word(at + 1), "to" | "for"),
        "may" => !tokens.is_capital(at),
        "if" => at == 0 || tokens.ends_sentence(at - 1),
        _ => tokens.is(at, Class::Aim),
    }
}
