//! Lists of words belong to the vocabulary, where users can extend them.

use crate::Violation;
use crate::source::{Kind, Source, Token, group};

/// More words than this in one list make it vocabulary.
const MOST: usize = 12;

/// A list of words that may stand in code.
pub(crate) struct Allowed {
    /// The file it stands in.
    path: &'static str,
    /// Its first word.
    first: &'static str,
    /// Why it is not vocabulary.
    reason: &'static str,
}

/// Lists that no user would want to extend. Keep this short.
pub(crate) const ALLOWED: &[Allowed] = &[];

/// Long lists of words in code outside of tests, and permissions that nothing needs any more.
pub(crate) fn violations(sources: &[Source], allowed: &[Allowed]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut needed = vec![false; allowed.len()];
    let bound =
        |source: &&Source| ["grammar/src/", "server/src/"].iter().any(|it| source.path.starts_with(it));
    for source in sources.iter().filter(bound) {
        for list in lists(&source.code) {
            let first = &list[0];
            let permission = allowed.iter().position(|it| it.path == source.path && it.first == first.text);
            match permission {
                Some(permission) => needed[permission] = true,
                None => violations.push(Violation::new(
                    &source.path,
                    first.line,
                    format!(
                        "a list of {} words: move it to grammar/vocabulary, where users can extend it, or, if none \
                         would, name it in tests/tests/laws/words.rs",
                        list.len()
                    ),
                )),
            }
        }
    }
    let unused = allowed.iter().zip(needed).filter(|(_, needed)| !needed);
    violations.extend(unused.map(|(it, _)| {
        let list = format!("a long list that begins with \"{}\" ({})", it.first, it.reason);
        Violation::new(it.path, None, format!("no longer has {list}: remove its permission from words.rs"))
    }));
    violations
}

/// The words of each list that is too long: brackets that hold strings and punctuation alone, and alternatives of
/// a pattern.
fn lists(tokens: &[Token]) -> Vec<Vec<&Token>> {
    let mut lists = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let length = match &tokens[at] {
            token if token.is("[") => group(&tokens[at..]),
            token if token.kind == Kind::Text => alternatives(&tokens[at..]),
            _ => 1,
        };
        let candidate = &tokens[at..at + length];
        let words: Vec<&Token> = candidate.iter().filter(|token| is_word(token)).collect();
        if words.len() > MOST && candidate.iter().all(is_plain) {
            lists.push(words);
            at += length;
        } else {
            at += 1;
        }
    }
    lists
}

/// Length of `"a" | "b" | "c"` at the head of the tokens.
fn alternatives(tokens: &[Token]) -> usize {
    let more = tokens[1..]
        .chunks(2)
        .take_while(|pair| matches!(pair, [mark, text] if mark.is("|") && text.kind == Kind::Text));
    1 + 2 * more.count()
}

/// Whether it is a string that says something; a list of marks is no vocabulary.
fn is_word(token: &Token) -> bool {
    token.kind == Kind::Text && token.text.contains(char::is_alphabetic)
}

fn is_plain(token: &Token) -> bool {
    match token.kind {
        Kind::Text | Kind::Char | Kind::Number => true,
        Kind::Mark => ["[", "]", "(", ")", ",", "&", "|", "-", "."].iter().any(|mark| token.is(mark)),
        Kind::Word => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowed, violations};
    use crate::source::parse_all;

    fn found(text: &str, allowed: &[Allowed]) -> Vec<String> {
        let sources = parse_all([("server/src/a.rs".to_owned(), text.to_owned())]);
        violations(&sources, allowed).iter().map(ToString::to_string).collect()
    }

    fn many(one: &str, between: &str) -> String {
        vec![one; 13].join(between)
    }

    #[test]
    fn long_lists_are_found() {
        let list = format!("fn f() {{}}\nconst A: &[&str] = &[\n{}];", many("\"a\"", ",\n"));
        assert!(found(&list, &[])[0].starts_with("server/src/a.rs:3: a list of 13 words"));
        assert_eq!(found(&format!("[{}]", many("(\"a\", 1.5)", ", ")), &[]).len(), 1);
        assert_eq!(found(&format!("matches!(x, {})", many("\"a\"", " | ")), &[]).len(), 1);
        assert_eq!(found(&format!("[[1], [{}]]", many("\"a\"", ", ")), &[]).len(), 1);
    }

    #[test]
    fn short_lists_and_tables_of_values_are_not() {
        assert!(found("[\"a\", \"b\", \"c\"]", &[]).is_empty());
        assert!(found(&format!("[{}]", many("\"—\"", ", ")), &[]).is_empty());
        assert!(found(&format!("[{}]", many("Rule { name: \"a\" }", ", ")), &[]).is_empty());
        assert!(found(&format!("#[cfg(test)] mod tests {{ [{}] }}", many("\"a\"", ", ")), &[]).is_empty());
    }

    #[test]
    fn permissions_are_used_or_reported() {
        let allowed = [Allowed { path: "server/src/a.rs", first: "a", reason: "a test" }];
        assert!(found(&format!("[{}]", many("\"a\"", ", ")), &allowed).is_empty());
        assert!(found("", &allowed)[0].contains("remove its permission"));
    }
}
