//! The texts that the client has open.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use ropey::Rope;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::bank_findings::BankFindings;
use super::convert::{self, Common, Encoding, LineIndex};
use super::lenient::NO_VERSION;
use super::settings::Settings;
use super::snapshot::{Kind, Memory, Snapshot};
use super::written::LastWritten;

/// All open documents.
#[derive(Default)]
pub(super) struct Documents {
    open: HashMap<Uri, Document>,
    /// Counts every change of any document, so that no two states share a number.
    revisions: u64,
}

/// An open document.
pub(super) struct Document {
    kind: Kind,
    version: i32,
    rope: Rope,
    /// The revision of its last change, shared with its states.
    last_change: Arc<AtomicU64>,
    /// Of its opening: tells it from another document that had the same address.
    opened: u64,
    /// Made when somebody asks, and kept until the next change.
    snapshot: Option<Arc<Snapshot>>,
    /// The lines of the last snapshot, and what the text still has in common with it.
    lines: Option<(LineIndex, Common)>,
    memory: Memory,
    written: LastWritten,
    of_bank: Arc<BankFindings>,
    /// Whether somebody is about to judge it and to publish what is found.
    pub(super) judging: bool,
}

impl Documents {
    /// Takes a document over from the client.
    pub(super) fn open(&mut self, item: TextDocumentItem) {
        let revision = self.next_revision();
        let document = Document {
            kind: Kind::of(&item.uri, &item.language_id),
            version: item.version,
            rope: Rope::from_str(&item.text),
            last_change: Arc::new(AtomicU64::new(revision)),
            opened: revision,
            snapshot: None,
            lines: None,
            memory: Memory::default(),
            written: LastWritten::default(),
            of_bank: Arc::default(),
            judging: false,
        };
        self.open.insert(item.uri, document);
    }

    /// Applies changes in their order. Changes of a document that is not open are ignored: there is no text that they
    /// could belong to.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let revision = self.next_revision();
        let Some(document) = self.open.get_mut(uri) else { return };
        for change in changes {
            let common = match change.range {
                Some(range) => convert::replace(&mut document.rope, encoding, range, &change.text),
                None => {
                    document.rope = Rope::from_str(&change.text);
                    Common::NOTHING
                }
            };
            if let Some((_, known)) = &mut document.lines {
                *known = known.and(common);
            }
        }
        if version != NO_VERSION {
            document.version = version;
        }
        document.change_to(revision);
        document.snapshot = None;
    }

    /// Gives a document back; tells whether it was open.
    pub(super) fn close(&mut self, uri: &Uri) -> bool {
        self.open.remove(uri).is_some()
    }

    /// Lets every document be read anew: what was known of them was known under other settings.
    pub(super) fn forget(&mut self) {
        let revision = self.next_revision();
        for document in self.open.values_mut() {
            document.snapshot = None;
            document.change_to(revision);
            document.memory = Memory::default();
        }
    }

    /// A document.
    pub(super) fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.open.get_mut(uri)
    }

    /// The addresses of all documents.
    pub(super) fn uris(&self) -> impl Iterator<Item = &Uri> {
        self.open.keys()
    }

    /// Whether a document is open.
    pub(super) fn is_open(&self, uri: &Uri) -> bool {
        self.open.contains_key(uri)
    }

    /// The address of the document that is a Markdown file. Of several, as an editor may have of one file by addresses
    /// that differ in their fragments, the one that changed last.
    pub(super) fn of_file(&self, path: &Path) -> Option<&Uri> {
        let found = self.open.iter().filter(|(_, document)| document.kind.markdown_file() == Some(path));
        found.max_by_key(|(_, document)| document.revision()).map(|(uri, _)| uri)
    }

    /// The documents that are Markdown files, by path, each with its revision.
    pub(super) fn files(&self) -> BTreeMap<PathBuf, (u64, u64)> {
        let mut files: BTreeMap<PathBuf, (u64, u64)> = BTreeMap::new();
        for document in self.open.values() {
            let Some(path) = document.kind.markdown_file() else { continue };
            let revision = (document.opened, document.revision());
            let known = files.entry(path.to_path_buf()).or_insert(revision);
            *known = if known.1 < revision.1 { revision } else { *known };
        }
        files
    }

    /// Takes over what was found of a document as part of its bank. Whether that says anything else of its present text.
    pub(super) fn take_bank_findings(&mut self, uri: &Uri, found: BankFindings) -> bool {
        let revision = self.next_revision();
        let Some(document) = self.open.get_mut(uri) else { return false };
        let found = Arc::new(found);
        let former = std::mem::replace(&mut document.of_bank, found.clone());
        // Where nobody has asked for the present state, it will be made with what is known by then.
        let Some(snapshot) = &mut document.snapshot else { return false };
        if former.in_text(&snapshot.text) == found.in_text(&snapshot.text) {
            return false;
        }
        *snapshot = Arc::new(snapshot.with_bank(found, (document.opened, revision)));
        document.change_to(revision);
        true
    }

    /// The texts of open configuration files.
    pub(super) fn configurations(&self) -> Vec<(PathBuf, Arc<str>)> {
        let texts = self.open.values().filter_map(|document| match &document.kind {
            Kind::Configuration { path } => Some((path.clone(), String::from(&document.rope).into())),
            Kind::Markdown { .. } | Kind::Other => None,
        });
        texts.collect()
    }

    /// Whether a document is a configuration file.
    pub(super) fn is_configuration(&self, uri: &Uri) -> bool {
        self.open.get(uri).is_some_and(|document| matches!(document.kind, Kind::Configuration { .. }))
    }

    fn next_revision(&mut self) -> u64 {
        self.revisions += 1;
        self.revisions
    }
}

