//! Names that may stand only where the laws allow them.

use std::ops::Range;

use crate::Violation;
use crate::source::{Kind, Source, Token, lex};

/// Names that must not occur somewhere.
struct Ban {
    /// Beginnings of the paths where the names are banned.
    within: &'static [&'static str],
    /// Beginnings of paths among these where they are allowed.
    except: &'static [&'static str],
    /// Whether tests may name them.
    tests: Tests,
    /// The names, as tokens: white space and imports in braces make no difference.
    names: &'static [&'static str],
    /// The law, and what to do instead.
    advice: &'static str,
}

#[derive(PartialEq, Eq)]
enum Tests {
    Free,
    Bound,
}

const BANS: &[Ban] = &[
    Ban {
        within: &["grammar/src/"],
        except: &[],
        tests: Tests::Free,
        names: &[
            "std::fs",
            "std::io",
            "std::env",
            "std::net",
            "std::process",
            "tokio",
            "tower_lsp",
            "starling_server",
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
        ],
        advice: "the grammar does no I/O and knows nothing of the server: take text as an argument and return values \
                 with a list of problems",
    },
    Ban {
        within: &["server/src/rules/", "server/src/bank/", "server/src/ide/"],
        except: &[],
        tests: Tests::Free,
        names: &[
            "tower_lsp",
            "lsp_types",
            "ls_types",
            "tokio",
            "ropey",
            "std::fs",
            "std::io",
            "std::env",
            "std::process",
            "stdin",
            "stdout",
            "stderr",
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
            "crate::lsp",
            "crate::cli",
            "crate::workspace",
        ],
        advice: "rules, bank and ide are pure functions of plain data: take what is needed as an argument; \
                 server/src/workspace reads files, server/src/lsp and server/src/cli speak to the outside",
    },
    Ban {
        within: &["server/src/"],
        except: &["server/src/lsp"],
        tests: Tests::Bound,
        names: &["tower_lsp", "lsp_types", "ls_types"],
        advice: "types of the protocol stay in server/src/lsp: return plain data and convert it there",
    },
    Ban {
        within: &["server/src/"],
        except: &["server/src/workspace"],
        tests: Tests::Free,
        names: &["std::fs"],
        advice: "files are read and written by server/src/workspace alone: call it, or add there what is missing",
    },
    Ban {
        within: &["grammar/src/", "server/src/"],
        except: &[],
        tests: Tests::Free,
        names: &[
            ".message ==",
            ".message !=",
            ".message.contains(",
            ".message.starts_with(",
            ".message.ends_with(",
            ".message.find(",
            ".message.as_str() ==",
            ".message.as_str() {",
        ],
        advice: "nothing may depend on the wording of a message: carry what is asked for in a field of its own",
    },
    Ban {
        within: &["grammar/", "server/", "tests/"],
        except: &[],
        tests: Tests::Bound,
        names: &["todo!", "unimplemented!", "dbg!", "#[ignore"],
        advice: "nothing unfinished is committed: write it, or leave it out",
    },
];

/// Every name that stands where it must not.
pub(crate) fn violations(sources: &[Source]) -> Vec<Violation> {
    BANS.iter().flat_map(|ban| sources.iter().flat_map(|source| of(ban, source))).collect()
}

fn of(ban: &Ban, source: &Source) -> Vec<Violation> {
    let under = |places: &[&str]| places.iter().any(|place| source.path.starts_with(place));
    if !under(ban.within) || under(ban.except) {
        return Vec::new();
    }
    let tokens = if ban.tests == Tests::Free { &source.code } else { &source.tokens };
    let violation = |name: &str, at: Range<usize>| {
        // The last token: an import in braces begins further up.
        let line = tokens[at.end - 1].line;
        Violation::new(&source.path, line, format!("names `{name}`: {}", ban.advice))
    };
    let of_name = |name: &&str| occurrences(tokens, name).map(|at| violation(name, at)).collect::<Vec<_>>();
    ban.names.iter().flat_map(of_name).collect()
}

/// Where a name stands.
fn occurrences(tokens: &[Token], name: &str) -> impl Iterator<Item = Range<usize>> {
    let name = lex(name);
    let length = name.len();
    let same = |(token, wanted): (&Token, &Token)| token.kind == wanted.kind && token.text == wanted.text;
    let windows = tokens.windows(length).enumerate();
    windows
        .filter(move |(_, window)| window.iter().zip(&name).all(same))
        .map(move |(start, _)| start..start + length)
}

/// The only module that turns byte offsets into positions of the protocol and back.
const CONVERSION: &str = "server/src/lsp/convert";

