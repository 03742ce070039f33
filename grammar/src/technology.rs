//! Technologies, designs, measures and practices that a text names.
//!
//! Names with a capital, digit or sign of their own are sought in the text as they are written; ordinary words and
//! phrases (*read replica*, *retry*) are cues, in any inflection. A name that is an everyday word too (`Go`, *queue*)
//! counts by evidence: beside another technology, before a version or a word such as *service*, after *in*. An everyday
//! word in its technical meaning comes with others of its kind; where it stands alone, it does not count.

use crate::cue::{Cue, Topic};
use crate::prose::{Gap, Words};
use crate::subject::Subjects;
use crate::word_list::WordSet;
use crate::{Span, Technologies, TechnologyKind, TechnologyNature};

/// A technology that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its index in [`crate::Vocabulary::technologies`].
    pub technology: usize,
    /// The words that name it.
    pub span: Span,
}

/// The names of technologies, ready to be found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// The letters and digits that the spellings begin with, in lower case.
    beginnings: WordSet,
    /// Where the spellings with a beginning start, by its number, and at last how many spellings there are.
    by_beginning: Vec<u32>,
    /// By their beginnings, the longest first.
    spellings: Vec<Spelled>,
}

/// How the name of a technology is written.
#[derive(Clone, Copy, Debug)]
struct Spelled {
    technology: u32,
    /// Index among the names of the technology.
    name: u32,
}

/// Whether a name is an ordinary word or phrase, which is found as a cue.
pub(crate) fn is_phrase(name: &str) -> bool {
    name.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-' | '|' | '…') || c.is_ascii_digit())
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

impl Names {
    pub(crate) fn new(technologies: &Technologies) -> Self {
        let mut names = Self::default();
        let mut spellings: Vec<(usize, &str, Spelled)> = Vec::new();
        for technology in 0..technologies.len() {
            let written = technologies.names(technology).enumerate();
            for (name, written) in written.filter(|(_, written)| !is_phrase(written)) {
                let beginning = names.beginnings.insert(beginning(Words::read(written).lower(0)));
                let spelled = Spelled { technology: technology as u32, name: name as u32 };
                spellings.push((beginning, written, spelled));
            }
        }
        spellings.sort_by_key(|(beginning, written, _)| (*beginning, usize::MAX - written.len()));
        let start = |number| spellings.partition_point(|(beginning, ..)| *beginning < number) as u32;
        names.by_beginning = (0..=names.beginnings.len()).map(start).collect();
        names.spellings = spellings.into_iter().map(|(.., spelling)| spelling).collect();
        names.beginnings.shrink_to_fit();
        names
    }

    /// The longest spelling, in any case, whose first word a word of a text is, and where it is written.
    fn find<'v>(
        &self,
        words: &Words,
        first: usize,
        technologies: &'v Technologies,
    ) -> Option<(Spelled, &'v str, Span)> {
        let beginning = beginning(words.lower(first));
        // In the plural the beginning has a letter more.
        let beginnings = [Some(beginning), beginning.strip_suffix('s')];
        let numbers =
            beginnings.into_iter().flatten().filter_map(|beginning| self.beginnings.number(beginning));
        let mut spellings = numbers.flat_map(|number| {
            &self.spellings[self.by_beginning[number] as usize..self.by_beginning[number + 1] as usize]
        });
        spellings.find_map(|spelling| {
            let written = spelling.written(technologies)?;
            // A name may begin with a sign: `.NET`.
            let signs = written.find(|c: char| c.is_alphanumeric() || c == '_').unwrap_or(0);
            let start = words.all[first].span.start.checked_sub(signs)?;
            let span = Span::new(start, start + written.len());
            let here = words.prose.as_bytes().get(span.range())?;
            here.eq_ignore_ascii_case(written.as_bytes()).then_some((*spelling, written, span))
        })
    }
}

impl Spelled {
    fn written(self, technologies: &Technologies) -> Option<&str> {
        technologies.names(self.technology as usize).nth(self.name as usize)
    }
}

/// The letters and digits at the head of a word.
fn beginning(word: &str) -> &str {
    word.find(|c: char| !c.is_alphanumeric()).map_or(word, |end| &word[..end])
}

