use starling_grammar::{Content, Part, PartKind, Story};

use super::layout::{self, Class};
use super::{Context, Rule};
use crate::finding::{Edit, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "part-order",
    severity: Severity::Information,
    documentation: r#"The parts are not in the order Situation, Task, Action, Result.

The order is what makes a story easy to follow: a listener who hears what you did before why it was yours to do has to
put it together alone.

```markdown failing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Task:** I was on call, and it was mine to bring checkout back.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# Checkout outage

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

A Reflection may stand anywhere. The fix moves whole parts, each with its label; what stands between them stays.

Set its weight by `part-order` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore part-order -->` in the story or part.
"#,
};

pub(super) fn check(context: &Context, story: &Story) -> Vec<Finding> {
    let parts = first_of_each(story);
    let kinds: Vec<PartKind> = parts.iter().map(|part| kind_of(part)).collect();
    let Some(index) = misplaced(&kinds) else { return Vec::new() };
    let (part, kind) = (parts[index], kinds[index]);
    let message = match kinds[..index].iter().filter(|earlier| **earlier > kind).min() {
        Some(after) => format!("The {} comes after the {}. Tell it before.", kind.name(), after.name()),
        None => {
            let before = kinds[index..].iter().filter(|later| **later < kind).max().unwrap_or(&kind);
            format!("The {} comes before the {}. Tell it after.", kind.name(), before.name())
        }
    };
    let edits = reorder(context.text(), &parts).filter(|edits| only_reorders(context, story, edits));
    let fix = edits.map(|edits| Fix::prompt("Put the parts in order", edits));
    vec![Finding::new(&RULE, part.label.span, message).about(kind).mended_by(fix)]
}

/// Whether the stories have the same parts after the edits, with as much in each. What stands between parts may read
/// otherwise when it gets other neighbours; then nothing is offered.
fn only_reorders(context: &Context, story: &Story, edits: &[Edit]) -> bool {
    let parts = |stories: &[Story]| -> Vec<Vec<(PartKind, Content, usize)>> {
        let of = |story: &Story| {
            let mut parts: Vec<_> =
                story.parts.iter().map(|part| (kind_of(part), part.content(), part.words())).collect();
            parts.sort_by_key(|(kind, _, words)| (*kind, *words));
            parts
        };
        stories.iter().map(of).collect()
    };
    parts(&context.after(story, edits)) == parts(context.from(story))
}

/// The parts whose order counts: the first of each kind, without the Reflection, which may stand anywhere.
fn first_of_each(story: &Story) -> Vec<&Part> {
    let mut seen: Vec<PartKind> = Vec::new();
    let mut parts = Vec::new();
    for part in &story.parts {
        if kind_of(part) != PartKind::Reflection && !part.kinds.iter().any(|kind| seen.contains(kind)) {
            seen.extend(&part.kinds);
            parts.push(part);
        }
    }
    parts
}

fn kind_of(part: &Part) -> PartKind {
    part.kinds.iter().copied().min().unwrap_or(PartKind::Reflection)
}

/// The first part outside of a longest run that is in order.
fn misplaced(kinds: &[PartKind]) -> Option<usize> {
    let mut longest: Vec<Vec<usize>> = Vec::new();
    for (index, kind) in kinds.iter().enumerate() {
        let mut run = Vec::new();
        for (earlier, candidate) in longest.iter().enumerate() {
            if kinds[earlier] < *kind && candidate.len() > run.len() {
                run = candidate.clone();
            }
        }
        run.push(index);
        longest.push(run);
    }
    let run = longest.into_iter().max_by_key(Vec::len)?;
    (0..kinds.len()).find(|index| !run.contains(index))
}

