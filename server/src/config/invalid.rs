//! The rule `invalid-config`: what is wrong in `starling.toml`, as findings on it.

use starling_grammar::Problem;

use super::Config;
use crate::finding::Finding;
use crate::rules;

/// The problems of a `starling.toml` as findings, in the order of its text.
#[must_use]
pub fn invalid_config(config: &Config, problems: &[Problem]) -> Vec<Finding> {
    let rule = &rules::INVALID_CONFIG;
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
