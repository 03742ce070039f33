//! Who acts in a text, and whose work it says something is.

use std::sync::LazyLock;

use crate::Span;
use crate::prose::{ENGLISH, Gap, Words, stem};
use crate::word_list::WordSet;

/// Stems of the verbs whose subject does not act.
static STATES: LazyLock<WordSet> = LazyLock::new(|| ENGLISH.voice.states.iter().map(stem).collect());

/// Stems of the verbs that tell what somebody said.
static REPORTING: LazyLock<WordSet> = LazyLock::new(|| ENGLISH.voice.reporting.iter().map(stem).collect());

/// The places at which the teller acts, alone or as one of several. Coordinated verbs (*I profiled and rewrote*) count
/// once; notes without a subject count for neither; quotations do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// Each *I* that is the subject of a verb.
    pub i: Vec<Span>,
    /// Each *we* that does something: not what *we* were, had, wanted or could do, nor what others said of *us*.
    pub we: Vec<Span>,
}

impl Voice {
    /// The same voice `by` bytes further on.
    #[must_use]
    pub(crate) fn shift(&self, by: usize) -> Self {
        let shift = |spans: &[Span]| spans.iter().map(|span| span.shift(by)).collect();
        Self { i: shift(&self.i), we: shift(&self.we) }
    }
}

/// Whose work a text says something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duty {
    /// The teller's: it says *I*, *me* or *my job*, or is a note whose subject is understood.
    Own,
    /// Somebody else's or nobody's, as the words at this place show.
    Other(Span),
    /// Nothing tells.
    #[default]
    Unsaid,
}

impl Duty {
    /// The same duty `by` bytes further on.
    #[must_use]
    pub(crate) const fn shift(self, by: usize) -> Self {
        match self {
            Self::Other(span) => Self::Other(span.shift(by)),
            other => other,
        }
    }
}

/// Who acts in a text.
pub(crate) fn read(words: &Words) -> Voice {
    let mut voice = Voice::default();
    let may_be = |index: &usize| words.lower(*index).starts_with(['i', 'w']) && !words.all[*index].quoted;
    for index in (0..words.len()).filter(may_be) {
        let (pronoun, rest) = split(words.lower(index));
        let span = words.all[index].span;
        let pronoun_span = Span::new(span.start, span.start + pronoun.len());
        match pronoun {
            "i" if is_subject(words, index, rest) => voice.i.push(pronoun_span),
            "we" if is_subject(words, index, rest) && acts(words, index, rest) => voice.we.push(pronoun_span),
            _ => {}
        }
    }
    voice
}

/// Whether a verb, by its stem, says that its subject is, has or wants something.
pub(crate) fn is_state(stem: &str) -> bool {
    STATES.contains(stem)
}

/// A contraction as the words before and from its apostrophe: `we`, `'ve`.
fn split(word: &str) -> (&str, &str) {
    word.split_at(word.find('\'').unwrap_or(word.len()))
}

/// Whether a pronoun is one (not a numeral or part of a name) and a verb can follow it.
fn is_subject(words: &Words, index: usize, rest: &str) -> bool {
    if !rest.is_empty() {
        return true;
    }
    let glued = |at: usize| words.gap(at) == Gap::Glue && at < words.len();
    if glued(index) || glued(index + 1) {
        return false;
    }
    let next = words.lower(index + 1);
    !(words.gap(index + 1) == Gap::Sentence
        || ENGLISH.voice.no_verbs.contains(next) && words.gap(index + 1) == Gap::Space)
}

/// Whether *we* does something, in a clause of the teller's own.
fn acts(words: &Words, index: usize, rest: &str) -> bool {
    !is_told_or_asked(words, index) && does(words, index, rest)
}

