//! What users can set, as plain data: `starling.toml` and editor settings.

use std::sync::Arc;

use starling_grammar::Vocabulary;

/// A complete configuration.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The built-in vocabulary with the user's additions.
    pub vocabulary: Arc<Vocabulary>,
}
