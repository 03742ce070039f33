//! A folder of files to run the binary in.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use starling_tests::report::binary;

/// A filled story without fault in its labels.
pub(crate) const STORY: &str = "\
# The outage of the ledger

## Situation

In March our payments service, on which 14 teams depend, answered every third request with an error.

## Task

As the engineer on call I was responsible for bringing it back within the hour and for finding the cause.

## Action

I rolled back the release, compared the query plans in Postgres, found a missing index, added it with a migration that
takes no lock, and wrote an alert on the share of slow queries.

## Result

The error rate fell from 33% to 0.1% within 25 minutes, and it has not come back in the 6 months since.

## Reflection

I learned to ask for the query plan in every review of a migration.
";

/// The story with a misspelled label, which has a safe fix.
pub(crate) fn misspelled() -> String {
    STORY.replace("## Situation", "## Sitation")
}

/// A temporary folder.
pub(crate) struct Bank {
    folder: tempfile::TempDir,
}

/// What a run of the binary left.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) exit: i32,
}

impl Bank {
    /// A folder with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let bank = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (name, text) in files {
            bank.write(name, text.as_bytes());
        }
        bank
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, bytes).expect("the file is written");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("the file is there")
    }

    /// A command in the folder, without anything of the environment that changes what is printed.
    pub(crate) fn command(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(binary());
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
            command.env_remove(name);
        }
        command.env("HOME", Path::new("/nonexistent"));
        command
    }

    /// Runs the binary with these words as arguments.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        run(&mut self.command(arguments.split_whitespace()), b"")
    }

    /// The same with this standard input.
    pub(crate) fn run_with(&self, arguments: &str, input: &[u8]) -> Run {
        run(&mut self.command(arguments.split_whitespace()), input)
    }

    /// `check --format json` with these further arguments, as a value, and the exit code.
    pub(crate) fn check_json(&self, arguments: &str) -> (Value, i32) {
        let run = self.run(&format!("check --format json {arguments}"));
        (run.json(), run.exit)
    }
}

/// Runs a command with a standard input.
pub(crate) fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("STARLING_BIN is a program");
    // The program may end without reading.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Run {
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        exit: output.status.code().expect("the program is not killed by a signal"),
    }
}

impl Run {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("not JSON: {error}\n{self:#?}"))
    }

    #[track_caller]
    pub(crate) fn assert_exit(&self, exit: i32) -> &Self {
        assert_eq!(self.exit, exit, "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn assert_err(&self, part: &str) -> &Self {
        assert!(self.err.contains(part), "no {part:?} in standard error: {self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn assert_out(&self, part: &str) -> &Self {
        assert!(self.out.contains(part), "no {part:?} in standard output: {self:#?}");
        self
    }
}

/// The names of the rules of a `check --format json` report, in order.
pub(crate) fn rules(report: &Value) -> Vec<&str> {
    let files = report["files"].as_array().expect("files");
    let findings = files.iter().flat_map(|file| file["findings"].as_array().expect("findings"));
    findings.map(|finding| finding["rule"].as_str().expect("a rule")).collect()
}
