//! What an editor shows of what was understood of a story, with an emoji before every place, in UTF-16.

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{address, capabilities};

const STORY: &str = "\
---
title: 🎉 The outage
themes: [scaling]
---

# 🎉 The outage

🎉 **Questions:** production-outage, tight-deadline

**Situation:** 🎉 A third of the payments failed, see [🎉 the notes][Notes].

**Task:** 🎉 I was on call.

**Action:** 🎉 An alert paged me. We met, we talked, and we waited. I read the traces in Jaeger, then I rolled
🎉 back the release.

**Result:** 🎉 Payments take 120 ms, and the error rate is now 0.1%.

[notes]: <other notes.md#top>
";

/// A client that can do what most editors can, with the document open, and the diagnostics of the document.
fn open() -> (tempfile::TempDir, Client, String, Vec<Value>) {
    let mut able = capabilities();
    let shown = [
        ("hover", json!({ "contentFormat": ["markdown"] })),
        ("inlayHint", json!({})),
        ("codeLens", json!({})),
        ("completion", json!({ "completionItem": { "snippetSupport": true } })),
    ];
    for (feature, capability) in shown {
        able["textDocument"][feature] = capability;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (mut client, _) = Client::initialized(folder.path(), &able);
    let uri = address(folder.path(), "a.md");
    client.open(&uri, 1, STORY);
    let diagnostics = client.diagnostics(&uri, 1);
    (folder, client, uri, diagnostics)
}

/// The position right after the first `before` of a text, in UTF-16.
fn after(text: &str, before: &str) -> Value {
    let end = text.find(before).unwrap_or_else(|| panic!("{before} is there")) + before.len();
    let line = text[..end].matches('\n').count();
    let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..end].encode_utf16().count() })
}

/// The hover right after the first `before` of the story.
fn hover(client: &mut Client, uri: &str, before: &str) -> String {
    let params = json!({ "textDocument": { "uri": uri }, "position": after(STORY, before) });
    let hover = client.request("textDocument/hover", &params);
    hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("text in {hover}")).to_owned()
}

#[test]
fn hover_on_a_question_shows_what_the_story_says_to_it() {
    let (_folder, mut client, uri, _) = open();
    let page = hover(&mut client, &uri, "🎉 **Questions:** production");
    assert!(page.starts_with("**production-outage** · question\n"), "{page}");
    assert!(page.contains("**This story:** 3 of 5\n"), "{page}");
    assert!(page.contains("- ✓ **investigation**: line 14: “traces”, “Jaeger”\n"), "{page}");
    assert!(page.contains("- ○ **prevention**: What "), "{page}");
    client.finish();
}

#[test]
fn hover_on_labels_shows_who_acts_and_what_is_measured() {
    let (_folder, mut client, uri, _) = open();
    let page = hover(&mut client, &uri, "**Act");
    assert!(page.contains("**Who acts:** *I* 2 times, *we* 3 times\n"), "{page}");
    assert!(page.contains("**Technical detail:** alert, traces, Jaeger, rolled 🎉 back\n"), "{page}");
    let page = hover(&mut client, &uri, "**Res");
    assert!(page.contains("- “120 ms”: time that a machine takes, without a start\n"), "{page}");
    assert!(page.contains("No value has a start: say from where.\n"), "{page}");
    client.finish();
}

#[test]
fn hints_tell_how_much_of_a_checklist_is_addressed() {
    let (_folder, mut client, uri, _) = open();
    let line = json!({ "start": after(STORY, "# 🎉 The outage\n"), "end": after(STORY, "tight-deadline") });
    let params = json!({ "textDocument": { "uri": uri }, "range": line });
    let hints = client.request("textDocument/inlayHint", &params);
    let hints = hints.as_array().expect("a list");
    assert_eq!(hints.len(), 2, "the title is outside: {hints:#?}");
    assert_eq!(hints[0]["position"], after(STORY, "production-outage"));
    assert_eq!(hints[0]["label"], "3 of 5");
    assert!(hints[0]["tooltip"].as_str().is_some_and(|tip| tip.contains("prevention")), "{hints:#?}");
    assert_eq!(hints[1]["position"], after(STORY, "tight-deadline"));
    client.finish();
}

