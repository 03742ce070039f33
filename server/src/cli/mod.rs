//! The command line: what is asked, what is printed, and the exit code.
//!
//! Invariants: judging is done by `check`, files are read and written by `workspace`; in here they are only asked for
//! and their answers printed. A command returns what it prints, so that it can be tested without a terminal.

mod arguments;
mod ask;
mod bank;
mod banks;
mod check;
mod config;
mod explain;
mod inputs;
mod new;
mod output;
mod shells;
mod stories;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use output::{Exit, Printed};

/// Runs the program with the arguments of the process. `language_server` serves an editor until it leaves.
#[must_use]
pub fn run(language_server: fn() -> ExitCode) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let look = output::look(arguments.color);
    let printed = match arguments.command {
        Command::Lsp { .. } => return language_server(),
        Command::Check(options) => check::run(&options, look),
        Command::Stories(options) => stories::run(&options),
        Command::Bank(options) => bank::run(&options),
        Command::Ask(options) => ask::run(&options),
        Command::New(options) => new::run(&options),
        Command::Explain { name } => explain::run(name.as_deref()),
        Command::Completions { shell } => shells::completions(shell),
        Command::Man { name } => shells::man(name.as_deref()),
        Command::Config { schema: true, .. } => config::schema(),
        Command::Config { path, .. } => config::run(&path),
    };
    output::print(&printed)
}

/// Help and the version go to standard output and are a success, mistakes to standard error.
fn usage(error: &clap::Error) -> ExitCode {
    let exit = if error.use_stderr() { Exit::Failed } else { Exit::Clean };
    // A closed pipe is nobody's mistake.
    let _ = error.print();
    exit.into()
}

/// A command that could not run, with the reason.
fn failed(reason: &str) -> Printed {
    let mut printed = Printed::default();
    printed.fail(reason);
    printed
}
