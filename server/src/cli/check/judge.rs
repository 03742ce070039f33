//! One file after the other: read, checked, and fixed on demand; and all of them together.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::inputs::{Input, Skipped};
use super::diff;
use crate::bank::{Summary, may_matter};
use crate::check::{Checked, check, sort};
use crate::config::invalid_config;
use crate::finding::{Finding, Severity};
use crate::fix::fix_all;
use crate::workspace::{Configured, FileText, replace, shown};

/// What is done with a file besides judging it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Nothing.
    Judge,
    /// Its safe fixes are applied; `write` to the file, else the text is kept.
    Fix {
        /// Whether the file is replaced.
        write: bool,
    },
    /// Its safe fixes are shown as a patch.
    Diff,
}

/// One input after it was worked on.
pub(super) enum Judged {
    /// It was read.
    File(JudgedFile),
    /// It was not.
    Skipped(Skipped),
}

/// A file that was read.
pub(super) struct JudgedFile {
    file: File,
    /// What its bank keeps of it, until the bank has it.
    summary: Summary,
    /// Stories in it, templates not counted.
    stories: usize,
    /// How many fixes were applied, or would be.
    applied: usize,
    /// What the fixes would change.
    patch: Option<String>,
    /// The text after the fixes, when it is not written to the file.
    fixed_text: Option<String>,
    /// Why the file could not be replaced.
    unwritten: Option<String>,
}

/// A file with its findings.
pub(super) struct File {
    /// Its path as it is printed.
    pub(super) path: String,
    /// Its text.
    pub(super) text: Arc<str>,
    /// Its findings in the order of the text.
    pub(super) findings: Vec<Finding>,
    /// Whether it is a `starling.toml`.
    pub(super) is_configuration: bool,
}

/// All that a run has to report.
#[derive(Default)]
pub(super) struct Report {
    /// The files that have findings, by path.
    pub(super) files: Vec<File>,
    /// How many files were read.
    pub(super) read: usize,
    /// How many stories they hold, templates not counted.
    pub(super) stories: usize,
    /// How many fixes were applied, or would be.
    pub(super) applied: usize,
    /// How many files they changed.
    pub(super) changed: usize,
    /// What they would change, by path.
    pub(super) patches: Vec<String>,
    /// The text from standard input after its fixes.
    pub(super) fixed_text: Option<String>,
    /// Why files could not be replaced.
    pub(super) unwritten: Vec<String>,
    /// What else the user should know, in sentences.
    pub(super) notices: Vec<String>,
    /// Paths that were not read.
    pub(super) skipped: Vec<Skipped>,
}

impl Judged {
    /// What the bank keeps of the file; it is taken out.
    pub(super) fn take_summary(&mut self) -> Option<Summary> {
        match self {
            Self::File(judged) => Some(std::mem::take(&mut judged.summary)),
            Self::Skipped(_) => None,
        }
    }

    /// Adds what is to be said of the file as a part of its bank.
    pub(super) fn extend(&mut self, findings: Vec<Finding>) {
        if let Self::File(judged) = self {
            judged.file.findings.extend(findings);
            sort(&mut judged.file.findings);
        }
    }
}

impl Report {
    /// The report on every `starling.toml`.
    pub(super) fn of_configuration(configured: &[Arc<Configured>]) -> Self {
        let mut report = Self::default();
        for configured in configured {
            let findings = invalid_config(&configured.config, &configured.problems);
            let (Some(file), false) = (&configured.file, findings.is_empty()) else { continue };
            let text = configured.text.clone();
            report.files.push(File { path: shown(file), text, findings, is_configuration: true });
            report.read += 1;
        }
        report
    }

