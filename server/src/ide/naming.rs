//! What a place in a file names, and where a file names it: principles, themes and questions by their tags, and stories by
//! their titles and by tables and lists that mention them.

use std::path::Path;

use starling_grammar::{Span, Story, TagKind, TitleSource};

use super::View;
use super::place::{self, touches};
use crate::bank::{Bank, Mention, Reference, StoryRef, Target, mentions, numbered, opening};

/// Something that has a name in a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A principle, theme or question, by its id.
    Tag(TagKind, String),
    /// These stories: one by its title, one or more by a mention.
    Stories(Vec<StoryRef>),
}

/// A file of a bank.
#[derive(Clone, Copy, Debug)]
pub struct InBank<'a> {
    /// The bank.
    pub bank: &'a Bank,
    /// The path of the file in it.
    pub path: &'a Path,
}

/// What is named at the byte at `offset` or right before it, and the bytes that name it.
#[must_use]
pub fn named_at(view: &View, file: InBank<'_>, offset: usize) -> Option<(Span, Named)> {
    let tags = place::tags(view);
    if let Some(tag) = tags.iter().find(|tag| touches(tag.span, offset)) {
        return Some((tag.span, Named::Tag(tag.kind?, tag.id?.to_owned())));
    }
    if let Some((index, span)) = titles(view).find(|(_, span)| touches(*span, offset)) {
        return Some((span, Named::Stories(vec![StoryRef { path: file.path.into(), index }])));
    }
    let text = view.text();
    let place = |mention: &Mention| {
        let words = matches!(mention.target, Target::Link { .. }).then(|| link_words(text, mention.span));
        [Some(mention.span), words.flatten()].into_iter().flatten().find(|span| touches(*span, offset))
    };
    let found = mentions(text).into_iter().find_map(|mention| place(&mention).map(|span| (span, mention)));
    let (span, mention) = found?;
    match file.bank.resolve(file.path, &mention) {
        Reference::Stories(stories) => Some((span, Named::Stories(stories))),
        Reference::Other | Reference::Missing => None,
    }
}

/// The words of the link whose target is at `target`.
pub(super) fn link_words(text: &str, target: Span) -> Option<Span> {
    let before = text[..target.start].trim_end_matches('<').strip_suffix("](")?;
    let start = opening(before)? + 1;
    Some(Span::new(start, before.len()))
}

/// The files that may name it, by path: what they name, the bank knew when it looked last.
#[must_use]
pub fn files(bank: &Bank, named: &Named) -> Vec<std::sync::Arc<Path>> {
    let names = |summary: &crate::bank::Summary, path: &Path| match named {
        Named::Tag(kind, id) => summary.stories.iter().any(|story| story.has(*kind, id)),
        Named::Stories(stories) => summary.mentions.iter().any(|it| means(bank, path, it, stories)),
    };
    let found = bank.files().filter(|(path, summary)| names(summary, path));
    found.map(|(path, _)| path.clone()).collect()
}

/// In how many places the files of a bank mention a story, as the bank knew them when it looked last.
pub(super) fn count(bank: &Bank, story: &StoryRef) -> usize {
    let stories = std::slice::from_ref(story);
    let files = bank.files().map(|(path, summary)| {
        summary.mentions.iter().filter(|mention| means(bank, path, mention, stories)).count()
    });
    files.sum()
}

/// Where a file names it, in the order of the text. The title of a story is no use of it.
#[must_use]
pub fn uses(view: &View, file: InBank<'_>, named: &Named) -> Vec<Span> {
    match named {
        Named::Tag(kind, id) => {
            let tags = place::tags(view).into_iter();
            tags.filter(|tag| tag.kind == Some(*kind) && tag.id == Some(id)).map(|tag| tag.span).collect()
        }
        Named::Stories(stories) => {
            mentions_of(view, file, stories).into_iter().map(|mention| mention.span).collect()
        }
    }
}

