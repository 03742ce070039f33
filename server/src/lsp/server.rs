//! The state of the server, and what follows from changes of it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::{
    ConfigurationItem, Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesRegistrationOptions,
    FileSystemWatcher, GlobPattern, InitializeParams, MessageType, ProgressToken, PublishDiagnosticsParams,
    Registration, ServerCapabilities, TextDocumentItem, Uri, WatchKind, WorkspaceFoldersChangeEvent,
};

use super::capabilities::{self, Negotiated};
use super::convert::LineIndex;
use super::courtesy::COURTESY;
use super::diagnostics;
use super::documents::Documents;
use super::inbox::Inbox;
use super::librarian::Librarian;
use super::outbox::Outbox;
use super::progress::Progress;
use super::settings::Settings;
use super::snapshot::{Judged, Snapshot, path_of};
use super::written;
use crate::banks::{Index, hash};
use crate::check::prepare;
use crate::config::{FILE_NAME, invalid_config};
use crate::workspace::Configured;

/// The section of an editor's settings that is ours.
const SECTION: &str = "starling";

/// The server: shared by all handlers.
pub(super) struct Server {
    world: Mutex<World>,
    /// The banks, which the librarian keeps.
    pub(super) index: RwLock<Index>,
    /// What waits for the librarian.
    pub(super) inbox: Inbox,
    pub(super) outbox: Outbox,
    pub(super) client: Client,
    /// Ends the session when the process dies.
    watch: Box<dyn Fn(u32) + Send + Sync>,
}

/// What changes.
#[derive(Default)]
pub(super) struct World {
    pub(super) negotiated: Arc<Negotiated>,
    pub(super) documents: Documents,
    settings: Arc<Settings>,
    /// Configuration files that are not open and have diagnostics.
    reported: HashSet<Uri>,
    /// Markdown files that are not open and have diagnostics: a hash of the path of each, and of its diagnostics. In a
    /// large bank, these themselves take more memory than its stories.
    pub(super) pushed: HashMap<u64, u64>,
    /// The scan that is under way, or was last.
    pub(super) scan: Option<Arc<Progress>>,
}

impl World {
    pub(super) fn snapshot(&mut self, uri: &Uri) -> Option<Arc<Snapshot>> {
        let encoding = self.negotiated.encoding;
        Some(self.documents.get_mut(uri)?.snapshot(uri, &self.settings, encoding))
    }

    /// Says that a document is to be judged; tells whether nobody does so already. To be called together with the
    /// change that asks for it: whoever judges at that moment will see the change, and judge again.
    pub(super) fn mark(&mut self, uri: &Uri) -> bool {
        let pushed = !self.negotiated.pull;
        let document = self.documents.get_mut(uri).filter(|_| pushed);
        document.is_some_and(|document| !std::mem::replace(&mut document.judging, true))
    }
}

impl Server {
    pub(super) fn new(client: Client, outbox: Outbox, watch: Box<dyn Fn(u32) + Send + Sync>) -> Self {
        let (index, inbox) = (RwLock::default(), Inbox::default());
        Self { world: Mutex::default(), index, inbox, outbox, client, watch }
    }

    /// Agrees with the client on what both can do.
    pub(super) fn initialize(&self, params: &InitializeParams) -> ServerCapabilities {
        if let Some(process) = params.process_id {
            (self.watch)(process);
        }
        let (capabilities, negotiated) = capabilities::negotiate(params);
        {
            let mut world = self.lock();
            world.negotiated = Arc::new(negotiated);
            world.settings = Arc::new(world.settings.with_workspace(workspace(params)));
        }
        // While the client reads the answer.
        tokio::task::spawn_blocking(prepare);
        let options = params.initialization_options.as_ref();
        if let Some(settings) = options.and_then(|options| options.get("settings")) {
            self.adopt(settings);
        }
        capabilities
    }

    /// What was agreed.
    pub(super) fn negotiated(&self) -> Arc<Negotiated> {
        self.lock().negotiated.clone()
    }

