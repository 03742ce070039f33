//! What a mention means in a bank.

use std::path::Path;
use std::sync::Arc;

use super::index::{Bank, StoryRef, beside};
use super::mention::{Mention, Target};
use super::{normal_title, numbered};
use crate::near::nearest;

/// What a mention means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// These stories, one or more.
    Stories(Vec<StoryRef>),
    /// Something that is no story, or lies outside of the bank.
    Other,
    /// Nothing that the bank has. By a title or a name it may be a remark, unless a story is near.
    Missing,
}

impl Bank {
    /// What a mention in a file means.
    #[must_use]
    pub fn resolve(&self, file: &Path, mention: &Mention) -> Reference {
        match &mention.target {
            Target::Link { words, path, anchor } => self.linked(file, words, path, anchor),
            Target::Name(name) => self.named(name),
            Target::Number(number) => self.numbered(file, *number),
            Target::Title(title) => {
                let titled = |title: &str| self.titled(title).cloned().collect::<Vec<_>>();
                let stories =
                    [title, without_remark(title)].map(titled).into_iter().find(|found| !found.is_empty());
                stories.map_or(Reference::Missing, Reference::Stories)
            }
        }
    }

    /// The story that a mention of nothing in the bank may mean. This looks at all of the bank.
    #[must_use]
    pub fn near(&self, file: &Path, mention: &Mention) -> Option<StoryRef> {
        match &mention.target {
            Target::Link { path, .. } => self.near_file(&beside(file, path)),
            Target::Name(name) | Target::Title(name) => self.near_title(name),
            Target::Number(_) => None,
        }
    }

    fn linked(&self, file: &Path, words: &str, target: &str, anchor: &str) -> Reference {
        let path = if target.is_empty() { file.to_path_buf() } else { beside(file, target) };
        let Some(summary) = self.file(&path) else {
            let folder = path.parent().unwrap_or(Path::new(""));
            if !self.has_folder(folder) {
                return Reference::Other;
            }
            return Reference::Missing;
        };
        let told = summary.stories.iter().enumerate().filter(|(_, story)| !story.template);
        let all: Vec<(usize, String)> = told.map(|(index, story)| (index, anchor_of(&story.title))).collect();
        let at_anchor = all.iter().any(|(_, of_title)| of_title == anchor);
        if all.is_empty() || target.is_empty() && !at_anchor {
            return Reference::Other;
        }
        let path: Arc<Path> = path.into();
        let words = normal_title(words);
        let is_titled = |index: usize| normal_title(summary.stories[index].name()) == words;
        let by_words = !at_anchor && all.iter().any(|(index, _)| is_titled(*index));
        let meant = all.into_iter().filter(|(index, of_title)| match at_anchor {
            true => of_title == anchor,
            false => !by_words || is_titled(*index),
        });
        Reference::Stories(meant.map(|(index, _)| StoryRef { path: Arc::clone(&path), index }).collect())
    }

