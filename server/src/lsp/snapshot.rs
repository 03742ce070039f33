//! One state of one document, and what is known of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use starling_grammar::Origin;
use tower_lsp::ls_types::Uri;

use super::bank_findings::BankFindings;
use super::convert::{LineIndex, Positions};
use super::settings::Settings;
use super::written::LastWritten;
use crate::check::{Checked, check, sort};
use crate::config::{FILE_NAME, invalid_config};
use crate::finding::Finding;
use crate::ide::{InBank, View};
use crate::workspace::{Configured, is_markdown};

/// What a document is, as far as the server cares.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Markdown, in which there may be stories.
    Markdown {
        /// Where it lies, if it lies in a file.
        path: Option<PathBuf>,
        /// Its name without folder and extension.
        name: String,
    },
    /// A `starling.toml`.
    Configuration {
        /// Where it lies.
        path: PathBuf,
    },
    /// Nothing that the server reads.
    Other,
}

impl Kind {
    /// Tells it by its name and by the language that the client gives it.
    pub(super) fn of(uri: &Uri, language: &str) -> Self {
        let path = path_of(uri);
        let file = path.as_deref().and_then(|path| path.file_name()).is_some_and(|name| name == FILE_NAME);
        match path {
            Some(path) if file => Self::Configuration { path },
            path if language == "markdown" || path.as_deref().is_some_and(is_markdown) => {
                let named = path.clone().unwrap_or_else(|| uri.path().as_str().into());
                let name = named.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                Self::Markdown { path, name: name.unwrap_or_default() }
            }
            _ => Self::Other,
        }
    }

    /// The file, if it is a Markdown file.
    pub(super) fn markdown_file(&self) -> Option<&Path> {
        match self {
            Self::Markdown { path, .. } => path.as_deref(),
            Self::Configuration { .. } | Self::Other => None,
        }
    }
}

/// The file that an address names, if it names one.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    uri.to_file_path().filter(|_| file).map(std::borrow::Cow::into_owned)
}

/// What was known of the last state of a document that was judged: most of it still holds for the next.
pub(super) type Memory = Arc<Mutex<Option<Arc<Judged>>>>;

/// One state of one document.
pub(super) struct Snapshot {
    /// Its address.
    pub(super) uri: Uri,
    /// The version that the client gave it.
    pub(super) version: i32,
    /// The opening and the change that led to it; see `Documents`.
    pub(super) revision: (u64, u64),
    /// The last change of the document, shared by all of its states.
    pub(super) last_change: Arc<AtomicU64>,
    /// Its text.
    pub(super) text: Arc<str>,
    /// Its lines.
    pub(super) lines: LineIndex,
    /// What the document is.
    pub(super) kind: Kind,
    /// What applies to it.
    pub(super) settings: Arc<Settings>,
    /// Of the document, shared by all of its states.
    pub(super) memory: Memory,
    /// What was found of the document as part of its bank.
    pub(super) of_bank: Arc<BankFindings>,
    /// Made when somebody asks. States that differ in what their bank says share it.
    pub(super) judged: Arc<OnceLock<Arc<Judged>>>,
    /// Made when somebody asks; `None` when the bank has nothing to say besides.
    pub(super) findings: OnceLock<Option<Vec<Finding>>>,
    /// What was sent last of the document, shared by all of its states.
    pub(super) written: LastWritten,
}

/// What there is to say of a document.
#[derive(Clone)]
pub(super) enum Judged {
    /// Of Markdown.
    Stories {
        /// What was read and found.
        checked: Box<Checked>,
        /// What applied.
        configured: Arc<Configured>,
    },
    /// Of a `starling.toml`.
    Configuration {
        /// What is wrong with it.
        findings: Vec<Finding>,
        /// What applied.
        configured: Arc<Configured>,
    },
    /// Of anything else.
    Nothing,
}

impl Judged {
    /// What was found, in the order of the text.
    pub(super) fn findings(&self) -> &[Finding] {
        match self {
            Self::Stories { checked, .. } => &checked.findings,
            Self::Configuration { findings, .. } => findings,
            Self::Nothing => &[],
        }
    }

    /// The configuration that applied, if one did.
    pub(super) fn configured(&self) -> Option<&Configured> {
        match self {
            Self::Stories { configured, .. } | Self::Configuration { configured, .. } => Some(configured),
            Self::Nothing => None,
        }
    }

    /// What the features of an editor read of a file in its bank, if it is Markdown.
    pub(super) fn view_in<'a>(&'a self, bank: Option<InBank<'a>>) -> Option<View<'a>> {
        self.view().map(|view| View { bank, ..view })
    }

    /// What the features of an editor read, if it is Markdown.
    pub(super) fn view(&self) -> Option<View<'_>> {
        match self {
            Self::Stories { checked, configured } => {
                Some(View { checked, config: &configured.config, bank: None })
            }
            Self::Configuration { .. } | Self::Nothing => None,
        }
    }
}

