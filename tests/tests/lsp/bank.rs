//! What takes a whole bank to see, in open documents and on files that are not open.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{address, capabilities, rules};

/// A story of a title, too short to be like another.
fn story(title: &str) -> String {
    format!(
        "# {title}\n\n**Situation:** Checkout failed.\n\n**Task:** I had to mend it.\n\n\
         **Action:** I raised a limit in Postgres.\n\n**Result:** Errors fell from 20% to 0.1%.\n"
    )
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("created");
    fs::write(path, text).expect("written");
}

/// A client that tells of changed files.
fn watching(folder: &Path, mut extra: Value) -> Client {
    let mut capabilities = capabilities();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    capabilities["window"] = extra["window"].take();
    capabilities["experimental"] = extra["experimental"].take();
    let (mut client, _) = Client::initialized(folder, &capabilities);
    client.message("client/registerCapability");
    client
}

fn changed(client: &mut Client, folder: &Path, names: &[&str]) {
    let changes: Vec<Value> =
        names.iter().map(|name| json!({ "uri": address(folder, name), "type": 2 })).collect();
    client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": changes }));
}

fn settled(client: &mut Client, uri: &str) -> Vec<String> {
    let published = client.settled(uri);
    let found = published["diagnostics"].as_array().cloned().unwrap_or_default();
    rules(&found).into_iter().map(str::to_owned).collect()
}

#[test]
fn findings_on_closed_files_come_and_go_with_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", &story("The outage"));
    write(folder.path(), "b.md", &story("The outage"));
    let mut client = watching(folder.path(), json!({}));
    let (one, two) = (address(folder.path(), "a.md"), address(folder.path(), "b.md"));
    let published = client.settled(&two);
    assert_eq!(published["version"], Value::Null);
    assert_eq!(published["diagnostics"][0]["code"], "duplicate-title");
    let related = &published["diagnostics"][0]["relatedInformation"][0]["location"];
    assert_eq!(
        (related["uri"].as_str(), &related["range"]["start"]["line"]),
        (Some(one.as_str()), &json!(0))
    );
    assert!(settled(&mut client, &one).is_empty());

    // The text of the editor wins over the disk, also for what is said of others.
    client.open(&one, 1, &story("Another title"));
    assert!(settled(&mut client, &two).is_empty());
    client.change(&one, 2, &json!([{ "text": story("The outage") }]));
    assert_eq!(settled(&mut client, &two), ["duplicate-title"]);
    client.change(&one, 3, &json!([{ "text": story("Another title") }]));
    client.close(&one);
    assert_eq!(settled(&mut client, &two), ["duplicate-title"], "it was never saved");

    fs::remove_file(folder.path().join("a.md")).expect("removed");
    changed(&mut client, folder.path(), &["a.md"]);
    assert!(settled(&mut client, &two).is_empty());
    client.settled(&one);
    client.finish();
}

#[cfg(unix)]
#[test]
fn findings_follow_a_file_that_is_opened_by_another_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("bank");
    write(&root, "a.md", &story("The outage"));
    write(&root, "b.md", &story("The outage"));
    std::os::unix::fs::symlink(&root, folder.path().join("link")).expect("linked");
    let mut client = watching(&root, json!({}));
    let (one, other) = (address(&root, "b.md"), address(&folder.path().join("link"), "b.md"));
    assert_eq!(settled(&mut client, &one), ["duplicate-title"]);
    client.open(&other, 1, &story("The outage"));
    assert!(settled(&mut client, &one).is_empty(), "the document has them now");
    assert_eq!(settled(&mut client, &other), ["duplicate-title"]);
    client.finish();
}

