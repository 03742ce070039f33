//! Applying fixes to a text.
//!
//! Invariants: pure; a fix is applied whole or not at all, and never over another.

use std::collections::BTreeMap;
use std::sync::Arc;

use starling_grammar::{Origin, Span};

use crate::check::{Checked, check};
use crate::config::Config;
use crate::finding::{Applicability, Edit, Finding, Fix};

/// How often a text is fixed and checked again, at most. One round mends all but fixes that overlap; the bound is there
/// for a rule whose fix does not mend.
const MAX_ROUNDS: usize = 20;

/// A text after its safe fixes.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The text, and what is still to be said of it.
    pub checked: Checked,
    /// How many fixes were applied.
    pub applied: usize,
}

/// Applies the safe fixes of a text, again and again until none is left.
#[must_use]
pub fn fix_all(text: &Arc<str>, origin: &Origin, config: &Config) -> Fixed {
    let mut checked = check(text.clone(), origin, config, None);
    let mut applied = 0;
    for _ in 0..MAX_ROUNDS {
        let text = checked.document.text().clone();
        let fixes = safe_fixes(&text, &checked.findings);
        if fixes.is_empty() {
            break;
        }
        let after = apply(&text, &edits_of(&fixes));
        if *after == *text {
            break;
        }
        applied += fixes.len();
        checked = check(after.into(), origin, config, Some(checked));
    }
    Fixed { checked, applied }
}

/// The safe fixes of some findings that can be applied together: of two that meet, the first. Even side by side they
/// meet: the one may have been meant without the other.
#[must_use]
pub fn safe_fixes<'f>(text: &str, findings: &'f [Finding]) -> Vec<&'f Fix> {
    let mut chosen: Vec<&Fix> = Vec::new();
    // Ends of the chosen edits by their starts. They do not meet, so the nearest one before an end tells.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe) else {
            continue;
        };
        let is_free =
            |span: Span| taken.range(..=span.end).next_back().is_none_or(|(_, end)| *end < span.start);
        let fits = |edit: &Edit| text.get(edit.span.range()).is_some() && is_free(edit.span);
        if !fix.edits.is_empty() && fix.edits.iter().all(fits) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
            chosen.push(fix);
        }
    }
    chosen
}

/// The edits of several fixes that do not meet, in ascending order.
#[must_use]
pub fn edits_of(fixes: &[&Fix]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = fixes.iter().flat_map(|fix| fix.edits.iter().cloned()).collect();
    edits.sort_by_key(|edit| edit.span);
    edits
}

/// Applies disjoint edits in ascending order.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut after = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in edits {
        debug_assert!(copied <= edit.span.start, "edits are disjoint and ascending");
        after.push_str(&text[copied..edit.span.start]);
        after.push_str(&edit.text);
        copied = edit.span.end;
    }
    after.push_str(&text[copied..]);
    after
}

#[cfg(test)]
mod tests {
    use starling_grammar::Span;

    use super::{apply, edits_of, safe_fixes};
    use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
    use crate::rules::Rule;

    static RULE: Rule = Rule { name: "test", severity: Severity::Hint, documentation: "" };

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.to_owned() }
    }

    fn finding(applicability: Applicability, edits: Vec<Edit>) -> Finding {
        Finding {
            rule: &RULE,
            severity: Severity::Hint,
            span: Span::at(0),
            message: String::new(),
            part: None,
            subject: None,
            related: Vec::new(),
            fixes: vec![Fix { title: String::new(), applicability, edits }],
        }
    }

    fn fixed(text: &str, findings: &[Finding]) -> String {
        apply(text, &edits_of(&safe_fixes(text, findings)))
    }

    #[test]
    fn edits_apply_in_order() {
        assert_eq!(apply("abc", &[edit(0, 1, "x"), edit(1, 1, "-"), edit(2, 3, "")]), "x-b");
        assert_eq!(apply("", &[edit(0, 0, "x")]), "x");
    }

    #[test]
    fn only_safe_fixes_apply() {
        let prompt = finding(Applicability::Prompt, vec![edit(0, 1, "x")]);
        let safe = finding(Applicability::Safe, vec![edit(2, 3, "z")]);
        assert_eq!(fixed("abc", &[prompt, safe]), "abz");
    }

    #[test]
    fn of_two_that_meet_the_first_applies_whole() {
        let first = finding(Applicability::Safe, vec![edit(0, 1, "x"), edit(4, 5, "y")]);
        let second = finding(Applicability::Safe, vec![edit(2, 3, "!"), edit(4, 5, "!")]);
        assert_eq!(fixed("abcde", &[first, second]), "xbcdy");
        let same = || finding(Applicability::Safe, vec![edit(1, 1, "+")]);
        assert_eq!(fixed("ab", &[same(), same()]), "a+b");
    }

    #[test]
    fn edits_outside_of_the_text_are_left_out() {
        assert_eq!(fixed("é", &[finding(Applicability::Safe, vec![edit(1, 2, "x")])]), "é");
        assert_eq!(fixed("a", &[finding(Applicability::Safe, vec![edit(0, 9, "x")])]), "a");
    }
}