    /// The settings at this moment.
    pub(super) fn settings(&self) -> Arc<Settings> {
        self.lock().settings.clone()
    }

    /// Begins to read the banks. Asks the client to tell what the server cannot see by itself, and for its settings:
    /// nothing of this waits for the other.
    pub(super) async fn initialized(self: Arc<Self>) {
        Librarian::start(self.clone());
        tokio::spawn(self.clone().fetch_settings());
        let registrations = registrations(&self.negotiated());
        if !registrations.is_empty()
            && let Err(error) = self.client.register_capability(registrations).await
        {
            eprintln!("warning: the client does not tell of changed files or settings: {error}");
        }
    }

    /// Asks for the settings, where the client can be asked.
    pub(super) async fn fetch_settings(self: Arc<Self>) {
        if !self.negotiated().configuration {
            return;
        }
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        if let Ok(values) = self.client.configuration(vec![item]).await
            && let Some(settings) = values.first().filter(|settings| settings.is_object())
        {
            self.adopt(settings);
            self.renew();
        }
    }

    /// Takes over settings that a client sends of its own accord: ours, or all of them.
    pub(super) fn receive_settings(self: &Arc<Self>, settings: &Value) {
        let settings = settings.get(SECTION).unwrap_or(settings);
        if settings.is_object() {
            self.adopt(settings);
            self.renew();
        }
    }

    fn adopt(&self, value: &Value) {
        let problems = {
            let mut world = self.lock();
            let (settings, problems) = world.settings.with_editor(value);
            world.settings = Arc::new(settings);
            problems
        };
        for problem in problems {
            let message = format!("Settings of Starling in this editor: {}", problem.message);
            self.show_message(MessageType::WARNING, &message);
        }
    }

    /// Reads every `starling.toml` anew and judges everything again: settings or files have changed.
    pub(super) fn renew(self: &Arc<Self>) {
        let (uris, reported, pull) = {
            let mut world = self.lock();
            let open = world.documents.configurations();
            world.settings = Arc::new(world.settings.renewed(open));
            world.documents.forget();
            let mut uris: Vec<Uri> = world.documents.uris().cloned().collect();
            uris.retain(|uri| world.mark(uri));
            (uris, world.reported.clone(), world.negotiated.pull)
        };
        self.inbox.rescan();
        let server = self.clone();
        tokio::task::spawn_blocking(move || server.report_again(&reported));
        uris.into_iter().for_each(|uri| self.judge_soon(uri));
        if pull {
            self.refresh();
        }
    }

    /// Takes over other folders.
    pub(super) fn change_workspace(self: &Arc<Self>, event: &WorkspaceFoldersChangeEvent) {
        {
            let mut world = self.lock();
            let mut folders = world.settings.workspace().to_vec();
            let removed: Vec<PathBuf> =
                event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
            folders.retain(|folder| !removed.contains(folder));
            folders.extend(event.added.iter().filter_map(|folder| path_of(&folder.uri)));
            world.settings = Arc::new(world.settings.with_workspace(folders));
        }
        self.renew();
    }

    pub(super) fn open(self: &Arc<Self>, item: TextDocumentItem) {
        let uri = item.uri.clone();
        let mut world = self.lock();
        world.documents.open(item);
        if let Some(path) = path_of(&uri) {
            self.clear_pushed(&mut world, &path, &uri);
        }
        self.changed(world, uri.clone());
        if let Some(path) = path_of(&uri) {
            self.inbox.open(path, !self.negotiated().register_files);
        }
    }

    pub(super) fn change(self: &Arc<Self>, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let mut world = self.lock();
        let encoding = world.negotiated.encoding;
        world.documents.change(&document.uri, document.version, params.content_changes, encoding);
        self.changed(world, document.uri);
    }

    pub(super) fn close(self: &Arc<Self>, uri: &Uri) {
        let (was_open, configuration) = {
            let mut world = self.lock();
            let configuration = world.documents.is_configuration(uri);
            let was_open = world.documents.close(uri);
            if was_open && !world.negotiated.pull {
                // Under the lock: no check of this document can come after it.
                self.publish(uri, None, Vec::new());
            }
            (was_open, configuration)
        };
        if was_open && configuration {
            self.renew();
        } else if let Some(path) = path_of(uri) {
            self.inbox.touch([path]);
        }
    }

