//! The one entry point that command line and language server share: a text in, its findings out.

use std::sync::Arc;

use starling_grammar::{Document, Origin};

use crate::config::Config;
use crate::finding::Finding;

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
    Checked { document, findings: Vec::new() }
}
