//! What client and server can do for each other: a pure function of what the client announces.

use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions, ExecuteCommandOptions,
    FileOperationFilter, FileOperationPattern, FileOperationPatternKind, FileOperationRegistrationOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, InsertTextMode, MarkupKind,
    OneOf, RenameOptions, ResourceOperationKind, SaveOptions, SelectionRangeProviderCapability,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensServerCapabilities,
    ServerCapabilities, TextDocumentClientCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
    WorkspaceClientCapabilities, WorkspaceFileOperationsServerCapabilities,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::commands;
use super::convert::Encoding;
use super::marks::token_types;

/// The kind of the action that applies all safe fixes.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.starling");

/// The name of the command by which an editor puts its selection into a prompt that a fix inserted.
pub(super) const SELECT_RANGE: &str = "starling.selectRange";

/// The name of the command by which an editor shows the page of a rule; it calls it where a link says so, as VS Code does.
pub(super) const SHOW_RULE: &str = "starling.showRule";

/// The name of the command by which an editor shows where a story is mentioned.
pub(super) const SHOW_USES: &str = "starling.showUses";

/// What was agreed with the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Negotiated {
    /// The unit of columns.
    pub(super) encoding: Encoding,
    /// The client asks for diagnostics of open documents, and is told when to ask again.
    pub(super) pull: bool,
    /// Diagnostics may name related places.
    pub(super) related: bool,
    /// Diagnostics may carry the address of their rule.
    pub(super) code_description: bool,
    /// Diagnostics may be tagged as unnecessary.
    pub(super) tags: bool,
    /// Diagnostics may carry data.
    pub(super) data: bool,
    /// Code actions may be more than commands.
    pub(super) actions: bool,
    /// Code actions may be marked as the usual choice.
    pub(super) preferred_actions: bool,
    /// Completions may hold placeholders.
    pub(super) snippets: bool,
    /// Completions may be of any kind, not only of those of the protocol's first version.
    pub(super) all_kinds: bool,
    /// Completions may say more beside their label.
    pub(super) label_details: bool,
    /// Completions may bring their own indentation.
    pub(super) insert_mode: bool,
    /// Documentation of completions may be Markdown.
    pub(super) completion_markdown: bool,
    /// The client asks what would be renamed before it asks for another name.
    pub(super) prepare_rename: bool,
    /// Hovers may be Markdown.
    pub(super) hover_markdown: bool,
    /// The outline may be nested.
    pub(super) nested_symbols: bool,
    /// The client colours tokens by their meaning.
    pub(super) tokens: bool,
    /// The client shows hints in the text.
    pub(super) hints: bool,
    /// Edits may name the version of the document that they are made for.
    pub(super) versioned_edits: bool,
    /// Edits may create files.
    pub(super) create_files: bool,
    /// Edits may delete files.
    pub(super) delete_files: bool,
    /// The client may be asked for its settings.
    pub(super) configuration: bool,
    /// Notifications about settings may be registered for.
    pub(super) register_configuration: bool,
    /// Notifications about files may be registered for.
    pub(super) register_files: bool,
    /// The client shows how far work has come.
    pub(super) progress: bool,
    /// The client wants to know when a bank has changed: `experimental.starlingBank`.
    pub(super) bank: bool,
    /// The editor knows [`SELECT_RANGE`].
    pub(super) select_range: bool,
    /// The editor knows [`SHOW_RULE`].
    pub(super) show_rule: bool,
    /// The editor knows [`SHOW_USES`], without which a lens could do nothing.
    pub(super) show_uses: bool,
}

fn rename_options() -> RenameOptions {
    RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    }
}

/// What the server offers to a client, and what both may use.
pub(super) fn negotiate(params: &InitializeParams) -> (ServerCapabilities, Negotiated) {
    let negotiated = Negotiated::of(params);
    (offer(&negotiated), negotiated)
}

