//! Rules that see a whole folder.

use serde_json::Value;

use crate::bank::{Bank, STORY, rules};

const MAP: &str = "\
| Question | Story |
|---|---|
| An outage | [it](ledger.md) |
| Another one | [it](queue.md) |
| A third | [it](quee.md) |
";

fn queue() -> String {
    STORY
        .replace("The outage of the ledger", "The queue")
        .replace("payments service", "invoice queue")
        .replace("every third request with an error", "nothing at all for half an hour")
        .replace("rolled back the release, compared the query plans in Postgres", "read the broker's log")
        .replace(
            "found a missing index, added it with a migration that\ntakes no lock",
            "raised the limit of its memory",
        )
        .replace(
            "I learned to ask for the query plan in every review of a migration",
            "Now I look at memory first",
        )
}

/// `file rule` of each finding of the rules about banks.
fn found(report: &Value) -> Vec<String> {
    let files = report["files"].as_array().expect("files");
    let named = files.iter().flat_map(|file| {
        let path = file["path"].as_str().expect("a path");
        let findings = file["findings"].as_array().expect("findings");
        findings.iter().map(move |finding| format!("{path} {}", finding["rule"].as_str().expect("a rule")))
    });
    named.filter(|name| name.contains("duplicate-") || name.contains("dangling-")).collect()
}

#[test]
fn a_folder_is_one_bank() {
    let bank = Bank::new(&[("ledger.md", STORY), ("queue.md", &queue()), ("map.md", MAP)]);
    let (report, exit) = bank.check_json("");
    assert_eq!((found(&report), exit), (vec!["map.md dangling-reference".to_owned()], 1));
    bank.run("check")
        .assert_out("Did you mean “queue.md”?")
        .assert_out("note: queue.md:1: “The queue” is here");
    bank.write("again.md", STORY.as_bytes());
    bank.write("renamed.md", STORY.replace("# The outage of the ledger", "# Errors in March").as_bytes());
    assert_eq!(
        found(&bank.check_json("").0),
        ["ledger.md duplicate-title", "map.md dangling-reference", "renamed.md duplicate-story"]
    );
    assert_eq!(found(&bank.check_json("ledger.md").0), [""; 0], "a file by itself is a bank by itself");
}

#[test]
fn the_nearest_configuration_is_the_root() {
    let bank = Bank::new(&[("starling.toml", ""), ("a/ledger.md", STORY), ("b/again.md", STORY)]);
    assert_eq!(found(&bank.check_json("b/again.md").0), ["b/again.md duplicate-title"]);
    assert_eq!(found(&bank.check_json("a").0), [""; 0], "the first of two is the one that the other repeats");
    let here = crate::bank::run(bank.command(["check", "again.md"]).current_dir(bank.path("b")), b"");
    here.assert_exit(1).assert_out("note: ../a/ledger.md:1: ");
    let typed = bank.run_with("check --format json --stdin-filename b/again.md", STORY.as_bytes());
    assert_eq!(found(&typed.json()), ["b/again.md duplicate-title"]);
    bank.write("b/starling.toml", b"");
    assert_eq!(found(&bank.check_json("").0), [""; 0], "two configurations make two banks");
}

#[test]
fn bank_rules_are_configured_and_silenced_like_others() {
    let silenced = format!("<!-- starling-ignore duplicate-title -->\n\n{STORY}");
    let bank = Bank::new(&[("a.md", STORY), ("b.md", &silenced)]);
    assert_eq!(rules(&bank.check_json("").0), [""; 0]);
    bank.write("b.md", STORY.as_bytes());
    assert_eq!(rules(&bank.check_json("").0), ["duplicate-title"]);
    assert_eq!(rules(&bank.check_json("--ignore duplicate-title").0), [""; 0]);
    bank.write("starling.toml", b"[rules]\nduplicate-title = 'hint'\n");
    assert_eq!(bank.check_json("").1, 0);
    bank.write("map.md", format!("<!-- starling-ignore-file dangling-reference -->\n\n{MAP}").as_bytes());
    bank.write("ledger.md", b"x");
    bank.write("queue.md", queue().as_bytes());
    assert_eq!(rules(&bank.check_json("").0), ["duplicate-title"]);
}