impl Snapshot {
    /// The same text, of which its bank says something else.
    pub(super) fn with_bank(&self, of_bank: Arc<BankFindings>, revision: (u64, u64)) -> Self {
        Self {
            uri: self.uri.clone(),
            version: self.version,
            revision,
            last_change: self.last_change.clone(),
            text: self.text.clone(),
            lines: self.lines.clone(),
            kind: self.kind.clone(),
            settings: self.settings.clone(),
            memory: self.memory.clone(),
            of_bank,
            judged: self.judged.clone(),
            findings: OnceLock::new(),
            written: self.written.clone(),
        }
    }

    /// The file that the document is, if it is a Markdown file.
    pub(super) fn markdown_file(&self) -> Option<&Path> {
        self.kind.markdown_file()
    }

    /// Whether the document has changed since, so that nobody waits for what is said of this state without having asked.
    pub(super) fn is_outdated(&self) -> bool {
        self.last_change.load(Ordering::Relaxed) != self.revision.1
    }

    /// All that was found, also as part of the bank, in the order of the text.
    pub(super) fn findings(&self) -> &[Finding] {
        let judged = self.judged();
        let all = self.findings.get_or_init(|| {
            let Judged::Stories { configured, .. } = &**judged else { return None };
            // What applies may be newer than the bank's.
            let of_bank = self.of_bank.in_text(&self.text).into_iter().filter_map(|finding| {
                let severity = configured.config.severity_of(finding.rule)?;
                Some(Finding { severity, ..finding })
            });
            let of_bank: Vec<Finding> = of_bank.collect();
            if of_bank.is_empty() {
                return None;
            }
            let mut all = [judged.findings(), &of_bank].concat();
            sort(&mut all);
            Some(all)
        });
        all.as_deref().unwrap_or_else(|| judged.findings())
    }

    /// Converts between offsets and positions.
    pub(super) fn positions(&self) -> Positions<'_> {
        self.lines.of(&self.text)
    }

    /// Reads and judges the text, once; whoever else asks meanwhile waits for the answer.
    pub(super) fn judged(&self) -> &Arc<Judged> {
        self.judged.get_or_init(|| {
            // Held meanwhile: who judges another state of the document goes on from what is found here.
            let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            let last = memory.take().map(|last| alone(last, self.text.len()));
            let judged = Arc::new(self.judge(last));
            *memory = Some(judged.clone());
            judged
        })
    }

    /// `last` is what was known of another state of the document.
    fn judge(&self, last: Option<Judged>) -> Judged {
        match &self.kind {
            Kind::Markdown { path, name } => {
                let configured = self.settings.of(path.as_deref());
                let origin = match path {
                    Some(path) => configured.origin(path),
                    None => Origin { name: name.clone(), declared: false },
                };
                let previous = match last {
                    Some(Judged::Stories { checked, .. }) => Some(*checked),
                    _ => None,
                };
                let checked = check(self.text.clone(), &origin, &configured.config, previous);
                let checked = Box::new(checked);
                Judged::Stories { checked, configured }
            }
            Kind::Configuration { path } => {
                let configured = self.settings.of(Some(path));
                let findings = invalid_config(&configured.config, &configured.problems);
                Judged::Configuration { findings, configured }
            }
            Kind::Other => Judged::Nothing,
        }
    }
}

/// What was known of a text of so many bytes, for oneself. Who answers about that state lets go of it soon, and who looks at it
/// for the bank does not: it is waited for about as long as a copy would take, and then copied.
fn alone(mut last: Arc<Judged>, bytes: usize) -> Judged {
    const INTERVAL: Duration = Duration::from_micros(50);
    let patience = Duration::from_nanos(4 * bytes as u64);
    let begun = Instant::now();
    loop {
        last = match Arc::try_unwrap(last) {
            Ok(last) => return last,
            Err(shared) if begun.elapsed() + INTERVAL > patience => return (*shared).clone(),
            Err(shared) => shared,
        };
        std::thread::sleep(INTERVAL);
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn documents_are_told_by_name_and_language() {
        let of = |uri: &str, language: &str| Kind::of(&uri.parse().expect("an address"), language);
        assert!(
            matches!(of("file:///a/b%20c.md", "plaintext"), Kind::Markdown { name, .. } if name == "b c")
        );
        assert!(
            matches!(of("untitled:Untitled-1", "markdown"), Kind::Markdown { path: None, name } if name == "Untitled-1")
        );
        assert!(matches!(of("file:///a/starling.toml", "toml"), Kind::Configuration { .. }));
        assert!(matches!(of("file:///a/b.rs", "rust"), Kind::Other));
    }
}
