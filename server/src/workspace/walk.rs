//! Finding the Markdown files that some paths stand for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::configuration::Configurations;
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
            Ok(metadata) if metadata.is_dir() => walk(path, MAX_FILES, configurations, &mut found),
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

fn walk(folder: &Path, most: usize, configurations: &mut Configurations, found: &mut Found) {
    // A `.gitignore` is honoured in a folder that is no repository, too: that is what its writer meant.
    let walker = WalkBuilder::new(folder)
        .require_git(false)
        .follow_links(false)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .build();
    let mut count = 0;
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.skipped.extend(unreadable(&error));
                continue;
            }
        };
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if !is_file || !is_markdown(entry.path()) || is_excluded(entry.path(), configurations) {
            continue;
        }
        if count == most {
            found.notices.push(format!(
                "only the first {most} Markdown files of {} are read; name a smaller folder",
                super::shown(folder)
            ));
            return;
        }
        count += 1;
        found.entries.push(Entry { path: without_dot(entry.path()), named: false });
    }
}

fn is_excluded(path: &Path, configurations: &mut Configurations) -> bool {
    let configured = configurations.of(path);
    configured.config.excludes(&configured.relative(path))
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

    use super::{Found, find, walk};
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
        walk(folder.path(), 2, &mut Configurations::default(), &mut found);
        assert_eq!(names(&found, folder.path()), ["a.md", "b.md"]);
        assert!(found.notices[0].contains("first 2 Markdown files"));
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
