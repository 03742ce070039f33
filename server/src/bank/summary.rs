//! What a bank keeps of a file.

use std::sync::Arc;

use starling_grammar::{
    Content, Document, ENGLISH, LabelStyle, Origin, Part, PartKind, Span, Story, Suppression, TagKind,
    TagValue, Term, Vocabulary, covered, may_hold_stories, terms,
};

use super::fingerprint::Fingerprint;
use super::mention::{Mention, mentions};
use super::term::TermWeights;
use crate::lines::Lines;
use crate::rules;

/// A file in a bank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Its stories in the order of the text, templates included.
    pub stories: Box<[StorySummary]>,
    /// The places in tables and lists that name stories, in the order of the text.
    pub mentions: Box<[Mention]>,
    /// Comments that silence rules about the bank.
    pub silences: Box<[Silence]>,
}

/// A comment that silences rules about the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// Names of rules; empty for all.
    pub rules: Vec<&'static str>,
    /// The bytes in which it silences.
    pub scope: Span,
    /// The title of the story that it stands in: by its name, a rule is silenced for all of it.
    pub title: Option<Span>,
}

/// A story in a bank.
#[derive(Clone, Debug, PartialEq)]
pub struct StorySummary {
    /// Its title, without Markdown marks.
    pub title: Box<str>,
    /// Where findings about the whole story stand.
    pub title_span: Span,
    /// The line of the title, from 1.
    pub line: usize,
    /// Whether it is an unfilled template.
    pub template: bool,
    /// Whether its Result names nothing that can be measured, not even roughly.
    pub unquantified: bool,
    /// Its parts in the order of the text.
    pub parts: Box<[PartSummary]>,
    /// Language of its first label, as an IETF tag.
    pub language: Arc<str>,
    /// Its known tags in the order of the text.
    pub tags: Box<[TagSummary]>,
    /// Indices of the technologies that it names, in the vocabulary.
    pub technologies: Box<[u16]>,
    /// The items of checklists that it addresses, by question and item.
    pub covered: Box<[CoveredItem]>,
    /// Its words, for searches.
    pub terms: TermWeights,
    /// A sketch of its text.
    pub fingerprint: Fingerprint,
}

/// A part of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSummary {
    /// What it fills.
    pub kind: PartKind,
    /// What else it fills, for a combined label.
    pub also: Option<PartKind>,
    /// How its label is marked.
    pub style: LabelStyle,
    /// The line of its label, from 1.
    pub line: u32,
    /// Its words.
    pub words: u32,
    /// Whether it says something of the writer's own.
    pub told: bool,
}

impl PartSummary {
    /// Whether the part fills `kind`.
    #[must_use]
    pub fn fills(&self, kind: PartKind) -> bool {
        self.kind == kind || self.also == Some(kind)
    }
}

/// A known tag of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagSummary {
    /// What it is.
    pub kind: TagKind,
    /// Its id, which a bank holds once for all of its stories.
    pub id: Arc<str>,
    /// Whether it stands in the title.
    pub in_title: bool,
}

/// An item of a checklist that a story addresses, packed: a story may well have forty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CoveredItem(u32);

impl CoveredItem {
    /// `None` for more questions, or longer checklists, than anybody has.
    fn new(question: usize, item: usize, below: usize) -> Option<Self> {
        let fits = question < 1 << 12 && item < 1 << 6;
        fits.then(|| Self(narrow(question << 20 | item << 14 | below.min((1 << 14) - 1))))
    }

    /// Index of the question in the vocabulary.
    #[must_use]
    pub fn question(self) -> usize {
        (self.0 >> 20) as usize
    }

    /// Index of the item in its checklist.
    #[must_use]
    pub fn item(self) -> usize {
        (self.0 >> 14 & 0x3f) as usize
    }

    /// How many lines below its title the first phrase stands that shows it.
    #[must_use]
    pub fn below(self) -> usize {
        (self.0 & 0x3fff) as usize
    }
}

impl Summary {
    /// Reduces a document that was read with this vocabulary.
    #[must_use]
    pub fn of(document: &Document, vocabulary: &Vocabulary) -> Self {
        let Document { stories, suppressions, .. } = document;
        Self::with_pauses(document.text(), stories, suppressions, vocabulary, || ())
    }

