//! The shape of a document: its outline, what can be folded, and what a growing selection takes in.

use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, FoldingRange, FoldingRangeKind, Location, Position,
    SelectionRange, SymbolInformation, SymbolKind,
};

use super::capabilities::Negotiated;
use super::convert::Positions;
use super::snapshot::Snapshot;
use crate::ide::{self, FoldKind, Symbol};

/// The stories with their parts; one list of both where the client cannot nest them.
pub(super) fn symbols(snapshot: &Snapshot, negotiated: &Negotiated) -> Option<DocumentSymbolResponse> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let symbols = ide::symbols(&judged.view()?);
    if negotiated.nested_symbols {
        let nested = symbols.into_iter().map(|symbol| nested(symbol, positions)).collect();
        return Some(DocumentSymbolResponse::Nested(nested));
    }
    let mut flat = Vec::new();
    for symbol in &symbols {
        flat.push(information(symbol, None, snapshot));
        flat.extend(symbol.children.iter().map(|part| information(part, Some(&symbol.name), snapshot)));
    }
    Some(DocumentSymbolResponse::Flat(flat))
}

#[allow(deprecated)]
fn nested(symbol: Symbol, positions: Positions<'_>) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested(child, positions)).collect();
    DocumentSymbol {
        name: symbol.name,
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: positions.range(symbol.span),
        selection_range: positions.range(symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated)]
fn information(symbol: &Symbol, container: Option<&String>, snapshot: &Snapshot) -> SymbolInformation {
    SymbolInformation {
        name: symbol.name.clone(),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: Location::new(snapshot.uri.clone(), snapshot.positions().range(symbol.span)),
        container_name: container.cloned(),
    }
}

const fn kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Story => SymbolKind::CLASS,
        ide::SymbolKind::Template => SymbolKind::INTERFACE,
        ide::SymbolKind::Part(_) => SymbolKind::FIELD,
    }
}

/// What can be folded, by whole lines.
pub(super) fn folds(snapshot: &Snapshot) -> Option<Vec<FoldingRange>> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let folds = ide::folds(&judged.view()?).into_iter().map(|fold| {
        let range = positions.range(fold.span);
        FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: matches!(fold.kind, FoldKind::Story | FoldKind::Part).then_some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        }
    });
    Some(folds.filter(|fold| fold.start_line < fold.end_line).collect())
}

/// For each position, the ranges around it, each inside the next.
pub(super) fn selections(snapshot: &Snapshot, places: &[Position]) -> Option<Vec<SelectionRange>> {
    let judged = snapshot.judged();
    let view = judged.view()?;
    let positions = snapshot.positions();
    let chain = |position: &Position| {
        let spans = ide::selections(&view, positions.offset(*position));
        let chain = spans.into_iter().rev().fold(None, |parent, span| {
            Some(SelectionRange { range: positions.range(span), parent: parent.map(Box::new) })
        });
        let here = tower_lsp::ls_types::Range::new(*position, *position);
        chain.unwrap_or(SelectionRange { range: here, parent: None })
    };
    Some(places.iter().map(chain).collect())
}
