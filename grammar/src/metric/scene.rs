//! Numbers that only set the scene: how long ago, how large a team, how many points a list has.

use super::MetricKind;
use super::lexicon::Class;
use super::quantity::{Form, Quantity};
use super::token::Tokens;

/// Whether a quantity sets the scene and tells no outcome.
pub(super) fn is_scene(tokens: &Tokens, quantity: &Quantity) -> bool {
    let first = quantity.first;
    if is_setting(tokens, quantity) || is_presupposed(tokens, quantity) {
        return true;
    }
    if quantity.form == Form::Often {
        let (start, end) = tokens.sentence(first);
        return !(start..end).any(|at| tokens.word(at) == "now");
    }
    match quantity.kind {
        Some(MetricKind::Duration | MetricKind::Latency) => is_time(tokens, quantity),
        None | Some(MetricKind::Count) => {
            is_group(tokens, quantity) || is_list(tokens, quantity) || is_description(tokens, quantity)
        }
        // `We gave 110 percent`, `I am 100% sure`.
        Some(MetricKind::Percent) => {
            // `The 100% CPU was gone.`
            let (start, _) = tokens.sentence(first);
            let described = first == start + 1
                && tokens.word(start) == "the"
                && tokens.is_word(quantity.next)
                && !tokens.is(quantity.next, Class::Function)
                && !tokens.is(quantity.next, Class::Compared);
            described
                || quantity.value >= 100.0
                    && ((first.saturating_sub(2)..first).any(|at| tokens.is(at, Class::Giving))
                        || tokens.is(quantity.next, Class::Sure))
        }
        // `10x engineer`
        Some(MetricKind::Multiplier) => tokens.is(quantity.next, Class::Person),
        // `The budget was $2M.`, `it was a $9M programme`
        Some(MetricKind::Money) => {
            let named = matches!(tokens.before(first), "a" | "an")
                && first >= 2
                && matches!(tokens.word(first - 2), "is" | "was" | "it's" | "on" | "of" | "for")
                && tokens.is_word(quantity.next)
                && !tokens.is(quantity.next, Class::Function);
            let named = named || tokens.word(quantity.next) == "budget";
            named
                || (tokens.clause(first)..first).any(|at| tokens.word(at) == "budget")
                    && !is_told(tokens, first)
        }
        Some(MetricKind::Proportion) => {
            let me = tokens.word(quantity.next) == "of"
                && matches!(tokens.word(quantity.next + 1), "me" | "us" | "you");
            // `Half the team was on holiday.`
            me || (quantity.next..quantity.next + 2)
                .all(|at| tokens.is(at, Class::Definite) || tokens.is(at, Class::Group))
        }
        _ => false,
    }
}

/// `The outage that hit 12,000 users became …`, `the service, which handles 50K orders an hour, is …`: the sentence says
/// something else of what the number describes.
fn is_presupposed(tokens: &Tokens, quantity: &Quantity) -> bool {
    const SUBJECT: usize = 8;
    const NEAR: usize = 8;
    if tokens.before(quantity.first) == "same" || was_so(tokens, quantity) {
        return true;
    }
    let (start, end) = tokens.sentence(quantity.first);
    // `For a service that takes 50K orders an hour, …`
    let placed = matches!(tokens.word(start), "for" | "with" | "on" | "in" | "at" | "as");
    let described =
        placed && (start..(start + SUBJECT).min(quantity.first)).any(|at| tokens.word(at) == "that");
    if described && tokens.clause(quantity.first) == start {
        return (quantity.next..end).any(|at| tokens.is_sign(at, ','));
    }
    if !matches!(tokens.word(start), "the" | "this" | "that" | "our" | "my" | "a" | "an") {
        return false;
    }
    let relative = |at: &usize| {
        matches!(tokens.word(*at), "that" | "which" | "who")
            || *at == start + 2 && tokens.word(*at).len() > 4 && tokens.word(*at).ends_with("ing")
    };
    let Some(opens) = (start + 2..(start + SUBJECT).min(quantity.first)).find(relative) else { return false };
    let comma = |from: usize, to: usize| (from..to).find(|at| tokens.is_sign(*at, ','));
    let changed = (opens..quantity.first).any(|at| tokens.is(at, Class::Changing));
    if changed || comma(opens, quantity.first).is_some() {
        return false;
    }
    if tokens.is_sign(opens - 1, ',') {
        return comma(quantity.next, end).is_some();
    }
    (quantity.next..end.min(quantity.next + NEAR)).take_while(|at| !tokens.is_sign(*at, ',')).any(|at| {
        matches!(
            tokens.word(at),
            "became" | "is" | "was" | "are" | "were" | "has" | "had" | "finally" | "got"
        )
    })
}

