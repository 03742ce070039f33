//! Names in a bank: from a mention to the story, from a tag to where it is defined, all places of both, and other names.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{address, capabilities};

const TOML: &str =
    "[[vocabulary.principles]]\nname = \"Leave it better\"\nsummary = \"Mends what it touches.\"\n";

const STORY: &str = "# 🎉 The slow search\n\nPrinciples: Ownership, Leave It Better\n\n**Situation:** Search was slow.\n\n\
                     **Task:** I had to mend it.\n\n**Action:** I raised a limit in Postgres.\n\n\
                     **Result:** Latency fell from 800 ms to 120 ms.\n";

const OUTAGE: &str = "---\nprinciples: [leave-it-better, dive-deep]\n---\n\n# Outage at night\n\n**Situation:** Checkout failed.\n\n\
                      **Task:** I had to bring it back.\n\n**Action:** I rolled the release back.\n\n\
                      **Result:** Errors fell from 20% to 0.1%.\n";

const MAP: &str = "| Question | Story |\n|---|---|\n| 🎉 a | 🎉 The slow search |\n| b | [Outage at night](outage.md#outage-at-night) |\n";

/// A bank of two stories, a table that mentions them and a principle of its own, with the first story and the table open.
fn open(mut extra: Value) -> (tempfile::TempDir, Client) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in
        [("starling.toml", TOML), ("search.md", STORY), ("outage.md", OUTAGE), ("map.md", MAP)]
    {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let mut capabilities = capabilities();
    for (name, value) in extra.as_object_mut().expect("an object") {
        capabilities["textDocument"][name] = value.take();
    }
    let (mut client, _) = Client::initialized(folder.path(), &capabilities);
    for (name, text) in [("search.md", STORY), ("map.md", MAP)] {
        let uri = address(folder.path(), name);
        client.open(&uri, 1, text);
        client.diagnostics(&uri, 1);
        client.settled(&uri);
    }
    (folder, client)
}

/// The position in the middle of a word, in UTF-16.
fn position(text: &str, word: &str) -> Value {
    let at = text.find(word).unwrap_or_else(|| panic!("{word} is there")) + word.len() / 2;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    json!({ "line": text[..at].matches('\n').count(), "character": text[start..at].encode_utf16().count() })
}

fn at(folder: &Path, name: &str, text: &str, word: &str) -> Value {
    json!({ "textDocument": { "uri": address(folder, name) }, "position": position(text, word) })
}

/// Places as `file: words`.
fn places(folder: &Path, found: &Value) -> Vec<String> {
    let texts = [("starling.toml", TOML), ("search.md", STORY), ("outage.md", OUTAGE), ("map.md", MAP)];
    let shown = |location: &Value| {
        let uri = location["uri"].as_str().expect("an address");
        let (name, text) = texts.iter().find(|(name, _)| uri == address(folder, name)).expect("a file");
        format!("{name}: {}", words(text, &location["range"]))
    };
    found.as_array().expect("places").iter().map(shown).collect()
}

fn offset(text: &str, position: &Value) -> usize {
    let line = usize::try_from(position["line"].as_u64().expect("a line")).expect("small");
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = position["character"].as_u64().expect("a column");
    let mut at = start;
    while units > 0 {
        let next = text[at..].chars().next().expect("a character");
        units -= next.len_utf16() as u64;
        at += next.len_utf8();
    }
    at
}

fn words<'t>(text: &'t str, range: &Value) -> &'t str {
    &text[offset(text, &range["start"])..offset(text, &range["end"])]
}

