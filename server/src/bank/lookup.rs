//! Looking a story up by a few letters of its title, its tags or the questions that it answers.

use std::collections::HashMap;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use starling_grammar::{TagKind, Vocabulary};

use super::{Bank, StoryRef, StorySummary};

/// A story that was found.
#[derive(Clone, Debug)]
pub struct Hit<'b> {
    /// Where it is.
    pub place: StoryRef,
    /// The story.
    pub story: &'b StorySummary,
    /// The names of its tags, one after the other.
    pub tags: String,
    /// How well it fits; higher is better. Of an empty query all stories fit alike.
    pub score: u32,
}

/// The told stories that hold the letters of each word of the query in their order, best first; of equals, in the order
/// of the bank.
#[must_use]
pub fn look_up<'b>(query: &str, bank: &'b Bank, vocabulary: &Vocabulary) -> Vec<Hit<'b>> {
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let names = names(vocabulary);
    let mut hits: Vec<Hit<'b>> = bank
        .stories()
        .filter_map(|(place, story)| {
            let tags =
                story.tags.iter().map(|tag| names.get(&(tag.kind, &*tag.id)).copied().unwrap_or(&tag.id));
            let tags = tags.collect::<Vec<_>>().join(", ");
            let haystack = format!("{} {tags}", story.title);
            let score = pattern.score(Utf32Str::new(&haystack, &mut buffer), &mut matcher)?;
            Some(Hit { place, story, tags, score })
        })
        .collect();
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    hits
}

/// Names by kind and id.
fn names(vocabulary: &Vocabulary) -> HashMap<(TagKind, &str), &str> {
    let kinds = [TagKind::Principle, TagKind::Theme, TagKind::Question];
    let named = |kind| vocabulary.names(kind).into_iter().map(move |(id, name)| ((kind, id), name));
    kinds.into_iter().flat_map(named).collect()
}

#[cfg(test)]
mod tests {
    use starling_grammar::Vocabulary;

    use super::look_up;
    use crate::bank::testing::{STORY, bank};

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let search = STORY.replace("Checkout outage", "The slow search").replace("dive-deep", "frugality");
        let menu =
            STORY.replace("Checkout outage", "Le menu du café").replace("production-incident", "mentoring");
        let bank = bank(&[("a.md", STORY), ("b.md", &search), ("c.md", &menu)]);
        let hits = look_up(query, &bank, Vocabulary::builtin());
        let titles: Vec<&str> = hits.iter().map(|hit| &*hit.story.title).collect();
        assert_eq!(titles, expected, "{query:?}");
    }

    #[test]
    fn letters_in_their_order_find_a_story() {
        check("", &["Checkout outage", "The slow search", "Le menu du café"]);
        check("slsrch", &["The slow search"]);
        check("CAFE", &["Le menu du café"]);
        check("zzz", &[]);
    }

    #[test]
    fn tags_and_questions_find_their_stories() {
        check("frugality", &["The slow search"]);
        check("search frugal", &["The slow search"]);
        check("mentoring", &["Le menu du café"]);
        check("dive deep", &["Checkout outage", "Le menu du café"]);
    }
}
