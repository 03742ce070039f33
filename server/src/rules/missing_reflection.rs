use starling_grammar::{Part, PartKind, Story};

use super::{Context, Rule, insertion, wording};
use crate::finding::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "missing-reflection",
    severity: Severity::Hint,
    documentation: r#"A story has no lesson, while most of its neighbours have one.

“What did you learn?” follows many stories, and an answer that is ready makes a good end. Whether you write it down is
up to you: this rule speaks only where at least three stories stand in a file and at least half of the others have a
Reflection (Learning, Lesson, Takeaway …).

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Lesson:** I now look at the pool first.

# Search outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Lesson:** I now look at the pool first.

# Login outage

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

**Lesson:** I now look at the pool first.

# Search outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Lesson:** I now look at the pool first.

# Login outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

**Lesson:** I now look at the pool first.
```

The fix inserts the part in the story's own style, with a question for you to answer.

Set its weight by `missing-reflection` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore missing-reflection -->` in the story.
"#,
};

/// Fewer stories show no habit.
const LEAST: usize = 3;

pub(super) fn check(context: &Context) -> Vec<Finding> {
    let told = context.told().count();
    let mut lessons = context.told().filter_map(|story| story.part(PartKind::Reflection));
    let Some(first) = lessons.next() else { return Vec::new() };
    let with = 1 + lessons.count();
    if !is_usual(with, told.saturating_sub(1)) {
        return Vec::new();
    }
    let without = context.told().filter(|story| story.part(PartKind::Reflection).is_none());
    without.map(|story| missing(context, story, with, told - 1, first)).collect()
}

/// A story has no lesson, and `with` of the `others` have one, of which `first` is the first.
fn missing(context: &Context, story: &Story, with: usize, others: usize, first: &Part) -> Finding {
    let name = wording::named(story);
    let advice = wording::what_to_add(PartKind::Reflection);
    let message = format!("{name} has no Reflection, and {with} of the {others} others have one. {advice}");
    let fix = insertion::part(context, story, PartKind::Reflection)
        .map(|edits| Fix::prompt("Insert the Reflection", edits));
    Finding::new(&RULE, story.title.span, message)
        .about(PartKind::Reflection)
        .related_to(first.label.span, "another story has its lesson here")
        .mended_by(fix)
}

/// Whether a Reflection is the habit of a bank: of the stories beside this one, at least half have it, and more than one.
fn is_usual(with: usize, others: usize) -> bool {
    others + 1 >= LEAST && with > 1 && with * 2 >= others
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_silent, read};

    fn story(title: &str, lesson: &str) -> String {
        format!(
            "# {title}\n\n**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n**Result:** 90% fewer.\n{lesson}\n"
        )
    }

    const LESSON: &str = "\n**Lesson:** I look at the age first.\n";

    #[test]
    fn stands_at_the_title() {
        check(
            &RULE,
            &format!(
                "{}{}# Three
  ^^^^^ “Three” has no Reflection, and 2 of the 2 others have one. Say what you learned.
{}",
                story("One", LESSON),
                story("Two", LESSON),
                &story("", "")[3..]
            ),
        );
    }

    #[test]
    fn points_at_a_neighbour_that_has_one() {
        let text = story("One", "") + &story("Two", LESSON) + &story("Three", LESSON);
        let checked = read(&text);
        let finding = checked.findings.iter().find(|finding| finding.rule == &RULE).expect("a finding");
        let related: Vec<usize> = finding.related.iter().map(|related| related.span.start).collect();
        assert_eq!(related, [text.find("Lesson").expect("there")]);
    }

    #[test]
    fn without_a_habit_it_is_silent() {
        check_silent(&RULE, &(story("One", LESSON) + &story("Two", "")));
        check_silent(
            &RULE,
            &(story("One", LESSON) + &story("Two", "") + &story("Three", "") + &story("Four", "")),
        );
        check_silent(&RULE, &story("One", ""));
    }

    #[test]
    fn inserts_it() {
        let others = story("One", LESSON) + &story("Two", LESSON);
        check_fix(
            &RULE,
            &(others.clone() + &story("Three", "")),
            &(others + &story("Three", "\n**Reflection:** ‹reflection›\n")),
        );
    }
}
