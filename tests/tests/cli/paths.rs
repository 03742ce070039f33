//! Which paths are read, and what is said of those that cannot be.

use crate::bank::{Bank, STORY};

#[test]
fn a_folder_is_searched() {
    let bank =
        Bank::new(&[("a.md", "x\n"), ("deep/er/b.markdown", "x\n"), ("c.txt", "x\n"), (".git/d.md", "x\n")]);
    let (report, exit) = bank.check_json("");
    assert_eq!(exit, 0);
    assert_eq!(report["summary"]["files"], 2);
    assert_eq!(bank.check_json(".").0, report);
    assert_eq!(bank.check_json("deep").0["summary"]["files"], 1);
    assert_eq!(bank.check_json(". deep a.md").0, report, "each file counts once");
}

#[test]
fn a_named_file_is_read_whatever_its_name() {
    let bank = Bank::new(&[("notes.txt", STORY), (".gitignore", "notes.txt\n")]);
    assert_eq!(bank.check_json("notes.txt").0["summary"]["files"], 1);
    assert_eq!(bank.check_json(".").0["summary"]["files"], 0);
}

#[test]
fn ignored_files_are_left_out() {
    let bank = Bank::new(&[("a.md", "x\n"), ("old/b.md", "x\n"), (".gitignore", "old/\n")]);
    assert_eq!(bank.check_json("").0["summary"]["files"], 1);
}

#[test]
fn a_missing_path_is_named_and_the_others_are_checked() {
    let bank = Bank::new(&[("a.md", "x\n"), ("file", "x\n")]);
    let run = bank.run("check nothing.md a.md file/b.md");
    run.assert_exit(2)
        .assert_err("nothing.md: no such file")
        .assert_err("file/b.md: no such file")
        .assert_out("1 file");
    let (report, exit) = bank.check_json("nothing.md a.md");
    assert_eq!(exit, 2);
    assert_eq!(report["skipped"][0]["path"], "nothing.md");
    assert_eq!(report["summary"]["files"], 1);
}

#[test]
fn a_dash_is_explained() {
    Bank::new(&[]).run("check -").assert_exit(2).assert_err("--stdin-filename");
}

#[test]
fn what_is_no_text_is_skipped_when_met_and_fails_when_named() {
    let bank = Bank::new(&[("a.md", "x\n")]);
    bank.write("utf16.md", b"\xFF\xFE#\0 \0A\0");
    bank.write("binary.md", b"\x7FELF\x02\x01\x01\0\0\0\0\0\x03\0\x3e\0");
    bank.write("latin1.md", b"# caf\xE9\n");
    bank.write("large.md", &vec![b'a'; 4 * 1024 * 1024 + 1]);
    let run = bank.run("check");
    run.assert_exit(0).assert_err("skipped utf16.md").assert_err("UTF-16").assert_err("large.md: too large");
    let (report, _) = bank.check_json("");
    let skipped: Vec<_> =
        report["skipped"].as_array().expect("a list").iter().map(|skip| &skip["path"]).collect();
    assert_eq!(skipped, ["binary.md", "large.md", "latin1.md", "utf16.md"]);
    for (name, reason) in
        [("utf16.md", "UTF-16"), ("binary.md", "binary"), ("latin1.md", "line 1"), ("large.md", "4.0 MiB")]
    {
        bank.run(&format!("check {name}")).assert_exit(2).assert_err(name).assert_err(reason);
    }
}

#[test]
fn a_file_of_four_mebibytes_is_read() {
    let bank =
        Bank::new(&[("a.md", &"word word word word word word word word word word word\n".repeat(70_000))]);
    bank.run("check a.md").assert_exit(0);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_told_apart() {
    use std::os::unix::fs::symlink;
    let bank = Bank::new(&[("a.md", "x\n"), ("inner/b.md", "x\n")]);
    symlink(bank.path("nothing"), bank.path("dangling.md")).expect("linked");
    symlink(bank.path(""), bank.path("inner/loop")).expect("linked");
    let made = std::process::Command::new("mkfifo").arg(bank.path("pipe.md")).status();
    let (report, exit) = bank.check_json("");
    assert_eq!((exit, &report["summary"]["files"]), (0, &2.into()));
    bank.run("check dangling.md").assert_exit(2).assert_err("dangling.md: no such file");
    if made.is_ok_and(|status| status.success()) {
        bank.run("check pipe.md").assert_exit(2).assert_err("pipe.md: not a regular file");
    }
    assert_eq!(bank.check_json("inner/loop").0["summary"]["files"], 2, "a link that is named is followed");
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_skipped() {
    use std::os::unix::fs::PermissionsExt as _;
    let bank = Bank::new(&[("a.md", "x\n"), ("closed/b.md", "x\n")]);
    let closed = bank.path("closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("set");
    let bites = std::fs::read_dir(&closed).is_err();
    let (run, named) = (bank.run("check"), bank.run("check closed"));
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("set");
    run.assert_exit(0);
    // Permissions do not bind the superuser.
    if bites {
        run.assert_err("skipped closed");
        named.assert_exit(2).assert_err("closed: cannot be read");
    }
}

#[test]
fn home_is_read_only_when_it_is_named() {
    let bank = Bank::new(&[("a.md", "x\n")]);
    let in_home = |arguments: &[&str]| {
        crate::bank::run(
            bank.command(arguments).env("HOME", bank.path("").canonicalize().expect("there")),
            b"",
        )
    };
    in_home(&["check"]).assert_exit(2).assert_err("unless it is named");
    in_home(&["check", "."]).assert_exit(0);
}

#[test]
fn paths_are_printed_as_given() {
    let bank = Bank::new(&[("a/starling.toml", "[bnak]\n"), ("a/b/c.md", "x\n")]);
    bank.run("check a/b").assert_exit(2).assert_out("--> a/starling.toml:1:2");
    bank.run("check ./a").assert_out("--> a/starling.toml:1:2");
    let inside = crate::bank::run(bank.command(["check", "c.md"]).current_dir(bank.path("a/b")), b"");
    inside.assert_exit(2).assert_out("--> ../starling.toml:1:2");
    let absolute = bank.path("a/b").to_string_lossy().into_owned();
    bank.run(&format!("check {absolute}"))
        .assert_out(&format!("--> {}:1:2", bank.path("a/starling.toml").display()));
}