#[test]
fn a_file_that_goes_while_another_folder_is_read_takes_its_findings_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, elsewhere) = (folder.path().join("bank"), folder.path().join("elsewhere"));
    write(&root, "a.md", &story("The outage"));
    write(&root, "b.md", &story("The outage"));
    write(&elsewhere, "starling.toml", "");
    let mut client = watching(&root, json!({}));
    let two = address(&root, "b.md");
    assert_eq!(settled(&mut client, &two), ["duplicate-title"]);
    // While many files are looked at, both come together: one look sees them, after which the other folder is to be read.
    for number in 0..400 {
        write(&root, &format!("many/{number}.md"), &story(&format!("Story {number}")));
    }
    changed(&mut client, &root, &["many"]);
    fs::remove_file(root.join("b.md")).expect("removed");
    changed(&mut client, &root, &["b.md"]);
    let opened = address(&elsewhere, "c.md");
    client.open(&opened, 1, &story("Another"));
    assert!(settled(&mut client, &two).is_empty());
    assert!(settled(&mut client, &opened).is_empty());
    client.finish();
}

#[test]
fn a_folder_that_is_moved_or_deleted_takes_its_stories_along() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", &story("The outage"));
    write(folder.path(), "old/b.md", &story("The outage"));
    let mut client = watching(folder.path(), json!({}));
    let (old, new) = (address(folder.path(), "old/b.md"), address(folder.path(), "new/b.md"));
    assert_eq!(settled(&mut client, &old), ["duplicate-title"]);
    fs::rename(folder.path().join("old"), folder.path().join("new")).expect("renamed");
    changed(&mut client, folder.path(), &["old", "new"]);
    assert!(settled(&mut client, &old).is_empty());
    assert_eq!(settled(&mut client, &new), ["duplicate-title"]);
    fs::remove_dir_all(folder.path().join("new")).expect("removed");
    changed(&mut client, folder.path(), &["new"]);
    assert!(settled(&mut client, &new).is_empty());
    client.finish();
}

#[test]
fn a_folder_takes_its_configuration_along() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", &story("The outage"));
    write(folder.path(), "inner/b.md", &story("The outage"));
    write(folder.path(), "inner/starling.toml", "");
    let mut client = watching(folder.path(), json!({}));
    let two = address(folder.path(), "inner/b.md");
    client.open(&two, 1, &story("The outage"));
    assert!(settled(&mut client, &two).is_empty(), "it is in a bank of its own");
    let away = tempfile::tempdir().expect("a folder");
    fs::rename(folder.path().join("inner"), away.path().join("inner")).expect("renamed");
    changed(&mut client, folder.path(), &["inner"]);
    assert_eq!(settled(&mut client, &two), ["duplicate-title"]);
    fs::rename(away.path().join("inner"), folder.path().join("inner")).expect("renamed");
    changed(&mut client, folder.path(), &["inner"]);
    assert!(settled(&mut client, &two).is_empty());
    client.finish();
}

#[test]
fn a_thousand_files_may_change_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<String> = (0..1000).map(|number| format!("{}/{number}.md", number % 7)).collect();
    names.iter().for_each(|name| write(folder.path(), name, &story(&format!("Story of {name}"))));
    let mut client = watching(folder.path(), json!({}));
    let first = address(folder.path(), &names[0]);
    assert_eq!(settled(&mut client, &first), [""; 0]);
    names.iter().for_each(|name| write(folder.path(), name, "Nothing.\n"));
    write(folder.path(), "0/0.md", &story("The outage"));
    write(folder.path(), "1/1.md", &story("The outage"));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    changed(&mut client, folder.path(), &names);
    assert_eq!(settled(&mut client, &address(folder.path(), "1/1.md")), ["duplicate-title"]);
    for name in names {
        client.settled(&address(folder.path(), name));
    }
    client.finish();
}

#[test]
fn what_is_typed_elsewhere_leaves_findings_of_the_bank_where_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", &story("The outage"));
    let mut client = watching(folder.path(), json!({}));
    let uri = address(folder.path(), "b.md");
    client.open(&uri, 1, &story("The outage"));
    assert_eq!(settled(&mut client, &uri), ["duplicate-title"]);
    let start = json!({ "line": 0, "character": 0 });
    for version in 2..40 {
        client.change(
            &uri,
            version,
            &json!([{ "range": { "start": start, "end": start }, "text": "x\n\n" }]),
        );
        let found = client.diagnostics(&uri, version);
        assert_eq!(rules(&found), ["duplicate-title"], "in version {version}");
        assert_eq!(found[0]["range"]["start"]["line"], 2 * (version - 1));
    }
    client.settled(&uri);
    client.finish();
}

