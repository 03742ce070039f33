//! Diagnostics of a document as they are sent, most of which are those that were sent before: with a key, one of a thousand is
//! another one.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, Hasher, RandomState};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

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
    /// The items, parted by commas.
    json: Vec<u8>,
    /// Where an item stands in them, by a hash of all that it says.
    items: HashMap<u64, Range<usize>>,
    /// Keyed anew for each document, so that no text can be made of which two items have the same hash.
    hashes: RandomState,
}

/// The message `textDocument/publishDiagnostics` for a state of a document, unless it becomes outdated meanwhile.
pub(super) fn publication(snapshot: &Snapshot, negotiated: &Negotiated) -> Option<Vec<u8>> {
    let mut last = snapshot.written.lock().unwrap_or_else(PoisonError::into_inner);
    let written = last.next(snapshot, negotiated, || snapshot.is_outdated())?;
    let uri = json!(snapshot.uri).to_string();
    let head = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":{uri},"version":{},"diagnostics":["#,
        snapshot.version
    );
    let message = [head.as_bytes(), &written.json, b"]}}"].concat();
    *last = written;
    Some(message)
}

/// The diagnostics of a state of a document, parted by commas.
pub(super) fn items(snapshot: &Snapshot, negotiated: &Negotiated) -> Vec<u8> {
    let mut last = snapshot.written.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(written) = last.next(snapshot, negotiated, || false) {
        *last = written;
    }
    last.json.clone()
}

impl Written {
    /// The diagnostics of another state of the document; those that are the same are copied. `None` when it is given up.
    fn next(&self, snapshot: &Snapshot, negotiated: &Negotiated, give_up: impl Fn() -> bool) -> Option<Self> {
        let findings = snapshot.findings();
        let mut next = Self {
            json: Vec::with_capacity(self.json.len() + 1024),
            items: HashMap::with_capacity(findings.len()),
            hashes: self.hashes.clone(),
        };
        let conversion = diagnostics::Conversion::of(snapshot, negotiated);
        for finding in findings {
            if give_up() {
                return None;
            }
            let key = self.key(finding, &conversion);
            if !next.json.is_empty() {
                next.json.push(b',');
            }
            let start = next.json.len();
            match self.items.get(&key) {
                Some(item) => next.json.extend_from_slice(&self.json[item.clone()]),
                // A diagnostic is made of the protocol's types, which are JSON.
                None => drop(serde_json::to_writer(&mut next.json, &conversion.diagnostic(finding))),
            }
            next.items.insert(key, start..next.json.len());
        }
        Some(next)
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
