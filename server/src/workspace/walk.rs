//! Finding the Markdown files that some paths stand for.

use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::configuration::{Configurations, Configured};
use super::places::{canonical, is_markdown, without_dot};
use super::read::ReadError;

/// How many files of one folder are read.
pub const MAX_FILES: usize = 50_000;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path as the user would name it, beginning with the path that was given.
    pub path: PathBuf,
    /// Whether the user named it, rather than a folder that it lies in.
    pub named: bool,
}

/// What some paths stand for.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, by path, each once.
    pub entries: Vec<Entry>,
    /// Paths that the user named and that cannot be read.
    pub failures: Vec<(PathBuf, ReadError)>,
    /// Folders met on the way that cannot be read.
    pub skipped: Vec<(PathBuf, ReadError)>,
    /// What else the user should know, in sentences.
    pub notices: Vec<String>,
}

/// Finds the Markdown files that the paths stand for: a file stands for itself whatever its name, a folder for the
/// Markdown files in it, at any depth, without hidden ones and those that `.gitignore` or `[bank] exclude` names.
///
/// Symbolic links met on the way are not followed: what they lead to is either found anyway or lies outside.
pub fn find(paths: &[PathBuf], configurations: &mut Configurations) -> Found {
    let mut found = Found::default();
    for path in paths {
        match std::fs::metadata(path) {
            Err(error) => found.failures.push((path.clone(), error.into())),
            Ok(metadata) if metadata.is_dir() => {
                let walk = Walk { only: None, stop: &|| false, most: MAX_FILES };
                walk.folder(path, &mut |file| configurations.of(file), &mut found);
            }
            Ok(_) => found.entries.push(Entry { path: without_dot(path), named: true }),
        }
    }
    found.entries.sort_by(|left, right| (&left.path, right.named).cmp(&(&right.path, left.named)));
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        found
            .entries
            .retain(|entry| seen.insert(canonical(&entry.path).unwrap_or_else(|| entry.path.clone())));
    }
    found
}

/// The Markdown files of a folder that [`find`] finds in it; where `only` names some paths, those that are such a path or
/// lie in one. It ends early when `stop` says so. `applies` tells what applies to a file.
pub fn find_in(
    folder: &Path,
    only: Option<&BTreeSet<PathBuf>>,
    applies: &mut dyn FnMut(&Path) -> Arc<Configured>,
    stop: &dyn Fn() -> bool,
) -> Found {
    let mut found = Found::default();
    let only = only.cloned().map(Arc::new);
    Walk { only, stop, most: MAX_FILES }.folder(folder, applies, &mut found);
    found
}

/// How folders are walked.
struct Walk<'a> {
    only: Option<Arc<BTreeSet<PathBuf>>>,
    stop: &'a dyn Fn() -> bool,
    most: usize,
}

impl Walk<'_> {
    fn folder(&self, folder: &Path, applies: &mut dyn FnMut(&Path) -> Arc<Configured>, found: &mut Found) {
        let mut builder = WalkBuilder::new(folder);
        // A `.gitignore` is honoured in a folder that is no repository, too: that is what its writer meant.
        builder.require_git(false).follow_links(false).sort_by_file_name(std::ffi::OsStr::cmp);
        if let Some(only) = self.only.clone() {
            builder.filter_entry(move |entry| leads_to(entry.path(), &only));
        }
        let mut count = 0;
        for entry in builder.build() {
            if (self.stop)() {
                return;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    found.skipped.extend(unreadable(&error));
                    continue;
                }
            };
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if !is_file || !is_markdown(entry.path()) || is_excluded(entry.path(), applies) {
                continue;
            }
            if count == self.most {
                found.notices.push(format!(
                    "only the first {} Markdown files of {} are read; name a smaller folder",
                    self.most,
                    super::shown(folder)
                ));
                return;
            }
            count += 1;
            found.entries.push(Entry { path: without_dot(entry.path()), named: false });
        }
    }
}

/// Whether one of some paths is this one, lies in it, or has it in it.
fn leads_to(path: &Path, some: &BTreeSet<PathBuf>) -> bool {
    let mut from = some.range::<Path, _>((Bound::Included(path), Bound::Unbounded));
    from.next().is_some_and(|next| next.starts_with(path))
        || path.ancestors().any(|above| some.contains(above))
}

/// Whether the configuration of a file leaves it out.
fn is_excluded(path: &Path, applies: &mut dyn FnMut(&Path) -> Arc<Configured>) -> bool {
    let configured = applies(path);
    // Where no glob says anything, the system need not be asked for the file's real folder.
    !configured.config.bank.exclude.patterns().is_empty()
        && configured.config.excludes(&configured.relative(path))
}

