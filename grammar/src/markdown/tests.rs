//! Segments, blocks and prose against oracles: the whole text parsed at once, and pulldown-cmark.

use std::sync::Arc;

use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::block::{self, Blocks, LeafKind};
use super::{Markdown, Segment, cut, inline, piece, plain, simple};
use crate::Span;

/// Lines that open, close, continue and interrupt blocks.
const LINES: &[&str] = &[
    "",
    "",
    "",
    "# One",
    "## Two ##",
    "### S – Situation (20 %)",
    "#",
    "#no heading",
    "    # code",
    "plain text",
    "plain `code` and **bold**",
    "- item",
    "- **Task:** mine",
    "- [ ] **Task:** to do",
    "  - [X] done",
    "  continued",
    "  - nested",
    "    deep",
    "1. first",
    "2) second",
    "> quoted",
    "> # quoted heading",
    "> - quoted item",
    ">",
    "```",
    "```rust",
    "~~~",
    "  ```",
    "    ```",
    "````",
    "- ```",
    "<!-- comment",
    "--> after",
    "<!-- whole -->",
    "  <!-- indented",
    "<details>",
    "</details>",
    "<summary>Sum</summary>",
    "<pre>",
    "</pre>",
    "<?php",
    "?>",
    "<b>inline</b>",
    "***",
    "---",
    "  ---",
    "===",
    "| a | b |",
    "|---|---|",
    "| **S** | x |",
    "**Situation:** it was so",
    "**T**: mine | **A**: did",
    "Result:",
    "[ref]: http://example.org",
    "\\# no heading",
    "情况：很好",
    "🎉 **Action:** done",
    "\ttabbed",
    "\u{b}",
    "<?>",
    "<!A>",
    "<div<",
    "a\u{0}b",
    "# ",
];

/// Texts of such lines, but for those that hold one of `without`.
fn texts_without(without: &'static [&'static str]) -> impl Strategy<Value = String> {
    let lines: Vec<&str> =
        LINES.iter().filter(|line| !without.iter().any(|part| line.contains(part))).copied().collect();
    let mut ends = vec!["\n", "\n", "\r\n", "\r"];
    ends.retain(|end| !without.contains(end));
    (prop::collection::vec(prop::sample::select(lines), 0..24), prop::sample::select(ends), any::<bool>())
        .prop_map(|(lines, end, ended)| {
            let mut text = lines.join(end);
            if ended {
                text.push_str(end);
            }
            text
        })
}

fn texts() -> impl Strategy<Value = String> {
    texts_without(&[])
}

/// Texts of lines that are plain, or look so: one strange line in ten, so that many texts are plain throughout.
fn plain_texts() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => Just(String::new()),
        12 => prop::sample::select(PLAIN).prop_map(str::to_owned),
        1 => prop::sample::select(LINES).prop_map(str::to_owned),
        1 => "[-+*#>_=~`1.)a \t\u{a0}\u{85}\u{feff}é:$!\\\\]{1,6}",
        1 => "#{0,2}[\\[\\]\\\\(:a# ]{1,7}",
        1 => "\\|[-|:a `\\\\]{0,8}\\|? ?",
        2 => tables(),
        3 => "( {2}| {3}| {4}|)(- |1\\. |2\\. |)(a|b \\*\\*c\\*\\*|- d|#|\\[x\\] c|\\[ \\]|)",
        1 => "</?(a|b1|p|pre|div|h1|li|!|\\?){0,2}[ /<=\"a:;.-]{0,4}>?",
        1 => "\\[(a|b1|a b|\\^a|x|X)\\]: ?(a|http://b\\.c/d#e|\\[a\\]:|1\\.|-| ){0,2}",
        1 => "[\u{b}\u{c}\u{1}a #>|*+1.)-]{1,5}",
        1 => "[* ]{1,5}",
    ];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

/// Tables of two columns, as they should be or nearly so.
fn tables() -> impl Strategy<Value = String> {
    let cell = prop::sample::select(
        &[
            "a",
            "b: c",
            "**Task**",
            "",
            " ",
            "`x`",
            "<b>",
            "-",
            "é",
            "[a](b)",
            "\\|",
            "  d",
            "e |\u{a0}",
            "\u{a0}",
        ][..],
    );
    let row = prop::collection::vec(cell, 1..4).prop_map(|cells| format!("| {} |", cells.join(" | ")));
    let rule = prop::sample::select(
        &["|---|---|", "| --- | :-: |", "|-|-|  ", "|:--|", "|::-|-|", "|-|-|\u{a0}"][..],
    );
    let head = prop_oneof![8 => Just("| a | b |".to_owned()), 1 => row.clone()];
    (head, rule, prop::collection::vec(row, 0..5)).prop_map(|(head, rule, rows)| {
        let lines = [vec![head, rule.to_owned()], rows].concat();
        lines.join("\n")
    })
}