    /// Adds the report on one input.
    pub(super) fn add(&mut self, judged: Judged) {
        let judged = match judged {
            Judged::File(judged) => judged,
            Judged::Skipped(skipped) => return self.skipped.push(skipped),
        };
        self.read += 1;
        self.stories += judged.stories;
        self.applied += judged.applied;
        self.changed += usize::from(judged.applied > 0);
        self.patches.extend(judged.patch);
        self.unwritten.extend(judged.unwritten);
        self.fixed_text = self.fixed_text.take().or(judged.fixed_text);
        if !judged.file.findings.is_empty() {
            self.files.push(judged.file);
        }
    }

    /// Puts everything in the order in which it is printed.
    pub(super) fn sort(&mut self) {
        self.files.sort_by(|left, right| left.path.cmp(&right.path));
        self.skipped.sort();
    }

    /// All findings.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.files.iter().flat_map(|file| &file.findings)
    }

    /// How many findings have a severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// The part of the report that is about `starling.toml`.
    pub(super) fn only_configuration(&self) -> Vec<&File> {
        self.files.iter().filter(|file| file.is_configuration).collect()
    }
}

/// Works on one input. Runs on many threads at once; touches nothing but its own file.
pub(super) fn judge(input: &Input, action: Action, roots: &[PathBuf]) -> Judged {
    match input.read() {
        Ok(file) if action == Action::Judge => Judged::File(only_judge(input, &file)),
        Ok(file) => Judged::File(judge_and_fix(input, &file, action, roots)),
        Err(skipped) => Judged::Skipped(skipped),
    }
}

fn only_judge(input: &Input, file: &FileText) -> JudgedFile {
    let origin = input.configured.origin(input.path());
    let config = &input.configured.config;
    if !may_matter(&file.text, &origin, &config.vocabulary) {
        return other(input, file, Summary::read(file.text.clone(), &origin, &config.vocabulary));
    }
    judged(input, check(file.text.clone(), &origin, config, None))
}

/// A file of which only its bank can have something to say.
fn other(input: &Input, file: &FileText, summary: Summary) -> JudgedFile {
    JudgedFile {
        file: File {
            path: shown(input.path()),
            // In a large vault these are many, and almost none of them is needed again.
            text: if summary.mentions.is_empty() { "".into() } else { file.text.clone() },
            findings: Vec::new(),
            is_configuration: false,
        },
        summary,
        stories: 0,
        applied: 0,
        patch: None,
        fixed_text: None,
        unwritten: None,
    }
}

fn judged(input: &Input, checked: Checked) -> JudgedFile {
    JudgedFile {
        summary: Summary::judged(&checked.document),
        stories: checked.document.stories.iter().filter(|story| !story.template).count(),
        file: File {
            path: shown(input.path()),
            text: checked.document.text().clone(),
            findings: checked.findings,
            is_configuration: false,
        },
        applied: 0,
        patch: None,
        fixed_text: None,
        unwritten: None,
    }
}

fn judge_and_fix(input: &Input, file: &FileText, action: Action, roots: &[PathBuf]) -> JudgedFile {
    let origin = input.configured.origin(input.path());
    let fixed = fix_all(&file.text, &origin, &input.configured.config);
    let after = fixed.checked.document.text().clone();
    let is_changed = after != file.text;
    let mut judged = judged(input, fixed.checked);
    judged.applied = if is_changed { fixed.applied } else { 0 };
    match action {
        Action::Fix { write: false } => {
            judged.fixed_text = Some(String::from_utf8_lossy(&file.bytes_with(&after)).into_owned());
        }
        Action::Diff if is_changed => judged.patch = Some(diff::patch(&judged.file.path, file, &after)),
        Action::Fix { write: true } if is_changed => {
            let written = replace(input.path(), &file.bytes(), &file.bytes_with(&after), roots);
            if let Err(error) = written {
                let unwritten = Some(format!("{}: not fixed: {error}", judged.file.path));
                return JudgedFile { unwritten, ..only_judge(input, file) };
            }
        }
        Action::Judge | Action::Diff | Action::Fix { write: true } => {}
    }
    judged
}