/// `The pool had been sitting at 100%`: how it was before, with nothing to compare it to.
fn was_so(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 5;
    let start = tokens.clause(quantity.first).max(quantity.first.saturating_sub(NEAR));
    matches!(quantity.kind, Some(MetricKind::Percent | MetricKind::Duration | MetricKind::Latency))
        && (start..quantity.first).any(|at| tokens.says(at, "had been"))
}

/// `The threshold was set to 70%`, `the lease covers five years`: what was agreed or configured, and not measured.
fn is_setting(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 9;
    let first = quantity.first;
    // `We met the deadline with nine days to spare.`
    if tokens.says(quantity.next, "to spare") {
        return false;
    }
    if tokens.is(quantity.next, Class::Setting) && !is_told(tokens, first) {
        return true;
    }
    if (quantity.next..quantity.next + 2).any(|at| tokens.word(at) == "aside") {
        return true;
    }
    let (sentence, _) = tokens.sentence(first);
    let start = sentence.max(first.saturating_sub(NEAR));
    // `alert precision` is no alert.
    let describes = |at: usize| {
        let next = tokens.word(at + 1);
        at + 1 < first
            && !next.is_empty()
            && !next.ends_with(['s', 'd'])
            && !tokens.is(at + 1, Class::Function)
            && !tokens.is(at + 1, Class::Level)
            && !tokens.is(at + 1, Class::Setting)
    };
    (start..first).any(|at| tokens.is(at, Class::Setting) && !describes(at))
        && !(start..first).any(|at| tokens.is(at, Class::Changing))
}

/// `The report has twelve chapters`, `the first of three milestones`, `a thousand times`.
fn is_description(tokens: &Tokens, quantity: &Quantity) -> bool {
    const MOST: f64 = 20.0;
    let first = quantity.first;
    let (start, end) = tokens.sentence(first);
    let having = (first.saturating_sub(2).max(start)..first).any(|at| tokens.is(at, Class::Having));
    let harmed = quantity.unit.is_some_and(|(at, _)| tokens.is(at, Class::Harm));
    // `It is a service with 50 million users.`
    let described = tokens.before(first) == "with"
        && (start..first.saturating_sub(2)).any(|at| {
            matches!(tokens.word(at), "is" | "was" | "it's" | "are" | "were" | "on" | "in" | "at" | "for")
                && matches!(tokens.word(at + 1), "a" | "an" | "the")
        });
    let holds =
        having && !harmed && quantity.value <= MOST && !(start..end).any(|at| tokens.word(at) == "now");
    let turn = tokens.before(first) == "of"
        && first >= 2
        && matches!(tokens.word(first - 2), "first" | "second" | "third" | "last")
        && quantity.value <= 5.0;
    let often = quantity.form == Form::Words
        && quantity.value >= 100.0
        && quantity.unit.is_some_and(|(at, _)| tokens.word(at) == "times");
    let fewer = (first..quantity.next).any(|at| tokens.is(at, Class::Compared));
    let there = quantity.value <= MOST
        && !fewer
        && (start..first).any(|at| tokens.word(at) == "there" && tokens.is(at + 1, Class::Level));
    let staff = having && quantity.unit.is_some_and(|(at, _)| tokens.is(at, Class::Person));
    let still = (first.saturating_sub(4).max(start)..first).any(|at| tokens.word(at) == "still");
    let opens = tokens.before(first) == "after" && (first < 2 || tokens.ends_sentence(first - 2));
    let heard = tokens.word(tokens.leading(first)) == "to"
        && quantity.unit.is_some_and(|(at, _)| tokens.is(at, Class::Person))
        && (start..first)
            .any(|at| matches!(tokens.word(at), "presented" | "spoke" | "talked" | "showed" | "explained"));
    opens || heard || described || holds || turn || often || still || there || staff
}

