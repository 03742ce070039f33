//! The index of an editor, against one that is built afresh.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use starling_grammar::Vocabulary;

use super::{Desk, Index};
use crate::bank::testing::{STORY, summary};
use crate::bank::{Bank, Summary};
use crate::workspace::{Configurations, Configured};

/// An editor with one folder.
#[derive(Default)]
struct Editor {
    folder: PathBuf,
    open: BTreeMap<PathBuf, String>,
    /// How often others could go first.
    gave_way: AtomicUsize,
}

impl Desk for Editor {
    fn folders(&self) -> Vec<PathBuf> {
        vec![self.folder.clone()]
    }

    fn applies(&self, file: &Path) -> Arc<Configured> {
        Configurations::default().of(file)
    }

    fn open(&self) -> Vec<PathBuf> {
        self.open.keys().cloned().collect()
    }

    fn summary(&self, file: &Path) -> Option<Summary> {
        let origin = self.applies(file).origin(file);
        let text = self.open.get(file)?.as_str();
        Some(Summary::read(text.into(), &origin, Vocabulary::builtin()))
    }

    fn give_way(&self) {
        self.gave_way.fetch_add(1, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        false
    }

    fn progress(&self, _: usize, _: usize) {}
}

const FILES: [&str; 8] =
    ["a.md", "b.md", "d/a.md", "d/e/c.md", "bank/x.md", "bank/y.md", ".h/z.md", "ignored.md"];

const FOLDERS: [&str; 3] = ["d", "bank", "d/e"];

fn text(number: usize) -> String {
    match number {
        0 => "Nothing.\n".to_owned(),
        1 => STORY.to_owned(),
        2 => STORY.replace("Checkout", "Search"),
        _ => "| Question | Story |\n|---|---|\n| a | Checkout outage |\n| b | [x](a.md) |\n".to_owned(),
    }
}

#[derive(Clone, Debug)]
enum Step {
    Write(usize, usize),
    Delete(usize),
    RenameFolder(usize),
    DeleteFolder(usize),
    Open(usize, usize),
    Edit(usize, usize),
    Close(usize),
    Link(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    let file = || 0..FILES.len();
    prop_oneof![
        4 => (file(), 0..4usize).prop_map(|(file, text)| Step::Write(file, text)),
        2 => file().prop_map(Step::Delete),
        1 => (0..FOLDERS.len()).prop_map(Step::RenameFolder),
        1 => (0..FOLDERS.len()).prop_map(Step::DeleteFolder),
        3 => (file(), 0..4usize).prop_map(|(file, text)| Step::Open(file, text)),
        3 => (file(), 0..4usize).prop_map(|(file, text)| Step::Edit(file, text)),
        2 => file().prop_map(Step::Close),
        1 => (file(), file()).prop_map(|(file, to)| Step::Link(file, to)),
    ]
}

/// What an editor tells of: the paths that changed on the disk or were opened or closed, and those that were edited.
#[derive(Default)]
struct Told {
    touched: BTreeSet<PathBuf>,
    edited: BTreeSet<PathBuf>,
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("created");
    drop(fs::remove_file(path));
    fs::write(path, text).expect("written");
}

fn perform(step: &Step, editor: &mut Editor, told: &mut Told) {
    let path = |file: usize| editor.folder.join(FILES[file]);
    match *step {
        Step::Write(file, number) => {
            write(&path(file), &text(number));
            told.touched.insert(path(file));
        }
        Step::Delete(file) => {
            drop(fs::remove_file(path(file)));
            told.touched.insert(path(file));
        }
        Step::RenameFolder(folder) => {
            let (from, to) = (editor.folder.join(FOLDERS[folder]), editor.folder.join("renamed"));
            drop(fs::remove_dir_all(&to));
            drop(fs::rename(&from, &to));
            told.touched.extend([from, to]);
        }
        Step::DeleteFolder(folder) => {
            let folder = editor.folder.join(FOLDERS[folder]);
            drop(fs::remove_dir_all(&folder));
            told.touched.insert(folder);
        }
        Step::Open(file, number) => {
            let path = path(file);
            editor.open.insert(path.clone(), text(number));
            told.touched.insert(path);
        }
        Step::Edit(file, number) => {
            let path = path(file);
            if let Some(held) = editor.open.get_mut(&path) {
                *held = text(number);
                told.edited.insert(path);
            }
        }
        Step::Close(file) => {
            let path = path(file);
            editor.open.remove(&path);
            told.touched.insert(path);
        }
        Step::Link(file, to) => {
            let (path, to) = (path(file), path(to));
            if cfg!(unix) && path != to && path.parent().is_some_and(Path::exists) {
                drop(fs::remove_file(&path));
                #[cfg(unix)]
                std::os::unix::fs::symlink(to, &path).expect("linked");
                told.touched.insert(path);
            }
        }
    }
}

type Shown = BTreeMap<PathBuf, (Bank, BTreeMap<PathBuf, PathBuf>)>;

fn shown(index: &Index) -> Shown {
    let banks = index.banks().iter();
    let paths = |one: &super::OneBank| {
        one.bank.files().map(|(path, _)| (path.to_path_buf(), one.shown(path))).collect()
    };
    banks.map(|(root, one)| (root.to_path_buf(), (one.bank.clone(), paths(one)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_index_equals_one_built_afresh(
        batches in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..12)
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        write(&root.join(".gitignore"), "ignored.md\n");
        write(&root.join("bank/starling.toml"), "");
        let mut editor = Editor { folder: root, ..Editor::default() };
        let (mut index, _) = Index::scan(&editor).expect("nobody stops it");
        for batch in batches {
            let mut told = Told::default();
            batch.iter().for_each(|step| perform(step, &mut editor, &mut told));
            let before = shown(&index);
            let seen = index.look(&told.touched, &told.edited, &editor);
            let news = index.take(seen);
            let (fresh, _) = Index::scan(&editor).expect("nobody stops it");
            let after = shown(&index);
            prop_assert_eq!(&after, &shown(&fresh), "after {:?}", batch);
            let differ = |root: &&PathBuf| before.get(*root) != after.get(*root);
            let changed: BTreeSet<PathBuf> =
                before.keys().chain(after.keys()).filter(differ).cloned().collect();
            prop_assert_eq!(changed, news.changed);
        }
    }
}

#[test]
fn the_bank_is_that_of_the_nearest_configuration_then_of_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("it is there");
    write(&root.join("ws/a.md"), STORY);
    write(&root.join("ws/bank/starling.toml"), "");
    write(&root.join("ws/bank/b.md"), STORY);
    write(&root.join("other/starling.toml"), "");
    write(&root.join("other/c.md"), STORY);
    let mut editor = Editor { folder: root.join("ws"), ..Editor::default() };
    let (mut index, _) = Index::scan(&editor).expect("nobody stops it");
    let roots = |index: &Index| index.banks().iter().map(|(root, _)| root.to_path_buf()).collect::<Vec<_>>();
    assert_eq!(roots(&index), [root.join("ws"), root.join("ws/bank")]);

    // A file of a bank elsewhere is opened: the bank has to be scanned. One that is alone is a bank of its own.
    let (elsewhere, alone) = (root.join("other/d.md"), root.join("alone.md"));
    for path in [&elsewhere, &alone] {
        editor.open.insert(path.clone(), STORY.to_owned());
    }
    let seen = index.look(&[elsewhere, alone.clone()].into(), &BTreeSet::new(), &editor);
    let news = index.take(seen);
    assert!(news.unscanned);
    let (index, news) = Index::scan(&editor).expect("nobody stops it");
    assert!(!news.unscanned);
    assert_eq!(roots(&index), [alone, root.join("other"), root.join("ws"), root.join("ws/bank")]);
    assert_eq!(index.banks().get(&root.join("other")).map(|one| one.bank.len()), Some(2));
}

#[cfg(unix)]
#[test]
fn a_file_that_is_opened_through_a_link_is_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("it is there");
    write(&root.join("ws/a.md"), STORY);
    std::os::unix::fs::symlink(root.join("ws"), root.join("link")).expect("linked");
    let open = [(root.join("link/a.md"), "Nothing.\n".to_owned())].into();
    let editor = Editor { folder: root.join("ws"), open, ..Editor::default() };
    let (index, _) = Index::scan(&editor).expect("nobody stops it");
    let one = index.banks().get(&root.join("ws")).expect("a bank");
    assert_eq!(one.bank.file(Path::new("a.md")), Some(&summary("Nothing.\n")));
}

#[test]
fn what_cannot_be_read_is_told_and_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), b"caf\xE9\n").expect("written");
    fs::write(folder.path().join("b.md"), STORY).expect("written");
    let editor = Editor { folder: folder.path().to_path_buf(), ..Editor::default() };
    let (index, news) = Index::scan(&editor).expect("nobody stops it");
    let skipped: Vec<&PathBuf> = news.skipped.iter().map(|(path, _)| path).collect();
    assert_eq!(skipped, [&folder.path().join("a.md")]);
    assert_eq!(shown(&index).values().map(|(bank, _)| bank.len()).collect::<Vec<_>>(), [1]);
}

