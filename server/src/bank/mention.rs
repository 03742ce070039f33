//! Places in tables and lists that name stories: by link, by number, or by title.

use memchr::memchr_iter;
use starling_grammar::Span;

/// A place that may name a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name: the target of a link, the number, or the words of a cell.
    pub span: Span,
    /// Which table or list of the file it stands in.
    pub listing: u32,
    /// What it names.
    pub target: Target,
}

/// What a mention names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A Markdown file by its path from the file of the mention (empty for the same file), and a heading in it (empty
    /// for none).
    Link {
        /// What the reader sees; of the stories of a file, it may name the one that is meant.
        words: Box<str>,
        /// The path.
        path: Box<str>,
        /// The heading as an anchor.
        anchor: Box<str>,
    },
    /// A file or story by its name alone: `[[name]]`.
    Name(Box<str>),
    /// A story by its number.
    Number(u32),
    /// A story by its title, in a column of stories.
    Title(Box<str>),
}

/// The mentions of a text, in its order.
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut scan = Scan { text, mentions: Vec::new(), listing: 0 };
    let lines: Vec<Span> = lines(text);
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].of(text);
        at += if let Some(fence) = fence(line) {
            1 + lines[at + 1..].iter().take_while(|line| !closes(line.of(text), fence)).count() + 1
        } else if line.contains('|') && lines.get(at + 1).is_some_and(|next| is_delimiter(next.of(text))) {
            scan.table(&lines[at..])
        } else if is_item(line) {
            scan.list(&lines[at..])
        } else {
            1
        };
    }
    scan.mentions
}

struct Scan<'t> {
    text: &'t str,
    mentions: Vec<Mention>,
    listing: u32,
}