    /// Files or folders may have changed on the disk, or were saved. Where the client does not tell of other
    /// files, these may have changed, too.
    pub(super) fn look_at(&self, paths: impl IntoIterator<Item = PathBuf>) {
        self.inbox.touch(paths);
        if !self.negotiated().register_files {
            self.inbox.rescan();
        }
    }

    /// Files or folders have changed on the disk.
    pub(super) fn changed_on_disk(self: &Arc<Self>, paths: impl Iterator<Item = PathBuf>) {
        let paths: Vec<PathBuf> = paths.collect();
        let settings = self.settings();
        if paths.iter().any(|path| settings.depend_on(path)) {
            return self.renew();
        }
        let ignores = |path: &PathBuf| path.ends_with(".gitignore") || path.ends_with(".ignore");
        if paths.iter().any(ignores) {
            self.inbox.rescan();
        }
        self.inbox.touch(paths);
    }

    /// Ends the scan that the user does not want.
    pub(super) fn cancel_scan(&self, token: &ProgressToken) {
        if let Some(scan) = &self.lock().scan {
            scan.cancel(token);
        }
    }

    /// Takes back what was said of a file while it was not open, unless what will be said of the document replaces it.
    fn clear_pushed(&self, world: &mut World, path: &Path, uri: &Uri) {
        if world.pushed.remove(&hash(path)).is_some()
            && let Some(pushed) = Uri::from_file_path(path)
            && (world.negotiated.pull || pushed != *uri)
        {
            self.publish(&pushed, None, Vec::new());
        }
    }

    /// Lets follow what follows from a change of a document that was just made.
    fn changed(self: &Arc<Self>, mut world: MutexGuard<'_, World>, uri: Uri) {
        if world.documents.is_configuration(&uri) {
            drop(world);
            self.renew();
        } else if world.mark(&uri) {
            drop(world);
            self.judge_soon(uri);
        }
    }

    /// What an open document says now.
    pub(super) fn snapshot(&self, uri: &Uri) -> Option<Arc<Snapshot>> {
        self.lock().snapshot(uri)
    }

    /// Judges a document that was marked, on the pool, and publishes what is found. While that is under way, further
    /// changes only make it start over: a burst costs little more than its last change.
    pub(super) fn judge_soon(self: &Arc<Self>, uri: Uri) {
        let server = self.clone();
        let announcement = self.outbox.announce();
        tokio::task::spawn_blocking(move || {
            server.judge_until_current(&uri, COURTESY);
            drop(announcement);
        });
    }

    /// The same at once. What is found is published when nobody waits for an answer, or when that was waited for during
    /// `courtesy`.
    pub(super) fn judge_until_current(&self, uri: &Uri, courtesy: Duration) {
        let Some(mut snapshot) = self.snapshot(uri) else { return };
        loop {
            let negotiated = self.negotiated();
            let judge = std::panic::AssertUnwindSafe(|| {
                self.judged(&snapshot);
                let judged = Instant::now();
                self.outbox.wait_for_answers(courtesy);
                let left = courtesy.saturating_sub(judged.elapsed());
                let found = written::publication(&snapshot, &negotiated)?;
                // Who asked meanwhile comes first, too.
                self.outbox.wait_for_answers(left);
                Some(found)
            });
            // The panic itself is on standard error by now.
            let found = std::panic::catch_unwind(judge);
            let mut world = self.lock();
            let Some(document) = world.documents.get_mut(uri).filter(|document| document.had(&snapshot))
            else {
                return;
            };
            if document.is_current(&snapshot) {
                // Unless somebody else was faster.
                if std::mem::take(&mut document.judging)
                    && let Ok(Some(found)) = found
                {
                    self.outbox.put(found);
                }
                return;
            }
            let Some(next) = world.snapshot(uri) else { return };
            snapshot = next;
        }
    }

