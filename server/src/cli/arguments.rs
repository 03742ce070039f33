//! The command line as `clap` reads it; these comments are its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::finding::Severity;

/// Checks and finds the STAR stories in your Markdown notes.
#[derive(Debug, Parser)]
#[command(
    name = "starling",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Configuration is read from the nearest `starling.toml`; see `starling config`.\n\
                  Nothing is sent anywhere, and nothing is written but by `check --fix` and `new`."
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
    /// Shows what the stories of a folder cover, and what is missing
    #[command(after_help = BANK_HELP)]
    Bank(Bank),
    /// Finds the story for a question in any wording
    #[command(after_help = "Example:\n  starling ask \"a time you had to convince people\" notes/")]
    Ask(Ask),
    /// Writes a new story to fill in, in the manner of the others
    #[command(
        after_help = "Examples:\n  starling new \"The night the queue stood still\" --question production-outage\n  starling new \"Ten times the orders\" --theme scaling --dir notes"
    )]
    New(New),
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
    /// Prints the script by which a shell completes commands and options
    #[command(
        after_help = "Examples:\n  starling completions bash > ~/.local/share/bash-completion/completions/starling\n  \
                      starling completions zsh > ~/.zfunc/_starling\n  \
                      starling completions fish > ~/.config/fish/completions/starling.fish"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Prints the manual page of the program, or of one of its commands
    #[command(after_help = "Examples:\n  starling man | man -l -\n  starling man check > starling-check.1")]
    Man {
        /// The command
        name: Option<String>,
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
  starling check --watch                  again whenever you save
  starling check --format json > known.json
  starling check --baseline known.json    only what is new since
  starling check --stdin-filename notes/outage.md < draft.md";

#[derive(Args, Debug)]
pub(super) struct Check {
    /// Files and folders; folders are searched for *.md and *.markdown [default: the current folder]
    #[arg(value_name = "PATH", conflicts_with = "stdin_filename")]
    pub(super) paths: Vec<PathBuf>,

    /// How to report: `text` for people, `json` for programs, `github` for notes beside the lines of a pull request,
    /// `sarif` for code hosts and editors, `junit` for test reports
    #[arg(long, default_value = "text", hide_possible_values = true)]
    pub(super) format: ReportFormat,

    /// Apply the safe fixes to the files (with --stdin-filename: print the fixed text, and the report on standard error)
    #[arg(long)]
    pub(super) fix: bool,

    /// Print what --fix would change, as a unified diff, and write nothing
    #[arg(long, conflicts_with = "format")]
    pub(super) diff: bool,

    /// Check again whenever a file changes, until Ctrl+C
    #[arg(long, conflicts_with_all = ["fix", "diff", "stdin_filename", "format"])]
    pub(super) watch: bool,

    /// Leave out what an earlier report by `--format json` says; settings that are wrong are reported always
    #[arg(long, value_name = "FILE", conflicts_with = "diff")]
    pub(super) baseline: Option<PathBuf>,

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

const BANK_HELP: &str = "\
Exit code:
  0  the report was written
  1  with --fail-on-gaps: there are gaps
  2  it could not run: bad arguments, a path that cannot be read, or an invalid starling.toml

Examples:
  starling bank
  starling bank notes/ --format html > bank.html";

#[derive(Args, Debug)]
pub(super) struct Bank {
    /// The folder or file of the stories [default: the current folder]
    pub(super) path: Option<PathBuf>,

    /// How to report: `text`, `json`, `markdown` or `html`
    #[arg(long, default_value = "text", hide_possible_values = true)]
    pub(super) format: BankFormat,

    /// Exit with 1 when a theme or question has no story, or there are too few stories
    #[arg(long)]
    pub(super) fail_on_gaps: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum BankFormat {
    Text,
    Json,
    Markdown,
    Html,
}

#[derive(Args, Debug)]
pub(super) struct Ask {
    /// The question, in any words
    pub(super) question: String,

    /// The folder or file of the stories [default: the current folder]
    pub(super) path: Option<PathBuf>,

    /// How to report: `text` for people, `json` for programs
    #[arg(long, default_value = "text", hide_possible_values = true)]
    pub(super) format: Format,
}

#[derive(Args, Debug)]
pub(super) struct New {
    /// The title of the story; its file is named after it
    pub(super) title: String,

    /// The question that the story is for, by its id
    #[arg(long, value_name = "ID", conflicts_with = "theme")]
    pub(super) question: Option<String>,

    /// The theme that the story is for, by its id
    #[arg(long, value_name = "ID")]
    pub(super) theme: Option<String>,

    /// The folder to write to [default: the current folder]
    #[arg(long, value_name = "PATH")]
    pub(super) dir: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Text,
    Json,
    Github,
    Sarif,
    Junit,
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
