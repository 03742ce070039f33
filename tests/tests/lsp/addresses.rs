//! Addresses of documents, as editors write them.

use serde_json::json;
use starling_tests::client::{Client, uri};

use super::{STORY, address, capabilities, rules, server};

#[test]
fn addresses_of_any_kind_are_served_and_given_back() {
    let (_folder, mut client) = server();
    let addresses = [
        "file:///c%3A/bank/story.md",
        "file:///C:/bank/story.md",
        "file:///bank/a%20b/%5B1%5D/%C3%A9%E6%BC%A2.md",
        "file:///bank/100%25.md",
        "untitled:Untitled-1",
        "untitled:/bank/new%20story.md",
        "vscode-notebook-cell:/bank/notes.ipynb#W0sZmlsZQ%3D%3D",
        "git:/bank/story.md?%7B%22path%22%3A%22%2Fbank%2Fstory.md%22%2C%22ref%22%3A%22~%22%7D",
    ];
    for uri in addresses {
        client.open(uri, 1, STORY);
        assert!(rules(&client.diagnostics(uri, 1)).contains(&"missing-part"), "{uri}");
        let symbols =
            client.request("textDocument/documentSymbol", &json!({ "textDocument": { "uri": uri } }));
        assert_eq!(symbols[0]["location"]["uri"], uri);
    }
    client.finish();
}

#[test]
fn addresses_that_are_not_quite_right_are_read_as_they_were_meant() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("my [bank] é");
    std::fs::create_dir(&root).expect("a folder");
    std::fs::write(root.join("starling.toml"), "[rules]\nmissing-part = \"off\"\n").expect("written");
    let escaped = format!("{}/my%20%5Bbank%5D%20%C3%A9/100%25.md", uri(folder.path()));
    // The address of the folder is not quite right, too.
    let parameters = json!({ "capabilities": capabilities(), "rootUri": uri(&root) });
    let (mut client, _) = Client::initialized_with(&root, parameters);
    let written = address(&root, "100%.md");
    client.open(&written, 1, "# Notes\n");
    assert!(client.diagnostics(&escaped, 1).is_empty());
    client.change(&written, 2, &json!([{ "text": STORY }]));
    let found = client.diagnostics(&escaped, 2);
    // The settings of that folder apply.
    assert!(
        rules(&found).contains(&"duplicate-part") && !rules(&found).contains(&"missing-part"),
        "{found:#?}"
    );
    client.finish();
}

#[test]
fn an_old_version_of_a_file_is_a_document_of_its_own() {
    let (folder, mut client) = server();
    let file = address(folder.path(), "a.md");
    let old = format!("git:{}?ref", folder.path().join("a.md").display());
    client.open(&file, 1, STORY);
    client.open(&old, 1, "# Notes\n");
    assert!(client.diagnostics(&old, 1).is_empty());
    assert!(!client.diagnostics(&file, 1).is_empty());
    client.change(&old, 2, &json!([{ "text": STORY }]));
    client.diagnostics(&old, 2);
    client.close(&old);
    assert_eq!(client.published(&old)["diagnostics"], json!([]));
    client.change(&file, 2, &json!([{ "text": STORY }]));
    assert!(!client.diagnostics(&file, 2).is_empty());

    // A configuration counts where it lies, and only there.
    let toml = format!("git:{}?ref", folder.path().join("starling.toml").display());
    let document = json!({ "uri": toml, "languageId": "toml", "version": 1, "text": "[rulez]\n" });
    client.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    assert!(client.diagnostics(&toml, 1).is_empty());
    client.finish();
}