/// How sure it is that a word is meant as a technology.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    None,
    /// It counts beside another.
    Weak,
    Sure,
}

/// What may be a mention.
struct Candidate {
    mention: Mention,
    /// Its first and last word.
    words: (usize, usize),
    evidence: Evidence,
}

/// The technologies that a text names, in its order. `cues` are those of the same text.
pub(crate) fn read(words: &Words, cues: &[Cue], subjects: &Subjects) -> Vec<Mention> {
    let mut candidates = named(words, subjects);
    candidates.extend(cues.iter().filter_map(|cue| phrase(words, cue, subjects)));
    candidates
        .sort_by_key(|candidate| (candidate.mention.span.start, usize::MAX - candidate.mention.span.end));
    drop_overlapped(&mut candidates);
    weigh_neighbours(words, &mut candidates);
    let sure = candidates.iter().any(|candidate| candidate.evidence == Evidence::Sure);
    let together = sure || are_among_their_like(&candidates, subjects);
    let counts = |candidate: &&Candidate| match candidate.evidence {
        Evidence::Sure => true,
        Evidence::Weak => together,
        Evidence::None => false,
    };
    candidates.iter().filter(counts).map(|candidate| candidate.mention).collect()
}

/// Whether the everyday words of a text are enough to be meant technically: one word of engineers (*aggregate*), two names
/// that are words, too (*Spring*, *Express*), or five of the commonest words (*table*).
fn are_among_their_like(candidates: &[Candidate], subjects: &Subjects) -> bool {
    const ENOUGH: usize = 5;
    let mut weak: Vec<usize> = candidates
        .iter()
        .filter(|candidate| candidate.evidence == Evidence::Weak)
        .map(|candidate| candidate.mention.technology)
        .collect();
    weak.sort_unstable();
    weak.dedup();
    let weight = |index: &usize| {
        let nature = subjects.technologies.nature(*index);
        match nature.kind {
            _ if nature.everyday => 1,
            TechnologyKind::Tool | TechnologyKind::Language => 3,
            _ => ENOUGH,
        }
    };
    weak.iter().map(weight).sum::<usize>() >= ENOUGH
}

/// What is technical by its look: names as code has them (`user_prefs`, `batchSize`, `loader.py`), and quantities in units
/// of machines (`200 ms`), in the order of the text.
pub(crate) fn details(words: &Words, subjects: &Subjects) -> Vec<Span> {
    (0..words.len()).filter_map(|at| detail(words, at, subjects)).collect()
}

fn detail(words: &Words, at: usize, subjects: &Subjects) -> Option<Span> {
    let written = words.written(at);
    if is_identifier(written) {
        return Some(words.all[at].span);
    }
    let (start, end) = (words.all[at].span.start, words.all.get(at + 1)?.span.start);
    let between = words.prose.get(words.all[at].span.end..end)?;
    let next = words.lower(at + 1);
    let file =
        between == "." && subjects.extensions.contains(next) && written.starts_with(char::is_alphabetic);
    let measure = matches!(between, " " | "\u{a0}" | "\u{202f}")
        && written.starts_with(|c: char| c.is_ascii_digit())
        && subjects.units.contains(next);
    (file || measure)
        .then(|| Span::new(start, words.all[at + 1].span.end))
        .or_else(|| is_joined_measure(words.lower(at), &subjects.units).then(|| words.all[at].span))
}

/// `user_prefs`, `batchSize`; not `iPhone`, whose small letter stands alone.
fn is_identifier(word: &str) -> bool {
    let letters = |part: &str| part.len() > 1 && part.starts_with(|c: char| c.is_ascii_alphabetic());
    if word.trim_matches('_').contains('_') {
        return word.split('_').filter(|part| !part.is_empty()).all(letters);
    }
    let small = word.bytes().take_while(u8::is_ascii_lowercase).count();
    small > 1
        && word[small..].starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && word.ends_with(|c: char| c.is_ascii_lowercase())
}

/// `200ms`.
fn is_joined_measure(word: &str, units: &WordSet) -> bool {
    let digits = word.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    digits > 0 && units.contains(&word[digits..])
}

