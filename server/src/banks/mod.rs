//! Which files are a bank, and all banks of a run or of a session: what the command line and the language server share
//! about banks.
//!
//! Invariant: the banks are a function of the files, of what applies to them and of what an editor holds, in whatever
//! order these came.

mod hash;
mod index;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use hash::hash;
pub use index::{Depth, Desk, Index, News, Seen, Survey};

use crate::bank::{Bank, Summary};
use crate::check::check_bank;
use crate::finding::Finding;
use crate::workspace::Configured;

/// Where a file has its place: a bank, and a path in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The folder of the bank; the file itself when it is alone.
    pub root: Arc<Path>,
    /// The path of the file from there.
    pub path: Arc<Path>,
}

impl Place {
    /// The place of a file: in the bank of its nearest `starling.toml`, else in that of `folder`, else in one of its own.
    #[must_use]
    pub fn of(file: &Path, configured: &Configured, folder: Option<&Path>) -> Self {
        if configured.file.is_some() {
            return Self { root: configured.root.as_path().into(), path: configured.relative(file).into() };
        }
        match folder.and_then(|folder| Some((folder, file.strip_prefix(folder).ok()?))) {
            Some((folder, path)) => Self { root: folder.into(), path: path.into() },
            None => Self::alone(file),
        }
    }

    /// The place of a file in a bank of its own.
    #[must_use]
    pub fn alone(file: &Path) -> Self {
        Self { root: file.into(), path: Path::new(file.file_name().unwrap_or_default()).into() }
    }
}

/// A bank, its files named by their paths from its root.
#[derive(Clone, Debug)]
pub struct OneBank {
    /// Its stories.
    pub bank: Bank,
    /// What applies to all of it.
    pub configured: Arc<Configured>,
    /// The folder that the paths begin in, as the user would name it; `None` before there is a file.
    pub folder: Option<PathBuf>,
    /// The paths as the user would name them, of files that lie in another folder by that name.
    elsewhere: HashMap<PathBuf, PathBuf>,
}

impl OneBank {
    /// A bank without files.
    #[must_use]
    pub fn empty(configured: Arc<Configured>) -> Self {
        Self { bank: Bank::default(), configured, folder: None, elsewhere: HashMap::new() }
    }

    /// The path of a file as the user would name it.
    #[must_use]
    pub fn shown(&self, path: &Path) -> PathBuf {
        let elsewhere = self.elsewhere.get(path).cloned();
        elsewhere
            .unwrap_or_else(|| self.folder.as_ref().map_or_else(|| path.into(), |folder| folder.join(path)))
    }

    /// Takes over how the user names a file.
    fn name(&mut self, path: &Path, shown: &Path) {
        if self.folder.is_none() && shown.ends_with(path) {
            self.folder = shown.ancestors().nth(path.components().count()).map(Path::to_path_buf);
        }
        let is_inside = self.folder.as_ref().is_some_and(|folder| folder.join(path) == shown);
        if is_inside {
            self.elsewhere.remove(path);
        } else {
            self.elsewhere.insert(path.to_path_buf(), shown.to_path_buf());
        }
    }

    /// What is to be said of the bank as a whole, by the path of each file as the user would name it.
    #[must_use]
    pub fn findings(&self) -> BTreeMap<PathBuf, Vec<Finding>> {
        let found = check_bank(&self.bank, &self.configured.config).into_iter();
        let shown = found.map(|(path, mut findings)| {
            let related = findings.iter_mut().flat_map(|finding| &mut finding.related);
            for file in related.filter_map(|related| related.file.as_mut()) {
                file.path = self.shown(&file.path);
            }
            (self.shown(&path), findings)
        });
        shown.collect()
    }
}

/// Banks by root. Whoever takes one keeps it as it was.
#[derive(Clone, Debug, Default)]
pub struct Banks {
    by_root: BTreeMap<Arc<Path>, Arc<OneBank>>,
}

impl Banks {
    /// Puts a file into its bank, in the place of its former summary; `shown` is its path as the user would name it.
    /// Whether that changed anything.
    pub fn insert(
        &mut self,
        place: &Place,
        shown: &Path,
        configured: &Arc<Configured>,
        summary: Summary,
    ) -> bool {
        let new = || Arc::new(OneBank::empty(Arc::clone(configured)));
        let one = self.by_root.entry(place.root.clone()).or_insert_with(new);
        let is_same = one.bank.file(&place.path) == Some(&summary) && one.shown(&place.path) == shown;
        if !is_same {
            let one = Arc::make_mut(one);
            one.bank.insert(place.path.clone(), summary);
            one.name(&place.path, shown);
        }
        !is_same
    }

    /// How the user names a file that is in its bank.
    fn shown(&self, place: &Place) -> Option<PathBuf> {
        let one = self.by_root.get(&place.root)?;
        one.bank.file(&place.path)?;
        Some(one.shown(&place.path))
    }

    /// The root as the bank holds it, so that ten thousand places need not hold ten thousand copies.
    fn shared_root(&self, root: Arc<Path>) -> Arc<Path> {
        self.by_root.get_key_value(&root).map_or(root, |(known, _)| known.clone())
    }

    /// Takes a file out of its bank, and tells how the user named it; `None` if it was in none.
    pub fn remove(&mut self, place: &Place) -> Option<PathBuf> {
        let shown = self.shown(place)?;
        let changed = Arc::make_mut(self.by_root.get_mut(&place.root)?);
        changed.bank.remove(&place.path);
        changed.elsewhere.remove(&*place.path);
        if changed.bank.files().next().is_none() {
            self.by_root.remove(&place.root);
        }
        Some(shown)
    }

    /// The banks, by root.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &Arc<OneBank>)> {
        self.by_root.iter().map(|(root, one)| (&**root, one))
    }

    /// The bank of a root.
    #[must_use]
    pub fn get(&self, root: &Path) -> Option<&Arc<OneBank>> {
        self.by_root.get(root)
    }
}