    /// Waits until the client has read enough of what it was sent.
    pub(super) fn wait_for_room(&self) {
        self.outbox.wait_for_room();
    }

    /// What there is to say of a snapshot. What is wrong with the `starling.toml` that applies to it is published.
    pub(super) fn judged(&self, snapshot: &Snapshot) -> Arc<Judged> {
        let is_new = snapshot.judged.get().is_none();
        let judged = snapshot.judged().clone();
        if let Some(path) = snapshot.markdown_file().filter(|_| is_new) {
            self.inbox.edit(path);
        }
        for configured in snapshot.settings.newly_loaded() {
            self.report(&configured);
        }
        judged
    }

    /// Publishes what is wrong with a `starling.toml` that is not open. One that is open has a snapshot of its own.
    pub(super) fn report(&self, configured: &Configured) {
        let Some(uri) = configured.file.as_deref().and_then(Uri::from_file_path) else { return };
        let findings = invalid_config(&configured.config, &configured.problems);
        let mut world = self.lock();
        if world.documents.is_open(&uri) || findings.is_empty() && !world.reported.contains(&uri) {
            return;
        }
        let negotiated = world.negotiated.clone();
        let index = LineIndex::new(&configured.text, negotiated.encoding);
        let base_url = configured.config.base_url.as_deref();
        let convert =
            |found| diagnostics::diagnostic(found, &uri, index.of(&configured.text), base_url, &negotiated);
        let found: Vec<Diagnostic> = findings.iter().map(convert).collect();
        if found.is_empty() {
            world.reported.remove(&uri);
        } else {
            world.reported.insert(uri.clone());
        }
        self.publish(&uri, None, found);
    }

    /// Looks again at configuration files that had diagnostics: they may be mended, gone, or open by now.
    fn report_again(&self, reported: &HashSet<Uri>) {
        for uri in reported {
            let settings = self.lock().settings.clone();
            let Some(path) = path_of(uri) else { continue };
            let configured = settings.of(Some(&path));
            if configured.file.as_deref() == Some(&path) {
                self.report(&configured);
            } else {
                self.lock().reported.remove(uri);
                self.publish(uri, None, Vec::new());
            }
        }
    }

    pub(super) fn publish(&self, uri: &Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let params = PublishDiagnosticsParams { uri: uri.clone(), diagnostics, version };
        self.outbox.notify("textDocument/publishDiagnostics", params);
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, World> {
        // Nothing is left half-changed by a panic: every change of the world is a single assignment.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a file is a `starling.toml`.
pub(super) fn is_configuration(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE_NAME)
}

/// The folders that the client has open: all of them, or the one that older clients name.
#[allow(deprecated)]
fn workspace(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders {
        Some(folders) => folders.iter().filter_map(|folder| path_of(&folder.uri)).collect(),
        None => {
            let root = params.root_uri.as_ref().and_then(path_of);
            root.or(params.root_path.as_ref().map(PathBuf::from)).into_iter().collect()
        }
    }
}

fn registrations(negotiated: &Negotiated) -> Vec<Registration> {
    let mut registrations = Vec::new();
    let mut register = |method: &str, options: Value| {
        registrations.push(Registration {
            id: method.to_owned(),
            method: method.to_owned(),
            register_options: Some(options),
        });
    };
    if negotiated.register_files {
        let watch =
            |glob: &str, kind| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind };
        let globs = ["**/*.md", "**/*.markdown", "**/starling.toml", "**/.gitignore", "**/.ignore"];
        let mut watchers: Vec<FileSystemWatcher> = globs.map(|glob| watch(glob, None)).into();
        // A folder that is deleted may be the only thing that is told of the files in it.
        watchers.push(watch("**", Some(WatchKind::Delete)));
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        register("workspace/didChangeWatchedFiles", serde_json::to_value(options).unwrap_or_default());
    }
    if negotiated.register_configuration && negotiated.configuration {
        register("workspace/didChangeConfiguration", serde_json::json!({ "section": SECTION }));
    }
    registrations
}
