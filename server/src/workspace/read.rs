//! Reading one file as text.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

/// The largest file that is read, in bytes. A story file has some 3 KB.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The byte order mark that some Windows programs put at the head of UTF-8 files.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How much of a file is searched for NUL bytes, as git does to tell binary files.
const BINARY_WINDOW: usize = 8000;

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// The text without a byte order mark: editors do not show it, so lines and columns do not count it.
    pub text: Arc<str>,
    /// Whether the file begins with a byte order mark.
    pub byte_order_mark: bool,
}

impl FileText {
    /// The bytes of the file if its text were `text`.
    #[must_use]
    pub fn bytes_with(&self, text: &str) -> Vec<u8> {
        let mark = if self.byte_order_mark { BYTE_ORDER_MARK } else { b"" };
        [mark, text.as_bytes()].concat()
    }

    /// The bytes of the file as they were read.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes_with(&self.text)
    }
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file, or it is a symbolic link to nothing.
    Missing,
    /// A pipe, device or socket; or a folder where a file is expected.
    NotAFile,
    /// Larger than [`MAX_BYTES`].
    TooLarge {
        /// The size of the file in bytes.
        bytes: u64,
    },
    /// UTF-16, as Windows programs save "Unicode".
    Utf16,
    /// Holds NUL bytes.
    Binary,
    /// Not UTF-8.
    NotUtf8 {
        /// The line of the first byte that is not, from 1.
        line: usize,
    },
    /// The system refused.
    Unreadable(io::Error),
}

impl ReadError {
    /// What the user can do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing => "check the spelling of the path",
            Self::NotAFile => "name a file or folder; standard input is read with --stdin-filename NAME",
            Self::TooLarge { .. } => "split it into smaller files; up to 4 MiB are read",
            Self::Utf16 | Self::NotUtf8 { .. } => "save it as UTF-8",
            Self::Binary => "name Markdown files only",
            Self::Unreadable(_) => "check its permissions",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(out, "no such file or folder"),
            Self::NotAFile => write!(out, "not a regular file"),
            Self::TooLarge { bytes } => {
                let mebibytes = *bytes as f64 / f64::from(1024 * 1024);
                write!(out, "too large ({mebibytes:.1} MiB)")
            }
            Self::Utf16 => write!(out, "encoded in UTF-16, not UTF-8"),
            Self::Binary => write!(out, "a binary file"),
            Self::NotUtf8 { line } => write!(out, "not UTF-8 (line {line})"),
            Self::Unreadable(error) => write!(out, "cannot be read: {}", plain_reason(error)),
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::IsADirectory => Self::NotAFile,
            _ => Self::Unreadable(error),
        }
    }
}

/// The system's sentence without its number: "Permission denied".
fn plain_reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// Reads a file.
///
/// # Errors
/// When it is missing, no regular file, too large, not UTF-8, or the system refuses.
pub fn read(path: &Path) -> Result<FileText, ReadError> {
    // Asked before opening: opening a pipe waits for somebody to write to it.
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile);
    }
    if metadata.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: metadata.len() });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    // One byte more than allowed: the file may have grown, and some files do not tell their size.
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    decode(&bytes)
}

/// Bytes as text.
///
/// # Errors
/// When they are too many, or not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<FileText, ReadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64 });
    }
    if is_utf16(bytes) {
        return Err(ReadError::Utf16);
    }
    if bytes[..bytes.len().min(BINARY_WINDOW)].contains(&0) {
        return Err(ReadError::Binary);
    }
    let byte_order_mark = bytes.starts_with(BYTE_ORDER_MARK);
    let content = if byte_order_mark { &bytes[BYTE_ORDER_MARK.len()..] } else { bytes };
    match std::str::from_utf8(content) {
        Ok(text) => Ok(FileText { text: text.into(), byte_order_mark }),
        Err(error) => {
            let line = 1 + content[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            Err(ReadError::NotUtf8 { line })
        }
    }
}

/// Whether the bytes begin with a UTF-16 byte order mark, or look like Latin text in UTF-16 without one.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    let pairs = bytes.chunks_exact(2).take(64);
    let second_is_zero = pairs.clone().filter(|pair| pair[0] != 0 && pair[1] == 0).count();
    let first_is_zero = pairs.clone().filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    pairs.len() >= 2 && second_is_zero.max(first_is_zero) * 10 >= pairs.len() * 9
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{MAX_BYTES, ReadError, decode, read};

    #[test]
    fn a_byte_order_mark_is_kept_apart() {
        let file = decode(b"\xEF\xBB\xBF# A\r\n").expect("UTF-8");
        assert_eq!(&*file.text, "# A\r\n");
        assert_eq!(file.bytes(), b"\xEF\xBB\xBF# A\r\n");
        assert_eq!(file.bytes_with("x"), b"\xEF\xBB\xBFx");
        assert_eq!(decode(b"x").expect("UTF-8").bytes(), b"x");
    }

    #[test]
    fn what_is_not_utf8_is_told_apart() {
        assert!(matches!(decode(b"\xFF\xFE#\0"), Err(ReadError::Utf16)));
        assert!(matches!(decode(b"\xFE\xFF\0#"), Err(ReadError::Utf16)));
        assert!(matches!(decode(b"#\0 \0A\0\n\0"), Err(ReadError::Utf16)));
        assert!(matches!(decode(b"\x7FELF\0\0\0\0\x01\x02"), Err(ReadError::Binary)));
        assert!(matches!(decode(b"# A\nca\xE9f\n"), Err(ReadError::NotUtf8 { line: 2 })));
        assert!(matches!(decode(&vec![b'a'; MAX_BYTES as usize + 1]), Err(ReadError::TooLarge { .. })));
        assert_eq!(&*decode(b"").expect("empty is fine").text, "");
    }

    #[test]
    fn what_is_no_file_is_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(read(folder.path()), Err(ReadError::NotAFile)));
        assert!(matches!(read(&folder.path().join("a.md")), Err(ReadError::Missing)));
        assert!(matches!(read(Path::new("/dev/null")), Err(ReadError::NotAFile)));
        let file = folder.path().join("b.md");
        std::fs::write(&file, "x").expect("written");
        assert!(matches!(read(&file.join("c.md")), Err(ReadError::Missing)));
    }
}
