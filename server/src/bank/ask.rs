//! The story for a question in anybody's words.
//!
//! A question is brought to terms, to what it is after, and to the nearest known question; stories are ranked by their
//! words (BM25), by their tags, and by what they say to the checklists. Nothing is random, and ties go to the order of
//! the bank.

use std::collections::{BTreeMap, HashMap};

use starling_grammar::{Asked, PartKind, Question, TagKind, Term, Vocabulary, asked, terms};

use super::coverage::answer;
use super::index::{Bank, StoryRef, shown};
use super::summary::StorySummary;
use super::term::{TermKey, TermWeights};

/// What is found for a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// The id of the nearest known question, where one is near.
    pub question: Option<String>,
    /// The stories that fit, best first.
    pub stories: Vec<Match>,
}

/// A story that fits a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Where it is.
    pub story: StoryRef,
    /// Its file as people are shown it: the path in the bank, unless somebody knows a better one.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The line of its title, from 1.
    pub line: usize,
    /// How well it fits; only to be compared within one answer.
    pub score: f64,
    /// Why, most important first.
    pub reasons: Vec<Reason>,
    /// What to stress: the items of the question's checklist that it addresses.
    pub stress: Vec<Stress>,
    /// What it does not say: items that are still missing.
    pub missing: Vec<Missing>,
    /// The part to dwell on, which holds most of what the question is after.
    pub expand: Option<PartKind>,
}

/// Why a story fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is mapped to the question.
    Question(String),
    /// It is mapped to a theme or principle that the question is after.
    Tag(TagKind, String),
    /// It speaks of these words of the question.
    Words(Vec<String>),
    /// It addresses so many items of the checklist, of so many.
    Checklist(usize, usize),
}

/// Something to stress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stress {
    /// The id of the item.
    pub item: String,
    /// What to ask oneself.
    pub prompt: String,
    /// The line where the story says it, from 1.
    pub line: usize,
}

/// Something that a story does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The id of the item.
    pub item: String,
    /// What to ask oneself.
    pub prompt: String,
    /// The part in which to say it.
    pub part: PartKind,
}

/// Weights of what speaks for a story. The words of a story tell most about a question that is not known; a tag that its
/// writer set tells more than any word.
const QUESTION: f64 = 6.0;
const THEME: f64 = 2.5;
const PRINCIPLE: f64 = 2.0;
const CHECKLIST: f64 = 2.0;
/// A known question counts as the nearest from this weight on.
const NEAR: f64 = 0.5;
/// A theme or principle whose description holds all words of a question weighs this much, of 1.
const DESCRIBED: f64 = 0.6;
/// The words by which stories tell of what a question is after count less than its own.
const OTHER_WORDS: f64 = 0.3;

/// Finds the stories of a bank, read with this vocabulary, for a question.
#[must_use]
pub fn ask(wording: &str, bank: &Bank, vocabulary: &Vocabulary) -> Asking {
    let query = Query::read(wording, bank, vocabulary);
    let mut matches: Vec<Match> =
        bank.stories().filter_map(|(story_ref, story)| query.rank(story_ref, story, vocabulary)).collect();
    matches
        .sort_by(|left, right| right.score.total_cmp(&left.score).then_with(|| left.story.cmp(&right.story)));
    let question = query.nearest.map(|index| vocabulary.questions()[index].id.clone());
    Asking { question, stories: matches }
}

/// A question, weighed.
struct Query {
    /// Terms by their keys, with their weights, and with the index of their word in the question where it has one.
    terms: BTreeMap<TermKey, (f64, Option<usize>)>,
    /// The words of the question.
    own: Vec<String>,
    /// Known questions by index, themes and principles by id, each with how much the question is after it, from 0 to 1.
    questions: Vec<(usize, f64)>,
    themes: Vec<(String, f64)>,
    principles: Vec<(String, f64)>,
    nearest: Option<usize>,
    /// Average weight of a story of the bank.
    average: f64,
}

