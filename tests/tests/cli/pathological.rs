//! Texts that nobody writes end all the same. How long they take is measured by `tests/bench/pathological`; here, each of
//! them has many times as long as it needs, and would still be at work if its time grew with the square of the text.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use starling_tests::report::binary;

const STORY: &str = "# Checkout\n\n**Situation:** Checkout failed.\n\n**Task:** I had to find out why.\n\n\
                     **Action:** I mended it.\n\n**Result:** Errors fell from 5% to 0.1%.\n\n";

/// What stands there again and again.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "*", "_", "`", "[", "]", "(", "![", "<", "<!--", "-->", "~~~", "```", "> ", "- ", "+ ", "1. ", "# ", "|", "|-",
    "---", "===", "\\", "&", "$", "[^a]", "[a]:", "[[a]]", "](a)", "<a ", "</", ":", "\"", "'", "{", "“", "(a ",
    "\t", "\n", "\r", "é", "\u{200d}", "a ", "I ", "1 ", "10% ", "1-", "1/", "a.", "a. ", "A.B", "|a", "#a\n",
    "> a\n", "- a\n", "[a]\n\n", "from 5 to 6 ", "a the my ", "we did not ", "**Situation:** ", "- **Task**\n", "**Task**\n",
    "## Action\n", "# A\n", "Tags: a\n", "**Tags:** x, ", "Themes: ownership, ", "<!-- starling-ignore -->\n",
    "<!-- starling-ignore a, b -->\n", "- a\n  - b\n", "> a\n> - b\n", "a\n===\n", "| a |\n|---|\n", "---\n",
    "+++\n", "    a\n", "http://a.b/ ", "🇩🇪",
];

/// So often, and so long may it take: unoptimised, on a busy machine.
const TIMES: usize = 15_000;
const PATIENCE: Duration = Duration::from_secs(60);

fn check(text: &str) -> Child {
    let mut command = Command::new(binary());
    let command = command.args(["check", "--stdin-filename", "a.md"]).stdin(Stdio::piped());
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let text = text.to_owned();
    let mut input = child.stdin.take().expect("its input");
    std::thread::spawn(move || input.write_all(text.as_bytes()));
    child
}

#[track_caller]
fn ends(name: &str, text: &str) {
    let (start, mut child) = (Instant::now(), check(text));
    loop {
        if let Some(status) = child.try_wait().expect("its state") {
            return assert!(matches!(status.code(), Some(0 | 1)), "{name}: {status}");
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("it is killed");
            panic!("{name} is not read after {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_same_again_and_again_ends() {
    let halves = PIECES.split_at(PIECES.len() / 2);
    std::thread::scope(|scope| {
        for half in [halves.0, halves.1] {
            scope.spawn(move || {
                for piece in half {
                    ends(&format!("{piece:?}"), &format!("{STORY}{}", piece.repeat(TIMES)));
                }
            });
        }
    });
}

#[test]
fn deep_nesting_ends() {
    let quotes: String = (0..400).map(|depth| format!("{} a\n", ">".repeat(depth))).collect();
    let items: String = (0..400).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let front_matter: String = (0..400).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    ends("quotes", &format!("{STORY}{quotes}"));
    ends("items", &format!("{STORY}{items}"));
    ends("front matter", &format!("---\n{front_matter}---\n{STORY}"));
    ends("brackets", &format!("---\ntags: {}\n---\n{STORY}", "[".repeat(20_000)));
    ends("headings", &format!("{STORY}{}", "## More\n\n# Others\n\n".repeat(10_000)));
    ends(
        "rows",
        &format!("{STORY}| S | T | A | R |\n|---|---|---|---|\n{}", "| a | b | c | d |\n".repeat(3000)),
    );
}
