//! The bank: summaries by path, kept with look-up tables.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use starling_grammar::TagKind;

use super::normal_title;
use super::summary::{StorySummary, Summary};

/// Where a story is: its file, and which of the file's stories it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryRef {
    /// The file.
    pub path: Arc<Path>,
    /// Its index among the stories of the file.
    pub index: usize,
}

/// The summaries of all Markdown files of a folder, also of those without stories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bank {
    /// In the order of the paths. They mostly come in it, and a tree takes nearly twice as much for each.
    files: Vec<(Arc<Path>, Summary)>,
    /// Told stories by a hash of their normal titles. One set of pairs, since nearly every title has one story.
    titles: BTreeSet<(u32, StoryRef)>,
    /// How many told stories have a tag. All of them share its id with the key.
    tags: HashMap<(TagKind, Arc<str>), usize>,
    /// Files by a hash of their names without folder and extension, in lower case.
    stems: BTreeSet<(u32, Arc<Path>)>,
    told: usize,
    reflecting: usize,
}

impl Bank {
    /// Puts a file into the bank, in the place of its former summary. Whether that changed anything.
    pub fn insert(&mut self, path: impl Into<Arc<Path>>, mut summary: Summary) -> bool {
        let path = path.into();
        if self.file(&path) == Some(&summary) {
            return false;
        }
        self.remove(&path);
        let told = summary.stories.iter_mut().enumerate().filter(|(_, story)| !story.template);
        for (index, story) in told {
            let story_ref = StoryRef { path: Arc::clone(&path), index };
            self.titles.insert((hash(&normal_title(story.name())), story_ref));
            for tag in &mut story.tags {
                let entry = self.tags.entry((tag.kind, Arc::clone(&tag.id)));
                tag.id = Arc::clone(&entry.key().1);
                *entry.or_default() += 1;
            }
            self.told += 1;
            self.reflecting += usize::from(story.has_reflection());
        }
        self.stems.insert((hash(&stem_of(&path)), Arc::clone(&path)));
        let at = self.at(&path).unwrap_or_else(|at| at);
        self.files.insert(at, (path, summary));
        true
    }

    /// Takes a file out of the bank. Whether it was in it.
    pub fn remove(&mut self, path: &Path) -> bool {
        let Ok(at) = self.at(path) else { return false };
        let (path, summary) = self.files.remove(at);
        self.stems.remove(&(hash(&stem_of(&path)), Arc::clone(&path)));
        for (index, story) in summary.stories.iter().enumerate().filter(|(_, story)| !story.template) {
            let story_ref = StoryRef { path: Arc::clone(&path), index };
            self.titles.remove(&(hash(&normal_title(story.name())), story_ref));
            for tag in &story.tags {
                let key = (tag.kind, Arc::clone(&tag.id));
                if let Some(uses) = self.tags.get_mut(&key) {
                    *uses -= 1;
                    if *uses == 0 {
                        self.tags.remove(&key);
                    }
                }
            }
            self.told -= 1;
            self.reflecting -= usize::from(story.has_reflection());
        }
        true
    }

