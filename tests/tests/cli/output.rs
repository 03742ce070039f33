//! Streams, colours, and the shape of the report.

use std::process::Stdio;

use crate::bank::{Bank, STORY, misspelled};

/// A file whose findings hold what must not reach a terminal.
fn hostile() -> String {
    misspelled().replace("payments service", "payments \u{1b}[31m\u{9b}2J\u{202e} service")
}

#[test]
fn nothing_to_say_is_a_success() {
    let run = Bank::new(&[("a.md", "# Shopping\n\n- milk\n")]).run("check");
    run.assert_exit(0).assert_out("No stories found in 1 file.");
    assert_eq!(run.err, "");
    Bank::new(&[]).run("check").assert_exit(0).assert_out("No Markdown files found.");
}

#[test]
fn a_finding_shows_its_line() {
    let bank = Bank::new(&[("a.md", &misspelled())]);
    let run = bank.run("check --select misspelled-part");
    run.assert_exit(1).assert_out("warning[misspelled-part]: ").assert_out(" --> a.md:3:4\n");
    run.assert_out("3 | ## Sitation\n  |    ^^^^^^^^\n").assert_out("(applied by --fix)");
    run.assert_out("1 finding in 1 of 1 file (1 story): 1 warning\n");
}

#[test]
fn bad_arguments_exit_with_2() {
    let bank = Bank::new(&[]);
    bank.run("check --bogus").assert_exit(2).assert_err("--bogus");
    bank.run("check --fail-on loud").assert_exit(2).assert_err("information");
    bank.run("chekc").assert_exit(2).assert_err("check");
    bank.run("").assert_exit(2).assert_err("Usage");
    bank.run("check --diff --format json").assert_exit(2);
}

#[test]
fn help_and_version_are_successes() {
    let bank = Bank::new(&[]);
    bank.run("--version").assert_exit(0).assert_out("starling ");
    bank.run("--help").assert_exit(0).assert_out("check");
    bank.run("check --help").assert_exit(0).assert_out("Exit code:").assert_out("Examples:");
}

#[test]
fn pipes_get_no_escapes() {
    let bank = Bank::new(&[("a.md", &hostile()), ("starling.toml", "[x\n")]);
    for arguments in
        ["check", "check --format json", "stories", "explain", "config", "check --help", "check --bogus"]
    {
        let run = bank.run(arguments);
        assert!(!run.out.contains(['\u{1b}', '\u{9b}']), "{arguments}: {run:#?}");
        assert!(!run.err.contains(['\u{1b}', '\u{9b}']), "{arguments}: {run:#?}");
    }
}

#[test]
fn colours_on_demand_only() {
    let bank = Bank::new(&[("a.md", &misspelled())]);
    bank.run("check --color always --select misspelled-part").assert_out("\u{1b}[");
    let never = bank.run("check --color never --select misspelled-part");
    assert!(!never.out.contains('\u{1b}'));
    let silent = crate::bank::run(bank.command(["check"]).env("NO_COLOR", "1"), b"");
    assert!(!silent.out.contains('\u{1b}'));
}

#[test]
fn json_has_its_shape() {
    let bank = Bank::new(&[("a.md", &misspelled()), ("b.md", STORY)]);
    let (report, exit) = bank.check_json("--select misspelled-part");
    assert_eq!(exit, 1);
    assert_eq!(report["version"], 1);
    assert_eq!(report["files"].as_array().map(Vec::len), Some(1), "files without findings are only counted");
    assert_eq!(report["files"][0]["path"], "a.md");
    let finding = &report["files"][0]["findings"][0];
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["part"], "situation");
    assert_eq!(
        finding["range"],
        serde_json::json!({"start": {"line": 3, "column": 4}, "end": {"line": 3, "column": 12}})
    );
    assert_eq!(finding["fixes"][0]["applicability"], "safe");
    assert!(finding.get("subject").is_some());
    let counts = serde_json::json!({"error": 0, "warning": 1, "information": 0, "hint": 0});
    assert_eq!(report["summary"]["findings"], counts);
    assert_eq!((&report["summary"]["files"], &report["summary"]["stories"]), (&2.into(), &2.into()));
    assert_eq!(report["skipped"], serde_json::json!([]));
}

#[test]
fn columns_count_characters() {
    let text = misspelled().replace("## Sitation\n\nIn March", "**Sitation:** In March");
    let text = text.replace("## Task\n\n", "**Task:** ").replace("## Action\n\n", "**Action:** 🎉 ");
    let bank = Bank::new(&[]);
    bank.write("a.md", format!("\u{feff}{}", text.replace("**Sitation", "é🎉\n\n**Sitation")).as_bytes());
    let (report, _) = bank.check_json("--select misspelled-part");
    assert_eq!(
        report["files"][0]["findings"][0]["range"]["start"],
        serde_json::json!({"line": 5, "column": 3})
    );
}

#[test]
fn the_same_is_printed_every_time() {
    let files: Vec<(String, String)> =
        (0..60).map(|number| (format!("{number:02}.md"), misspelled())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let bank = Bank::new(&files);
    let first = bank.run("check --format json").out;
    for _ in 0..5 {
        assert_eq!(bank.run("check --format json").out, first);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let files: Vec<(String, String)> =
        (0..300).map(|number| (format!("{number}.md"), misspelled())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let bank = Bank::new(&files);
    let mut child = bank
        .command(["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("STARLING_BIN is a program");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.code().is_some_and(|code| code < 2), "{:?}", output.status);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let bank = Bank::new(&[("a.md", "x\n")]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let output = bank.command(["check"]).stdout(full).stderr(Stdio::piped()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write"));
}

#[test]
fn a_report_can_be_notes_of_a_pull_request() {
    let bank = Bank::new(&[("a, b.md", &misspelled())]);
    let run = bank.run("check --select misspelled-part --format github");
    run.assert_exit(1);
    assert!(
        run.out.starts_with(
            "::warning file=a%2C b.md,line=3,endLine=3,col=4,endColumn=12,title=misspelled-part::"
        ),
        "{}",
        run.out
    );
    assert_eq!(run.out.lines().count(), 1);
}

#[test]
fn shells_can_complete_and_manuals_can_be_read() {
    let bank = Bank::new(&[]);
    for (shell, word) in
        [("bash", "complete -F"), ("zsh", "#compdef starling"), ("fish", "complete -c starling")]
    {
        bank.run(&format!("completions {shell}"))
            .assert_exit(0)
            .assert_out(word)
            .assert_out("stdin-filename");
    }
    let script = bank.run("completions bash").out;
    bank.write("starling.bash", script.as_bytes());
    let parsed =
        std::process::Command::new("bash").args(["-n", "starling.bash"]).current_dir(bank.path("")).status();
    assert!(parsed.expect("bash runs").success());
    bank.run("man").assert_exit(0).assert_out(".TH starling 1").assert_out("completions");
    bank.run("man check").assert_exit(0).assert_out(".TH starling-check 1").assert_out("fail\\-on");
    bank.run("man nothing").assert_exit(2).assert_err("there is no command \"nothing\"");
}
