//! Cuts a text into segments that can be parsed one by one.
//!
//! A segment begins at an ATX heading in column 0, which ends every open paragraph, list and quote, so that nothing
//! before it changes how it reads, provided that no fence, HTML block or comment is open. Where that cannot be told
//! cheaply (a fence that is indented may belong to a list item), the scan does not cut. Not to cut is always right;
//! it only costs speed.

use super::lines::Lines;
use crate::Span;

/// Segments shorter than this are joined with the next, so that small sections share the cost of a parse.
const LEAST_BYTES: usize = 1024;

/// The spans of the segments of `text` from byte `from` on; together they cover the rest of the text.
pub(super) fn segments(text: &str, from: usize) -> Vec<Span> {
    let mut segments = Vec::new();
    let mut start = from;
    let mut scan = Scan::default();
    for line in Lines::new(text, from) {
        let may_cut = scan.step(line.of(text));
        if may_cut && line.start - start >= LEAST_BYTES {
            segments.push(Span::new(start, line.start));
            start = line.start;
        }
    }
    if start < text.len() || segments.is_empty() {
        segments.push(Span::new(start, text.len()));
    }
    segments
}

/// What is open at a line.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    /// A fence of this character and length. `indent` is that of its first line.
    Fence { mark: u8, length: usize, indent: usize },
    /// An HTML block that ends in the line that holds this text.
    Html { end: &'static str, indent: usize },
    /// An HTML block that ends before a blank line.
    Tags,
    /// It cannot be told any more.
    Unknown,
}

#[derive(Default)]
struct Scan {
    open: Open,
}

impl Scan {
    /// Reads the next line, without its end, and says whether a segment may begin at it.
    fn step(&mut self, line: &str) -> bool {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        match self.open {
            Open::Nothing => return self.open_at(trimmed, indent),
            Open::Fence { mark, length, indent: opened } => {
                if closes_fence(trimmed, mark, length) && indent <= 3 {
                    self.open = if indent == opened { Open::Nothing } else { Open::Unknown };
                } else if indent < opened && !trimmed.trim().is_empty() {
                    self.open = Open::Unknown;
                }
            }
            Open::Html { end, indent: opened } => {
                if indent < opened && !trimmed.trim().is_empty() {
                    self.open = Open::Unknown;
                } else if contains_ignore_case(line, end) {
                    self.open = Open::Nothing;
                }
            }
            Open::Tags => {
                if trimmed.trim().is_empty() {
                    self.open = Open::Nothing;
                }
            }
            Open::Unknown => {}
        }
        false
    }

    /// Reads a line while nothing is open.
    fn open_at(&mut self, trimmed: &str, indent: usize) -> bool {
        if indent > 3 {
            return false;
        }
        let bytes = trimmed.as_bytes();
        match bytes.first() {
            Some(b'#') => return indent == 0 && is_heading(bytes),
            Some(&mark @ (b'`' | b'~')) => {
                let length = bytes.iter().take_while(|&&byte| byte == mark).count();
                let info = &bytes[length..];
                if length >= 3 && !(mark == b'`' && info.contains(&b'`')) {
                    self.open = Open::Fence { mark, length, indent };
                }
            }
            Some(b'<') => self.open_html(trimmed, indent),
            _ => {}
        }
        false
    }

    fn open_html(&mut self, trimmed: &str, indent: usize) {
        let Some((start, end)) = RAW_HTML.iter().find(|(start, _)| {
            trimmed.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        }) else {
            if trimmed[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
                self.open = Open::Tags;
            }
            return;
        };
        if !contains_ignore_case(&trimmed[start.len()..], end) {
            self.open = Open::Html { end, indent };
        }
    }
}

/// HTML blocks that run over blank lines, by what opens and what closes them (CommonMark 0.31, 4.6, kinds 1 to 5).
const RAW_HTML: [(&str, &str); 8] = [
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
    ("<![CDATA[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
];

fn is_heading(bytes: &[u8]) -> bool {
    let marks = bytes.iter().take_while(|&&byte| byte == b'#').count();
    marks <= 6 && matches!(bytes.get(marks), None | Some(b' ' | b'\t'))
}

fn closes_fence(trimmed: &str, mark: u8, length: usize) -> bool {
    let bytes = trimmed.as_bytes();
    let marks = bytes.iter().take_while(|&&byte| byte == mark).count();
    marks >= length && bytes[marks..].iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

fn contains_ignore_case(line: &str, needle: &str) -> bool {
    line.as_bytes().windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}