    /// The same of what was read of a text, with something else that is done before each story.
    #[must_use]
    pub fn with_pauses(
        text: &str,
        stories: &[Story],
        suppressions: &[Suppression],
        vocabulary: &Vocabulary,
        pause: impl Fn(),
    ) -> Self {
        let lines = Lines::new(text);
        Self::with(text, stories, suppressions, |story| {
            pause();
            StorySummary::of(story, &lines, vocabulary)
        })
    }

    /// Reduces a document to what rules about a bank read: nobody will search it, or ask what it covers.
    #[must_use]
    pub fn judged(document: &Document) -> Self {
        let lines = Lines::new(document.text());
        let Document { stories, suppressions, .. } = document;
        Self::with(document.text(), stories, suppressions, |story| StorySummary::judged(story, &lines))
    }

    fn with(
        text: &str,
        stories: &[Story],
        suppressions: &[Suppression],
        summary: impl Fn(&Story) -> StorySummary,
    ) -> Self {
        Self {
            stories: stories.iter().map(summary).collect(),
            mentions: mentions(text).into(),
            silences: silences(stories, suppressions),
        }
    }

    /// Reduces a text. One that cannot hold a story is not read as a document.
    #[must_use]
    pub fn read(text: Arc<str>, origin: &Origin, vocabulary: &Vocabulary) -> Self {
        if may_matter(&text, origin, vocabulary) {
            return Self::of(&Document::read(text, origin, vocabulary), vocabulary);
        }
        Self { mentions: mentions(&text).into(), ..Self::default() }
    }

    /// Reduces a text to the titles, parts and tags of its stories: what is known of a bank while it is still being read.
    #[must_use]
    pub fn skim(text: &Arc<str>, origin: &Origin, vocabulary: &Vocabulary) -> Self {
        if !may_hold_stories(text, origin, vocabulary) {
            return Self::default();
        }
        let lines = Lines::new(text);
        let stories = Document::skim(text.clone(), origin, vocabulary);
        let stories = stories.iter().map(|story| StorySummary::skimmed(story, &lines)).collect();
        Self { stories, ..Self::default() }
    }

    /// The stories that have been told: templates are not.
    pub fn told(&self) -> impl Iterator<Item = &StorySummary> {
        self.stories.iter().filter(|story| !story.template)
    }
}

/// Whether reading a text as a document may bring more than the mentions in it: stories, or comments for Starling.
#[must_use]
pub fn may_matter(text: &str, origin: &Origin, vocabulary: &Vocabulary) -> bool {
    text.contains("starling-ignore") || may_hold_stories(text, origin, vocabulary)
}

impl StorySummary {
    fn of(story: &Story, lines: &Lines<'_>, vocabulary: &Vocabulary) -> Self {
        let mut title = terms(&story.title.text);
        // Questions in the words of the writer, which no set knows, are what the story is told for.
        for tag in story.tags.iter().filter(|tag| tag.kind == Some(TagKind::Question)) {
            if let TagValue::Text(question) = &tag.value {
                title.extend(terms(question));
            }
        }
        let weighed = title.iter().map(|term| (Term::of(term), 3));
        let counted = story.parts.iter().flat_map(Part::terms).map(|term| (*term, 1));
        let telling = weighed.chain(counted).filter(|(term, _)| !term.is_idle());
        Self {
            unquantified: !rules::unquantified_result::unquantified(story).is_empty(),
            technologies: technologies(story),
            covered: covered_items(story, lines, vocabulary),
            terms: TermWeights::count(telling),
            ..Self::judged(story, lines)
        }
    }

    /// What rules about a bank read.
    fn judged(story: &Story, lines: &Lines<'_>) -> Self {
        let prose: Vec<Term> = story.parts.iter().flat_map(Part::terms).copied().collect();
        Self { fingerprint: Fingerprint::of(&prose), ..Self::skimmed(story, lines) }
    }

    /// What can be told of a story of which only titles, labels and tags were read.
    fn skimmed(story: &Story, lines: &Lines<'_>) -> Self {
        Self {
            title: story.title.text.as_str().into(),
            title_span: story.title.span,
            line: lines.line(story.title.span.start),
            template: story.template,
            unquantified: false,
            parts: story.parts.iter().map(|part| part_summary(part, lines)).collect(),
            language: story.parts.first().map_or_else(|| ENGLISH.clone(), |part| part.label.language.clone()),
            tags: tags(story),
            technologies: Box::default(),
            covered: Box::default(),
            terms: TermWeights::default(),
            fingerprint: Fingerprint::default(),
        }
    }

