//! Fixes as quick-fixes, applied as a client does.

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{STORY, address, capabilities, rules, server};

/// The actions for the place of a diagnostic.
fn actions(client: &mut Client, uri: &str, diagnostic: &Value, only: &Value) -> Vec<Value> {
    let context = json!({ "diagnostics": [diagnostic], "only": only });
    let params = json!({ "textDocument": { "uri": uri }, "range": diagnostic["range"], "context": context });
    client.request("textDocument/codeAction", &params).as_array().expect("a list").clone()
}

/// The text after the edits of an action; positions are in UTF-16.
fn apply(text: &str, edit: &Value) -> String {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    let edits = edit["documentChanges"][0]["edits"].as_array().expect("edits of one document");
    for edit in edits.iter().rev() {
        let offset = |place: &Value| {
            let line = place["line"].as_u64().expect("a line") as usize;
            let start: usize =
                text.split_inclusive('\n').take(line).map(|line| line.encode_utf16().count()).sum();
            start + place["character"].as_u64().expect("a column") as usize
        };
        let new: Vec<u16> = edit["newText"].as_str().expect("a text").encode_utf16().collect();
        units.splice(offset(&edit["range"]["start"])..offset(&edit["range"]["end"]), new);
    }
    String::from_utf16(&units).expect("whole characters")
}

#[test]
fn a_quick_fix_inserts_the_missing_part() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 3, STORY);
    let found = client.diagnostics(&uri, 3);
    let missing = found.iter().find(|found| found["code"] == "missing-part").expect("it is found");
    let actions = actions(&mut client, &uri, missing, &json!(["quickfix"]));
    let fix = actions.iter().find(|action| action["title"] == "Insert the Task").expect("it is offered");
    assert_eq!((fix["kind"].as_str(), fix["isPreferred"].as_bool()), (Some("quickfix"), Some(true)));
    assert_eq!(fix["diagnostics"], json!([missing]));
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"], json!({ "uri": uri, "version": 3 }));
    let after = apply(STORY, &fix["edit"]);
    assert!(after.contains("\n**Task:** ["), "{after}");
    client.change(&uri, 4, &json!([{ "text": after }]));
    assert!(!rules(&client.diagnostics(&uri, 4)).contains(&"missing-part"));
    client.finish();
}

#[test]
fn fix_all_applies_what_is_safe() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    let text = STORY.replace("**Situation:**", "**Task:**");
    client.open(&uri, 1, &text);
    let found = client.diagnostics(&uri, 1);
    assert!(rules(&found).contains(&"misspelled-part"));
    for only in [json!(["source.fixAll"]), json!(["source.fixAll.starling"]), json!(["source"])] {
        let actions = actions(&mut client, &uri, &found[0], &only);
        assert_eq!(actions.len(), 1, "{only}: {actions:#?}");
        assert_eq!(actions[0]["kind"], "source.fixAll.starling");
        assert!(apply(&text, &actions[0]["edit"]).contains("🎉 **Situation:** A third"));
    }
    client.finish();
}

#[test]
fn a_client_without_versions_gets_plain_edits() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut capabilities = capabilities();
    capabilities["workspace"] = json!({});
    let (mut client, _) = Client::initialized(folder.path(), &capabilities);
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    let found = client.diagnostics(&uri, 1);
    let missing = found.iter().find(|found| found["code"] == "missing-part").expect("it is found");
    let actions = actions(&mut client, &uri, missing, &Value::Null);
    let fix = actions.iter().find(|action| action["title"] == "Insert the Task").expect("it is offered");
    assert!(fix["edit"]["changes"][&uri].is_array(), "{fix}");
    client.finish();
}

#[test]
fn an_editor_that_can_select_is_led_to_the_prompt() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = json!({ "commands": ["starling.selectRange"] });
    let parameters = json!({ "capabilities": capabilities(), "initializationOptions": options });
    let (mut client, _) = Client::initialized_with(folder.path(), parameters);
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    let found = client.diagnostics(&uri, 1);
    let missing = found.iter().find(|found| found["code"] == "missing-part").expect("it is found");
    let actions = actions(&mut client, &uri, missing, &json!(["quickfix"]));
    let fix = actions.iter().find(|action| action["title"] == "Insert the Task").expect("it is offered");
    assert_eq!(fix["command"]["command"], "starling.selectRange");
    assert_eq!(fix["command"]["arguments"][0], uri);
    let range = &fix["command"]["arguments"][1];
    let after = apply(STORY, &fix["edit"]);
    let line: Vec<u16> = after
        .lines()
        .nth(range["start"]["line"].as_u64().expect("a line") as usize)
        .expect("a line")
        .encode_utf16()
        .collect();
    let column = |place: &str| range[place]["character"].as_u64().expect("a column") as usize;
    let selected = String::from_utf16(&line[column("start")..column("end")]).expect("whole characters");
    assert!(selected.starts_with('[') && selected.ends_with(']'), "{selected}");
    client.finish();
}

