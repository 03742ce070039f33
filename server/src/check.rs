//! The one entry point that command line and language server share: a text in, its findings out.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use starling_grammar::{Document, Origin, Story, parallel};

use crate::bank::{Bank, Summary};
use crate::config::Config;
use crate::finding::{Finding, Found};
use crate::rules::{self, Check, Context, Rule};

/// A document with its findings.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the text says.
    pub document: Document,
    /// What is to be said of it, in the order of the text.
    pub findings: Vec<Finding>,
    /// For each finding the story in which a rule about single stories found it.
    found_in: Vec<Option<usize>>,
    /// What such rules found besides, and comments silence.
    silenced: Vec<Found>,
}

/// Reads and judges a text. `previous` is an earlier version of the same file, if there is one, checked with the same
/// configuration; what has not changed is taken over.
#[must_use]
pub fn check(text: Arc<str>, origin: &Origin, config: &Config, previous: Option<Checked>) -> Checked {
    let (document, known) = match previous {
        Some(Checked { document, findings, found_in, silenced }) => {
            let mut known = vec![Vec::new(); document.stories.len()];
            for (story, finding) in found_in.into_iter().zip(findings).chain(silenced) {
                if let Some(story) = story {
                    known[story].push(finding);
                }
            }
            (document.reread(text, origin, &config.vocabulary), known)
        }
        None => (Document::read(text, origin, &config.vocabulary), Vec::new()),
    };
    let context = Context { document: &document, vocabulary: &config.vocabulary };
    let (found, silenced) = judge(&context, config, judge_stories(&context, config, known));
    let (found_in, findings) = found.into_iter().unzip();
    Checked { document, findings, found_in, silenced }
}

/// Reads the word lists, so that the first text need not wait for them.
pub fn prepare() {
    let _ = check(PREPARATION.into(), &Origin::default(), &Config::default(), None);
}

/// A story for which every word list is asked.
const PREPARATION: &str = "# X\n\n## Situation\n\n> It *was* slow.\n\n## Task\n\nI owned it.\n\n## Action\n\nWe cut it.\n\n\
                           ## Result\n\nIt took 3 ms, not <b>9</b>.\n";

/// What the rules about single stories say, story by story. What they said of a story that has only moved, as is `known`,
/// they would say again.
fn judge_stories(context: &Context, config: &Config, mut known: Vec<Vec<Finding>>) -> Vec<Found> {
    let stories = &context.document.stories;
    let mut said = |index: usize| {
        let kept = context.document.kept(index)?;
        let mut findings = std::mem::take(known.get_mut(kept.index)?);
        findings.iter_mut().for_each(|finding| finding.move_with(kept));
        Some(findings)
    };
    let said: Vec<Option<Vec<Finding>>> = (0..stories.len()).map(&mut said).collect();
    let new = stories.iter().zip(&said).filter(|(_, said)| said.is_none());
    let new: Vec<&Story> = new.map(|(story, _)| story).collect();
    let mut judged = parallel::each(&new, |story| {
        if story.template {
            return Vec::new();
        }
        let of_stories = enabled(config).filter_map(|(_, check)| match check {
            Check::Story(check) => Some(check),
            Check::StoryAmongOthers(_) | Check::Document(_) => None,
        });
        of_stories.flat_map(|check| survive(|| check(context, story))).collect()
    })
    .into_iter();
    let all = said.into_iter().map(|said| said.or_else(|| judged.next()).unwrap_or_default());
    all.enumerate()
        .flat_map(|(index, found)| found.into_iter().map(move |finding| (Some(index), finding)))
        .collect()
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
                // Most files have one or none.
                let findings = by_file.entry(path).or_insert_with(|| Vec::with_capacity(1));
                findings.push(Finding { severity, ..finding });
            }
        }
    }
    by_file.values_mut().for_each(|findings| sort(findings));
    by_file
}

/// Whether a comment silences a finding about the bank, as it would one about its document.
fn is_silenced(summary: &Summary, finding: &Finding) -> bool {
    summary.silences.iter().any(|silence| {
        let named = silence.rules.contains(&finding.rule.name);
        (named || silence.rules.is_empty()) && silence.scope.contains_span(finding.span)
            || named && silence.title == Some(finding.span)
    })
}

/// Puts findings into the order of the text, and then of the rules.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(order);
}

fn order(left: &Finding, right: &Finding) -> Ordering {
    (left.span, left.rule.name).cmp(&(right.span, right.rule.name))
}

