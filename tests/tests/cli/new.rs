//! `starling new`.

use crate::bank::{Bank, Run, STORY, run};

fn new(bank: &Bank, arguments: &[&str]) -> Run {
    run(bank.command(["new"]).args(arguments), b"")
}

fn text(bank: &Bank, name: &str) -> String {
    String::from_utf8(bank.read(name)).expect("UTF-8")
}

#[test]
fn a_story_is_written_in_the_manner_of_the_bank() {
    let bank = Bank::new(&[("a.md", STORY)]);
    let made = new(&bank, &["The night shift", "--question", "production-outage"]);
    assert_eq!(made.assert_exit(0).out, "the-night-shift.md\n");
    let story = text(&bank, "the-night-shift.md");
    assert!(story.starts_with("---\nthemes: [production-incident]\nquestions: [production-outage]\n---\n\n# The night shift\n\n## Situation\n"), "{story}");
    bank.run("stories").assert_out("1 story and 1 template in 2 files.");
    bank.run("check").assert_exit(0);
    new(&bank, &["Scale", "--theme", "Scaling"]).assert_exit(0);
    assert!(text(&bank, "scale.md").contains("themes: [scaling]"));
}

#[test]
fn nothing_is_overwritten_and_nothing_leaves_the_folder() {
    let bank = Bank::new(&[("notes/x.md", "mine\n")]);
    new(&bank, &["X", "--dir", "notes"]).assert_exit(2).assert_err("notes/x.md is there already");
    assert_eq!(text(&bank, "notes/x.md"), "mine\n");
    assert_eq!(new(&bank, &["../../Evil/../x y", "--dir", "notes"]).out, "notes/evil-x-y.md\n");
    assert_eq!(new(&bank, &["/etc/motd"]).out, "etc-motd.md\n");
    assert!(bank.path("notes/evil-x-y.md").is_file() && bank.path("etc-motd.md").is_file());
    new(&bank, &["A\n\n## Situation\n\nx"]).assert_exit(0).assert_out("a-situation-x.md");
}

#[test]
fn mistakes_are_explained() {
    let bank = Bank::new(&[]);
    new(&bank, &["..."]).assert_exit(2).assert_err("letter or digit");
    new(&bank, &["X", "--question", "production-outgae"])
        .assert_exit(2)
        .assert_err("Did you mean \"production-outage\"?");
    new(&bank, &["X", "--theme", "zebra"]).assert_exit(2).assert_err("there are production-incident, ");
    new(&bank, &["X", "--theme", "scaling", "--question", "failure"]).assert_exit(2);
    new(&bank, &["X", "--dir", "nowhere"]).assert_exit(2).assert_err("nowhere");
    assert_eq!(std::fs::read_dir(bank.path("")).expect("listed").count(), 0, "nothing was written");
    bank.write("starling.toml", b"x = [");
    new(&bank, &["X"]).assert_exit(2).assert_err("starling.toml:1:6");
    assert!(!bank.path("x.md").exists(), "what the bank wants is not known");
}
