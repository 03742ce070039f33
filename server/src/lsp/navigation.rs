//! From a name to what it names, and to all places that name it; and another name for it.
//!
//! These answer from the bank as it is once everything is seen that the client has told of. The bank knows which files
//! concern a name; where in them it stands is read from their texts as they are at that moment.

use std::path::Path;
use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    DocumentChanges, Location, Position, PrepareRenameResponse, SymbolInformation, SymbolKind,
    TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
};

use super::actions::{document_edit, text_edits};
use super::convert::{LineIndex, start_of_line};
use super::pool;
use super::server::Server;
use super::settings::Settings;
use super::snapshot::{Judged, Snapshot, path_of};
use crate::bank::lookup::look_up;
use crate::banks::OneBank;
use crate::check::check;
use crate::config::{Definition, definitions};
use crate::finding::Edit;
use crate::ide::{self, InBank, Named, Renamable, View};
use crate::workspace::{Configured, read};

/// More stories than these are not listed for one query: nobody reads on.
const MOST_SYMBOLS: usize = 512;

/// A file and its bank.
pub(super) struct BankFile {
    /// The bank.
    pub(super) one: Arc<OneBank>,
    /// Its path in the bank.
    path: Arc<Path>,
}

impl BankFile {
    /// The file in its bank, as features read it.
    pub(super) fn in_bank(&self) -> InBank<'_> {
        InBank { bank: &self.one.bank, path: &self.path }
    }

    /// The stories with a tag: titles and addresses.
    pub(super) fn tagged(&self, tag: &(starling_grammar::TagKind, String)) -> Vec<(String, Option<Uri>)> {
        let stories = self.one.bank.tagged(tag.0, &tag.1);
        let story = |(place, story): (crate::bank::StoryRef, &crate::bank::StorySummary)| {
            let uri = Uri::from_file_path(self.one.shown(&place.path));
            let at_line = |uri: Uri| format!("{}#L{}", uri.as_str(), story.line).parse().ok();
            (story.title.to_string(), uri.and_then(at_line))
        };
        stories.map(story).collect()
    }

    /// The story that a mention of this file means, as an address.
    pub(super) fn target(&self, mention: &crate::bank::Mention) -> Option<Uri> {
        let crate::bank::Reference::Stories(stories) = self.one.bank.resolve(&self.path, mention) else {
            return None;
        };
        let first = stories.first()?;
        let story = self.one.bank.story(first)?;
        let uri = Uri::from_file_path(self.one.shown(&first.path))?;
        format!("{}#L{}", uri.as_str(), story.line).parse().ok()
    }
}

impl Server {
    /// The bank of a document that is a file, as it was seen last; that of a `starling.toml` is the one it is for.
    pub(super) fn bank_file(&self, snapshot: &Snapshot) -> Option<BankFile> {
        let file = path_of(&snapshot.uri)?;
        let configured = snapshot.settings.of(Some(&file));
        let index = self.read_index();
        let place = index.place(&file, &configured);
        let one = index.banks().get(&place.root)?.clone();
        Some(BankFile { one, path: place.path })
    }
}

/// A file as it is now: as the editor has it, else as the disk has it.
struct Page {
    uri: Uri,
    /// Of a document that is open.
    version: Option<i32>,
    text: Arc<str>,
    lines: LineIndex,
    judged: Arc<Judged>,
}

impl Page {
    fn of_document(server: &Server, snapshot: &Snapshot) -> Self {
        Self {
            uri: snapshot.uri.clone(),
            version: Some(snapshot.version),
            text: snapshot.text.clone(),
            lines: snapshot.lines.clone(),
            judged: server.judged(snapshot),
        }
    }

    /// A file of a bank; none when it is not there any more.
    fn of_file(server: &Server, path: &Path, settings: &Settings) -> Option<Self> {
        if let Some(snapshot) = server.snapshot_of_file(path) {
            return Some(Self::of_document(server, &snapshot));
        }
        let text = read(path).ok()?.text;
        let configured = settings.of(Some(path));
        let checked = check(text.clone(), &configured.origin(path), &configured.config, None);
        let lines = LineIndex::new(&text, server.negotiated().encoding);
        let judged = Arc::new(Judged::Stories { checked: Box::new(checked), configured });
        Some(Self { uri: Uri::from_file_path(path)?, version: None, text, lines, judged })
    }

    fn view(&self) -> Option<View<'_>> {
        self.judged.view()
    }

    fn location(&self, span: starling_grammar::Span) -> Location {
        Location::new(self.uri.clone(), self.lines.of(&self.text).range(span))
    }

    fn edits(&self, edits: &[Edit]) -> Vec<TextEdit> {
        text_edits(self.lines.of(&self.text), edits)
    }
}

