//! Diagnostics of a document as they are sent, most of which are those that were sent before: with a key, one of a thousand is
//! another one.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::RandomState;
use serde_json::json;

use super::capabilities::Negotiated;
use super::diagnostics;
use super::snapshot::Snapshot;
use crate::finding::Finding;

/// What was written last of a document, shared by all of its states.
pub(super) type LastWritten = Arc<Mutex<Written>>;

/// Diagnostics in JSON.
#[derive(Default)]
pub(super) struct Written {
    items: WrittenItems,
    /// Where an item stands in the message, by a hash of all that it says.
    places: HashMap<u64, Range<usize>>,
    /// Keyed anew for each document: that two of its items have the same of all 64 bits is left to chance.
    hashes: RandomState,
}

/// Diagnostics of a document, parted by commas, in the message that publishes them.
#[derive(Clone, Default)]
pub(super) struct WrittenItems {
    pub(super) message: Arc<Vec<u8>>,
    /// Where they are in the message.
    pub(super) place: Range<usize>,
}

impl AsRef<[u8]> for WrittenItems {
    fn as_ref(&self) -> &[u8] {
        &self.message[self.place.clone()]
    }
}

/// The message `textDocument/publishDiagnostics` for a state of a document, unless it becomes outdated meanwhile.
pub(super) fn publication(snapshot: &Snapshot, negotiated: &Negotiated) -> Option<Arc<Vec<u8>>> {
    let mut last = snapshot.written.lock().unwrap_or_else(PoisonError::into_inner);
    *last = last.next(snapshot, negotiated, || snapshot.is_outdated())?;
    Some(last.items.message.clone())
}

/// The diagnostics of a state of a document.
pub(super) fn items(snapshot: &Snapshot, negotiated: &Negotiated) -> WrittenItems {
    let mut last = snapshot.written.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(written) = last.next(snapshot, negotiated, || false) {
        *last = written;
    }
    last.items.clone()
}

impl Written {
    /// The diagnostics of another state of the document; those that are the same are copied. `None` when it is given up.
    fn next(&self, snapshot: &Snapshot, negotiated: &Negotiated, give_up: impl Fn() -> bool) -> Option<Self> {
        let findings = snapshot.findings();
        let last = &*self.items.message;
        let mut message = Vec::with_capacity(last.len() + 1024);
        let uri = json!(snapshot.uri).to_string();
        let head = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":{uri},"version":{},"diagnostics":["#,
            snapshot.version
        );
        message.extend_from_slice(head.as_bytes());
        let mut places = HashMap::with_capacity(findings.len());
        let conversion = diagnostics::Conversion::of(snapshot, negotiated);
        for finding in findings {
            if give_up() {
                return None;
            }
            let key = self.key(finding, &conversion);
            if message.len() > head.len() {
                message.push(b',');
            }
            let start = message.len();
            match self.places.get(&key) {
                Some(item) => message.extend_from_slice(&last[item.clone()]),
                // A diagnostic is made of the protocol's types, which are JSON.
                None => drop(serde_json::to_writer(&mut message, &conversion.diagnostic(finding))),
            }
            places.insert(key, start..message.len());
        }
        let place = head.len()..message.len();
        message.extend_from_slice(b"]}}");
        let items = WrittenItems { message: Arc::new(message), place };
        Some(Self { items, places, hashes: self.hashes.clone() })
    }

    /// A hash of all that the diagnostic of a finding says.
    fn key(&self, finding: &Finding, conversion: &diagnostics::Conversion) -> u64 {
        let mut hasher = self.hashes.build_hasher();
        conversion.base_url.hash(&mut hasher);
        finding.rule.name.hash(&mut hasher);
        (finding.severity, &finding.message, finding.part, &finding.subject).hash(&mut hasher);
        conversion.positions.range(finding.span).hash(&mut hasher);
        for related in &finding.related {
            (&related.message, &related.file).hash(&mut hasher);
            if related.file.is_none() {
                conversion.positions.range(related.span).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}
