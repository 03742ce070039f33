//! `starling bank`: what the stories of a folder cover.

use super::arguments::{self, BankFormat};
use super::output::{Exit, Printed, json};
use super::{banks, failed};
use crate::bank::coverage::coverage;
use crate::bank::{outline, page, report};
use crate::workspace::shown;

/// Runs the command.
pub(super) fn run(options: &arguments::Bank) -> Printed {
    let mut printed = Printed::default();
    let one = match banks::of_path(options.path.as_deref(), &mut printed) {
        Ok(one) => one,
        Err(message) => return failed(&message),
    };
    if printed.exit == Exit::Failed && one.bank.is_empty() {
        // Nothing is known of what could not be read.
        return printed;
    }
    let mut coverage = coverage(&one.bank, &one.configured.config.vocabulary);
    for story in &mut coverage.stories {
        story.path = shown(&one.shown(&story.story.path));
    }
    printed.out = match options.format {
        BankFormat::Text => outline::text(&coverage),
        BankFormat::Json => json(&report::json(&coverage)),
        BankFormat::Markdown => report::markdown(&coverage),
        BankFormat::Html => page::page(&coverage),
    };
    if options.fail_on_gaps && !coverage.gaps.is_empty() {
        printed.at_least(Exit::Findings);
    }
    printed
}
