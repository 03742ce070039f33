use starling_grammar::{PartKind, Story, Suggestion, Tag, TagKind, suggestions};

use super::{Context, Rule, prose, tag_line, wording};
use crate::finding::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "unmapped-story",
    severity: Severity::Hint,
    documentation: r#"A story of a bank has no principle, theme or question.

A bank is for finding the right story while somebody waits. A line such as `**Themes:** Scaling` or `**Questions:** …`
makes a story turn up where it is wanted. This rule speaks only in files that are declared as stories, or in which
another story is mapped.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Themes:** production-incident

# Search outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Themes:** production-incident

# Search outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Themes:** production-incident
```

The fix inserts what the text of the story suggests. Take out what does not fit.

Set its weight by `unmapped-story` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore unmapped-story -->` in the story.
"#,
};

/// As many of a kind are inserted at most.
const MOST: usize = 2;

pub(super) fn check(context: &Context) -> Vec<Finding> {
    if !context.document.declared && !context.told().any(is_mapped) {
        return Vec::new();
    }
    let unmapped = context.told().filter(|story| !is_mapped(story));
    unmapped.map(|story| finding(context, story)).collect()
}

fn finding(context: &Context, story: &Story) -> Finding {
    let name = wording::named(story);
    let message = format!("{name} has no principle, theme or question. Say what it is good for.");
    let suggested = suggested(context, story);
    let mut finding = Finding::new(&RULE, story.title.span, message);
    for suggestion in &suggested {
        let tag = wording::tag_name(context.vocabulary, suggestion.kind, suggestion.id);
        finding = finding.related_to(suggestion.reason, format!("this suggests “{tag}”"));
    }
    finding.mended_by(fix(context, story, &suggested))
}

/// Whether a story has a tag that is meant as a principle, theme or question.
fn is_mapped(story: &Story) -> bool {
    story.tags.iter().any(|tag: &Tag| tag.kind.is_some())
}

/// What the text suggests, as far as it brings no other finding: no question of which an item is still open, no single
/// question, and nothing that asks for technical detail which the Action does not have.
fn suggested<'c>(context: &'c Context, story: &Story) -> Vec<Suggestion<'c>> {
    let vocabulary = context.vocabulary;
    let action = prose::judged(story, PartKind::Action).unwrap_or_default();
    let plain = prose::technical_because(context, story).is_none() && !prose::has_detail(context, &action);
    let fits = |suggestion: &Suggestion| {
        !(plain && prose::is_technical(suggestion.kind, suggestion.id, vocabulary))
            && (suggestion.kind != TagKind::Question
                || tag_line::answers_in_full(story, suggestion.id, vocabulary))
    };
    let all: Vec<Suggestion> = suggestions(story, vocabulary).into_iter().filter(fits).collect();
    let of = |kind| all.iter().filter(move |suggestion| suggestion.kind == kind).take(MOST).copied();
    let questions: Vec<Suggestion> = of(TagKind::Question).collect();
    let questions = if questions.len() == MOST { questions } else { Vec::new() };
    of(TagKind::Principle).chain(of(TagKind::Theme)).chain(questions).collect()
}

fn fix(context: &Context, story: &Story, suggested: &[Suggestion]) -> Option<Fix> {
    let tags: Vec<(TagKind, &str)> =
        suggested.iter().map(|suggestion| (suggestion.kind, suggestion.id)).collect();
    let edit = tag_line::insert(context, story, &tags)?;
    Some(Fix::prompt("Insert what the text suggests", vec![edit]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_no_fix, check_silent};

    const MAPPED: &str = "# One\n\n**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n\n**Themes:** learning\n\n";

    #[test]
    fn stands_at_the_title() {
        check(
            &RULE,
            &format!(
                "{MAPPED}# Two
  ^^^ “Two” has no principle, theme or question. Say what it is good for.

**Situation:** Stale.

**Task:** Mine.

**Action:** I rebuilt it.

**Result:** 90% fewer.
"
            ),
        );
    }

    #[test]
    fn outside_of_a_bank_it_is_silent() {
        check_silent(&RULE, &MAPPED.replace("**Themes:** learning", "**Skills:** patience"));
        check_silent(&RULE, &format!("{MAPPED}{}", MAPPED.replace("learning", "Owenrship")));
    }

    #[test]
    fn inserts_what_the_text_suggests() {
        let story = "# The outage\n\n- **Situation:** A production outage took checkout down.\n- **Task:** I was on call.\n- **Action:** I looked at the traces in Jaeger and rolled back.\n- **Result:** Errors fell from 9% to 1%.\n";
        check_fix(
            &RULE,
            &format!("{MAPPED}{story}"),
            &format!("{MAPPED}{story}\n**Themes:** Production incident\n").replace("1%.\n\n**", "1%.\n\n**"),
        );
        check_no_fix(&RULE, &format!("{MAPPED}{}", MAPPED.replace("**Themes:** learning", "")));
    }
}
