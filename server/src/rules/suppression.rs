//! Comments that silence rules, applied.

use starling_grammar::{Document, Span, Suppression};

use super::unused_suppression::{self, Unused};
use super::{CHECKS, Context, Rule};
use crate::finding::{Finding, Found};

/// Parts the findings that comments do not silence from those that they do, and adds to the former those about comments that
/// silence nothing. `enabled` tells which rules were asked.
pub(crate) fn silence(
    context: &Context,
    found: Vec<Found>,
    enabled: impl Fn(&Rule) -> bool,
) -> (Vec<Found>, Vec<Found>) {
    let document = context.document;
    let mut used = Used::none(&document.suppressions);
    let (silenced, mut kept): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|(_, finding)| used.note(document, finding));
    if enabled(&unused_suppression::RULE) {
        let would_silence = |comment: &Suppression, rule: &Rule| {
            let asked = is_check(rule) && enabled(rule);
            let findings = kept.iter().chain(&silenced).map(|(_, finding)| finding);
            let mut findings = findings.filter(|finding| finding.rule == rule);
            !asked || findings.any(|finding| covers(document, comment, finding, true))
        };
        let unused: Vec<Found> = used
            .without_use(context, &enabled)
            .iter()
            .map(|unused| unused_suppression::finding(context.text(), unused, would_silence))
            .filter(|finding| !is_silenced_by_name(document, finding))
            .map(|finding| (None, finding))
            .collect();
        kept.extend(unused);
    }
    (kept, silenced)
}

/// Whether a rule judges documents, so that it can be silenced in them.
fn is_check(rule: &Rule) -> bool {
    CHECKS.iter().any(|(check, _)| *check == rule)
}

/// Which names of which comments have silenced something.
struct Used {
    /// For each comment, whether each of its names has; a comment without names has one entry.
    names: Vec<Vec<bool>>,
}

impl Used {
    fn none(suppressions: &[Suppression]) -> Self {
        Self { names: suppressions.iter().map(|comment| vec![false; comment.rules.len().max(1)]).collect() }
    }

    /// Notes which comments silence a finding, and says whether any does.
    fn note(&mut self, document: &Document, finding: &Finding) -> bool {
        let mut silenced = false;
        for (comment, used) in document.suppressions.iter().zip(&mut self.names) {
            let named = comment.rules.iter().position(|(name, _)| name == finding.rule.name);
            if (named.is_some() || comment.rules.is_empty())
                && covers(document, comment, finding, named.is_some())
            {
                used[named.unwrap_or(0)] = true;
                silenced = true;
            }
        }
        silenced
    }

    /// The names and comments that silence nothing. A rule that was not asked may have found something, so that its
    /// name is not judged, nor is a comment without names unless all were asked.
    fn without_use<'a>(&self, context: &'a Context, enabled: impl Fn(&Rule) -> bool) -> Vec<Unused<'a>> {
        let all = CHECKS.iter().all(|(rule, _)| enabled(rule));
        let mut unused = Vec::new();
        for (comment, used) in context.document.suppressions.iter().zip(&self.names) {
            if !is_judged(context, comment) {
                continue;
            }
            if comment.rules.is_empty() && !used[0] && all {
                unused.push(Unused::Comment(comment));
            }
            for (index, (name, _)) in comment.rules.iter().enumerate().filter(|(index, _)| !used[*index]) {
                match super::ALL.iter().find(|rule| rule.name == name) {
                    None => unused.push(Unused::Unknown(comment, index)),
                    Some(rule) if is_check(rule) && enabled(rule) => {
                        unused.push(Unused::Name(comment, index));
                    }
                    Some(_) => {}
                }
            }
        }
        unused
    }
}

/// Whether a comment stands where rules judge: in a file with a told story, and not in a template.
fn is_judged(context: &Context, comment: &Suppression) -> bool {
    let in_template =
        |story: &starling_grammar::Story| story.template && story.span.contains_span(comment.scope);
    context.told().next().is_some() && !context.document.stories.iter().any(in_template)
}

/// Whether a finding stands where a comment silences. One about the whole story, which stands at the title, is also
/// silenced by name from anywhere in the story.
pub(crate) fn covers(document: &Document, comment: &Suppression, finding: &Finding, named: bool) -> bool {
    let inside = |scope: Span| scope.start <= finding.span.start && finding.span.end <= scope.end;
    let story = document.stories.iter().find(|story| story.title.span == finding.span);
    inside(comment.scope) || named && story.is_some_and(|story| story.span.contains_span(comment.span))
}

fn is_silenced_by_name(document: &Document, finding: &Finding) -> bool {
    document.suppressions.iter().any(|comment| {
        comment.rules.iter().any(|(name, _)| name == finding.rule.name)
            && (covers(document, comment, finding, true) || comment.span.contains_span(finding.span))
    })
}
