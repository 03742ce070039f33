//! Rust sources as tokens: comments left out, strings told from code, tests told from what they test.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// A token with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// As written; of strings, what stands between the quotes.
    pub(crate) text: String,
    /// 1-based line of its first character.
    pub(crate) line: usize,
}

impl Token {
    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Word | Kind::Mark) && self.text == text
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier, a keyword or a lifetime.
    Word,
    /// Digits, with a suffix.
    Number,
    /// A string of any kind.
    Text,
    /// A character or byte.
    Char,
    /// One character of punctuation.
    Mark,
}

/// A source file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the root of the repository, with `/`.
    pub(crate) path: String,
    /// Number of its lines.
    pub(crate) lines: usize,
    /// All of its tokens, with nested imports spelled out one by one.
    pub(crate) tokens: Vec<Token>,
    /// The tokens outside of tests; none in a file that is all tests.
    pub(crate) code: Vec<Token>,
}

/// Every `.rs` file under the folders.
pub(crate) fn read_all(root: &Path, folders: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    folders.iter().for_each(|folder| find(root, folder, &mut paths));
    paths.sort();
    let texts = paths.into_iter().map(|path| {
        let text = fs::read_to_string(root.join(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        (path, text)
    });
    parse_all(texts)
}

fn find(root: &Path, folder: &str, paths: &mut Vec<String>) {
    let entries = fs::read_dir(root.join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    for entry in entries {
        let entry = entry.expect("the folder can be read");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("the entry can be read").is_dir() {
            find(root, &path, paths);
        } else if path.ends_with(".rs") {
            paths.push(path);
        }
    }
}

/// Sources from their paths and texts. A file whose module is declared under `#[cfg(test)]` is all tests.
pub(crate) fn parse_all(texts: impl IntoIterator<Item = (String, String)>) -> Vec<Source> {
    let mut test_modules = HashSet::new();
    let mut sources = Vec::new();
    for (path, text) in texts {
        let tokens = spell_out_imports(&lex(&text));
        let (code, modules) = without_tests(&tokens);
        let children = children(&path);
        test_modules.extend(modules.into_iter().map(|module| format!("{children}{module}")));
        sources.push(Source { path, lines: text.lines().count(), tokens, code });
    }
    for source in &mut sources {
        if is_test(&source.path, &test_modules) {
            source.code.clear();
        }
    }
    sources
}

/// The folder of a file's child modules, with a `/` at its end.
fn children(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    match file.trim_end_matches(".rs") {
        "mod" | "lib" | "main" => format!("{folder}/"),
        stem => format!("{folder}/{stem}/"),
    }
}

/// Whether a file belongs to a test module, or to the tests and benchmarks of a crate.
fn is_test(path: &str, test_modules: &HashSet<String>) -> bool {
    let of_cargo = path.split('/').nth(1).is_some_and(|folder| folder == "tests" || folder == "benches");
    let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let mut ancestors = stem.match_indices('/').map(|(end, _)| &stem[..end]).chain([stem]);
    of_cargo || ancestors.any(|module| test_modules.contains(module))
}

/// The tokens of a text.
pub(crate) fn lex(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { rest: text, line: 1 };
    std::iter::from_fn(|| lexer.next()).collect()
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<Token> {
        loop {
            let first = self.rest.chars().next()?;
            if first.is_whitespace() {
                self.take(first.len_utf8());
            } else if self.rest.starts_with("//") {
                self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                self.take(block_comment(self.rest));
            } else {
                return Some(self.token(first));
            }
        }
    }

    fn token(&mut self, first: char) -> Token {
        let line = self.line;
        if let Some((open, body, whole)) = string(self.rest) {
            let text = self.take(whole)[open..open + body].to_owned();
            return Token { kind: Kind::Text, text, line };
        }
        let (kind, length) = match first {
            '\'' => quote(self.rest),
            '0'..='9' => (Kind::Number, word(self.rest)),
            _ if first == '_' || first.is_alphanumeric() => (Kind::Word, word(self.rest)),
            _ => (Kind::Mark, first.len_utf8()),
        };
        Token { kind, text: self.take(length).to_owned(), line }
    }

    fn take(&mut self, length: usize) -> &str {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }
}

fn word(text: &str) -> usize {
    text.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(text.len())
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                break;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// Of a string literal at the head of the text: bytes before its body, of its body, and of all of it.
fn string(text: &str) -> Option<(usize, usize, usize)> {
    let prefix = text.find(|c: char| !matches!(c, 'b' | 'c' | 'r')).filter(|&length| length <= 2)?;
    let raw = text[..prefix].ends_with('r');
    let hashes = if raw { text[prefix..].chars().take_while(|&c| c == '#').count() } else { 0 };
    let open = prefix + hashes + 1;
    let body = text[prefix + hashes..].strip_prefix('"')?;
    let length = if raw {
        body.find(&format!("\"{}", "#".repeat(hashes)))?
    } else {
        let mut escaped = false;
        body.find(|c: char| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?
    };
    Some((open, length, open + length + 1 + hashes))
}

/// A character literal or a lifetime at the head of the text.
fn quote(text: &str) -> (Kind, usize) {
    let mut inside = text[1..].char_indices();
    match (inside.next(), inside.next()) {
        (Some((_, '\\')), Some((escaped, c))) => {
            let after = 1 + escaped + c.len_utf8();
            (Kind::Char, text[after..].find('\'').map_or(text.len(), |end| after + end + 1))
        }
        (Some(_), Some((end, '\''))) => (Kind::Char, 1 + end + 1),
        _ => (Kind::Word, 1 + word(&text[1..])),
    }
}

/// Turns `use a::{b, c::d};` into `use a::b; use a::c::d;`, so that a path can be looked for.
fn spell_out_imports(tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        // `impl Trait + use<'a>` is no import.
        let imports = token.is("use") && !tokens.get(at + 1).is_some_and(|next| next.is("<"));
        let end = tokens[at..].iter().position(|token| token.is(";")).map(|length| at + length);
        match end.filter(|_| imports) {
            Some(end) => {
                let mut paths = Vec::new();
                flatten(&[], &tokens[at + 1..end], &mut paths);
                for path in paths {
                    out.push(token.clone());
                    out.extend(path);
                    out.push(tokens[end].clone());
                }
                at = end + 1;
            }
            None => {
                out.push(token.clone());
                at += 1;
            }
        }
    }
    out
}

fn flatten(prefix: &[Token], tree: &[Token], paths: &mut Vec<Vec<Token>>) {
    let Some(open) = tree.iter().position(|token| token.is("{")) else {
        paths.push([prefix, tree].concat());
        return;
    };
    let prefix = [prefix, &tree[..open]].concat();
    let inside = &tree[open + 1..tree.len().saturating_sub(1).max(open + 1)];
    let mut start = 0;
    let mut depth = 0_i32;
    for (at, token) in inside.iter().enumerate() {
        depth += i32::from(token.is("{")) - i32::from(token.is("}"));
        if depth == 0 && token.is(",") {
            flatten(&prefix, &inside[start..at], paths);
            start = at + 1;
        }
    }
    if start < inside.len() {
        flatten(&prefix, &inside[start..], paths);
    }
}

/// The tokens outside of `#[cfg(test)]` and `#[test]` items, and the names of modules in files that are tests.
fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let mut code = Vec::new();
    let mut modules = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((inner, attribute)) = attribute(&tokens[at..]) else {
            code.push(tokens[at].clone());
            at += 1;
            continue;
        };
        let end = at + attribute.len();
        if !is_test_attribute(attribute) {
            code.extend_from_slice(&tokens[at..end]);
            at = end;
        } else if inner {
            return (Vec::new(), modules);
        } else {
            let item = &tokens[end..end + item(&tokens[end..])];
            if let [.., module, name, semicolon] = item
                && module.is("mod")
                && semicolon.is(";")
            {
                modules.push(name.text.clone());
            }
            at = end + item.len();
        }
    }
    (code, modules)
}

/// The attribute at the head of the tokens, and whether it is an inner one (`#![…]`).
fn attribute(tokens: &[Token]) -> Option<(bool, &[Token])> {
    let inner = tokens.get(1)?.is("!");
    let open = 1 + usize::from(inner);
    if !tokens[0].is("#") || !tokens.get(open)?.is("[") {
        return None;
    }
    Some((inner, &tokens[..open + group(&tokens[open..])]))
}

fn is_test_attribute(attribute: &[Token]) -> bool {
    let words: Vec<&str> =
        attribute.iter().filter(|token| token.kind == Kind::Word).map(|token| token.text.as_str()).collect();
    match words.as_slice() {
        ["cfg", words @ ..] => words.contains(&"test") && !words.contains(&"not"),
        [.., last] => *last == "test",
        [] => false,
    }
}

/// Length of the item at the head of the tokens: through its `;` or its closing brace.
fn item(tokens: &[Token]) -> usize {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.is(";") {
            return at + 1;
        }
        if token.is("{") {
            return at + group(&tokens[at..]);
        }
        at += if token.is("(") || token.is("[") { group(&tokens[at..]) } else { 1 };
    }
    at
}

/// Length of the bracketed group at the head of the tokens, brackets included.
pub(crate) fn group(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        if ["(", "[", "{"].iter().any(|open| token.is(open)) {
            depth += 1;
        } else if [")", "]", "}"].iter().any(|close| token.is(close)) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1;
            }
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::{Kind, Source, lex, parse_all};

    fn words(text: &str) -> Vec<String> {
        lex(text).into_iter().map(|token| token.text).collect()
    }

    fn parse(text: &str) -> Source {
        parse_all([("grammar/src/a.rs".to_owned(), text.to_owned())]).remove(0)
    }

    fn code(text: &str) -> String {
        parse(text).code.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_are_left_out() {
        assert_eq!(words("a // b\n/* c /* d */ e */ f /// g\n//! h"), ["a", "f"]);
    }

    #[test]
    fn strings_are_told_from_code() {
        let tokens = lex(r####"a "b \" // c" r#"d " e"# b"f" br"g" r#fn "####);
        let texts: Vec<&str> =
            tokens.iter().filter(|token| token.kind == Kind::Text).map(|token| token.text.as_str()).collect();
        assert_eq!(texts, ["b \\\" // c", "d \" e", "f", "g"]);
        assert_eq!(tokens[0].text, "a");
    }

    #[test]
    fn characters_are_told_from_lifetimes() {
        let tokens = lex(r"'a' 'b '\'' '\u{1F600}' '\\' 'é' &'static x");
        let characters: Vec<&str> =
            tokens.iter().filter(|token| token.kind == Kind::Char).map(|token| token.text.as_str()).collect();
        assert_eq!(characters, ["'a'", r"'\''", r"'\u{1F600}'", r"'\\'", "'é'"]);
        assert!(tokens.iter().any(|token| token.is("'static")));
    }

    #[test]
    fn lines_are_counted_through_strings_and_comments() {
        let tokens = lex("a\n\"b\nc\"\n/* d\n */ e");
        assert_eq!(tokens.iter().map(|token| token.line).collect::<Vec<_>>(), [1, 2, 5]);
    }

    #[test]
    fn imports_are_spelled_out() {
        assert_eq!(
            code("use std::{fmt, io::{self, Read as _},}; f()"),
            "use std : : fmt ; use std : : io : : self ; use std : : io : : Read as _ ; f ( )"
        );
        assert_eq!(code("fn f() -> impl A + use<'a> {}"), "fn f ( ) - > impl A + use < 'a > { }");
    }

    #[test]
    fn tests_are_left_out() {
        assert_eq!(code("a(); #[cfg(test)] mod tests { fn b() {} } c();"), "a ( ) ; c ( ) ;");
        assert_eq!(code("#[test] #[should_panic] fn a(x: [u8; 2]) { b() } c"), "c");
        assert_eq!(code("#[cfg(all(test, unix))] use a::b; c"), "c");
        assert_eq!(code("#![cfg(test)] a"), "");
        assert_eq!(code("#[cfg(not(test))] a"), "# [ cfg ( not ( test ) ) ] a");
        assert_eq!(code("#[must_use] a"), "# [ must_use ] a");
    }

    #[test]
    fn files_of_test_modules_are_left_out() {
        let texts = [
            ("s/src/lib.rs", "#[cfg(test)] mod oracle; mod a;"),
            ("s/src/oracle.rs", "x"),
            ("s/src/a.rs", "#[cfg(test)]\npub(crate) mod tests;"),
            ("s/src/a/tests.rs", "mod more;"),
            ("s/src/a/tests/more.rs", "x"),
            ("s/src/a/rest.rs", "x"),
            ("s/tests/end.rs", "x"),
        ];
        let sources = parse_all(texts.map(|(path, text)| (path.to_owned(), text.to_owned())));
        let code: Vec<&str> = sources
            .iter()
            .filter(|source| !source.code.is_empty())
            .map(|source| source.path.as_str())
            .collect();
        assert_eq!(code, ["s/src/lib.rs", "s/src/a/rest.rs"]);
    }
}
