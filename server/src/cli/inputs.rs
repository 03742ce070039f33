//! The texts that a command works on: files, folders or standard input.

use std::collections::{BTreeMap, HashSet};
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::output::Printed;
use crate::config::FILE_NAME;
use crate::workspace::{
    Configurations, Configured, Entry, FileText, MAX_BYTES, ReadError, decode, default_folder, find, read,
    shown,
};

/// What the command works on.
pub(super) struct Inputs {
    /// The Markdown texts, by path.
    pub(super) texts: Vec<Input>,
    /// Every `starling.toml` that applies to one of them or to a folder that was named, by path.
    pub(super) configured: Vec<Arc<Configured>>,
    /// Paths that were not read.
    pub(super) skipped: Vec<Skipped>,
    /// What else the user should know, in sentences.
    pub(super) notices: Vec<String>,
    /// The paths that the user named: nothing outside of them is written.
    pub(super) roots: Vec<PathBuf>,
    configurations: Configurations,
}

impl Inputs {
    /// The folders that the user named, as the paths of the texts begin with them.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let folders = self.roots.iter().filter(|root| root.is_dir());
        folders.map(|root| root.components().filter(|piece| *piece != Component::CurDir).collect()).collect()
    }

    /// What applies to a folder or file.
    pub(super) fn configured_for(&mut self, path: &Path) -> Arc<Configured> {
        if path.is_dir() { self.configurations.of_folder(path) } else { self.configurations.of(path) }
    }

    /// The files that share a `starling.toml` with an input but were not asked for.
    pub(super) fn others(&mut self) -> Vec<Input> {
        let mut known: HashSet<(PathBuf, PathBuf)> = HashSet::new();
        let mut banks: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        for input in &self.texts {
            let Some(folder) = input.configured.file.as_deref().and_then(Path::parent) else { continue };
            let root = &input.configured.root;
            known.insert((root.clone(), input.configured.relative(input.path())));
            banks
                .insert(root.clone(), if folder.as_os_str().is_empty() { ".".into() } else { folder.into() });
        }
        let named: Vec<PathBuf> = self
            .roots
            .iter()
            .filter(|root| root.is_dir())
            .filter_map(|root| root.canonicalize().ok())
            .collect();
        banks.retain(|root, _| !named.iter().any(|named| root.starts_with(named)));
        let folders: Vec<PathBuf> = banks.values().cloned().collect();
        let mut others = Vec::new();
        for entry in find(&folders, &mut self.configurations).entries {
            let configured = self.configurations.of(&entry.path);
            let place = (configured.root.clone(), configured.relative(&entry.path));
            if banks.contains_key(&configured.root) && known.insert(place) {
                others.push(Input { entry, configured, standard_input: None });
            }
        }
        others
    }
}

/// One text to work on.
pub(super) struct Input {
    entry: Entry,
    /// What applies to it.
    pub(super) configured: Arc<Configured>,
    /// Its text, when it comes from standard input.
    standard_input: Option<FileText>,
}

/// A path that was not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub(super) struct Skipped {
    /// The path as it is printed.
    pub(super) path: String,
    /// Why.
    pub(super) reason: String,
    /// What to do about it.
    #[serde(skip)]
    pub(super) remedy: &'static str,
    /// Whether the user named the path: then it is a failure.
    #[serde(skip)]
    pub(super) named: bool,
}

impl Input {
    /// The path as the user would name it.
    pub(super) fn path(&self) -> &Path {
        &self.entry.path
    }

    /// The text.
    pub(super) fn read(&self) -> Result<FileText, Skipped> {
        match &self.standard_input {
            Some(text) => Ok(text.clone()),
            None => read(self.path()).map_err(|error| skipped(self.path(), &error, self.entry.named)),
        }
    }

    /// What stands for this input when the work on it panicked.
    pub(super) fn broken(&self) -> Skipped {
        Skipped {
            path: shown(self.path()),
            reason: "Starling failed on this file".to_owned(),
            remedy: "this is a defect of Starling; please report it with the file",
            named: true,
        }
    }
}

