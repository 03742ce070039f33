//! `check --watch`: a new report after each change.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::bank::{Bank, STORY, misspelled};

/// A watching run; it is ended with the test.
struct Watch {
    child: Child,
    screens: Receiver<String>,
}

impl Watch {
    fn start(bank: &Bank, arguments: &[&str]) -> Self {
        let mut command = bank.command(["check", "--watch"].iter().chain(arguments));
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("STARLING_BIN is a program");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, screens) = channel();
        std::thread::spawn(move || read(out, |screen| sender.send(screen).is_ok()));
        Self { child, screens }
    }

    fn screen(&self) -> String {
        self.screens.recv_timeout(Duration::from_secs(60)).expect("a report")
    }

    /// The next report that says this: an editor's save may be seen half done.
    fn until(&self, part: &str) {
        while !self.screen().contains(part) {}
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hands on each report, until nobody wants more.
fn read(out: BufReader<ChildStdout>, mut hand_on: impl FnMut(String) -> bool) {
    let mut screen = String::new();
    for line in out.lines().map_while(Result::ok) {
        screen += &line;
        screen.push('\n');
        if line.starts_with("Watching") && !hand_on(std::mem::take(&mut screen)) {
            return;
        }
    }
}

#[test]
fn a_change_brings_a_new_report() {
    let bank = Bank::new(&[("notes/a.md", &misspelled())]);
    let watch = Watch::start(&bank, &[]);
    assert!(watch.screen().contains("misspelled-part"));
    bank.write("notes/a.md", STORY.as_bytes());
    watch.until("All is well: 1 story in 1 file");
    bank.write("notes/new/b.md", misspelled().as_bytes());
    watch.until("notes/new/b.md");
    std::fs::remove_file(bank.path("notes/new/b.md")).expect("the file is removed");
    watch.until("All is well: 1 story in 1 file");
    bank.write("starling.toml", b"[rulez]\n");
    watch.until("invalid-config");
}

#[test]
fn a_named_file_is_watched_when_it_is_replaced() {
    let bank = Bank::new(&[("a.md", STORY), ("starling.toml", "")]);
    let watch = Watch::start(&bank, &["a.md"]);
    assert!(watch.screen().contains("All is well"));
    bank.write("a.md.new", misspelled().as_bytes());
    std::fs::rename(bank.path("a.md.new"), bank.path("a.md")).expect("the file is replaced");
    watch.until("misspelled-part");
}

#[test]
fn a_folder_is_watched_when_it_is_replaced() {
    let bank = Bank::new(&[("notes/a.md", STORY)]);
    let watch = Watch::start(&bank, &["notes"]);
    assert!(watch.screen().contains("All is well"));
    std::fs::remove_dir_all(bank.path("notes")).expect("the folder is removed");
    watch.until("notes: no such file or folder");
    bank.write("notes/a.md", STORY.as_bytes());
    watch.until("All is well");
    bank.write("notes/a.md", misspelled().as_bytes());
    watch.until("misspelled-part");
}

#[test]
fn bad_arguments_end_it_at_once() {
    let bank = Bank::new(&[("a.md", STORY)]);
    bank.run("check --watch --select bogus").assert_exit(2).assert_err("bogus");
    bank.run("check --watch --fix").assert_exit(2);
    bank.run("check --watch none.md none/none.md").assert_exit(2).assert_err("none/none.md");
}
