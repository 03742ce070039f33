//! What Starling says about story banks: rules, language server and command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    starling_server::cli::run(language_server)
}

/// The language server is not part of this build.
fn language_server() -> ExitCode {
    eprintln!("error: this build has no language server");
    ExitCode::from(2)
}
