//! Settings of the editor and of `starling.toml`, and what is wrong with them.

use std::fs;

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{STORY, address, capabilities, rules};

const OFF: &str = "[rules]\nmissing-part = \"off\"\n";

#[test]
fn settings_of_the_editor_apply_and_the_file_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let uri = address(folder.path(), "a.md");
    let settings = json!({ "rules": { "missing-part": "off", "duplicate-part": "hint" } });
    let options = json!({ "settings": settings });
    let parameters = json!({ "capabilities": capabilities(), "initializationOptions": options });
    let (mut client, _) = Client::initialized_with(folder.path(), parameters);
    client.open(&uri, 1, STORY);
    let found = client.diagnostics(&uri, 1);
    assert!(!rules(&found).contains(&"missing-part"), "{found:#?}");

    client
        .notify("workspace/didChangeConfiguration", &json!({ "settings": { "starling": { "rules": {} } } }));
    assert!(rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));

    fs::write(folder.path().join("starling.toml"), OFF).expect("written");
    let change = json!({ "uri": address(folder.path(), "starling.toml"), "type": 1 });
    client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": [change] }));
    assert!(!rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));
    client.finish();
}

#[test]
fn settings_are_asked_for_where_the_client_can_be_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let uri = address(folder.path(), "a.md");
    let mut capabilities = capabilities();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let (mut client, _) = Client::initialized(folder.path(), &capabilities);
    let registration = client.message("client/registerCapability");
    let methods: Vec<&str> = registration["params"]["registrations"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|registration| registration["method"].as_str())
        .collect();
    assert_eq!(methods, ["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"]);
    client.reply(&registration, &Value::Null);
    let request = client.message("workspace/configuration");
    assert_eq!(request["params"]["items"], json!([{ "section": "starling" }]));
    client.open(&uri, 1, STORY);
    assert!(rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));
    client.reply(&request, &json!([{ "rules": { "missing-part": "off" } }]));
    assert!(!rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));

    client.notify("workspace/didChangeConfiguration", &json!({ "settings": null }));
    let request = client.message("workspace/configuration");
    client.reply(&request, &json!([{ "rules": { "missing-part": "loud" } }]));
    let message = client.message("window/showMessage");
    assert!(message["params"]["message"].as_str().is_some_and(|text| text.contains("loud")), "{message}");
    assert!(rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));
    client.finish();
}

#[test]
fn errors_of_the_file_stand_on_it_until_they_are_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uri, toml) = (address(folder.path(), "a.md"), address(folder.path(), "starling.toml"));
    fs::write(folder.path().join("starling.toml"), "[rules]\nmising-part = \"off\"\n").expect("written");
    let (mut client, _) = Client::initialized(folder.path(), &capabilities());
    client.open(&uri, 1, STORY);
    let published = client.published(&toml);
    assert_eq!(published["diagnostics"][0]["code"], "invalid-config");
    assert_eq!(published["diagnostics"][0]["range"]["start"], json!({ "line": 1, "character": 0 }));
    client.diagnostics(&uri, 1);

    fs::write(folder.path().join("starling.toml"), OFF).expect("written");
    client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": [{ "uri": toml, "type": 2 }] }));
    assert_eq!(client.published(&toml)["diagnostics"], json!([]));
    assert!(!rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));
    client.finish();
}

#[test]
fn the_file_applies_while_it_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uri, toml) = (address(folder.path(), "a.md"), address(folder.path(), "starling.toml"));
    fs::write(folder.path().join("starling.toml"), "").expect("written");
    let (mut client, _) = Client::initialized(folder.path(), &capabilities());
    client.open(&uri, 1, STORY);
    assert!(rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));

    let document = json!({ "uri": toml, "languageId": "toml", "version": 1, "text": "[rules]\nx = 1\n" });
    client.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    assert_eq!(rules(&client.diagnostics(&toml, 1)), ["invalid-config"]);
    client.diagnostics(&uri, 1);
    client.change(&toml, 2, &json!([{ "text": OFF }]));
    assert!(client.diagnostics(&toml, 2).is_empty());
    assert!(!rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));
    // It was never saved: what lies on the disk applies again.
    client.close(&toml);
    assert_eq!(client.published(&toml)["diagnostics"], json!([]));
    assert!(rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));
    client.finish();
}