    /// The files, by path.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<Path>, &Summary)> {
        self.files.iter().map(|(path, summary)| (path, summary))
    }

    /// Where a file is among the files, or where it would be.
    fn at(&self, path: &Path) -> Result<usize, usize> {
        // A path is compared piece by piece, and most come behind all others.
        if self.files.last().is_none_or(|(last, _)| **last < *path) {
            return Err(self.files.len());
        }
        self.files.binary_search_by(|(known, _)| (**known).cmp(path))
    }

    /// A file.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<&Summary> {
        self.at(path).ok().map(|at| &self.files[at].1)
    }

    /// The stories that have been told, by path and place.
    pub fn stories(&self) -> impl Iterator<Item = (StoryRef, &StorySummary)> {
        self.files.iter().flat_map(|(path, summary)| {
            let told = summary.stories.iter().enumerate().filter(|(_, story)| !story.template);
            told.map(move |(index, story)| (StoryRef { path: Arc::clone(path), index }, story))
        })
    }

    /// How many stories have been told.
    #[must_use]
    pub fn len(&self) -> usize {
        self.told
    }

    /// Whether no story has been told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told == 0
    }

    /// A story.
    #[must_use]
    pub fn story(&self, story: &StoryRef) -> Option<&StorySummary> {
        self.file(&story.path)?.stories.get(story.index)
    }

    /// The told stories of a title, however it is written.
    pub fn titled(&self, title: &str) -> impl Iterator<Item = &StoryRef> {
        let title = normal_title(title);
        let hashed = hash(&title);
        let first = (hashed, StoryRef { path: Path::new("").into(), index: 0 });
        let with_hash = self.titles.range(first..).take_while(move |(known, _)| *known == hashed);
        with_hash.map(|(_, story)| story).filter(move |story| self.normal_title(story) == title)
    }

    /// The told stories that share a normal title with others, by path and place for each title. Titles without words name
    /// nothing.
    #[must_use]
    pub fn namesakes(&self) -> Vec<Vec<&StoryRef>> {
        let all: Vec<&(u32, StoryRef)> = self.titles.iter().collect();
        let groups = all.chunk_by(|(one, _), (other, _)| one == other).filter(|group| group.len() > 1);
        let mut namesakes = Vec::new();
        for group in groups {
            let mut titled: BTreeMap<String, Vec<&StoryRef>> = BTreeMap::new();
            for (_, story) in group {
                titled.entry(self.normal_title(story)).or_default().push(story);
            }
            titled.remove("");
            namesakes.extend(titled.into_values().filter(|stories| stories.len() > 1));
        }
        namesakes
    }

    fn normal_title(&self, story: &StoryRef) -> String {
        self.story(story).map(|story| normal_title(story.name())).unwrap_or_default()
    }

    /// The told stories with a tag.
    pub fn tagged(&self, kind: TagKind, id: &str) -> impl Iterator<Item = (StoryRef, &StorySummary)> {
        self.stories().filter(move |(_, story)| story.has(kind, id))
    }

    /// How many told stories have a tag.
    #[must_use]
    pub fn uses(&self, kind: TagKind, id: &str) -> usize {
        self.tags.get(&(kind, id.into())).copied().unwrap_or_default()
    }

    /// The files of a name without folder and extension, in any case.
    pub fn of_stem(&self, stem: &str) -> impl Iterator<Item = (&Arc<Path>, &Summary)> {
        let stem = stem.to_lowercase();
        let hashed = hash(&stem);
        let paths = self.stems.range((hashed, Path::new("").into())..);
        let paths = paths.take_while(move |(known, _)| *known == hashed);
        let paths = paths.filter(move |(_, path)| stem_of(path) == stem);
        paths.filter_map(|(_, path)| Some((path, self.file(path)?)))
    }

    /// Whether a folder holds a file of the bank.
    #[must_use]
    pub fn has_folder(&self, folder: &Path) -> bool {
        let within = self.files.partition_point(|(path, _)| **path <= *folder);
        folder.as_os_str().is_empty() && !self.files.is_empty()
            || self.files.get(within).is_some_and(|(path, _)| path.starts_with(folder))
    }

    /// Whether stories of this bank say what was learned: at least half of them do, and at least three.
    #[must_use]
    pub fn expects_reflection(&self) -> bool {
        self.reflecting >= 3 && self.reflecting * 2 >= self.told
    }

    /// The told stories of a file that do not say what was learned, where stories of the bank do.
    pub fn without_reflection(&self, path: &Path) -> impl Iterator<Item = &StorySummary> {
        let expected = self.expects_reflection();
        let told = self.file(path).into_iter().flat_map(Summary::told);
        told.filter(move |story| expected && !story.has_reflection())
    }
}

fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// A path of the bank as people are shown it, with `/` on every system.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// The path that a relative `target` means in a file, without dots.
pub(super) fn beside(file: &Path, target: &str) -> PathBuf {
    let mut path = file.parent().map(Path::to_path_buf).unwrap_or_default();
    for piece in target.split(['/', '\\']) {
        match piece {
            "" | "." => {}
            ".." if path.file_name().is_some() => {
                path.pop();
            }
            piece => path.push(piece),
        }
    }
    path
}

