use starling_grammar::{ChecklistItem, Content, Part, PartKind, Story, Tag, TagKind, TagValue, checklist};

use super::{Context, Rule, unquantified_result, wording};
use crate::finding::{Edit, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "question-gap",
    severity: Severity::Hint,
    documentation: r#"An item of a tagged question's checklist is nowhere addressed.

For each of the built-in questions, interviewers look for certain things: of an outage, how you narrowed it down, with
which tools, what the cause was, how you stopped the damage, and what keeps it from coming back. `starling explain`
and the question's name list them. This rule looks for phrases that show each item, and names those it finds none for.
A story that still holds a placeholder is left alone. Only English text is judged.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Questions:** production-outage, "When did you last say no?"
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** An alert on the error rate paged me. I read the traces in Jaeger and found the root cause, an exhausted
connection pool. I rolled back, restored the old limit and told the support team. Then I added an alert on the pool.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Questions:** production-outage, "When did you last say no?"
```

Each fix inserts one question for you to answer. Nothing is wrong with a gap that you have thought about.

Set its weight by `question-gap` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore question-gap -->` in the story.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let finished =
        |part: &Part| part.content() == Content::Text && part.english && part.placeholders().len() == 0;
    let whole = PartKind::REQUIRED.iter().all(|kind| story.part(*kind).is_some());
    if !whole || !story.parts.iter().all(finished) {
        return Vec::new();
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for tag in story.tags.iter().filter(|tag| tag.kind == Some(TagKind::Question)) {
        if let TagValue::Known { id, .. } = &tag.value
            && !seen.contains(&id.as_str())
        {
            seen.push(id);
            findings.extend(finding(context, story, tag, id));
        }
    }
    findings
}

fn finding(context: &Context, story: &Story, tag: &Tag, id: &str) -> Option<Finding> {
    let checklist = checklist(story, id, context.vocabulary);
    if checklist.gaps.is_empty() {
        return None;
    }
    let open: Vec<String> = checklist.gaps.iter().map(|item| question(item)).collect();
    let message = format!("{} leaves open, for “{id}”: {}", wording::named(story), open.join(" "));
    let mut finding = Finding::new(&RULE, tag.span, message).naming(id);
    for covered in &checklist.covered {
        if let Some(span) = covered.spans.first() {
            finding = finding.related_to(*span, format!("this speaks of {}", covered.item.id));
        }
    }
    for item in checklist.gaps {
        let title = format!("Insert the question of {}", item.id);
        finding = finding.mended_by(prompt(context, story, item).map(|edit| Fix::prompt(title, vec![edit])));
    }
    Some(finding)
}

/// What an item asks, or its name where a user has given no more.
fn question(item: &ChecklistItem) -> String {
    if item.prompt.is_empty() { format!("{}?", item.id) } else { item.prompt.clone() }
}

/// The edit that puts what an item asks at the end of the part where it is said.
fn prompt(context: &Context, story: &Story, item: &ChecklistItem) -> Option<Edit> {
    let part = story.part(item.part)?;
    let at = unquantified_result::end_of_prose(context, part.body);
    // Before a colon or another bracket, brackets would be a link.
    let free = !context.text()[at..].starts_with([':', '(', '[']);
    free.then(|| Edit::insert(at, format!(" [{}]", question(item))))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_silent};

    fn story(action: &str, tags: &str) -> String {
        format!(
            "**Situation:** Checkout was down.\n\n**Task:** I was on call.\n\n**Action:** {action}\n\n\
             **Result:** Errors fell from 9% to 1%.\n\n{tags}\n"
        )
    }

    const FULL: &str = "An alert paged me. I read the traces in Jaeger, found the root cause, and rolled back. Then I wrote a runbook and added an alert.";

    #[test]
    fn stands_at_the_tag() {
        check(
            &RULE,
            "# Night

            **Situation:** Checkout was down.

            **Task:** I was on call.

            **Action:** An alert paged me. I read the traces in Jaeger, found the root cause, and rolled back.

            **Result:** Errors fell from 9% to 1%.

            **Questions:** production-outage, \"When were you wrong?\"
                           ^^^^^^^^^^^^^^^^^ “Night” leaves open, for “production-outage”: What did you change so that it does not come back?
            ",
        );
    }

    #[test]
    fn what_is_said_or_unfinished_is_left_alone() {
        let tags = "**Questions:** production-outage, \"When were you wrong?\"";
        check_silent(&RULE, &story(FULL, tags));
        check_silent(&RULE, &story("I read [which?] traces.", tags));
        check_silent(&RULE, &story("", tags));
        check_silent(&RULE, &story("I rolled back.", "**Questions:** \"When were you wrong?\", \"Why?\""));
        check_silent(
            &RULE,
            &story("Ich habe es mit den anderen in der Nacht wieder in Gang gebracht.", tags),
        );
    }

    #[test]
    fn inserts_what_is_asked() {
        let tags = "**Questions:** production-outage, \"When were you wrong?\"";
        let action = FULL.split(" Then").next().unwrap_or_default();
        check_fix(
            &RULE,
            &story(action, tags),
            &story(
                &action.replace(
                    "rolled back.",
                    "rolled back [What did you change so that it does not come back?].",
                ),
                tags,
            ),
        );
    }
}
