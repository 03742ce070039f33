//! `starling config`: the configuration that applies, as a `starling.toml`.

use std::path::Path;

use super::failed;
use super::inputs::{tell_problems, tell_skipped, unreadable};
use super::output::{Printed, json};
use crate::config::{self, FILE_NAME};
use crate::workspace::{Configurations, shown};

/// Runs the command.
pub(super) fn run(path: &Path) -> Printed {
    let mut configurations = Configurations::default();
    let configured = match path.metadata() {
        Ok(metadata) if metadata.is_dir() => configurations.of_folder(path),
        Ok(_) => configurations.of(path),
        Err(_) => {
            return failed(&format!(
                "{}: no such file or folder; check the spelling of the path",
                shown(path)
            ));
        }
    };
    let mut printed = Printed::default();
    let origin = match &configured.file {
        Some(file) => format!(
            "# From {}. Settings behind `#` are not set: rules show their default, others an example.",
            shown(file)
        ),
        None => format!("# The defaults: there is no {FILE_NAME} in {} or above.", shown(path)),
    };
    printed.out = format!("{}\n\n{}", crate::plain::plain(&origin), configured.config.to_toml());
    let loaded = configurations.loaded();
    tell_skipped(&unreadable(&loaded), &[], &mut printed);
    tell_problems(&loaded, &mut printed);
    printed
}

/// Prints the schema of `starling.toml`.
pub(super) fn schema() -> Printed {
    Printed { out: json(&config::schema()), ..Printed::default() }
}