/// Positions of the protocol that are made or taken apart elsewhere.
pub(crate) fn positions(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with("server/src/lsp")) {
        if source.path.starts_with(CONVERSION) {
            continue;
        }
        let made = occurrences(&source.code, "Position {").filter(|at| is_expression(&source.code, at.start));
        let called = occurrences(&source.code, "Position::new");
        let taken_apart = occurrences(&source.code, ".character");
        for at in made.chain(called).chain(taken_apart) {
            violations.push(Violation::new(
                &source.path,
                source.code[at.end - 1].line,
                format!("makes a position or takes one apart: only {CONVERSION}.rs does, call it"),
            ));
        }
    }
    violations
}

/// Whether the name at `at`, before a brace, is neither a return type nor the subject of a declaration.
fn is_expression(tokens: &[Token], at: usize) -> bool {
    let path = |token: &&Token| token.kind == Kind::Word && !is_declaration(token) || token.is(":");
    let start = at - tokens[..at].iter().rev().take_while(path).count();
    let before = &tokens[..start];
    !before.last().is_some_and(|token| token.is(">") || is_declaration(token))
}

fn is_declaration(token: &Token) -> bool {
    ["impl", "for", "struct", "enum", "union", "trait"].iter().any(|keyword| token.is(keyword))
}

#[cfg(test)]
mod tests {
    use super::{positions, violations};
    use crate::source::parse_all;

    fn parse(path: &str, text: &str) -> Vec<crate::Source> {
        parse_all([(path.to_owned(), text.to_owned())])
    }

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        let found = violations(&parse(path, text));
        let starts: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), expected.len(), "{starts:#?}");
        for (start, expected) in starts.iter().zip(expected) {
            assert!(start.starts_with(expected), "{start} does not start with {expected}");
        }
    }

    #[test]
    fn the_grammar_does_no_io() {
        check("grammar/src/a.rs", "use std::{\n  fmt,\n  fs,\n};", &["grammar/src/a.rs:3: names `std::fs`"]);
        check("grammar/src/a.rs", "fn f() { println!(\"x\") }", &["grammar/src/a.rs:1: names `println!`"]);
        check("grammar/src/a.rs", "// std::fs\n/// std::io\nfn f() { \"std::env\"; std::fmt::x }", &[]);
        check("grammar/src/a.rs", "#[cfg(test)] mod tests { use std::fs; }", &[]);
    }

    #[test]
    fn rules_bank_and_ide_are_pure() {
        check("server/src/ide/hover.rs", "tokio::spawn(x)", &["server/src/ide/hover.rs:1: names `tokio`"]);
        check(
            "server/src/bank/mod.rs",
            "use std::io::Write as _;",
            &["server/src/bank/mod.rs:1: names `std::io`"],
        );
        check("server/src/rules/a.rs", "let tokio_like = 1;", &[]);
    }

    #[test]
    fn the_protocol_stays_in_its_folder() {
        let ban = "use tower_lsp::LspService;";
        check("server/src/check.rs", ban, &["server/src/check.rs:1: names `tower_lsp`"]);
        check("server/src/lsp/backend.rs", ban, &[]);
    }

    #[test]
    fn files_are_for_the_workspace() {
        check("server/src/cli/mod.rs", "std::fs::read(x)", &["server/src/cli/mod.rs:1: names `std::fs`"]);
        check("server/src/workspace/read.rs", "std::fs::read(x)", &[]);
    }

    #[test]
    fn messages_are_not_matched() {
        let text = "finding\n.message\n.contains(x)";
        check("server/src/a.rs", text, &["server/src/a.rs:3: names `.message.contains(`"]);
        check("server/src/a.rs", "x.message.len() + message_count == 1", &[]);
    }

    #[test]
    fn nothing_unfinished_is_committed() {
        check(
            "tests/tests/a.rs",
            "#[test]\n#[ignore = \"slow\"]\nfn f() {}",
            &["tests/tests/a.rs:2: names `#[ignore`"],
        );
        check("server/src/a.rs", "fn f() { todo!() }", &["server/src/a.rs:1: names `todo!`"]);
    }

    #[test]
    fn positions_are_made_in_one_module() {
        let found = |path: &str, text: &str| positions(&parse(path, text)).len();
        assert_eq!(found("server/src/lsp/hover.rs", "let x = lsp::Position { line: 1, character: 2 };"), 1);
        assert_eq!(found("server/src/lsp/hover.rs", "Position::new(1, 2)"), 1);
        assert_eq!(found("server/src/lsp/hover.rs", "position.character + 1"), 1);
        assert_eq!(
            found("server/src/lsp/hover.rs", "fn f() -> lsp::Position { g() } impl A for Position {}"),
            0
        );
        assert_eq!(found("server/src/lsp/convert.rs", "Position::new(1, 2)"), 0);
    }
}
