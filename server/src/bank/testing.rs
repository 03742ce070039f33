//! What tests of the bank share.

use std::path::Path;

use starling_grammar::{Document, Origin, Vocabulary};

use super::{Bank, Summary};

/// A story of some length, with tags.
pub(crate) const STORY: &str = "\
---
themes: [production-incident]
questions: [production-outage]
principles: [dive-deep]
---
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool from a dashboard, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
";

/// The summary of a text.
pub(crate) fn summary(text: &str) -> Summary {
    let vocabulary = Vocabulary::builtin();
    Summary::of(&Document::read(text.into(), &Origin::default(), vocabulary), vocabulary)
}

/// A bank of files.
pub(crate) fn bank(files: &[(&str, &str)]) -> Bank {
    let mut bank = Bank::default();
    for (path, text) in files {
        bank.insert(Path::new(path), summary(text));
    }
    bank
}
