//! Reports of diagnostics that a client pulls.
//!
//! Most of their items are in the report before, and written already. A handler of tower-lsp can answer with values alone,
//! not with text: it leaves the items beside its answer, and whoever sends that puts them in.

use std::future::Future;
use std::sync::{Arc, OnceLock};

use tower_lsp::jsonrpc::Response;
use tower_lsp::ls_types::{
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use super::capabilities::Negotiated;
use super::snapshot::Snapshot;
use super::written::{self, WrittenItems};

/// Where items are put into an answer: no text in JSON has quotes like these.
const PLACE: &[u8] = br#""items":[]"#;

tokio::task_local! {
    static ITEMS: Items;
}

/// The items of the answer to one request, in JSON, parted by commas.
#[derive(Clone, Default)]
pub(super) struct Items(Arc<OnceLock<WrittenItems>>);

impl Items {
    /// Lets the handler of a request leave its items here.
    pub(super) fn scope<Handler: Future>(
        &self,
        handler: Handler,
    ) -> impl Future<Output = Handler::Output> + use<Handler> {
        ITEMS.scope(self.clone(), handler)
    }

    /// Leaves the items of the request that is being handled.
    pub(super) fn leave(items: WrittenItems) {
        // A handler runs once.
        ITEMS.with(|own| drop(own.0.set(items)));
    }

    /// The answer in JSON, with the items that were left.
    pub(super) fn message(&self, response: &Response) -> serde_json::Result<Vec<u8>> {
        let message = serde_json::to_vec(response)?;
        let place = memchr::memmem::find(&message, PLACE).filter(|_| response.is_ok());
        Ok(match (self.0.get(), place) {
            (Some(items), Some(place)) => {
                let (head, tail) = message.split_at(place + PLACE.len() - 1);
                [head, items.as_ref(), tail].concat()
            }
            _ => message,
        })
    }
}

/// The diagnostics of a document, unless the client knows them already, and its items, which are left out of it.
pub(super) fn of(
    snapshot: &Snapshot,
    negotiated: &Negotiated,
    known: Option<&str>,
) -> (DocumentDiagnosticReport, WrittenItems) {
    let (opened, changed) = snapshot.revision;
    let result_id = format!("{opened}.{changed}");
    if known == Some(result_id.as_str()) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        let report = RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report,
        };
        return (report.into(), WrittenItems::default());
    }
    let full_document_diagnostic_report =
        FullDocumentDiagnosticReport { result_id: Some(result_id), items: Vec::new() };
    let report =
        RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report };
    (report.into(), written::items(snapshot, negotiated))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures::FutureExt as _;
    use serde_json::json;
    use tower_lsp::jsonrpc::{Id, Response};

    use super::{Items, WrittenItems};

    #[test]
    fn items_are_put_into_the_answer_of_their_request() {
        let (one, other) = (Items::default(), Items::default());
        let items = WrittenItems { message: Arc::new(b"[1,2]".to_vec()), place: 1..4 };
        let handler = one.scope(async { Items::leave(items) });
        handler.now_or_never().expect("it waits for nothing");
        let id = Id::String(r#""items":[]"#.to_owned());
        let response = Response::from_ok(id.clone(), json!({ "kind": "full", "items": [] }));
        let sent = |items: &Items| {
            let message = items.message(&response).expect("JSON");
            serde_json::from_slice::<serde_json::Value>(&message).expect("JSON")
        };
        assert_eq!(sent(&one)["result"], json!({ "kind": "full", "items": [1, 2] }));
        assert_eq!(sent(&one)["id"], json!(id));
        assert_eq!(sent(&other)["result"]["items"], json!([]));
    }
}
