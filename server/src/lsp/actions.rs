//! Fixes as code actions.

use std::collections::HashMap;

use tower_lsp::ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::capabilities::{FIX_ALL, Negotiated};
use super::convert::Positions;
use super::diagnostics;
use super::snapshot::Snapshot;
use crate::finding::{Edit, Finding};
use crate::fix::{edits_of, safe_fixes};

/// The actions for a range of a document.
pub(super) fn at(
    snapshot: &Snapshot,
    range: Range,
    context: &CodeActionContext,
    negotiated: &Negotiated,
) -> Vec<CodeActionOrCommand> {
    let wanted = |kind: &CodeActionKind| {
        context.only.as_ref().is_none_or(|only| only.iter().any(|only| includes(only, kind)))
    };
    let judged = snapshot.judged();
    let span = snapshot.positions().span(range);
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let here = judged
            .findings()
            .iter()
            .filter(|finding| finding.span.start <= span.end && span.start <= finding.span.end);
        actions.extend(here.flat_map(|finding| fixes(snapshot, finding, negotiated)));
    }
    if wanted(&FIX_ALL) {
        let edits = edits_of(&safe_fixes(&snapshot.text, judged.findings()));
        if !edits.is_empty() {
            actions.push(CodeAction {
                title: "Apply all safe fixes of Starling".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(workspace_edit(snapshot, &edits, negotiated)),
                ..CodeAction::default()
            });
        }
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether a kind that was asked for includes another: itself, or one below it.
fn includes(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn fixes(snapshot: &Snapshot, finding: &Finding, negotiated: &Negotiated) -> Vec<CodeAction> {
    let judged = snapshot.judged();
    let base_url = judged.config().and_then(|config| config.base_url.as_deref());
    let diagnostic =
        diagnostics::diagnostic(finding, &snapshot.uri, snapshot.positions(), base_url, negotiated);
    let action = |(index, fix): (usize, &crate::finding::Fix)| CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(workspace_edit(snapshot, &fix.edits, negotiated)),
        is_preferred: Some(index == 0),
        ..CodeAction::default()
    };
    finding.fixes.iter().enumerate().map(action).collect()
}

/// Edits of a document, for the version that they were made for where the client can tell versions apart.
fn workspace_edit(snapshot: &Snapshot, edits: &[Edit], negotiated: &Negotiated) -> WorkspaceEdit {
    let edits = text_edits(snapshot.positions(), edits);
    if negotiated.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier {
            uri: snapshot.uri.clone(),
            version: Some(snapshot.version),
        };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit {
        changes: Some(HashMap::from([(snapshot.uri.clone(), edits)])),
        ..WorkspaceEdit::default()
    }
}

fn text_edits(positions: Positions<'_>, edits: &[Edit]) -> Vec<TextEdit> {
    edits.iter().map(|edit| TextEdit::new(positions.range(edit.span), edit.text.clone())).collect()
}