#[test]
fn files_that_are_left_out_are_no_part_of_the_bank() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), ".gitignore", "ignored.md\n");
    for name in ["a.md", "ignored.md", ".hidden/b.md", "bank/c.md"] {
        write(folder.path(), name, &story("The outage"));
    }
    write(folder.path(), "bank/starling.toml", "");
    let mut client = watching(folder.path(), json!({}));
    client.settled("");
    let uri = address(folder.path(), "ignored.md");
    client.open(&uri, 1, &story("The outage"));
    assert!(settled(&mut client, &uri).is_empty());

    // Once nothing is ignored, the file is a part of it.
    fs::remove_file(folder.path().join(".gitignore")).expect("removed");
    changed(&mut client, folder.path(), &[".gitignore"]);
    assert_eq!(settled(&mut client, &uri), ["duplicate-title"]);
    client.finish();
}

#[test]
fn folders_of_the_editor_come_and_go() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["one/a.md", "one/b.md", "two/a.md", "two/b.md"] {
        write(folder.path(), name, &story("The outage"));
    }
    let mut client = watching(&folder.path().join("one"), json!({}));
    let uri = address(folder.path(), "two/b.md");
    assert!(settled(&mut client, &uri).is_empty());
    let two = json!({ "uri": address(folder.path(), "two"), "name": "two" });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        &json!({ "event": { "added": [two], "removed": [] } }),
    );
    assert_eq!(settled(&mut client, &uri), ["duplicate-title"]);
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        &json!({ "event": { "added": [], "removed": [two] } }),
    );
    assert!(settled(&mut client, &uri).is_empty());
    client.settled(&address(folder.path(), "one/b.md"));
    client.finish();
}

#[test]
fn what_cannot_be_read_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("latin.md"), b"caf\xE9\n").expect("written");
    let mut client = watching(folder.path(), json!({}));
    let message = client.message("window/showMessage");
    assert!(message["params"]["message"].as_str().is_some_and(|text| text.contains("latin.md")), "{message}");
    changed(&mut client, folder.path(), &["latin.md"]);
    client.settled("");
    client.finish();
}

/// The server as somebody whom the system can refuse a folder: tests may run as root, who is refused nothing.
#[cfg(unix)]
fn unprivileged(folder: &Path, program: &Path) -> Client {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65_534;
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let mut command = std::process::Command::new(program);
    if is_root {
        fs::copy(starling_tests::report::binary(), program).expect("copied");
        for path in [folder, program.parent().expect("a folder")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permitted");
        }
        command.uid(NOBODY).gid(NOBODY);
    } else {
        command = std::process::Command::new(starling_tests::report::binary());
    }
    Client::run(command, folder)
}

#[cfg(unix)]
#[test]
fn what_a_scan_stumbles_over_is_told_once_and_the_rest_is_read() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (place, programs) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let folder = place.path();
    write(folder, "a.md", &story("The outage"));
    write(folder, "deep/b.md", &story("The slow search"));
    write(folder, "locked/c.md", &story("Nobody reads this"));
    fs::set_permissions(folder.join("locked"), fs::Permissions::from_mode(0o000)).expect("permitted");
    symlink("..", folder.join("deep/loop")).expect("linked");
    symlink("loop.md", folder.join("loop.md")).expect("linked");
    symlink("nowhere.md", folder.join("dangling.md")).expect("linked");
    fs::write(folder.join("utf16.md"), b"\xFF\xFE#\0 \0A\0").expect("written");
    // A file of a hundred megabytes that takes no room.
    let large = fs::File::create(folder.join("large.md")).expect("created");
    large.set_len(100 << 20).expect("long");
    let mut client = unprivileged(folder, &programs.path().join("starling"));
    client.initialize(json!({ "rootUri": address(folder, ""), "capabilities": capabilities() }));
    client.settled("");
    let mut told: Vec<String> = (0..3)
        .map(|_| {
            client.message("window/showMessage")["params"]["message"].as_str().unwrap_or_default().to_owned()
        })
        .collect();
    told.sort();
    for (message, name) in told.iter().zip(["large.md", "locked", "utf16.md"]) {
        assert!(message.contains(name), "{told:?}");
    }
    // All is read again, and nothing is told again: whatever is not claimed fails the test at its end.
    write(folder, "starling.toml", "");
    changed(&mut client, folder, &["starling.toml"]);
    client.settled("");
    let found = client.request("workspace/symbol", &json!({ "query": "" }));
    let titles: Vec<&str> =
        found.as_array().expect("symbols").iter().filter_map(|story| story["name"].as_str()).collect();
    fs::set_permissions(folder.join("locked"), fs::Permissions::from_mode(0o755)).expect("permitted");
    assert_eq!(titles, ["The outage", "The slow search"]);
    client.finish();
}

