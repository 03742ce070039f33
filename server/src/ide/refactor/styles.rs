//! The labels of a story written in another way.

use starling_grammar::{BlockKind, Part, Span, Story, TitleSource};

use super::{action, keeps};
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::actions::Action;
use crate::ide::place::touches;
use crate::rules::layout::{self, Class};

/// How labels can be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Headings,
    Bold,
    Items,
}

impl Style {
    const ALL: [Self; 3] = [Self::Headings, Self::Bold, Self::Items];

    const fn title(self) -> &'static str {
        match self {
            Self::Headings => "Write the labels as headings",
            Self::Bold => "Write the labels as bold words",
            Self::Items => "Write the parts as a list",
        }
    }

    /// Whether a part is written so.
    const fn is_of(self, part: &Part) -> bool {
        match self {
            Self::Headings => Class::of(part).is_heading(),
            Self::Bold => matches!(Class::of(part), Class::Bold),
            Self::Items => matches!(Class::of(part), Class::Item),
        }
    }
}

/// The story under a title or label at `at`, in the styles that it is not written in.
pub(super) fn restyled(view: &View, at: usize) -> Vec<Action> {
    let is_under = |story: &&Story| {
        touches(story.title.span, at) || story.parts.iter().any(|part| touches(part.label.span, at))
    };
    let Some(story) = view.document().stories.iter().find(is_under) else { return Vec::new() };
    let others = Style::ALL.into_iter().filter(|style| !story.parts.iter().all(|part| style.is_of(part)));
    let restyled = others.filter_map(|style| {
        let edits = written(view, story, style).filter(|edits| keeps(view, edits))?;
        Some(action(style.title(), edits))
    });
    restyled.collect()
}

/// The story with all labels in a style; `None` where a part stands in a table, in a quote or deeper in a list.
fn written(view: &View, story: &Story, style: Style) -> Option<Vec<Edit>> {
    let text = view.text();
    let line_end = layout::line_end(text);
    let parts: Option<Vec<Taken>> = story.parts.iter().map(|part| Taken::of(view, part)).collect();
    let parts = parts?;
    let is_tight = style == Style::Items && parts.iter().all(|part| part.lines.len() < 2 && part.runs_in);
    let gap = if is_tight { line_end.to_owned() } else { line_end.repeat(2) };
    let mut edits = Vec::with_capacity(parts.len());
    let mut end = None;
    for (part, taken) in story.parts.iter().zip(&parts) {
        let start = layout::line_start(text, part.label.whole.start);
        let part_end = layout::end(part);
        // What stands between two parts and is more than a gap stays, as long as it stands apart from both.
        let between = end.and_then(|end| text.get(end..start)).unwrap_or_default();
        let is_apart = layout::has_empty_line(between) && ends_in_empty_line(between);
        if !between.trim().is_empty() && !is_apart {
            return None;
        }
        let from = end.filter(|_| between.trim().is_empty());
        let opening = if from.is_some() { gap.as_str() } else { "" };
        let new = taken.in_style(style, level(story), line_end);
        edits.push(Edit::replace(Span::new(from.unwrap_or(start), part_end), format!("{opening}{new}")));
        end = Some(part_end);
    }
    let is_ordered = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    is_ordered.then_some(edits)
}

/// The level of headings below the title.
const fn level(story: &Story) -> usize {
    match story.title.source {
        TitleSource::Heading(level) if level < 6 => level as usize + 1,
        TitleSource::Heading(_) => 6,
        _ => 2,
    }
}

/// What a part says, taken out of its layout.
struct Taken<'t> {
    label: &'t str,
    /// The lines of its text, without the indentation of a list.
    lines: Vec<&'t str>,
    /// Whether the text is a paragraph or begins with one, so that it can follow the label on its line.
    runs_in: bool,
}

