//! Which places are read, and how they are named.

use std::path::{Component, Path, PathBuf};

/// Whether the name of a file says that it is Markdown: `*.md` or `*.markdown`, in any case.
///
/// Not `*.mdx`: its expressions and imports are no Markdown, and nobody keeps interview notes in components.
#[must_use]
pub fn is_markdown(path: &Path) -> bool {
    let Some(extension) = path.extension().and_then(|extension| extension.to_str()) else { return false };
    extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
}

/// The folder that is meant when none is named: the current one.
///
/// # Errors
/// A sentence for the user when that is the home folder or the root of a file system: nobody means all of it.
pub fn default_folder() -> Result<PathBuf, String> {
    let here = std::env::current_dir().map_err(|error| format!("cannot tell the current folder: {error}"))?;
    if is_home_or_root(&here) {
        return Err(format!(
            "{} is not read as a whole unless it is named; name the folder of your stories, or `.` for all of it",
            here.display()
        ));
    }
    Ok(PathBuf::from("."))
}

/// Whether a folder is the user's home or the root of a file system.
#[must_use]
pub fn is_home_or_root(folder: &Path) -> bool {
    if folder.parent().is_none() && folder.has_root() {
        return true;
    }
    let Some(home) = std::env::home_dir().filter(|home| !home.as_os_str().is_empty()) else { return false };
    folder == home
        || canonical(&home).is_some_and(|home| canonical(folder).is_some_and(|folder| folder == home))
}

/// A path as it is printed: as given, without a leading `./`, with `/` between its parts on every system.
#[must_use]
pub fn shown(path: &Path) -> String {
    let path = without_dot(path);
    if path.as_os_str().is_empty() {
        return ".".to_owned();
    }
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// The path without `.` at its head.
pub(super) fn without_dot(path: &Path) -> PathBuf {
    path.components().skip_while(|component| *component == Component::CurDir).collect()
}

/// The folder of a file, `.` for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The path without symbolic links and dots, as far as it exists: standard input may be named after a file that is
/// still to be written, in a folder that is still to be made.
#[must_use]
pub fn real(path: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|existing| {
        let real = canonical(existing)?;
        Some(real.join(path.strip_prefix(existing).unwrap_or(Path::new(""))))
    })
}

/// The path without symbolic links and dots, if it exists.
pub(super) fn canonical(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    path.canonicalize().ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{is_home_or_root, is_markdown, shown};

    #[test]
    fn markdown_is_known_by_its_name() {
        for name in ["a.md", "A.MD", "b.markdown", "dir/c.d.md"] {
            assert!(is_markdown(Path::new(name)), "{name}");
        }
        for name in ["md", ".md", "a.mdx", "a.txt", "a.md.bak"] {
            assert!(!is_markdown(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn paths_are_shown_as_given() {
        assert_eq!(shown(Path::new("./a/b.md")), "a/b.md");
        assert_eq!(shown(Path::new("../b.md")), "../b.md");
        assert_eq!(shown(Path::new("/a/b.md")), "/a/b.md");
        assert_eq!(shown(Path::new(".")), ".");
    }

    #[test]
    fn the_root_is_the_root() {
        assert!(is_home_or_root(Path::new("/")));
        assert!(!is_home_or_root(Path::new("/tmp/some/where")));
    }
}
