use starling_grammar::{PartKind, Span, Story, Voice};

use super::{Context, Rule, prose};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "team-voice",
    severity: Severity::Information,
    documentation: r#"In the Action *we* acts more often than *I*.

Interviewers hire one person. Where *we decided, we built, we moved* stands throughout, they cannot tell what you did,
and ask until they can. This rule counts subjects that act: *we* at least twice and more often than *I*. *Our* and
*us*, quotations and what others asked of you do not count, nor do notes without a subject. Only English text is
judged.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** We found the exhausted connection pool. We raised its limit, and then we added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** We looked at it together, and I found the exhausted connection pool. I raised its limit and added an alert
on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

Set its weight by `team-voice` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore team-voice -->` in the story.
"#,
};

/// Fewer do not make a habit.
const LEAST: usize = 2;

/// As many other places are shown.
const SHOWN: usize = 5;

pub(super) fn check(_context: &Context, story: &Story) -> Vec<Finding> {
    let Some(actions) = prose::judged(story, PartKind::Action) else { return Vec::new() };
    let voices: Vec<Voice> = actions.iter().map(|part| part.voice()).collect();
    let we: Vec<Span> = voices.iter().flat_map(|voice| voice.we.iter().copied()).collect();
    let i: usize = voices.iter().map(|voice| voice.i.len()).sum();
    if we.len() < LEAST || we.len() <= i {
        return Vec::new();
    }
    let often = match i {
        0 => "and *I* never".to_owned(),
        1 => "and *I* once".to_owned(),
        _ => format!("and *I* {i} times"),
    };
    let message = format!("*We* acts {} times in this Action, {often}. Say what you did yourself.", we.len());
    let mut finding = Finding::new(&RULE, we[0], message).about(PartKind::Action);
    for span in &we[1..we.len().min(SHOWN + 1)] {
        finding = finding.related_to(*span, "*we* acts here, too");
    }
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent};

    #[test]
    fn stands_at_the_first_we_that_acts() {
        check(
            &RULE,
            "**Situation:** We had a stale cache, and we knew it.

            **Task:** I owned it.

            **Action:** Our cache was old when we decided to rebuild it. We also moved it. I told the others.
                                               ^^ *We* acts 2 times in this Action, and *I* once. Say what you did yourself.

            **Result:** 90% fewer.
            ",
        );
    }

    #[test]
    fn others_are_not_counted() {
        for action in [
            "We rebuilt it.",
            "We looked at it and we talked. I rebuilt it, and I moved it.",
            "Rebuilt it. Moved it.",
            "They asked whether we could move it and whether we would. Our team moved.",
            "\"We move, we win\", they said. Moved it.",
            "We had no tests, we were blocked, and we needed help. Moved it.",
            "We rebuilt it, we moved [which part?].",
            "Wir haben es neu gebaut, und we und we sind nicht das, was es war.",
        ] {
            check_silent(
                &RULE,
                &format!(
                    "**Situation:** It was stale.\n\n**Task:** I owned it.\n\n**Action:** {action}\n\n**Result:** 90% fewer.\n"
                ),
            );
        }
    }
}
