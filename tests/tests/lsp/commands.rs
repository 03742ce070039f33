//! Commands about the bank.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use starling_tests::client::Client;
use starling_tests::report::{binary, folder};

use super::{address, capabilities, server};

fn execute(client: &mut Client, command: &str, argument: &Value) -> Value {
    client.request("workspace/executeCommand", &json!({ "command": command, "arguments": [argument] }))
}

fn refusal(client: &mut Client, command: &str, argument: &Value) -> String {
    let params = json!({ "command": command, "arguments": [argument] });
    let id = client.ask("workspace/executeCommand", &params);
    let answer = client.answer(id);
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    answer["error"]["message"].as_str().expect("a sentence").to_owned()
}

/// The answer without the addresses of stories, which have to be below the root.
fn without_addresses(mut value: Value, root: &str) -> Value {
    match &mut value {
        Value::Object(members) => {
            if let Some(uri) = members.remove("uri") {
                let story = members["story"].as_str().expect("a place").replace('#', "#L");
                assert_eq!(uri, format!("{root}/{story}"));
            }
            members.values_mut().for_each(|member| *member = without_addresses(member.take(), root));
        }
        Value::Array(members) => {
            members.iter_mut().for_each(|member| *member = without_addresses(member.take(), root));
        }
        _ => {}
    }
    value
}

fn printed(arguments: &[&str]) -> String {
    let output =
        Command::new(binary()).args(arguments).current_dir(folder("bank")).output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn answers_are_those_of_the_command_line() {
    let root = folder("bank");
    let (mut client, offered) = Client::initialized(&root, &capabilities());
    let commands = offered["executeCommandProvider"]["commands"].as_array().expect("a list");
    assert_eq!(commands.len(), 6);
    for format in ["text", "markdown", "html"] {
        let report = execute(&mut client, "starling.bank.report", &json!({ "format": format }));
        assert_eq!(report, printed(&["bank", "--format", format]), "{format}");
    }
    let with_root = |text: &str| {
        let mut value: Value = serde_json::from_str(text).expect("JSON");
        value["root"] = json!(address(&root, "").trim_end_matches('/'));
        value
    };
    let plain = |value| without_addresses(value, address(&root, "").trim_end_matches('/'));
    let report = execute(&mut client, "starling.bank.report", &json!({ "uri": address(&root, "README.md") }));
    assert!(report["all"][0]["uri"].is_string(), "{report}");
    assert_eq!(plain(report), with_root(&printed(&["bank", "--format", "json"])));
    let question = "Tell me about a production incident";
    let answer = execute(&mut client, "starling.bank.ask", &json!({ "question": question }));
    assert!(answer["stories"][0]["uri"].is_string(), "{answer}");
    assert_eq!(plain(answer), with_root(&printed(&["ask", question, "--format", "json"])));
}

#[test]
fn a_new_story_is_created_by_the_client_and_never_over_another() {
    let (folder, mut client) = server();
    let new = json!({ "title": "The outage", "question": "production-outage" });
    let id = client
        .ask("workspace/executeCommand", &json!({ "command": "starling.bank.new", "arguments": [new] }));
    let request = client.message("workspace/applyEdit");
    let changes = &request["params"]["edit"]["documentChanges"];
    let uri = address(folder.path(), "the-outage.md");
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(uri)));
    assert_eq!(changes[0]["options"], json!({ "overwrite": false, "ignoreIfExists": false }));
    client.reply(&request, &json!({ "applied": true }));
    let created = client.answer(id)["result"].take();
    assert_eq!((&created["uri"], &created["created"]), (&json!(uri), &json!(true)));
    assert_eq!(created["text"], changes[1]["edits"][0]["newText"]);

    fs::write(folder.path().join("the-outage.md"), "x\n").expect("written");
    assert!(refusal(&mut client, "starling.bank.new", &new).contains("is there already"));
    client.finish();
}

