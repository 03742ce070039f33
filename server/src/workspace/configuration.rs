//! Which `starling.toml` applies to a file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use starling_grammar::{Origin, Problem};

use super::places::{canonical, folder_of, is_home_or_root, real, without_dot};
use super::read::{ReadError, read};
use crate::config::{Config, FILE_NAME};

/// A configuration with where it came from.
#[derive(Debug)]
pub struct Configured {
    /// The folder of `starling.toml`, without links; the folder that was asked for when there is none.
    pub root: PathBuf,
    /// The `starling.toml`, named as the files are; `None` when there is none.
    pub file: Option<PathBuf>,
    /// Its text, empty when there is none.
    pub text: Arc<str>,
    /// What applies.
    pub config: Config,
    /// What is wrong in the text.
    pub problems: Vec<Problem>,
    /// Why the file could not be read. The defaults apply.
    pub failure: Option<ReadError>,
}

impl Configured {
    /// The path relative to the root, by which globs match. A file outside of the root (standard input under another
    /// name) keeps its path.
    #[must_use]
    pub fn relative(&self, path: &Path) -> PathBuf {
        let name = path.file_name().unwrap_or_default();
        if path.parent() == self.file.as_deref().and_then(Path::parent) {
            return name.into();
        }
        let Some(folder) = real(folder_of(path)) else { return without_dot(path) };
        folder.strip_prefix(&self.root).map_or_else(|_| without_dot(path), |inside| inside.join(name))
    }

    /// What is known of a file from outside of its text.
    #[must_use]
    pub fn origin(&self, path: &Path) -> Origin {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        // Where no glob says anything, the system need not be asked for the file's real folder.
        let declared =
            !self.config.bank.include.patterns().is_empty() && self.config.declares(&self.relative(path));
        Origin { name, declared }
    }
}

/// The configurations of many files, each `starling.toml` read once.
#[derive(Default)]
pub struct Configurations {
    /// By folder without links.
    by_folder: HashMap<PathBuf, Arc<Configured>>,
    /// By folder as given: asking the system for its real name costs more than all the rest.
    by_given: HashMap<PathBuf, Arc<Configured>>,
    /// What applies where no `starling.toml` says otherwise.
    base: Config,
    /// Texts of `starling.toml` that an editor holds, by path without links: they win over the disk.
    open: HashMap<PathBuf, Arc<str>>,
    adjust: Option<Adjust>,
}

/// A change of a configuration after it was read.
type Adjust = Box<dyn Fn(&mut Config) + Send>;

impl Configurations {
    /// Configurations over the settings of an editor, which may hold texts of `starling.toml` that are not yet on the
    /// disk, by their paths.
    #[must_use]
    pub fn of_editor(settings: Config, open: impl IntoIterator<Item = (PathBuf, Arc<str>)>) -> Self {
        let open = open.into_iter().map(|(path, text)| (real(&path).unwrap_or(path), text)).collect();
        Self { base: settings, open, ..Self::default() }
    }

    /// Configurations that are changed after reading, as options of the command line demand.
    #[must_use]
    pub fn adjusted(adjust: impl Fn(&mut Config) + Send + 'static) -> Self {
        Self { adjust: Some(Box::new(adjust)), ..Self::default() }
    }

    /// The configuration of a file: the nearest `starling.toml` in its folder or a folder above. The home folder and
    /// the root of the file system are not asked, unless the file lies directly in them: what they hold is no bank.
    pub fn of(&mut self, file: &Path) -> Arc<Configured> {
        self.of_folder(folder_of(file))
    }

    /// The configuration of the files of a folder.
    pub fn of_folder(&mut self, given: &Path) -> Arc<Configured> {
        if let Some(known) = self.by_given.get(given) {
            return known.clone();
        }
        let configured = match real(given) {
            Some(folder) => self.search(given, &folder),
            None => Arc::new(self.adjust(self.defaults(given.to_path_buf()))),
        };
        self.by_given.insert(given.to_path_buf(), configured.clone());
        configured
    }

    /// The configuration of a text that lies in no file.
    #[must_use]
    pub fn of_none(&self) -> Arc<Configured> {
        Arc::new(self.adjust(self.defaults(PathBuf::new())))
    }

    /// Every `starling.toml` that was asked for, by path.
    #[must_use]
    pub fn loaded(&self) -> Vec<Arc<Configured>> {
        let mut all: Vec<_> =
            self.by_folder.values().filter(|configured| configured.file.is_some()).cloned().collect();
        all.sort_by(|left, right| left.root.cmp(&right.root));
        all.dedup_by(|left, right| left.root == right.root);
        all
    }

