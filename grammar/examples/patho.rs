//! patho
use starling_grammar::*;
use std::time::Instant;
fn main() {
    let v = Vocabulary::builtin();
    let mut cases: Vec<(String, String)> = vec![];
    for m in [
        "*",
        "_",
        "`",
        "[",
        "]",
        "(",
        "<",
        ">",
        "#",
        "-",
        "+",
        "|",
        "~",
        "!",
        "&",
        "\\",
        "$",
        "\"",
        "**a",
        "*a ",
        "a**b",
        "[a](",
        "<!--",
        "<a ",
        "> ",
        "- ",
        "1. ",
        "{{",
        "[x",
        "<x",
        "X ",
        "N users ",
        "(Task) ",
        "**S:** ",
        "| **T** ",
        "<!-- starling-ignore x -->",
    ] {
        cases.push((format!("{m} x50000"), m.repeat(50_000)));
        cases.push((format!("{m} lines"), format!("{m}\n").repeat(50_000)));
    }
    cases.push(("100k headings".into(), "# a\n".repeat(100_000)));
    cases.push(("100k label headings".into(), "# Situation\n".repeat(100_000)));
    cases.push((
        "stories".into(),
        "## x\n**Situation:** a\n**Task:** b\n**Action:** c\n**Result:** d\n".repeat(15_000),
    ));
    cases.push((
        "stories one heading".into(),
        "**Situation:** a\n**Task:** b\n**Action:** c\n**Result:** d\n\n".repeat(15_000),
    ));
    cases.push((
        "items".into(),
        "1. Tell?\n   - **Situation:** a\n   - **Task:** b\n   - **Action:** c\n   - **Result:** d\n"
            .repeat(15_000),
    ));
    cases.push(("tags".into(), "Principles: Ownership\n\n".repeat(40_000)));
    cases.push(("1MB line".into(), "word ".repeat(200_000)));
    cases.push((
        "1MB line result".into(),
        format!(
            "## x\n**Situation:** a\n**Task:** b\n**Action:** c\n**Result:** {}",
            "cut 40 % ".repeat(110_000)
        ),
    ));
    cases.push((
        "rows".into(),
        format!("| S | T | A | R |\n|---|---|---|---|\n{}", "| a | b | c | d |\n".repeat(50_000)),
    ));
    for (name, text) in cases {
        let t = Instant::now();
        let d = Document::read(text.as_str().into(), &Origin::default(), &v);
        let e = t.elapsed();
        if e.as_millis() as f64 > text.len() as f64 / 1000.0 {
            println!("{name}: {} KB {} stories {e:?}", text.len() / 1000, d.stories.len());
        }
    }
}
