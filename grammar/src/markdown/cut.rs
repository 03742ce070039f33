//! Cuts a text into segments that can be parsed one by one, and these, for their blocks alone, into pieces.
//!
//! A segment begins at an ATX heading in column 0, which ends every open paragraph, list and quote, so that nothing
//! before it changes how it reads, provided that no fence, HTML block or comment is open. Where that cannot be told
//! cheaply (a fence that is indented may belong to a list item), the scan does not cut. Not to cut is always right;
//! it only costs speed.

use super::block::nests_too_deep;
use super::lines::{Lines, is_blank};
use crate::Span;

/// Segments shorter than this are joined with the next, so that small sections share the cost of a parse.
const LEAST_BYTES: usize = 1024;

/// The spans of the segments of `text` from byte `from` on; together they cover the rest of the text.
///
/// `from` is the start of the text, or of a segment: nothing is open there. Where an earlier text was cut, as `known`
/// says, this one is cut again, be the segment before it short: else one heading more could move all cuts after it.
pub(super) fn segments(text: &str, from: usize, known: impl Fn(usize) -> bool) -> impl Iterator<Item = Span> {
    segments_of(text, from, LEAST_BYTES, known)
}

/// The same, with segments of `least` bytes or more.
pub(super) fn segments_of(
    text: &str,
    from: usize,
    least: usize,
    known: impl Fn(usize) -> bool,
) -> impl Iterator<Item = Span> {
    let mut scan = Scan::default();
    let mut lines = Lines::new(text, from);
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let start = next?;
        let cut = lines.find(|line| {
            let may_cut = scan.step(line.of(text));
            may_cut && line.start > start && (line.start - start >= least || known(line.start))
        });
        next = cut.map(|line| line.start);
        Some(Span::new(start, next.unwrap_or(text.len())))
    })
}

/// The spans of pieces of a text, each of `least` bytes or more, whose blocks can be read one by one; together they cover
/// it. `text` is a segment.
///
/// A piece begins where nothing that is open can go on: at text in column 0 after a blank line, or at an item there.
pub(super) fn pieces(text: &str, least: usize) -> Vec<Span> {
    let mut scan = Scan::default();
    let mut after_blank = false;
    let mut starts = vec![0];
    for line in Lines::new(text, 0) {
        let words = line.of(text);
        let is_open = !matches!(scan.open, Open::Nothing);
        scan.step(words);
        let begins = !is_open && (after_blank && begins_block(words) || begins_item(words));
        if begins && starts.last().is_some_and(|start| line.start - start >= least.max(1)) {
            starts.push(line.start);
        }
        after_blank = is_blank(words);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect()
}

/// Whether a line has text in column 0; a byte order mark there is none at the head of a text.
fn begins_block(line: &str) -> bool {
    !line.is_empty() && !line.starts_with([' ', '\t', '\u{FEFF}'])
}

/// Whether a line opens an item with text in column 0, whatever stands before it; of numbers, 1 alone does.
fn begins_item(line: &str) -> bool {
    matches!(
        line.as_bytes(),
        [b'-' | b'*' | b'+', b' ', text, ..] | [b'1', b'.' | b')', b' ', text, ..] if text.is_ascii_alphanumeric()
    )
}

/// What is open at a line.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    /// A fence of this character and length. `indent` is that of its first line.
    Fence { mark: u8, length: usize, indent: usize },
    /// An HTML block that ends in the line that holds one of these.
    Html { ends: &'static [&'static str], indent: usize },
    /// An HTML block that ends before a blank line; `certain` unless it may be a paragraph that begins with a tag.
    Tags { certain: bool },
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
        if nests_too_deep(line) || line.contains('\0') {
            // The grammar is shown another line, which may begin or end something.
            self.open = Open::Unknown;
        }
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        match self.open {
            Open::Nothing => return self.open_at(trimmed, indent),
            Open::Fence { mark, length, indent: opened } => {
                if closes_fence(trimmed, mark, length) && indent <= 3 {
                    self.open = if indent == opened { Open::Nothing } else { Open::Unknown };
                } else if indent < opened && !is_blank(trimmed) {
                    self.open = Open::Unknown;
                }
            }
            Open::Html { ends, indent: opened } => {
                if indent < opened && !is_blank(trimmed) {
                    self.open = Open::Unknown;
                } else if contains_any(line, ends) {
                    self.open = Open::Nothing;
                }
            }
            Open::Tags { certain } => {
                if is_blank(trimmed) {
                    self.open = Open::Nothing;
                } else if !certain {
                    self.open_at(trimmed, indent);
                    let opened = matches!(self.open, Open::Fence { .. } | Open::Html { .. } | Open::Unknown);
                    self.open = if opened { Open::Unknown } else { Open::Tags { certain } };
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
        if let Some(ends) = raw_html(trimmed) {
            // The grammar may not see an end that shares signs with the beginning (`<?>`).
            let opening = if trimmed.starts_with("<!--") { 4 } else { 2 };
            if !contains_any(trimmed, ends) {
                self.open = Open::Html { ends, indent };
            } else if !contains_any(&trimmed[opening..], ends) {
                self.open = Open::Unknown;
            }
        } else if trimmed[1..].starts_with('!') {
            // Declarations: the grammar has a mind of its own of where they end.
            self.open = Open::Unknown;
        } else if trimmed[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
            let tag = trimmed[1..].strip_prefix('/').unwrap_or(&trimmed[1..]);
            let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let (name, rest) = tag.split_at(length);
            let certain = ["details", "summary", "div", "p", "table"]
                .iter()
                .any(|block| name.eq_ignore_ascii_case(block))
                && (rest.is_empty() || rest.starts_with([' ', '\t', '>']));
            self.open = Open::Tags { certain };
        }
    }
}

/// What ends the HTML block over blank lines that `line` opens, if it opens one (CommonMark 0.31, 4.6, kinds 1 to 5, but for 4).
fn raw_html(line: &str) -> Option<&'static [&'static str]> {
    let name = line[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(&line[1..], |end| &line[1..=end]);
    let named = ["pre", "script", "style", "textarea"].iter().any(|raw| name.eq_ignore_ascii_case(raw));
    match &line.as_bytes()[1..] {
        [b'!', b'-', b'-', ..] => Some(&["-->"]),
        [b'?', ..] => Some(&["?>"]),
        [b'!', b'[', ..] if line.starts_with("<![CDATA[") => Some(&["]]>"]),
        rest if named && matches!(rest.get(name.len()), None | Some(b' ' | b'\t' | b'>')) => {
            Some(&["</pre>", "</script>", "</style>", "</textarea>"])
        }
        _ => None,
    }
}

fn is_heading(bytes: &[u8]) -> bool {
    let marks = bytes.iter().take_while(|&&byte| byte == b'#').count();
    marks <= 6 && matches!(bytes.get(marks), None | Some(b' ' | b'\t'))
}

fn closes_fence(trimmed: &str, mark: u8, length: usize) -> bool {
    let bytes = trimmed.as_bytes();
    let marks = bytes.iter().take_while(|&&byte| byte == mark).count();
    marks >= length && bytes[marks..].iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

fn contains_any(line: &str, ends: &[&str]) -> bool {
    let line = line.as_bytes();
    ends.iter().any(|end| line.windows(end.len()).any(|window| window.eq_ignore_ascii_case(end.as_bytes())))
}
