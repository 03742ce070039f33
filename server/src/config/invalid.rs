//! The rule `invalid-config`: what is wrong in `starling.toml`, as findings on it.

use starling_grammar::Problem;

use super::Config;
use crate::finding::{Finding, Severity};
use crate::rules::{self, Rule};

/// The rule's name.
pub(super) const NAME: &str = "invalid-config";

/// Stands in until the rule is registered in `rules::ALL`.
static UNREGISTERED: Rule = Rule {
    name: NAME,
    severity: Severity::Error,
    documentation: "`starling.toml` does not parse, or has keys or values that Starling does not know.",
};

/// The problems of a `starling.toml` as findings, in the order of its text.
#[must_use]
pub fn invalid_config(config: &Config, problems: &[Problem]) -> Vec<Finding> {
    let rule = rules::ALL.iter().copied().find(|rule| rule.name == NAME).unwrap_or(&UNREGISTERED);
    let Some(severity) = config.severity_of(rule) else { return Vec::new() };
    problems
        .iter()
        .map(|problem| Finding {
            rule,
            severity,
            span: problem.span,
            message: problem.message.clone(),
            part: None,
            subject: None,
            related: Vec::new(),
            fixes: Vec::new(),
        })
        .collect()
}
