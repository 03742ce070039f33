//! Command line and language server say the same of every file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use starling_tests::client::{Client, uri};
use starling_tests::report::{binary, folder};

use super::capabilities;

/// A finding in the terms of `check --format json`.
type Said = (String, String, String, Value);

#[test]
fn check_and_diagnostics_agree_on_every_file() {
    for name in ["bank", "corpus"] {
        compare(&folder(name));
    }
}

/// Rules that see the bank as a whole: of files that are not open, they alone speak.
const OF_BANKS: [&str; 3] = ["dangling-reference", "duplicate-story", "duplicate-title"];

fn compare(root: &Path) {
    let (checked, skipped) = checked(root);
    let mut capabilities = capabilities();
    // The unit of the command line, so that columns can be compared.
    capabilities["general"] = json!({ "positionEncodings": ["utf-32"] });
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let (mut client, _) = Client::initialized(root, &capabilities);
    client.message("client/registerCapability");
    let files = markdown(root);
    assert!(files.len() > 10, "{} has files", root.display());
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let address = uri(&file);
        let expected = checked.get(&file).map_or(&[][..], Vec::as_slice);
        let of_bank: Vec<&Said> =
            expected.iter().filter(|said| OF_BANKS.contains(&said.0.as_str())).collect();
        let pushed = said_in_editor(&client.settled(&address));
        assert_eq!(pushed.iter().collect::<Vec<_>>(), of_bank, "{} before it is opened", file.display());
        client.open(&address, 1, text.strip_prefix('\u{feff}').unwrap_or(&text));
        assert_eq!(said_in_editor(&client.settled(&address)), expected, "{}", file.display());
        client.close(&address);
        let pushed = said_in_editor(&client.settled(&address));
        assert_eq!(pushed.iter().collect::<Vec<_>>(), of_bank, "{} after it was closed", file.display());
    }
    for _ in 0..skipped {
        client.message("window/showMessage");
    }
    client.finish();
}

/// The findings by file, and how many files were skipped.
fn checked(root: &Path) -> (BTreeMap<PathBuf, Vec<Said>>, usize) {
    let output =
        Command::new(binary()).args(["check", "--format", "json"]).arg(root).output().expect("it runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files = report["files"].as_array().expect("a list").iter();
    let findings =
        |file: &Value| file["findings"].as_array().expect("a list").iter().map(said_by_check).collect();
    let skipped = report["skipped"].as_array().map_or(0, Vec::len);
    (
        files.map(|file| (PathBuf::from(file["path"].as_str().expect("a path")), findings(file))).collect(),
        skipped,
    )
}

fn said_by_check(finding: &Value) -> Said {
    let place = |place: &Value| {
        let at = |key: &str| place[key].as_u64().expect("a number") - 1;
        json!({ "line": at("line"), "character": at("column") })
    };
    let range = json!({ "start": place(&finding["range"]["start"]), "end": place(&finding["range"]["end"]) });
    let text = |key: &str| finding[key].as_str().expect("a text").to_owned();
    (text("rule"), text("severity"), text("message"), range)
}

fn said_in_editor(published: &Value) -> Vec<Said> {
    published["diagnostics"].as_array().into_iter().flatten().map(diagnosed).collect()
}

fn diagnosed(diagnostic: &Value) -> Said {
    let severity = match diagnostic["severity"].as_u64() {
        Some(1) => "error",
        Some(2) => "warning",
        Some(3) => "information",
        _ => "hint",
    };
    let text = |key: &str| diagnostic[key].as_str().expect("a text").to_owned();
    (text("code"), severity.to_owned(), text("message"), diagnostic["range"].clone())
}

fn markdown(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(markdown(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}
