//! `check --baseline`: what an earlier report said is not said again.

use crate::bank::{Bank, STORY, misspelled};

/// A bank with findings, and a report on it.
fn bank() -> Bank {
    let bank = Bank::new(&[("a.md", &misspelled()), ("b.md", &STORY.replace("## Task", "## Duty"))]);
    bank.write("known.json", bank.run("check --format json --fail-on error").out.as_bytes());
    bank
}

#[test]
fn what_is_known_does_not_fail() {
    let bank = bank();
    bank.run("check").assert_exit(1).assert_out("misspelled-part");
    let run = bank.run("check --baseline known.json");
    run.assert_exit(0).assert_out("All is well").assert_err("known.json");
}

#[test]
fn lines_added_above_change_nothing() {
    let bank = bank();
    bank.write("a.md", format!("Notes of March.\n\n{}", misspelled()).as_bytes());
    bank.run("check --baseline known.json").assert_exit(0);
}

#[test]
fn what_is_new_is_reported_alone() {
    let bank = bank();
    bank.write("a.md", misspelled().replace("## Result", "## Reslut").as_bytes());
    let run = bank.run("check --baseline known.json");
    run.assert_exit(1).assert_out("Reslut").assert_out("1 finding in");
    bank.write("c.md", misspelled().as_bytes());
    bank.run("check --baseline known.json").assert_exit(1).assert_out("--> c.md:3:4");
}

#[test]
fn one_known_finding_excuses_one() {
    let bank = Bank::new(&[("a.md", &misspelled())]);
    bank.write("known.json", bank.run("check --select misspelled-part --format json").out.as_bytes());
    bank.write("a.md", format!("{}\n{}", misspelled(), misspelled().replace("ledger", "queue")).as_bytes());
    let run = bank.run("check --select misspelled-part --baseline known.json");
    run.assert_exit(1).assert_out("1 finding in 1 of 1 file");
}

#[test]
fn how_much_is_known_is_told() {
    let bank = bank();
    bank.run("check a.md --baseline known.json").assert_exit(0).assert_err("findings in known.json left out");
    let elsewhere = bank.path("a.md").display().to_string();
    let run = bank.run(&format!("check {elsewhere} --baseline known.json"));
    run.assert_exit(1).assert_err("note: 0 of ").assert_err("paths count as they were written then");
}

#[test]
fn wrong_settings_are_reported_always() {
    let bank = Bank::new(&[("starling.toml", "[rulez]\n"), ("a.md", STORY)]);
    bank.write("known.json", bank.run("check --format json").out.as_bytes());
    bank.run("check --baseline known.json").assert_exit(2).assert_out("invalid-config");
}

#[test]
fn a_file_that_is_no_report_is_named() {
    let bank =
        Bank::new(&[("a.md", STORY), ("b.json", "{\"version\": 2, \"files\": []}"), ("c.json", "[1]")]);
    for (file, reason) in
        [("none.json", "no such file"), ("a.md", "not a report"), ("b.json", "version 2"), ("c.json", "")]
    {
        let run = bank.run(&format!("check --baseline {file}"));
        run.assert_exit(2).assert_err(&format!("--baseline {file}: ")).assert_err(reason);
        assert_eq!(run.out, "");
    }
}
