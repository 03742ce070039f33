//! Code actions.

use std::path::PathBuf;

use tower_lsp::ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionTriggerKind, Command,
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};

use super::capabilities::{FIX_ALL, Negotiated, SELECT_RANGE};
use super::convert::{LineIndex, Positions};
use super::diagnostics;
use super::snapshot::{Snapshot, path_of};
use crate::config::FILE_NAME;
use crate::finding::Edit;
use crate::fix::apply;
use crate::ide::{self, Action, ActionKind, Change, NewFile};
use crate::rules::Rule;
use crate::workspace::Configured;

/// The actions for a range of a document.
pub(super) fn at(
    snapshot: &Snapshot,
    range: Range,
    context: &CodeActionContext,
    negotiated: &Negotiated,
) -> Vec<CodeActionOrCommand> {
    let judged = snapshot.judged();
    let (Some(view), Some(configured)) = (judged.view(), judged.configured()) else { return Vec::new() };
    let convert = Conversion { snapshot, configured, negotiated };
    let wanted = |kind: &CodeActionKind| {
        context.only.as_ref().is_none_or(|only| only.iter().any(|only| includes(only, kind)))
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) || wanted(&CodeActionKind::REFACTOR) {
        actions = ide::actions(&view, snapshot.findings(), snapshot.positions().span(range));
    }
    // They are tried on the text, which is not worth it at every move of the cursor.
    let is_asked = context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC);
    if is_asked && wanted(&CodeActionKind::REFACTOR) {
        actions.extend(ide::refactorings(&view, snapshot.positions().span(range)));
    }
    // It judges the text again, which is worth it only where it was asked for by name.
    if context.only.is_some() && wanted(&FIX_ALL) {
        actions.extend(ide::fix_all(&view));
    }
    actions.retain(|action| wanted(&kind(action.kind)));
    actions
        .into_iter()
        .filter_map(|action| convert.action(action))
        .map(CodeActionOrCommand::CodeAction)
        .collect()
}

/// Whether a kind that was asked for includes another: itself, or one below it.
pub(super) fn includes(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

const fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Refactor => CodeActionKind::REFACTOR,
        ActionKind::FixAll => FIX_ALL,
    }
}

/// What the conversion of an action reads.
struct Conversion<'a> {
    snapshot: &'a Snapshot,
    configured: &'a Configured,
    negotiated: &'a Negotiated,
}