#[test]
fn stories_are_found_by_letters_of_title_or_tag() {
    let (folder, mut client) = open(json!({}));
    let names = |found: Value| -> Vec<String> {
        let found = found.as_array().expect("symbols").clone();
        found.iter().map(|symbol| symbol["name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names(client.request("workspace/symbol", &json!({ "query": "" }))).len(), 2);
    assert_eq!(
        names(client.request("workspace/symbol", &json!({ "query": "outnight" }))),
        ["Outage at night"]
    );
    let found = client.request("workspace/symbol", &json!({ "query": "ownership" }));
    assert_eq!(found[0]["name"], "🎉 The slow search");
    assert_eq!(found[0]["location"]["uri"], address(folder.path(), "search.md"));
    assert_eq!(found[0]["containerName"], "search.md · Ownership, Leave it better");
    client.finish();
}

#[test]
fn definitions_and_references() {
    let (folder, mut client) = open(json!({}));
    let folder = folder.path();
    let mut ask = |method: &str, name: &str, text: &str, word: &str| {
        let mut params = at(folder, name, text, word);
        params["context"] = json!({ "includeDeclaration": true });
        places(folder, &client.request(method, &params))
    };
    let defined = ["starling.toml: \"Leave it better\""];
    assert_eq!(ask("textDocument/definition", "search.md", STORY, "Leave"), defined);
    assert_eq!(ask("textDocument/definition", "search.md", STORY, "Ownership"), Vec::<String>::new());
    let used = [defined[0], "outage.md: leave-it-better", "search.md: Leave It Better"];
    assert_eq!(ask("textDocument/references", "search.md", STORY, "Leave"), used);
    let mentioned = ["outage.md: Outage at night", "map.md: outage.md"];
    assert_eq!(ask("textDocument/definition", "map.md", MAP, "outage.md"), mentioned[..1]);
    assert_eq!(ask("textDocument/references", "map.md", MAP, "outage.md"), mentioned);
    let title = ["search.md: 🎉 The slow search", "map.md: 🎉 The slow search"];
    assert_eq!(ask("textDocument/references", "search.md", STORY, "slow search"), title);
    let nothing = client.request("textDocument/references", &{
        let mut params = at(folder, "search.md", STORY, "Postgres");
        params["context"] = json!({ "includeDeclaration": true });
        params
    });
    assert_eq!(nothing, Value::Null);
    client.finish();
}

#[test]
fn references_from_the_definition() {
    let (folder, mut client) = open(json!({}));
    let uri = address(folder.path(), "starling.toml");
    client.open(&uri, 1, TOML);
    for name in ["starling.toml", "search.md", "map.md"] {
        client.settled(&address(folder.path(), name));
    }
    let mut params = at(folder.path(), "starling.toml", TOML, "Leave it");
    params["context"] = json!({ "includeDeclaration": false });
    let found = client.request("textDocument/references", &params);
    let expected = ["outage.md: leave-it-better", "search.md: Leave It Better"];
    assert_eq!(places(folder.path(), &found), expected);
    client.finish();
}

/// The texts of the files that a rename edits, with its edits, by name.
fn renamed(folder: &Path, edit: &Value) -> Vec<(String, String)> {
    let texts = [("starling.toml", TOML), ("search.md", STORY), ("outage.md", OUTAGE), ("map.md", MAP)];
    let after = |document: &Value| {
        let uri = document["textDocument"]["uri"].as_str().expect("an address");
        let (name, text) = texts.iter().find(|(name, _)| uri == address(folder, name)).expect("a file");
        let mut edits = document["edits"].as_array().expect("edits").clone();
        edits.sort_by_key(|edit| std::cmp::Reverse(offset(text, &edit["range"]["start"])));
        let mut text = (*text).to_owned();
        for edit in &edits {
            let span = offset(&text, &edit["range"]["start"])..offset(&text, &edit["range"]["end"]);
            text.replace_range(span, edit["newText"].as_str().expect("a text"));
        }
        ((*name).to_owned(), text)
    };
    edit["documentChanges"].as_array().expect("documents").iter().map(after).collect()
}

#[test]
fn a_story_gets_another_name_everywhere() {
    let (folder, mut client) = open(json!({ "rename": { "prepareSupport": true } }));
    let folder = folder.path();
    let place = at(folder, "search.md", STORY, "slow search");
    let prepared = client.request("textDocument/prepareRename", &place);
    assert_eq!(prepared["placeholder"], "🎉 The slow search");
    let mut params = place.clone();
    params["newName"] = "The fast search".into();
    let edit = client.request("textDocument/rename", &params);
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 1, "{edit}");
    assert_eq!(
        renamed(folder, &edit),
        [
            ("map.md".to_owned(), MAP.replace("🎉 The slow search", "The fast search")),
            ("search.md".to_owned(), STORY.replace("🎉 The slow search", "The fast search")),
        ]
    );
    // What was typed meanwhile counts, saved or not.
    let typed = MAP.replace("🎉 a", "🎉 long before");
    client.change(&address(folder, "map.md"), 2, &json!([{ "text": typed }]));
    client.diagnostics(&address(folder, "map.md"), 2);
    let edit = client.request("textDocument/rename", &params);
    let start = &edit["documentChanges"][0]["edits"][0]["range"]["start"];
    assert_eq!((start["line"].as_u64(), start["character"].as_u64()), (Some(2), Some(19)), "{edit}");
    client.finish();
}

#[test]
fn a_closed_story_gets_another_name_from_a_link() {
    let (folder, mut client) = open(json!({}));
    let mut params = at(folder.path(), "map.md", MAP, "outage.md");
    params["newName"] = "Night".into();
    let id = client.ask("textDocument/rename", &params);
    let refused = client.answer(id);
    assert!(refused["error"]["message"].as_str().is_some_and(|it| it.contains("at its title")), "{refused}");
    client.finish();
}

#[test]
fn a_principle_of_the_bank_gets_another_name() {
    let (folder, mut client) = open(json!({}));
    let mut params = at(folder.path(), "search.md", STORY, "Leave It Better");
    params["newName"] = "Mend it".into();
    let edit = client.request("textDocument/rename", &params);
    assert_eq!(
        renamed(folder.path(), &edit),
        [
            ("starling.toml".to_owned(), TOML.replace("Leave it better", "Mend it")),
            ("outage.md".to_owned(), OUTAGE.replace("leave-it-better", "mend-it")),
            ("search.md".to_owned(), STORY.replace("Leave It Better", "Mend it")),
        ]
    );
    let mut params = at(folder.path(), "search.md", STORY, "Ownership");
    params["newName"] = "Mend it".into();
    let id = client.ask("textDocument/rename", &params);
    let refused = client.answer(id);
    assert_eq!(refused["error"]["code"], -32803);
    assert!(refused["error"]["message"].as_str().is_some_and(|it| it.contains("comes with Starling")));
    client.finish();
}

#[test]
fn hovers_links_and_completions_know_the_bank() {
    let (folder, mut client) = open(json!({
        "hover": { "contentFormat": ["markdown"] },
        "completion": { "completionItem": { "labelDetailsSupport": true } },
    }));
    let folder = folder.path();
    let hover = client.request("textDocument/hover", &at(folder, "search.md", STORY, "Leave It"));
    let text = hover["contents"]["value"].as_str().unwrap_or_default();
    let link = format!("- [Outage at night](<{}#L5>)", address(folder, "outage.md"));
    assert!(text.contains("**2 stories of your bank**") && text.contains(&link), "{text}");
    let links = client.request(
        "textDocument/documentLink",
        &json!({ "textDocument": { "uri": address(folder, "map.md") } }),
    );
    let targets: Vec<(&str, &str)> = links
        .as_array()
        .expect("links")
        .iter()
        .map(|link| (words(MAP, &link["range"]), link["target"].as_str().unwrap_or_default()))
        .collect();
    let (search, outage) = (address(folder, "search.md"), address(folder, "outage.md"));
    assert_eq!(
        targets,
        [
            ("🎉 The slow search", format!("{search}#L1").as_str()),
            ("outage.md", format!("{outage}#L5").as_str()),
        ]
    );
    let mut place = at(folder, "search.md", STORY, "Ownership");
    place["position"] = json!({ "line": 2, "character": "Principles: ".len() });
    let items = client.request("textDocument/completion", &place)["items"].take();
    let item = |name: &str| {
        let items = items.as_array().expect("items");
        items.iter().position(|item| item["label"] == name).map(|at| (at, items[at]["labelDetails"].clone()))
    };
    let (unused, details) = item("Frugality").expect("a principle");
    assert_eq!(details["description"], "no story yet");
    let (used, details) = item("Dive Deep").expect("a principle");
    assert_eq!(details["description"], "1 story");
    assert!(unused < used, "what is missing comes first");
    client.finish();
}
