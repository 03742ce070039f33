//! `starling ask`.

use serde_json::Value;
use starling_tests::report::folder;

use crate::bank::{Bank, Run, STORY, run};

fn ask(question: &str, arguments: &[&str]) -> Run {
    let bank = Bank::new(&[]);
    let mut command = bank.command(["ask", question]);
    run(command.arg(folder("bank")).args(arguments), b"")
}

#[test]
fn the_answer_is_explained() {
    let found = ask("Tell me about a time when production was down", &[]);
    found
        .assert_exit(0)
        .assert_out(
            "Nearest question: Tell me about a time you debugged a production outage (production-outage)",
        )
        .assert_out("1. The lag graph that stayed green (")
        .assert_out("Why: answers “Tell me about a time you debugged a production outage”")
        .assert_out("Stress: ");
}

#[test]
fn programs_get_all_of_it() {
    let report = ask("a time you had to convince people", &["--format", "json"]).json();
    assert_eq!(report["version"], 1);
    let stories = report["stories"].as_array().expect("stories");
    assert!(stories.len() > 3, "{report}");
    let first = &stories[0];
    assert!(first["story"].as_str().expect("a place").contains(".md#"), "{first}");
    for key in ["reasons", "stress", "missing"] {
        assert!(first[key].is_array(), "{first}");
    }
    let again = ask("a time you had to convince people", &["--format", "json"]).json();
    assert_eq!(report, again, "the same question has the same answer");
}

#[test]
fn what_is_found_nowhere_is_said() {
    ask("zebra?", &[]).assert_exit(0).assert_out("No story fits");
    assert_eq!(ask("", &["--format", "json"]).json()["stories"], Value::Array(Vec::new()));
    let bank = Bank::new(&[]);
    bank.run("ask outage").assert_exit(0).assert_out("no stories here");
    bank.write("a.md", STORY.as_bytes());
    bank.run("ask outage").assert_out("1. The outage of the ledger (a.md:1)");
    bank.run("ask outage nowhere").assert_exit(2).assert_err("nowhere: no such file");
    bank.run("ask").assert_exit(2);
}
