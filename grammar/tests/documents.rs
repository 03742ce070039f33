//! Whole documents under random edits: whatever was read before, a text reads like a fresh one.

use std::sync::Arc;

use proptest::prelude::*;
use starling_grammar::{Document, Origin, Span, Vocabulary};

const LINES: &[&str] = &[
    "",
    "",
    "# Story",
    "## Other story (Ownership)",
    "### Situation",
    "### Task",
    "### Action (40 %)",
    "### R – Result",
    "**Situation:** It broke for 40 % of users.",
    "**Task:** I had to mend it.",
    "**Action**",
    "- **Action:** I mended it.",
    "  - Result: p99 fell from 3 s to 1 s 🎉",
    "**S:** x | **T:** y",
    "A: did [X%]",
    "R：好了",
    "Principles: Ownership, Are Right, A Lot",
    "**Themes:** `scaling`, nonsense",
    "---",
    "> **Result:** saved $5k",
    "| # | S | T | A | R |",
    "|---|---|---|---|---|",
    "| 1 | a | b | c | d |",
    "```",
    "<!-- starling-ignore missing-part -->",
    "<!-- open",
    "-->",
    "<details>",
    "<summary>Name</summary>",
    "</details>",
    "1. Tell me about it?",
    "   - Situation: nested",
    "It broke (Situation). I ran (Task). I did (Action). Done (Result).",
    "title: x",
    "principles: [Ownership, Owenrship]",
    "Situation",
    "===",
    "\u{FEFF}text",
    "a\u{0}b",
];

fn texts() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec!["\n", "\n", "\r\n", "\r"]);
    (prop::collection::vec(prop::sample::select(LINES), 0..60), end, any::<bool>()).prop_map(
        |(lines, end, matter)| {
            let head = if matter {
                format!("---{end}title: A{end}themes: scaling{end}---{end}")
            } else {
                String::new()
            };
            head + &lines.join(end)
        },
    )
}

/// Texts under headings of several levels, some of which have the same words; long enough to be cut into several
/// segments, so that some are taken over.
fn sections() -> impl Strategy<Value = String> {
    let section = (texts(), 1usize..4, prop::sample::select(&["long ", "wide "][..]))
        .prop_map(|(text, level, word)| format!("\n{} {}\n{text}", "#".repeat(level), word.repeat(220)));
    (texts(), prop::collection::vec(section, 0..6)).prop_map(|(first, others)| first + &others.concat())
}

fn origin() -> Origin {
    Origin { name: "name".to_owned(), declared: false }
}

/// Every span of a document, with what it is.
fn spans(document: &Document) -> Vec<(&'static str, Span)> {
    let mut spans = Vec::new();
    for story in &document.stories {
        spans.push(("story", story.span));
        spans.push(("title", story.title.span));
        spans.extend(story.tags.iter().map(|tag| ("tag", tag.span)));
        for part in &story.parts {
            let label = &part.label;
            spans.extend([
                ("label", label.span),
                ("whole", label.whole),
                ("name", label.name),
                ("body", part.body),
            ]);
            spans.extend(label.letter.map(|letter| ("letter", letter)));
            spans.extend(part.metrics().map(|metric| ("metric", metric.span)));
            spans.extend(part.placeholders().map(|span| ("placeholder", span)));
            spans.extend(part.vague().chain(part.rough()).map(|span| ("vague", span)));
        }
    }
    for suppression in &document.suppressions {
        spans.extend([("comment", suppression.span), ("scope", suppression.scope)]);
        spans.extend(suppression.rules.iter().map(|(_, span)| ("rule", *span)));
    }
    if let Some(front_matter) = &document.front_matter {
        spans.extend(front_matter.problems.iter().map(|problem| ("problem", problem.span)));
        spans.extend(front_matter.tags.iter().map(|(_, _, span)| ("front matter", *span)));
    }
    spans
}

fn check_spans(document: &Document) -> Result<(), TestCaseError> {
    let text = document.text();
    for (what, span) in spans(document) {
        prop_assert!(span.start <= span.end && span.end <= text.len(), "{what} {span:?} leaves the text");
        prop_assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{what} {span:?} cuts a character"
        );
    }
    for story in &document.stories {
        let labels: Vec<usize> = story.parts.iter().map(|part| part.label.whole.start).collect();
        prop_assert!(labels.is_sorted(), "parts are in the order of the text");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn spans_lie_in_the_text(text in texts()) {
        let document = Document::read(Arc::from(text.as_str()), &origin(), Vocabulary::builtin());
        check_spans(&document)?;
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}") {
        let document = Document::read(Arc::from(text.as_str()), &origin(), Vocabulary::builtin());
        check_spans(&document)?;
    }

    #[test]
    fn edits_read_like_fresh_texts(sections in sections(), edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..60, prop::sample::select(LINES)), 1..6)) {
        let vocabulary = Vocabulary::builtin();
        let mut text = sections;
        let mut document = Document::read(Arc::from(text.as_str()), &origin(), vocabulary);
        for (at, length, with) in edits {
            let mut start = at.index(text.len() + 1);
            while !text.is_char_boundary(start) { start -= 1; }
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) { end += 1; }
            text.replace_range(start..end, with);
            document = document.reread(Arc::from(text.as_str()), &origin(), vocabulary);
            let fresh = Document::read(Arc::from(text.as_str()), &origin(), vocabulary);
            prop_assert_eq!(&document.stories, &fresh.stories);
            prop_assert_eq!(&document.suppressions, &fresh.suppressions);
            prop_assert_eq!(&document.front_matter, &fresh.front_matter);
        }
    }
}

#[test]
fn an_edit_keeps_the_other_stories() {
    let vocabulary = Vocabulary::builtin();
    let story = format!(
        "**Situation:** {}\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d\n\n",
        "word ".repeat(300)
    );
    let text: String = (0..20).map(|number| format!("# Story {number}\n\n{story}")).collect();
    let first = Document::read(Arc::from(text.as_str()), &origin(), vocabulary);
    let at = text.find("# Story 10").expect("it is there") + 40;
    let edited = format!("{}x{}", &text[..at], &text[at..]);
    let again = first.reread(Arc::from(edited.as_str()), &origin(), vocabulary);
    let kept = (0..20).filter(|index| again.kept(*index).is_some()).count();
    assert!(kept >= 15, "{kept} of 20 stories are kept");
    let mut moved = Span::new(text.len() - 1, text.len());
    again.kept(19).expect("it is kept").apply(&mut moved);
    assert_eq!(moved.end, edited.len());
}

#[test]
fn what_several_stories_share_is_read_again() {
    let vocabulary = Vocabulary::builtin();
    let story = |number| {
        let words = "word ".repeat(300);
        format!("## {number}\n\n**Situation:** {words}\n\n**Action:** b\n\n**Result:** c\n\n")
    };
    let head = "# The `runbook` of scaling\n\n**Themes:** scaling\n\n";
    let text: String = std::iter::once(head.to_owned()).chain((0..9).map(story)).collect();
    for (old, new) in [("**Themes:** scaling", "**Themes:** failure"), ("`runbook`", "*runbook*")] {
        let first = Document::read(Arc::from(text.as_str()), &origin(), vocabulary);
        let edited = text.replace(old, new);
        let again = first.reread(Arc::from(edited.as_str()), &origin(), vocabulary);
        let fresh = Document::read(Arc::from(edited.as_str()), &origin(), vocabulary);
        assert_eq!(again.stories, fresh.stories, "{new}");
    }
}
