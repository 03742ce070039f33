//! Labels on a line: in bold, plain, several on one line, and in parentheses after the text.

use memchr::memchr3_iter;

use crate::{LabelStyle, Span, Spelling};

use super::label::{self, Meaning, PartHead};
use super::sign::Reader;

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// It is the first line of a list item.
    pub(super) opens_item: bool,
    /// It is the only line of its paragraph.
    pub(super) alone: bool,
    /// More text belongs to it: blocks of the same item, or the paragraph after it.
    pub(super) followed: bool,
}

/// A label on a line.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) meaning: Meaning,
    pub(super) style: LabelStyle,
    /// From its first mark to its last mark or terminator.
    pub(super) whole: Span,
    /// Where its text begins.
    pub(super) body: usize,
    /// Where its text ends on this line: at the next label, or at the line's end.
    pub(super) line_end: usize,
}

/// Plain heads longer than this, in bytes, are sentences.
const LONGEST_PLAIN: usize = 60;

const COLONS: [char; 2] = [':', '：'];
const DASHES: [&str; 3] = ["—", "–", "- "];

/// Reads a heading as a label: all of it, or what stands before its colon.
pub(super) fn heading(reader: &Reader, text: Span) -> Option<Found> {
    let found =
        |meaning, body| Found { meaning, style: LabelStyle::Bold, whole: text, body, line_end: text.end };
    match reader.meaning(text) {
        Meaning::Other => {}
        meaning => return Some(found(meaning, text.end)),
    }
    let words = text.of(reader.text);
    let colon = words.find(COLONS)?;
    let width = words[colon..].chars().next().map_or(1, char::len_utf8);
    match reader.meaning(Span::new(text.start, text.start + colon)) {
        Meaning::Part(head) if matches!(head.says.spelling, Spelling::Canonical | Spelling::Letter) => {
            Some(found(Meaning::Part(head), text.start + colon + width))
        }
        Meaning::Tag(label) => Some(found(Meaning::Tag(label), text.start + colon + width)),
        _ => None,
    }
}

/// All labels of a line, in order.
pub(super) fn labels(reader: &Reader, line: Span, place: Place) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let start = line.start + decoration(line.of(reader.text));
    if let Some(first) = bold(reader, Span::new(start, line.end), place, true)
        .or_else(|| plain(reader, Span::new(start, line.end), place))
    {
        found.push(Found { whole: Span::new(line.start, first.whole.end), ..first });
    }
    let mut at = found.last().map_or(start, |last| last.body);
    while let Some(next) = next_on_line(reader, Span::new(at, line.end), place) {
        if let Some(last) = found.last_mut() {
            last.line_end = before_separator(reader.text, last.body, next.whole.start);
        }
        at = next.body.max(at + 1);
        found.push(next);
    }
    found
}

/// The next bold label inside a line, or the plain one after a vertical bar.
fn next_on_line(reader: &Reader, rest: Span, place: Place) -> Option<Found> {
    let text = rest.of(reader.text).as_bytes();
    let inside = Place { opens_item: false, alone: false, ..place };
    memchr3_iter(b'*', b'_', b'|', text).find_map(|offset| {
        let at = Span::new(rest.start + offset, rest.end);
        if text[offset] == b'|' {
            let after = Span::new(at.start + 1, rest.end);
            let skipped = decoration(after.of(reader.text));
            return plain(reader, Span::new(after.start + skipped, rest.end), inside);
        }
        let goes_on = offset > 0 && matches!(text[offset - 1], b'*' | b'_');
        if goes_on { None } else { bold(reader, at, inside, false) }
    })
}

/// The end of a label's text before the next label on the line: a bar or white space between them belongs to neither.
fn before_separator(text: &str, body: usize, next: usize) -> usize {
    body + text[body..next]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | ';'))
        .len()
}

/// The length of symbols, emoji and numbering before a label.
fn decoration(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let symbols = rest
            .find(|c: char| {
                c.is_alphanumeric() || matches!(c, '*' | '_' | '(' | '（' | '[' | '<' | '`' | '"' | '“' | '|')
            })
            .unwrap_or(rest.len());
        let digits = rest[symbols..].bytes().take_while(u8::is_ascii_digit).count();
        let numbered = (1..=2).contains(&digits)
            && rest[symbols + digits..].starts_with(['.', ')'])
            && rest[symbols + digits + 1..].starts_with(' ');
        let step = symbols + if numbered { digits + 2 } else { 0 };
        at += step;
        if step == 0 || !numbered {
            return at;
        }
    }
}

