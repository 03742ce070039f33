use starling_grammar::{Content, Part, Story};

use super::{Context, Rule, wording};
use crate::finding::{Finding, Severity};
use crate::speech;

pub(super) static RULE: Rule = Rule {
    name: "story-length",
    severity: Severity::Hint,
    documentation: r#"Telling the story takes longer than three minutes.

Past three minutes, which is 420 words at 140 words a minute, interviewers lose the thread or cut you short. The
finding names the part that takes longest. There is no such rule for short stories: notes are short, and you will say
more than they do. Only English text is judged.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I looked at the next of the servers, wrote down what I saw, and told the people who waited. I looked at
the next of the servers, wrote down what I saw, and told the people who waited. I looked at the next of the servers,
wrote down what I saw, and told the people who waited. I looked at the next of the servers, wrote down what I saw, and
told the people who waited. I looked at the next of the servers, wrote down what I saw, and told the people who
waited. I looked at the next of the servers, wrote down what I saw, and told the people who waited. I looked at the
next of the servers, wrote down what I saw, and told the people who waited. I looked at the next of the servers, wrote
down what I saw, and told the people who waited. I looked at the next of the servers, wrote down what I saw, and told
the people who waited. I looked at the next of the servers, wrote down what I saw, and told the people who waited. I
looked at the next of the servers, wrote down what I saw, and told the people who waited. I looked at the next of the
servers, wrote down what I saw, and told the people who waited. I looked at the next of the servers, wrote down what I
saw, and told the people who waited. I looked at the next of the servers, wrote down what I saw, and told the people
who waited. I looked at the next of the servers, wrote down what I saw, and told the people who waited. I looked at
the next of the servers, wrote down what I saw, and told the people who waited. I looked at the next of the servers,
wrote down what I saw, and told the people who waited. I looked at the next of the servers, wrote down what I saw, and
told the people who waited. I looked at the next of the servers, wrote down what I saw, and told the people who
waited. I looked at the next of the servers, wrote down what I saw, and told the people who waited. I looked at the
next of the servers, wrote down what I saw, and told the people who waited. I looked at the next of the servers, wrote
down what I saw, and told the people who waited. I looked at the next of the servers, wrote down what I saw, and told
the people who waited. I looked at the next of the servers, wrote down what I saw, and told the people who waited. I
looked at the next of the servers, wrote down what I saw, and told the people who waited. I looked at the next of the
servers, wrote down what I saw, and told the people who waited.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

Set its weight by `story-length` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore story-length -->` in the story.
"#,
};

/// The time that a story may take, in seconds.
const LONGEST: usize = 180;

pub(super) fn check(_context: &Context, story: &Story) -> Vec<Finding> {
    let seconds = speech::seconds(story.words());
    let told: Vec<&Part> = story.parts.iter().filter(|part| part.content() == Content::Text).collect();
    let Some(longest) = told.iter().max_by_key(|part| part.words()) else { return Vec::new() };
    if seconds <= LONGEST || told.iter().any(|part| !part.english) {
        return Vec::new();
    }
    let message = format!(
        "{} takes {} to tell. Bring it below {}.",
        wording::named(story),
        speech::minutes(seconds),
        speech::minutes(LONGEST)
    );
    let share = format!("this part takes {}", speech::minutes(speech::seconds(longest.words())));
    vec![Finding::new(&RULE, story.title.span, message).related_to(longest.label.span, share)]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_silent};

    fn action(words: usize) -> String {
        format!(
            "**Situation:** It was stale.\n\n**Task:** I owned it.\n\n**Action:** {}\n\n**Result:** 90% fewer.\n",
            "I did it. ".repeat(words / 3)
        )
    }

    #[test]
    fn stands_at_the_title() {
        check(
            &RULE,
            &format!(
                "# Cache
  ^^^^^ “Cache” takes 3:12 to tell. Bring it below 3:00.

{}",
                action(441)
            ),
        );
    }

    #[test]
    fn three_minutes_are_fine() {
        check_silent(&RULE, &action(408));
        check_silent(&RULE, &action(441).replace("I did it", "das war nicht"));
    }
}
