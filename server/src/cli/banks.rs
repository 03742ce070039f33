//! The banks that the inputs of a command belong to.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use starling_grammar::parallel;

use super::inputs::{Input, Inputs, Skipped, inputs, tell_problems, tell_skipped};
use super::output::Printed;
use crate::bank::Summary;
use crate::banks::{Banks, OneBank, Place};
use crate::finding::Finding;
use crate::workspace::{Configurations, shown};

/// Adds a file to its bank: that of the nearest `starling.toml`, else of the outermost folder that was named, else of the
/// file alone.
pub(super) fn add(banks: &mut Banks, input: &Input, folders: &[PathBuf], summary: Summary) {
    let path = input.path();
    let within = folders.iter().filter(|folder| path.starts_with(folder));
    let outermost = within.min_by_key(|folder| folder.components().count());
    let place = Place::of(path, &input.configured, outermost.map(PathBuf::as_path));
    banks.insert(&place, path, &input.configured, summary);
}

/// What is to be said of banks, by the path of each file as the user would name it.
pub(super) fn findings(banks: &Banks) -> HashMap<PathBuf, Vec<Finding>> {
    banks.iter().flat_map(|(_, one)| one.findings()).collect()
}

/// Reads the whole bank that a path belongs to, of which one can say what it covers. What could not be read is told.
///
/// # Errors
/// When there is nothing to read.
pub(super) fn of_path(path: Option<&Path>, printed: &mut Printed) -> Result<Arc<OneBank>, String> {
    let paths: Vec<PathBuf> = path.map(Path::to_path_buf).into_iter().collect();
    let mut inputs = inputs(&paths, Configurations::default())?;
    let folders = inputs.folders();
    let mut banks = Banks::default();
    for (input, summary) in inputs.texts.iter().zip(parallel::map(&inputs.texts, summary)) {
        match summary.unwrap_or_else(|| Err(input.broken())) {
            Ok(summary) => add(&mut banks, input, &folders, summary),
            Err(reason) => inputs.skipped.push(reason),
        }
    }
    add_others(&mut banks, &mut inputs);
    inputs.skipped.sort();
    tell_skipped(&inputs.skipped, &inputs.notices, printed);
    tell_problems(&inputs.configured, printed);
    let configured = inputs.configured_for(path.unwrap_or(Path::new(".")));
    let root = match (&configured.file, folders.first()) {
        (Some(_), _) => configured.root.clone(),
        (None, Some(folder)) => folder.clone(),
        (None, None) => path.map(Path::to_path_buf).unwrap_or_default(),
    };
    for (_, one) in banks.iter().filter(|(other, one)| *other != root && !one.bank.is_empty()) {
        if let Some(file) = &one.configured.file {
            printed.note(&format!("the stories beside {} are a bank of their own", shown(file)));
        }
    }
    Ok(banks.get(&root).cloned().unwrap_or_else(|| Arc::new(OneBank::empty(configured))))
}

/// Adds the files that belong to a bank but not to the inputs. They were not asked for: what cannot be read is left out.
pub(super) fn add_others(banks: &mut Banks, inputs: &mut Inputs) {
    let others = inputs.others();
    for (input, summary) in others.iter().zip(parallel::map(&others, summary)) {
        if let Some(Ok(summary)) = summary {
            add(banks, input, &[], summary);
        }
    }
}

fn summary(input: &Input) -> Result<Summary, Skipped> {
    let origin = input.configured.origin(input.path());
    Ok(Summary::read(input.read()?.text, &origin, &input.configured.config.vocabulary))
}