#[test]
fn others_may_go_first_before_each_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.md", "b.md", "d/c.md"] {
        write(&folder.path().join(name), STORY);
    }
    let editor = Editor { folder: folder.path().to_path_buf(), ..Editor::default() };
    Index::scan(&editor).expect("nobody stops it");
    assert_eq!(editor.gave_way.into_inner(), 3);
}

/// An editor that closes its files while they are asked for.
struct Closing(Editor);

impl Desk for Closing {
    fn folders(&self) -> Vec<PathBuf> {
        self.0.folders()
    }

    fn applies(&self, file: &Path) -> Arc<Configured> {
        self.0.applies(file)
    }

    fn open(&self) -> Vec<PathBuf> {
        self.0.open()
    }

    fn summary(&self, _: &Path) -> Option<Summary> {
        None
    }

    fn give_way(&self) {}

    fn stop(&self) -> bool {
        false
    }

    fn progress(&self, _: usize, _: usize) {}
}

#[test]
fn a_file_that_is_closed_meanwhile_is_read_from_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("it is there");
    let path = root.join("a.md");
    write(&path, STORY);
    let open = [(path.clone(), "Nothing.\n".to_owned())].into();
    let editor = Closing(Editor { folder: root.clone(), open, ..Editor::default() });
    let (mut index, _) = Index::scan(&editor).expect("nobody stops it");
    for _ in 0..2 {
        let one = index.banks().get(&root).expect("a bank");
        assert_eq!(one.bank.file(Path::new("a.md")), Some(&summary(STORY)));
        let seen = index.look(&BTreeSet::new(), &[path.clone()].into(), &editor);
        index.take(seen);
    }
}