/// Reads the emphasis that `span` begins with as a label.
fn bold(reader: &Reader, span: Span, place: Place, opens_line: bool) -> Option<Found> {
    let text = span.of(reader.text);
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let width = text.len() - text.trim_start_matches(mark).len();
    if width > 3 || (width == 1 && !opens_line) {
        return None;
    }
    let marks = &text[..width];
    let length = text[width..].find(marks).filter(|&length| length > 0)?;
    let inner = Span::new(span.start + width, span.start + width + length);
    let close = inner.end + width;
    let (after, terminated_outside) = outer_terminator(reader.text, close, span.end);
    let inner_text = inner.of(reader.text).trim_end();
    let terminated_inside = inner_text.ends_with([':', '：', '.', '—', '–', '-']);
    let colon_inside = inner_text.ends_with(COLONS);
    let rest = reader.text[after..span.end].trim();
    let style = match (place.opens_item, rest.is_empty()) {
        (true, _) => LabelStyle::BoldItem,
        (false, true) => LabelStyle::BoldLine,
        (false, false) => LabelStyle::Bold,
    };
    let found = |meaning, end, body| Found {
        meaning,
        style,
        whole: Span::new(span.start, end),
        body,
        line_end: span.end,
    };
    if let Some((head, end)) = opened_word(reader, span, inner, close) {
        return opens_line.then(|| found(Meaning::Part(head), end, end));
    }
    match reader.meaning(inner) {
        Meaning::Part(head) => {
            let clear = opens_line || terminated_inside || terminated_outside;
            let alone = rest.is_empty() || terminated_inside || terminated_outside;
            let plain = matches!(head.says.spelling, Spelling::Canonical | Spelling::Letter);
            (clear && (alone || plain)).then(|| found(Meaning::Part(head), after, after))
        }
        meaning @ Meaning::Tag(_) => (colon_inside || terminated_outside || (opens_line && rest.is_empty()))
            .then(|| found(meaning, after, after)),
        Meaning::Other => {
            if let Some((list, colon)) = marked_list(reader, inner).filter(|_| opens_line && rest.is_empty())
            {
                return Some(Found { line_end: inner.end, ..found(list, colon, colon) });
            }
            let label = colon_inside
                || (terminated_outside && !terminated_inside)
                || (rest.is_empty() && place.alone);
            (opens_line && label && inner_text.split_whitespace().count() <= 8)
                .then(|| found(Meaning::Other, after, after))
        }
    }
}

/// `*Principles: Ownership, Dive Deep*`: the marks are around the values as well. What it lists, and where the values begin.
fn marked_list(reader: &Reader, inner: Span) -> Option<(Meaning, usize)> {
    let words = inner.of(reader.text);
    let colon = words.find(COLONS).filter(|colon| *colon < LONGEST_PLAIN)?;
    let meaning = reader.meaning(Span::new(inner.start, inner.start + colon));
    let width = words[colon..].chars().next().map_or(1, char::len_utf8);
    matches!(meaning, Meaning::Tag(_)).then_some((meaning, inner.start + colon + width))
}

/// `**S**ituation: …`: the marked letter opens a word. Gives the head and the end of the terminator.
fn opened_word(reader: &Reader, span: Span, inner: Span, close: usize) -> Option<(PartHead, usize)> {
    let text = reader.text;
    if inner.of(text).chars().count() != 1 || !text[close..span.end].starts_with(char::is_alphabetic) {
        return None;
    }
    let word = text[close..span.end].find(|c: char| !c.is_alphabetic()).unwrap_or(span.end - close);
    let head = label::part(text, Span::new(inner.start, close + word), reader.vocabulary)?;
    let (end, terminated) = outer_terminator(text, close + word, span.end);
    (terminated || text[end..span.end].trim().is_empty()).then_some((head, end))
}

