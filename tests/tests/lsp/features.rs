//! What an editor shows and offers, with an emoji before every place, in UTF-16.

use std::fs;

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{address, capabilities};

const BANK: &str = "\
---
title: 🎉 The outage
principles: [dive-deep]
---

# 🎉 The outage

🎉 **Principles:** Dive Deep, Are Right, A

**Situation:** 🎉 A third of the payments failed. See [🎉 the notes](other%20notes.md#top).

**Action:** I rolled the release back and added the missing index.

**Result:** 🎉 The error rate fell from 33% to 0.1%.
";

/// A client that can do all that is tested here, with the document open.
fn open() -> (tempfile::TempDir, Client, String) {
    open_with(&json!({
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": { "completionItem": {
                "snippetSupport": true,
                "documentationFormat": ["markdown"],
                "insertTextModeSupport": { "valueSet": [1, 2] },
            } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "semanticTokens": { "requests": {}, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"] },
            "inlayHint": {},
        },
    }))
}

fn open_with(capabilities: &Value) -> (tempfile::TempDir, Client, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut client, _) = Client::initialized(folder.path(), capabilities);
    let uri = address(folder.path(), "a b.md").replace(' ', "%20");
    client.open(&uri, 1, BANK);
    client.diagnostics(&uri, 1);
    (folder, client, uri)
}

/// The position right after the first `before` of the document, in UTF-16.
fn after(before: &str) -> Value {
    let end = BANK.find(before).unwrap_or_else(|| panic!("{before} is there")) + before.len();
    let line = BANK[..end].matches('\n').count();
    let start = BANK[..end].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": BANK[start..end].encode_utf16().count() })
}

fn at(uri: &str, before: &str) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": after(before) })
}

#[test]
fn hover_explains_principles_labels_and_metrics() {
    let (_folder, mut client, uri) = open();
    let hover = client.request("textDocument/hover", &at(&uri, "🎉 **Principles:** Dive"));
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(
        hover["contents"]["value"].as_str().is_some_and(|text| text.contains("**Dive Deep**")),
        "{hover}"
    );
    assert_eq!(
        hover["range"],
        json!({ "start": after("🎉 **Principles:** "), "end": after("🎉 **Principles:** Dive Deep") })
    );
    let hover = client.request("textDocument/hover", &at(&uri, "**Situ"));
    assert!(hover["contents"]["value"].as_str().is_some_and(|text| text.contains("Situation")), "{hover}");
    let hover = client.request("textDocument/hover", &at(&uri, "from 33"));
    assert!(hover["contents"]["value"].is_string(), "{hover}");
    assert_eq!(client.request("textDocument/hover", &at(&uri, "rolled the")), Value::Null);
    client.finish();
}

#[test]
fn hover_is_plain_where_markdown_is_not_rendered() {
    let (_folder, mut client, uri) = open_with(&json!({}));
    let hover = client.request("textDocument/hover", &at(&uri, "🎉 **Principles:** Dive"));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert!(hover["contents"]["value"].as_str().is_some_and(|text| !text.contains("**")), "{hover}");
    client.finish();
}

#[test]
fn completion_offers_principles_with_their_documentation() {
    let (_folder, mut client, uri) = open();
    let list = client.request("textDocument/completion", &at(&uri, "Are Right, A"));
    let items = list["items"].as_array().expect("a list");
    let item = &items[0];
    assert_eq!(item["label"], "Are Right, A Lot", "{list:#}");
    let range = json!({ "start": after("Dive Deep, "), "end": after("Are Right, A") });
    assert_eq!(item["textEdit"], json!({ "range": range, "newText": "Are Right, A Lot" }));
    let resolved = client.request("completionItem/resolve", item);
    assert!(resolved["documentation"]["value"].as_str().is_some_and(|text| text.len() > 100), "{resolved}");
    client.finish();
}

#[test]
fn completion_inserts_the_missing_part_as_a_snippet() {
    let (_folder, mut client, uri) = open();
    let end = after("#top).\n\n");
    client.change(&uri, 2, &json!([{ "range": { "start": end, "end": end }, "text": "\n" }]));
    client.diagnostics(&uri, 2);
    let params = json!({ "textDocument": { "uri": uri }, "position": end });
    let list = client.request("textDocument/completion", &params);
    let item = &list["items"][0];
    assert_eq!(
        (item["label"].as_str(), item["insertTextFormat"].as_i64()),
        (Some("Task"), Some(2)),
        "{list:#}"
    );
    assert!(
        item["textEdit"]["newText"].as_str().is_some_and(|text| text.starts_with("**Task:** ${1:[")),
        "{item}"
    );
    client.finish();
}

#[test]
fn a_client_without_snippets_gets_plain_text() {
    let (_folder, mut client, uri) = open_with(&json!({}));
    let end = after("#top).\n\n");
    client.change(&uri, 2, &json!([{ "range": { "start": end, "end": end }, "text": "\n" }]));
    client.diagnostics(&uri, 2);
    let list = client
        .request("textDocument/completion", &json!({ "textDocument": { "uri": uri }, "position": end }));
    let item = &list["items"][0];
    assert_eq!(item["insertTextFormat"], 1);
    assert!(item["textEdit"]["newText"].as_str().is_some_and(|text| !text.contains('$')), "{item}");
    client.finish();
}

