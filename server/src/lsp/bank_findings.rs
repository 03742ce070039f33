//! What was found of a document as part of its bank.

use std::sync::Arc;

use starling_grammar::{Span, unchanged};

use crate::finding::Finding;

/// Findings with the text that they were found in: by the time they are shown, there may be a later one.
#[derive(Debug, Default)]
pub(super) struct BankFindings {
    text: Arc<str>,
    findings: Vec<Finding>,
}

impl BankFindings {
    /// What was found in a text.
    pub(super) fn new(text: Arc<str>, findings: Vec<Finding>) -> Self {
        Self { text, findings }
    }

    /// What of it still holds in another text, where it stands there. What is at or beside the first or the last change
    /// is left out: the bank has yet to say whether it still is so.
    pub(super) fn in_text(&self, text: &Arc<str>) -> Vec<Finding> {
        if self.findings.is_empty() || Arc::ptr_eq(&self.text, text) {
            return self.findings.clone();
        }
        let (before, after) = unchanged(self.text.as_bytes(), text.as_bytes());
        if self.text.len() == text.len() && before == text.len() {
            return self.findings.clone();
        }
        let after = self.text.len() - after;
        let by = text.len().cast_signed() - self.text.len().cast_signed();
        let place = |span: Span| match (span.end < before, span.start > after) {
            (true, _) => Some(span),
            (_, true) => Some(span.moved(by)),
            _ => None,
        };
        self.findings.iter().filter_map(|finding| finding.mapped(place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use starling_grammar::Span;

    use super::BankFindings;
    use crate::finding::Finding;
    use crate::rules;

    /// The words at which findings at each of some words stand in a later text.
    fn after(text: &str, words: &[&str], later: &str) -> Vec<String> {
        let finding = |word: &&str| {
            let start = text.find(word).expect("a word of the text");
            Finding::new(rules::ALL[0], Span::new(start, start + word.len()), "")
        };
        let found = BankFindings::new(text.into(), words.iter().map(finding).collect());
        found.in_text(&later.into()).iter().map(|finding| finding.span.of(later).to_owned()).collect()
    }

    #[test]
    fn findings_move_with_their_words() {
        let text = "# One\n\ntext\n\n# Two\n";
        assert_eq!(after(text, &["One", "Two"], text), ["One", "Two"]);
        assert_eq!(after(text, &["One", "Two"], "# One\n\nmore text é\n\n# Two\n"), ["One", "Two"]);
        assert_eq!(after(text, &["One", "Two"], "# Ones\n\ntext\n\n# Two\n"), ["Two"]);
        assert_eq!(after(text, &["One", "Two"], "# One\n\ntext\n\n# Twos\n"), ["One"]);
        assert!(after(text, &["One", "Two"], "").is_empty());
    }
}
