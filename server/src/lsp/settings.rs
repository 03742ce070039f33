//! What applies to a document: the editor's settings, and every `starling.toml` over them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use starling_grammar::Problem;

use super::server::is_configuration;
use crate::config::{Config, FILE_NAME};
use crate::workspace::{Configurations, Configured};

/// One state of all settings. It is never changed, but replaced, so that whoever holds it sees one state.
#[derive(Default)]
pub(super) struct Settings {
    /// The editor's.
    editor: Config,
    /// Files are read when a document first asks.
    configurations: Mutex<Configurations>,
    /// Folders of configurations that somebody was told of.
    told: Mutex<HashSet<PathBuf>>,
    /// The folders that the editor has open.
    workspace: Vec<PathBuf>,
}

impl Settings {
    /// The same with other settings of the editor, and what is wrong in them.
    pub(super) fn with_editor(&self, value: &Value) -> (Self, Vec<Problem>) {
        let (editor, problems) = Config::of_editor(value);
        (Self::new(editor, self.workspace.clone(), Vec::new()), problems)
    }

    /// The same with other folders.
    pub(super) fn with_workspace(&self, workspace: Vec<PathBuf>) -> Self {
        Self::new(self.editor.clone(), workspace, Vec::new())
    }

    /// The same, with every `starling.toml` to be read again; those that are open, from the editor.
    pub(super) fn renewed(&self, open: Vec<(PathBuf, Arc<str>)>) -> Self {
        Self::new(self.editor.clone(), self.workspace.clone(), open)
    }

    fn new(editor: Config, workspace: Vec<PathBuf>, open: Vec<(PathBuf, Arc<str>)>) -> Self {
        let configurations = Mutex::new(Configurations::of_editor(editor.clone(), open));
        Self { editor, configurations, told: Mutex::default(), workspace }
    }

    /// The folders that the editor has open.
    pub(super) fn workspace(&self) -> &[PathBuf] {
        &self.workspace
    }

    /// The innermost of these folders that a file lies in.
    pub(super) fn workspace_folder(&self, file: &Path) -> Option<&Path> {
        let around = self.workspace.iter().filter(|folder| file.starts_with(folder));
        around.max_by_key(|folder| folder.as_os_str().len()).map(PathBuf::as_path)
    }

    /// What applies to a file, or to a text that lies in none.
    pub(super) fn of(&self, file: Option<&Path>) -> Arc<Configured> {
        let mut configurations = self.configurations.lock().unwrap_or_else(PoisonError::into_inner);
        match file {
            Some(file) => configurations.of(file),
            None => configurations.of_none(),
        }
    }

    /// What would apply if a `starling.toml` said this.
    pub(super) fn parse(&self, text: &str) -> Config {
        self.editor.parse_over(text).0
    }

    /// Whether a path is a `starling.toml`, or a folder that holds one, or held one when it was read.
    pub(super) fn depend_on(&self, path: &Path) -> bool {
        let configurations = self.configurations.lock().unwrap_or_else(PoisonError::into_inner);
        is_configuration(path)
            || configurations
                .loaded()
                .iter()
                .filter_map(|one| one.file.as_ref())
                .any(|file| file.starts_with(path))
            || path.join(FILE_NAME).is_file()
    }

    /// Every `starling.toml` that was read since the last call.
    pub(super) fn newly_loaded(&self) -> Vec<Arc<Configured>> {
        let loaded = self.configurations.lock().unwrap_or_else(PoisonError::into_inner).loaded();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.into_iter().filter(|configured| told.insert(configured.root.clone())).collect()
    }
}