/// Lines of plain text.
const PLAIN: &[&str] = &[
    "- [ ] to do",
    "1. [x] done",
    ">",
    "===",
    " \t",
    "#",
    "| a | b |",
    "|---|:-:|",
    "| **Task** | it: was |  ",
    "| c |",
    "|-|",
    "<!-- one -->",
    "<!-- two",
    "to -->",
    "# One",
    "## Two words ",
    "plain text",
    "#tag #another",
    "[a link](to.md) and",
    "more, `code`  ",
    "**Situation:** it was so",
    "*one* and _two_",
    "- item",
    "* item: [a](b)",
    "+ item",
    "1. first",
    "2. second",
    "12) twelfth",
    "  continued",
    "   continued under a number",
    "2024 was long",
    "3.5 GB",
    "---",
    "- - -",
    "****",
    "   ",
    "情况：很好",
    "$$",
    "    deep",
    "-",
    "*",
    "+",
    "1.",
    "2)",
    ":",
    ": words",
    ":-",
    "<5%",
    "< a > b",
    "<= 3",
    "a | b",
    "| a",
    "|",
    "|---|",
    "- a | b",
    "[[a note]]",
    "[a",
    "a < b & c",
    "<",
    "<a",
    "<a <b",
    "<div",
    "<div<",
    "<pre;",
    "</p",
    "</",
    "</b",
    "_",
    "__",
    "**",
    "-a",
    "--> b",
    "+1",
    "|-",
    "[a]:",
    "[a]: http://b.c/d",
    "http://b.c/d",
    "\"title\"",
    "\u{b}",
    "a\u{b}b\u{1}",
    "|  |  |",
];

/// Pieces of paragraphs with code and links.
const PIECES: &[&str] = &[
    "`",
    "``",
    "`code`",
    "``a`b``",
    "[words](target.md)",
    "[two words](a/b-c.md#d)",
    "[",
    "]",
    "(",
    ")",
    "](",
    "a",
    " ",
    "é",
    "\n",
    "!",
    "*",
    "**bold**",
    "_",
    "$5",
    "~",
    "https://x.org/y",
    "{",
    "^",
    ":",
    "\"",
    "'",
    "[x]",
    "[x]: y",
    "][",
    "[[a]]",
    "<",
    "</",
    "<a",
    "<!--",
    ">",
    "&",
    "&amp",
    ";",
];

/// What pulldown-cmark and the grammar read differently: a lone CR and NUL (which we normalise for the grammar), tags
/// after a link's definition, `</pre>` without its opening, and an ordered list that interrupts without beginning at 1.
const DISPUTED: &[&str] = &["<?>", "<!A>", "<div<", "\u{b}", "\r", "\0", "[ref]", "pre>", "2)"];