impl Scan<'_> {
    /// Reads a table; answers with its number of lines.
    fn table(&mut self, lines: &[Span]) -> usize {
        self.listing += 1;
        let of_stories: Vec<bool> =
            cells(self.text, lines[0]).iter().map(|cell| names_stories(cell.of(self.text))).collect();
        let length = lines.iter().take_while(|line| line.of(self.text).contains('|')).count();
        for row in lines.iter().take(length).skip(2) {
            for (column, cell) in cells(self.text, *row).into_iter().enumerate() {
                let before = self.mentions.len();
                self.named(cell);
                if self.mentions.len() == before && of_stories.get(column) == Some(&true) {
                    self.cell(cell);
                }
            }
        }
        length
    }

    /// Reads a list; answers with its number of lines.
    fn list(&mut self, lines: &[Span]) -> usize {
        self.listing += 1;
        let belongs = |line: &&Span| {
            let line = line.of(self.text);
            is_item(line) || line.trim().is_empty() || line.starts_with([' ', '\t'])
        };
        let length = lines.iter().take_while(belongs).count();
        for line in &lines[..length] {
            self.named(*line);
        }
        length
    }

    /// Reads links and numbers of stories, outside of code.
    fn named(&mut self, span: Span) {
        let mut at = span.start;
        let opens = |byte: &u8| matches!(byte, b'`' | b'[' | b']' | b's' | b'S');
        while let Some(length) = self.text.as_bytes()[at..span.end].iter().position(opens) {
            at += length;
            let rest = &self.text[at..span.end];
            at += if let Some(code) = rest.strip_prefix('`') {
                code.find('`').map_or(1, |close| close + 2)
            } else if let Some(inner) = rest.strip_prefix("[[") {
                self.name(at + 2, inner)
            } else if let Some(target) = rest.strip_prefix("](") {
                self.link(span.start, at + 2, target)
            } else {
                self.story_number(at, rest)
            };
        }
    }

    fn name(&mut self, start: usize, inner: &str) -> usize {
        let near = &inner[..inner.floor_char_boundary(LONGEST)];
        let Some(close) = near.find("]]") else { return 2 };
        let length = inner[..close].find(['|', '#', '\\', '^']).unwrap_or(close);
        let span = Span::new(start, start + length).trim(self.text);
        if !span.is_empty() {
            self.push(span, Target::Name(span.of(self.text).into()));
        }
        close + 4
    }

    /// Reads the target of a link; `from` is where its line or cell begins.
    fn link(&mut self, from: usize, start: usize, target: &str) -> usize {
        let near = &target[..target.floor_char_boundary(LONGEST)];
        let Some(close) = near.find(')') else { return 2 };
        let before = &self.text[from..start - 2];
        let opens = opening(before);
        // An image shows no story.
        if opens.is_some_and(|opens| before[..opens].ends_with('!')) {
            return close + 2;
        }
        let words = opens.map_or("", |opens| before[opens + 1..].trim());
        let bare = target[..close].trim_start_matches('<');
        let start = start + (close - bare.len());
        let length = bare.find(['>', ' ', '"']).unwrap_or(bare.len());
        let (path, anchor) = bare[..length].split_once('#').unwrap_or((&bare[..length], ""));
        let extension = path.rsplit('.').next().unwrap_or_default();
        let is_markdown = extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown");
        let is_near = !path.contains(':') && !path.starts_with('/');
        if is_near && (is_markdown || path.is_empty() && !anchor.is_empty()) {
            let (path_of, anchor) = (decoded(path).into(), decoded(anchor).into());
            let target = Target::Link { words: words.into(), path: path_of, anchor };
            let end = if path.is_empty() { start + length } else { start + path.len() };
            self.push(Span::new(start, end), target);
        }
        close + 2
    }

    /// Reads `Story 3`; answers with how much was read.
    fn story_number(&mut self, at: usize, rest: &str) -> usize {
        let Some(word) = rest.get(..5).filter(|word| word.eq_ignore_ascii_case("story")) else { return 1 };
        if self.text[..at].ends_with(char::is_alphanumeric) {
            return 1;
        }
        let digits = rest[word.len()..].trim_start_matches([' ', '#', '\u{a0}']);
        let gap = rest.len() - word.len() - digits.len();
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let end = word.len() + gap + length;
        match digits[..length].parse() {
            Ok(number) if gap > 0 && !rest[end..].starts_with(char::is_alphanumeric) => {
                self.push(Span::new(at, at + end), Target::Number(number));
                end
            }
            _ => 1,
        }
    }

    /// Reads a cell of a column of stories: numbers, or a title.
    fn cell(&mut self, cell: Span) {
        let marks = |c: char| matches!(c, '*' | '_' | '"' | '“' | '”') || c.is_whitespace();
        let words = cell.of(self.text);
        let start = cell.start + words.len() - words.trim_start_matches(marks).len();
        let span = Span::new(start, start + self.text[start..cell.end].trim_end_matches(marks).len());
        let title = span.of(self.text);
        if title.contains(['`', '[']) || !title.contains(char::is_alphanumeric) || title.len() > 120 {
            return;
        }
        let numbers = number_list(title);
        if numbers.is_empty() {
            return self.push(span, Target::Title(title.into()));
        }
        for (number, place) in numbers {
            self.push(place.shift(span.start), Target::Number(number));
        }
    }

    fn push(&mut self, span: Span, target: Target) {
        self.mentions.push(Mention { span, listing: self.listing, target });
    }
}

/// Links whose words have more characters, or names and targets more bytes, are none that name a story.
const LONGEST: usize = 400;

/// The bracket that opens the words of a link, in the text before the one that closes them.
pub(crate) fn opening(before: &str) -> Option<usize> {
    let mut depth = 1;
    let mut back = before.char_indices().rev().take(LONGEST);
    let (at, _) = back.find(|(_, letter)| {
        match letter {
            '[' => depth -= 1,
            ']' => depth += 1,
            _ => {}
        }
        depth == 0
    })?;
    Some(at)
}

/// The numbers of a cell such as `3`, `#3, #7` or `1 / 4`; none when it holds anything else.
fn number_list(cell: &str) -> Vec<(u32, Span)> {
    let mut numbers = Vec::new();
    for piece in cell.split([',', '/', ';', '&']) {
        let start = piece.as_ptr() as usize - cell.as_ptr() as usize;
        let span = Span::new(start, start + piece.len()).trim(cell);
        match span.of(cell).trim_start_matches('#').parse() {
            Ok(number) => numbers.push((number, span)),
            Err(_) => return Vec::new(),
        }
    }
    numbers
}

