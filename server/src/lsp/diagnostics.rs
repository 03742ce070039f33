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

/// The diagnostics of a document, in the order of its text.
pub(super) fn of(snapshot: &Snapshot, negotiated: &Negotiated) -> Vec<Diagnostic> {
    let judged = snapshot.judged();
    let base_url = judged.configured().and_then(|configured| configured.config.base_url.as_deref());
    let positions = snapshot.positions();
    let convert = |found| diagnostic(found, &snapshot.uri, positions, base_url, negotiated);
    snapshot.findings().iter().map(convert).collect()
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
