//! Standard output, standard error and the exit code.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use super::arguments::Color;
use crate::plain::plain;

/// How a run ended, by its exit code; the greater one wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Nothing to report.
    #[default]
    Clean = 0,
    /// Something to report.
    Findings = 1,
    /// Could not run, or not on everything.
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What a command prints.
#[derive(Debug, Default)]
pub(super) struct Printed {
    /// Standard output.
    pub(super) out: String,
    /// Standard error.
    pub(super) err: String,
    /// The exit code.
    pub(super) exit: Exit,
}

impl Printed {
    /// Reports that something could not be done.
    pub(super) fn fail(&mut self, reason: &str) {
        self.exit = Exit::Failed;
        self.err.push_str(&format!("error: {}\n", plain(reason)));
    }

    /// Mentions something that is no failure.
    pub(super) fn note(&mut self, text: &str) {
        self.err.push_str(&format!("note: {}\n", plain(text)));
    }

    /// The run ends with at least this.
    pub(super) fn at_least(&mut self, exit: Exit) {
        self.exit = self.exit.max(exit);
    }
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether colours are used.
    pub(super) color: bool,
    /// Whether a person reads it: then control characters are made visible even where exact bytes would be printed.
    pub(super) terminal: bool,
}

/// How text on standard output looks, after the option and the environment (`NO_COLOR`, `CLICOLOR`, `TERM`).
pub(super) fn look(color: Color) -> Look {
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    };
    Look { color, terminal }
}

/// Prints and ends. A reader that has gone away (`starling check | head`) is no failure.
pub(super) fn print(printed: &Printed) -> ExitCode {
    let written = write(&mut io::stdout().lock(), &printed.out);
    // Nothing can be said when standard error fails.
    let _ = write(&mut io::stderr().lock(), &printed.err);
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "error: cannot write the report: {error}");
            Exit::Failed.into()
        }
        _ => printed.exit.into(),
    }
}

fn write(stream: &mut impl io::Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// A number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A value as indented JSON with a line end.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    // Only maps with keys that are no strings fail, and there are none.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_worst_exit_wins() {
        assert_eq!(Exit::Findings.max(Exit::Failed), Exit::Failed);
        assert_eq!(Exit::Clean.max(Exit::Findings) as u8, 1);
    }
}