/// An editor that lets a file be deleted once the files are found.
struct Deleting(Editor, PathBuf);

impl Desk for Deleting {
    fn folders(&self) -> Vec<PathBuf> {
        self.0.folders()
    }

    fn applies(&self, file: &Path) -> Arc<Configured> {
        self.0.applies(file)
    }

    fn open(&self) -> Vec<PathBuf> {
        self.0.open()
    }

    fn summary(&self, file: &Path) -> Option<Summary> {
        self.0.summary(file)
    }

    fn give_way(&self) {}

    fn stop(&self) -> bool {
        false
    }

    fn progress(&self, _: usize, _: usize) {
        drop(fs::remove_file(&self.1));
    }
}

#[test]
fn a_file_that_is_deleted_during_the_scan_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let deleted = folder.path().join("b.md");
    for path in [folder.path().join("a.md"), deleted.clone()] {
        fs::write(path, STORY).expect("written");
    }
    let editor = Editor { folder: folder.path().to_path_buf(), ..Editor::default() };
    let (index, news) = Index::scan(&Deleting(editor, deleted)).expect("nobody stops it");
    assert!(news.skipped.is_empty() && news.notices.is_empty(), "nobody needs to know");
    assert_eq!(shown(&index).values().map(|(bank, _)| bank.len()).collect::<Vec<_>>(), [1]);
}
