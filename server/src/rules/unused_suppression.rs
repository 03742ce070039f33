use starling_grammar::{Span, Suppression};

use super::{ALL, Rule, layout};
use crate::finding::{Edit, Finding, Fix, Severity};
use crate::near::nearest;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Severity::Hint,
    documentation: r#"A comment silences a rule that has nothing to say there, or one that does not exist.

`<!-- starling-ignore rule -->` silences a rule in the story or part that the comment stands in or before, and
`<!-- starling-ignore-file rule -->` in the whole file. When what it silenced has been mended, the comment only hides
what may go wrong later.

```markdown failing
# Checkout outage

<!-- starling-ignore missing-part -->

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

<!-- starling-ignore missing-part -->

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

The fix removes the name, or the comment when it names nothing else; it is applied by `starling check --fix`. A rule
that is turned off is not judged.

Set its weight by `unused-suppression` under `[rules]` in `starling.toml`.
"#,
};

/// What silences nothing.
pub(super) enum Unused<'a> {
    /// A comment that names no rule.
    Comment(&'a Suppression),
    /// The name of a rule, by its index in the comment.
    Name(&'a Suppression, usize),
    /// A name that no rule has, by its index in the comment.
    Unknown(&'a Suppression, usize),
}

/// The finding about one of them. `would_silence` tells whether a comment would silence something if it named a rule.
pub(super) fn finding(
    text: &str,
    unused: &Unused,
    would_silence: impl Fn(&Suppression, &Rule) -> bool,
) -> Finding {
    match unused {
        Unused::Comment(comment) => {
            let finding = Finding::new(&RULE, comment.span, "This comment silences nothing. Remove it.");
            finding.mended_by(Fix::safe("Remove the comment", vec![without_comment(text, comment.span)]))
        }
        Unused::Name(comment, index) => {
            let (name, span) = &comment.rules[*index];
            let message = format!("`{name}` has nothing to say here. Remove it from the comment.");
            Finding::new(&RULE, *span, message).naming(name).mended_by(removal(text, comment, *index))
        }
        Unused::Unknown(comment, index) => {
            let (name, _) = &comment.rules[*index];
            let near = nearest(name, ALL.iter().map(|rule| rule.name));
            let near = ALL.iter().find(|rule| Some(rule.name) == near);
            unknown(text, comment, *index, near.map(|rule| (rule.name, would_silence(comment, rule))))
        }
    }
}

/// `near` is the rule that was meant, and whether the comment would silence something by its name.
fn unknown(text: &str, comment: &Suppression, index: usize, near: Option<(&str, bool)>) -> Finding {
    let (name, span) = &comment.rules[index];
    let advice = match near {
        Some((near, _)) => format!("Did you mean `{near}`?"),
        None => "Remove it from the comment.".to_owned(),
    };
    let fix = match near {
        Some((near, true)) => Fix::prompt(format!("Change to `{near}`"), vec![Edit::replace(*span, near)]),
        _ => removal(text, comment, index),
    };
    Finding::new(&RULE, *span, format!("`{name}` is no rule. {advice}")).naming(name).mended_by(fix)
}

/// Removes a name from its comment, or the comment when it has no other.
fn removal(text: &str, comment: &Suppression, index: usize) -> Fix {
    let (name, span) = &comment.rules[index];
    if comment.rules.len() == 1 {
        return Fix::safe("Remove the comment", vec![without_comment(text, comment.span)]);
    }
    let span = match comment.rules.get(index + 1) {
        Some((_, next)) => Span::new(span.start, next.start),
        None => Span::new(comment.rules[index - 1].1.end, span.end),
    };
    Fix::safe(format!("Remove `{name}`"), vec![Edit::replace(span, "")])
}

/// Removes a comment: with its line when nothing else stands there, else with the space before or after it.
fn without_comment(text: &str, comment: Span) -> Edit {
    let start = layout::line_start(text, comment.start);
    let stop = layout::line_stop(text, comment.end);
    let alone = layout::prefix(&text[start..comment.start]).len() == comment.start - start
        && !layout::opens_item(&text[start..comment.start])
        && text[comment.end..stop].trim().is_empty();
    if !alone {
        let before =
            text[start..comment.start].len() - text[start..comment.start].trim_end_matches([' ', '\t']).len();
        let after =
            text[comment.end..stop].len() - text[comment.end..stop].trim_start_matches([' ', '\t']).len();
        let span = if comment.start - before > start {
            Span::new(comment.start - before, comment.end)
        } else {
            Span::new(comment.start, comment.end + after)
        };
        return Edit::replace(span, "");
    }
    let next = after_line_end(text, stop);
    let above = start == 0 || is_blank_line(text, line_before(text, start));
    let below = is_blank_line(text, next);
    match (above, below) {
        // Without an empty line the blocks around the comment would become one.
        (false, false) if next < text.len() => {
            let marks = layout::quote_marks(&text[start..stop]);
            Edit::replace(
                Span::new(start, stop),
                text[start..start + marks.min(comment.start - start)].trim_end(),
            )
        }
        (true, true) => {
            Edit::replace(Span::new(start, after_line_end(text, layout::line_stop(text, next))), "")
        }
        _ => Edit::replace(Span::new(start, next), ""),
    }
}

fn after_line_end(text: &str, stop: usize) -> usize {
    stop + if text[stop..].starts_with("\r\n") { 2 } else { usize::from(stop < text.len()) }
}

/// Where the line before the one that begins at `start` begins.
fn line_before(text: &str, start: usize) -> usize {
    let end = if text[..start].ends_with("\r\n") { start - 2 } else { start - 1 };
    layout::line_start(text, end)
}

fn is_blank_line(text: &str, start: usize) -> bool {
    text[start..layout::line_stop(text, start)].trim_matches(['>', ' ', '\t']).is_empty()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::config::Config;
    use crate::rules::testing::{check, check_fix, check_silent, read};

    const STORY: &str = "**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% fewer errors.\n";

    #[test]
    fn stands_at_the_name() {
        check(
            &RULE,
            "# C

            <!-- starling-ignore missing-part, empty-part -->
                                 ^^^^^^^^^^^^ `missing-part` has nothing to say here. Remove it from the comment.
                                               ^^^^^^^^^^ `empty-part` has nothing to say here. Remove it from the comment.

            **Situation:** a

            **Task:** b

            **Action:** c

            **Result:** 5% fewer errors.

            <!-- starling-ignore -->
            ^^^^^^^^^^^^^^^^^^^^^^^^ This comment silences nothing. Remove it.
            ",
        );
    }

    #[test]
    fn unknown_names_are_reported() {
        check(
            &RULE,
            &format!(
                "{STORY}
<!-- starling-ignore-file mising-part, zebra -->
                          ^^^^^^^^^^^ `mising-part` is no rule. Did you mean `missing-part`?
                                       ^^^^^ `zebra` is no rule. Remove it from the comment.
"
            ),
        );
    }

    #[test]
    fn used_comments_silence() {
        let text = "# C\n\n<!-- starling-ignore missing-part -->\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** 5% fewer\n";
        check_silent(&RULE, text);
        assert!(read(text).findings.is_empty());
        let text = "# C\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** TODO <!-- starling-ignore -->\n";
        let names: Vec<&str> = Vec::from_iter(read(text).findings.iter().map(|finding| finding.rule.name));
        assert_eq!(names, ["missing-part"]);
    }

    #[test]
    fn what_was_not_asked_is_not_judged() {
        let text = format!("<!-- starling-ignore-file missing-part -->\n\n{STORY}");
        let mut config = Config::default();
        config.rules.insert("missing-part", None);
        assert!(
            crate::check::check(text.into(), &starling_grammar::Origin::default(), &config, None)
                .findings
                .is_empty()
        );
        check_silent(&RULE, "<!-- starling-ignore-file missing-part -->\n\nNo story.\n");
        check_silent(
            &RULE,
            &format!("<!-- starling-ignore-file unused-suppression, missing-part -->\n\n{STORY}"),
        );
    }

    #[test]
    fn removes_the_comment_with_its_line() {
        check_fix(&RULE, &format!("<!-- starling-ignore-file empty-part -->\r\n\r\n{STORY}"), STORY);
        check_fix(
            &RULE,
            &format!("# C\n\n<!-- starling-ignore empty-part -->\n\n{STORY}"),
            &format!("# C\n\n{STORY}"),
        );
        check_fix(&RULE, &format!("{STORY}<!-- starling-ignore empty-part -->"), STORY);
        check_fix(
            &RULE,
            "**Situation:** a <!-- starling-ignore empty-part -->\n\n**Action:** b\n\n**Task:** c\n\n**Result:** 5%\n",
            "**Situation:** a\n\n**Action:** b\n\n**Task:** c\n\n**Result:** 5%\n",
        );
        check_fix(
            &RULE,
            "> **Situation:** a\n> <!-- starling-ignore empty-part -->\n> **Action:** b\n>\n> **Result:** 5%\n",
            "> **Situation:** a\n>\n> **Action:** b\n>\n> **Result:** 5%\n",
        );
    }

    #[test]
    fn removes_one_name_of_several() {
        let text = "# C\n\n<!-- starling-ignore NAMES -->\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** 5% c\n";
        let with = |names: &str| text.replace("NAMES", names);
        check_fix(&RULE, &with("empty-part, missing-part"), &with("missing-part"));
        check_fix(&RULE, &with("missing-part, empty-part"), &with("missing-part"));
        check_fix(&RULE, &with("mising-part"), &with("missing-part"));
    }
}
