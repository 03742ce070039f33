//! Findings as diagnostics.

use serde_json::json;
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Uri,
};

use super::capabilities::{Negotiated, SHOW_RULE};
use super::convert::{Positions, start_of_line};
use super::snapshot::Snapshot;
use crate::finding::{Finding, Severity};
use crate::rules::{Rule, UNUSED_SUPPRESSION};

/// Who says it.
const SOURCE: &str = "starling";

/// What the conversion of a document's findings reads.
pub(super) struct Conversion<'s> {
    uri: &'s Uri,
    /// Where offsets are in the text.
    pub(super) positions: Positions<'s>,
    /// Where the settings say that rules have their pages.
    pub(super) base_url: Option<&'s str>,
    negotiated: &'s Negotiated,
}

impl<'s> Conversion<'s> {
    /// That of a state of a document, which is judged if it was not.
    pub(super) fn of(snapshot: &'s Snapshot, negotiated: &'s Negotiated) -> Self {
        let configured = snapshot.judged().configured();
        Self {
            uri: &snapshot.uri,
            positions: snapshot.positions(),
            base_url: configured.and_then(|configured| configured.config.base_url.as_deref()),
            negotiated,
        }
    }

    /// One finding.
    pub(super) fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        diagnostic(finding, self.uri, self.positions, self.base_url, self.negotiated)
    }
}

/// Where the page of a rule is: where the settings say, else in the editor itself.
fn link(rule: &Rule, base_url: Option<&str>, negotiated: &Negotiated) -> Option<Uri> {
    let link = match base_url {
        Some(base) => format!("{base}/{}", rule.name),
        // The arguments are a list in JSON, escaped; names of rules need no more.
        None if negotiated.show_rule => format!("command:{SHOW_RULE}?%5B%22{}%22%5D", rule.name),
        None => return None,
    };
    link.parse().ok().filter(|_| negotiated.code_description)
}

/// One finding about the document at `uri`.
pub(super) fn diagnostic(
    finding: &Finding,
    uri: &Uri,
    positions: Positions<'_>,
    base_url: Option<&str>,
    negotiated: &Negotiated,
) -> Diagnostic {
    let related = finding.related.iter().filter_map(|related| {
        let location = match &related.file {
            None => Location::new(uri.clone(), positions.range(related.span)),
            Some(file) => Location::new(Uri::from_file_path(&file.path)?, start_of_line(file.line)),
        };
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let href = link(finding.rule, base_url, negotiated);
    let unnecessary = finding.rule == &UNUSED_SUPPRESSION;
    Diagnostic {
        range: positions.range(finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.name.to_owned())),
        code_description: href.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: (negotiated.related && !finding.related.is_empty()).then(|| related.collect()),
        tags: (negotiated.tags && unnecessary).then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: negotiated.data.then(
            || json!({ "part": finding.part.map(starling_grammar::PartKind::id), "subject": finding.subject }),
        ),
    }
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
