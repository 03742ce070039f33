//! The language server, end to end over the real binary's standard input and output.

mod actions;
mod addresses;
mod bank;
mod commands;
mod configuration;
mod diagnostics;
mod faults;
mod features;
mod floods;
mod lifecycle;
mod navigation;
mod parity;
mod sync;
mod typing;
mod understood;

use std::path::Path;

use serde_json::{Value, json};
use starling_tests::client::{Client, uri};

/// A story with an emoji before every place that matters, without a Task, and with a misspelled label.
const STORY: &str = "\
# 🎉 The outage

🎉 **Sitation:** A third of the payments failed in the morning.

**Situation:** A third of the payments failed in the morning.

**Action:** I rolled the release back and added the missing index.

**Result:** The error rate fell from 33% to 0.1%.
";

/// The address of a file in a folder.
fn address(folder: &Path, name: &str) -> String {
    uri(&folder.join(name))
}

/// A client that can do what most editors can.
fn capabilities() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true,
                "versionSupport": true,
                "codeDescriptionSupport": true,
                "dataSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor", "source.fixAll"] } },
                "isPreferredSupport": true,
            },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    })
}

/// A temporary folder with a server in it.
fn server() -> (tempfile::TempDir, Client) {
    let folder = tempfile::tempdir().expect("a folder");
    let (client, _) = Client::initialized(folder.path(), &capabilities());
    (folder, client)
}

/// The names of the rules of some diagnostics, in order.
fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|diagnostic| diagnostic["code"].as_str()).collect()
}
