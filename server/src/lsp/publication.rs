//! What the server says of its own accord: diagnostics of documents and of files that are not open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use serde_json::json;
use tower_lsp::ls_types::{Diagnostic, MessageType, Uri};

use super::bank_findings::BankFindings;
use super::convert::LineIndex;
use super::diagnostics;
use super::progress::Progress;
use super::server::Server;
use super::snapshot::Snapshot;
use crate::banks::{Index, hash};
use crate::finding::Finding;
use crate::workspace::read;

impl Server {
    /// The open Markdown files, each with the revision of its document.
    pub(super) fn open_files(&self) -> BTreeMap<PathBuf, (u64, u64)> {
        self.lock().documents.files()
    }

    /// What an open file says now.
    pub(super) fn snapshot_of_file(&self, path: &Path) -> Option<Arc<Snapshot>> {
        let mut world = self.lock();
        let uri = world.documents.of_file(path)?.clone();
        world.snapshot(&uri)
    }

    /// Takes over what was found of a document as part of its bank, and says so if it is something else than before.
    /// Whether the client is to ask again.
    pub(super) fn take_bank_findings(self: &Arc<Self>, uri: &Uri, found: BankFindings) -> bool {
        let mut world = self.lock();
        if !world.documents.take_bank_findings(uri, found) {
            return false;
        }
        if world.mark(uri) {
            drop(world);
            self.judge_soon(uri.clone());
            return false;
        }
        world.negotiated.pull
    }

    /// Publishes what is due for any document, before it would come by itself.
    pub(super) fn publish_all(&self) {
        let uris: Vec<Uri> = self.lock().documents.uris().cloned().collect();
        // Without courtesy: somebody waits for this to be done before he answers.
        uris.iter().for_each(|uri| self.judge_until_current(uri, Duration::ZERO));
    }

    /// Asks the client to ask again for the diagnostics of all documents.
    pub(super) fn refresh(self: &Arc<Self>) {
        let server = self.clone();
        tokio::spawn(async move { drop(server.client.workspace_diagnostic_refresh().await) });
    }

    /// Publishes what was found of a file that is not open as part of its bank, unless the client knows it already.
    pub(super) fn push(&self, path: &Path, findings: &[Finding]) {
        let known = self.lock().pushed.contains_key(&hash(path));
        if findings.is_empty() && !known {
            return;
        }
        let Some(uri) = Uri::from_file_path(path) else { return };
        let found =
            if findings.is_empty() { Vec::new() } else { self.diagnostics_of_file(path, &uri, findings) };
        let mut world = self.lock();
        // Under the lock: a document that is opened later clears what was pushed.
        if world.documents.of_file(path).is_some() {
            return;
        }
        let now = (!found.is_empty()).then(|| hash(&json!(found).to_string()));
        let former = match now {
            Some(found) => world.pushed.insert(hash(path), found),
            None => world.pushed.remove(&hash(path)),
        };
        if former != now {
            self.publish(&uri, None, found);
        }
    }

    /// Diagnostics of a file as it lies on the disk; none when it is not as the bank knows it: then it is looked at again.
    fn diagnostics_of_file(&self, path: &Path, uri: &Uri, findings: &[Finding]) -> Vec<Diagnostic> {
        let configured = self.settings().of(Some(path));
        let read = read(path).map(|file| file.text);
        let text = read.ok().filter(|text| self.read_index().is_as_read(path, text));
        let Some(text) = text else {
            self.inbox.touch([path.to_path_buf()]);
            return Vec::new();
        };
        let negotiated = self.negotiated();
        let index = LineIndex::new(&text, negotiated.encoding);
        let base_url = configured.config.base_url.as_deref();
        let convert = |finding| diagnostics::diagnostic(finding, uri, index.of(&text), base_url, &negotiated);
        findings.iter().map(convert).collect()
    }

    /// Shows a message to the user.
    pub(super) fn show_message(&self, kind: MessageType, message: &str) {
        self.outbox.notify("window/showMessage", json!({ "type": kind, "message": message }));
    }

    /// Tells a client that cares which banks have changed, by their folders.
    pub(super) fn tell_changed_banks(&self, roots: &BTreeSet<PathBuf>) {
        if self.negotiated().bank {
            let uris: Vec<Uri> = roots.iter().filter_map(Uri::from_file_path).collect();
            self.outbox.notify("starling/bankChanged", json!({ "roots": uris }));
        }
    }

    /// Says that a scan begins, to a client that shows it.
    pub(super) fn begin_scan(&self, number: u32) -> Option<Arc<Progress>> {
        let shown = self.negotiated().progress;
        let progress = shown.then(|| Progress::start(number, self.client.clone(), self.outbox.clone()));
        self.lock().scan.clone_from(&progress);
        progress
    }

    /// The banks.
    pub(super) fn read_index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The banks, to be changed by their keeper alone.
    pub(super) fn write_index(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }
}
