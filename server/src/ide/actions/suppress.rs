//! Comments that silence a rule, put where they work and where Markdown renders as before.

use starling_grammar::{BlockKind, Part, Span, Story, Suppression, TitleSource};

use crate::finding::{Edit, Finding};
use crate::ide::View;
use crate::ide::place;
use crate::rules::layout::{self, Class};
use crate::rules::{self, Rule};

const HERE: &str = "starling-ignore";
const IN_FILE: &str = "starling-ignore-file";

/// The edit that silences a rule where a finding stands: in its part if the finding is about one, else in its story.
/// `None` where no comment could, as in the front matter and in the later rows of a table.
pub(super) fn here(view: &View, finding: &Finding) -> Option<Edit> {
    if !rules::CHECKS.iter().any(|(rule, _)| *rule == finding.rule) {
        return None;
    }
    let document = view.document();
    let named = |comment: &&Suppression| !comment.rules.is_empty() && !is_of_file(view, comment);
    let covering = document.suppressions.iter().filter(named);
    let covering = covering.filter(|comment| rules::covers(document, comment, finding, true));
    if let Some(comment) = covering.min_by_key(|comment| comment.scope.len()) {
        return extended(comment, finding.rule);
    }
    let comment = comment(HERE, finding.rule);
    if let Some(story) = document.stories.iter().find(|story| story.title.span == finding.span) {
        return in_story(view, story, &comment);
    }
    let story = place::story_at(document, finding.span.start)
        .filter(|story| story.span.contains_span(finding.span))?;
    match story.parts.iter().find(|part| place::extent(part).contains_span(finding.span)) {
        Some(part) => in_part(view, story, part, &comment),
        None => before_line(view, story, finding.span, &comment),
    }
}

/// The edit that silences a rule in the whole file.
pub(super) fn in_file(view: &View, rule: &Rule) -> Edit {
    let named = |comment: &&Suppression| !comment.rules.is_empty() && is_of_file(view, comment);
    if let Some(edit) = view.document().suppressions.iter().find(named).and_then(|it| extended(it, rule)) {
        return edit;
    }
    let text = view.text();
    let line_end = layout::line_end(text);
    let comment = comment(IN_FILE, rule);
    match &view.document().front_matter {
        None => {
            let start = text.len() - text.trim_start_matches('\u{feff}').len();
            Edit::insert(start, format!("{comment}{line_end}{line_end}"))
        }
        Some(front_matter) => {
            let end = front_matter.span.end;
            let opening = if text[..end].ends_with(['\n', '\r']) { "" } else { line_end };
            Edit::insert(end, format!("{opening}{line_end}{comment}{line_end}"))
        }
    }
}

fn comment(word: &str, rule: &Rule) -> String {
    format!("<!-- {word} {} -->", rule.name)
}

fn is_of_file(view: &View, comment: &Suppression) -> bool {
    comment.span.of(view.text()).contains(IN_FILE)
}

/// A comment that names one more rule.
fn extended(comment: &Suppression, rule: &Rule) -> Option<Edit> {
    let (_, last) = comment.rules.last()?;
    Some(Edit::insert(last.end, format!(", {}", rule.name)))
}

/// A comment for what is said of the whole story: under its heading, else at one of its parts.
fn in_story(view: &View, story: &Story, comment: &str) -> Option<Edit> {
    if matches!(story.title.source, TitleSource::Heading(_)) {
        let block = view.document().block(story.title.span.start)?;
        let text = view.text();
        let line = layout::line_start(text, block.span.start);
        let prefix = &text[line..block.span.start];
        return Some(Edit::insert(block.span.end, layout::empty_line(text, prefix) + comment));
    }
    // A title in the front matter lies outside of what a comment before the first part silences.
    let skipped = usize::from(story.title.source == TitleSource::FrontMatter);
    let parts = story.parts.iter().skip(skipped).chain(story.parts.first());
    parts.into_iter().find_map(|part| in_part(view, story, part, comment))
}

/// A comment for what stands in a part.
fn in_part(view: &View, story: &Story, part: &Part, comment: &str) -> Option<Edit> {
    match Class::of(part) {
        Class::Row | Class::Column => before_table(view, story, part, comment),
        Class::Parenthesis => in_titled_story(view, story, comment),
        _ => before_label(view.text(), part, comment).or_else(|| in_line(view, part, comment)),
    }
}

/// Under the heading of a story whose first label does not follow directly, where a comment silences all of it.
fn in_titled_story(view: &View, story: &Story, comment: &str) -> Option<Edit> {
    matches!(story.title.source, TitleSource::Heading(_)).then(|| in_story(view, story, comment)).flatten()
}