#[test]
fn the_outline_has_stories_and_parts() {
    let (_folder, mut client, uri) = open();
    let document = json!({ "textDocument": { "uri": uri } });
    let symbols = client.request("textDocument/documentSymbol", &document);
    assert_eq!(symbols[0]["name"], "🎉 The outage");
    let parts: Vec<&str> = symbols[0]["children"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|part| part["name"].as_str())
        .collect();
    assert_eq!(parts, ["Situation", "Action", "Result"]);
    client.finish();

    let (_folder, mut client, uri) = open_with(&json!({}));
    let symbols = client.request("textDocument/documentSymbol", &json!({ "textDocument": { "uri": uri } }));
    assert_eq!(symbols.as_array().expect("a list").len(), 4);
    assert_eq!(symbols[1]["containerName"], "🎉 The outage");
    client.finish();
}

#[test]
fn sections_fold_and_selections_grow() {
    let (_folder, mut client, uri) = open();
    let folds = client.request("textDocument/foldingRange", &json!({ "textDocument": { "uri": uri } }));
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .expect("a list")
        .iter()
        .map(|fold| (fold["startLine"].as_u64().unwrap_or(0), fold["endLine"].as_u64().unwrap_or(0)))
        .collect();
    assert!(lines.contains(&(0, 3)) && lines.contains(&(5, 13)), "{lines:?}");
    let params = json!({ "textDocument": { "uri": uri }, "positions": [after("rolled the")] });
    let mut selection = client.request("textDocument/selectionRange", &params)[0].take();
    let mut widths = Vec::new();
    while selection.is_object() {
        let range = &selection["range"];
        let line = |place: &Value| {
            place["line"].as_u64().unwrap_or(0) * 1000 + place["character"].as_u64().unwrap_or(0)
        };
        widths.push((line(&range["start"]), line(&range["end"])));
        selection = selection["parent"].take();
    }
    assert!(widths.len() >= 4, "{widths:?}");
    assert!(widths.windows(2).all(|pair| pair[1].0 <= pair[0].0 && pair[0].1 <= pair[1].1), "{widths:?}");
    client.finish();
}

#[test]
fn uses_of_a_tag_are_highlighted_and_links_lead_somewhere() {
    let (folder, mut client, uri) = open();
    let highlights = client.request("textDocument/documentHighlight", &at(&uri, "🎉 **Principles:** Dive"));
    let starts: Vec<&Value> =
        highlights.as_array().expect("a list").iter().map(|highlight| &highlight["range"]["start"]).collect();
    assert_eq!(starts, [&after("principles: ["), &after("🎉 **Principles:** ")].map(|start| start));
    fs::write(folder.path().join("other notes.md"), "# Top\n").expect("written");
    let links = client.request("textDocument/documentLink", &json!({ "textDocument": { "uri": uri } }));
    let target = address(folder.path(), "other%20notes.md#top");
    assert_eq!(links[0]["target"], target);
    assert_eq!(links[0]["range"]["start"], after("[🎉 the notes]("));
    client.finish();
}

#[test]
fn tokens_and_hints_stand_at_their_places() {
    let (_folder, mut client, uri) = open();
    let tokens =
        client.request("textDocument/semanticTokens/full", &json!({ "textDocument": { "uri": uri } }));
    let data: Vec<u64> =
        tokens["data"].as_array().expect("a list").iter().filter_map(Value::as_u64).collect();
    let (mut line, mut column, mut places) = (0, 0, Vec::new());
    for token in data.chunks_exact(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        places.push((json!({ "line": line, "character": column }), token[2], token[3]));
    }
    assert!(places.contains(&(after("🎉 **Principles:** "), 9, 2)), "{places:?}");
    assert!(places.contains(&(after("\n\n**"), 9, 0)), "{places:?}");
    let range = json!({ "start": after("#top).\n"), "end": after("index.") });
    let params = json!({ "textDocument": { "uri": uri }, "range": range });
    let part = client.request("textDocument/semanticTokens/range", &params);
    assert_eq!(part["data"].as_array().map(Vec::len), Some(5));

    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints =
        client.request("textDocument/inlayHint", &json!({ "textDocument": { "uri": uri }, "range": all }));
    assert_eq!(hints[0]["position"], after("# 🎉 The outage"), "{hints}");
    client.finish();
}

#[test]
fn requests_about_documents_that_are_not_open_have_no_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut client, _) = Client::initialized(folder.path(), &capabilities());
    let position = json!({ "line": 0, "character": 0 });
    let params = json!({ "textDocument": { "uri": address(folder.path(), "a.md") }, "position": position });
    for method in
        ["hover", "completion", "documentSymbol", "documentHighlight", "foldingRange", "documentLink"]
    {
        assert_eq!(client.request(&format!("textDocument/{method}"), &params), Value::Null, "{method}");
    }
    client.finish();
}