/// A question about a place.
struct Asked {
    server: Arc<Server>,
    settings: Arc<Settings>,
    file: BankFile,
    configured: Arc<Configured>,
    page: Page,
    offset: usize,
}

impl Asked {
    /// Waits until everything is seen that the client has told of, and answers on the pool; nothing of a place that is in
    /// no bank.
    async fn answer<Answer: Send + 'static>(
        server: &Arc<Server>,
        place: TextDocumentPositionParams,
        work: impl FnOnce(&Self) -> Answer + Send + 'static,
    ) -> Result<Option<Answer>> {
        server.inbox.settled().await;
        let server = server.clone();
        pool::run(move || {
            let asked = Self::at(server, &place.text_document.uri, place.position)?;
            Some(work(&asked))
        })
        .await
    }

    fn at(server: Arc<Server>, uri: &Uri, position: Position) -> Option<Self> {
        let snapshot = server.snapshot(uri)?;
        let file = server.bank_file(&snapshot)?;
        let page = Page::of_document(&server, &snapshot);
        let offset = snapshot.positions().offset(position);
        let (Judged::Stories { configured, .. } | Judged::Configuration { configured, .. }) = &*page.judged
        else {
            return None;
        };
        let configured = configured.clone();
        Some(Self { settings: snapshot.settings.clone(), server, file, configured, page, offset })
    }

    fn named(&self) -> Option<Named> {
        let Some(view) = self.page.view() else {
            let defined = ide::renamable_definition(&self.definitions(), self.offset);
            return defined.ok().map(|renamable| renamable.named());
        };
        let found = ide::named_at(&view, self.file.in_bank(), self.offset);
        found.map(|(_, named)| named)
    }

    /// What the bank's `starling.toml` defines.
    fn definitions(&self) -> Vec<Definition> {
        definitions(&self.configured.text)
    }

    /// A file of the bank as it is now.
    fn page_of(&self, path: &Path) -> Option<Page> {
        Page::of_file(&self.server, &self.file.one.shown(path), &self.settings)
    }

    /// Where what is named is defined: a tag in `starling.toml`, a story at its title.
    fn definition(&self, named: &Named) -> Vec<Location> {
        match named {
            Named::Tag(kind, id) => {
                let defined = self.definitions();
                let found = defined.iter().find(|it| it.kind == *kind && it.id == *id);
                found.and_then(|it| self.in_configuration(it.name.span)).into_iter().collect()
            }
            Named::Stories(stories) => {
                let title = |story: &crate::bank::StoryRef| {
                    let page = self.page_of(&story.path)?;
                    let start = page.view()?.start_of_story(story.index)?;
                    let span = ide::title(&page.view()?, story.index).unwrap_or(start);
                    Some(page.location(span))
                };
                stories.iter().filter_map(title).collect()
            }
        }
    }

    fn in_configuration(&self, span: starling_grammar::Span) -> Option<Location> {
        let uri = Uri::from_file_path(self.configured.file.as_ref()?)?;
        let index = LineIndex::new(&self.configured.text, self.server.negotiated().encoding);
        Some(Location::new(uri, index.of(&self.configured.text).range(span)))
    }

    /// All places that name it.
    fn references(&self, named: &Named, with_declaration: bool) -> Vec<Location> {
        let mut all = if with_declaration { self.definition(named) } else { Vec::new() };
        for path in ide::files(&self.file.one.bank, named) {
            let Some(page) = self.page_of(&path) else { continue };
            let Some(view) = page.view() else { continue };
            let file = InBank { path: &path, ..self.file.in_bank() };
            all.extend(ide::uses(&view, file, named).into_iter().map(|span| page.location(span)));
        }
        all
    }

    fn renamable(&self) -> std::result::Result<Renamable, String> {
        match self.page.view() {
            Some(view) => ide::renamable(&view, self.file.in_bank(), &self.definitions(), self.offset),
            None => ide::renamable_definition(&self.definitions(), self.offset),
        }
    }

    fn rename(&self, new: &str) -> std::result::Result<WorkspaceEdit, String> {
        let bank = &self.file.one.bank;
        let renaming = self.renamable()?.to(new, bank, &self.configured.config)?;
        let mut documents = Vec::new();
        let in_toml = renaming.definition_edits();
        let after = if in_toml.is_empty() {
            self.configured.config.clone()
        } else {
            let file = self.configured.file.as_ref().and_then(Uri::from_file_path);
            let text = &self.configured.text;
            let index = LineIndex::new(text, self.server.negotiated().encoding);
            documents.push((
                file.ok_or("starling.toml is gone.")?,
                None,
                text_edits(index.of(text), &in_toml),
            ));
            self.settings.parse(&crate::fix::apply(text, &in_toml))
        };
        let mut paths = ide::files(bank, &renaming.named);
        if let Named::Stories(stories) = &renaming.named {
            paths.extend(stories.iter().map(|story| story.path.clone()));
        }
        paths.sort();
        paths.dedup();
        for path in paths {
            let shown = self.file.one.shown(&path);
            let shown = shown.display();
            let page = self.page_of(&path).ok_or_else(|| format!("{shown} cannot be read. Try again."))?;
            let view = page.view().ok_or_else(|| format!("{shown} is no Markdown any more."))?;
            let edits = renaming.edits(&view, InBank { path: &path, ..self.file.in_bank() }, &after)?;
            if !edits.is_empty() {
                documents.push((page.uri.clone(), page.version, page.edits(&edits)));
            }
        }
        Ok(self.workspace_edit(documents))
    }

    /// The edit of several documents, for the versions that it was made for where the client can tell versions apart.
    fn workspace_edit(&self, documents: Vec<(Uri, Option<i32>, Vec<TextEdit>)>) -> WorkspaceEdit {
        if !self.server.negotiated().versioned_edits {
            let changes = documents.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let edits = documents.into_iter().map(|(uri, version, edits)| document_edit(uri, version, edits));
        let changes = DocumentChanges::Edits(edits.collect());
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    }
}