#[test]
fn findings_point_at_what_led_to_them() {
    let (_folder, client, _, diagnostics) = open();
    let related = |rule: &str| -> Vec<Value> {
        let found = diagnostics.iter().find(|diagnostic| diagnostic["code"] == rule);
        let found = found.unwrap_or_else(|| panic!("{rule} is none of {diagnostics:#?}"));
        let related = found["relatedInformation"].as_array().expect("a list").iter();
        related.map(|related| related["location"]["range"]["start"].clone()).collect()
    };
    let places = related("missing-baseline");
    assert_eq!(places, [after(STORY, "release.\n\n**"), after(STORY, "error rate is now ")]);
    let places = related("question-gap");
    assert!(places.contains(&after(STORY, "read the ")), "{places:?}");
    let places = related("team-voice");
    assert_eq!(places, [after(STORY, "We met, "), after(STORY, "talked, and ")]);
    client.finish();
}

#[test]
fn references_lead_to_their_definitions() {
    let (folder, mut client, uri, _) = open();
    let links = client.request("textDocument/documentLink", &json!({ "textDocument": { "uri": uri } }));
    let places: Vec<&Value> =
        links.as_array().expect("a list").iter().map(|link| &link["range"]["start"]).collect();
    assert_eq!(places, [&after(STORY, "[🎉 the notes]["), &after(STORY, "[notes]: <")]);
    let target = address(folder.path(), "other%20notes.md#top");
    assert!((0..2).all(|index| links[index]["target"] == target), "{links:#}");
    client.finish();
}

/// Types a text behind the first `before` of the story, and gives what is offered behind it.
fn offered(client: &mut Client, uri: &str, before: &str, typed: &str) -> Vec<Value> {
    let at = after(STORY, before);
    client.change(uri, 2, &json!([{ "range": { "start": at, "end": at }, "text": typed }]));
    client.diagnostics(uri, 2);
    let text = STORY.replacen(before, &format!("{before}{typed}"), 1);
    let position = after(&text, &format!("{before}{typed}"));
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    let list = client.request("textDocument/completion", &params);
    list["items"].as_array().expect("a list").clone()
}

#[test]
fn a_list_that_opened_at_a_bare_separator_stands_a_blank() {
    for (before, typed) in
        [("themes: [scaling", ","), ("🎉 **Questions:** production-outage, tight-deadline", ",")]
    {
        let (_folder, mut client, uri, _) = open();
        let items = offered(&mut client, &uri, before, typed);
        assert!(!items.is_empty());
        for item in &items {
            let text = item["textEdit"]["newText"].as_str().unwrap_or_default();
            let filter = item["filterText"].as_str().unwrap_or_default();
            assert!(text.starts_with(' ') && !text[1..].starts_with(' '), "{item}");
            assert!(filter.starts_with(' ') && !filter[1..].starts_with(' '), "{item}");
        }
        client.finish();
    }
    let (_folder, mut client, uri, _) = open();
    let items = offered(&mut client, &uri, "themes: [scaling", ", ");
    assert!(!items.is_empty());
    for item in &items {
        assert!(item["textEdit"]["newText"].as_str().is_some_and(|text| !text.starts_with(' ')), "{item}");
    }
    client.finish();
}

#[test]
fn a_list_that_opened_at_a_colon_stands_a_blank() {
    let (_folder, mut client, uri, _) = open();
    let items = offered(&mut client, &uri, "title: 🎉 The outage\n", "questions:");
    assert!(!items.is_empty());
    assert!(items.iter().all(|item| item["filterText"].as_str().is_some_and(|it| it.starts_with(' '))));
    client.finish();
}

#[test]
fn what_the_text_suggests_is_offered_first_with_its_reason() {
    let (_folder, mut client, uri, _) = open();
    let items = offered(&mut client, &uri, "tight-deadline\n", "🎉 **Themes:** ");
    assert_eq!(items[0]["label"], "Production incident", "{items:#?}");
    assert!(items[0]["detail"].as_str().is_some_and(|it| it.starts_with("suggested by “")), "{}", items[0]);
    client.finish();
}
