//! What Starling says about story banks: rules, language server and command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    starling_server::cli::run(starling_server::lsp::run)
}
