//! `starling check`: judges files, and mends them on demand.

mod baseline;
mod diff;
mod github;
mod json;
mod judge;
mod junit;
mod sarif;
mod text;
mod watch;

use starling_grammar::parallel;

use super::arguments::{self, ReportFormat};
use super::banks;
use super::failed;
use super::inputs::{Inputs, inputs, standard_input, tell_skipped};
use super::output::{Exit, Look, Printed, count};
use crate::banks::Banks;
use crate::finding::Severity;
use crate::near::nearest;
use crate::rules;
use crate::workspace::Configurations;
use baseline::Baseline;
use judge::{Action, Judged, Report};

/// Runs the command.
pub(super) fn run(options: &arguments::Check, look: Look) -> Printed {
    if options.watch {
        let Inputs { configured, skipped, .. } = match read(options) {
            Ok(inputs) => inputs,
            Err(message) => return failed(&message),
        };
        // What is not there cannot be watched; the report says so.
        if !skipped.iter().any(|skipped| skipped.named) {
            let configurations: Vec<_> = configured.iter().filter_map(|of| of.file.clone()).collect();
            return watch::run(&options.paths, &configurations, look, || check(options, look));
        }
    }
    check(options, look)
}

fn check(options: &arguments::Check, look: Look) -> Printed {
    let baseline = options.baseline.as_deref().map(Baseline::read).transpose();
    match (read(options), baseline) {
        (Ok(inputs), Ok(baseline)) => report_on(options, inputs, baseline, look),
        (Err(message), _) | (_, Err(message)) => failed(&message),
    }
}

/// What is to be checked, by the settings that the options change.
fn read(options: &arguments::Check) -> Result<Inputs, String> {
    let select = rule_names("--select", &options.select)?;
    let ignore = rule_names("--ignore", &options.ignore)?;
    let configurations = Configurations::adjusted(move |config| {
        if !select.is_empty() {
            config.select(&select);
        }
        config.ignore(&ignore);
    });
    match &options.stdin_filename {
        Some(name) => standard_input(name, configurations),
        None => inputs(&options.paths, configurations),
    }
}

fn report_on(options: &arguments::Check, inputs: Inputs, baseline: Option<Baseline>, look: Look) -> Printed {
    let action = match (options.diff, options.fix) {
        (true, _) => Action::Diff,
        (false, true) => Action::Fix { write: options.stdin_filename.is_none() },
        (false, false) => Action::Judge,
    };
    let mut report = report(inputs, action);
    let mut printed = Printed::default();
    tell_skipped(&report.skipped, &report.notices, &mut printed);
    report.unwritten.iter().for_each(|reason| printed.fail(reason));
    if let Some(baseline) = baseline {
        printed.note(&baseline.apply(&mut report));
    }
    printed.at_least(exit(&report, options.fail_on));
    match action {
        Action::Diff => print_diff(&report, look, &mut printed),
        Action::Fix { write: false } => print_fixed_text(options, report, look, &mut printed),
        Action::Fix { write: true } | Action::Judge => printed.out.push_str(&print(options, &report, look)),
    }
    printed
}

fn report(mut inputs: Inputs, action: Action) -> Report {
    let mut report = Report::of_configuration(&inputs.configured);
    let judged = parallel::map(&inputs.texts, |input| judge::judge(input, action, &inputs.roots));
    let mut judged: Vec<Judged> = inputs
        .texts
        .iter()
        .zip(judged)
        .map(|(input, judged)| judged.unwrap_or_else(|| Judged::Skipped(input.broken())))
        .collect();
    judge_banks(&mut inputs, &mut judged);
    judged.into_iter().for_each(|judged| report.add(judged));
    report.skipped.extend(inputs.skipped);
    report.notices = inputs.notices;
    report.sort();
    report
}

/// Adds what takes a whole bank to see.
fn judge_banks(inputs: &mut Inputs, judged: &mut [Judged]) {
    let folders = inputs.folders();
    let mut banks = Banks::default();
    for (input, judged) in inputs.texts.iter().zip(judged.iter_mut()) {
        if let Some(summary) = judged.take_summary() {
            banks::add(&mut banks, input, &folders, summary);
        }
    }
    banks::add_others(&mut banks, inputs);
    let mut findings = banks::findings(&banks);
    for (input, judged) in inputs.texts.iter().zip(judged) {
        if let Some(findings) = findings.remove(input.path()) {
            judged.extend(findings);
        }
    }
}

fn exit(report: &Report, fail_on: Severity) -> Exit {
    if report.files.iter().any(|file| file.is_configuration) {
        return Exit::Failed;
    }
    if report.findings().any(|finding| finding.severity >= fail_on) { Exit::Findings } else { Exit::Clean }
}

fn print(options: &arguments::Check, report: &Report, look: Look) -> String {
    match options.format {
        ReportFormat::Text => text::print(report, look),
        ReportFormat::Json => json::print(report),
        ReportFormat::Github => github::print(report),
        ReportFormat::Sarif => sarif::print(report),
        ReportFormat::Junit => junit::print(report, options.fail_on),
    }
}

/// The patch alone on standard output, so that it can be applied; what it amounts to on standard error.
fn print_diff(report: &Report, look: Look, printed: &mut Printed) {
    // Findings are not printed, so they do not fail; an invalid configuration does, and has to be seen.
    let configuration = report.only_configuration();
    if printed.exit < Exit::Failed {
        printed.exit = Exit::Clean;
    }
    printed.err.push_str(&text::print_findings(&configuration, Look { color: false, ..look }));
    for patch in &report.patches {
        printed.out.push_str(&diff::colored(patch, look));
    }
    if report.patches.is_empty() {
        printed.note("nothing to fix");
    } else {
        let (fixes, files) = (count(report.applied, "fix", "fixes"), report.patches.len());
        printed.note(&format!("{fixes} would change {}", count(files, "file", "files")));
        printed.at_least(Exit::Findings);
    }
}

/// The fixed text on standard output, so that an editor can take it; the report on standard error.
fn print_fixed_text(options: &arguments::Check, mut report: Report, look: Look, printed: &mut Printed) {
    printed.out = report.fixed_text.take().unwrap_or_default();
    printed.err.push_str(&print(options, &report, look));
}

/// The names of rules as they stand in `rules::ALL`.
fn rule_names(option: &str, names: &[String]) -> Result<Vec<&'static str>, String> {
    let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    names
        .map(|name| {
            let known = rules::ALL.iter().map(|rule| rule.name);
            known.clone().find(|known| *known == name).ok_or_else(|| match nearest(name, known) {
                Some(near) => format!("{option}: there is no rule \"{name}\". Did you mean \"{near}\"?"),
                None => format!("{option}: there is no rule \"{name}\"; `starling explain` lists the rules"),
            })
        })
        .collect()
}
