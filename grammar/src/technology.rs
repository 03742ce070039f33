//! Technologies that a text names.

use crate::Vocabulary;

/// The technologies of the vocabulary that `prose` names, in the order of the vocabulary, each once.
///
/// A name with a capital must be written as it is, a name without one in any case. Names that are everyday words too
/// (`Go`, `Spark`) are left out: the word alone does not tell them apart.
#[must_use]
pub fn technologies<'a>(prose: &str, vocabulary: &'a Vocabulary) -> Vec<&'a str> {
    let lower = prose.to_lowercase();
    let named = |name: &str| {
        let exact = name.chars().any(char::is_uppercase);
        holds_word(if exact { prose } else { &lower }, name)
    };
    let all = vocabulary.technologies().iter().filter(|technology| !technology.ambiguous);
    let found = all
        .filter(|technology| named(&technology.name) || technology.aliases.iter().any(|alias| named(alias)));
    found.map(|technology| technology.name.as_str()).collect()
}

fn holds_word(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let plural = |rest: &str| rest.strip_prefix('s').is_some_and(|rest| !rest.starts_with(joins));
        let after = &text[at + word.len()..];
        !text[..at].ends_with(joins) && (!after.starts_with(joins) || plural(after))
    })
}

#[cfg(test)]
mod tests {
    use super::technologies;
    use crate::Vocabulary;

    #[test]
    fn names_are_words_as_they_are_written() {
        let vocabulary = Vocabulary::builtin();
        let prose = "A kafkaesque week: I moved Redis behind Circuit breakers, and go on with Postgres.";
        assert_eq!(technologies(prose, &vocabulary), ["PostgreSQL", "Redis", "circuit breaker"]);
    }
}