/// The names in a text that are no ordinary phrases.
fn named(words: &Words, subjects: &Subjects) -> Vec<Candidate> {
    let Subjects { names, technologies, machines, .. } = subjects;
    let mut found = Vec::new();
    let mut end = 0;
    for first in 0..words.len() {
        let Some((Spelled { technology, .. }, spelling, span)) = names.find(words, first, technologies)
        else {
            continue;
        };
        if span.start < end {
            continue;
        }
        end = span.end;
        let Some(last) = last_word(words, first, span.end) else { continue };
        let technology = technology as usize;
        let nature = technologies.nature(technology);
        let acronym = !spelling.contains(char::is_lowercase);
        let evidence = if nature.ambiguous {
            evidence(words, (first, last), spelling, nature, machines)
        } else if acronym && span.of(words.prose) != spelling {
            continue;
        } else {
            Evidence::Sure
        };
        let mention = Mention { technology, span };
        found.push(Candidate { mention, words: (first, last), evidence });
    }
    found
}

/// The word that ends at byte `end`, a plural or possessive ending left out.
fn last_word(words: &Words, first: usize, end: usize) -> Option<usize> {
    let last = (first..words.len()).take_while(|&at| words.all[at].span.start < end).last()?;
    let rest = words.prose.get(end..words.all[last].span.end).unwrap_or_default();
    let joined = words.prose[end..].starts_with(['+', '#']) && words.all[last].span.end <= end;
    (matches!(rest, "" | "s" | "'s" | "’s") && !joined).then_some(last)
}

fn phrase(words: &Words, cue: &Cue, subjects: &Subjects) -> Option<Candidate> {
    let Topic::Technology(technology) = cue.topic else { return None };
    let technology = technology as usize;
    let first = words.at(cue.span.start)?;
    let last = (first..words.len()).take_while(|&at| words.all[at].span.start < cue.span.end).last()?;
    let ambiguous = subjects.technologies.nature(technology).ambiguous;
    let evidence = if ambiguous { Evidence::Weak } else { Evidence::Sure };
    Some(Candidate { mention: Mention { technology, span: cue.span }, words: (first, last), evidence })
}

/// Of candidates in the order of the text, longest first, leaves those that no other covers.
fn drop_overlapped(candidates: &mut Vec<Candidate>) {
    let mut end = 0;
    candidates.retain(|candidate| {
        let free = candidate.mention.span.start >= end;
        if free {
            end = candidate.mention.span.end;
        }
        free
    });
}

/// What the words around an everyday word tell of its meaning.
fn evidence(
    words: &Words,
    (first, last): (usize, usize),
    spelling: &str,
    nature: TechnologyNature,
    machines: &WordSet,
) -> Evidence {
    let written = words.prose.get(words.all[first].span.start..).unwrap_or_default().starts_with(spelling);
    let next_gap = words.gap(last + 1);
    let beside = next_gap <= Gap::Space;
    let noun = beside && machines.contains(words.stem(last + 1));
    if !written {
        // In lower case only before a word that tells: `python worker`.
        return if noun && nature.noun { Evidence::Sure } else { Evidence::None };
    }
    if noun || beside && is_version(words.written(last + 1)) {
        return Evidence::Sure;
    }
    if next_gap == Gap::Glue && last + 1 < words.len() || words.gap(first) == Gap::Glue {
        return Evidence::None;
    }
    if words.gap(first) >= Gap::Clause || is_name_beside(words, first, last) {
        return Evidence::None;
    }
    let before = first.checked_sub(1).map_or("", |at| words.lower(at));
    if nature.kind == TechnologyKind::Language
        && matches!(before, "in" | "into")
        && words.gap(first) == Gap::Space
    {
        return Evidence::Sure;
    }
    if matches!(before, "i" | "we" | "you" | "they" | "he" | "she" | "who") {
        Evidence::None
    } else {
        Evidence::Weak
    }
}

/// Whether the word before or after is part of the same proper name: *American Express*, *Team Lambda*.
fn is_name_beside(words: &Words, first: usize, last: usize) -> bool {
    let capital = |at: usize| words.written(at).starts_with(char::is_uppercase) && words.lower(at) != "i";
    let before = first.checked_sub(1).is_some_and(|at| {
        capital(at) && words.gap(first) == Gap::Space && !words.opens_sentence(at)
            || matches!(words.lower(at), "team" | "project" | "mr" | "mrs" | "ms")
    });
    before || capital(last + 1) && words.gap(last + 1) == Gap::Space
}