impl<'t> Taken<'t> {
    fn of(view: &View<'t>, part: &Part) -> Option<Self> {
        let text = view.text();
        let prefix = layout::prefix_of(text, part);
        let is_item = matches!(Class::of(part), Class::Item);
        let is_plain = prefix.is_empty() || is_item && is_outermost(prefix);
        let label_end = layout::label_end(text, part);
        let is_apart = part.body.is_empty() || part.body.start >= label_end;
        let is_lines = !matches!(Class::of(part), Class::Row | Class::Column | Class::Parenthesis);
        if !(is_lines && is_plain && is_apart && layout::opens_line(text, part)) {
            return None;
        }
        let label = text[part.label.whole.start..label_end].lines().next()?;
        let is_mark = |c: char| matches!(c, '#' | '*' | '_' | ':' | '：' | '-' | '–' | '—');
        let label = label.trim_matches(|c: char| c.is_whitespace() || is_mark(c));
        let joint = text.get(label_end..part.body.start).unwrap_or_default();
        let is_bare = !label.contains(['*', '_', '`', '[', '\\'])
            && joint.chars().all(|c| c.is_whitespace() || is_mark(c));
        let body = part.body.of(text);
        // HTML other than comments may end where the part does not, and a tab is as wide as what stands before it.
        let is_html = |line: &str| line.trim_start().starts_with('<') && !line.contains("-->");
        let is_simple = !body.lines().any(|line| is_html(line) || line.starts_with('\t'))
            && !body.starts_with('\\')
            && !prefix.contains('\t');
        let width = if is_item { layout::continued(prefix).len() } else { 0 };
        let mut lines: Vec<&str> = body.lines().map(|line| without_indentation(line, width)).collect();
        if let Some(first) = lines.first_mut() {
            *first = first.trim_start();
        }
        let opening = lines.first().copied().unwrap_or_default();
        let is_paragraph = opening_block(view, part).is_none_or(|kind| kind == BlockKind::Paragraph);
        let is_code = opening_block(view, part) == Some(BlockKind::Code) && !body.starts_with(['`', '~']);
        if !is_bare || !is_simple || is_code {
            return None;
        }
        let runs_in = is_paragraph && layout::prefix(opening).is_empty();
        let same_line =
            !text.get(label_end..part.body.start).is_some_and(|joint| joint.contains(['\n', '\r']));
        // After its label `- a` is no list.
        (runs_in || body.is_empty() || !same_line).then_some(Self { label, lines, runs_in })
    }

    fn in_style(&self, style: Style, level: usize, line_end: &str) -> String {
        let label = self.label;
        let (opening, indentation) = match style {
            Style::Headings => (format!("{} {label}", "#".repeat(level)), ""),
            Style::Bold => (format!("**{label}:**"), ""),
            Style::Items => (format!("- **{label}:**"), "  "),
        };
        let joint = if self.runs_in && style != Style::Headings {
            " ".to_owned()
        } else {
            format!("{line_end}{line_end}{indentation}")
        };
        let mut new = opening;
        for (index, line) in self.lines.iter().enumerate() {
            match index {
                0 => new += &joint,
                _ if line.is_empty() => new += line_end,
                _ => new += &format!("{line_end}{indentation}"),
            }
            new += line;
        }
        new
    }
}

/// What the text of a part begins with.
fn opening_block(view: &View, part: &Part) -> Option<BlockKind> {
    view.document().block(part.body.start).map(|block| block.kind)
}

/// Whether an empty line stands at the end of a text.
fn ends_in_empty_line(text: &str) -> bool {
    text.replace("\r\n", "\n").replace('\r', "\n").trim_end_matches([' ', '\t']).ends_with("\n\n")
}

/// Whether a prefix is the marker of a list item that is in nothing else.
fn is_outermost(prefix: &str) -> bool {
    !prefix.starts_with([' ', '\t', '>']) && prefix.split_whitespace().count() == 1
}

