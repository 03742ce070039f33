//! One value of a list of tags: where it is being typed, and what could stand there.

use starling_grammar::{Span, Story, Suggestion, TagKind, Vocabulary, suggestions};

use super::matching::{self, Fit};
use super::{Completion, CompletionKind};
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::hover::topic;
use crate::ide::place::{self, touches};
use crate::rules::wording;

/// A value that is being typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) kind: TagKind,
    /// From its first byte to its last, the cursor between them.
    pub(super) span: Span,
    /// Where the cursor is.
    pub(super) offset: usize,
    /// Whether a space has to come before it.
    pub(super) spaced: bool,
    /// Whether it is written as an id; else by name.
    pub(super) as_id: bool,
}

/// The span of the value that is being typed at `offset`, in a list that begins at `list.start` and of which the line
/// ends at `list.end`.
///
/// Values are parted by separators, but a name may hold some: `Are Right, A` begins *Are Right, A Lot*.
pub(super) fn span_at(vocabulary: &Vocabulary, kind: TagKind, text: &str, list: Span, offset: usize) -> Span {
    const MOST: usize = 4;
    let typed = &text[list.start..offset];
    let mut starts = vec![0];
    starts.extend(typed.char_indices().filter(|(_, c)| is_separator(*c)).map(|(at, c)| at + c.len_utf8()));
    let last = starts.len() - 1;
    let earliest = starts.len().saturating_sub(MOST);
    let within_name =
        starts[earliest..last].iter().find(|start| begins_name(vocabulary, kind, &typed[**start..]));
    let start = list.start + within_name.unwrap_or(&starts[last]);
    let start = offset - text[start..offset].trim_start_matches(is_mark).len();
    if start == offset {
        return Span::at(offset);
    }
    let rest = Span::new(start, list.end);
    let whole = vocabulary.split_list(rest.of(text)).first().map(|value| value.shift(start));
    let end = whole.filter(|value| touches(*value, offset)).map_or(offset, |value| value.end);
    Span::new(start, end)
}

/// Whether a space has to come before a value that begins at `start`: right behind a colon, a separator or a mark.
///
/// A client that opened its list there holds the blank that is typed next against the filter, which therefore begins
/// with one as well.
pub(super) fn is_spaced(text: &str, start: usize) -> bool {
    text[..start].ends_with([':', '：', ',', ';', '·', '•', '|', '/', '*', '-', '—'])
}

const fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '·' | '•' | '|' | '/' | '，' | '、' | '；')
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '`' | '*' | '_' | '[')
}

/// Whether the text begins a name that holds a separator.
fn begins_name(vocabulary: &Vocabulary, kind: TagKind, typed: &str) -> bool {
    let wanted = matching::normal(typed);
    let mut names = vocabulary.names(kind).into_iter().map(|(_, name)| name);
    !wanted.is_empty()
        && names.any(|name| name.contains(is_separator) && matching::normal(name).starts_with(&wanted))
}

/// The ids of the known values of a list, one piece of text after the other, without the value that is being typed.
pub(super) fn listed<'v>(view: &View<'v>, item: &Item, pieces: &[(Span, String)]) -> Vec<&'v str> {
    let vocabulary = view.vocabulary();
    let mut ids = Vec::new();
    for (span, piece) in pieces {
        for value in vocabulary.split_list(piece) {
            let place = value.shift(span.start);
            let own = item.span.overlaps(place);
            if !own && let Some(known) = vocabulary.find(item.kind, value.of(piece)) {
                ids.push(known.id);
            }
        }
    }
    ids
}

/// What can stand in the place of an item, best first: by how well it fits what was typed, then by what the text of its
/// story suggests, then what the bank has no story for yet. What is listed already is left out.
pub(super) fn complete(view: &View, item: &Item, listed: &[&str], story: Option<&Story>) -> Vec<Completion> {
    let typed = &view.text()[item.span.start..item.offset];
    let suggested = story.map_or_else(Vec::new, |story| suggestions(story, view.vocabulary()));
    let suggested: Vec<Suggestion> = suggested.into_iter().filter(|it| it.kind == item.kind).collect();
    let bank = view.bank.map(|file| file.bank).filter(|bank| !bank.is_empty());
    let mut found: Vec<(Fit, usize, bool, Completion)> = entries(view.vocabulary(), item.kind)
        .into_iter()
        .filter(|entry| !listed.contains(&entry.id))
        .filter_map(|entry| {
            let written =
                if item.as_id { entry.id } else { wording::tag_name(view.vocabulary(), item.kind, entry.id) };
            let names = [written, entry.name, entry.id].into_iter();
            let names = names.chain(entry.other_names.iter().map(String::as_str));
            let (fit, filter) = matching::fit(typed, names)?;
            let mut completion = completion(item, &entry, written, &filter);
            let rank = suggested.iter().position(|suggestion| suggestion.id == entry.id);
            if let Some(suggestion) = rank.and_then(|rank| suggested.get(rank)) {
                let reason = place::words(view.document(), suggestion.reason);
                completion.detail = Some(format!("suggested by “{reason}”"));
            }
            completion.uses = bank.map(|bank| bank.uses(item.kind, entry.id));
            let is_used = completion.uses.is_some_and(|uses| uses > 0);
            Some((fit, rank.unwrap_or(usize::MAX), is_used, completion))
        })
        .collect();
    found.sort_by_key(|(fit, rank, is_used, _)| (*fit, *rank, *is_used));
    found.into_iter().map(|(.., completion)| completion).collect()
}

fn completion(item: &Item, entry: &Entry, written: &str, filter: &str) -> Completion {
    let space = if item.spaced { " " } else { "" };
    let detail = if item.kind == TagKind::Question || item.as_id { entry.name } else { entry.summary };
    Completion {
        label: written.to_owned(),
        detail: Some(detail.to_owned()).filter(|detail| !detail.is_empty()),
        kind: CompletionKind::Tag(item.kind),
        filter: format!("{space}{filter}"),
        edit: Edit::replace(item.span, format!("{space}{written}")),
        stops: Vec::new(),
        also: Vec::new(),
        page: Some((topic(item.kind), entry.id.to_owned())),
        uses: None,
    }
}

/// A principle, theme or question.
struct Entry<'v> {
    id: &'v str,
    name: &'v str,
    summary: &'v str,
    other_names: &'v [String],
}

fn entries(vocabulary: &Vocabulary, kind: TagKind) -> Vec<Entry<'_>> {
    match kind {
        TagKind::Principle => vocabulary
            .principles()
            .iter()
            .map(|it| Entry { id: &it.id, name: &it.name, summary: &it.summary, other_names: &it.aliases })
            .collect(),
        TagKind::Theme => vocabulary
            .themes()
            .iter()
            .map(|it| Entry { id: &it.id, name: &it.name, summary: &it.summary, other_names: &it.aliases })
            .collect(),
        TagKind::Question => vocabulary
            .questions()
            .iter()
            .map(|it| Entry { id: &it.id, name: &it.text, summary: &it.text, other_names: &it.aliases })
            .collect(),
    }
}