    /// The title without a parenthesis of tags behind it: what others call the story.
    #[must_use]
    pub fn name(&self) -> &str {
        let tagged = self.tags.iter().any(|tag| tag.in_title);
        let open = self.title.rfind('(').filter(|open| tagged && *open > 0);
        open.map_or(&*self.title, |open| self.title[..open].trim_end())
    }

    /// Words of all parts.
    #[must_use]
    pub fn words(&self) -> usize {
        self.parts.iter().map(|part| part.words as usize).sum()
    }

    /// What it lacks, in a few words each: parts that are not told, and a measure of its Result.
    #[must_use]
    pub fn lacks(&self) -> Vec<String> {
        let told = |kind| self.parts.iter().any(|part| part.told && part.fills(kind));
        let needed = PartKind::ALL.into_iter().filter(|kind| *kind != PartKind::Reflection);
        let missing = needed.filter(|kind| !told(*kind)).map(|kind| format!("no {}", kind.name()));
        let unmeasured = self.unquantified.then(|| "Result without a number".to_owned());
        missing.chain(unmeasured).collect()
    }

    /// Whether it says what was learned.
    #[must_use]
    pub fn has_reflection(&self) -> bool {
        self.parts.iter().any(|part| part.told && part.fills(PartKind::Reflection))
    }

    /// The first part that fills `kind`.
    #[must_use]
    pub fn part(&self, kind: PartKind) -> Option<&PartSummary> {
        self.parts.iter().find(|part| part.fills(kind))
    }

    /// Ids of its tags of one kind, in the order of the text, each once.
    pub fn ids(&self, kind: TagKind) -> impl Iterator<Item = &str> {
        self.tags.iter().filter(move |tag| tag.kind == kind).map(|tag| &*tag.id)
    }

    /// Whether it has a tag.
    #[must_use]
    pub fn has(&self, kind: TagKind, id: &str) -> bool {
        self.ids(kind).any(|known| known == id)
    }

    /// The items of the checklist of a question, given by its index, that the story addresses.
    pub fn covered(&self, question: usize) -> impl Iterator<Item = CoveredItem> {
        self.covered.iter().copied().filter(move |covered| covered.question() == question)
    }

    /// Memory of the story, in bytes, without the ids that it shares with others.
    #[must_use]
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + self.title.len()
            + size_of_val(&*self.parts)
            + size_of_val(&*self.tags)
            + size_of_val(&*self.technologies)
            + size_of_val(&*self.covered)
            + self.terms.heap()
            + self.fingerprint.heap()
    }
}

fn part_summary(part: &Part, lines: &Lines<'_>) -> PartSummary {
    let mut kinds = part.kinds.iter().copied();
    PartSummary {
        kind: kinds.next().unwrap_or(PartKind::Situation),
        also: kinds.next(),
        style: part.label.style,
        line: narrow(lines.line(part.label.span.start)),
        words: narrow(part.words()),
        told: part.content() == Content::Text,
    }
}

fn tags(story: &Story) -> Box<[TagSummary]> {
    let mut tags: Vec<TagSummary> = Vec::new();
    for tag in &story.tags {
        if let (Some(kind), TagValue::Known { id, .. }) = (tag.kind, &tag.value)
            && !tags.iter().any(|known| known.kind == kind && *known.id == **id)
        {
            let in_title = story.title.span.contains_span(tag.span);
            tags.push(TagSummary { kind, id: id.as_str().into(), in_title });
        }
    }
    tags.into()
}