impl Query {
    fn read(wording: &str, bank: &Bank, vocabulary: &Vocabulary) -> Self {
        let asked = asked(wording);
        let questions = questions(wording, &asked, vocabulary);
        let (themes, principles) = tags(&asked, &questions, vocabulary);
        let mut terms: BTreeMap<TermKey, (f64, Option<usize>)> = BTreeMap::new();
        let own = asked.terms.iter().enumerate().map(|(at, term)| (term.clone(), (1.0, Some(at))));
        let other = asked.senses.iter().flat_map(|sense| sense.terms());
        for (term, said) in own.chain(other.map(|term| (term, (OTHER_WORDS, None)))) {
            let term = Term::of(&term);
            if !term.is_idle() {
                terms.entry(TermKey::of(term)).or_insert(said);
            }
        }
        let stories = bank.len().max(1) as f64;
        let mut with: BTreeMap<TermKey, usize> = terms.keys().map(|key| (*key, 0)).collect();
        let mut total = 0;
        for (key, weight) in bank.stories().flat_map(|(_, story)| story.terms.iter()) {
            total += weight;
            if let Some(with) = with.get_mut(&key) {
                *with += 1;
            }
        }
        for (key, (weight, _)) in &mut terms {
            let with = with[key] as f64;
            *weight *= libm::log(1.0 + (stories - with + 0.5) / (with + 0.5));
        }
        Self {
            terms,
            own: asked.words.clone(),
            nearest: questions.first().filter(|(_, weight)| *weight >= NEAR).map(|(index, _)| *index),
            questions,
            themes,
            principles,
            average: f64::from(total) / stories,
        }
    }

    /// A story held against the question; `None` when nothing speaks for it.
    fn rank(&self, story_ref: StoryRef, story: &StorySummary, vocabulary: &Vocabulary) -> Option<Match> {
        let (mut score, words) = self.words(&story.terms);
        let mut reasons = Vec::new();
        for (index, weight) in &self.questions {
            let question = &vocabulary.questions()[*index];
            let answer = answer(0, story, *index, vocabulary);
            let items = question.checklist.len();
            if story.has(TagKind::Question, &question.id) {
                score += QUESTION * weight;
                reasons.push(Reason::Question(question.id.clone()));
            }
            if items > 0 {
                score += CHECKLIST * weight * answer.covered.len() as f64 / items as f64;
            }
            if Some(*index) == self.nearest && !answer.covered.is_empty() {
                reasons.push(Reason::Checklist(answer.covered.len(), items));
            }
        }
        let tags = [(TagKind::Theme, &self.themes, THEME), (TagKind::Principle, &self.principles, PRINCIPLE)];
        for (kind, wanted, most) in tags {
            for (id, weight) in wanted.iter().filter(|(id, _)| story.has(kind, id)) {
                score += most * weight;
                reasons.push(Reason::Tag(kind, id.clone()));
            }
        }
        if !words.is_empty() {
            reasons.push(Reason::Words(words));
        }
        if reasons.is_empty() {
            return None;
        }
        let found = Match {
            path: shown(&story_ref.path),
            story: story_ref,
            title: story.name().to_owned(),
            line: story.line,
            score,
            reasons,
            stress: Vec::new(),
            missing: Vec::new(),
            expand: None,
        };
        Some(match self.nearest {
            Some(index) => advise(found, story, index, &vocabulary.questions()[index]),
            None => found,
        })
    }

    /// BM25 of a story, and the words of the question itself that it holds.
    fn words(&self, terms: &TermWeights) -> (f64, Vec<String>) {
        const SATURATION: f64 = 1.2;
        const LENGTH: f64 = 0.5;
        let total: u32 = terms.iter().map(|(_, weight)| weight).sum();
        let length = 1.0 - LENGTH + LENGTH * f64::from(total) / self.average.max(1.0);
        let mut score = 0.0;
        let mut words = Vec::new();
        for (key, count) in terms.iter() {
            if let Some((weight, word)) = self.terms.get(&key) {
                let count = f64::from(count);
                score += weight * count * (SATURATION + 1.0) / (count + SATURATION * length);
                words.extend(*word);
            }
        }
        words.sort_unstable();
        (score, words.into_iter().filter_map(|at| self.own.get(at).cloned()).collect())
    }
}

/// What to stress and what is missing for a known question.
fn advise(found: Match, story: &StorySummary, index: usize, question: &Question) -> Match {
    let line_of = |item: usize| {
        story
            .covered(index)
            .find(|covered| covered.item() == item)
            .map(|covered| story.line + covered.below())
    };
    let mut stress = Vec::new();
    let mut missing = Vec::new();
    for (item, entry) in question.checklist.iter().enumerate() {
        let (id, prompt) = (entry.id.clone(), entry.prompt.clone());
        match line_of(item) {
            Some(line) => stress.push(Stress { item: id, prompt, line }),
            None => missing.push(Missing { item: id, prompt, part: entry.part }),
        }
    }
    let holds = |part: &super::PartSummary, next: Option<u32>| {
        stress
            .iter()
            .filter(|stress| {
                stress.line >= part.line as usize && next.is_none_or(|next| stress.line < next as usize)
            })
            .count()
    };
    let mut best: Option<(usize, PartKind)> = None;
    for (at, part) in story.parts.iter().enumerate() {
        let count = holds(part, story.parts.get(at + 1).map(|next| next.line));
        // What was done is what is asked about most, so the Action wins among equals.
        let wins = |(most, _)| count > most || count == most && part.fills(PartKind::Action);
        if count > 0 && best.is_none_or(wins) {
            best = Some((count, part.kind));
        }
    }
    Match { stress, missing, expand: best.map(|(_, kind)| kind), ..found }
}

