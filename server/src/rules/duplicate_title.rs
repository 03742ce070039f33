use std::path::Path;
use std::sync::Arc;

use super::Rule;
use crate::bank::{Bank, StoryRef};
use crate::finding::{Finding, OtherFile, Severity};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-title",
    severity: Severity::Warning,
    documentation: r#"Two stories of the bank have the same title.

In an interview you find a story by its title, and lists of stories name it. Give each story one of its own: what was at
stake makes a better title than the kind of question.

```markdown failing
# The outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

# The outage

**Situation:** Search answered from an index that was three days old, and nobody had noticed.

**Task:** As the owner of the indexer I had to find the gap and close it.

**Action:** I compared offsets with documents, replayed the queue and wrote a check that compares them hourly.

**Result:** The index fell from 3 days to 2 minutes behind.
```

```markdown passing
# The evening without a checkout

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

# The index that stood still

**Situation:** Search answered from an index that was three days old, and nobody had noticed.

**Task:** As the owner of the indexer I had to find the gap and close it.

**Action:** I compared offsets with documents, replayed the queue and wrote a check that compares them hourly.

**Result:** The index fell from 3 days to 2 minutes behind.
```

Case, punctuation and a number before the title make no difference. Two versions of a story under one heading are one
story, and templates do not count. The bank is the folder of the nearest `starling.toml`, or the folder that is checked.

Set its weight by `duplicate-title` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore duplicate-title -->` in the story.
"#,
};

/// Every story whose title an earlier one has.
pub(super) fn check(bank: &Bank) -> Vec<(Arc<Path>, Finding)> {
    let mut found = Vec::new();
    for stories in bank.namesakes() {
        let first = stories[0];
        for story_ref in &stories[1..] {
            let story = bank.story(story_ref).filter(|_| !is_same(bank, first, story_ref));
            let Some(story) = story else { continue };
            let message =
                format!("Another story is called “{}” too. Give each a title of its own.", story.name());
            let finding = Finding::new(&RULE, story.title_span, message).naming(story.name());
            found.push((Arc::clone(&story_ref.path), related(bank, story_ref, first, finding)));
        }
    }
    found
}

/// Whether both are versions of one story: they stand under the same title.
fn is_same(bank: &Bank, one: &StoryRef, other: &StoryRef) -> bool {
    let span = |story: &StoryRef| bank.story(story).map(|story| story.title_span);
    let is_titled_by_file = |story: &StoryRef| {
        let stem = story.path.file_stem().unwrap_or_default().to_string_lossy();
        bank.story(story).is_some_and(|story| *story.title == *stem)
    };
    one.path == other.path && (span(one) == span(other) || is_titled_by_file(one))
}

/// The finding with the place of another story.
pub(super) fn related(bank: &Bank, here: &StoryRef, other: &StoryRef, finding: Finding) -> Finding {
    let Some(story) = bank.story(other) else { return finding };
    let message = format!("“{}” is here", story.name());
    if here.path == other.path {
        return finding.related_to(story.title_span, message);
    }
    let file = OtherFile { path: other.path.to_path_buf(), line: story.line };
    finding.related_elsewhere(file, story.title_span, message)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::bank::testing::{STORY, bank};

    /// Files and texts at which findings stand, with the place that each is related to.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let text = |path: &str| files.iter().find(|(name, _)| *name == path).map_or("", |(_, text)| *text);
        let shown = check(&bank(files)).into_iter().map(|(path, finding)| {
            let path = path.to_string_lossy().into_owned();
            let related = finding.related[0].file.as_ref();
            let related =
                related.map_or("here".to_owned(), |file| format!("{}:{}", file.path.display(), file.line));
            format!("{path} {} {related}", finding.span.of(text(&path)))
        });
        shown.collect()
    }

    #[test]
    fn the_later_story_is_related_to_the_first() {
        let other = STORY.replace("# Checkout outage", "# Story 2: checkout *outage*!");
        assert_eq!(
            found(&[("b.md", &other), ("a.md", STORY), ("c.md", STORY)]),
            ["b.md Story 2: checkout *outage*! a.md:6", "c.md Checkout outage a.md:6"]
        );
    }

    #[test]
    fn versions_and_templates_are_no_duplicates() {
        let versions =
            format!("{STORY}\n**Situation:** shorter\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d\n");
        assert!(found(&[("a.md", &versions)]).is_empty());
        let template = "# Checkout outage\n\n**Situation:** [x]\n\n**Task:** [y]\n\n**Action:** [z]\n";
        assert!(found(&[("a.md", STORY), ("b.md", template)]).is_empty());
    }
}
