//! Standard input, `stories` and `explain`.

use crate::bank::{Bank, STORY, misspelled, rules};

#[test]
fn standard_input_is_read_as_the_named_file() {
    let bank = Bank::new(&[("starling.toml", "[rules]\nmisspelled-part = 'error'\n")]);
    let run = bank.run_with("check --stdin-filename notes/a.md", misspelled().as_bytes());
    run.assert_exit(1).assert_out("error[misspelled-part]").assert_out("--> notes/a.md:3:4");
    let run = bank.run_with("check --stdin-filename a.md --format json", misspelled().as_bytes());
    assert_eq!(run.json()["files"][0]["path"], "a.md");
}

#[test]
fn standard_input_says_the_same_as_the_file() {
    let bank = Bank::new(&[("a.md", &misspelled())]);
    let from_file = bank.run("check --format json a.md");
    let from_input = bank.run_with("check --format json --stdin-filename a.md", &bank.read("a.md"));
    assert_eq!((from_file.out, from_file.exit), (from_input.out, from_input.exit));
}

#[test]
fn standard_input_that_is_no_text_fails() {
    let bank = Bank::new(&[]);
    bank.run_with("check --stdin-filename a.md", b"\xFF\xFEa\0").assert_exit(2).assert_err("UTF-16");
    bank.run_with("check --stdin-filename a.md", &vec![b'a'; 4 * 1024 * 1024 + 1])
        .assert_exit(2)
        .assert_err("too large");
    bank.run("check --stdin-filename a.md b.md").assert_exit(2).assert_err("cannot be used with");
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let bank = Bank::new(&[]);
    let run = bank.run_with("check --fix --stdin-filename a.md", misspelled().as_bytes());
    assert_eq!(run.out, STORY);
    run.assert_err("Applied 1 fix");
    assert!(!bank.path("a.md").exists());
}

#[test]
fn stories_are_listed() {
    let bank = Bank::new(&[("a.md", STORY)]);
    let run = bank.run("stories");
    run.assert_exit(0).assert_out("a.md:1: The outage of the ledger").assert_out("1 stor");
    let report = bank.run("stories --format json").json();
    let story = &report["files"][0]["stories"][0];
    assert_eq!(
        (&report["version"], &story["line"], &story["template"]),
        (&1.into(), &1.into(), &false.into())
    );
    let parts: Vec<_> = story["parts"].as_array().expect("parts").iter().map(|part| &part["part"]).collect();
    assert_eq!(parts, ["situation", "task", "action", "result", "reflection"]);
    assert_eq!(story["seconds"], (story["words"].as_u64().expect("a number") * 60 + 70) / 140);
    for key in ["principles", "themes", "questions", "unknown", "metrics", "technologies"] {
        assert!(story[key].is_array(), "{key}");
    }
}

#[test]
fn check_counts_stories() {
    let (report, _) = Bank::new(&[("a.md", STORY)]).check_json("");
    assert_eq!(report["summary"]["stories"], 1);
}

#[test]
fn explain_lists_and_explains() {
    let bank = Bank::new(&[]);
    bank.run("explain").assert_exit(0).assert_out("Parts\n").assert_out("  situation ");
    bank.run("explain Situation").assert_exit(0).assert_out("# situation (part)");
    bank.run("explain sitation").assert_exit(2).assert_err("Did you mean \"situation\"?");
    bank.run("explain xyzzy-plugh").assert_exit(2).assert_err("lists all names");
}

#[test]
fn rules_are_explained() {
    let bank = Bank::new(&[]);
    bank.run("explain unquantified-result").assert_exit(0).assert_out("# unquantified-result (rule)");
    bank.run("explain unquantifed-result").assert_exit(2).assert_err("Did you mean \"unquantified-result\"?");
}

#[test]
fn the_configuration_of_the_report_is_found_from_the_name() {
    let bank = Bank::new(&[("a/starling.toml", "[bnak]\n")]);
    let run = bank.run_with("check --format json --stdin-filename a/b.md", b"x\n");
    assert_eq!(rules(&run.json()), ["invalid-config"]);
    run.assert_exit(2);
}
