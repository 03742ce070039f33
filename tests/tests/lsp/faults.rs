//! Faults of the client, none of which ends the session.

use serde_json::{Value, json};
use starling_tests::client::Client;

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
    let (mut client, _) = Client::initialized(folder.path(), &capabilities);
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
    // Stories that are all alike are found to be so a little later than the rest.
    assert_ne!(client.settled(&uri)["diagnostics"], json!([]));
    client.finish();
}

#[test]
fn text_that_is_no_text_does_not_cost_the_change() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, "# Notes\n");
    assert!(client.diagnostics(&uri, 1).is_empty());
    let damages: [&[u8]; 4] = [b"\\ud800", b"\\udf89\\ud83c", b"\xff", b"\xf0\x9f\x8e"];
    for (version, damage) in (2..).zip(damages) {
        let story = json!(STORY).to_string();
        let (head, tail) = story.split_once("outage").expect("the title");
        let mut body = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":{version}}},"contentChanges":[{{"text":{head}"#
        )
        .into_bytes();
        body.extend_from_slice(damage);
        body.extend_from_slice(format!("{tail}}}]}}}}").as_bytes());
        client.send_bytes(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        client.send_bytes(&body);
        assert!(rules(&client.diagnostics(&uri, version)).contains(&"missing-part"));
    }
    client.finish();
}

#[test]
fn ids_of_any_kind_come_back_or_are_refused() {
    let (_folder, mut client) = server();
    let kept = [json!(i64::MAX), json!(-3), json!("x"), json!("é🎉".repeat(10_000))];
    let refused = [json!(u64::MAX), json!(1e300), json!(1.5), json!({}), json!(true)];
    let ask = |client: &mut Client, id: &Value| {
        client.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "starling/unheardOf", "params": {} }));
    };
    for id in kept {
        ask(&mut client, &id);
        assert_eq!(client.answer_with(&id)["error"]["code"], -32601);
    }
    for id in refused {
        ask(&mut client, &id);
        assert_eq!(client.answer_to_nobody()["error"]["code"], -32600);
    }
    client.finish();
}

#[test]
fn an_id_that_is_in_use_is_refused_and_free_again_afterwards() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    let hover = json!({ "textDocument": { "uri": uri }, "position": { "line": 6, "character": 4 } });
    let request = json!({ "jsonrpc": "2.0", "id": 77, "method": "textDocument/hover", "params": hover });
    for _ in 0..20 {
        client.send(&request);
        client.send(&request);
        let answers = [client.answer(77), client.answer(77)];
        assert!(answers.iter().any(|answer| answer["result"].is_object()), "{answers:?}");
        assert!(
            answers.iter().all(|answer| answer["result"].is_object() || answer["error"]["code"] == -32600)
        );
    }
    client.diagnostics(&uri, 1);
    client.finish();
}

#[test]
fn the_text_counts_and_not_the_number_of_its_version() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 9, "# Notes\n");
    assert!(client.diagnostics(&uri, 9).is_empty());
    client.change(&uri, 3, &json!([{ "text": STORY }]));
    assert!(!client.diagnostics(&uri, 3).is_empty());
    client.change(&uri, 3, &json!([{ "text": "# Notes\n" }]));
    assert!(client.diagnostics(&uri, 3).is_empty());
    // Opened once more without having been closed.
    client.open(&uri, 1, STORY);
    assert!(!client.diagnostics(&uri, 1).is_empty());
    client.close(&uri);
    assert_eq!(client.published(&uri), json!({ "uri": uri, "diagnostics": [] }));
    client.change(&uri, 2, &json!([{ "text": STORY }]));
    client.finish();
}

#[test]
fn places_outside_of_the_text_are_answered() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    client.diagnostics(&uri, 1);
    for place in
        [json!({ "line": u32::MAX, "character": u32::MAX }), json!({ "line": 2, "character": u32::MAX })]
    {
        let at = json!({ "textDocument": { "uri": uri }, "position": place });
        let range = json!({ "textDocument": { "uri": uri }, "range": { "start": place, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [] } });
        let places = json!({ "textDocument": { "uri": uri }, "positions": [place] });
        for (method, params) in [
            ("textDocument/hover", &at),
            ("textDocument/completion", &at),
            ("textDocument/documentHighlight", &at),
            ("textDocument/codeAction", &range),
            ("textDocument/inlayHint", &range),
            ("textDocument/semanticTokens/range", &range),
            ("textDocument/selectionRange", &places),
        ] {
            client.request(method, params);
        }
    }
    client.finish();
}

#[test]
fn shutdown_with_parameters_is_a_shutdown() {
    for params in [json!({}), json!([]), Value::Null] {
        let (_folder, mut client) = server();
        assert_eq!(client.request("shutdown", &params), Value::Null);
        client.notify("exit", &params);
        assert_eq!(client.exit_code(), 0, "{params}");
    }
}

#[test]
fn a_change_without_a_version_is_a_change() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 3, STORY);
    client.diagnostics(&uri, 3);
    for document in [json!({ "uri": uri, "version": null }), json!({ "uri": uri })] {
        let whole = json!([{ "text": "Nothing.\n" }]);
        client
            .notify("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": whole }));
        assert_eq!(client.settled(&uri)["diagnostics"], json!([]));
        client.change(&uri, 4, &json!([{ "text": STORY }]));
        assert!(!client.diagnostics(&uri, 4).is_empty());
    }
    client.finish();
}
