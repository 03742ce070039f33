//! `--fix` and `--diff`: what becomes of the files.

use crate::bank::{Bank, STORY, misspelled};

#[test]
fn a_fix_is_written_and_a_second_run_changes_nothing() {
    let bank = Bank::new(&[("a.md", &misspelled()), ("b.md", STORY)]);
    bank.run("check --fix").assert_out("Applied 1 fix in 1 file.");
    assert_eq!(bank.read("a.md"), STORY.as_bytes());
    assert_eq!(bank.read("b.md"), STORY.as_bytes());
    let again = bank.run("check --fix");
    assert!(!again.out.contains("Applied"), "{again:#?}");
    assert_eq!(bank.read("a.md"), STORY.as_bytes());
    let left: Vec<_> = std::fs::read_dir(bank.path("")).expect("a folder").collect();
    assert_eq!(left.len(), 2, "nothing temporary is left: {left:?}");
}

#[test]
fn a_fixed_finding_does_not_fail() {
    let bank = Bank::new(&[("a.md", &misspelled())]);
    bank.run("check --select misspelled-part").assert_exit(1);
    bank.run("check --select misspelled-part --fix").assert_exit(0);
    let (report, _) = bank.check_json("--select misspelled-part --fix");
    assert_eq!(report["summary"]["fixed"], 0);
}

#[test]
fn without_fix_nothing_is_written() {
    let bank = Bank::new(&[("a.md", &misspelled())]);
    let before = std::fs::metadata(bank.path("a.md")).and_then(|data| data.modified()).expect("a time");
    for arguments in ["check", "check --diff", "check --fix --diff", "stories", "check --format json"] {
        bank.run(arguments);
    }
    assert_eq!(bank.read("a.md"), misspelled().as_bytes());
    assert_eq!(
        std::fs::metadata(bank.path("a.md")).and_then(|data| data.modified()).expect("a time"),
        before
    );
}

#[test]
fn a_diff_is_a_patch() {
    let bank = Bank::new(&[("a.md", &misspelled()), ("b.md", STORY)]);
    let run = bank.run("check --diff");
    run.assert_exit(1).assert_err("1 fix would change 1 file");
    assert_eq!(
        run.out,
        "--- a.md\n+++ a.md\n@@ -1,6 +1,6 @@\n # The outage of the ledger\n \n-## Sitation\n+## Situation\n \n \
         In March our payments service, on which 14 teams depend, answered every third request with an error.\n \n"
    );
    bank.write("a.md", STORY.as_bytes());
    let run = bank.run("check --diff");
    run.assert_exit(0).assert_err("nothing to fix");
    assert_eq!(run.out, "");
}

#[test]
fn line_ends_and_the_byte_order_mark_are_kept() {
    let bank = Bank::new(&[]);
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    bank.write("a.md", crlf(&misspelled()).as_bytes());
    let patch = bank.run("check --diff").out;
    assert!(patch.contains("-## Sitation\r\n+## Situation\r\n"), "{patch:?}");
    bank.run("check --fix");
    assert_eq!(String::from_utf8(bank.read("a.md")).expect("UTF-8"), crlf(STORY));
}

#[test]
fn a_text_without_a_last_line_end_stays_without() {
    let bank = Bank::new(&[("a.md", misspelled().trim_end())]);
    bank.run("check --fix");
    assert_eq!(bank.read("a.md"), STORY.trim_end().as_bytes());
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let bank = Bank::new(&[("a.md", &misspelled()), ("inner/x.md", "x\n")]);
    std::fs::set_permissions(bank.path("a.md"), std::fs::Permissions::from_mode(0o604)).expect("set");
    symlink("../a.md", bank.path("inner/link.md")).expect("linked");
    bank.run("check --fix inner/link.md");
    assert_eq!(bank.read("a.md"), STORY.as_bytes());
    assert!(std::fs::symlink_metadata(bank.path("inner/link.md")).expect("there").is_symlink());
    let mode = std::fs::metadata(bank.path("a.md")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o604);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let bank = Bank::new(&[("a.md", &misspelled())]);
    std::fs::set_permissions(bank.path("a.md"), std::fs::Permissions::from_mode(0o444)).expect("set");
    // Permissions do not bind the superuser.
    let bites = std::fs::OpenOptions::new().write(true).open(bank.path("a.md")).is_err();
    let run = bank.run("check --fix");
    if bites {
        run.assert_exit(2).assert_err("a.md: not fixed");
        assert_eq!(bank.read("a.md"), misspelled().as_bytes());
    }
}

/// Kills the program after so long while it fixes files; how many it had fixed, each of them wholly.
fn fixed_when_killed_after(delay: std::time::Duration, names: &[String]) -> usize {
    use std::process::Stdio;
    let (old, new) = (misspelled(), STORY);
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), old.as_str())).collect();
    let bank = Bank::new(&files);
    let mut process = std::process::Command::new(starling_tests::report::binary())
        .args(["check", "--fix"])
        .current_dir(bank.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    std::thread::sleep(delay);
    process.kill().expect("it can be killed");
    process.wait().expect("it ends");
    let texts: Vec<Vec<u8>> = names.iter().map(|name| bank.read(name)).collect();
    for (name, text) in names.iter().zip(&texts) {
        assert!(text == old.as_bytes() || text == new.as_bytes(), "{name} after {delay:?}");
    }
    texts.iter().filter(|text| *text == new.as_bytes()).count()
}

#[test]
fn a_killed_fix_leaves_each_file_as_it_was_or_as_it_should_be() {
    const FILES: usize = 200;
    const SWEEPS: u64 = 20;
    let names: Vec<String> = (0..FILES).map(|number| format!("{number}.md")).collect();
    // From before the first file to after the last one, however fast the machine is; again, if no kill fell between.
    let mut between = 0;
    for sweep in 0..SWEEPS {
        let mut microseconds = 1000 + 97 * sweep;
        loop {
            let fixed = fixed_when_killed_after(std::time::Duration::from_micros(microseconds), &names);
            between += usize::from(fixed > 0 && fixed < FILES);
            if fixed == FILES {
                break;
            }
            microseconds += 500 + microseconds / 8;
        }
        if between > 0 {
            return;
        }
    }
    panic!("it was never killed in the middle");
}