#[test]
fn clients_that_care_are_told_how_far_it_is_and_what_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", &story("The outage"));
    let extra = json!({ "window": { "workDoneProgress": true }, "experimental": { "starlingBank": true } });
    let mut client = watching(folder.path(), extra);
    // It goes on, whether the client answers or not, and is not shown before it does.
    client.message("window/workDoneProgress/create");
    let told = client.message("starling/bankChanged");
    assert_eq!(told["params"]["roots"], json!([address(folder.path(), "")[..].trim_end_matches('/')]));
    client.finish();
}

#[test]
fn a_client_that_pulls_is_asked_to_pull_again() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", &story("The outage"));
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let (mut client, _) = Client::initialized(folder.path(), &capabilities);
    client.message("client/registerCapability");
    let uri = address(folder.path(), "b.md");
    client.open(&uri, 1, &story("Another title"));
    let pull = |client: &mut Client| {
        let params = json!({ "textDocument": { "uri": uri } });
        client.request("textDocument/diagnostic", &params)["items"].take()
    };
    client.settled("");
    assert_eq!(pull(&mut client), json!([]));
    write(folder.path(), "a.md", &story("Another title"));
    changed(&mut client, folder.path(), &["a.md"]);
    let refresh = client.message("workspace/diagnostic/refresh");
    client.reply(&refresh, &Value::Null);
    assert_eq!(pull(&mut client)[0]["code"], "duplicate-title");
    client.finish();
}

#[test]
fn leaving_does_not_wait_for_the_scan() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..3000 {
        write(folder.path(), &format!("{number}.md"), &story(&format!("Story {number}")).repeat(4));
    }
    // The client ends the session right away, and finds that nothing more is said.
    watching(folder.path(), json!({})).finish();
}

#[test]
fn a_lens_says_what_a_story_is_used_for_to_an_editor_that_can_show_it() {
    let map = "| Question | Story |\n|---|---|\n| a | Checkout outage |\n";
    for (commands, settings, expected) in [
        (json!(["starling.showUses"]), "", Some("mentioned in 1 place")),
        (json!(["starling.showUses"]), "[editor]\nlenses = false\n", None),
        (json!([]), "", None),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "map.md", map);
        write(folder.path(), "starling.toml", settings);
        write(folder.path(), "a.md", &story("Checkout outage"));
        let parameters =
            json!({ "capabilities": capabilities(), "initializationOptions": { "commands": commands } });
        let (mut client, offered) = Client::initialized_with(folder.path(), parameters);
        assert_eq!(offered["codeLensProvider"].is_object(), commands != json!([]));
        let uri = address(folder.path(), "a.md");
        client.open(&uri, 1, &story("Checkout outage"));
        // The answer of a command is about everything that lies in the folder.
        client.request(
            "workspace/executeCommand",
            &json!({ "command": "starling.bank.tree", "arguments": [{}] }),
        );
        if commands == json!([]) {
            continue;
        }
        let lenses = client.request("textDocument/codeLens", &json!({ "textDocument": { "uri": uri } }));
        assert_eq!(lenses[0]["command"]["title"].as_str(), expected, "{lenses}");
        let arguments = json!([uri, { "line": 0, "character": 2 }]);
        assert!(expected.is_none() || lenses[0]["command"]["arguments"] == arguments, "{lenses}");
    }
}