#[test]
fn a_finding_can_be_ignored_and_its_rule_switched_off() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    let found = client.diagnostics(&uri, 1);
    let missing = found.iter().find(|found| found["code"] == "missing-part").expect("it is found");
    let actions = actions(&mut client, &uri, missing, &json!(["quickfix"]));
    let titled = |words: &str| {
        let mut actions = actions.iter();
        let action =
            actions.find(|action| action["title"].as_str().is_some_and(|title| title.contains(words)));
        action.unwrap_or_else(|| panic!("{words} is offered"))
    };
    for (version, words) in (2..).zip(["here", "in this file"]) {
        let after = apply(STORY, &titled(words)["edit"]);
        client.change(&uri, version, &json!([{ "text": after }]));
        assert!(!rules(&client.diagnostics(&uri, version)).contains(&"missing-part"), "{after}");
    }
    let operations = &titled("starling.toml")["edit"]["documentChanges"];
    let toml = address(folder.path(), "starling.toml");
    assert_eq!(
        (operations[0]["kind"].as_str(), operations[0]["uri"].as_str()),
        (Some("create"), Some(toml.as_str()))
    );
    assert!(
        operations[1]["edits"][0]["newText"]
            .as_str()
            .is_some_and(|text| text.contains("missing-part = \"off\""))
    );
    client.finish();
}

#[test]
fn a_story_is_written_in_another_way_and_back() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    let text = "# 🎉 Cache\n\n**Situation:** 🎉 It was stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer misses.\n";
    client.open(&uri, 1, text);
    client.diagnostics(&uri, 1);
    let mut now = text.to_owned();
    for (version, title) in (2..).zip(["as headings", "as a list", "as bold words"]) {
        let params = json!({
            "textDocument": { "uri": uri },
            "range": { "start": { "line": 0, "character": 5 }, "end": { "line": 0, "character": 5 } },
            "context": { "diagnostics": [], "only": ["refactor"] },
        });
        let actions = client.request("textDocument/codeAction", &params);
        let actions = actions.as_array().expect("a list");
        let action =
            actions.iter().find(|action| action["title"].as_str().is_some_and(|it| it.contains(title)));
        let action = action.unwrap_or_else(|| panic!("{title} is offered: {actions:#?}"));
        assert_eq!(action["kind"], "refactor");
        now = apply(&now, &action["edit"]);
        client.change(&uri, version, &json!([{ "text": now }]));
        client.diagnostics(&uri, version);
    }
    assert_eq!(now, text);
    client.finish();
}

/// A refactoring at the first title of a document, whose title holds these words; waits until it is offered.
fn refactoring(client: &mut Client, uri: &str, words: &str) -> Value {
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": { "line": 0, "character": 3 }, "end": { "line": 0, "character": 3 } },
        "context": { "diagnostics": [], "only": ["refactor"] },
    });
    loop {
        let actions = client.request("textDocument/codeAction", &params);
        let mut actions = actions.as_array().expect("a list").iter();
        let is_it = |action: &&Value| action["title"].as_str().is_some_and(|title| title.contains(words));
        if let Some(action) = actions.find(is_it) {
            return action["edit"]["documentChanges"].clone();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn a_file_of_stories_is_split_and_merged_back() {
    let story = |title: &str| {
        format!(
            "# {title}\n\n**Situation:** It was stale.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let all = format!("{}\n{}\n{}", story("Cache 🎉"), story("Queue"), story("Pager"));
    std::fs::write(folder.path().join("all.md"), &all).expect("written");
    let mut capabilities = capabilities();
    capabilities["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create", "delete"]);
    let (mut client, _) = Client::initialized(folder.path(), &capabilities);
    let uri = address(folder.path(), "all.md");
    client.open(&uri, 1, &all);
    client.diagnostics(&uri, 1);
    let changes = refactoring(&mut client, &uri, "Split into one file");
    let [create, fill, .., rest] = changes.as_array().expect("a list").as_slice() else {
        panic!("{changes}")
    };
    assert_eq!(
        (&create["kind"], &create["uri"]),
        (&json!("create"), &json!(address(folder.path(), "queue.md")))
    );
    assert_eq!(fill["edits"][0]["newText"], story("Queue"));
    let left = apply(&all, &json!({ "documentChanges": [rest] }));
    assert_eq!(left, format!("{}\n", story("Cache 🎉")));

    std::fs::write(folder.path().join("queue.md"), story("Queue")).expect("written");
    client.change(&uri, 2, &json!([{ "text": left }]));
    client.notify(
        "workspace/didChangeWatchedFiles",
        &json!({ "changes": [{ "uri": address(folder.path(), "queue.md"), "type": 1 }] }),
    );
    // Not yet saved: what the editor has counts.
    let pager = address(folder.path(), "pager.md");
    client.open(&pager, 1, &story("Pager"));
    client.diagnostics(&pager, 1);
    let changes = refactoring(&mut client, &uri, "Bring 2 other files");
    let after = apply(&left, &json!({ "documentChanges": [changes[0]] }));
    assert!(after.ends_with(&format!("{}\n{}", story("Pager"), story("Queue"))), "{after}");
    let deleted = json!([
        { "kind": "delete", "uri": pager },
        { "kind": "delete", "uri": address(folder.path(), "queue.md") },
    ]);
    assert_eq!(json!(changes.as_array().expect("a list")[1..]), deleted);
}
