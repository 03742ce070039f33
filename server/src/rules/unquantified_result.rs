use starling_grammar::{Content, Part, PartKind, Span, Story};

use super::{Context, Rule};
use crate::finding::{Edit, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "unquantified-result",
    severity: Severity::Warning,
    documentation: r#"The Result names no outcome that could be measured.

“It went well” is an opinion; “errors went from 20% to 0.1% within 40 minutes” is a result. The strongest ones say
where you started, where you ended and how long it took. Time saved, money, error rates, latency, the number of teams
that took it up, and checkable absolutes such as *zero downtime* all count. A rough magnitude, such as *dozens of
tickets*, is enough for this rule.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Checkout became much more stable, and the team was happy.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

The fix inserts `[from … to … within …]` at the end of the Result. The numbers are yours to find: Starling never invents
one. Only English text is judged.

Set its weight by `unquantified-result` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore unquantified-result -->` in the story or part.
"#,
};

const PROMPT: &str = "[from … to … within …]";

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let Some(part) = unquantified(story).into_iter().next() else { return Vec::new() };
    let message = "This Result has no number. Say by how much: from … to … within …";
    let mut finding = Finding::new(&RULE, part.label.span, message).about(PartKind::Result);
    for vague in part.vague() {
        let word = vague.of(context.text());
        finding = finding.related_to(vague, format!("“{word}” could be a number"));
    }
    let at = end_of_prose(context, part.body);
    let fix = Fix::prompt("Insert “from … to … within …”", vec![Edit::insert(at, format!(" {PROMPT}"))]);
    vec![finding.mended_by(fix)]
}

/// The Results of a story, if they say nothing that can be measured, not even roughly.
pub(crate) fn unquantified(story: &Story) -> Vec<&Part> {
    let results: Vec<&Part> = story.parts.iter().filter(|part| part.fills(PartKind::Result)).collect();
    let told = |part: &Part| {
        part.content() == Content::Text
            && part.english
            && part.placeholders().len() == 0
            && part.metrics().len() == 0
            && part.rough().len() == 0
    };
    let silent = |part: &Part| part.content() == Content::Empty || told(part);
    if !results.iter().all(|part| silent(part)) {
        return Vec::new();
    }
    results.into_iter().filter(|part| told(part)).collect()
}

/// Where a phrase can be added to the last sentence of a text: before the point that ends it. Code blocks and images
/// after it are passed over; a text without any prose is taken to its end. After a colon the phrase comes behind it:
/// before one, brackets would define a link.
pub(super) fn end_of_prose(context: &Context, body: Span) -> usize {
    let (text, prose) = (context.text(), context.document.prose(body));
    let is_code = |c: char| c == '\u{1a}';
    let is_point = |c: char| c.is_whitespace() || matches!(c, '.' | '!' | '?' | '。' | '…' | ',' | ';' | '|');
    let words = prose.trim_end_matches(|c: char| is_point(c) || is_code(c)).len();
    if words == 0 {
        return body.end;
    }
    // Code on the same line belongs to the sentence.
    let line = words + text[body.start + words..body.end].find(['\n', '\r']).unwrap_or(body.len() - words);
    let said = prose[..line].trim_end_matches(is_point).len();
    let at = body.start + said;
    at + closing_marks(&text[at..body.start + line])
}

/// The length of the marks, brackets and targets that close what stands before them.
fn closing_marks(rest: &str) -> usize {
    let mut at = 0;
    loop {
        let tail = &rest[at..];
        let step = if tail.starts_with("](") {
            tail.find(')').map_or(0, |close| close + 1)
        } else if let Some(reference) = tail.strip_prefix("][") {
            reference.find(']').map_or(0, |close| close + 3)
        } else if tail.starts_with("</") {
            tail.find('>').map_or(0, |close| close + 1)
        } else {
            let mark = tail
                .chars()
                .next()
                .filter(|c| matches!(c, '*' | '_' | '~' | '`' | '"' | '”' | '’' | '\'' | ')' | ']'));
            mark.map_or(0, char::len_utf8)
        };
        if step == 0 {
            return at;
        }
        at += step;
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_silent};

    fn story(result: &str) -> String {
        format!("**Situation:** Stale.\n\n**Task:** Mine.\n\n**Action:** I rebuilt it.\n\n{result}")
    }

    #[track_caller]
    fn fixed(before: &str, after: &str) {
        check_fix(&RULE, &story(before), &story(after));
    }

    #[test]
    fn stands_at_the_label() {
        check(
            &RULE,
            "**Situation:** Stale.

            **Task:** Mine.

            **Action:** I rebuilt it.

            **Result (20%):** The team was happy, and the cache is used by everyone.
              ^^^^^^ This Result has no number. Say by how much: from … to … within …
            ",
        );
    }

    #[test]
    fn numbers_and_placeholders_are_enough() {
        check_silent(&RULE, &story("**Result:** Staleness went from 40% to 2%.\n"));
        check_silent(&RULE, &story("**Result:** Staleness fell by [X%].\n"));
        check_silent(
            &RULE,
            &story("**Result:** Das Team war danach mit dem Ergebnis und der Arbeit zufrieden.\n"),
        );
        check_silent(&RULE, &story("**Result:**\n"));
        check_silent(&RULE, &story(""));
    }

    #[test]
    fn the_prompt_ends_the_last_sentence() {
        fixed("**Result:** It was adopted.\n", "**Result:** It was adopted [from … to … within …].\n");
        fixed("**Result:** It was adopted", "**Result:** It was adopted [from … to … within …]");
        fixed(
            "**Result:** It was **adopted**!\r\n\r\nThe end.\r\n",
            "**Result:** It was **adopted**!\r\n\r\nThe end [from … to … within …].\r\n",
        );
        fixed(
            "**Result:**\n\n- Good.\n- [Better](x)\n",
            "**Result:**\n\n- Good.\n- [Better](x) [from … to … within …]\n",
        );
        fixed(
            "**Result:** It became *the\nstandard*.\n",
            "**Result:** It became *the\nstandard* [from … to … within …].\n",
        );
        fixed("**Result:** We use `foo`.\n", "**Result:** We use `foo` [from … to … within …].\n");
        fixed(
            "**Result:** See:\n\n```\nx\n```\n",
            "**Result:** See: [from … to … within …]\n\n```\nx\n```\n",
        );
    }

    #[test]
    fn the_prompt_stays_in_cells_and_sentences() {
        check_fix(
            &RULE,
            "| | |\n|---|---|\n| Situation | a |\n| Task | b |\n| Action | c |\n| Result | It was adopted. |\n",
            "| | |\n|---|---|\n| Situation | a |\n| Task | b |\n| Action | c |\n| Result | It was adopted [from … to … within …]. |\n",
        );
        check_fix(
            &RULE,
            "It broke (Situation). I was on call (Task). I mended it (Action). It was quiet (Result).\n",
            "It broke (Situation). I was on call (Task). I mended it (Action). It was quiet [from … to … within …] (Result).\n",
        );
    }
}