/// Known questions that a wording is near to, nearest first.
fn questions(wording: &str, asked: &Asked, vocabulary: &Vocabulary) -> Vec<(usize, f64)> {
    let exact = vocabulary.find(TagKind::Question, wording).map(|known| known.id.to_owned());
    let mut weights: HashMap<usize, f64> = HashMap::new();
    for (index, question) in vocabulary.questions().iter().enumerate() {
        if exact.as_deref() == Some(question.id.as_str()) {
            *weights.entry(index).or_default() += 2.0;
        }
        let named = asked.senses.iter().filter(|sense| sense.questions.contains(&question.id));
        // What a sense amounts to first it amounts to most.
        let by_sense: f64 =
            named.map(|sense| if sense.questions.first() == Some(&question.id) { 1.0 } else { 0.6 }).sum();
        let by_words = nearness(&asked.terms, question);
        let weight = by_sense + by_words;
        if weight >= 0.4 {
            *weights.entry(index).or_default() += weight;
        }
    }
    let mut weights: Vec<(usize, f64)> = weights.into_iter().collect();
    weights.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    let most = weights.first().map_or(1.0, |(_, weight)| weight.max(1.0));
    weights.iter().map(|(index, weight)| (*index, weight / most)).collect()
}

/// The share of the terms of a wording that the nearest wording of a known question holds, of those of both.
fn nearness(asked: &[String], question: &Question) -> f64 {
    let wordings = [&question.text].into_iter().chain(&question.aliases).chain(&question.examples);
    let near = wordings.map(|wording| {
        let known: Vec<String> =
            terms(wording).into_iter().filter(|term| !Term::of(term).is_idle()).collect();
        let shared = asked.iter().filter(|term| known.contains(term)).count();
        if known.is_empty() { 0.0 } else { 2.0 * shared as f64 / (known.len() + asked.len()) as f64 }
    });
    near.fold(0.0, f64::max)
}

/// Themes and principles that a question is after, with how much.
type Weighed = Vec<(String, f64)>;

fn tags(asked: &Asked, questions: &[(usize, f64)], vocabulary: &Vocabulary) -> (Weighed, Weighed) {
    let mut themes: Weighed = Vec::new();
    let mut principles: Weighed = Vec::new();
    for sense in &asked.senses {
        sense.themes.iter().for_each(|id| raise(&mut themes, id, 1.0));
        sense.principles.iter().for_each(|id| raise(&mut principles, id, 1.0));
    }
    for (index, weight) in questions {
        let question = &vocabulary.questions()[*index];
        question.themes.iter().for_each(|id| raise(&mut themes, id, 0.8 * weight));
    }
    described(asked, &mut themes, &mut principles, vocabulary);
    (themes, principles)
}

/// Adds the themes and principles whose description in the vocabulary holds words of the question, by their share.
fn described(asked: &Asked, themes: &mut Weighed, principles: &mut Weighed, vocabulary: &Vocabulary) {
    let share = |texts: &[&[String]]| {
        let known: Vec<String> = texts.iter().copied().flatten().flat_map(|text| terms(text)).collect();
        let shared = asked.terms.iter().filter(|term| known.contains(term)).count();
        DESCRIBED * shared as f64 / asked.terms.len().max(1) as f64
    };
    for theme in vocabulary.themes() {
        let own = [theme.name.clone(), theme.summary.clone(), theme.scenario.clone()];
        raise(themes, &theme.id, share(&[&own, &theme.aliases]));
    }
    for principle in vocabulary.principles() {
        let own = [principle.name.clone(), principle.summary.clone(), principle.scenario.clone()];
        raise(
            principles,
            &principle.id,
            share(&[&own, &principle.aliases, &principle.shows, &principle.questions]),
        );
    }
}

