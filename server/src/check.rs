//! The one entry point that command line and language server share: a text in, its findings out.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use starling_grammar::{Document, Origin};

use crate::bank::{Bank, Summary};
use crate::config::Config;
use crate::finding::Finding;
use crate::rules::{self, Check, Context, Rule};

/// A document with its findings.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the text says.
    pub document: Document,
    /// What is to be said of it, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Reads and judges a text. `previous` is an earlier version of the same file, if there is one; what has not changed
/// is reused.
#[must_use]
pub fn check(text: Arc<str>, origin: &Origin, config: &Config, previous: Option<&Document>) -> Checked {
    let document = match previous {
        Some(previous) => previous.reread(text, origin, &config.vocabulary),
        None => Document::read(text, origin, &config.vocabulary),
    };
    let findings = judge(&document, config);
    Checked { document, findings }
}

/// The findings that take a whole bank to see, by file, each in the order of the text and then of the rules. All files
/// of a bank have the same configuration.
#[must_use]
pub fn check_bank(bank: &Bank, config: &Config) -> BTreeMap<Arc<Path>, Vec<Finding>> {
    let mut by_file: BTreeMap<Arc<Path>, Vec<Finding>> = BTreeMap::new();
    for (rule, check) in rules::BANK_CHECKS {
        let Some(severity) = config.severity_of(rule) else { continue };
        let found = catch_unwind(AssertUnwindSafe(|| check(bank))).unwrap_or_default();
        for (path, finding) in found {
            if bank.file(&path).is_some_and(|summary| !is_silenced(summary, &finding)) {
                by_file.entry(path).or_default().push(Finding { severity, ..finding });
            }
        }
    }
    by_file.values_mut().for_each(|findings| sort(findings));
    by_file
}

/// Whether a comment silences a finding about the bank, as it would one about its document.
fn is_silenced(summary: &Summary, finding: &Finding) -> bool {
    let story = summary.stories.iter().find(|story| story.title_span == finding.span);
    summary.silences.iter().any(|silence| {
        let named = silence.rules.contains(&finding.rule.name);
        (named || silence.rules.is_empty()) && silence.scope.contains_span(finding.span)
            || named && story.is_some_and(|story| story.span.contains_span(silence.comment))
    })
}

/// Puts findings into the order of the text, and then of the rules.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|left, right| (left.span, left.rule.name).cmp(&(right.span, right.rule.name)));
}

/// The findings of a document that has been read, in the order of the text and then of the rules.
fn judge(document: &Document, config: &Config) -> Vec<Finding> {
    let context = Context { document, vocabulary: &config.vocabulary };
    let enabled = |rule: &Rule| config.severity_of(rule).is_some();
    let mut findings = Vec::new();
    for (_, check) in rules::CHECKS.iter().filter(|(rule, _)| enabled(rule)) {
        findings.extend(run(*check, &context));
    }
    let mut findings = rules::silence(&context, findings, enabled);
    for finding in &mut findings {
        finding.severity = config.severity_of(finding.rule).unwrap_or(finding.severity);
    }
    sort(&mut findings);
    findings
}

/// What one rule finds. A panic costs what the rule would have said of that story, and nothing else.
fn run(check: Check, context: &Context) -> Vec<Finding> {
    match check {
        Check::Document(check) => survive(|| check(context)),
        Check::Story(check) => context.told().flat_map(|story| survive(|| check(context, story))).collect(),
    }
}

/// The rules only read, so that nothing is left half-changed behind a panic.
fn survive(check: impl FnOnce() -> Vec<Finding>) -> Vec<Finding> {
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use starling_grammar::{Document, Origin, Vocabulary};

    use super::{check, run};
    use crate::config::Config;
    use crate::finding::{Finding, Severity};
    use crate::rules::{self, Check, Context, Rule};

    static FAULTY: Rule = Rule { name: "faulty", severity: Severity::Hint, documentation: "" };

    #[test]
    fn a_panic_costs_the_findings_of_that_story() {
        let text = "# One\n\n**Situation:** a\n\n**Task:** b\n\n# Two\n\n**Situation:** c\n\n**Task:** d\n";
        let vocabulary = Vocabulary::default();
        let document = Document::read(text.into(), &Origin::default(), &vocabulary);
        let context = Context { document: &document, vocabulary: &vocabulary };
        let check = Check::Story(|_, story| {
            assert_ne!(story.title.text, "One", "a fault");
            vec![Finding::new(&FAULTY, story.title.span, "")]
        });
        assert_eq!(run(check, &context).len(), 1);
        assert!(run(Check::Document(|_| panic!("a fault")), &context).is_empty());
    }

    #[test]
    fn findings_are_in_order_and_weigh_what_is_configured() {
        let text = "# One\n\n**Action:** a\n\n**Sitation:** b\n\n**Task:** c\n";
        let mut config = Config::default();
        config.rules.insert("missing-part", Some(Severity::Hint));
        config.rules.insert("unquantified-result", None);
        let checked = check(text.into(), &Origin { declared: true, ..Origin::default() }, &config, None);
        assert!(checked.findings.is_sorted_by_key(|finding| (finding.span, finding.rule.name)));
        for finding in checked.findings {
            assert_eq!(Some(finding.severity), config.severity_of(finding.rule), "{}", finding.rule.name);
        }
    }

    #[test]
    fn every_rule_is_registered_once_and_in_order() {
        assert!(rules::ALL.is_sorted_by(|left, right| left.name < right.name));
        assert!(rules::CHECKS.is_sorted_by(|left, right| left.0.name < right.0.name));
        assert!(rules::BANK_CHECKS.is_sorted_by(|left, right| left.0.name < right.0.name));
        for (rule, _) in rules::CHECKS {
            assert!(rules::ALL.contains(rule), "{}", rule.name);
        }
        for (rule, _) in rules::BANK_CHECKS {
            assert!(rules::ALL.contains(rule) && !rules::CHECKS.iter().any(|(check, _)| check == rule));
        }
        for rule in ["invalid-config", "unused-suppression"] {
            assert!(rules::ALL.iter().any(|known| known.name == rule), "{rule}");
        }
    }
}
