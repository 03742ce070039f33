//! Findings as diagnostics: pushed or pulled, never both, and never stale.

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{STORY, address, capabilities, rules, server};

fn named<'d>(diagnostics: &'d [Value], rule: &str) -> &'d Value {
    diagnostics
        .iter()
        .find(|diagnostic| diagnostic["code"] == rule)
        .unwrap_or_else(|| panic!("{rule} is found"))
}

#[test]
fn diagnostics_stand_at_their_place_and_say_what_they_are() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 7, STORY);
    let found = client.diagnostics(&uri, 7);
    let missing = named(&found, "missing-part");
    assert_eq!(
        missing["range"],
        json!({ "start": { "line": 0, "character": 2 }, "end": { "line": 0, "character": 15 } })
    );
    assert_eq!(missing["severity"], 2);
    assert_eq!(missing["source"], "starling");
    assert_eq!(missing["data"], json!({ "part": "task", "subject": null }));
    // The emoji counts two units of UTF-16.
    let duplicate = named(&found, "duplicate-part");
    assert_eq!(duplicate["range"]["start"], json!({ "line": 4, "character": 2 }));
    let related = &duplicate["relatedInformation"][0]["location"];
    assert_eq!(
        (related["uri"].as_str(), &related["range"]["start"]),
        (Some(uri.as_str()), &json!({ "line": 2, "character": 5 }))
    );
    client.finish();
}

#[test]
fn a_closed_document_has_no_diagnostics() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    assert!(!client.diagnostics(&uri, 1).is_empty());
    client.close(&uri);
    assert_eq!(client.published(&uri), json!({ "uri": uri, "diagnostics": [] }));
    client.open(&uri, 1, "# Notes\n");
    assert!(client.diagnostics(&uri, 1).is_empty());
    client.close(&uri);
    client.published(&uri);
    client.finish();
}

#[test]
fn whoever_pulls_is_not_pushed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let (mut client, offered) = Client::initialized(folder.path(), &capabilities);
    assert_eq!(offered["diagnosticProvider"]["identifier"], "starling");
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    let pull = |client: &mut Client, known: &Value| {
        client.request(
            "textDocument/diagnostic",
            &json!({ "textDocument": { "uri": uri }, "previousResultId": known }),
        )
    };
    let full = pull(&mut client, &Value::Null);
    assert_eq!(full["kind"], "full");
    assert!(rules(full["items"].as_array().expect("a list")).contains(&"missing-part"));
    assert_eq!(
        pull(&mut client, &full["resultId"]),
        json!({ "kind": "unchanged", "resultId": full["resultId"] })
    );
    client.change(&uri, 2, &json!([{ "text": "# Notes\n" }]));
    assert_eq!(pull(&mut client, &full["resultId"])["items"], json!([]));
    client.close(&uri);
    client.finish();
}

#[test]
fn other_languages_are_none_of_ours() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.rs");
    let document = json!({ "uri": uri, "languageId": "rust", "version": 1, "text": STORY });
    client.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    assert!(client.diagnostics(&uri, 1).is_empty());
    client.open("untitled:Untitled-1", 1, STORY);
    assert!(!client.diagnostics("untitled:Untitled-1", 1).is_empty());
    client.finish();
}
