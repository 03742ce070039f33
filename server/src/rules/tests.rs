//! What holds for all rules: their pages, and the law of fixes for stories of every layout.

use std::path::Path;

use proptest::prelude::*;

use super::testing::{assert_lawful, read};
use super::{ALL, BANK_CHECKS, INVALID_CONFIG, Rule};
use crate::bank::Bank;
use crate::bank::testing::summary;
use crate::check::check_bank;
use crate::config::Config;

/// The fenced blocks of a page whose info string ends in `word`.
fn examples<'p>(page: &'p str, word: &str) -> Vec<&'p str> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some(open) = rest.find("\n```") {
        let info_end = open + 1 + rest[open + 1..].find('\n').expect("a fence has a line");
        let close = info_end + rest[info_end..].find("\n```\n").expect("a fence is closed");
        if rest[open + 1..info_end].ends_with(word) {
            blocks.push(&rest[info_end + 1..=close]);
        }
        rest = &rest[close + 4..];
    }
    blocks
}

/// The names of the rules that have something to say about an example.
fn found_in(rule: &Rule, example: &str) -> Vec<&'static str> {
    if rule == &INVALID_CONFIG {
        let (_, problems) = Config::parse(example);
        return problems.iter().map(|_| INVALID_CONFIG.name).collect();
    }
    assert_lawful(example);
    let mut found: Vec<&'static str> =
        read(example).findings.iter().map(|finding| finding.rule.name).collect();
    // Examples of other rules repeat themselves.
    if BANK_CHECKS.iter().any(|(check, _)| *check == rule) {
        let mut bank = Bank::default();
        bank.insert(Path::new("example.md"), summary(example));
        let in_bank = check_bank(&bank, &Config::default()).into_values().flatten();
        found.extend(in_bank.map(|finding| finding.rule.name));
    }
    found
}

#[test]
fn every_page_begins_with_a_sentence_and_has_both_examples() {
    for rule in ALL {
        let page = rule.documentation;
        let summary = page.lines().next().unwrap_or_default();
        assert!(summary.ends_with('.') && summary.len() <= 110, "{}: {summary}", rule.name);
        assert!(page.lines().all(|line| line.chars().count() <= 120), "{}: a long line", rule.name);
        let (failing, passing) = (examples(page, "failing"), examples(page, "passing"));
        assert!(
            !failing.is_empty() && !passing.is_empty(),
            "{} has a failing and a passing example",
            rule.name
        );
        for example in failing {
            assert!(
                found_in(rule, example).contains(&rule.name),
                "{} finds something in\n{example}",
                rule.name
            );
        }
        for example in passing {
            assert_eq!(found_in(rule, example), [""; 0], "{} passes\n{example}", rule.name);
        }
    }
}

/// How the labels of a story are written; `{}` is the name, `@` its letter.
const LABELS: &[&str] = &[
    "**{}:** ",
    "**{}**: ",
    "**{}.** ",
    "**{}** — ",
    "**{}**\n\n",
    "**{}**\n",
    "{}: ",
    "- **{}:** ",
    "- **{}**\n  - ",
    "- {}: ",
    "## {}\n\n",
    "### {}\n",
    "### 1. {} (20 %)\n\n",
    "1. **{}**: ",
    "{}\n---\n\n",
    "> **{}:** ",
    "**@ - {}:** ",
    "**@**: ",
    "⭐ **{} (@):** ",
    "| **{}** | ",
];

const BODIES: &[&str] = &[
    "It was stale.",
    "It was stale.",
    "We cut it from 20% to 5% in a week.",
    "It got significantly better",
    "",
    "TODO",
    "The [X%] of it, still.",
    "One thing.\n\nAnother *thing*!",
    "First, these:\n\n- one\n- two `code`",
    "- one\n- two",
    "See:\n\n```sh\nrun\n```",
    "Mehr 🎉 als das, und für die Leute war es gut",
    "![x](y.png)",
    "A line\nand another",
    "<!-- later -->",
];

const BETWEEN: &[&str] =
    &["\n\n", "\n\n", "\n", "\n\n**Tags:** Owenrship, mentoring\n\n", "\n\n---\n\n", " <!-- or so -->\n\n"];

/// How each part may be named. Loose names and slips of a part that comes twice would begin other stories.
const NAMES: [&[&str]; 5] = [
    &["Situation", "Situation", "SITUATION", "Sitation", "Context", "Situation & Task"],
    &["Task", "Task", "TASK", "Taks"],
    &["Action", "Action", "ACTION", "Actions"],
    &["Result", "Result", "RESULT", "Reslut"],
    &["Reflection"],
];

