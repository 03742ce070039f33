use starling_grammar::{Content, LabelStyle, Part, PartKind, Span, Story};

use super::layout::{self, Class};
use super::{Context, Rule};
use crate::finding::{Edit, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-part",
    severity: Severity::Warning,
    documentation: r#"A part occurs twice in one story.

Usually one of them was pasted from an older version, or a second story begins without a title of its own. Told aloud,
the listener loses the thread.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool.

**Action:** I raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool. I raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

A second Situation after an Action or Result begins another version of the story, which is judged by itself. The fix
moves the text of the later part to the end of the first.

Set its weight by `duplicate-part` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore duplicate-part -->` in the story or part.
"#,
};

/// As many merges are offered in a story: for each, the story is read again, and one with more of them is no slip.
const MOST_FIXES: usize = 8;

/// None are offered in a story of more parts, which would take long to read again.
const MOST_PARTS: usize = 100;

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, later) in story.parts.iter().enumerate() {
        let earlier = |kind: &PartKind| story.parts[..index].iter().find(|part| part.fills(*kind));
        let Some((kind, first)) = later.kinds.iter().find_map(|kind| Some((*kind, earlier(kind)?))) else {
            continue;
        };
        // Two columns of a table may well share a part, such as Result and Impact.
        if later.label.style == LabelStyle::TableColumn || are_steps(context.text(), first, later) {
            continue;
        }
        let message = format!(
            "This is a second {}. Merge it with the first, or give it a story of its own.",
            kind.name()
        );
        let is_slip = findings.len() < MOST_FIXES && story.parts.len() <= MOST_PARTS;
        let offered = is_slip.then(|| merge(context.text(), first, later));
        let fix = offered
            .flatten()
            .filter(|edits| only_merges(context, story, edits))
            .map(|edits| Fix::prompt(format!("Merge into the first {}", kind.name()), edits));
        let finding = Finding::new(&RULE, later.label.span, message).about(kind).mended_by(fix);
        findings.push(finding.related_to(first.label.span, format!("the first {}", kind.name())));
    }
    findings
}

/// `Action 1`, `Action 2`: one part in steps.
fn are_steps(text: &str, first: &Part, later: &Part) -> bool {
    let number = |part: &Part| {
        let after = text.get(part.label.name.end..layout::label_end(text, part)).unwrap_or_default();
        let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    number(first).zip(number(later)).is_some_and(|(first, later)| first < later)
}

/// Moves the text of the later part behind that of the first, and drops the later label; `None` where the two are
/// written so differently that the text would not fit.
fn merge(text: &str, first: &Part, later: &Part) -> Option<Vec<Edit>> {
    let class = Class::of(first);
    let movable =
        matches!(class, Class::Heading(_) | Class::Setext(_) | Class::Bold | Class::Item | Class::Line);
    if !movable
        || !layout::alike(text, first, later)
        || first.kinds != later.kinds
        || !layout::opens_line(text, later)
    {
        return None;
    }
    let removed = Span::new(removal_start(text, later), layout::end(later));
    let at = layout::end(first);
    let moved = if later.body.is_empty() {
        String::new()
    } else {
        format!("{}{}", separator(text, first, later), later.body.of(text))
    };
    if removed.start < at {
        return None;
    }
    if removed.start == at {
        return Some(vec![Edit::replace(removed, moved)]);
    }
    let mut edits = vec![Edit::replace(removed, "")];
    if !moved.is_empty() {
        edits.insert(0, Edit::insert(at, moved));
    }
    Some(edits)
}

/// Whether the stories after the edits have the same words under labels, but for one label less.
fn only_merges(context: &Context, story: &Story, edits: &[Edit]) -> bool {
    let count = |stories: &[Story]| {
        let parts: usize = stories.iter().map(|story| story.parts.len()).sum();
        (stories.len(), parts, stories.iter().map(Story::words).sum::<usize>())
    };
    let (stories, parts, words) = count(context.from(story));
    let (stories_after, parts_after, words_after) = count(&context.after(story, edits));
    (stories_after, parts_after + 1, words_after) == (stories, parts, words)
}

/// Where the later part begins, with its list marker and the empty lines before it.
fn removal_start(text: &str, part: &Part) -> usize {
    let mut start = layout::line_start(text, part.label.whole.start);
    while start > 0 {
        let end = if text[..start].ends_with("\r\n") { start - 2 } else { start - 1 };
        let line = layout::line_start(text, end);
        if !text[line..end].trim_matches(['>', ' ', '\t']).is_empty() {
            return end;
        }
        start = line;
    }
    start
}

/// What parts the moved text from the text before it: a space between sentences, else an empty line.
fn separator(text: &str, first: &Part, later: &Part) -> String {
    let (body, moved) = (first.body.of(text), later.body.of(text));
    if first.content() == Content::Empty {
        return layout::joint(text, later).map_or_else(
            || " ".to_owned(),
            |joint| {
                // The markers that the moved text opens with are its own.
                joint[..joint.len() - layout::prefix(moved).len()].to_owned()
            },
        );
    }
    let sentence = |text: &str| !text.contains(['\n', '\r']) && layout::prefix(text).is_empty();
    if sentence(body) && sentence(moved) && !Class::of(first).is_heading() {
        return if body.ends_with(['.', '!', '?', ':', ';', '。']) { " " } else { ". " }.to_owned();
    }
    let prefix = layout::continued(layout::prefix_of(text, later));
    layout::empty_line(text, &prefix)
}

#[cfg(test)]
mod tests {
    use starling_grammar::Origin;

    use super::RULE;
    use crate::check::check as read;
    use crate::config::Config;
    use crate::rules::testing::{check, check_fix, check_no_fix, check_silent};

    #[test]
    fn stands_at_the_later_label() {
        check(
            &RULE,
            "**Situation:** Stale.

            **Task:** Mine.

            **Action:** I looked.

            **Result:** 90% fewer.

            **Actions:** I rebuilt it.
              ^^^^^^^ This is a second Action. Merge it with the first, or give it a story of its own.
            ",
        );
    }

    #[test]
    fn a_story_of_a_hundred_parts_is_not_read_again_for_each() {
        let story = "**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% d\n\n";
        let more = |parts: usize| format!("# C\n\n{story}{}", "**Result:** 5% e\n\n".repeat(parts));
        let config = Config::default();
        let fixes = |parts: usize| {
            let found = read(more(parts).into(), &Origin::default(), &config, None).findings;
            let found = found.iter().filter(|finding| finding.rule == &RULE);
            found.map(|finding| finding.fixes.len()).collect::<Vec<_>>()
        };
        assert_eq!(fixes(2), [1, 1]);
        assert_eq!(fixes(super::MOST_PARTS), [0; super::MOST_PARTS]);
    }

    #[test]
    fn versions_columns_and_steps_are_no_duplicates() {
        check_silent(
            &RULE,
            "# C\n\n**Situation:** a\n\n**Task:** b\n\n**Action 1:** c\n\n**Action 2:** d\n\n**Result:** 5% e\n",
        );
        check_silent(
            &RULE,
            "# C\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** 5% c\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** 5% c\n",
        );
        check_silent(
            &RULE,
            "| Story | Situation | Task | Action | Result | Impact |\n|---|---|---|---|---|---|\n| C | a | b | c | d | e |\n",
        );
    }

    #[test]
    fn merges_sentences_and_paragraphs() {
        check_fix(
            &RULE,
            "**Situation:** a\n\n**Action:** I looked\n\n**Action:** I rebuilt it.\n\n**Result:** 5%\n",
            "**Situation:** a\n\n**Action:** I looked. I rebuilt it.\n\n**Result:** 5%\n",
        );
        check_fix(
            &RULE,
            "## Situation\r\n\r\na\r\n\r\n## Action\r\n\r\nI looked.\r\n\r\n## Result\r\n\r\n5%\r\n\r\n## Action\r\n\r\n- I rebuilt it.\r\n",
            "## Situation\r\n\r\na\r\n\r\n## Action\r\n\r\nI looked.\r\n\r\n- I rebuilt it.\r\n\r\n## Result\r\n\r\n5%\r\n",
        );
        check_fix(
            &RULE,
            "- **Situation:** a\n- **Task:** b\n- **Action:** I looked.\n- **Action:** I rebuilt it.\n- **Result:** 5%\n",
            "- **Situation:** a\n- **Task:** b\n- **Action:** I looked. I rebuilt it.\n- **Result:** 5%\n",
        );
    }

    #[test]
    fn drops_an_empty_label() {
        check_fix(
            &RULE,
            "**Situation:** a\n\n**Action:** I looked.\n\n**Action:**\n\n**Result:** 5%\n",
            "**Situation:** a\n\n**Action:** I looked.\n\n**Result:** 5%\n",
        );
        check_fix(
            &RULE,
            "**Situation:** a\n\n**Action:**\n\n**Action:** I looked.\n\n**Result:** 5%\n",
            "**Situation:** a\n\n**Action:** I looked.\n\n**Result:** 5%\n",
        );
    }

    #[test]
    fn different_layouts_are_not_merged() {
        check_no_fix(
            &RULE,
            "# C\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5%\n\n## Action\n\nI rebuilt it.\n",
        );
    }
}
