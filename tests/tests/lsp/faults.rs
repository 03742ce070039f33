//! Faults of the client, none of which ends the session.

use serde_json::{Value, json};

use super::{STORY, address, rules, server};

#[test]
fn malformed_messages_are_refused_and_the_next_is_served() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    let faults: [(&[u8], i64); 5] = [
        (b"Content-Length: 1\r\n\r\n{", -32700),
        (b"Content-Length: 2\r\n\r\n\xff\xfe", -32700),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: many\r\n\r\n", -32700),
        (b"Content-Length: 99999999999\r\n\r\n", -32700),
    ];
    for (version, (fault, code)) in (1..).zip(faults) {
        client.send_bytes(fault);
        let refusal = client.answer_to_nobody();
        assert_eq!(refusal["error"]["code"], code, "{}", String::from_utf8_lossy(fault));
        client.open(&uri, version, STORY);
        assert!(!client.diagnostics(&uri, version).is_empty());
        client.close(&uri);
        client.published(&uri);
    }
    client.finish();
}

#[test]
fn strange_requests_are_refused_one_by_one() {
    let (_folder, mut client) = server();
    let id = client.ask("starling/unheardOf", &json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32601);
    let id = client.ask("textDocument/codeAction", &json!({ "textDocument": 7 }));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    client.notify("$/unheardOf", &json!({}));
    client.notify("textDocument/didOpen", &json!({ "textDocument": 7 }));
    client.notify("$/cancelRequest", &json!({ "id": 99 }));
    client.finish();
}

#[test]
fn changes_that_fit_nothing_change_nothing() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    client.change(&uri, 1, &json!([{ "text": "never opened" }]));
    client.close(&uri);
    client.open(&uri, 1, STORY);
    client.change(&uri, 2, &json!([{ "range": { "start": far, "end": far }, "text": "\n" }]));
    let backwards = json!({ "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 9 } });
    client.change(&uri, 3, &json!([{ "range": backwards, "text": "" }]));
    assert!(rules(&client.diagnostics(&uri, 3)).contains(&"missing-part"));
    client.finish();
}

#[test]
fn a_client_that_does_not_answer_stops_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut capabilities = super::capabilities();
    capabilities["workspace"]["configuration"] = json!(true);
    let (mut client, _) = starling_tests::client::Client::initialized(folder.path(), &capabilities);
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 0, STORY);
    for version in 1..=500 {
        client.change(&uri, version, &json!([{ "text": STORY }]));
    }
    assert!(!client.diagnostics(&uri, 500).is_empty());
    client.message("workspace/configuration");
    client.finish();
}

#[test]
fn a_request_that_is_cancelled_is_answered_all_the_same() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, &STORY.repeat(2000));
    let nowhere = json!({ "line": 0, "character": 0 });
    let params = json!({ "textDocument": { "uri": uri }, "range": { "start": nowhere, "end": nowhere }, "context": { "diagnostics": [] } });
    let id = client.ask("textDocument/codeAction", &params);
    client.notify("$/cancelRequest", &json!({ "id": id }));
    let answer = client.answer(id);
    let cancelled = answer["error"]["code"] == -32800;
    assert!(cancelled || answer.get("result").is_some_and(|result| *result != Value::Null), "{answer}");
    client.diagnostics(&uri, 1);
    client.finish();
}