/// Whether the header of a column says that it holds stories.
fn names_stories(header: &str) -> bool {
    header
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.eq_ignore_ascii_case("story") || word.eq_ignore_ascii_case("stories"))
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let is_open = !text.is_empty() && !text.ends_with('\n');
    let ends = memchr_iter(b'\n', text.as_bytes()).chain(is_open.then_some(text.len()));
    let spans = ends.map(|end| {
        let line = text[start..end].trim_end_matches('\r');
        let span = Span::new(start, start + line.len());
        start = end + 1;
        span
    });
    spans.collect()
}

/// The mark of a code fence that a line opens.
fn fence(line: &str) -> Option<&'static str> {
    ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark))
}

fn closes(line: &str, fence: &str) -> bool {
    line.trim_start().starts_with(fence)
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-')
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '>'))
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(|mark: char| {
        if digits == 0 { matches!(mark, '-' | '*' | '+') } else { matches!(mark, '.' | ')') }
    });
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// The cells of a row, trimmed.
fn cells(text: &str, row: Span) -> Vec<Span> {
    let row = row.trim(text);
    let mut cells = Vec::new();
    let mut start = row.start;
    let mut escaped = false;
    for (at, letter) in row.of(text).char_indices() {
        if letter == '|' && !escaped {
            cells.push(Span::new(start, row.start + at).trim(text));
            start = row.start + at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    cells.push(Span::new(start, row.end).trim(text));
    // A row may begin with a stroke.
    if row.of(text).starts_with('|') {
        cells.remove(0);
    }
    cells
}

/// A path of a link with `%20` and the like read.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let code =
            (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Target, mentions};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = |target: &Target| match target {
            Target::Link { path, anchor, .. } => format!("link {path}#{anchor}"),
            Target::Name(name) => format!("name {name}"),
            Target::Number(number) => format!("number {number}"),
            Target::Title(title) => format!("title {title}"),
        };
        let found: Vec<String> = mentions(text)
            .iter()
            .map(|mention| {
                format!("{}: {} ({})", mention.listing, shown(&mention.target), mention.span.of(text))
            })
            .collect();
        assert_eq!(found, expected, "in\n{text}");
    }

    #[test]
    fn tables_name_stories() {
        check(
            "| Question | Best story |\n|---|:--|\n| a | **The cache** |\n| b | [x](my%20file.md#the-cache) |\n| c | #3, 4 |\n| d | — |\n",
            &[
                "1: title The cache (The cache)",
                "1: link my file.md#the-cache (my%20file.md)",
                "1: number 3 (#3)",
                "1: number 4 (4)",
            ],
        );
        check("| Who | What |\n|---|---|\n| me | The cache |\n", &[]);
    }

    #[test]
    fn lists_name_stories_by_link_and_number() {
        check(
            "- conflict: Story 3\n- outage: [[The cache|it]]\n\n- `Story 4`, history 5\n1) [x](a.md) [y](https://b.md) ![z](c.png)\n",
            &["1: number 3 (Story 3)", "1: name The cache (The cache)", "1: link a.md# (a.md)"],
        );
        check("In prose, Story 3 and [x](a.md).\n", &[]);
        check("- ![x](a.md) and [![y](b.png)](c.md)\n", &["1: link c.md# (c.md)"]);
        check("```\n- Story 3\n```\n- [x](#y)\n", &["1: link #y (#y)"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([|`\\[\\]()#> *-]|Story 3|\n|\\PC|a.md|\r\n|---\\||%2){0,60}") {
            let mut end = 0;
            for mention in mentions(&text) {
                prop_assert!(text.get(mention.span.range()).is_some(), "{:?}", mention);
                prop_assert!(mention.span.start >= end);
                end = mention.span.start;
            }
        }
    }
}
