//! `check --baseline`: what an earlier report said is not said again, so that only what is new fails a run.
//!
//! The file is a report by `check --format json`. Findings are compared without their places, since a line added above moves
//! them all.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::super::output::count;
use super::judge::{File, Report};
use crate::finding::Finding;
use crate::workspace::{read, shown};

#[derive(Deserialize)]
struct Recorded {
    version: u32,
    files: Vec<RecordedFile>,
}

#[derive(Deserialize)]
struct RecordedFile {
    path: String,
    findings: Vec<RecordedFinding>,
}

#[derive(Deserialize)]
struct RecordedFinding {
    rule: String,
    message: String,
    part: Option<String>,
    subject: Option<String>,
}

/// What makes two findings one, besides their messages: those have numbers that any edit changes.
#[derive(PartialEq, Eq, Hash)]
struct Kind {
    rule: String,
    part: Option<String>,
    subject: Option<String>,
}

/// What an earlier report said.
pub(super) struct Baseline {
    name: String,
    files: HashMap<String, HashMap<Kind, Vec<String>>>,
}

impl Baseline {
    /// Reads the report.
    ///
    /// # Errors
    /// A sentence for the user when it cannot be read or is no report.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let name = shown(path);
        let again = "`starling check --format json` writes such a file";
        let text = read(path).map_err(|error| format!("--baseline {name}: {error}; {again}"))?;
        let recorded: Recorded = serde_json::from_str(&text.text)
            .map_err(|error| format!("--baseline {name}: not a report ({error}); {again}"))?;
        if recorded.version != 1 {
            let version = recorded.version;
            return Err(format!("--baseline {name}: this is version {version} of a report, not 1; {again}"));
        }
        let mut files: HashMap<String, HashMap<Kind, Vec<String>>> = HashMap::new();
        for file in recorded.files {
            let kinds = files.entry(file.path).or_default();
            for RecordedFinding { rule, message, part, subject } in file.findings {
                kinds.entry(Kind { rule, part, subject }).or_default().push(message);
            }
        }
        Ok(Self { name, files })
    }

    /// Takes what is known out of a report, and tells how much that was.
    pub(super) fn apply(mut self, report: &mut Report) -> String {
        let recorded: usize = self.files.values().flat_map(HashMap::values).map(Vec::len).sum();
        let mut known = 0;
        for file in report.files.iter_mut().filter(|file| !file.is_configuration) {
            let before = file.findings.len();
            self.hide(file);
            known += before - file.findings.len();
        }
        report.files.retain(|file| !file.findings.is_empty());
        let recorded = count(recorded, "finding", "findings");
        let paths = if known == 0 { "; paths count as they were written then" } else { "" };
        format!("{known} of {recorded} in {} left out{paths}", self.name)
    }

    /// Of each kind as many findings are known as were recorded: first those with the same message, then the first others.
    fn hide(&mut self, file: &mut File) {
        let Some(kinds) = self.files.get_mut(&file.path) else { return };
        file.findings.retain(|finding| {
            let messages = kinds.get_mut(&kind(finding));
            let at =
                messages.as_ref().and_then(|known| known.iter().position(|known| *known == finding.message));
            let (Some(messages), Some(at)) = (messages, at) else { return true };
            messages.swap_remove(at);
            false
        });
        file.findings
            .retain(|finding| kinds.get_mut(&kind(finding)).is_none_or(|known| known.pop().is_none()));
    }
}

fn kind(finding: &Finding) -> Kind {
    Kind {
        rule: finding.rule.name.to_owned(),
        part: finding.part.map(|part| part.id().to_owned()),
        subject: finding.subject.clone(),
    }
}
