//! The banks that the inputs of a command belong to.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::inputs::{Input, Inputs, Skipped, inputs, tell_problems, tell_skipped};
use super::output::Printed;
use super::parallel;
use crate::bank::{Bank, Summary};
use crate::check::check_bank;
use crate::finding::Finding;
use crate::workspace::{Configurations, Configured, shown};

/// The banks of a run, by root.
#[derive(Default)]
pub(super) struct Banks {
    by_root: BTreeMap<PathBuf, OneBank>,
}

/// A bank, its files named by their paths from its root.
pub(super) struct OneBank {
    /// Its stories.
    pub(super) bank: Bank,
    /// What applies to all of it.
    pub(super) configured: Arc<Configured>,
    /// The paths as the user would name them.
    pub(super) paths: HashMap<PathBuf, PathBuf>,
}

impl OneBank {
    /// The path of a file as the user would name it.
    pub(super) fn shown<'p>(&'p self, path: &'p Path) -> &'p Path {
        self.paths.get(path).map_or(path, PathBuf::as_path)
    }
}

impl Banks {
    /// Adds a file to its bank: that of the nearest `starling.toml`, else of the outermost folder that was named, else
    /// of the file alone.
    pub(super) fn add(&mut self, input: &Input, folders: &[PathBuf], summary: Summary) {
        let (root, relative) = place(input, folders);
        let one = self.by_root.entry(root).or_insert_with(|| OneBank {
            bank: Bank::default(),
            configured: Arc::clone(&input.configured),
            paths: HashMap::new(),
        });
        one.bank.insert(&relative, summary);
        one.paths.insert(relative, input.path().to_path_buf());
    }

    /// What is to be said of the banks, by the path of each file as the user would name it.
    pub(super) fn findings(&self) -> HashMap<PathBuf, Vec<Finding>> {
        let mut all = HashMap::new();
        for one in self.by_root.values() {
            for (path, mut findings) in check_bank(&one.bank, &one.configured.config) {
                for file in findings
                    .iter_mut()
                    .flat_map(|finding| &mut finding.related)
                    .filter_map(|related| related.file.as_mut())
                {
                    file.path = one.shown(&file.path).to_path_buf();
                }
                all.insert(one.shown(&path).to_path_buf(), findings);
            }
        }
        all
    }
}

/// Reads the whole bank that a path belongs to, of which one can say what it covers. What could not be read is told.
///
/// # Errors
/// When there is nothing to read.
pub(super) fn of_path(path: Option<&Path>, printed: &mut Printed) -> Result<OneBank, String> {
    let paths: Vec<PathBuf> = path.map(Path::to_path_buf).into_iter().collect();
    let mut inputs = inputs(&paths, Configurations::default())?;
    let folders = inputs.folders();
    let mut banks = Banks::default();
    for (input, summary) in inputs.texts.iter().zip(parallel::map(&inputs.texts, summary)) {
        match summary.unwrap_or_else(|| Err(input.broken())) {
            Ok(summary) => banks.add(input, &folders, summary),
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
    let whole = banks.by_root.remove(&root);
    for one in banks.by_root.values().filter(|one| !one.bank.is_empty()) {
        if let Some(file) = &one.configured.file {
            printed.note(&format!("the stories beside {} are a bank of their own", shown(file)));
        }
    }
    Ok(whole.unwrap_or_else(|| OneBank { bank: Bank::default(), configured, paths: HashMap::new() }))
}

/// Adds the files that belong to a bank but not to the inputs. They were not asked for: what cannot be read is left out.
pub(super) fn add_others(banks: &mut Banks, inputs: &mut Inputs) {
    let others = inputs.others();
    for (input, summary) in others.iter().zip(parallel::map(&others, summary)) {
        if let Some(Ok(summary)) = summary {
            banks.add(input, &[], summary);
        }
    }
}

fn summary(input: &Input) -> Result<Summary, Skipped> {
    let origin = input.configured.origin(input.path());
    Ok(Summary::read(input.read()?.text, &origin, &input.configured.config.vocabulary))
}

/// The root of the bank of a file, and the file's path from there.
fn place(input: &Input, folders: &[PathBuf]) -> (PathBuf, PathBuf) {
    let path = input.path();
    if input.configured.file.is_some() {
        return (input.configured.root.clone(), input.configured.relative(path));
    }
    let within = folders.iter().filter_map(|folder| Some((folder, path.strip_prefix(folder).ok()?)));
    match within.max_by_key(|(_, relative)| relative.components().count()) {
        Some((folder, relative)) => (folder.clone(), relative.to_path_buf()),
        None => (path.to_path_buf(), path.file_name().unwrap_or_default().into()),
    }
}