/// A block of its own before a label that opens one.
fn before_label(text: &str, part: &Part, comment: &str) -> Option<Edit> {
    let start = layout::line_start(text, part.label.whole.start);
    let prefix = layout::prefix_of(text, part);
    let above = place::line_before(text, start);
    let is_free = above.is_none_or(|above| place::is_blank(above.of(text)));
    let opens_block =
        Class::of(part) != Class::Item && layout::opens_line(text, part) && !layout::opens_item(prefix);
    (is_free && opens_block).then(|| {
        Edit::insert(part.label.whole.start, format!("{comment}{}", layout::empty_line(text, prefix)))
    })
}

/// At the end of a part's first paragraph, or behind its label when it has no text.
fn in_line(view: &View, part: &Part, comment: &str) -> Option<Edit> {
    let text = view.text();
    if part.body.is_empty() {
        let end = layout::label_end(text, part);
        let label = text[part.label.whole.start..end].trim_end_matches(['*', '_']);
        let is_closed = label.ends_with([':', '：', '.', '—', '–']);
        return is_closed.then(|| Edit::insert(end, format!(" {comment}")));
    }
    let first = part.body.start + layout::prefix(part.body.of(text)).len();
    let block = view.document().block(first).filter(|block| block.kind == BlockKind::Paragraph)?;
    let end = block.span.end.min(part.body.end);
    let end = text[..end].trim_end().len();
    // A comment behind a backslash would make a line break of it.
    (end > first && !text[..end].ends_with('\\')).then(|| Edit::insert(end, format!(" {comment}")))
}

/// Before the table that a part stands in. It silences the whole story, if that is the table's first.
fn before_table(view: &View, story: &Story, part: &Part, comment: &str) -> Option<Edit> {
    let text = view.text();
    let mut start =
        layout::line_start(text, story.parts.first().unwrap_or(part).body.start.max(part.label.whole.start));
    while let Some(above) = place::line_before(text, start) {
        if !above.of(text).contains('|') {
            break;
        }
        start = above.start;
    }
    let is_other = |other: &Story| {
        other.span != story.span && other.span.end > start && other.span.start < story.span.start
    };
    if view.document().stories.iter().any(is_other) {
        return None;
    }
    let line = place::line(text, start);
    let prefix = &line.of(text)[..layout::quote_marks(line.of(text))];
    Some(Edit::insert(start + prefix.len(), format!("{comment}{}", layout::empty_line(text, prefix))))
}