/// Leaves as kind, span and lines, in one list for all segments.
fn leaves(text: &str, spans: &[Span]) -> Vec<(LeafKind, Span, Vec<Span>)> {
    let mut all = Vec::new();
    for span in spans {
        let segment = Segment::parse(span.of(text), |_, _| Vec::new());
        for leaf in &segment.blocks.leaves {
            let lines = segment.blocks.lines_of(leaf).iter().map(|line| line.shift(span.start)).collect();
            all.push((leaf.kind, leaf.span.shift(span.start), lines));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn segments_read_like_the_whole(text in texts()) {
        let cut: Vec<Span> = cut::segments_of(&text, 0, 1, |_| false).collect();
        prop_assert_eq!(cut.first().map(|span| span.start), Some(0));
        prop_assert_eq!(cut.last().map(|span| span.end), Some(text.len()));
        prop_assert!(cut.windows(2).all(|pair| pair[0].end == pair[1].start));
        let whole = [Span::new(0, text.len())];
        prop_assert_eq!(leaves(&text, &cut), leaves(&text, &whole));
    }

    #[test]
    fn pieces_read_like_the_whole(text in prop_oneof![texts_without(&["\r", "\r\n", "\0"]), plain_texts()]) {
        let text = text + "\n";
        let pieces = piece::in_pieces(&text, 1);
        // Where the grammar gives up, pieces bring it back.
        prop_assert!(pieces == block::by_grammar(&text) || block::breaks_grammar(&text), "{text:?}: {pieces:?}");
    }

    #[test]
    fn plain_text_reads_like_the_grammar_reads_it(text in plain_texts()) {
        let text = text + "\n";
        let plain = plain::parse(&text);
        prop_assert!(plain.is_none_or(|plain| plain == block::by_grammar(&text)), "{text:?}");
    }

    #[test]
    fn simple_paragraphs_read_like_the_grammar_reads_them(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)
    ) {
        let text = pieces.concat();
        let mut known = Vec::new();
        inline::by_grammar(&text, |span, hidden| known.push((span, hidden)));
        known.retain(|(span, _)| !span.is_empty());
        prop_assert!(simple::hidden(&text).is_none_or(|simple| simple == known), "{text:?}: {known:?}");
    }

    #[test]
    fn prose_is_as_long_as_the_text(text in texts()) {
        let segment = Segment::parse(&text, |_, _| Vec::new());
        prop_assert_eq!(segment.prose.len(), text.len());
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}|[#>*_`~<!\\[\\]|\\-+ \n\r\t0-9.a]{0,120}") {
        let segment = Segment::parse(&text, |_, _| Vec::new());
        prop_assert_eq!(segment.prose.len(), text.len());
        for line in segment.blocks.leaves.iter().flat_map(|leaf| segment.blocks.lines_of(leaf)) {
            prop_assert!(text.is_char_boundary(line.start) && text.is_char_boundary(line.end));
        }
    }

    #[test]
    fn rereading_equals_reading(
        sections in prop::collection::vec(texts(), 1..5),
        with in texts(),
        at in any::<prop::sample::Index>(),
        len in 0usize..40,
    ) {
        // Long enough to be cut into several segments.
        let text = sections.join(&format!("\n# {}\n", "long ".repeat(200)));
        let first = read(&text, None);
        let mut start = at.index(text.len() + 1);
        while !text.is_char_boundary(start) { start -= 1; }
        let mut end = (start + len).min(text.len());
        while !text.is_char_boundary(end) { end += 1; }
        let mut edited = text.clone();
        edited.replace_range(start..end, &with);
        let (fresh, again) = (read(&edited, None), read(&edited, Some(first)));
        let all = Span::new(0, edited.len());
        prop_assert_eq!(fresh.prose(all), again.prose(all));
        prop_assert_eq!(leaves(&edited, &spans(&fresh)), leaves(&edited, &spans(&again)));
    }

    #[test]
    fn headings_are_those_of_commonmark(text in texts_without(DISPUTED)) {
        let segment = Segment::parse(&text, |_, _| Vec::new());
        prop_assert_eq!(our_headings(&segment.blocks), headings_of_commonmark(&text));
    }
}

#[test]
fn what_people_write_needs_no_grammar() {
    for text in [
        "# One\n\nWords `code` and **more**,\non two lines.\n\n---\n\n## Two\n",
        "- a\n  - b\n    c\n\n    d\n- e\n\n  f\n\nText\n====\n\nTwo\nlines\n--\n",
        "1. a\n   - b\n   - c\n2. d\n\n   1. e\n",
        "| a | b |\n|---|:-:|\n| c |  |\n| d | **e** |\n\nText.\n",
        "<!-- one -->\n# One\nText\n<!-- over\n\nlines -->\n- a\n",
        ">\n>\n\n#\n\n===\n\n \t\n",
        "| a | b |\n|---|---|\n|  |  |\n|  |  |\n\n[a]: http://b.c\n[d]:\ne.md\n",
    ] {
        assert!(plain::parse(text).is_some(), "{text:?}");
    }
}

#[test]
fn nothing_is_lost_behind_rows_without_text() {
    for (quote, empty) in [("", "|  | |"), ("> ", "|  | |"), ("", "|\t|\t|"), ("", "|  | |\t")] {
        let lines = ["| a | b |", "|---|---|", empty, empty, "| c | d |", "", "```", "e", "```", "", "f"];
        let text: String = lines.iter().map(|line| format!("{quote}{line}\n")).collect();
        let blocks = block::by_grammar(&text);
        let kinds: Vec<LeafKind> = blocks.leaves.iter().map(|leaf| leaf.kind).collect();
        let row = |header| LeafKind::Row { header };
        let rows = [row(true), row(false), row(false), row(false)];
        assert_eq!(kinds, [&rows[..], &[LeafKind::Code, LeafKind::Paragraph]].concat(), "{text}");
        assert!(blocks.lines_of(&blocks.leaves[1]).iter().all(|cell| cell.is_empty()));
    }
}

fn read(text: &str, previous: Option<Markdown>) -> Markdown {
    Markdown::read(Arc::from(text), 0, previous, |_, _| Vec::new())
}

fn spans(markdown: &Markdown) -> Vec<Span> {
    markdown.segments.iter().map(|(start, segment)| Span::new(*start, start + segment.len())).collect()
}

#[test]
fn a_heading_more_moves_no_cut_after_it() {
    let section = format!("## Title\n\n{}\n", "words ".repeat(100));
    let text = section.repeat(40);
    let first = read(&text, None);
    let again = read(&format!("## New\n\n{text}"), Some(first.clone()));
    let kept = |segment: &Arc<Segment>| first.segments.iter().any(|(_, old)| Arc::ptr_eq(old, segment));
    let parsed = again.segments.iter().filter(|(_, segment)| !kept(segment)).count();
    assert!(parsed <= 2, "{parsed} segments were parsed");
}

#[test]
fn an_edit_costs_its_neighbours_only() {
    let section = format!("# Title\n\n{}\n", "words ".repeat(300));
    let text = section.repeat(20);
    let first = read(&text, None);
    let at = section.len() * 10 + 20;
    let edited = format!("{}x{}", &text[..at], &text[at..]);
    let again = read(&edited, Some(first.clone()));
    let kept = |segment: &Arc<Segment>| first.segments.iter().any(|(_, old)| Arc::ptr_eq(old, segment));
    let parsed = again.segments.iter().filter(|(_, segment)| !kept(segment)).count();
    assert_eq!(again.segments.len(), 20);
    assert!(parsed <= 2, "{parsed} segments were parsed");
}

fn our_headings(blocks: &Blocks) -> Vec<(u8, usize)> {
    let heading = |kind| match kind {
        LeafKind::Heading(level) => Some(level),
        _ => None,
    };
    blocks.leaves.iter().filter_map(|leaf| Some((heading(leaf.kind)?, leaf.span.start))).collect()
}

fn headings_of_commonmark(text: &str) -> Vec<(u8, usize)> {
    let mut headings = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Start(Tag::Heading { level, .. }) = event
            && is_atx(&text[range.start..])
        {
            let level = match level {
                HeadingLevel::H1 => 1,
                HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                HeadingLevel::H4 => 4,
                HeadingLevel::H5 => 5,
                HeadingLevel::H6 => 6,
            };
            headings.push((level, range.start));
        }
    }
    headings
}