/// The inputs of a command. Failing paths are in `skipped`.
///
/// # Errors
/// When there is nothing to work on.
pub(super) fn inputs(paths: &[PathBuf], mut configurations: Configurations) -> Result<Inputs, String> {
    let roots = if paths.is_empty() { vec![default_folder()?] } else { paths.to_vec() };
    let found = find(&roots, &mut configurations);
    let mut skips: Vec<Skipped> =
        found.failures.iter().map(|(path, error)| skipped(path, error, true)).collect();
    skips.extend(found.skipped.iter().map(|(path, error)| skipped(path, error, roots.contains(path))));
    for folder in roots.iter().filter(|root| root.is_dir()) {
        configurations.of_folder(folder);
    }
    let mut texts = Vec::new();
    for entry in found.entries {
        let configured = configurations.of(&entry.path);
        // A `starling.toml` that was named is judged as what it is.
        if entry.path.file_name().is_none_or(|name| name != FILE_NAME) {
            texts.push(Input { entry, configured, standard_input: None });
        }
    }
    let configured = configurations.loaded();
    skips.extend(unreadable(&configured));
    Ok(Inputs { texts, configured, skipped: skips, notices: found.notices, roots, configurations })
}

/// Standard input as though it were the file `name`.
///
/// # Errors
/// When it is no text.
pub(super) fn standard_input(name: &Path, mut configurations: Configurations) -> Result<Inputs, String> {
    let mut bytes = Vec::new();
    let text = std::io::stdin()
        .lock()
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(ReadError::from)
        .and_then(|_| decode(&bytes))
        .map_err(|error| format!("standard input is {error}; {}", error.remedy()))?;
    let configured = configurations.of(name);
    let entry = Entry { path: name.to_path_buf(), named: true };
    let input = Input { entry, configured, standard_input: Some(text) };
    let configured = configurations.loaded();
    Ok(Inputs {
        texts: vec![input],
        skipped: unreadable(&configured),
        configured,
        notices: Vec::new(),
        roots: Vec::new(),
        configurations,
    })
}

/// Tells about paths that were not read: named ones are failures, others notes like the notices.
pub(super) fn tell_skipped(skipped: &[Skipped], notices: &[String], printed: &mut Printed) {
    notices.iter().for_each(|notice| printed.note(notice));
    for Skipped { path, reason, remedy, named } in skipped {
        if *named {
            printed.fail(&format!("{path}: {reason}; {remedy}"));
        } else {
            printed.note(&format!("skipped {path}: {reason}; {remedy}"));
        }
    }
}

/// Tells in one line each what is wrong in every `starling.toml`, for commands that have no findings.
pub(super) fn tell_problems(configured: &[Arc<Configured>], printed: &mut Printed) {
    for configured in configured {
        let Some(file) = &configured.file else { continue };
        let lines = crate::lines::Lines::new(&configured.text);
        for problem in &configured.problems {
            let place = lines.place(problem.span.start);
            printed.fail(&format!("{}:{}:{}: {}", shown(file), place.line, place.column, problem.message));
        }
    }
}

/// Each `starling.toml` that cannot be read: a failure, because it was meant to apply.
pub(super) fn unreadable(configured: &[Arc<Configured>]) -> Vec<Skipped> {
    let unreadable = configured.iter().filter_map(|configured| {
        let (file, error) = (configured.file.as_ref()?, configured.failure.as_ref()?);
        let skipped = skipped(file, error, true);
        Some(Skipped { reason: format!("{}, so the defaults apply", skipped.reason), ..skipped })
    });
    unreadable.collect()
}

fn skipped(path: &Path, error: &ReadError, named: bool) -> Skipped {
    // Other programs read standard input under this name; here the name tells which configuration applies.
    let error = if path == Path::new("-") { &ReadError::NotAFile } else { error };
    Skipped { path: shown(path), reason: error.to_string(), remedy: error.remedy(), named }
}