/// Where what stands at a place is defined.
pub(super) async fn definition(
    server: &Arc<Server>,
    place: TextDocumentPositionParams,
) -> Result<Option<Vec<Location>>> {
    Asked::answer(server, place, |asked| asked.named().map(|named| asked.definition(&named)))
        .await
        .map(Option::flatten)
}

/// All places of the bank that name what stands at a place.
pub(super) async fn references(
    server: &Arc<Server>,
    place: TextDocumentPositionParams,
    with_declaration: bool,
) -> Result<Option<Vec<Location>>> {
    let found = Asked::answer(server, place, move |asked| {
        asked.named().map(|named| asked.references(&named, with_declaration))
    });
    found.await.map(Option::flatten)
}

/// What would be renamed.
///
/// # Errors
/// When nothing can be renamed there: a sentence for the user.
pub(super) async fn prepare_rename(
    server: &Arc<Server>,
    place: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let found = Asked::answer(server, place, |asked| {
        let renamable = asked.renamable().map_err(refused)?;
        let range = asked.page.location(renamable.span).range;
        Ok(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: renamable.name })
    });
    found.await?.transpose()
}

/// Another name for what stands at a place.
///
/// # Errors
/// When it cannot be named so: a sentence for the user.
pub(super) async fn rename(
    server: &Arc<Server>,
    place: TextDocumentPositionParams,
    new: String,
) -> Result<Option<WorkspaceEdit>> {
    let found = Asked::answer(server, place, move |asked| asked.rename(&new).map_err(refused));
    found.await?.transpose()
}

fn refused(message: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: message.into(), data: None }
}

/// The protocol's code for a request that was understood and cannot be carried out.
const REQUEST_FAILED: i64 = -32803;

/// The stories of all banks that fit a query, best first.
pub(super) fn symbols(server: &Server, query: &str) -> Vec<SymbolInformation> {
    let banks: Vec<Arc<OneBank>> = server.read_index().banks().iter().map(|(_, one)| one.clone()).collect();
    let mut found = Vec::new();
    for one in &banks {
        for hit in look_up(query, &one.bank, &one.configured.config.vocabulary) {
            found.push((hit.score, symbol(one, &hit)));
        }
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.truncate(MOST_SYMBOLS);
    found.into_iter().filter_map(|(_, symbol)| symbol).collect()
}

/// A story in the list. Clients search in the name and the container by themselves once more, so that both have to show
/// what was found.
#[allow(deprecated)]
fn symbol(one: &OneBank, hit: &crate::bank::lookup::Hit<'_>) -> Option<SymbolInformation> {
    let uri = Uri::from_file_path(one.shown(&hit.place.path))?;
    let path = hit.place.path.display();
    let container = if hit.tags.is_empty() { path.to_string() } else { format!("{path} · {}", hit.tags) };
    Some(SymbolInformation {
        name: hit.story.title.to_string(),
        kind: SymbolKind::CLASS,
        tags: None,
        deprecated: None,
        location: Location::new(uri, start_of_line(hit.story.line)),
        container_name: Some(container),
    })
}
