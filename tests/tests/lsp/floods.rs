//! More than is sensible at once, and clients that do not listen.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{STORY, address, capabilities, rules, server};

/// Where a hover is asked for: the label of the Action.
fn hover(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": 6, "character": 4 } })
}

#[test]
fn thousands_of_requests_at_once_are_all_answered() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    let asked: Vec<i64> = (0..5000).map(|_| client.ask("textDocument/hover", &hover(&uri))).collect();
    for id in asked {
        let answer = client.answer(id);
        assert!(answer["result"]["contents"]["value"].is_string(), "{answer}");
    }
    client.diagnostics(&uri, 1);
    client.finish();
}

#[test]
fn every_request_has_one_answer_whenever_it_is_cancelled() {
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, &STORY.repeat(20));
    let cancel = |client: &mut Client, id: i64| client.notify("$/cancelRequest", &json!({ "id": id }));
    for round in 0..60 {
        let asked: Vec<i64> = (0..5).map(|_| client.ask("textDocument/hover", &hover(&uri))).collect();
        let (last, first) = (asked[4], asked[0]);
        // The next one does not exist yet, the first may be answered, and the last can hardly be begun.
        for id in [last + 1, last, first, last] {
            cancel(&mut client, id);
        }
        std::thread::sleep(Duration::from_micros(100 * round));
        cancel(&mut client, asked[2]);
        for id in asked {
            let answer = client.answer(id);
            let cancelled = answer["error"]["code"] == -32800;
            assert!(cancelled || answer["result"]["contents"].is_object(), "{answer}");
            assert!(!cancelled || [first, last, last - 2].contains(&id), "{answer} was not cancelled");
        }
    }
    client.settled(&uri);
    client.finish();
}

#[test]
fn a_client_that_stops_reading_costs_bounded_memory_and_gets_everything_later() {
    const REQUESTS: usize = 220;
    /// What waits to be read, and what is being made of the next answers.
    const MOST_MORE: u64 = 320 * 1024 * 1024;
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    // Every symbol names its story, so that each answer is long.
    client.open(&uri, 1, &STORY.replacen("outage", &"long ".repeat(60_000), 1));
    client.settled(&uri);
    let before = client.memory().unwrap_or_default();
    let reading = client.reading();
    let stopped = reading.lock().expect("nobody panicked");
    let symbols = json!({ "textDocument": { "uri": uri } });
    let mut asked = Vec::new();
    for _ in 0..REQUESTS {
        asked.push(client.ask("textDocument/documentSymbol", &symbols));
    }
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(4) {
        let memory = client.memory().unwrap_or_default();
        assert!(memory < before + MOST_MORE, "{memory} bytes, {before} before");
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(stopped);
    for id in asked {
        assert!(client.answer(id)["result"][0]["name"].as_str().is_some_and(|name| name.len() > 250_000));
    }
    client.finish();
}

#[test]
fn a_client_that_never_answers_is_asked_for_its_settings_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut capabilities = capabilities();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let (mut client, _) = Client::initialized(folder.path(), &capabilities);
    client.message("client/registerCapability");
    client.message("workspace/configuration");
    for _ in 0..300 {
        client.notify("workspace/didChangeConfiguration", &json!({ "settings": null }));
        client.message("workspace/configuration");
    }
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    assert!(rules(&client.diagnostics(&uri, 1)).contains(&"missing-part"));
    client.finish();
}
