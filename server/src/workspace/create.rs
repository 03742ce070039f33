//! Writing a new file, and never over another.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Why a file was not written.
#[derive(Debug)]
pub enum CreateError {
    /// Something of that name is there. It is as it was.
    Exists,
    /// The folder is not there.
    NoFolder,
    /// The system refused.
    Unwritable(io::Error),
}

impl fmt::Display for CreateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists => write!(out, "is there already; choose another title"),
            Self::NoFolder => write!(out, "cannot be written: the folder is not there"),
            Self::Unwritable(error) => write!(out, "cannot be written: {error}"),
        }
    }
}

impl From<io::Error> for CreateError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists,
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoFolder,
            _ => Self::Unwritable(error),
        }
    }
}

/// Writes a file that was not there. Whatever has its name, a link to nothing too, is left as it is.
///
/// # Errors
/// When something of that name is there, the folder is not, or the system refuses.
pub fn create(path: &Path, text: &str) -> Result<(), CreateError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
        // Half a file helps nobody; that it cannot be removed either is not worth a word more.
        let _ = fs::remove_file(path);
        return Err(error.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{CreateError, create};

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        create(&file, "one").expect("written");
        assert!(matches!(create(&file, "two"), Err(CreateError::Exists)));
        assert_eq!(fs::read(&file).expect("read"), b"one");
        assert!(matches!(create(&folder.path().join("b/c.md"), "x"), Err(CreateError::NoFolder)));
        assert!(matches!(create(&file.join("c.md"), "x"), Err(CreateError::NoFolder)));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("a.md");
        std::os::unix::fs::symlink(folder.path().join("target"), &link).expect("linked");
        assert!(matches!(create(&link, "x"), Err(CreateError::Exists)));
        assert!(!folder.path().join("target").exists());
    }
}
