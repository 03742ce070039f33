//! From a draft to STAR: labels for the sentences of a text that has none.

use starling_grammar::{BlockKind, PartKind, Span, draft};

use super::{action, after};
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::actions::Action;
use crate::rules::{layout, wording};

/// The paragraphs or list around `at`, each sentence under the part that it most likely tells. Only in files that are said
/// to hold stories: elsewhere a paragraph is a paragraph.
pub(super) fn labelled(view: &View, at: usize) -> Option<Action> {
    let (document, text) = (view.document(), view.text());
    let span = text_around(view, at).filter(|_| document.declared)?;
    let is_story = |story: Span| story.start < span.end && span.start < story.end;
    let lists_tags = document.tag_lists().any(|list| span.contains_span(list.label));
    if lists_tags || document.stories.iter().any(|story| is_story(story.span)) {
        return None;
    }
    let sentences = draft(&document.prose(span));
    let mut edits = Vec::new();
    let mut kinds: Vec<PartKind> = Vec::new();
    for (kind, sentence) in sentences {
        if kinds.last() != Some(&kind) {
            edits.push(label(view, kind, span, span.start + sentence.start));
            kinds.push(kind);
        }
    }
    if kinds.len() < 2 || !can_be_cut(span.of(text), edits.iter().map(|edit| edit.span.end - span.start)) {
        return None;
    }
    let after = after(view, &edits);
    let found = after.stories.iter().any(|story| {
        let parts: Vec<PartKind> = story.parts.iter().flat_map(|part| part.kinds.clone()).collect();
        parts == kinds
    });
    found.then(|| action("Label what this draft tells: Situation, Task, Action, Result", edits))
}

