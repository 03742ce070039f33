//! The methods of the protocol, each a few lines: parameters in, the right function called, the answer out.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, InitializeParams, InitializeResult,
    InitializedParams, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    ServerInfo, UnchangedDocumentDiagnosticReport, Uri,
};

use super::capabilities::Negotiated;
use super::server::{Server, is_configuration};
use super::snapshot::Snapshot;
use super::{actions, diagnostics, pool};

/// What tower-lsp calls.
pub(super) struct Backend(pub(super) Arc<Server>);

impl Backend {
    /// Answers a request about an open document from its state at this moment, on the pool. There is no answer about a
    /// document that is not open.
    async fn answer<Answer: Send + 'static>(
        &self,
        uri: &Uri,
        work: impl FnOnce(&Snapshot, &Negotiated) -> Answer + Send + 'static,
    ) -> Result<Option<Answer>> {
        let Some(snapshot) = self.0.snapshot(uri) else { return Ok(None) };
        let server = self.0.clone();
        let work = move || {
            server.judged(&snapshot);
            work(&snapshot, &server.negotiated())
        };
        pool::run(work).await.map(Some)
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult {
            capabilities: self.0.initialize(&params),
            server_info: Some(ServerInfo {
                name: "starling".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        tokio::spawn(self.0.clone().initialized());
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.0.open(params.text_document);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.0.change(params);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        if is_configuration(&params.text_document.uri) {
            self.0.renew();
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.0.close(&params.text_document.uri);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.0.negotiated().configuration {
            tokio::spawn(self.0.clone().fetch_settings());
        } else {
            self.0.receive_settings(&params.settings);
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        if params.changes.iter().any(|change| is_configuration(&change.uri)) {
            self.0.renew();
        }
    }

    async fn did_change_workspace_folders(&self, _: DidChangeWorkspaceFoldersParams) {
        self.0.renew();
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let known = params.previous_result_id;
        let report = self.answer(&params.text_document.uri, move |snapshot, negotiated| {
            report(snapshot, negotiated, known.as_deref())
        });
        let nothing = || RelatedFullDocumentDiagnosticReport::default().into();
        Ok(report.await?.unwrap_or_else(nothing).into())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (range, context) = (params.range, params.context);
        self.answer(&params.text_document.uri, move |snapshot, negotiated| {
            actions::at(snapshot, range, &context, negotiated)
        })
        .await
    }
}

/// The diagnostics of a document, unless the client knows them already.
fn report(snapshot: &Snapshot, negotiated: &Negotiated, known: Option<&str>) -> DocumentDiagnosticReport {
    let (opened, changed) = snapshot.revision;
    let result_id = format!("{opened}.{changed}");
    if known == Some(result_id.as_str()) {
        return RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        }
        .into();
    }
    let items = diagnostics::of(snapshot, negotiated);
    RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
    }
    .into()
}