/// The mentions of some stories in a file.
pub(super) fn mentions_of(view: &View, file: InBank<'_>, stories: &[StoryRef]) -> Vec<Mention> {
    let mut found = mentions(view.text());
    found.retain(|mention| means(file.bank, file.path, mention, stories));
    found
}

/// Where the title of a story of this file is written; `None` where it is the name of the file.
#[must_use]
pub fn title(view: &View, index: usize) -> Option<Span> {
    titles(view).find(|(at, _)| *at == index).map(|(_, span)| span)
}

/// The titles that are written in a file, with the indices of their stories.
pub(super) fn titles<'a>(view: &View<'a>) -> impl Iterator<Item = (usize, Span)> + use<'a> {
    let written = |story: &Story| story.title.source != TitleSource::FileName && !story.template;
    let stories = view.document().stories.iter().enumerate();
    stories.filter(move |(_, story)| written(story)).map(|(index, story)| (index, story.title.span))
}

/// Whether a mention in a file means one of some stories.
fn means(bank: &Bank, file: &Path, mention: &Mention, stories: &[StoryRef]) -> bool {
    // To look up a number means to look at all of the bank.
    if let Target::Number(number) = mention.target {
        let numbers = stories.iter().filter_map(|story| numbered(&bank.story(story)?.title).0);
        if !numbers.into_iter().any(|it| it == number) {
            return false;
        }
    }
    match bank.resolve(file, mention) {
        Reference::Stories(found) => found.iter().any(|story| stories.contains(story)),
        Reference::Other | Reference::Missing => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{InBank, Named, files, named_at, uses};
    use crate::bank::testing::{STORY, bank};
    use crate::ide::testing::Fixture;

    const MAP: &str = "| Question | Story |\n|---|---|\n| a | Checkout outage |\n| b | [it](a.md) |\n\n- [[Checkout outage]]\n";

    /// The words at the cursor in a file `map.md` beside a story, and all places of the file that name the same.
    #[track_caller]
    fn check(fixture: &str, expected: &[&str]) {
        let read = Fixture::new(fixture);
        let bank = bank(&[("a.md", STORY), ("map.md", read.text())]);
        let file = InBank { bank: &bank, path: Path::new("map.md") };
        let found = named_at(&read.view(), file, read.offset);
        let found = found.map_or_else(Vec::new, |(span, named)| {
            let mut all = vec![span];
            all.extend(uses(&read.view(), file, &named));
            all
        });
        let words: Vec<&str> = found.iter().map(|span| span.of(read.text())).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn mentions_name_stories() {
        let all = ["Checkout outage", "a.md", "Checkout outage"];
        check(&MAP.replacen("Check", "Check$0", 1), &[&["Checkout outage"], &all[..]].concat());
        check(&MAP.replacen("a.md", "a$0.md", 1), &[&["a.md"], &all[..]].concat());
        check(&MAP.replacen("[it]", "[i$0t]", 1), &[&["it"], &all[..]].concat());
        check(&MAP.replacen("| a", "| $0a", 1), &[]);
    }

    #[test]
    fn tags_and_titles_are_names() {
        check(
            "# T\n\nThemes: Sca$0ling\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** 5% c\n\n---\n\nThemes: scaling\n",
            &["Scaling", "Scaling"],
        );
        check(
            "# The T$0itle\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** 5% c\n\n- [x](#the-title)\n",
            &["The Title", "#the-title"],
        );
    }

    #[test]
    fn the_bank_knows_the_files() {
        let bank = bank(&[("a.md", STORY), ("b/map.md", &MAP.replace("a.md", "../a.md")), ("c.md", "x")]);
        let story = bank.stories().map(|(story, _)| story).collect();
        let paths = |named: &Named| {
            files(&bank, named).iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(paths(&Named::Stories(story)), ["b/map.md"]);
        assert_eq!(paths(&Named::Tag(starling_grammar::TagKind::Principle, "dive-deep".into())), ["a.md"]);
    }
}