/// Before a line of the story that belongs to no part, such as one of tags above the first: there a comment silences
/// the whole story.
fn before_line(view: &View, story: &Story, finding: Span, comment: &str) -> Option<Edit> {
    let text = view.text();
    let first = story.parts.first()?;
    let start = layout::line_start(text, finding.start);
    let prefix = layout::prefix(&text[start..finding.start]);
    let above = place::line_before(text, start);
    let is_free = above.is_none_or(|above| place::is_blank(above.of(text)));
    let is_above = finding.end <= first.label.whole.start.min(place::extent(first).start);
    (is_free && is_above && !layout::opens_item(prefix))
        .then(|| Edit::insert(start + prefix.len(), format!("{comment}{}", layout::empty_line(text, prefix))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    use starling_grammar::Origin;

    use super::{here, in_file};
    use crate::check::check as read;
    use crate::config::Config;
    use crate::finding::{Edit, Finding};
    use crate::fix::apply;
    use crate::ide::View;

    /// Silences every finding of a text in both ways. Each must go, bring nothing new, and leave the Markdown as it is
    /// rendered. Gives the findings that cannot be silenced where they stand.
    #[track_caller]
    fn check(text: &str) -> Vec<String> {
        let config = Config::default();
        let checked = read(text.into(), &Origin::default(), &config, None);
        let view = View { checked: &checked, config: &config, bank: None };
        let mut left = Vec::new();
        for finding in &checked.findings {
            match here(&view, finding) {
                Some(edit) => assert_silences(text, &checked.findings, finding, &edit),
                None => left.push(format!("{} at {}", finding.rule.name, finding.span.of(text))),
            }
            assert_silences(text, &checked.findings, finding, &in_file(&view, finding.rule));
        }
        left
    }

    #[track_caller]
    fn assert_silences(text: &str, before: &[Finding], finding: &Finding, edit: &Edit) {
        let after_text = apply(text, std::slice::from_ref(edit));
        let after = read(after_text.as_str().into(), &Origin::default(), &Config::default(), None).findings;
        let (had, has) = (counts(before), counts(&after));
        let name = finding.rule.name;
        let context = format!("{name} at {}\n{after_text}\n{after:#?}", finding.span.of(text));
        assert!(has.get(name).copied().unwrap_or(0) < had[name], "still there: {context}");
        for (rule, count) in has {
            assert!(had.get(rule).is_some_and(|had| count <= *had), "new: {rule}: {context}");
        }
        let body = |text: &str| {
            text.strip_prefix("---\n")
                .and_then(|rest| rest.split_once("\n---\n"))
                .map_or(text.to_owned(), |(_, body)| body.to_owned())
        };
        assert_eq!(rendered(&body(&after_text)), rendered(&body(text)), "rendered otherwise: {context}");
    }

    fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for finding in findings {
            *counts.entry(finding.rule.name).or_insert(0) += 1;
        }
        counts
    }

    /// What a reader sees: blocks and words, without comments.
    fn rendered(text: &str) -> Vec<String> {
        let mut seen: Vec<String> = Vec::new();
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) if html.contains("starling-ignore") => {}
                Event::Html(html) if html.trim().is_empty() => {}
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
                Event::Text(text) => match seen.last_mut().filter(|last| last.starts_with("Text ")) {
                    Some(last) => last.push_str(&text),
                    None => seen.push(format!("Text {text}")),
                },
                other => seen.push(format!("{other:?}")),
            }
            if let Some(last) = seen.last_mut() {
                last.truncate(last.trim_end().len());
            }
        }
        seen
    }

    #[test]
    fn every_label_style_has_a_place() {
        for story in [
            "# C\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** Much better.\n",
            "# C\n\n**Situation:** a\n**Action:** b\n**Result:** Much better.\n",
            "# C\n\n**Situation**\n\na\n\n**Action**\n\n- b\n\n**Result**\n\n- Much better.\n",
            "# C\n\n## Situation\n\na\n\n## Action\n\nb\n\n## Result\n\nMuch better.\n",
            "# C\n## Situation\na\n## Action\nb\n## Result\nMuch better.\n",
            "C\n=\n\nSituation\n---------\n\na\n\nAction\n------\n\nb\n\nResult\n------\n\nMuch better.\n",
            "# C\n\n- **Situation:** a\n- **Action:** b\n- **Result:** Much better.\n",
            "# C\n\n- **Situation:**\n  - a\n- **Action:**\n  - b\n- **Result:**\n  - Much better.\n",
            "# C\n\n1. Situation: a\n2. Action: b\n3. Result: Much better.\n",
            "> **Situation:** a\n>\n> **Action:** b\n>\n> **Result:** Much better.\n",
            "> ## C\n>\n> **Situation:** a\n> **Action:** b\n> **Result:** Much better.\n",
            "1. Tell me about a failure?\n\n   **Situation:** a\n\n   **Action:** b\n\n   **Result:** Much better.\n",
            "# C\n\n**S:** a | **A:** b | **R:** Much better.\n",
            "# C\n\n| Part | Text |\n|---|---|\n| **Situation** | a |\n| **Action** | b |\n| **Result** | Much better. |\n",
            "# C\n\n> | Part | Text |\n> |---|---|\n> | Situation | a |\n> | Action | b |\n> | Result | Much better. |\n",
            "| C | Situation | Task | Action | Result |\n|---|---|---|---|---|\n| One | a | b | c | Much better. |\n",
            "# C\n\nIt was stale (Situation). I rebuilt it (Action). We saw it much better (Result).\n",
            "Situation: a\n\nAction: b\n\nResult: Much better.\n",
            "# C\r\n\r\n**Situation:** a\r\n\r\n**Action:** b\r\n\r\n**Result:** Much better.\r\n",
            "---\ntitle: C\n---\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** Much better.",
            "# C\n\nPrinciples: Ownership, Grit\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% d\n",
            "# C\n\n**Situation:** a\n\n**Action:** b\n\n<!-- starling-ignore vague-quantity -->\n\n**Result:** Much better.\n",
            "# C\n\n**Situation:**\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% d\n\n# D\n\n**Situation:** a\n\n**Result:** 5% d\n\n# E\n\n**Situation:** a\n\n**Action:** b\n",
        ] {
            assert_eq!(check(story), Vec::<String>::new(), "in\n{story}");
        }
    }

    #[test]
    fn where_no_comment_works_none_is_offered() {
        let matter = "---\nthemes: [nonsense]\n---\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% d\n";
        assert_eq!(check(matter), ["unknown-theme at nonsense"]);
        let table = "| C | Situation | Task | Action | Result |\n|---|---|---|---|---|\n| One | a | b | I did c | 5% d |\n| Two | a | b | I did c | Much better. |\n";
        assert_eq!(check(table), ["vague-quantity at Much better", "unquantified-result at Much better."]);
    }

    #[test]
    fn in_files_of_all_kinds() {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
        let mut files = 0;
        for folder in ["corpus/findings", "corpus/styles", "bank"] {
            for entry in fs::read_dir(tests.join(folder)).expect("a folder") {
                let path: PathBuf = entry.expect("an entry").path();
                if path.extension().is_some_and(|extension| extension == "md") {
                    let text = fs::read_to_string(&path).expect("UTF-8");
                    check(&text);
                    files += 1;
                }
            }
        }
        assert!(files > 50);
    }
}