/// A number that is no year.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
    number.starts_with(|c: char| c.is_ascii_digit()) && (number.len() < 4 || number.contains('.'))
}

/// A weak candidate right beside a sure one is sure: *Java and Go*, *Kafka, Spark*.
fn weigh_neighbours(words: &Words, candidates: &mut [Candidate]) {
    let joined = |left: usize, right: usize| {
        let between = left + 1..right;
        between.len() <= 1
            && between.clone().all(|at| {
                matches!(words.lower(at), "and" | "or" | "to" | "on" | "from" | "with" | "into" | "plus")
            })
            && (left + 1..=right).all(|at| words.gap(at) <= Gap::Clause)
    };
    for _ in 0..2 {
        for index in 1..candidates.len() {
            let (left, right) = candidates.split_at_mut(index);
            let (left, right) = (&mut left[index - 1], &mut right[0]);
            if joined(left.words.1, right.words.0) {
                let sure = |one: &Candidate, other: &Candidate| {
                    one.evidence == Evidence::Weak && other.evidence == Evidence::Sure
                };
                if sure(left, right) {
                    left.evidence = Evidence::Sure;
                } else if sure(right, left) {
                    right.evidence = Evidence::Sure;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mention, is_phrase};
    use crate::prose::Words;
    use crate::{Additions, Vocabulary};

    #[track_caller]
    fn check(prose: &str, expected: &[&str]) {
        let found = Vocabulary::builtin().subjects().of(&Words::read(prose)).technologies;
        let found: Vec<&str> = found.iter().map(|mention| mention.span.of(prose)).collect();
        assert_eq!(found, expected, "in {prose}");
    }

    #[test]
    fn names_are_words() {
        check("I moved Redis behind Postgres and C++ code.", &["Redis", "Postgres", "C++", "code"]);
        check("A kafkaesque week with mysqlish words, googling.", &[]);
        check("The Kafkas, the S3's price and kafka's lag.", &["Kafka", "S3", "kafka"]);
        check("We read about Node.js, gRPC, .NET and K8s.", &["Node.js", "gRPC", ".NET", "K8s"]);
    }

    #[test]
    fn every_name_is_found_as_it_is_written() {
        let own = ["ΕΡΜΗΣ", "İŞBANK", "İstanbul DB", "@tanstack", "x_y Z"].map(str::to_owned);
        let additions = Additions { technologies: own.to_vec(), ..Additions::default() };
        let vocabulary = &Vocabulary::extended(&additions);
        let technologies = vocabulary.technologies();
        for (_, name) in technologies.all_names().filter(|(index, _)| !technologies.nature(*index).ambiguous)
        {
            let prose = format!("We ran {name} there.");
            let found = vocabulary.subjects().of(&Words::read(&prose)).technologies;
            let is_it = |mention: &Mention| prose[..mention.span.end].ends_with(name);
            assert!(is_phrase(name) || found.iter().any(is_it), "{name}: {found:?}");
        }
    }

    #[test]
    fn phrases_in_any_inflection() {
        check(
            "I added two read replicas and retried with backoff.",
            &["read replicas", "retried", "backoff"],
        );
        check("We rolled it out behind feature flags.", &["feature flags"]);
        check("p99 fell, and the error rate too.", &["p99", "error rate"]);
    }

    #[test]
    fn everyday_words_need_evidence() {
        check("We go on, the rust spread, and a swift answer sparked joy.", &[]);
        check("Go and see the oracle. Express lanes react.", &[]);
        check("I rewrote it in Rust.", &["Rust"]);
        check("The Go service crashed.", &["Go", "service"]);
        check("Go services crashed.", &["Go", "services"]);
        check("We moved from Java to Go.", &["Java", "Go"]);
        check("I ran Spark 3 on it.", &["Spark"]);
        check("I paid by American Express for Team Lambda.", &[]);
        check("I closed the house of the python.", &[]);
        check("A flamegraph of the python worker.", &["flamegraph", "python", "worker"]);
        check("I timed each queue at the counter.", &[]);
        check("I bounded the queue and added a cache.", &["bounded the queue", "cache"]);
    }
}