impl Conversion<'_> {
    /// `None` for an action that the client cannot carry out.
    fn action(&self, action: Action) -> Option<CodeAction> {
        let (edit, select) = match action.change {
            Change::Document { edits, select } => {
                let select = select.map(|span| (span, apply(&self.snapshot.text, &edits)));
                (self.document_edit(&edits), select)
            }
            Change::Split { edits, files } => (self.split(&edits, files)?, None),
            Change::SwitchOff(rule) => (self.switch_off(rule)?, None),
        };
        let command = select.filter(|_| self.negotiated.select_range).map(|(span, after)| {
            let index = LineIndex::new(&after, self.negotiated.encoding);
            let range = index.of(&after).range(span);
            let arguments = vec![self.snapshot.uri.as_str().into(), serde_json::json!(range)];
            Command::new("Go on at the prompt".to_owned(), SELECT_RANGE.to_owned(), Some(arguments))
        });
        Some(CodeAction {
            title: action.title,
            kind: Some(kind(action.kind)),
            diagnostics: action
                .finding
                .and_then(|index| self.diagnostic(index))
                .map(|diagnostic| vec![diagnostic]),
            edit: Some(edit),
            command,
            is_preferred: (action.preferred && self.negotiated.preferred_actions).then_some(true),
            ..CodeAction::default()
        })
    }

    /// Edits the document and makes files beside it; none of them may be there yet.
    fn split(&self, edits: &[Edit], files: Vec<NewFile>) -> Option<WorkspaceEdit> {
        let path = path_of(&self.snapshot.uri)?;
        if !(self.negotiated.create_files && self.negotiated.versioned_edits) {
            return None;
        }
        let mut operations = Vec::with_capacity(2 * files.len() + 1);
        for NewFile { name, text } in files {
            let file = path.with_file_name(name);
            if file.symlink_metadata().is_ok() {
                return None;
            }
            operations.extend(creation(Uri::from_file_path(file)?, text));
        }
        let edits = text_edits(self.snapshot.positions(), edits);
        let edit = document_edit(self.snapshot.uri.clone(), Some(self.snapshot.version), edits);
        operations.push(DocumentChangeOperation::Edit(edit));
        let document_changes = Some(DocumentChanges::Operations(operations));
        Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() })
    }

    fn diagnostic(&self, index: usize) -> Option<tower_lsp::ls_types::Diagnostic> {
        let finding = self.snapshot.findings().get(index)?;
        let base_url = self.configured.config.base_url.as_deref();
        let positions = self.snapshot.positions();
        Some(diagnostics::diagnostic(finding, &self.snapshot.uri, positions, base_url, self.negotiated))
    }

    /// Edits of the document, for the version that they were made for where the client can tell versions apart.
    fn document_edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let edits = text_edits(self.snapshot.positions(), edits);
        self.workspace_edit(self.snapshot.uri.clone(), Some(self.snapshot.version), edits)
    }

    fn workspace_edit(&self, uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> WorkspaceEdit {
        if !self.negotiated.versioned_edits {
            return WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() };
        }
        let changes = DocumentChanges::Edits(vec![document_edit(uri, version, edits)]);
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    }

    /// Edits the `starling.toml` that applies, or makes one where none does.
    fn switch_off(&self, rule: &Rule) -> Option<WorkspaceEdit> {
        let text = &self.configured.text;
        let edit = ide::switch_off(text, rule.name)?;
        let index = LineIndex::new(text, self.negotiated.encoding);
        let edits = text_edits(index.of(text), &[edit]);
        if let Some(file) = &self.configured.file {
            return Some(self.workspace_edit(Uri::from_file_path(file)?, None, edits));
        }
        if !(self.negotiated.create_files && self.negotiated.versioned_edits) {
            return None;
        }
        let uri = Uri::from_file_path(self.new_configuration()?)?;
        let create = CreateFile {
            uri: uri.clone(),
            options: Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) }),
            annotation_id: None,
        };
        let operations = vec![
            DocumentChangeOperation::Op(ResourceOp::Create(create)),
            DocumentChangeOperation::Edit(document_edit(uri, None, edits)),
        ];
        let document_changes = Some(DocumentChanges::Operations(operations));
        Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() })
    }

    /// Where a `starling.toml` for the document would lie: in its workspace folder, else beside it.
    fn new_configuration(&self) -> Option<PathBuf> {
        let path = path_of(&self.snapshot.uri)?;
        let folder = self.snapshot.settings.workspace_folder(&path).or(path.parent())?;
        Some(folder.join(FILE_NAME))
    }
}

/// The operations that make a file with a text; they fail where there is one.
pub(super) fn creation(uri: Uri, text: String) -> [DocumentChangeOperation; 2] {
    let create = CreateFile {
        uri: uri.clone(),
        options: Some(CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) }),
        annotation_id: None,
    };
    let edit = TextEdit::new(Range::default(), text);
    [
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(document_edit(uri, None, vec![edit])),
    ]
}

pub(super) fn document_edit(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
    TextDocumentEdit { text_document, edits: edits.into_iter().map(OneOf::Left).collect() }
}

/// Some edits of a text.
pub(super) fn text_edits(positions: Positions<'_>, edits: &[Edit]) -> Vec<TextEdit> {
    edits.iter().map(|edit| text_edit(positions, edit)).collect()
}

/// One edit of a text.
pub(super) fn text_edit(positions: Positions<'_>, edit: &Edit) -> TextEdit {
    TextEdit::new(positions.range(edit.span), edit.text.clone())
}