#[test]
fn the_bank_is_a_tree_that_leads_to_its_stories() {
    let root = folder("bank");
    let (mut client, _) = Client::initialized(&root, &capabilities());
    let tree = execute(&mut client, "starling.bank.tree", &json!({}));
    let labels: Vec<&str> = tree["sections"]
        .as_array()
        .expect("sections")
        .iter()
        .filter_map(|node| node["label"].as_str())
        .collect();
    assert_eq!(labels, ["Stories", "Themes", "Principles", "Questions"]);
    let stories = tree["sections"][0]["children"].as_array().expect("stories");
    let flaky = stories.iter().find(|node| node["label"] == "Flaky builds at noon").expect("a story");
    assert!(flaky["description"].as_str().is_some_and(|it| it.contains("no Task")), "{flaky}");
    let line = flaky["story"].as_str().and_then(|story| story.split('#').nth(1)).expect("a line");
    assert_eq!(flaky["uri"], format!("{}#L{line}", address(&root, "flaky-builds-at-noon.md")));
    assert!(tree["status"]["text"].as_str().is_some_and(|it| it.contains(" stories")), "{tree}");
}

#[test]
fn a_question_is_rehearsed() {
    let root = folder("bank");
    let (mut client, _) = Client::initialized(&root, &capabilities());
    let first = execute(&mut client, "starling.bank.rehearse", &json!({ "number": 0 }));
    assert_eq!(first, execute(&mut client, "starling.bank.rehearse", &json!({ "number": 12 })));
    let names: Vec<&str> =
        first["parts"].as_array().expect("parts").iter().filter_map(|part| part["name"].as_str()).collect();
    assert_eq!(names, ["Situation", "Task", "Action", "Result"]);
    assert!(first["stories"][0]["uri"].is_string(), "{first}");
    assert!(refusal(&mut client, "starling.bank.rehearse", &json!({ "number": -1 })).contains("-1"));
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    let (_folder, mut client) = server();
    assert!(refusal(&mut client, "starling.bank.nothing", &json!({})).contains("no command"));
    assert!(refusal(&mut client, "starling.bank.ask", &json!({})).contains("question"));
    assert!(refusal(&mut client, "starling.bank.report", &json!({ "format": "pdf" })).contains("pdf"));
    assert!(refusal(&mut client, "starling.bank.new", &json!({ "title": "?!" })).contains("letter"));
    let unknown = json!({ "title": "x", "theme": "scalin" });
    assert!(refusal(&mut client, "starling.bank.new", &unknown).contains("\"scaling\""));
    client.finish();
}

#[test]
fn findings_lead_to_the_pages_of_their_rules() {
    let link = |options: Value, base_url: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("starling.toml"), base_url).expect("written");
        let parameters = json!({ "capabilities": capabilities(), "initializationOptions": options });
        let (mut client, _) = Client::initialized_with(folder.path(), parameters);
        let uri = address(folder.path(), "a.md");
        client.open(&uri, 1, "# Outage\n\n## Situation\n\nIt failed.\n\n## Action\n\nI mended it.\n");
        client.diagnostics(&uri, 1)[0]["codeDescription"]["href"].clone()
    };
    let commands = json!({ "commands": ["starling.showRule"] });
    let base_url = "[docs]\nbase-url = \"https://a.example/rules\"\n";
    assert_eq!(link(json!({}), ""), Value::Null);
    assert_eq!(link(commands.clone(), ""), "command:starling.showRule?%5B%22missing-part%22%5D");
    assert_eq!(link(commands, base_url), "https://a.example/rules/missing-part");

    let (_folder, mut client) = server();
    let pages = execute(&mut client, "starling.explain", &json!({ "name": "missing-part" }));
    assert_eq!((&pages[0]["topic"], &pages[0]["title"]), (&json!("rule"), &json!("missing-part")));
    assert!(
        pages[0]["markdown"].as_str().is_some_and(|page| page.contains("```markdown failing")),
        "{pages}"
    );
    let refused = refusal(&mut client, "starling.explain", &json!({ "name": "mising-part" }));
    assert!(refused.contains("Did you mean \"missing-part\"?"), "{refused}");
}
