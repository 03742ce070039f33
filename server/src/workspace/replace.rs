//! Replacing a file, wholly or not at all.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::places::{canonical, folder_of};

/// Why a file was not replaced. It is as it was.
#[derive(Debug)]
pub enum ReplaceError {
    /// Its content is no longer what was read.
    Changed,
    /// A symbolic link to a place outside of the paths that the user named.
    Outside,
    /// The system refused.
    Unwritable(io::Error),
}

impl fmt::Display for ReplaceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => write!(out, "changed while it was checked; run again"),
            Self::Outside => write!(out, "a link to a file outside of the named paths; name that file"),
            Self::Unwritable(error) => write!(out, "cannot be written: {error}"),
        }
    }
}

impl From<io::Error> for ReplaceError {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}

/// Replaces the content `before` of a file by `after`: a reader sees the one or the other, never a mixture, and after a
/// crash one of them is there. Permissions are kept; a symbolic link stays one and its target is replaced, if that
/// lies within one of `roots`.
///
/// # Errors
/// When the content is not `before`, the file lies outside of `roots`, or the system refuses.
pub fn replace(path: &Path, before: &[u8], after: &[u8], roots: &[PathBuf]) -> Result<(), ReplaceError> {
    let target = path.canonicalize()?;
    if !roots.iter().filter_map(|root| canonical(root)).any(|root| target.starts_with(root)) {
        return Err(ReplaceError::Outside);
    }
    // A rename would replace a read-only file as well: opening it for writing asks whether that is allowed.
    let metadata = OpenOptions::new().write(true).open(&target)?.metadata()?;
    let mut replacement =
        tempfile::Builder::new().prefix(".starling-").suffix(".tmp").tempfile_in(folder_of(&target))?;
    replacement.write_all(after)?;
    keep_owner(replacement.as_file(), &metadata);
    replacement.as_file().set_permissions(metadata.permissions())?;
    replacement.as_file().sync_all()?;
    if fs::read(&target)? != before {
        return Err(ReplaceError::Changed);
    }
    replacement.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Gives the new file the owner of the old one, where the system allows it; otherwise it belongs to who ran the fix.
#[cfg(unix)]
fn keep_owner(file: &File, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{ReplaceError, replace};

    #[test]
    fn replaces_what_was_read_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        fs::write(&file, "old").expect("written");
        let roots = [folder.path().to_path_buf()];
        replace(&file, b"old", b"new", &roots).expect("replaced");
        assert_eq!(fs::read(&file).expect("read"), b"new");
        assert!(matches!(replace(&file, b"old", b"other", &roots), Err(ReplaceError::Changed)));
        assert_eq!(fs::read(&file).expect("read"), b"new");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_links() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("a.md"), folder.path().join("link.md"));
        fs::write(&file, "old").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&file, &link).expect("linked");
        replace(&link, b"old", b"new", &[folder.path().to_path_buf()]).expect("replaced");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read(&file).expect("read"), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn does_not_leave_the_named_paths() {
        let (inside, outside) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let (file, link) = (outside.path().join("a.md"), inside.path().join("a.md"));
        fs::write(&file, "old").expect("written");
        std::os::unix::fs::symlink(&file, &link).expect("linked");
        let refused = replace(&link, b"old", b"new", &[inside.path().to_path_buf()]);
        assert!(matches!(refused, Err(ReplaceError::Outside)));
        replace(&link, b"old", b"new", std::slice::from_ref(&link)).expect("the link itself was named");
        assert_eq!(fs::read(&file).expect("read"), b"new");
    }
}
