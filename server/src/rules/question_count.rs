use starling_grammar::{Story, Suggestion, Tag, TagKind, suggestions};

use super::{Context, Rule, tag_line, wording};
use crate::finding::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "question-count",
    severity: Severity::Hint,
    documentation: r#"A story is mapped to one question only, or to more than three.

A dozen stories cover an interview if each of them answers two or three questions. With one, you need more stories
than you can remember; with more than three, it fits none of them well. A story without any question is left alone.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Themes:** learning
**Questions:** "When did you fix something at night?"
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Themes:** learning
**Questions:** "When did you fix something at night?", "When did you last say no?"
```

The fix adds a question that the text answers in full, where there is one.

Set its weight by `question-count` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore question-count -->` in the story.
"#,
};

/// A story answers at least as many questions, and at most.
const FEWEST: usize = 2;
const MOST: usize = 3;

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let mut tags: Vec<&Tag> = Vec::new();
    for tag in story.tags.iter().filter(|tag| tag.kind == Some(TagKind::Question)) {
        if tags.iter().all(|other| other.value != tag.value) {
            tags.push(tag);
        }
    }
    match tags.as_slice() {
        [tag] => vec![too_few(context, story, tag)],
        tags if tags.len() > MOST => vec![too_many(story, tags)],
        _ => Vec::new(),
    }
}

fn too_few(context: &Context, story: &Story, tag: &Tag) -> Finding {
    let name = wording::named(story);
    let message = format!("{name} answers one question. Find a second that it answers as well.");
    let mut finding = Finding::new(&RULE, story.title.span, message).related_to(tag.span, "the one question");
    for suggestion in suggested(context, story) {
        let edit = tag_line::add(context, story, tag, suggestion.id);
        let title = format!("Add the question {}", suggestion.id);
        finding = finding
            .related_to(suggestion.reason, format!("this suggests “{}”", suggestion.id))
            .mended_by(edit.map(|edit| Fix::prompt(title, vec![edit])));
    }
    finding
}

/// The questions that the text answers in full, best first.
fn suggested<'c>(context: &'c Context, story: &Story) -> Vec<Suggestion<'c>> {
    let has = story.known_tags(TagKind::Question);
    let mut suggested = suggestions(story, context.vocabulary);
    suggested.retain(|suggestion| {
        suggestion.kind == TagKind::Question
            && !has.contains(&suggestion.id)
            && tag_line::answers_in_full(story, suggestion.id, context.vocabulary)
    });
    suggested.truncate(FEWEST);
    suggested
}

fn too_many(story: &Story, tags: &[&Tag]) -> Finding {
    let name = wording::named(story);
    let message =
        format!("{name} is mapped to {} questions. Keep the two or three that it answers best.", tags.len());
    let mut finding = Finding::new(&RULE, story.title.span, message);
    for tag in &tags[MOST..] {
        finding = finding.related_to(tag.span, "one more than it can answer well");
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_silent};

    fn story(tags: &str) -> String {
        format!(
            "# Cache\n\n**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n\n{tags}\n"
        )
    }

    fn with_title(message: &str, tags: &str) -> String {
        story(tags).replacen("# Cache\n", &format!("# Cache\n  ^^^^^ {message}\n"), 1)
    }

    #[test]
    fn stands_at_the_title() {
        check(
            &RULE,
            &with_title(
                "“Cache” answers one question. Find a second that it answers as well.",
                "**Questions:** \"When were you wrong?\"",
            ),
        );
        check(
            &RULE,
            &with_title(
                "“Cache” is mapped to 4 questions. Keep the two or three that it answers best.",
                "**Best for:** \"One?\", \"Two?\", \"Three?\", \"Four?\"",
            ),
        );
    }

    #[test]
    fn two_or_three_or_none_are_fine() {
        check_silent(&RULE, &story("**Best for:** \"One?\", \"Two?\""));
        check_silent(&RULE, &story("**Best for:** \"One?\", \"Two?\", \"Three?\""));
        check_silent(&RULE, &story("**Themes:** learning"));
        check_silent(&RULE, &story(""));
    }

    /// A story that answers `production-outage` in full.
    fn outage(tags: &str) -> String {
        format!(
            "# The outage\n\n**Situation:** A production outage took checkout down.\n\n**Task:** I was on call.\n\n**Action:** An alert paged me. \
             I read the traces in Jaeger, found the root cause, and rolled back. Then I wrote a runbook and added an alert.\n\n\
             **Result:** Errors fell from 9% to 1%.\n\n{tags}\n"
        )
    }

    #[test]
    fn adds_a_question_to_the_list() {
        for (before, after) in [
            (
                "**Questions:** \"When were you wrong?\"",
                "**Questions:** \"When were you wrong?\", production-outage",
            ),
            (
                "Tags: learning\n\nAnswers: *\"Why?\"*",
                "Tags: learning\n\nAnswers: *\"Why?\"*, production-outage",
            ),
        ] {
            check_fix(&RULE, &outage(before), &outage(after));
        }
        for (before, after) in [
            ("questions: [\"Why?\"]", "questions: [\"Why?\", production-outage]"),
            ("questions:\n  - Why did you?", "questions:\n  - Why did you?\n  - production-outage"),
            ("questions: Why did you?", "questions: Why did you?, production-outage"),
        ] {
            let text = |front: &str| format!("---\n{front}\n---\n\n{}", outage(""));
            check_fix(&RULE, &text(before), &text(after));
        }
    }
}
