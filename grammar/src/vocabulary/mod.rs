//! The words of the domain, from the files in `grammar/vocabulary/`.

/// Parts, principles, themes, questions and word lists.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {}
