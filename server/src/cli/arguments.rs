//! The command line as `clap` reads it; these comments are its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::finding::Severity;

/// Checks and finds the STAR stories in your Markdown notes.
#[derive(Debug, Parser)]
#[command(
    name = "starling",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Configuration is read from the nearest `starling.toml`; see `starling config`.\n\
                  Nothing is sent anywhere, and nothing is written without `--fix`."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,

    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        display_order = 100
    )]
    pub(super) color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Says what would make the stories stronger
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// Lists the stories as Starling understands them
    #[command(
        after_help = "Examples:\n  starling stories\n  starling stories --format json notes/ | jq '.files[].stories[].title'"
    )]
    Stories(Stories),
    /// Explains a rule, part, principle, theme or question; without a name, lists them all
    #[command(after_help = "Examples:\n  starling explain unquantified-result\n  starling explain ownership")]
    Explain {
        /// What to explain
        name: Option<String>,
    },
    /// Prints the configuration that applies to a file or folder
    #[command(
        after_help = "Examples:\n  starling config > starling.toml\n  starling config notes/outage.md\n  \
                            starling config --schema > starling.schema.json"
    )]
    Config {
        /// The file or folder
        #[arg(default_value = ".")]
        path: PathBuf,
        /// Print the JSON schema of `starling.toml` instead
        #[arg(long, conflicts_with = "path")]
        schema: bool,
    },
    /// Serves an editor on standard input and output
    Lsp {
        /// Accepted because editors pass it; there is no other way
        #[arg(long, hide = true)]
        stdio: bool,
    },
}

const CHECK_HELP: &str = "\
Exit code:
  0  nothing of the severity of --fail-on or above
  1  something; with --diff, something would change
  2  it could not run: bad arguments, a path that cannot be read, or an invalid starling.toml

Examples:
  starling check                          every Markdown file under the current folder
  starling check notes/ --fix             mend what can be mended safely
  starling check --select missing-part,empty-part
  starling check --stdin-filename notes/outage.md < draft.md";

#[derive(Args, Debug)]
pub(super) struct Check {
    /// Files and folders; folders are searched for *.md and *.markdown [default: the current folder]
    #[arg(value_name = "PATH", conflicts_with = "stdin_filename")]
    pub(super) paths: Vec<PathBuf>,

    /// How to report: `text` for people, `json` for programs
    #[arg(long, default_value = "text", hide_possible_values = true)]
    pub(super) format: Format,

    /// Apply the safe fixes to the files (with --stdin-filename: print the fixed text, and the report on standard error)
    #[arg(long)]
    pub(super) fix: bool,

    /// Print what --fix would change, as a unified diff, and write nothing
    #[arg(long, conflicts_with = "format")]
    pub(super) diff: bool,

    /// Read standard input as though it were this file
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,

    /// Report only these rules, also those that are off; separated by commas
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Do not report these rules; separated by commas
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    /// Exit with 1 from this severity on: hint, information, warning or error
    #[arg(long, value_name = "SEVERITY", default_value = "warning", hide_possible_values = true)]
    pub(super) fail_on: Severity,
}

#[derive(Args, Debug)]
pub(super) struct Stories {
    /// Files and folders; folders are searched for *.md and *.markdown [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// How to report: `text` for people, `json` for programs
    #[arg(long, default_value = "text", hide_possible_values = true)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.name()))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