    fn search(&mut self, given: &Path, folder: &Path) -> Arc<Configured> {
        let mut passed = Vec::new();
        let mut found = None;
        for (ups, candidate) in folder.ancestors().enumerate() {
            if ups > 0 && is_home_or_root(candidate) {
                break;
            }
            if let Some(known) = self.by_folder.get(candidate) {
                found = Some(known.clone());
                break;
            }
            passed.push(candidate.to_path_buf());
            let file = candidate.join(FILE_NAME);
            if self.open.contains_key(&file) || file.symlink_metadata().is_ok() {
                let file = as_given(given, ups, candidate).join(FILE_NAME);
                found = Some(Arc::new(self.adjust(self.load(candidate, &file))));
                break;
            }
        }
        let Some(found) = found else {
            return Arc::new(self.adjust(self.defaults(folder.to_path_buf())));
        };
        for folder in passed {
            self.by_folder.insert(folder, found.clone());
        }
        found
    }

    fn adjust(&self, mut configured: Configured) -> Configured {
        if let Some(adjust) = &self.adjust {
            adjust(&mut configured.config);
        }
        configured
    }

    fn defaults(&self, root: PathBuf) -> Configured {
        Configured {
            root,
            file: None,
            text: "".into(),
            config: self.base.clone(),
            problems: Vec::new(),
            failure: None,
        }
    }

    fn load(&self, root: &Path, file: &Path) -> Configured {
        let configured = Configured { file: Some(file.to_path_buf()), ..self.defaults(root.to_path_buf()) };
        let text = match self.open.get(&root.join(FILE_NAME)) {
            Some(text) => Ok(text.clone()),
            None => read(file).map(|file| file.text),
        };
        match text {
            Ok(text) => {
                let (config, problems) = self.base.parse_over(&text);
                Configured { text, config, problems, ..configured }
            }
            Err(error) => Configured { failure: Some(error), ..configured },
        }
    }
}

/// The folder `root`, which lies `ups` folders above `given`, named in the manner of `given`: users recognise what they
/// typed. Its real name where a link stands in between.
fn as_given(given: &Path, ups: usize, root: &Path) -> PathBuf {
    let mut named = without_dot(given);
    for _ in 0..ups {
        if named.file_name().is_none() || !named.pop() {
            named.push("..");
        }
    }
    if canonical(&named).as_deref() == Some(root) { named } else { root.to_path_buf() }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::Configurations;
    use crate::config::Config;
    use crate::finding::Severity;

    #[test]
    fn the_nearest_file_applies() {
        let bank = tempfile::tempdir().expect("a folder");
        let inner = bank.path().join("a/b");
        fs::create_dir_all(&inner).expect("created");
        fs::write(bank.path().join("starling.toml"), "[bank]\ninclude = ['a/**']\n").expect("written");
        let mut configurations = Configurations::default();
        let outer = configurations.of(&inner.join("x.md"));
        assert_eq!(outer.file.as_deref(), Some(&*bank.path().join("starling.toml")));
        assert!(outer.origin(&inner.join("x.md")).declared);
        assert!(!outer.origin(&bank.path().join("x.md")).declared);
        assert_eq!(outer.origin(&inner.join("x.md")).name, "x");

        fs::write(bank.path().join("a/starling.toml"), "[bank]\nx = 1\n").expect("written");
        let mut configurations = Configurations::default();
        let nearer = configurations.of(&inner.join("x.md"));
        assert_eq!(nearer.problems.len(), 1);
        assert!(configurations.of(&bank.path().join("x.md")).problems.is_empty());
        assert_eq!(configurations.loaded().len(), 2);
    }

    #[test]
    fn without_a_file_the_defaults_apply() {
        let bank = tempfile::tempdir().expect("a folder");
        let mut configurations = Configurations::default();
        let configured = configurations.of(&bank.path().join("x.md"));
        assert!(configured.file.is_none() && configured.problems.is_empty());
        assert!(configurations.of(&bank.path().join("missing/x.md")).file.is_none());
        assert!(configurations.loaded().is_empty());
    }

    #[test]
    fn the_file_wins_over_the_editor_and_its_open_text_over_the_disk() {
        let bank = tempfile::tempdir().expect("a folder");
        let file = bank.path().join("starling.toml");
        fs::write(&file, "[rules]\npart-order = 'error'\n").expect("written");
        let (settings, _) = Config::parse("[rules]\npart-order = 'off'\nempty-part = 'off'\n");
        let of = |open: &[(PathBuf, Arc<str>)]| {
            let mut configurations = Configurations::of_editor(settings.clone(), open.to_vec());
            configurations.of(&bank.path().join("x.md")).config.rules.clone()
        };
        assert_eq!(of(&[])["part-order"], Some(Severity::Error));
        assert_eq!(of(&[])["empty-part"], None);
        assert_eq!(
            of(&[(file, "[rules]\npart-order = 'hint'\n".into())])["part-order"],
            Some(Severity::Hint)
        );
    }

    #[test]
    fn an_unreadable_file_is_told() {
        let bank = tempfile::tempdir().expect("a folder");
        fs::create_dir(bank.path().join("starling.toml")).expect("created");
        assert!(Configurations::default().of(&bank.path().join("x.md")).failure.is_some());
    }
}