impl Negotiated {
    fn of(params: &InitializeParams) -> Self {
        let text = params.capabilities.text_document.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let mut negotiated = Self { encoding: encoding(params), ..Self::default() };
        if let Some(text) = text {
            negotiated.take_diagnostics(text, workspace);
            negotiated.take_features(text);
        }
        if let Some(workspace) = workspace {
            negotiated.take_workspace(workspace);
        }
        let window = params.capabilities.window.as_ref();
        negotiated.progress = window.is_some_and(|window| window.work_done_progress == Some(true));
        let experimental = params.capabilities.experimental.as_ref();
        let bank = experimental.and_then(|experimental| experimental.get("starlingBank"));
        negotiated.bank = bank.is_some_and(|bank| *bank == true);
        negotiated.select_range = commands(params).any(|command| command == SELECT_RANGE);
        negotiated.show_rule = commands(params).any(|command| command == SHOW_RULE);
        negotiated.show_uses = commands(params).any(|command| command == SHOW_USES);
        negotiated
    }

    fn take_diagnostics(
        &mut self,
        text: &TextDocumentClientCapabilities,
        workspace: Option<&WorkspaceClientCapabilities>,
    ) {
        let refresh = workspace
            .and_then(|workspace| workspace.diagnostics.as_ref())
            .and_then(|diagnostics| diagnostics.refresh_support);
        let pulled = text.diagnostic.as_ref().filter(|_| refresh == Some(true));
        self.pull = pulled.is_some();
        if let Some(pushed) = &text.publish_diagnostics {
            self.related = pushed.related_information == Some(true);
            self.code_description = pushed.code_description_support == Some(true);
            self.data = pushed.data_support == Some(true);
            self.tags = pushed.tag_support.is_some();
        }
        if let Some(pulled) = pulled {
            self.related |= pulled.related_information == Some(true);
            self.code_description |= pulled.code_description_support == Some(true);
            self.data |= pulled.data_support == Some(true);
            self.tags |= pulled.tag_support.is_some();
        }
    }

    fn take_features(&mut self, text: &TextDocumentClientCapabilities) {
        let markdown = |kinds: Option<&Vec<MarkupKind>>| {
            kinds.is_some_and(|kinds| kinds.first() == Some(&MarkupKind::Markdown))
        };
        self.prepare_rename = text.rename.as_ref().is_some_and(|rename| rename.prepare_support == Some(true));
        if let Some(action) = &text.code_action {
            self.actions = action.code_action_literal_support.is_some();
            self.preferred_actions = action.is_preferred_support == Some(true);
        }
        if let Some(item) =
            text.completion.as_ref().and_then(|completion| completion.completion_item.as_ref())
        {
            self.snippets = item.snippet_support == Some(true);
            self.label_details = item.label_details_support == Some(true);
            let modes = item.insert_text_mode_support.as_ref();
            self.insert_mode = modes.is_some_and(|modes| modes.value_set.contains(&InsertTextMode::AS_IS));
            self.completion_markdown = markdown(item.documentation_format.as_ref());
        }
        let kinds = text.completion.as_ref().and_then(|completion| completion.completion_item_kind.as_ref());
        self.all_kinds = kinds.is_some_and(|kinds| kinds.value_set.is_some());
        self.hover_markdown = markdown(text.hover.as_ref().and_then(|hover| hover.content_format.as_ref()));
        self.nested_symbols = text
            .document_symbol
            .as_ref()
            .is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true));
        self.tokens = text.semantic_tokens.is_some();
        self.hints = text.inlay_hint.is_some();
    }

    fn take_workspace(&mut self, workspace: &WorkspaceClientCapabilities) {
        if let Some(edits) = &workspace.workspace_edit {
            self.versioned_edits = edits.document_changes == Some(true);
            let operations = edits.resource_operations.as_ref();
            let may = |operation| operations.is_some_and(|operations| operations.contains(&operation));
            self.create_files = may(ResourceOperationKind::Create);
            self.delete_files = may(ResourceOperationKind::Delete);
        }
        self.configuration = workspace.configuration == Some(true);
        self.register_configuration = workspace
            .did_change_configuration
            .is_some_and(|changes| changes.dynamic_registration == Some(true));
        self.register_files = workspace
            .did_change_watched_files
            .is_some_and(|watching| watching.dynamic_registration == Some(true));
    }
}

