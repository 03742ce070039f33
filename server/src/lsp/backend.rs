//! The methods of the protocol, each a few lines: parameters in, the right function called, the answer out.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CodeActionOrCommand, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem,
    CompletionParams, CompletionResponse, DeleteFilesParams, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams,
    DocumentLink, DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, LSPAny, Location,
    PrepareRenameResponse, ReferenceParams, RelatedFullDocumentDiagnosticReport, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, ServerInfo, TextDocumentPositionParams, Uri,
    WorkDoneProgressCancelParams, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use super::capabilities::Negotiated;
use super::report::Items;
use super::server::{Server, is_configuration};
use super::snapshot::{Snapshot, path_of};
use super::written::WrittenItems;
use super::{actions, commands, completion, marks, markup, merging, navigation, outline, pool, report};

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
            // An answer that nobody reads would only fill the memory.
            server.wait_for_room();
            server.judged(&snapshot);
            work(&snapshot, &server.negotiated())
        };
        pool::run(work).await.map(Some)
    }
}

impl Backend {
    /// `window/workDoneProgress/cancel`, which tower-lsp does not know.
    pub(super) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.0.cancel_scan(&params.token);
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
        if path_of(&params.text_document.uri).is_some_and(|path| is_configuration(&path)) {
            self.0.renew();
        } else {
            self.0.look_at(path_of(&params.text_document.uri));
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
        self.0.changed_on_disk(params.changes.iter().filter_map(|change| path_of(&change.uri)));
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let uris = params.files.iter().flat_map(|file| [&file.old_uri, &file.new_uri]);
        self.0.changed_on_disk(uris.filter_map(|uri| path_of(&uri.parse().ok()?)));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        let uris = params.files.iter().map(|file| &file.uri);
        self.0.changed_on_disk(uris.filter_map(|uri| path_of(&uri.parse().ok()?)));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.0.change_workspace(&params.event);
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.0, params).await.map(Some)
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let known = params.previous_result_id;
        let report = self.answer(&params.text_document.uri, move |snapshot, negotiated| {
            report::of(snapshot, negotiated, known.as_deref())
        });
        let nothing = || (RelatedFullDocumentDiagnosticReport::default().into(), WrittenItems::default());
        let (report, items) = report.await?.unwrap_or_else(nothing);
        Items::leave(items);
        Ok(report.into())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (range, context) = (params.range, params.context);
        let server = self.0.clone();
        self.answer(&params.text_document.uri, move |snapshot, negotiated| {
            let mut actions = actions::at(snapshot, range, &context, negotiated);
            let merge = merging::merge(&server, snapshot, range, &context, negotiated);
            actions.extend(merge.map(CodeActionOrCommand::CodeAction));
            actions
        })
        .await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let server = self.0.clone();
        let hover = self.answer(&text_document.uri, move |snapshot, negotiated| {
            markup::hover(snapshot, server.bank_file(snapshot).as_ref(), position, negotiated)
        });
        Ok(hover.await?.flatten())
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let server = self.0.clone();
        let found = pool::run(move || navigation::symbols(&server, &params.query)).await?;
        Ok(Some(WorkspaceSymbolResponse::Flat(found)))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let found = navigation::definition(&self.0, params.text_document_position_params);
        Ok(found.await?.map(GotoDefinitionResponse::Array))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let with_declaration = params.context.include_declaration;
        navigation::references(&self.0, params.text_document_position, with_declaration).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        navigation::prepare_rename(&self.0, params).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        navigation::rename(&self.0, params.text_document_position, params.new_name).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let server = self.0.clone();
        let completions = self.answer(&text_document.uri, move |snapshot, negotiated| {
            completion::at(snapshot, server.bank_file(snapshot).as_ref(), position, negotiated)
        });
        Ok(completions.await?.flatten())
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let Some(uri) = completion::document(&item) else { return Ok(item) };
        let kept = item.clone();
        let resolved =
            self.answer(&uri, move |snapshot, negotiated| completion::resolved(item, snapshot, negotiated));
        Ok(resolved.await?.unwrap_or(kept))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let symbols = self.answer(&params.text_document.uri, outline::symbols);
        Ok(symbols.await?.flatten())
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let folds = self.answer(&params.text_document.uri, |snapshot, _| outline::folds(snapshot));
        Ok(folds.await?.flatten())
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        let selections = self
            .answer(&params.text_document.uri, move |snapshot, _| outline::selections(snapshot, &positions));
        Ok(selections.await?.flatten())
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let server = self.0.clone();
        let highlights = self.answer(&text_document.uri, move |snapshot, _| {
            marks::highlights(snapshot, server.bank_file(snapshot).as_ref(), position)
        });
        Ok(highlights.await?.flatten())
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let server = self.0.clone();
        let links = self.answer(&params.text_document.uri, move |snapshot, _| {
            marks::links(snapshot, server.bank_file(snapshot).as_ref())
        });
        Ok(links.await?.flatten())
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let tokens = self.answer(&params.text_document.uri, |snapshot, _| marks::tokens(snapshot, None));
        Ok(tokens.await?.flatten().map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let tokens =
            self.answer(&params.text_document.uri, move |snapshot, _| marks::tokens(snapshot, Some(range)));
        Ok(tokens.await?.flatten().map(SemanticTokensRangeResult::Tokens))
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let server = self.0.clone();
        let lenses = self.answer(&params.text_document.uri, move |snapshot, _| {
            marks::lenses(snapshot, server.bank_file(snapshot).as_ref())
        });
        Ok(lenses.await?.flatten())
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        let hints = self.answer(&params.text_document.uri, move |snapshot, _| marks::hints(snapshot, range));
        Ok(hints.await?.flatten())
    }
}
