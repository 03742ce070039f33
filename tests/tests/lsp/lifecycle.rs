//! How a session begins and ends.

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{address, server};

#[test]
fn exit_without_shutdown_is_a_failure_and_needs_no_end_of_input() {
    let (_folder, mut client) = server();
    client.notify("exit", &Value::Null);
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn exit_after_shutdown_is_a_success_and_needs_no_end_of_input() {
    let (_folder, client) = server();
    client.finish();
}

#[test]
fn the_end_of_input_ends_the_server() {
    let (_folder, mut client) = server();
    client.hang_up();
    assert_eq!(client.exit_code(), 1);

    let (_folder, mut client) = server();
    client.request("shutdown", &Value::Null);
    client.hang_up();
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn exit_before_anything_else_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut client = Client::start(folder.path());
    client.notify("exit", &Value::Null);
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn the_server_does_not_outlive_the_editor() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().expect("a process");
    let mut client = Client::start(folder.path());
    client.request("initialize", &json!({ "capabilities": {}, "processId": editor.id() }));
    editor.kill().and_then(|()| editor.wait()).expect("it can be ended");
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn requests_wait_for_initialize_and_end_with_shutdown() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut client = Client::start(folder.path());
    let params = json!({ "textDocument": { "uri": address(folder.path(), "a.md") }, "range": range(), "context": { "diagnostics": [] } });
    let id = client.ask("textDocument/codeAction", &params);
    assert_eq!(client.answer(id)["error"]["code"], -32002);
    client.request("initialize", &json!({ "capabilities": {} }));
    let id = client.ask("initialize", &json!({ "capabilities": {} }));
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    client.request("shutdown", &Value::Null);
    let id = client.ask("textDocument/codeAction", &params);
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    client.notify("exit", &Value::Null);
    assert_eq!(client.exit_code(), 0);
}

fn range() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } })
}
