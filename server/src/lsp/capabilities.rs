//! What client and server can do for each other: a pure function of what the client announces.

use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, DiagnosticOptions,
    DiagnosticServerCapabilities, InitializeParams, OneOf, ResourceOperationKind, SaveOptions,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use super::convert::Encoding;

/// The kind of the action that applies all safe fixes.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.starling");

/// The name of the command by which an editor puts its selection into a prompt that a fix inserted.
pub(super) const SELECT_RANGE: &str = "starling.selectRange";

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
    /// Edits may name the version of the document that they are made for.
    pub(super) versioned_edits: bool,
    /// Edits may create files.
    pub(super) create_files: bool,
    /// The client may be asked for its settings.
    pub(super) configuration: bool,
    /// Notifications about settings may be registered for.
    pub(super) register_configuration: bool,
    /// Notifications about files may be registered for.
    pub(super) register_files: bool,
    /// The editor knows [`SELECT_RANGE`].
    pub(super) select_range: bool,
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
        let pushed = text.and_then(|text| text.publish_diagnostics.as_ref());
        let pulled = text.and_then(|text| text.diagnostic.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let refresh = workspace
            .and_then(|workspace| workspace.diagnostics.as_ref())
            .and_then(|diagnostics| diagnostics.refresh_support);
        let pull = pulled.is_some() && refresh == Some(true);
        let either =
            |pushed: Option<bool>, pulled: Option<bool>| pushed.or(pulled.filter(|_| pull)) == Some(true);
        Self {
            encoding: encoding(params),
            pull,
            related: either(
                pushed.and_then(|pushed| pushed.related_information),
                pulled.and_then(|pulled| pulled.related_information),
            ),
            code_description: either(
                pushed.and_then(|pushed| pushed.code_description_support),
                pulled.and_then(|pulled| pulled.code_description_support),
            ),
            tags: pushed.is_some_and(|pushed| pushed.tag_support.is_some())
                || pull && pulled.is_some_and(|pulled| pulled.tag_support.is_some()),
            data: either(
                pushed.and_then(|pushed| pushed.data_support),
                pulled.and_then(|pulled| pulled.data_support),
            ),
            actions: text
                .and_then(|text| text.code_action.as_ref())
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            versioned_edits: edits.and_then(|edits| edits.document_changes) == Some(true),
            create_files: edits
                .and_then(|edits| edits.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            configuration: workspace.and_then(|workspace| workspace.configuration) == Some(true),
            register_configuration: workspace
                .and_then(|workspace| workspace.did_change_configuration.as_ref())
                .and_then(|changes| changes.dynamic_registration)
                == Some(true),
            register_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .and_then(|watching| watching.dynamic_registration)
                == Some(true),
            select_range: commands(params).any(|command| command == SELECT_RANGE),
        }
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
        diagnostic_provider: negotiated.pull.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("starling".to_owned()),
                inter_file_dependencies: false,
                workspace_diagnostics: false,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

fn code_actions() -> CodeActionProviderCapability {
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR, FIX_ALL]),
        work_done_progress_options: WorkDoneProgressOptions::default(),
        resolve_provider: Some(false),
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