#[derive(Clone, Debug)]
struct Written {
    kind: usize,
    name: &'static str,
    label: usize,
    body: usize,
    between: usize,
}

/// Letters alone are labels only in an unbroken run, so that they are not mixed with others.
fn part(usual: usize) -> impl Strategy<Value = Written> {
    let is_letter = |label: usize| LABELS[label] == "**@**: ";
    let label = prop_oneof![8 => Just(usual), 1 => 0..LABELS.len()]
        .prop_map(move |label| if is_letter(usual) || is_letter(label) { usual } else { label });
    (0..NAMES.len(), any::<prop::sample::Index>(), label, 0..BODIES.len(), 0..BETWEEN.len()).prop_map(
        |(kind, name, label, body, between)| Written {
            kind,
            name: name.get::<&str>(NAMES[kind]),
            label,
            body,
            between,
        },
    )
}

/// The parts of a story: some of the five, mostly in order, and perhaps one of them twice.
fn parts() -> impl Strategy<Value = Vec<Written>> {
    (0..LABELS.len(), 0..4usize).prop_flat_map(|(label, disorder)| {
        (prop::collection::vec(part(label), 1..8), part(label)).prop_map(move |(mut parts, mut again)| {
            let drawn = parts.clone();
            parts.sort_by_key(|part| part.kind);
            parts.dedup_by_key(|part| part.kind);
            match disorder {
                0 => parts.sort_by_key(|part| drawn.iter().position(|other| other.kind == part.kind)),
                1 => {
                    again.kind = again.kind.max(1);
                    again.name = NAMES[again.kind][0];
                    parts.push(again);
                }
                _ => {}
            }
            parts
        })
    })
}

fn write_story(title: &str, parts: &[Written]) -> String {
    let mut text = title.to_owned();
    if parts.first().is_some_and(|part| LABELS[part.label].starts_with('|')) {
        text.push_str("| Part | Text |\n|---|---|\n");
    }
    for part in parts {
        let label = LABELS[part.label];
        let name = part.name;
        let mut body = BODIES[part.body].to_owned();
        let indentation = match label {
            label if label.starts_with("- ") || label.starts_with("1. ") => "   ",
            label if label.starts_with("> ") => "> ",
            _ => "",
        };
        body = body.replace('\n', &format!("\n{indentation}"));
        if label.starts_with('|') {
            body = format!("{} |", body.replace(['\n', '|'], " "));
        }
        text.push_str(&label.replace("{}", name).replace('@', &name[..1]));
        text.push_str(&body);
        let tight = label.starts_with(['|', '-', '1']);
        let between = match BETWEEN[part.between] {
            "\n\n" if tight => "\n",
            // A fence is closed only by a line of its own, and tags right under an empty label may be its text.
            _ if body.ends_with("```") || body.is_empty() => "\n\n",
            between => between,
        };
        text.push_str(between);
    }
    text
}

fn document() -> impl Strategy<Value = String> {
    let title = prop_oneof![
        Just(""),
        Just("# Cache\n\n"),
        Just("## 1. Cache outage ⭐\n\n"),
        Just("<!-- starling-ignore-file empty-part, zebra -->\n\n# Cache\n\n"),
        Just("---\nthemes: [mentroing]\n---\n\n"),
    ];
    let first = (title, parts()).prop_map(|(title, parts)| write_story(title, &parts));
    let second = parts().prop_map(|parts| write_story("\n\n# Second\n\n", &parts));
    let second = prop_oneof![Just(String::new()), second];
    (first, second, any::<bool>(), any::<bool>()).prop_map(|(first, second, crlf, trimmed)| {
        let mut text = first + &second;
        if trimmed {
            text.truncate(text.trim_end().len());
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn fixes_obey_the_law_in_every_layout(text in document()) {
        assert_lawful(&text);
    }

    #[test]
    fn safe_fixes_come_to_rest(text in document()) {
        let origin = starling_grammar::Origin::default();
        let once = crate::fix::fix_all(&text.as_str().into(), &origin, &Config::default());
        let twice = crate::fix::fix_all(once.checked.document.text(), &origin, &Config::default());
        prop_assert_eq!(twice.applied, 0);
        prop_assert_eq!(twice.checked.document.text(), once.checked.document.text());
    }
}
