//! `starling.toml` and the options that override it.

use crate::bank::{Bank, STORY, misspelled, rules};

#[test]
fn bad_toml_is_a_finding_and_the_rest_is_checked() {
    let bank = Bank::new(&[("starling.toml", "[bank\n"), ("a.md", "x\n")]);
    let run = bank.run("check");
    run.assert_exit(2).assert_out("error[invalid-config]").assert_out("--> starling.toml:1:6");
    let (report, exit) = bank.check_json("");
    assert_eq!(exit, 2);
    assert_eq!(rules(&report), ["invalid-config"]);
    assert_eq!(report["files"][0]["path"], "starling.toml");
    assert_eq!(report["files"][0]["findings"][0]["range"]["start"]["line"], 1);
    bank.run("check a.md").assert_exit(2);
    bank.run("check starling.toml").assert_exit(2).assert_out("1 finding in 1 of 1 file");
}

#[test]
fn an_unknown_rule_is_named_at_its_place() {
    let bank = Bank::new(&[("starling.toml", "# Später\n[rules]\nmising-part = \"off\"\n"), ("a.md", "x\n")]);
    let run = bank.run("check");
    run.assert_exit(2).assert_out("Did you mean \"missing-part\"?").assert_out("--> starling.toml:3:1");
}

#[test]
fn a_configuration_without_files_is_judged() {
    Bank::new(&[("starling.toml", "x = 1\n")]).run("check").assert_exit(2).assert_out("Unknown table `x`");
}

#[test]
fn a_configuration_that_is_no_text_fails() {
    let bank = Bank::new(&[("a.md", "x\n")]);
    bank.write("starling.toml", b"\xFF\xFE[\0");
    bank.run("check").assert_exit(2).assert_err("starling.toml").assert_err("the defaults apply");
    bank.run("config").assert_exit(2).assert_err("starling.toml");
}

#[test]
fn severities_and_fail_on_decide_the_exit() {
    let bank = Bank::new(&[("a.md", &misspelled())]);
    bank.run("check --select misspelled-part").assert_exit(1).assert_out("warning[misspelled-part]");
    bank.run("check --select misspelled-part --fail-on error").assert_exit(0);
    bank.write("starling.toml", b"[rules]\nmisspelled-part = 'hint'\n");
    bank.run("check --select misspelled-part").assert_exit(0).assert_out("hint[misspelled-part]");
    bank.run("check --select misspelled-part --fail-on hint").assert_exit(1);
}

#[test]
fn select_and_ignore_override_the_configuration() {
    let bank = Bank::new(&[("a.md", &misspelled()), ("starling.toml", "[rules]\nmisspelled-part = 'off'\n")]);
    assert!(!rules(&bank.check_json("").0).contains(&"misspelled-part"));
    assert_eq!(rules(&bank.check_json("--select misspelled-part,part-order").0), ["misspelled-part"]);
    assert!(rules(&bank.check_json("--select misspelled-part --ignore misspelled-part").0).is_empty());
}

#[test]
fn unknown_rules_in_options_are_explained() {
    let bank = Bank::new(&[]);
    for option in ["--select", "--ignore"] {
        let run = bank.run(&format!("check {option} mising-part"));
        run.assert_exit(2).assert_err(option).assert_err("Did you mean \"missing-part\"?");
        bank.run(&format!("check {option} zzz")).assert_exit(2).assert_err("starling explain");
    }
}

#[test]
fn excluded_files_are_left_out_unless_named() {
    let bank =
        Bank::new(&[("a.md", STORY), ("old/b.md", STORY), ("starling.toml", "[bank]\nexclude = ['old']\n")]);
    assert_eq!(bank.check_json("").0["summary"]["files"], 1);
    assert_eq!(bank.check_json("old").0["summary"]["files"], 0);
    assert_eq!(bank.check_json("old/b.md").0["summary"]["files"], 1);
}

#[test]
fn included_files_hold_stories() {
    let bank = Bank::new(&[("notes/a.md", "# A\n\n## Situation\n\nThe ledger was down.\n")]);
    let count = || bank.run("stories --format json").json()["files"].as_array().map_or(0, Vec::len);
    assert_eq!(count(), 0);
    bank.write("starling.toml", b"[bank]\ninclude = ['notes/*.md']\n");
    assert_eq!(count(), 1);
}

#[test]
fn config_prints_what_applies_and_where_from() {
    let bank =
        Bank::new(&[("starling.toml", "[bank]\ninclude = ['a/**']\n"), ("a/b.md", "x\n"), ("x/y", "")]);
    let run = bank.run("config a/b.md");
    run.assert_exit(0).assert_out("# From starling.toml").assert_out("include = [\"a/**\"]");
    bank.write("starling.toml", run.out.as_bytes());
    assert_eq!(bank.run("config").out, run.out, "what is printed says the same when it is read");
    bank.run("config missing").assert_exit(2).assert_err("missing: no such file");
    Bank::new(&[]).run("config").assert_exit(0).assert_out("# The defaults");
}

#[test]
fn the_schema_is_json() {
    let bank = Bank::new(&[]);
    let run = bank.run("config --schema");
    run.assert_exit(0).assert_out("\"additionalProperties\": false").assert_out("\"missing-part\"");
    bank.run("config --schema .").assert_exit(2);
}