/// Whether no link, emphasis, code or hard break is cut in two, and no line is quoted or a task to be ticked off.
fn can_be_cut(text: &str, cuts: impl Iterator<Item = usize>) -> bool {
    let is_special = |line: &str| {
        let prefix = layout::prefix(line);
        let rest = line[prefix.len()..].to_lowercase();
        prefix.contains('>') || ["[ ]", "[x]"].iter().any(|task| rest.starts_with(task))
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for cut in cuts.chain([text.len()]) {
        pieces.push(&text[start..cut.max(start)]);
        start = cut.max(start);
    }
    let count = |piece: &str, mark: &str| piece.matches(mark).count();
    let is_whole = |piece: &&str| {
        [("[", "]"), ("(", ")"), ("<", ">")]
            .iter()
            .all(|(open, close)| count(piece, open) == count(piece, close))
            && ["**", "`", "~~", "__"].iter().all(|mark| count(piece, mark) % 2 == 0)
            && !piece.trim_end().ends_with('\\')
    };
    !text.lines().any(is_special) && pieces.iter().all(is_whole)
}

/// The blocks of text around `at`, up to the next heading, table, code or HTML.
fn text_around(view: &View, at: usize) -> Option<Span> {
    let document = view.document();
    let text = view.text();
    let paragraph = |at: usize| document.block(at).filter(|block| block.kind == BlockKind::Paragraph);
    let mut span = paragraph(at)?.span;
    loop {
        let above =
            text[..span.start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+'));
        let Some(block) =
            above.len().checked_sub(1).and_then(|last| paragraph(text.floor_char_boundary(last)))
        else {
            break;
        };
        if block.span.start >= span.start {
            break;
        }
        span = block.span.cover(span);
    }
    loop {
        let below = &text[span.end..];
        let next = span.end + below.len()
            - below.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+')).len();
        let Some(block) = paragraph(next).filter(|block| block.span.end > span.end) else { break };
        span = span.cover(block.span);
    }
    Some(span.trim(text))
}

/// The edit that puts a label before the sentence that begins at `start`, on a line or in an item of its own.
fn label(view: &View, kind: PartKind, draft: Span, start: usize) -> Edit {
    let text = view.text();
    let label = format!("**{}:** ", wording::part_name(view.vocabulary(), kind, "en"));
    let line = layout::line_start(text, start).max(draft.start);
    let prefix = layout::prefix(&text[layout::line_start(text, start)..start]);
    let before = text[line..start].trim_end();
    if before.len() <= prefix.trim_end().len() && layout::prefix(&text[line..start]).len() == start - line {
        return if layout::opens_item(prefix) || start == draft.start || ends_block(text, line) {
            Edit::insert(start, label)
        } else {
            Edit::insert(line, format!("{}{label}", layout::line_end(text)))
        };
    }
    let space = line + before.len();
    // A new item would be counted, so that numbered ones stay as they are.
    let gap = if layout::opens_item(prefix) && !prefix.contains(|c: char| c.is_ascii_digit()) {
        format!("{}{prefix}", layout::line_end(text))
    } else {
        layout::empty_line(text, prefix)
    };
    Edit::replace(Span::new(space, start), format!("{gap}{label}"))
}

/// Whether an empty line, or nothing, stands before a line.
fn ends_block(text: &str, line: usize) -> bool {
    let above = text[..line].trim_end_matches([' ', '\t']);
    let above = above.strip_suffix("\r\n").or(above.strip_suffix(['\n', '\r'])).unwrap_or(above);
    above.is_empty() || above.trim_end_matches([' ', '\t']).ends_with(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::ide::refactor::tests::refactored;
    use crate::ide::testing::Fixture;

    const TITLE: &str = "Label what this draft tells: Situation, Task, Action, Result";

    #[track_caller]
    fn check(before: &str, after: &str) {
        assert_eq!(refactored(&Fixture::declared(before), TITLE).as_deref(), Some(after));
    }

    #[test]
    fn a_paragraph_is_parted() {
        check(
            "# Checkout\n\nIn March our checkout failed for a third of all customers. I was respon$0sible for bringing it back.\nI rolled the release back. Then I added an index. The error rate fell from 33% to 0.1%.\n",
            "# Checkout\n\n**Situation:** In March our checkout failed for a third of all customers.\n\n**Task:** I was responsible for bringing it back.\n\n**Action:** I rolled the release back. Then I added an index.\n\n**Result:** The error rate fell from 33% to 0.1%.\n",
        );
    }

    #[test]
    fn a_list_gets_its_labels_in_its_items() {
        check(
            "# Checkout\n\n- In March our check$0out failed for a third of all customers.\n- I was responsible for bringing it back.\n- I rolled the release back.\n- Then I added an index. The error rate fell from 33% to 0.1%.\n",
            "# Checkout\n\n- **Situation:** In March our checkout failed for a third of all customers.\n- **Task:** I was responsible for bringing it back.\n- **Action:** I rolled the release back.\n- Then I added an index.\n- **Result:** The error rate fell from 33% to 0.1%.\n",
        );
    }

    #[test]
    fn only_drafts_in_declared_files_are_labelled() {
        let text = "# A\n\nIn March our checkout fai$0led. I rolled the release back. Errors fell from 33% to 0.1%.\n";
        assert!(refactored(&Fixture::declared(text), TITLE).is_some());
        assert_eq!(refactored(&Fixture::new(text), TITLE), None);
        assert_eq!(refactored(&Fixture::declared("# A$0\n\nIn March it failed.\n"), TITLE), None);
        let story = "# A\n\n**Situation:** In March our checkout fai$0led. I rolled it back. Errors fell from 33% to 0.1%.\n";
        assert_eq!(refactored(&Fixture::declared(story), TITLE), None);
    }

    #[test]
    fn nothing_is_cut_in_two() {
        let text = "In March our checkout fai$0led. I was responsible for it. I rolled it back. Errors fell from 33% to 0.1%.";
        assert!(refactored(&Fixture::declared(text), TITLE).is_some());
        for (from, to) in [
            ("it. I rolled it back", "[it. I rolled it back](x.md)"),
            (
                "I was responsible for it. I rolled it back.",
                "**I was responsible for it. I rolled it back.**",
            ),
            ("for it. I", "for it.\\\nI"),
            ("In March", "- [x] In March"),
        ] {
            let text = text.replacen(from, to, 1);
            assert_eq!(refactored(&Fixture::declared(&text), TITLE), None, "{text}");
        }
        let quoted = format!("> {}", text.replacen(". I rolled", ".\n> I rolled", 1));
        assert_eq!(refactored(&Fixture::declared(&quoted), TITLE), None, "{quoted}");
    }

    fn sentence() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "In March our checkout failed.",
            "I was responsible for it.",
            "I rolled the release back, see [notes](a.md).",
            "Then I added `an index`.",
            "The error rate fell from 33% to 0.1%.",
            "I learned to ask.",
            "🎉 Wir waren froh.",
            "- a list. I fixed it.",
            "1. more",
            "> quoted. I said.",
        ])
    }

    proptest! {
        #[test]
        fn every_character_stays(
            sentences in prop::collection::vec((sentence(), prop::sample::select(vec![" ", "\n", "\n\n", "\r\n"])), 1..9),
            place in 0..100usize,
        ) {
            let text: String = sentences.iter().flat_map(|(sentence, gap)| [*sentence, *gap]).collect();
            let at = text.floor_char_boundary(text.len() * place / 100);
            let fixture = format!("# A\n\n{}$0{}", &text[..at], &text[at..]);
            if let Some(after) = refactored(&Fixture::declared(&fixture), TITLE) {
                let mut bare = after;
                for label in ["**Situation:**", "**Task:**", "**Action:**", "**Result:**", "**Reflection:**"] {
                    bare = bare.replacen(label, "", 1);
                }
                let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '>')).collect::<String>();
                prop_assert_eq!(letters(&bare), letters(&fixture.replacen("$0", "", 1)));
            }
        }
    }
}