/// `two years ago`, `every two weeks`, `five years of experience`, `a two-week sprint`.
fn is_time(tokens: &Tokens, quantity: &Quantity) -> bool {
    let (first, next) = (quantity.first, quantity.next);
    let after = tokens.word(next);
    let compared = tokens.word(next + 1) == "than"
        || matches!(tokens.before(first), "is" | "are") && matches!(after, "earlier" | "later");
    let aged = tokens.is_sign(next, '-') && tokens.word(next + 1) == "old";
    // `The data is now at most 20 minutes old.`
    let fresh = after == "old" && (tokens.sentence(first).0..first).any(|at| tokens.word(at) == "now");
    let scene = (tokens.is(next, Class::SceneAfter) || aged) && !compared && !fresh;
    // `In those three months I learned …`
    let known = tokens.is(first.wrapping_sub(1), Class::Definite)
        && first >= 2
        && matches!(tokens.word(first - 2), "in" | "during" | "over" | "for" | "through");
    let unit = quantity.unit.map_or("", |(at, _)| tokens.word(at));
    let tenure = unit.starts_with("year") && matches!(after, "of" | "as" | "at" | "in");
    let experience = after == "of" && tokens.is(next + 1, Class::SceneAfter);
    let before = tokens.before(first);
    let opened = first < 2 || tokens.ends_sentence(first - 2);
    // `After three months, …` sets the scene; `it ran again after 14 minutes` tells what happened.
    let opens = before == "after" && opened;
    // `Six months in, …`
    let since = matches!(after, "in" | "into" | "on") && (first == 0 || tokens.ends_sentence(first - 1));
    let lasts = before == "for"
        && (tokens.clause(first)..first).any(|at| matches!(tokens.word(at), "i" | "we" | "he" | "she"));
    let week = quantity.form == Form::Joined && tokens.is(next, Class::TimeUnit);
    let attributive = week
        || (quantity.form == Form::Joined || tokens.is(next, Class::Occasion)) && !is_told(tokens, first);
    // `We had two weeks to do it.`
    let given = after == "to"
        && (first.saturating_sub(2)..first)
            .any(|at| matches!(tokens.word(at), "had" | "have" | "given" | "only"));
    // `I took two days off.`
    // `The test needs four more weeks.`
    // `Reviews every other Wednesday, 45 minutes, their agenda.`
    let clause = tokens.clause(first);
    let (start, end) = tokens.sentence(first);
    let aside = clause == first
        && (next == end || tokens.is_sign(next, ','))
        && (start..first).any(|at| matches!(tokens.word(at), "every" | "each"));
    // `agreed over two afternoons`
    let over = before == "over" && quantity.form == Form::Words && !is_told(tokens, first);
    let wanting = (first..next).any(|at| tokens.word(at) == "more")
        && matches!(before, "needs" | "need" | "needed" | "wait" | "waits");
    let off = after == "off" && matches!(before, "took" | "take" | "taken" | "had");
    let passed = before == "been" && !tokens.is(next, Class::Compared);
    // `It has been 400 days since the last data loss.`
    let clean = after == "since" && (next + 1..next + 6).any(|at| tokens.is(at, Class::Harm));
    if clean && passed {
        return false;
    }
    scene
        || known
        || given
        || off
        || wanting
        || aside
        || over
        || passed
        || tenure
        || experience
        || opens
        || since
        || lasts
        || attributive
        || tokens.is(first.wrapping_sub(1), Class::SceneBefore)
}

/// A team's size: `a team of five`, `with three engineers`. Many people, or people one has done something for, are an
/// outcome.
fn is_group(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 12;
    let first = quantity.first;
    if tokens.before(first) == "of" && first >= 2 && tokens.is(first - 2, Class::Group) {
        return true;
    }
    // `my squad (six engineers)`
    let opened = (first.saturating_sub(NEAR)..first)
        .rev()
        .take_while(|at| !tokens.ends_sentence(*at) && !tokens.is_sign(*at, ')'))
        .find(|at| tokens.is_sign(*at, '('));
    if opened.is_some_and(|at| at > 0 && tokens.is(at - 1, Class::Group)) {
        return true;
    }
    let unit = quantity.unit.map_or(first, |(at, _)| at);
    // `a ward of 28 beds`, `a village of 400 people`
    let leading = tokens.leading(first);
    let bound =
        leading.checked_sub(1).is_some_and(|at| matches!(tokens.word(at), "upwards" | "excess" | "total"));
    let of = tokens.word(leading) == "of" && !bound;
    let among = tokens.word(leading) == "among";
    let article =
        leading >= 2 && matches!(tokens.word(leading - 2), "a" | "an" | "the" | "my" | "our" | "their");
    let counted = [Class::Compared, Class::Difference, Class::Level, Class::Harm]
        .iter()
        .any(|class| leading > 0 && tokens.is(leading - 1, *class));
    // `cleared the backlog of 1,200 tickets`
    let heap = leading > 0 && matches!(tokens.word(leading - 1), "backlog" | "queue" | "pile");
    let worked_off = heap && is_cleared(tokens, leading - 1, quantity.next);
    if among || of && article && !counted && !worked_off && leading > 0 && tokens.is_word(leading - 1) {
        return true;
    }
    // `I was responsible for 41 people`, `we were 16 people`
    let charge = matches!(tokens.word(leading), "for" | "of")
        && leading > 0
        && matches!(tokens.word(leading - 1), "responsible" | "charge");
    let were =
        matches!(tokens.word(leading), "were" | "managed" | "managing" | "supervised" | "led" | "leading");
    if tokens.is(unit, Class::Person) && (charge || were) {
        return true;
    }
    if !tokens.is(unit, Class::Person) || quantity.value >= 20.0 && !of {
        return false;
    }
    if tokens.word(first + 1) == "of" && tokens.before(first) != "of" {
        // `two of the interns` tells what became of some of them.
        return false;
    }
    let (start, end) = tokens.sentence(first);
    // `Fifteen analysts finished the course.`
    let became =
        matches!(tokens.word(quantity.next), "became" | "moved" | "got" | "finished" | "completed" | "took");
    if became && first == tokens.clause(first) {
        return false;
    }
    let added = (first..unit).any(|at| matches!(tokens.word(at), "new" | "more" | "additional" | "further"));
    !added && !(start..end).any(|at| tokens.is(at, Class::Developing))
}

