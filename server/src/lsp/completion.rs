//! Completion.

use serde::{Deserialize, Serialize};
use starling_grammar::Span;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionResponse,
    CompletionTextEdit, InsertTextFormat, InsertTextMode, Position, Uri,
};

use super::actions::text_edit;
use super::capabilities::Negotiated;
use super::convert::Positions;
use super::markup::documentation;
use super::navigation::BankFile;
use super::snapshot::Snapshot;
use crate::explain::Topic;
use crate::ide::{self, Completion, CompletionKind};

/// What an item carries so that its documentation can be looked up when it is selected.
#[derive(Debug, Deserialize, Serialize)]
struct Page {
    /// The document: its configuration may add to the vocabulary.
    uri: Uri,
    topic: Topic,
    id: String,
}

/// What can be inserted at a position. The list depends on what was typed, and is asked for again as typing goes on.
pub(super) fn at(
    snapshot: &Snapshot,
    file: Option<&BankFile>,
    position: Position,
    negotiated: &Negotiated,
) -> Option<CompletionResponse> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let completions =
        ide::completions(&judged.view_in(file.map(BankFile::in_bank))?, positions.offset(position));
    let convert = |(rank, completion)| item(rank, completion, positions, &snapshot.uri, negotiated);
    let items = completions.into_iter().enumerate().map(convert).collect();
    Some(CompletionResponse::List(CompletionList { is_incomplete: true, items }))
}

/// The document whose configuration explains an item.
pub(super) fn document(item: &CompletionItem) -> Option<Uri> {
    page(item).map(|page| page.uri)
}

/// The item with its documentation.
pub(super) fn resolved(
    mut item: CompletionItem,
    snapshot: &Snapshot,
    negotiated: &Negotiated,
) -> CompletionItem {
    if let (Some(page), Some(configured)) = (page(&item), snapshot.judged().configured()) {
        let markdown = ide::documentation(&configured.config, page.topic, &page.id);
        item.documentation = markdown.map(|markdown| documentation(markdown, negotiated.completion_markdown));
    }
    item
}

fn page(item: &CompletionItem) -> Option<Page> {
    serde_json::from_value(item.data.clone()?).ok()
}

fn item(
    rank: usize,
    completion: Completion,
    positions: Positions<'_>,
    uri: &Uri,
    negotiated: &Negotiated,
) -> CompletionItem {
    let mut edit = text_edit(positions, &completion.edit);
    let snippet = negotiated.snippets && !completion.stops.is_empty();
    if snippet {
        edit.new_text = as_snippet(&completion.edit.text, &completion.stops);
    }
    let page = completion.page.map(|(topic, id)| Page { uri: uri.clone(), topic, id });
    let uses = completion.uses.map(used);
    let label_details = uses.clone().filter(|_| negotiated.label_details).map(|description| {
        CompletionItemLabelDetails { description: Some(description), ..CompletionItemLabelDetails::default() }
    });
    let detail = match (uses.filter(|_| !negotiated.label_details), completion.detail) {
        (Some(uses), Some(detail)) => Some(format!("{detail} · {uses}")),
        (uses, detail) => uses.or(detail),
    };
    let also: Vec<_> = completion.also.iter().map(|edit| text_edit(positions, edit)).collect();
    CompletionItem {
        label: completion.label,
        kind: Some(kind(completion.kind, negotiated)),
        label_details,
        detail,
        sort_text: Some(format!("{rank:04}")),
        filter_text: Some(completion.filter),
        insert_text_format: Some(if snippet {
            InsertTextFormat::SNIPPET
        } else {
            InsertTextFormat::PLAIN_TEXT
        }),
        // The text brings its own indentation.
        insert_text_mode: negotiated.insert_mode.then_some(InsertTextMode::AS_IS),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        additional_text_edits: (!also.is_empty()).then_some(also),
        data: page.and_then(|page| serde_json::to_value(page).ok()),
        ..CompletionItem::default()
    }
}

/// How many stories of the bank have it.
fn used(stories: usize) -> String {
    match stories {
        0 => "no story yet".to_owned(),
        1 => "1 story".to_owned(),
        _ => format!("{stories} stories"),
    }
}

const fn kind(kind: CompletionKind, negotiated: &Negotiated) -> CompletionItemKind {
    match kind {
        CompletionKind::Tag(_) if !negotiated.all_kinds => CompletionItemKind::ENUM,
        CompletionKind::Tag(_) => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Key => CompletionItemKind::PROPERTY,
        CompletionKind::Value => CompletionItemKind::VALUE,
        CompletionKind::Part(_) => CompletionItemKind::FIELD,
        CompletionKind::Story => CompletionItemKind::SNIPPET,
        CompletionKind::Metric => CompletionItemKind::UNIT,
    }
}

/// A text with placeholders, in the protocol's syntax for snippets.
fn as_snippet(text: &str, stops: &[Span]) -> String {
    let mut snippet = String::with_capacity(text.len() + stops.len() * 8);
    let mut copied = 0;
    for (number, stop) in (1..).zip(stops) {
        escape(&text[copied..stop.start], &mut snippet);
        snippet.push_str(&format!("${{{number}:"));
        escape(stop.of(text), &mut snippet);
        snippet.push('}');
        copied = stop.end;
    }
    escape(&text[copied..], &mut snippet);
    snippet
}

fn escape(text: &str, snippet: &mut String) {
    for character in text.chars() {
        if matches!(character, '\\' | '$' | '}') {
            snippet.push('\\');
        }
        snippet.push(character);
    }
}

#[cfg(test)]
mod tests {
    use starling_grammar::Span;

    use super::as_snippet;

    #[test]
    fn placeholders_are_numbered_and_marks_escaped() {
        let text = "from $5 to {x}";
        assert_eq!(as_snippet(text, &[Span::new(5, 7), Span::at(14)]), "from ${1:\\$5} to {x\\}${2:}");
    }
}