/// Whether a clause tells what somebody said, asked or meant: after *whether* or *what*, after *that*, or right after
/// *he said*. In a question the verb comes first.
fn is_told_or_asked(words: &Words, index: usize) -> bool {
    let english = &ENGLISH.voice;
    let before = |steps: usize| -> &str {
        let Some(at) = index.checked_sub(steps) else { return "" };
        let near = (at + 1..=index).all(|at| words.gap(at) <= Gap::Space);
        if near { words.lower(at) } else { "" }
    };
    let one = before(1);
    let asks = |word: &str| english.complementizers.contains(word);
    let inverted = english.modals.contains(one) || english.doing.contains(one);
    if asks(one) || asks(before(2)) && before(2) != "than" || inverted {
        return true;
    }
    if one == "that" {
        let two = before(2);
        return !(two.is_empty() || english.before_demonstratives.contains(two));
    }
    (1..=3).any(|steps| {
        let stem = index.checked_sub(steps).map_or("", |at| words.stem(at));
        !before(steps).is_empty() && REPORTING.contains(stem)
    })
}

/// Whether the verb after a subject says that something was done.
fn does(words: &Words, index: usize, rest: &str) -> bool {
    let english = &ENGLISH.voice;
    let mut at = index + 1;
    let end = words.sentence_end(index);
    // The auxiliary may be joined to the pronoun.
    let mut auxiliary = rest;
    if auxiliary.is_empty() {
        at = verb_from(words, at, end);
        auxiliary = words.lower(at);
        at += 1;
    }
    let bare = auxiliary.strip_suffix("n't").unwrap_or(auxiliary);
    let next = verb_from(words, at, end);
    if english.modals.contains(bare) {
        return false;
    }
    if english.being.contains(bare) {
        return words.lower(next).ends_with("ing") && words.lower(next) != "being"
            || words.lower(next) == "able";
    }
    if english.having.contains(bare) {
        return is_participle(words, next) && !STATES.contains(words.stem(next));
    }
    let denied = bare != auxiliary || words.lower(at) == "not";
    if english.doing.contains(bare) && denied {
        return !STATES.contains(words.stem(next));
    }
    let verb = at - 1;
    if words.stem(verb) == "get" && words.lower(next).ends_with("ed") {
        return false;
    }
    let used_to = words.lower(verb) == "used" && words.lower(next) == "to";
    !used_to && !STATES.contains(words.stem(verb))
}