/// What may follow the marks of a bold label: a parenthesis, then a terminator. Gives where the text begins.
fn outer_terminator(text: &str, from: usize, to: usize) -> (usize, bool) {
    let rest = &text[from..to];
    let spaces = rest.len() - rest.trim_start().len();
    let trimmed = rest.trim_start();
    if let Some(colon) = trimmed.chars().next().filter(|c| COLONS.contains(c)) {
        return (from + spaces + colon.len_utf8(), true);
    }
    if let Some(dash) = DASHES.iter().find(|dash| trimmed.starts_with(**dash)) {
        return (from + spaces + dash.len(), true);
    }
    if trimmed.starts_with('(')
        && let Some(close) = trimmed.find(')').filter(|&close| close < LONGEST_PLAIN)
    {
        let after = from + spaces + close + 1;
        let (end, terminated) = outer_terminator(text, after, to);
        if terminated || text[after..to].trim().is_empty() {
            return (end, terminated);
        }
    }
    (from, false)
}

/// Reads `Situation: …` at the start of `span`, or the word alone.
fn plain(reader: &Reader, span: Span, place: Place) -> Option<Found> {
    let text = span.of(reader.text);
    if !text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '（')) {
        return None;
    }
    let style = if place.opens_item { LabelStyle::Item } else { LabelStyle::Line };
    let found = |meaning, end| Found {
        meaning,
        style,
        whole: Span::new(span.start, end),
        body: end,
        line_end: span.end,
    };
    let head = |offset: usize| reader.meaning(Span::new(span.start, span.start + offset));
    // No label ends further on: a line may be long, and be read again from every cell.
    let near = &text[..text.floor_char_boundary(LONGEST_PLAIN + " — ".len())];
    let colons = COLONS.iter().filter_map(|mark| Some((near.find(*mark)?, mark)));
    if let Some((colon, mark)) = colons.min()
        && colon <= LONGEST_PLAIN
    {
        let meaning = head(colon);
        if meaning != Meaning::Other || is_plain_label(&text[..colon], &text[colon + mark.len_utf8()..]) {
            return Some(found(meaning, span.start + colon + mark.len_utf8()));
        }
    }
    for dash in ['—', '–', '-'] {
        let mut dashes = near.match_indices(dash).map(|(at, mark)| (at, at + mark.len()));
        if let Some((start, end)) =
            dashes.find(|(start, end)| near[..*start].ends_with(' ') && near[*end..].starts_with(' '))
            && start <= LONGEST_PLAIN + 1
            && let meaning @ Meaning::Part(_) = head(start - 1)
        {
            return Some(found(meaning, span.start + end + 1));
        }
    }
    let words = text.trim_end();
    if place.alone && place.followed && words.len() <= LONGEST_PLAIN {
        return match head(words.len()) {
            Meaning::Part(head) if head.says.spelling == Spelling::Canonical => {
                Some(found(Meaning::Part(head), span.start + words.len()))
            }
            _ => None,
        };
    }
    None
}

/// `Follow-ups: …`: a capital, at most three words, and a space after the colon.
fn is_plain_label(head: &str, rest: &str) -> bool {
    head.starts_with(char::is_uppercase)
        && head.split_whitespace().count() <= 3
        && head.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '&'))
        && (rest.is_empty() || rest.starts_with(' '))
}

/// Labels in parentheses that close the sentences of a paragraph: each with its span and the text before it.
pub(super) fn parentheses(reader: &Reader, paragraph: Span) -> Vec<(PartHead, Span, Span)> {
    let text = paragraph.of(reader.text);
    let mut found = Vec::new();
    let mut start = paragraph.start;
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at) {
        let Some(close) = text[open..].find(')').map(|at| open + at) else { break };
        from = close + 1;
        let inner = Span::new(paragraph.start + open + 1, paragraph.start + close);
        let Some(head) = label::part(reader.text, inner, reader.vocabulary) else { continue };
        if head.says.spelling != Spelling::Canonical || head.span != inner || !reader.visible(head.name) {
            continue;
        }
        let whole = Span::new(inner.start - 1, inner.end + 1);
        found.push((head, whole, Span::new(start, whole.start).trim(reader.text)));
        let after = &text[close + 1..];
        let skipped = after.len() - after.trim_start_matches(['.', ',', ';', ':', ' ', '\n']).len();
        start = paragraph.start + close + 1 + skipped;
    }
    if found.len() < 2 { Vec::new() } else { found }
}

/// Whether a lone line could name the story after it: a question, or all of it in bold.
pub(super) fn is_caption(line: &str) -> bool {
    let marked = line.len() > 4
        && (line.starts_with("**") && line.ends_with("**") || line.starts_with("__") && line.ends_with("__"));
    let bare = line.trim_end_matches(['*', '_', '"', '”', '\'', ' ']);
    marked || bare.ends_with(['?', '？'])
}