    /// `[[name]]` means a file of that name in any folder, or a title.
    fn named(&self, name: &str) -> Reference {
        let titled: Vec<StoryRef> = self.titled(name).cloned().collect();
        if !titled.is_empty() {
            return Reference::Stories(titled);
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        let mut is_known = false;
        let mut stories = Vec::new();
        for (path, summary) in self.of_stem(last) {
            is_known = true;
            let told = summary.stories.iter().enumerate().filter(|(_, story)| !story.template);
            stories.extend(told.map(|(index, _)| StoryRef { path: Arc::clone(path), index }));
        }
        match (is_known, stories.is_empty()) {
            (_, false) => Reference::Stories(stories),
            (true, true) => Reference::Other,
            (false, true) => Reference::Missing,
        }
    }

    /// Numbers count within the file if its stories have some, else in the whole bank, unless several stories share one:
    /// then each file counts for itself.
    fn numbered(&self, file: &Path, wanted: u32) -> Reference {
        let all: Vec<(StoryRef, u32)> = self
            .stories()
            .filter_map(|(story_ref, story)| Some((story_ref, numbered(&story.title).0?)))
            .collect();
        let here: Vec<&(StoryRef, u32)> = all.iter().filter(|(story, _)| *story.path == *file).collect();
        let counted: Vec<&(StoryRef, u32)> = if here.is_empty() { all.iter().collect() } else { here };
        let mut numbers: Vec<u32> = counted.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        if numbers.windows(2).any(|pair| pair[0] == pair[1]) {
            return Reference::Other;
        }
        let stories: Vec<StoryRef> =
            counted.iter().filter(|(_, number)| *number == wanted).map(|(story, _)| story.clone()).collect();
        match (counted.len() < 2, stories.is_empty()) {
            (_, false) => Reference::Stories(stories),
            (true, true) => Reference::Other,
            (false, true) => Reference::Missing,
        }
    }

    fn near_title(&self, title: &str) -> Option<StoryRef> {
        let titled: Vec<(String, StoryRef)> =
            self.stories().map(|(story_ref, story)| (normal_title(story.name()), story_ref)).collect();
        let near = nearest(&normal_title(title), titled.iter().map(|(title, _)| title.as_str()))?;
        titled.iter().find(|(title, _)| title == near).map(|(_, story)| story.clone())
    }

    /// The first story of a file in the same folder whose name is near.
    fn near_file(&self, path: &Path) -> Option<StoryRef> {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let beside: Vec<(&Arc<Path>, String)> = self
            .files()
            .filter(|(known, summary)| known.parent() == path.parent() && summary.told().next().is_some())
            .filter_map(|(known, _)| Some((known, name(known)?)))
            .collect();
        let near = nearest(&name(path)?, beside.iter().map(|(_, name)| name.as_str()))?.to_owned();
        let (path, _) = beside.into_iter().find(|(_, name)| *name == near)?;
        let index = self.file(path)?.stories.iter().position(|story| !story.template)?;
        Some(StoryRef { path: Arc::clone(path), index })
    }
}

/// A title without a remark in parentheses behind it: `Checkout outage (backup)`.
pub(crate) fn without_remark(title: &str) -> &str {
    let open = title.rfind(" (").filter(|_| title.ends_with(')'));
    open.map_or(title, |open| title[..open].trim_end())
}

/// The anchor of a heading, as most renderers make it.
pub(crate) fn anchor_of(title: &str) -> String {
    let kept = title.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Reference;
    use crate::bank::testing::{STORY, bank};
    use crate::bank::{Mention, Target};
    use starling_grammar::Span;

    /// What a mention in `map.md` means: paths and titles of stories, `other`, or what is missing.
    #[track_caller]
    fn check(target: Target, expected: &str) {
        let second = STORY.replace("# Checkout outage", "# Story 2: The slow search");
        let third = STORY.replace("# Checkout outage", "# Story 3: A queue");
        let bank = bank(&[
            ("map.md", "x"),
            ("a.md", STORY),
            (
                "numbered.md",
                &format!("{second}\n\n---\n\n{}", third.split("---\n").nth(2).unwrap_or_default()),
            ),
        ]);
        let title = |story| bank.story(story).map(|story| story.title.to_string()).unwrap_or_default();
        let file = Path::new("map.md");
        let mention = Mention { span: Span::at(0), listing: 1, target };
        let found = match bank.resolve(file, &mention) {
            Reference::Stories(stories) => stories.iter().map(title).collect::<Vec<_>>().join(" + "),
            Reference::Other => "other".to_owned(),
            Reference::Missing => {
                format!("missing, near {:?}", bank.near(file, &mention).as_ref().map(title))
            }
        };
        assert_eq!(found, expected);
    }

    fn link(path: &str, anchor: &str) -> Target {
        Target::Link { words: "see".into(), path: path.into(), anchor: anchor.into() }
    }

    #[test]
    fn mentions_are_resolved() {
        check(link("./a.md", ""), "Checkout outage");
        check(link("numbered.md", ""), "Story 2: The slow search + Story 3: A queue");
        check(link("numbered.md", "story-3-a-queue"), "Story 3: A queue");
        let named = |words: &str, anchor: &str| Target::Link {
            words: words.into(),
            path: "numbered.md".into(),
            anchor: anchor.into(),
        };
        check(named("a queue", ""), "Story 3: A queue");
        check(named("a queue", "story-2-the-slow-search"), "Story 2: The slow search");
        check(link("map.md", ""), "other");
        check(link("../elsewhere/a.md", ""), "other");
        check(link("numbred.md", ""), "missing, near Some(\"Story 2: The slow search\")");
        check(link("zebra.md", ""), "missing, near None");
        check(link("", "checkout-outage"), "other");
        check(Target::Number(3), "Story 3: A queue");
        check(Target::Number(9), "missing, near None");
        check(Target::Title("the slow search".into()), "Story 2: The slow search");
        check(Target::Title("The slow search (backup)".into()), "Story 2: The slow search");
        check(Target::Title("Checkout outag".into()), "missing, near Some(\"Checkout outage\")");
        check(Target::Title("still to be written".into()), "missing, near None");
        check(Target::Name("A".into()), "Checkout outage");
        check(Target::Name("map".into()), "other");
    }
}