fn without_indentation(line: &str, width: usize) -> &str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    &line[spaces.min(width)..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Style;
    use crate::ide::refactor::tests::refactored;
    use crate::ide::testing::Fixture;

    const BOLD: &str = "# Cache\n\n**Situation:** a\nb\n\n**Task:** c\n\n**Action:**\n\n- d\n- e\n\n  f\n\n**Result:** 5% less\n\nPrinciples: Dive Deep\n";
    const HEADINGS: &str = "# Cache\n\n## Situation\n\na\nb\n\n## Task\n\nc\n\n## Action\n\n- d\n- e\n\n  f\n\n## Result\n\n5% less\n\nPrinciples: Dive Deep\n";
    const ITEMS: &str = "# Cache\n\n- **Situation:** a\n  b\n\n- **Task:** c\n\n- **Action:**\n\n  - d\n  - e\n\n    f\n\n- **Result:** 5% less\n\nPrinciples: Dive Deep\n";

    fn to(style: Style, text: &str) -> Option<String> {
        refactored(&Fixture::new(&text.replacen("Cache", "Ca$0che", 1)), style.title())
    }

    #[test]
    fn each_style_becomes_each_other() {
        let all = [(Style::Bold, BOLD), (Style::Headings, HEADINGS), (Style::Items, ITEMS)];
        for (_, before) in all {
            for (style, after) in all {
                let expected = (before != after).then(|| after.to_owned());
                assert_eq!(to(style, before), expected, "{}", style.title());
            }
        }
    }

    #[test]
    fn a_short_list_stays_tight_and_notes_in_labels_stay() {
        assert_eq!(
            to(
                Style::Items,
                "# Cache\r\n\r\n### S – Situation (20 %)\r\n\r\na\r\n\r\n### Result\r\n\r\n5%\r\n\r\n### Task\r\n\r\nb\r\n"
            ),
            Some(
                "# Cache\r\n\r\n- **S – Situation (20 %):** a\r\n- **Result:** 5%\r\n- **Task:** b\r\n"
                    .to_owned()
            )
        );
    }

    #[test]
    fn what_stands_between_parts_stays() {
        let text = "# Cache\n\n**Situation:** a\n\n---\n\n**Action:** b\n\n<!-- note -->\n\n**Result:** 5%\n";
        let after = to(Style::Headings, text).expect("an action");
        assert!(after.contains("a\n\n---\n\n## Action\n\nb\n\n<!-- note -->\n\n## Result"), "{after}");
    }

    #[test]
    fn tables_and_quotes_are_left_alone() {
        for text in [
            "# Cache\n\n| | |\n|---|---|\n| Situation | a |\n| Task | b |\n| Action | c |\n| Result | 5% |\n",
            "# Cache\n\n> **Situation:** a\n>\n> **Task:** b\n>\n> **Action:** c\n>\n> **Result:** 5%\n",
            "# Cache\n\nIt broke (Situation). It was mine (Task). I mended it (Action). We saw 90% fewer (Result).\n",
        ] {
            assert_eq!(Style::ALL.map(|style| to(style, text)), [None, None, None]);
        }
    }

    #[test]
    fn what_would_be_read_otherwise_is_left_alone() {
        for (from, to) in [
            ("**Situation:** a\nb", "**Situation:**\n\n    code"),
            ("a\nb", "a\n\n<details>\n<summary>x</summary>\n\ny\n\n</details>"),
            ("**Task:** c", "**Task**\\\nc"),
        ] {
            let text = BOLD.replacen(from, to, 1);
            assert_eq!(super::Style::ALL.map(|style| self::to(style, &text)), [None, None, None], "{text}");
        }
        let tabs = "# Cache\n\n-\t**Situation:** a\n\n\tmore\n\n-\t**Task:** b\n\n-\t**Action:** c\n\n-\t**Result:** 5%\n";
        assert_eq!(to(Style::Bold, tabs), None);
        let between = "# Cache\n\n- **Situation:** a\n- **Task:** b\n- Stack: Rust\n- **Action:** c\n- **Result:** 5%\n";
        assert_eq!(to(Style::Bold, between), None);
        let dashed = BOLD.replace(":**", "** –");
        assert!(
            to(Style::Headings, &dashed).expect("an action").contains("## Situation\n\na\nb\n\n## Task\n\nc")
        );
    }

    /// Lines that mean something else at the head of a line or in another container.
    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,8}( [a-z0-9%]{1,8}){0,3}",
            Just("- item".to_owned()),
            Just("  1. deeper".to_owned()),
            Just("```sh".to_owned()),
            Just("> quote".to_owned()),
            Just("#### more".to_owned()),
            Just("| a | b |".to_owned()),
            Just("    indented".to_owned()),
            Just("<div>".to_owned()),
            Just("🎉 **bold** `code`".to_owned()),
            Just(String::new()),
        ]
    }

    /// The text without white space and the marks of its labels.
    fn letters(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '#' | '*' | '-' | ':')).collect()
    }

    proptest! {
        #[test]
        fn every_character_stays(bodies in prop::collection::vec(prop::collection::vec(line(), 1..5), 4)) {
            let labels = ["Situation", "Task", "Action", "Result"];
            for (open, joint) in [("## ", "\n\n"), ("**", ":** "), ("- **", ":** ")] {
                let indentation = if open.starts_with('-') { "\n  " } else { "\n" };
                let parts = labels.iter().zip(&bodies).map(|(label, lines)| format!("{open}{label}{joint}{}\n\n", lines.join(indentation)));
                let text = format!("# Cache\n\n{}", parts.collect::<String>());
                for style in Style::ALL {
                    if let Some(after) = to(style, &text) {
                        prop_assert_eq!(letters(&after), letters(&text), "{}\nbecomes\n{}", text, after);
                    }
                }
            }
        }
    }
}
