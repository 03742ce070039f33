//! The server's text is the client's, whatever is sent and how fast.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use ropey::Rope;
use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{STORY, address, capabilities, rules, server};

#[test]
fn a_burst_ends_with_the_last_version() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 0, STORY);
    let mut requests = Vec::new();
    let end = json!({ "line": 9, "character": 0 });
    for version in 1..=300 {
        client.change(&uri, version, &json!([{ "range": { "start": end, "end": end }, "text": "x" }]));
        if version % 10 == 0 {
            let params = json!({ "textDocument": { "uri": uri }, "range": { "start": end, "end": end }, "context": { "diagnostics": [] } });
            requests.push(client.ask("textDocument/codeAction", &params));
        }
    }
    // All that was typed stands in one line: the label of a part that nobody knows.
    client.change(
        &uri,
        301,
        &json!([{ "range": { "start": end, "end": { "line": 9, "character": 300 } }, "text": "" }]),
    );
    for id in requests {
        assert!(client.answer(id).get("error").is_none());
    }
    let found = client.diagnostics(&uri, 301);
    assert!(rules(&found).contains(&"missing-part"), "{found:#?}");
    client.finish();
}

/// A line and a column.
type Place = (u32, u32);

/// Edits as a client makes them: from, to, and the new text.
fn edits() -> impl Strategy<Value = Vec<(Place, Place, String)>> {
    let place = || (0u32..12, 0u32..30);
    prop::collection::vec((place(), place(), "[a🎉é漢\n]{0,5}|\\*\\*Task:\\*\\* |\r\n"), 1..30)
}

#[test]
fn the_text_of_the_server_is_that_of_the_client_in_every_encoding() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut capabilities = capabilities();
        capabilities["general"] = json!({ "positionEncodings": [encoding] });
        let (client, offered) = Client::initialized(folder.path(), &capabilities);
        assert_eq!(offered["positionEncoding"], encoding);
        let client = std::cell::RefCell::new(client);
        let mut runner =
            TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&edits(), |edits| {
            let mut client = client.borrow_mut();
            same_findings(&mut client, &folder, encoding, &edits);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{encoding}: {error}"));
        client.into_inner().finish();
    }
}

/// Edits one document step by step, opens another with the text that comes of it, and compares what is found.
fn same_findings(
    client: &mut Client,
    folder: &tempfile::TempDir,
    encoding: &str,
    edits: &[(Place, Place, String)],
) {
    // In another bank: it has a story of the same title.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (edited, fresh) = (address(folder.path(), "a.md"), address(elsewhere.path(), "a.md"));
    client.open(&edited, 0, STORY);
    let mut text = Rope::from_str(STORY);
    let mut version = 0;
    for (from, to, new) in edits {
        version += 1;
        let (start, end) = if from <= to { (from, to) } else { (to, from) };
        let range = json!({ "start": position(*start), "end": position(*end) });
        client.change(&edited, version, &json!([{ "range": range, "text": new }]));
        let (start, end) = (offset(&text, *start, encoding), offset(&text, *end, encoding));
        text.remove(start..end);
        text.insert(start, new);
    }
    client.open(&fresh, 0, &text.to_string());
    let found = client.settled(&edited);
    assert_eq!(found["version"], version);
    assert_eq!(
        found["diagnostics"],
        as_if(&client.settled(&fresh)["diagnostics"], &fresh, &edited),
        "{text}"
    );
    for uri in [edited, fresh] {
        client.close(&uri);
        assert_eq!(client.settled(&uri)["diagnostics"], json!([]));
    }
}

/// The same diagnostics, as if they were of another document.
fn as_if(diagnostics: &Value, of: &str, to: &str) -> Value {
    let text = diagnostics.to_string().replace(of, to);
    serde_json::from_str(&text).expect("it was JSON")
}

fn position((line, character): Place) -> Value {
    json!({ "line": line, "character": character })
}

/// The character of a position, counted one after the other.
fn offset(text: &Rope, (line, column): Place, encoding: &str) -> usize {
    let line = line as usize;
    if line >= text.len_lines() {
        return text.len_chars();
    }
    let mut at = text.line_to_char(line);
    let mut passed = 0;
    for character in text.line(line).chars() {
        passed += match encoding {
            "utf-8" => character.len_utf8(),
            "utf-16" => character.len_utf16(),
            _ => 1,
        };
        if matches!(character, '\r' | '\n') || passed > column as usize {
            break;
        }
        at += 1;
    }
    at
}