/// Whether something of which there was too much has been done away with: `cleared the backlog of …`, `the queue of … was
/// worked off`.
fn is_cleared(tokens: &Tokens, heap: usize, next: usize) -> bool {
    const NEAR: usize = 4;
    let cleared = |at: usize| {
        matches!(
            tokens.word(at),
            "cleared"
                | "emptied"
                | "drained"
                | "eliminated"
                | "resolved"
                | "closed"
                | "processed"
                | "answered"
                | "gone"
        ) || ["worked off", "worked through", "got through", "caught up"]
            .iter()
            .any(|off| tokens.says(at, off))
    };
    let start = tokens.clause(heap).max(heap.saturating_sub(NEAR));
    let passive = matches!(tokens.word(next), "is" | "was" | "were" | "got") && cleared(next + 1);
    passive || (start..heap).any(cleared)
}

/// What gives a list its structure, or points at things already known: `three reasons`, `the two teams`.
fn is_list(tokens: &Tokens, quantity: &Quantity) -> bool {
    let first = quantity.first;
    let listed = quantity.unit.is_some_and(|(at, _)| tokens.is(at, Class::Listed));
    let known = quantity.value <= 12.0 && tokens.is(first.wrapping_sub(1), Class::Definite);
    let which = tokens.before(first) == "of" && first >= 2 && tokens.word(first - 2) == "one";
    which || (listed || known) && !is_told(tokens, first) || is_unproved(tokens, quantity)
}

/// Whether a small number in words counts something of which nothing is said to have been done: `it covers three use
/// cases`, `we drank three beers`.
fn is_unproved(tokens: &Tokens, quantity: &Quantity) -> bool {
    const NEAR: usize = 6;
    let (first, next) = (quantity.first, quantity.next);
    let unit = quantity.unit.map_or(next, |(at, _)| at);
    let small =
        quantity.form == Form::Words && quantity.value <= 10.0 && quantity.kind == Some(MetricKind::Count);
    let whole = (first..next).any(|at| tokens.word(at) == "of");
    if !small || whole {
        return false;
    }
    let start = tokens.clause(first);
    // `I asked people from all three shifts.`
    if tokens.before(first) == "all"
        && first >= 2
        && matches!(tokens.word(first - 2), "from" | "in" | "across" | "of" | "with")
    {
        return true;
    }
    let done = |at: usize| {
        let past =
            tokens.word(at).len() > 4 && tokens.word(at).ends_with("ed") && !tokens.is(at, Class::Attempting);
        past || tokens.says(at, "led to")
            || [Class::Changing, Class::Achieving, Class::Developing, Class::Difference]
                .iter()
                .any(|class| tokens.is(at, *class))
    };
    let more = (first..next + 2).any(|at| tokens.is(at, Class::Compared) || tokens.word(at) == "new");
    let harmed = tokens.is(unit, Class::Harm);
    let subject = first <= start + 1
        && (next..next + NEAR)
            .take_while(|at| !tokens.ends_sentence(*at))
            .any(|at| done(at) || tokens.is(at, Class::Past) || tokens.is(at, Class::Now));
    !(more || harmed || subject || first == start || (start..first).any(done))
}

/// Whether the words before a number tell of an achievement or a change.
fn is_told(tokens: &Tokens, first: usize) -> bool {
    const NEAR: usize = 6;
    let start = tokens.clause(first).max(first.saturating_sub(NEAR));
    (start..first).any(|at| tokens.is(at, Class::Changing) || tokens.is(at, Class::Achieving))
}