impl Document {
    /// What the document says now.
    pub(super) fn snapshot(
        &mut self,
        uri: &Uri,
        settings: &Arc<Settings>,
        encoding: Encoding,
    ) -> Arc<Snapshot> {
        let revision = (self.opened, self.revision());
        let snapshot = self.snapshot.get_or_insert_with(|| {
            let text: Arc<str> = String::from(&self.rope).into();
            let lines = match &self.lines {
                Some((lines, common)) => lines.renewed(&text, *common),
                None => LineIndex::new(&text, encoding),
            };
            self.lines = Some((lines.clone(), Common::ALL));
            Arc::new(Snapshot {
                uri: uri.clone(),
                version: self.version,
                revision,
                last_change: self.last_change.clone(),
                lines,
                text,
                kind: self.kind.clone(),
                settings: settings.clone(),
                memory: self.memory.clone(),
                of_bank: self.of_bank.clone(),
                judged: Arc::default(),
                findings: OnceLock::new(),
                written: self.written.clone(),
            })
        });
        snapshot.clone()
    }

    fn revision(&self) -> u64 {
        self.last_change.load(Ordering::Relaxed)
    }

    fn change_to(&self, revision: u64) {
        self.last_change.store(revision, Ordering::Relaxed);
    }

    /// Whether a snapshot shows the document as it is now.
    pub(super) fn is_current(&self, snapshot: &Snapshot) -> bool {
        snapshot.revision == (self.opened, self.revision())
    }

    /// Whether a snapshot shows an earlier state of this very document.
    pub(super) fn had(&self, snapshot: &Snapshot) -> bool {
        snapshot.revision.0 == self.opened
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use tower_lsp::ls_types::{Position, Range, TextDocumentContentChangeEvent, TextDocumentItem, Uri};

    use super::{Documents, Encoding};
    use crate::lsp::convert::LineIndex;

    #[test]
    fn of_two_documents_of_a_file_the_last_that_changed_counts() {
        let mut documents = Documents::default();
        let uris: [Uri; 2] = ["file:///a.md", "file:///a.md#L3"].map(|uri| uri.parse().expect("an address"));
        for uri in &uris {
            documents.open(TextDocumentItem::new(uri.clone(), "markdown".to_owned(), 0, String::new()));
        }
        for uri in [&uris[0], &uris[1], &uris[0]] {
            let change =
                TextDocumentContentChangeEvent { range: None, range_length: None, text: "x".to_owned() };
            documents.change(uri, 1, vec![change], Encoding::Utf16);
            let (opened, revision) = documents.files()[std::path::Path::new("/a.md")];
            assert_eq!(documents.of_file(std::path::Path::new("/a.md")), Some(uri));
            let document = documents.get_mut(uri).expect("it is open");
            assert_eq!((opened, revision), (document.opened, document.revision()));
        }
    }

    /// A line and a column.
    type Place = (u32, u32);

    fn edits() -> impl Strategy<Value = Vec<(Place, Place, String)>> {
        let place = || (0u32..6, 0u32..9);
        prop::collection::vec((place(), place(), "[ab#* \r\n🎉é]{0,6}"), 0..12)
    }

    proptest! {
        #[test]
        fn the_server_holds_the_text_of_the_client(start in "[ab#* \r\n🎉é]{0,30}", edits in edits(), asked in any::<u16>()) {
            let uri: Uri = "file:///a.md".parse().expect("an address");
            let mut documents = Documents::default();
            documents.open(TextDocumentItem::new(uri.clone(), "markdown".to_owned(), 0, start.clone()));
            let mut text = start;
            for (version, (from, to, new)) in (1..).zip(edits) {
                let range = Range::new(Position::new(from.0, from.1), Position::new(to.0, to.1));
                let index = LineIndex::new(&text, Encoding::Utf16);
                let span = index.of(&text).span(range);
                text.replace_range(span.range(), &new);
                let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: new };
                documents.change(&uri, version, vec![change], Encoding::Utf16);
                // Lines are found anew from those of the last state that somebody asked for.
                if asked & (1 << version) != 0 {
                    let snapshot = documents.get_mut(&uri).expect("it is open").snapshot(&uri, &Arc::default(), Encoding::Utf16);
                    prop_assert_eq!(&snapshot.lines, &LineIndex::new(&text, Encoding::Utf16));
                }
            }
            let document = documents.get_mut(&uri).expect("it is open");
            let snapshot = document.snapshot(&uri, &Arc::default(), Encoding::Utf16);
            prop_assert_eq!(&*snapshot.text, &text);
            prop_assert_eq!(&snapshot.lines, &LineIndex::new(&text, Encoding::Utf16));
            prop_assert!(document.is_current(&snapshot));
        }
    }
}