/// Whether a heading is one by its marks, not by an underline.
fn is_atx(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    rest.len() < text.len() && (rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

fn prose(text: &str) -> String {
    Segment::parse(text, |_, _| Vec::new()).prose
}

#[test]
fn prose_keeps_words_and_blanks_marks() {
    assert_eq!(
        prose("Cut **40 %** of `x = 1` it\n"),
        "Cut   40 %   of \u{1A}\u{1A}\u{1A}\u{1A}\u{1A}\u{1A}\u{1A} it\n"
    );
    assert_eq!(prose("> a\n> b\n"), "  a   b\n");
    assert_eq!(prose("see [the 5 docs](http://x/7) ok\n"), "see  the 5 docs              ok\n");
    assert_eq!(prose("saved $5 and $6 <!-- 7 -->\n"), "saved $5 and $6           \n");
    assert_eq!(prose("snake_case ____ 3 * 4\n"), "snake_case ____ 3 * 4\n");
    assert_eq!(prose("```\n9 ms\n```\n").trim(), "");
}

#[test]
fn deep_nesting_is_not_read() {
    let text = format!("{} x\n", "> ".repeat(300));
    assert!(Segment::parse(&text, |_, _| Vec::new()).blocks.leaves.is_empty());
    let stars = format!("{}\n", "* ".repeat(300));
    assert_eq!(Segment::parse(&stars, |_, _| Vec::new()).prose.len(), stars.len());
    let among = format!("a\n\n{}x\n{text}\nb\n", " ".repeat(300));
    let lines = Segment::parse(&among, |_, _| Vec::new()).blocks.lines;
    assert_eq!(lines.iter().map(|line| line.of(&among)).collect::<Vec<_>>(), ["a", "b"]);
}
