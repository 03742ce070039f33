//! Two numbers that say one thing: a change with both its ends, or a range.

use super::MetricKind;
use super::context::sentence;
use super::lexicon::LEXICON;
use super::quantity::Quantity;
use super::token::Tokens;

/// How two numbers belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    /// Before and after, in either order.
    Change,
    /// Two bounds of one value.
    Range,
}

/// What stands between an end and a beginning.
const REPLACING: [&[&str]; 7] = [
    &["instead", "of"],
    &["down", "to"],
    &["vs"],
    &["versus"],
    &["rather", "than"],
    &["compared", "to"],
    &["compared", "with"],
];

/// How `first` and `second` belong together, if they do.
pub(super) fn pair(tokens: &Tokens, first: &Quantity, second: &Quantity) -> Option<Pair> {
    const FARTHEST: usize = 14;
    if second.first - first.next.min(second.first) > FARTHEST || !same_measure(first, second) {
        return None;
    }
    let between = first.next..second.first;
    if between.clone().any(|at| tokens.ends_sentence(at)) {
        return None;
    }
    if between.clone().any(|at| tokens.is_sign(at, '→')) {
        return Some(Pair::Change);
    }
    let words: Vec<&str> =
        between.clone().map(|at| tokens.word(at)).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        let dash = between.len() == 1 && (tokens.is_sign(first.next, '-') || tokens.is_sign(first.next, '–'));
        return dash.then_some(Pair::Range);
    }
    let says = |phrase: &[&str]| words.windows(phrase.len()).any(|window| window == phrase);
    let near = words.len() <= 5;
    let bare = first.kind.is_none() && second.kind.is_none();
    // Bare numbers that replace each other may be names: `returns 429 instead of 500`.
    if near && !bare && REPLACING.iter().any(|phrase| says(phrase))
        || near && says(&["from"]) && !says(&["and"])
    {
        return Some(Pair::Change);
    }
    let (start, _) = sentence(tokens, first.first);
    let begun = |word: &str| {
        (first.first.saturating_sub(6).max(start)..first.first).any(|at| tokens.word(at) == word)
    };
    let changed = (first.first.saturating_sub(6).max(start)..first.first)
        .any(|at| LEXICON.words.changing.contains(tokens.word(at)));
    if near && says(&["to"]) && !says(&["and"]) {
        return if begun("from") || changed {
            Some(Pair::Change)
        } else {
            Some(Pair::Range).filter(|_| words.len() == 1)
        };
    }
    let before =
        ["used", "was", "were", "took", "had", "previously", "before", "originally", "formerly", "once"];
    let told = before.iter().any(|word| begun(word));
    (told && (says(&["now"]) || says(&["afterwards"]) || says(&["after"]))).then_some(Pair::Change)
}

/// Whether both measure the same kind of thing, as far as they say.
fn same_measure(first: &Quantity, second: &Quantity) -> bool {
    let open = |kind| matches!(kind, None | Some(MetricKind::Count | MetricKind::Rate));
    first.kind == second.kind
        || first.kind.is_none()
        || second.kind.is_none()
        || open(first.kind) && open(second.kind)
}
