//! Marks in the text: uses of a tag, links, colours, hints and lenses.

use std::path::Path;

use percent_encoding::percent_decode_str;
use starling_grammar::Span;
use tower_lsp::ls_types::{
    CodeLens, Command, DocumentHighlight, DocumentLink, InlayHint, InlayHintLabel, InlayHintTooltip,
    Position, Range, SemanticToken, SemanticTokenType, SemanticTokens, Uri,
};

use super::capabilities::SHOW_USES;
use super::navigation::BankFile;
use super::snapshot::{Snapshot, path_of};
use crate::bank::mentions;
use crate::ide::{self, TokenKind};

/// All places of the document that name what is at a position.
pub(super) fn highlights(
    snapshot: &Snapshot,
    file: Option<&BankFile>,
    position: Position,
) -> Option<Vec<DocumentHighlight>> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let spans = ide::highlights(&judged.view_in(file.map(BankFile::in_bank))?, positions.offset(position));
    Some(
        spans
            .into_iter()
            .map(|span| DocumentHighlight { range: positions.range(span), kind: None })
            .collect(),
    )
}

/// The links of the stories, with where they lead, and the mentions of stories in tables and lists.
pub(super) fn links(snapshot: &Snapshot, file: Option<&BankFile>) -> Option<Vec<DocumentLink>> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let links = ide::links(&judged.view()?).into_iter();
    let mut links: Vec<(Span, Uri)> =
        links.filter_map(|link| Some((link.span, target(&snapshot.uri, &link.target)?))).collect();
    let mentions = file.map(|_| mentions(&snapshot.text)).unwrap_or_default();
    for mention in mentions {
        if !links.iter().any(|(span, _)| span.overlaps(mention.span)) {
            let meant = file.and_then(|file| file.target(&mention));
            links.extend(meant.map(|target| (mention.span, target)));
        }
    }
    links.sort_by_key(|(span, _)| *span);
    let convert = |(span, target)| DocumentLink {
        range: positions.range(span),
        target: Some(target),
        tooltip: None,
        data: None,
    };
    Some(links.into_iter().map(convert).collect())
}

/// The address that a target of a document means: one with a scheme is one already, others are relative to it.
fn target(document: &Uri, written: &str) -> Option<Uri> {
    if let Ok(address) = written.parse::<Uri>() {
        return Some(address);
    }
    let (path, fragment) = written.split_once('#').map_or((written, None), |(path, rest)| (path, Some(rest)));
    let address = if path.is_empty() {
        document.clone()
    } else {
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        Uri::from_file_path(path_of(document)?.parent()?.join(Path::new(&*decoded)))?
    };
    match fragment {
        Some(fragment) => format!("{}#{fragment}", address.as_str()).parse().ok(),
        None => Some(address),
    }
}

/// What tokens are, in the order of [`token_types`].
pub(super) fn token_types() -> Vec<SemanticTokenType> {
    // Types that every theme has a colour for.
    vec![SemanticTokenType::KEYWORD, SemanticTokenType::NUMBER, SemanticTokenType::ENUM_MEMBER]
}

/// Labels, metrics and tags, each relative to the one before it.
pub(super) fn tokens(snapshot: &Snapshot, within: Option<Range>) -> Option<SemanticTokens> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let within = within.map(|range| positions.span(range));
    let mut last = Position::default();
    let mut data = Vec::new();
    for token in ide::tokens(&judged.view()?) {
        if within.is_some_and(|within| !within.overlaps(token.span)) {
            continue;
        }
        let range = positions.range(token.span);
        let (delta_line, delta_start, length) = super::convert::relative(last, range);
        let token_type = match token.kind {
            TokenKind::Label(_) => 0,
            TokenKind::Metric => 1,
            TokenKind::Tag(_) => 2,
        };
        data.push(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset: 0 });
        last = range.start;
    }
    Some(SemanticTokens { result_id: None, data })
}

/// The lenses above the stories, each with the command that shows where its story is mentioned; none where they are
/// switched off.
pub(super) fn lenses(snapshot: &Snapshot, file: Option<&BankFile>) -> Option<Vec<CodeLens>> {
    let judged = snapshot.judged();
    if !judged.configured()?.config.editor.lenses.unwrap_or(true) {
        return None;
    }
    let positions = snapshot.positions();
    let lenses = ide::lenses(&judged.view()?, file?.in_bank()).into_iter();
    let lenses = lenses.map(|lens| {
        let range = positions.range(lens.span);
        let arguments = vec![snapshot.uri.as_str().into(), serde_json::json!(range.start)];
        let command = Command::new(lens.text, SHOW_USES.to_owned(), Some(arguments));
        CodeLens { range, command: Some(command), data: None }
    });
    Some(lenses.collect())
}

/// The hints in a range; none where they are switched off.
pub(super) fn hints(snapshot: &Snapshot, within: Range) -> Option<Vec<InlayHint>> {
    let judged = snapshot.judged();
    if !judged.configured()?.config.editor.hints.unwrap_or(true) {
        return None;
    }
    let positions = snapshot.positions();
    let hints = ide::hints(&judged.view()?, positions.span(within)).into_iter();
    let convert = |hint: ide::Hint| InlayHint {
        position: positions.position(hint.offset),
        label: InlayHintLabel::String(hint.text),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Some(hints.map(convert).collect())
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn targets_are_relative_to_the_document() {
        let document = "file:///bank/a%20b/story.md".parse().expect("an address");
        let of = |written: &str| target(&document, written).map(|uri| uri.as_str().to_owned());
        assert_eq!(of("https://example.org/x").as_deref(), Some("https://example.org/x"));
        assert_eq!(of("other.md#top").as_deref(), Some("file:///bank/a%20b/other.md#top"));
        assert_eq!(of("with%20space.md").as_deref(), Some("file:///bank/a%20b/with%20space.md"));
        assert_eq!(of("#top").as_deref(), Some("file:///bank/a%20b/story.md#top"));
        assert_eq!(target(&"untitled:1".parse().expect("an address"), "other.md"), None);
    }
}