/// The findings of a document that has been read, in the order of the text and then of the rules; and what is silenced of
/// what was `found` in single stories.
fn judge(context: &Context, config: &Config, mut found: Vec<Found>) -> (Vec<Found>, Vec<Found>) {
    for (_, check) in enabled(config) {
        match check {
            Check::Story(_) => {}
            Check::StoryAmongOthers(check) => {
                let findings = context.told().flat_map(|story| survive(|| check(context, story)));
                found.extend(findings.map(|finding| (None, finding)));
            }
            Check::Document(check) => {
                found.extend(survive(|| check(context)).into_iter().map(|finding| (None, finding)));
            }
        }
    }
    let (mut found, mut silenced) = rules::silence(context, found, |rule| config.severity_of(rule).is_some());
    for (_, finding) in &mut found {
        finding.severity = config.severity_of(finding.rule).unwrap_or(finding.severity);
    }
    found.sort_by(|(_, left), (_, right)| order(left, right));
    silenced.retain(|(story, _)| story.is_some());
    (found, silenced)
}

fn enabled(config: &Config) -> impl Iterator<Item = &'static (&'static Rule, Check)> {
    rules::CHECKS.iter().filter(|(rule, _)| config.severity_of(rule).is_some())
}

/// What a rule finds. A panic costs what the rule would have said of that story or document, and nothing else.
/// The rules only read, so that nothing is left half-changed behind one.
fn survive(check: impl FnOnce() -> Vec<Finding>) -> Vec<Finding> {
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use starling_grammar::Origin;

    use super::{check, survive};
    use crate::config::Config;
    use crate::finding::{Finding, Severity};
    use crate::rules;

    #[test]
    fn a_panic_costs_the_findings_of_one_call() {
        assert!(survive(|| panic!("a fault")).is_empty());
    }

    /// Everything about a finding that users see.
    fn shown(findings: &[Finding]) -> Vec<String> {
        findings.iter().map(|finding| format!("{finding:?}")).collect()
    }

    const LINES: &[&str] = &[
        "# One",
        "## Example",
        "Questions: mentoring, failure",
        "**Task:** It had to be faster.",
        "## Situation",
        "## Task",
        "**Situation:** It was slow.",
        "**Task:** I owned it.",
        "**Action:** I rebuilt it.",
        "**Result:** It is significantly faster.",
        "**Result:** 30% faster.",
        "**Sitation:**",
        "Principles: Ownership, Frugalty",
        "Questions: mentoring",
        "- Action: We did. We went.",
        "---",
        "",
        "<!-- starling-ignore missing-part -->",
        "<!-- starling-ignore-file vague-quantity -->",
        "text",
        "[TODO]",
        "> quoted",
        "| S | T | A | R |",
        "|---|---|---|---|",
        "| a | b | c | d |",
        "```",
        "**Learning:** to ask",
        "é🎉",
    ];

    /// Texts under headings of several levels, some of which have the same words; long enough to be cut into several
    /// segments, so that some are taken over.
    fn sections() -> impl Strategy<Value = String> {
        let lines =
            || prop::collection::vec(prop::sample::select(LINES), 0..10).prop_map(|lines| lines.join("\n\n"));
        let heading = (1usize..4, prop::sample::select(&["long ", "wide "][..]));
        let heading =
            heading.prop_map(|(level, word)| format!("\n\n{} {}\n\n", "#".repeat(level), word.repeat(220)));
        let section = (heading, lines()).prop_map(|(heading, lines)| heading + &lines);
        (lines(), prop::collection::vec(section, 0..7)).prop_map(|(first, others)| first + &others.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_found_after_edits_is_what_is_found_afresh(
            sections in sections(),
            front_matter in any::<bool>(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, prop::sample::select(LINES)), 1..6),
        ) {
            let matter = "---\nthemes: [scaling]\nquestions: [scaled-10x]\n---\n";
            let mut text = if front_matter { matter.to_owned() } else { String::new() };
            text += &sections;
            let (origin, config) = (Origin::default(), Config::default());
            let mut checked = check(text.as_str().into(), &origin, &config, None);
            for (at, length, with) in edits {
                let start = text.floor_char_boundary(at.index(text.len() + 1));
                let end = text.ceil_char_boundary((start + length).min(text.len()));
                text.replace_range(start..end, with);
                checked = check(text.as_str().into(), &origin, &config, Some(checked));
                let fresh = check(text.as_str().into(), &origin, &config, None);
                prop_assert_eq!(shown(&checked.findings), shown(&fresh.findings), "in {}", text);
            }
        }
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
