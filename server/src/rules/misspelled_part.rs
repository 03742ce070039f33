use starling_grammar::{LabelStyle, Spelling, Story};

use super::{Context, Rule};
use crate::finding::{Edit, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "misspelled-part",
    severity: Severity::Warning,
    documentation: r#"The label of a part is misspelled.

Starling takes the label for the part that was meant, and so will you. Other tools, and a search for `Situation` through
all your stories, will not.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Reslut:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

The fix renames the label; it is applied by `starling check --fix`.

Set its weight by `misspelled-part` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore misspelled-part -->` in the story or part.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in &story.parts {
        let Spelling::Misspelled { meant } = &part.label.spelling else { continue };
        // Its label is the head of the column, and what stands for it in a row is the text itself.
        if part.label.style == LabelStyle::TableColumn {
            continue;
        }
        let written = part.label.name.of(context.text());
        let message = format!("“{written}” is read as {meant}. Correct the label.");
        let mut finding = Finding::new(&RULE, part.label.span, message)
            .naming(written)
            .mended_by(Fix::safe(format!("Rename to {meant}"), vec![Edit::replace(part.label.name, meant)]));
        finding.part = part.kinds.first().copied();
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, check_silent};

    #[test]
    fn stands_at_the_label() {
        check(
            &RULE,
            "**Sitation:** Stale.
              ^^^^^^^^ “Sitation” is read as Situation. Correct the label.

            **Task:** Mine.

            **Action:** I rebuilt it.

            **Result:** 90% fewer.
            ",
        );
    }

    #[test]
    fn renames_in_every_layout() {
        check_fix(
            &RULE,
            "## 1. Situation\n\na\n\n## 2. Taks (10%)\n\nb\n\n## 3. Action\n\nc\n\n## 4. Result\n\nd\n",
            "## 1. Situation\n\na\n\n## 2. Task (10%)\n\nb\n\n## 3. Action\n\nc\n\n## 4. Result\n\nd\n",
        );
        check_fix(
            &RULE,
            "- SITUATION: a\r\n- TASK: b\r\n- ACTOIN: c\r\n- RESULT: d\r\n",
            "- SITUATION: a\r\n- TASK: b\r\n- ACTION: c\r\n- RESULT: d\r\n",
        );
        check_fix(
            &RULE,
            "| | |\n|---|---|\n| **Situation** | a |\n| **Task** | b |\n| **Action** | c |\n| **Reslut** | d |\n",
            "| | |\n|---|---|\n| **Situation** | a |\n| **Task** | b |\n| **Action** | c |\n| **Result** | d |\n",
        );
    }

    #[test]
    fn a_cell_is_not_the_label_of_its_column() {
        check_silent(
            &RULE,
            "# A\n\n| Story | Situation | Task | Action | Resullt |\n|---|---|---|---|---|\n\
             | Pool | It failed. | I had it. | I mended it. | It fell from 5% to 1%. |\n",
        );
    }

    #[test]
    fn synonyms_and_letters_are_no_mistakes() {
        check_silent(&RULE, "**S:** a\n\n**T:** b\n\n**A:** c\n\n**R:** d\n");
        check_silent(&RULE, "**Situation:** a\n\n**Task:** b\n\n**Approach:** c\n\n**Outcome:** d\n");
    }
}