/// The first encoding of the client's that the server knows; UTF-16, which every client knows, where it names none.
fn encoding(params: &InitializeParams) -> Encoding {
    let general = params.capabilities.general.as_ref();
    let offered = general.and_then(|general| general.position_encodings.as_ref());
    offered.into_iter().flatten().find_map(Encoding::of).unwrap_or_default()
}

/// Commands that the editor says it has: `initializationOptions.commands`.
fn commands(params: &InitializeParams) -> impl Iterator<Item = &str> {
    let options = params.initialization_options.as_ref();
    let commands =
        options.and_then(|options| options.get("commands")).and_then(|commands| commands.as_array());
    commands.into_iter().flatten().filter_map(|command| command.as_str())
}

fn offer(negotiated: &Negotiated) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(negotiated.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        code_action_provider: negotiated.actions.then(code_actions),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            // Never a space: prose is full of them.
            trigger_characters: Some([":", ",", "[", "#", "*"].map(str::to_owned).to_vec()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(if negotiated.prepare_rename {
            OneOf::Right(rename_options())
        } else {
            OneOf::Left(true)
        }),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: None,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: negotiated.tokens.then(semantic_tokens),
        code_lens_provider: negotiated.show_uses.then_some(CodeLensOptions { resolve_provider: None }),
        inlay_hint_provider: negotiated.hints.then_some(OneOf::Left(true)),
        diagnostic_provider: negotiated.pull.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("starling".to_owned()),
                inter_file_dependencies: false,
                workspace_diagnostics: false,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::ALL.map(str::to_owned).to_vec(),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(file_operations()),
        }),
        ..ServerCapabilities::default()
    }
}

/// Folders that are renamed or deleted in the editor: not every client tells of each file in them.
fn file_operations() -> WorkspaceFileOperationsServerCapabilities {
    let pattern = FileOperationPattern {
        glob: "**".to_owned(),
        matches: Some(FileOperationPatternKind::Folder),
        options: None,
    };
    let filter = FileOperationFilter { scheme: Some("file".to_owned()), pattern };
    let folders = Some(FileOperationRegistrationOptions { filters: vec![filter] });
    WorkspaceFileOperationsServerCapabilities {
        did_rename: folders.clone(),
        did_delete: folders,
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

fn code_actions() -> CodeActionProviderCapability {
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR, FIX_ALL]),
        work_done_progress_options: WorkDoneProgressOptions::default(),
        resolve_provider: Some(false),
    })
}

fn semantic_tokens() -> SemanticTokensServerCapabilities {
    SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
        legend: SemanticTokensLegend { token_types: token_types(), token_modifiers: Vec::new() },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp::ls_types::{InitializeParams, PositionEncodingKind};

    use super::{Negotiated, negotiate};
    use crate::lsp::convert::Encoding;

    fn params(value: serde_json::Value) -> InitializeParams {
        serde_json::from_value(value).expect("parameters of initialize")
    }

    #[test]
    fn a_client_that_announces_nothing_gets_the_least() {
        let (offered, negotiated) = negotiate(&params(json!({ "capabilities": {} })));
        assert_eq!(negotiated, Negotiated::default());
        assert_eq!(offered.position_encoding, Some(PositionEncodingKind::UTF16));
        assert!(offered.diagnostic_provider.is_none() && offered.code_action_provider.is_none());
    }

    #[test]
    fn the_first_known_encoding_is_taken() {
        let of = |encodings: serde_json::Value| {
            let capabilities = json!({ "general": { "positionEncodings": encodings } });
            negotiate(&params(json!({ "capabilities": capabilities }))).1.encoding
        };
        assert_eq!(of(json!(["utf-7", "utf-8", "utf-16"])), Encoding::Utf8);
        assert_eq!(of(json!(["utf-32", "utf-16"])), Encoding::Utf32);
        assert_eq!(of(json!(["utf-7"])), Encoding::Utf16);
    }

    #[test]
    fn diagnostics_are_pulled_only_with_refresh() {
        let of = |refresh: bool| {
            let capabilities = json!({
                "textDocument": { "diagnostic": {} },
                "workspace": { "diagnostics": { "refreshSupport": refresh } },
            });
            negotiate(&params(json!({ "capabilities": capabilities }))).0.diagnostic_provider.is_some()
        };
        assert!(of(true));
        assert!(!of(false));
    }
}