/// What stands for a name in the order of an index, where ten thousand names would take too much memory.
fn hash(name: &str) -> u32 {
    BuildHasherDefault::<DefaultHasher>::new().hash_one(name) as u32
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    use super::{Bank, beside};
    use crate::bank::testing::{STORY, summary};

    /// Texts that differ in what a bank keeps.
    fn text(number: usize) -> String {
        match number {
            0 => "Nothing.\n".to_owned(),
            1 => STORY.to_owned(),
            2 => format!("{STORY}\n**Lesson:** Ask first.\n"),
            3 => STORY.replace("Checkout", "Search").replace("production-incident", "scaling"),
            4 => format!("{STORY}\n---\n\n# Second\n\n**Situation:** x\n\n**Task:** y\n"),
            5 => "# T\n\n**Situation:** [x]\n\n**Task:** [y]\n\n**Action:** [z]\n\n**Result:** [w]\n"
                .to_owned(),
            _ => "| Question | Story |\n|---|---|\n| a | Checkout outage |\n| b | [x](a.md) |\n".to_owned(),
        }
    }

    #[derive(Clone, Debug)]
    enum Change {
        Put(usize, usize),
        Drop(usize),
        Rename(usize, usize),
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            3 => (0..6usize, 0..7usize).prop_map(|(path, text)| Change::Put(path, text)),
            1 => (0..6usize).prop_map(Change::Drop),
            1 => (0..6usize, 0..6usize).prop_map(|(from, to)| Change::Rename(from, to)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn a_changed_bank_equals_one_built_afresh(changes in prop::collection::vec(change(), 0..30)) {
            let summaries: Vec<_> = (0..7).map(|number| summary(&text(number))).collect();
            let path = |number: usize| PathBuf::from(format!("{}.md", ["a", "b", "c/a", "c/b", "d", "e"][number]));
            let mut bank = Bank::default();
            let mut files = std::collections::BTreeMap::new();
            for change in changes {
                match change {
                    Change::Put(at, text) => {
                        let differs = files.insert(at, text) != Some(text);
                        prop_assert_eq!(bank.insert(path(at), summaries[text].clone()), differs);
                    }
                    Change::Drop(at) => prop_assert_eq!(bank.remove(&path(at)), files.remove(&at).is_some()),
                    Change::Rename(from, to) => {
                        if let Some(text) = files.remove(&from) {
                            bank.remove(&path(from));
                            files.insert(to, text);
                            bank.insert(path(to), summaries[text].clone());
                        }
                    }
                }
            }
            let mut fresh = Bank::default();
            for (at, text) in files.iter().rev() {
                fresh.insert(path(*at), summaries[*text].clone());
            }
            prop_assert_eq!(&bank, &fresh);
            prop_assert_eq!(bank.stories().count(), bank.len());
        }
    }

    #[test]
    fn reflections_are_expected_where_most_stories_have_one() {
        let with = summary(&format!("{STORY}\n**Lesson:** Ask first.\n"));
        let mut bank = Bank::default();
        for name in ["a.md", "b.md"] {
            bank.insert(Path::new(name), with.clone());
        }
        bank.insert(Path::new("x.md"), summary(STORY));
        assert_eq!(bank.without_reflection(Path::new("x.md")).count(), 0, "two are too few");
        bank.insert(Path::new("c.md"), with);
        assert_eq!(bank.without_reflection(Path::new("x.md")).count(), 1);
        assert_eq!(bank.without_reflection(Path::new("a.md")).count(), 0);
        for name in ["y.md", "z.md", "w.md"] {
            bank.insert(Path::new(name), summary(STORY));
        }
        assert_eq!(
            bank.without_reflection(Path::new("x.md")).count(),
            0,
            "three of seven are less than half"
        );
    }

    #[test]
    fn links_are_read_from_where_they_stand() {
        assert_eq!(beside(Path::new("a/b.md"), "c.md"), Path::new("a/c.md"));
        assert_eq!(beside(Path::new("a/b.md"), "./../c.md"), Path::new("c.md"));
        assert_eq!(beside(Path::new("b.md"), "../c.md"), Path::new("../c.md"));
    }
}