/// The path and reason of a walking error; errors without a path are about patterns of a `.gitignore`, which is not
/// ours to judge.
fn unreadable(error: &ignore::Error) -> Option<(PathBuf, ReadError)> {
    match error {
        ignore::Error::WithPath { path, err } => {
            let kind = err.io_error()?.kind();
            Some((without_dot(path), ReadError::from(std::io::Error::from(kind))))
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => unreadable(err),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Found, Walk, find, find_in};
    use crate::workspace::Configurations;

    /// A folder with these files, a path ending in `/` for a folder.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            fs::write(path, "x\n").expect("written");
        }
        folder
    }

    fn names(found: &Found, folder: &Path) -> Vec<String> {
        let strip =
            |path: &PathBuf| path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
        found.entries.iter().map(|entry| strip(&entry.path)).collect()
    }

    fn find_all(folder: &Path) -> Found {
        find(&[folder.to_path_buf()], &mut Configurations::default())
    }

    #[test]
    fn markdown_files_are_found_in_order() {
        let folder =
            folder(&["b.md", "a/c.MARKDOWN", "a.md", "x.txt", ".hidden/d.md", ".e.md", "ignored.md"]);
        fs::write(folder.path().join(".gitignore"), "ignored.md\n").expect("written");
        assert_eq!(names(&find_all(folder.path()), folder.path()), ["a/c.MARKDOWN", "a.md", "b.md"]);
    }

    #[test]
    fn excluded_files_are_read_when_named() {
        let folder = folder(&["a.md", "old/b.md"]);
        fs::write(folder.path().join("starling.toml"), "[bank]\nexclude = ['old']\n").expect("written");
        assert_eq!(names(&find_all(folder.path()), folder.path()), ["a.md"]);
        let named = find(&[folder.path().join("old/b.md")], &mut Configurations::default());
        assert_eq!(named.entries.len(), 1);
        assert!(named.entries[0].named);
    }

    #[test]
    fn each_file_is_found_once() {
        let folder = folder(&["a.md", "b/c.md"]);
        let paths = [folder.path().to_path_buf(), folder.path().join("b"), folder.path().join("b/../a.md")];
        let found = find(&paths, &mut Configurations::default());
        assert_eq!(found.entries.len(), 2, "{found:?}");
    }

    #[test]
    fn missing_paths_are_told_and_others_found() {
        let folder = folder(&["a.md"]);
        let paths = [folder.path().join("nothing"), folder.path().join("a.md")];
        let found = find(&paths, &mut Configurations::default());
        assert_eq!((found.entries.len(), found.failures.len()), (1, 1));
    }

    #[test]
    fn the_number_of_files_is_bounded() {
        let folder = folder(&["a.md", "b.md", "c.md"]);
        let mut found = Found::default();
        let mut configurations = Configurations::default();
        let walk = Walk { only: None, stop: &|| false, most: 2 };
        walk.folder(folder.path(), &mut |file| configurations.of(file), &mut found);
        assert_eq!(names(&found, folder.path()), ["a.md", "b.md"]);
        assert!(found.notices[0].contains("first 2 Markdown files"));
    }

    #[test]
    fn some_paths_are_found_as_all_are() {
        let folder = folder(&["a.md", "b/c.md", "b/d/e.md", "b/.f/g.md", "ignored.md", "h.md"]);
        fs::write(folder.path().join(".gitignore"), "ignored.md\n").expect("written");
        let some = |names: &[&str]| {
            let only = names.iter().map(|name| folder.path().join(name)).collect();
            let mut configurations = Configurations::default();
            let found = find_in(folder.path(), Some(&only), &mut |file| configurations.of(file), &|| false);
            super::tests::names(&found, folder.path())
        };
        assert_eq!(some(&["h.md", "ignored.md", "b/c.md", "missing.md"]), ["b/c.md", "h.md"]);
        assert_eq!(some(&["b"]), ["b/c.md", "b/d/e.md"]);
        assert!(some(&["b/.f/g.md"]).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn links_in_folders_are_not_followed() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["a.md", "b/c.md"]);
        symlink(folder.path(), folder.path().join("b/loop")).expect("linked");
        symlink(folder.path().join("missing"), folder.path().join("d.md")).expect("linked");
        let found = find_all(folder.path());
        assert_eq!(names(&found, folder.path()), ["a.md", "b/c.md"]);
        assert!(found.skipped.is_empty(), "{found:?}");
        let through = find(&[folder.path().join("b/loop")], &mut Configurations::default());
        assert_eq!(through.entries.len(), 2, "a link that was named is followed");
    }
}