fn technologies(story: &Story) -> Box<[u16]> {
    let mentions = story.parts.iter().flat_map(Part::technologies);
    let mut all: Vec<u16> = mentions.filter_map(|mention| u16::try_from(mention.technology).ok()).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

fn covered_items(story: &Story, lines: &Lines<'_>, vocabulary: &Vocabulary) -> Box<[CoveredItem]> {
    let title = lines.line(story.title.span.start);
    let packed = |(question, item, first): (usize, usize, Span)| {
        CoveredItem::new(question, item, lines.line(first.start).saturating_sub(title))
    };
    covered(story, vocabulary).into_iter().filter_map(packed).collect()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The comments that name a rule about the bank, or none.
fn silences(stories: &[Story], suppressions: &[Suppression]) -> Box<[Silence]> {
    let silence = |comment: &Suppression| {
        let named = rules::BANK_CHECKS.iter().map(|(rule, _)| rule.name);
        let rules: Vec<&'static str> =
            named.filter(|name| comment.rules.iter().any(|(written, _)| written == name)).collect();
        let applies = comment.rules.is_empty() || !rules.is_empty();
        let around = stories.iter().find(|story| story.span.contains_span(comment.span));
        let title = around.map(|story| story.title.span);
        applies.then_some(Silence { rules, scope: comment.scope, title })
    };
    suppressions.iter().filter_map(silence).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use starling_grammar::{Document, Origin, PartKind, TagKind, Term, Vocabulary};

    use super::{PartSummary, StorySummary, Summary};
    use crate::bank::term::TermKey;
    use crate::bank::testing::{STORY, summary};

    #[test]
    fn a_story_is_reduced() {
        let summary = summary(STORY);
        let story = &summary.stories[0];
        assert_eq!((&*story.title, story.line), ("Checkout outage", 6));
        assert!(story.has(TagKind::Theme, "production-incident") && !story.has_reflection());
        assert_eq!(story.part(PartKind::Result).map(|part| part.line), Some(14));
        let checkout = story.terms.iter().find(|(key, _)| *key == TermKey::of(Term::of("checkout")));
        assert!(checkout.is_some_and(|(_, weight)| weight >= 4), "the title counts more");
        assert_eq!(
            story.covered(0).count(),
            story.covered.iter().filter(|item| item.question() == 0).count()
        );
        assert!(story.covered(0).any(|item| story.line + item.below() == 12), "{:?}", story.covered);
    }

    #[test]
    fn pauses_come_before_each_story_and_change_nothing() {
        let text = [STORY, &STORY.replace("Checkout", "Search")].concat();
        let vocabulary = Vocabulary::builtin();
        let document = Document::read(text.into(), &Origin::default(), vocabulary);
        let pauses = Cell::new(0);
        let pause = || pauses.set(pauses.get() + 1);
        let Document { stories, suppressions, .. } = &document;
        let summary = Summary::with_pauses(document.text(), stories, suppressions, vocabulary, pause);
        assert_eq!(summary, Summary::of(&document, vocabulary));
        assert_eq!((pauses.get(), summary.stories.len()), (2, 2));
    }

    #[test]
    fn questions_of_ones_own_are_words_of_the_story() {
        let asked = format!("{STORY}\nQuestions: \"Which zebra did you tame?\"\n");
        let tames = |text: &str| {
            let summary = summary(text);
            summary.stories[0]
                .terms
                .iter()
                .any(|(key, weight)| key == TermKey::of(Term::of("zebra")) && weight >= 3)
        };
        assert!(tames(&asked) && !tames(STORY));
    }

    #[test]
    fn a_skimmed_text_has_the_same_titles_parts_and_tags() {
        let template =
            "# Next\n\n**Situation:** [x]\n\n**Task:** [y]\n\n**Action:** [z]\n\n**Result:** [w]\n";
        let table = "# T\n\n| S | T | A | R |\n|---|---|---|---|\n| a | b | c | d |\n";
        let texts =
            [STORY, template, table, "Nothing.\n", &format!("{STORY}\n---\n\n{template}\nLPs: Ownership\n")];
        for text in texts.map(|text| text.replace("**Action:**", "- **Action**:")) {
            let (text, origin) = (text.as_str().into(), Origin::default());
            let skimmed = Summary::skim(&text, &origin, Vocabulary::builtin());
            let read = Summary::read(text, &origin, Vocabulary::builtin());
            let shape = |summary: &Summary| {
                let shape = |story: &StorySummary| {
                    let parts = story.parts.iter().map(|part| PartSummary { words: 0, ..*part });
                    let place = (story.title.clone(), story.line, story.title_span, story.template);
                    (place, parts.collect::<Vec<_>>(), story.tags.clone())
                };
                summary.stories.iter().map(shape).collect::<Vec<_>>()
            };
            assert_eq!(shape(&skimmed), shape(&read));
        }
    }

    #[test]
    fn a_story_of_usual_length_is_small() {
        let words: Vec<String> = (0..400).map(|number| format!("thing{number}")).collect();
        let long = STORY.replace("I found", &format!("{} I found", words.join(" ")));
        let story = &summary(&long).stories[0];
        assert!(story.words() > 400);
        assert!(story.memory() < 1200, "{} bytes", story.memory());
    }
}