/// The first word from `at` that can be a verb: no adverb.
fn verb_from(words: &Words, mut at: usize, end: usize) -> usize {
    const MOST: usize = 4;
    for _ in 0..MOST {
        let word = words.lower(at);
        let adverb = ENGLISH.voice.adverbs.contains(word) || word.len() > 4 && word.ends_with("ly");
        if at + 1 >= end || !adverb {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a word after *have* goes on with the verb: *we had rolled back*, not *we had a backup*.
fn is_participle(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    word.ends_with("ed") && word.len() > 3
        || word.ends_with("en") && word.len() > 4
        || ENGLISH.is_irregular(word)
}

/// Whose work a text says something is.
pub(crate) fn duty(words: &Words) -> Duty {
    if (0..words.len()).any(|index| is_own(words, index)) {
        return Duty::Own;
    }
    let mut other = None;
    let mut first = 0;
    while first < words.len() {
        let end = words.sentence_end(first);
        match subject(words, first, end) {
            Subject::Understood => return Duty::Own,
            Subject::Other(span) => other = other.or(Some(span)),
            Subject::Unsaid => {}
        }
        first = end;
    }
    other.map_or(Duty::Unsaid, Duty::Other)
}

/// Whether a word names the teller: `I`, `me`, `mine`, and `my` unless it is *my team*.
fn is_own(words: &Words, index: usize) -> bool {
    let (word, rest) = split(words.lower(index));
    match word {
        "i" => is_subject(words, index, rest),
        "me" | "mine" | "myself" => true,
        // Who is spoken to in a quotation is the teller.
        "you" | "your" => words.all[index].quoted,
        "my" => (index + 1..=index + 3)
            .take_while(|&at| words.gap(at) <= Gap::Space)
            .find(|&at| {
                ENGLISH.duty.people.contains(words.lower(at)) || ENGLISH.duty.work.contains(words.lower(at))
            })
            .is_none_or(|at| ENGLISH.duty.work.contains(words.lower(at))),
        _ => false,
    }
}

enum Subject {
    /// The teller, in a note that leaves the subject out.
    Understood,
    Other(Span),
    Unsaid,
}

/// Who a sentence is about: `first` and `end` are its bounds.
fn subject(words: &Words, first: usize, end: usize) -> Subject {
    let english = &ENGLISH.duty;
    // *We had to …* gives the teller a share, though it does not say which.
    if (first..end).any(|at| english.owning.contains(words.lower(at)) && !has_other_owner(words, first, at)) {
        return Subject::Understood;
    }
    let (first, end) = main_clause(words, first, end);
    let opening = words.lower(first);
    let finite = (first..end).find(|&at| {
        let word = words.lower(at);
        english.finite.contains(word.strip_suffix("n't").unwrap_or(word))
            || word.ends_with("ed") && word.len() > 4
    });
    let other = english.owners.contains(opening) || english.articles.contains(opening);
    // `Design a service …`, `Keep our promises …`: nothing but a verb stands before an article.
    let next = words.lower(first + 1);
    let verb = !english.subordinate.contains(opening) && !ENGLISH.voice.no_verbs.contains(opening);
    let commands = verb && !other && (english.articles.contains(next) || english.owners.contains(next));
    // `Find unused resources`: a bare verb, and what it is about. People and things that do something come with an article,
    // in the plural, or with a verb that is no participle.
    let participle = |at: usize| {
        at == first + 1
            && verb
            && !other
            && (!opening.ends_with('s') || opening.ends_with("ss"))
            && !english.others.contains(split(opening).0)
            && !english.finite.contains(words.lower(at))
            && at + 1 < end
            && words.gap(at + 1) == Gap::Space
            && !ENGLISH.voice.no_verbs.contains(words.lower(at + 1))
    };
    match finite {
        _ if commands && words.gap(first + 1) == Gap::Space => Subject::Understood,
        Some(at) if participle(at) => Subject::Understood,
        // A pronoun has a verb behind it, whichever it is.
        _ if english.others.contains(split(opening).0) && first + 1 < end => {
            Subject::Other(words.span(first, finite.unwrap_or(first + 1).min(first + 4)))
        }
        // `Needed to …`, `Asked to …`: the verb comes first.
        Some(at) if at == first => Subject::Understood,
        Some(at) => Subject::Other(words.span(first, at.min(first + 4))),
        None if is_topic(words, first, end) => Subject::Other(words.span(first, first)),
        None if other => Subject::Unsaid,
        None => Subject::Understood,
    }
}

/// `Migration of the data`, `Faster builds`, `A new process`: a sentence without a verb that begins as a noun does names
/// what it is about, and nobody.
fn is_topic(words: &Words, first: usize, end: usize) -> bool {
    let english = &ENGLISH.duty;
    let opening = words.lower(first);
    let noun = english
        .topic_endings
        .iter()
        .any(|ending| opening.len() > ending.len() + 2 && opening.ends_with(ending));
    let article = matches!(opening, "a" | "an" | "the");
    let verb = english.topic_verbs.contains(opening);
    let followed = first + 1 < end && words.gap(first + 1) == Gap::Space;
    followed
        && (noun && !verb || english.comparatives.contains(opening) || article)
        && !(first..=end).any(|at| words.lower(at) == "to")
}

/// The words of a sentence up to where *which*, *so* or *because* goes on. Where it opens with such a word, the main
/// clause follows a comma; without one it is all there is.
fn main_clause(words: &Words, first: usize, end: usize) -> (usize, usize) {
    let goes_on = |at: &usize| ENGLISH.duty.subordinate.contains(words.lower(*at));
    let start = if goes_on(&first) && words.lower(first) != "to" {
        match (first + 1..end).find(|&at| words.gap(at) == Gap::Comma) {
            Some(comma) => comma,
            None => return (first, end),
        }
    } else {
        first
    };
    (start, (start + 1..end).find(goes_on).unwrap_or(end))
}

/// Whether a subject other than the teller stands before a word such as *responsible*.
fn has_other_owner(words: &Words, first: usize, at: usize) -> bool {
    let english = &ENGLISH.duty;
    let opening = words.lower(first);
    let others = [&english.others, &english.owners, &english.articles];
    at > first && others.iter().any(|words| words.contains(opening))
        || (first..at).any(|at| english.people.contains(words.lower(at)))
}

#[cfg(test)]
mod tests {
    use super::{Duty, duty, read};
    use crate::prose::Words;

    /// How often *I* and *we* act.
    #[track_caller]
    fn check(prose: &str, i: usize, we: usize) {
        let voice = read(&Words::read(prose));
        assert_eq!((voice.i.len(), voice.we.len()), (i, we), "{prose}: {voice:?}");
        for span in voice.i.iter().chain(&voice.we) {
            assert!(matches!(span.of(prose), "I" | "i" | "We" | "we"), "{prose}");
        }
    }

    #[test]
    fn acting_subjects_are_counted() {
        check("We decided to wait. We've built it, and we then also rolled out the rest.", 0, 3);
        check("I built it, I'd tested it, and I profiled and rewrote it.", 3, 0);
        check("first i made a plan, then we shipped it.", 1, 1);
        check("- Profiled the service\n- Rewrote the parser\n", 0, 0);
        check("Before we touched it, I asked. We were migrating; we were able to leave.", 1, 3);
        check("Sara and I paired. That week we wrote it.", 1, 1);
        check("As a team we decided. Once we had agreed, we're shipping it.", 0, 3);
        check("We did not touch it. After that we moved on.", 0, 2);
    }

    #[test]
    fn what_others_say_and_what_we_were_is_no_action() {
        check("They asked whether we could, our team helped us.", 0, 0);
        check("\"We never drop packets, we never have\", they said.", 0, 0);
        check("We had no tests, we were blocked, we needed help and we knew it.", 0, 0);
        check("Marketing begged that we not touch it; he said we broke it. What we owned was small.", 0, 0);
        check("In Phase I of the I/O work, i.e. later.", 0, 0);
        check("The team shipped it. Could we do more? We could.", 0, 0);
        check("We don't have it; we got paged; we had to wait.", 0, 0);
        check("I suggested we move it, to make sure we would not lose more.", 1, 0);
        check("We should have asked, we might have known, we're proud.", 0, 0);
    }

    #[test]
    fn duties_belong_to_somebody() {
        let is_other = |prose: &str| matches!(duty(&Words::read(prose)), Duty::Other(_));
        for own in [
            "I had to find it.",
            "My job: get it off Windows 7.",
            "Find out why it jams.",
            "To get it through the audit.",
            "Needed to cut the latency.",
            "Was assigned the incident at 4:10.",
            "It fell to me.",
            "Responsible for the rollout.",
            "\"You have until Easter\", she said.",
            "Design a service other teams could adopt.",
            "Scale search so it could take ten times the load.",
            "Deadline was Friday. Needed to ship the exporter.",
            "Goal: cut latency by half.",
            "Leading the move of nine services, with a team of three.",
            "As tech lead, bring the two teams together.",
            "Before the law took effect, cut the cost of each request.",
            "Implement the move.",
            "Provision racks in two halls.",
            "Lower the bill.",
            "A week to find the cause.",
            "Find unused resources.",
            "Address reported bugs and mend them.",
        ] {
            assert!(!is_other(own), "{own}");
        }
        for other in [
            "The system needed to be faster.",
            "Our team had to migrate by June.",
            "My team was asked to migrate.",
            "Latency had to be cut.",
            "The infrastructure team was responsible for the clusters.",
            "Our goal was to cut latency by half.",
            "The task was to migrate everything.",
            "Sales wanted an export, and customers were waiting.",
            "We needed to fix it. We had a week.",
            "Everyone expected it to fail.",
            "At the time the system was slow.",
            "Whether the archive could be thrown away was unknown.",
            "If the certificate expired, all chargers would go dark.",
            "Migration of the billing data.",
            "Faster builds, fewer alerts.",
            "A new onboarding process for the warehouse.",
        ] {
            assert!(is_other(other), "{other}");
        }
    }
}
