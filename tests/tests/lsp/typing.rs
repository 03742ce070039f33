//! A long time of typing at full speed.

use ropey::Rope;
use serde_json::{Value, json};
use starling_tests::client::Client;

use super::{STORY, address, capabilities, server};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound
    }
}

/// What is typed.
const TYPED: [&str; 12] = [
    "a",
    " ",
    "\n",
    "é",
    "🎉",
    "**",
    "**Task:** ",
    "\n\n# Another\n\n",
    "```\n",
    "from 40% to 2%",
    "- ",
    "<!--",
];

fn position(text: &Rope, at: usize) -> Value {
    let line = text.char_to_line(at);
    let character = text.slice(text.line_to_char(line)..at).len_utf16_cu();
    json!({ "line": line, "character": character })
}

/// One edit: something is typed, or a few characters are deleted.
fn edit(text: &mut Rope, dice: &mut Dice) -> Value {
    let start = dice.below(text.len_chars() + 1);
    let (end, new) = match dice.below(3) {
        0 => ((start + dice.below(40)).min(text.len_chars()), ""),
        _ => (start, TYPED[dice.below(TYPED.len())]),
    };
    let change =
        json!({ "range": { "start": position(text, start), "end": position(text, end) }, "text": new });
    text.remove(start..end);
    text.insert(start, new);
    change
}

#[test]
fn after_a_long_time_of_typing_the_findings_are_those_of_a_fresh_server() {
    const EDITS: i64 = 1500;
    let (folder, mut client) = server();
    let uri = address(folder.path(), "a.md");
    let mut text = Rope::from_str(&STORY.repeat(100_000 / STORY.len()));
    let mut dice = Dice(7);
    client.open(&uri, 0, &text.to_string());
    let mut asked = Vec::new();
    for version in 1..=EDITS {
        let change = edit(&mut text, &mut dice);
        client.change(&uri, version, &json!([change]));
        if version % 60 == 0 {
            let at = dice.below(text.len_chars());
            let params = json!({ "textDocument": { "uri": uri }, "position": position(&text, at) });
            let method = ["textDocument/hover", "textDocument/completion"][dice.below(2)];
            asked.push(client.ask(method, &params));
        }
    }
    for id in asked {
        let answer = client.answer(id);
        assert!(answer.get("error").is_none(), "{answer}");
    }
    let found = client.settled(&uri);
    assert_eq!(found["version"], EDITS);
    client.finish();

    let (mut fresh, _) = Client::initialized(folder.path(), &capabilities());
    fresh.open(&uri, EDITS, &text.to_string());
    assert!(found["diagnostics"].as_array().is_some_and(|found| !found.is_empty()));
    assert!(found == fresh.settled(&uri), "a fresh server finds something else");
    fresh.finish();
}