/// Puts the parts into each other's places; `None` where they are written so differently that one would not fit.
fn reorder(text: &str, parts: &[&Part]) -> Option<Vec<Edit>> {
    let first = parts.first()?;
    let class = Class::of(first);
    if matches!(class, Class::Column | Class::Parenthesis) {
        return None;
    }
    let runs_on = |part: &&Part| part.body.of(text).contains(['\n', '\r']);
    let gaps = parts.windows(2).map(|pair| text.get(layout::end(pair[0])..pair[1].label.whole.start));
    let apart = gaps.into_iter().all(|gap| gap.is_some_and(layout::has_empty_line));
    let tight = matches!(class, Class::Bold | Class::Line) && !apart;
    if tight && parts.iter().any(runs_on) || !parts.iter().all(|part| layout::alike(text, first, part)) {
        return None;
    }
    let mut ordered = parts.to_vec();
    ordered.sort_by_key(|part| kind_of(part));
    let whole = |part: &Part| starling_grammar::Span::new(part.label.whole.start, layout::end(part));
    let moves = parts.iter().zip(&ordered).filter(|(place, part)| place.label != part.label);
    Some(moves.map(|(place, part)| Edit::replace(whole(place), whole(part).of(text))).collect())
}

#[cfg(test)]
mod tests {
    use starling_grammar::PartKind::{Action, Result, Situation, Task};

    use super::{RULE, misplaced};
    use crate::rules::testing::{check, check_fix, check_no_fix, check_silent};

    #[test]
    fn stands_at_the_label_that_is_misplaced() {
        check(
            &RULE,
            "**Situation:** Stale.

            **Action:** I rebuilt it.

            **Result:** 90% fewer.

            **Task:** Mine.
              ^^^^ The Task comes after the Action. Tell it before.
            ",
        );
        check(
            &RULE,
            "## Situation

            Stale.

            ## Result
               ^^^^^^ The Result comes before the Action. Tell it after.

            90% fewer.

            ## Task

            Mine.

            ## Action

            I rebuilt it.
            ",
        );
    }

    #[test]
    fn the_shortest_way_to_order_counts() {
        assert_eq!(misplaced(&[Situation, Task, Action, Result]), None);
        assert_eq!(misplaced(&[Result, Situation, Task, Action]), Some(0));
        assert_eq!(misplaced(&[Situation, Action, Result, Task]), Some(3));
        assert_eq!(misplaced(&[]), None);
    }

    #[test]
    fn a_reflection_and_a_gap_are_no_disorder() {
        check_silent(&RULE, "**Situation:** a\n\n**Reflection:** b\n\n**Action:** c\n\n**Result:** 5%\n");
        check_silent(&RULE, "**Situation & Task:** a\n\n**Action:** c\n\n**Result:** 5%\n");
    }

    #[test]
    fn whole_parts_change_places() {
        check_fix(
            &RULE,
            "# C\n\n**Situation:** a\n\n**Action:** b\n\n- c\n- d\n\n**Task:** e\n\n**Result:** 5%",
            "# C\n\n**Situation:** a\n\n**Task:** e\n\n**Action:** b\n\n- c\n- d\n\n**Result:** 5%",
        );
        check_fix(
            &RULE,
            "1. **Task:** a\r\n2. **Situation:** b\r\n3. **Action:** c\r\n   - d\r\n4. **Result:** 5%\r\n",
            "1. **Situation:** b\r\n2. **Task:** a\r\n3. **Action:** c\r\n   - d\r\n4. **Result:** 5%\r\n",
        );
        check_fix(
            &RULE,
            "| | |\n|---|---|\n| Situation | a |\n| Action | b |\n| Task | c |\n| Result | 5% |\n",
            "| | |\n|---|---|\n| Situation | a |\n| Task | c |\n| Action | b |\n| Result | 5% |\n",
        );
    }

    #[test]
    fn parts_that_would_not_fit_stay() {
        check_no_fix(&RULE, "# C\n\n**Task:** a\n\n**Situation:** b\n\n## Action\n\nc\n\n## Result\n\n5%\n");
        check_no_fix(
            &RULE,
            "The cache was stale (Situation). I rebuilt it (Action). It was mine (Task). We saw 90% fewer (Result).\n",
        );
    }
}
