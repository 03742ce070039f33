//! The code action that brings the stories of a folder's other files into one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, DeleteFile, DocumentChangeOperation, DocumentChanges,
    Range, ResourceOp, Uri, WorkspaceEdit,
};

use super::actions::{document_edit, includes, text_edits};
use super::capabilities::Negotiated;
use super::server::Server;
use super::snapshot::{Snapshot, path_of};
use crate::ide;
use crate::workspace::read;

/// At the title of a story, where refactorings were asked for by name: it reads all those files.
pub(super) fn merge(
    server: &Server,
    snapshot: &Snapshot,
    range: Range,
    context: &CodeActionContext,
    negotiated: &Negotiated,
) -> Option<CodeAction> {
    let asked = context.only.as_ref()?.iter().any(|only| includes(only, &CodeActionKind::REFACTOR));
    let may = negotiated.delete_files && negotiated.versioned_edits;
    let judged = snapshot.judged();
    let view = judged.view().filter(|_| asked && may)?;
    if !view.is_at_title(snapshot.positions().span(range).start) {
        return None;
    }
    let others = siblings(server, snapshot);
    let texts: Vec<Arc<str>> = others.iter().map(|(_, text)| text.clone()).collect();
    let (edit, taken) = ide::merged(&view, &texts)?;
    let edits = text_edits(snapshot.positions(), &[edit]);
    let edit = document_edit(snapshot.uri.clone(), Some(snapshot.version), edits);
    let mut operations = vec![DocumentChangeOperation::Edit(edit)];
    for index in &taken {
        let uri = Uri::from_file_path(&others[*index].0)?;
        operations.push(DocumentChangeOperation::Op(ResourceOp::Delete(DeleteFile {
            uri,
            options: None,
            annotation_id: None,
        })));
    }
    let title = match taken.as_slice() {
        [only] => format!("Bring {} in here, and delete that file", name(&others[*only].0)),
        all => format!("Bring {} other files of this folder in here, and delete them", all.len()),
    };
    let document_changes = Some(DocumentChanges::Operations(operations));
    let edit = Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() });
    Some(CodeAction { title, kind: Some(CodeActionKind::REFACTOR), edit, ..CodeAction::default() })
}

/// The other files of a folder that have stories, by path, as the editor has them, else as the disk has them.
fn siblings(server: &Server, snapshot: &Snapshot) -> Vec<(PathBuf, Arc<str>)> {
    let Some((path, file)) = path_of(&snapshot.uri).zip(server.bank_file(snapshot)) else {
        return Vec::new();
    };
    let with_stories = file.one.bank.files().filter(|(_, summary)| !summary.stories.is_empty());
    let mut paths: Vec<PathBuf> = with_stories.map(|(path, _)| file.one.shown(path)).collect();
    paths.retain(|other| other.parent() == path.parent() && *other != path);
    paths.sort();
    let text = |path: &PathBuf| match server.snapshot_of_file(path) {
        Some(open) => Some(open.text.clone()),
        None => read(path).ok().map(|file| file.text),
    };
    paths.iter().filter_map(|path| Some((path.clone(), text(path)?))).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
