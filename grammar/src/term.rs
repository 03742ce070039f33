//! The words of a text, as they are compared by searches.

use crate::prose::Words;

/// The stems of the words of a text, in its order: all inflected forms of a word are one term. Code is left out.
#[must_use]
pub fn terms(prose: &str) -> Vec<String> {
    let words = Words::read(prose);
    let is_word = |index: &usize| words.lower(*index).contains(char::is_alphanumeric);
    (0..words.len()).filter(is_word).map(|index| words.stem(index).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn forms_are_one_term() {
        assert_eq!(
            terms("I convinced them, convincing \u{1a}\u{1a} twice."),
            terms("I convince them convincing twice")
        );
        assert!(terms("  \u{1a}\u{1a} — ").is_empty());
    }
}