/// Keeps the greater weight.
fn raise(weights: &mut Weighed, id: &str, weight: f64) {
    if weight <= 0.0 {
        return;
    }
    match weights.iter_mut().find(|(known, _)| known == id) {
        Some((_, known)) => *known = known.max(weight),
        None => weights.push((id.to_owned(), weight)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde::Deserialize;
    use starling_grammar::{Document, Origin, PartKind, Vocabulary};

    use super::{Asking, Reason, ask};
    use crate::bank::testing::{STORY, bank};
    use crate::bank::{Bank, Summary};

    #[derive(Deserialize)]
    struct Asks {
        ask: Vec<Ask>,
        /// Written after the vocabulary.
        fresh: Vec<Ask>,
    }

    #[derive(Deserialize)]
    struct Ask {
        wording: String,
        question: Option<String>,
        stories: Vec<String>,
    }

    /// How many wordings find a right story first, and among the first three; and how many of those that are labelled
    /// with a known question find it.
    #[derive(Debug, Default)]
    struct Rates {
        first: usize,
        three: usize,
        labelled: usize,
        nearest: usize,
    }

    fn measure(asks: &[Ask], bank: &Bank, vocabulary: &Vocabulary) -> Rates {
        let mut rates = Rates::default();
        for label in asks {
            for title in &label.stories {
                assert_eq!(bank.titled(title).count(), 1, "{title}");
            }
            let found = ask(&label.wording, bank, vocabulary);
            let is_right = |found: &super::Match| label.stories.contains(&found.title);
            let rank = found.stories.iter().position(is_right);
            rates.first += usize::from(rank == Some(0));
            rates.three += usize::from(rank.is_some_and(|rank| rank < 3));
            if label.question.is_some() {
                rates.labelled += 1;
                rates.nearest += usize::from(found.question == label.question);
            }
            if rank != Some(0) {
                let first = found.stories.first().map(|found| found.title.as_str());
                println!(
                    "{:?}: rank {rank:?}, question {:?}, first {first:?}",
                    label.wording, found.question
                );
            }
        }
        println!("of {}: {rates:?}", asks.len());
        rates
    }

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace")
    }

    fn sample_bank(vocabulary: &Vocabulary) -> Bank {
        let mut bank = Bank::default();
        for entry in std::fs::read_dir(root().join("tests/bank")).expect("the sample bank is there") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).expect("a text");
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let document = Document::read(text.into(), &Origin { name, declared: false }, vocabulary);
            bank.insert(path, Summary::of(&document, vocabulary));
        }
        bank
    }

    #[test]
    fn labelled_wordings_find_their_stories() {
        let vocabulary = Vocabulary::builtin();
        let bank = sample_bank(vocabulary);
        let text = std::fs::read_to_string(root().join("tests/corpus/labelled/asks.toml")).expect("a text");
        let asks: Asks = toml::from_str(&text).expect("labels");
        assert_eq!(asks.ask.len(), 60);
        let rates = measure(&asks.ask, &bank, vocabulary);
        assert!(rates.first >= 51 && rates.three >= 57 && rates.nearest >= 45, "{rates:?}");
        let fresh = measure(&asks.fresh, &bank, vocabulary);
        assert!(fresh.first >= 12 && fresh.three >= 15, "{fresh:?}");
    }

    /// Before anyone had read these wordings, 48 of the 80 found their question and none found a wrong one where there
    /// is none; the cues have been widened by them since.
    #[test]
    fn wordings_find_the_known_question() {
        #[derive(Deserialize)]
        struct Wordings {
            ask: Vec<Wording>,
        }

        #[derive(Deserialize)]
        struct Wording {
            wording: String,
            question: String,
        }

        let vocabulary = Vocabulary::builtin();
        let bank = sample_bank(vocabulary);
        let text =
            std::fs::read_to_string(root().join("tests/corpus/labelled/wordings.toml")).expect("a text");
        let all: Wordings = toml::from_str(&text).expect("labels");
        let wrong: Vec<String> = all
            .ask
            .iter()
            .filter_map(|Wording { wording, question }| {
                let found = ask(wording, &bank, vocabulary).question.unwrap_or_default();
                (found != *question).then(|| format!("{wording}: {found:?}, labelled {question:?}"))
            })
            .collect();
        assert!(wrong.len() <= 3 && all.ask.len() == 80, "{wrong:#?}");
    }

    #[test]
    fn the_answer_says_why_and_what_to_stress() {
        let bank = bank(&[
            ("a.md", STORY),
            ("b.md", &STORY.replace("production-", "x").replace("Checkout", "Search")),
        ]);
        let Asking { question, stories } = ask("Which outage did you debug?", &bank, Vocabulary::builtin());
        assert_eq!(question.as_deref(), Some("production-outage"));
        let best = &stories[0];
        assert_eq!(best.title, "Checkout outage");
        assert_eq!(best.reasons[0], Reason::Question("production-outage".to_owned()));
        assert!(best.stress.iter().any(|stress| stress.item == "triage" && stress.line == 10), "{best:#?}");
        assert!(best.missing.iter().any(|missing| missing.item == "root-cause") || best.missing.len() < 5);
        assert_eq!(best.expand, Some(PartKind::Action));
    }

    #[test]
    fn a_question_that_says_nothing_finds_nothing() {
        let bank = bank(&[("a.md", STORY)]);
        for wording in ["", "Tell me about a time.", "zebra"] {
            assert_eq!(ask(wording, &bank, Vocabulary::builtin()).stories, [], "{wording}");
        }
    }
}
