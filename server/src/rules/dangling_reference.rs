use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::Rule;
use super::duplicate_title::related;
use crate::bank::{Bank, Mention, Reference, StoryRef, Target};
use crate::finding::{Edit, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "dangling-reference",
    severity: Severity::Warning,
    documentation: r#"A table or list of stories names one that the bank does not have.

Lists that map questions to stories outlive renamed files and titles. Before an interview is a bad time to notice.

```markdown failing
| Question | Story |
|---|---|
| An outage | The evening without a checkout |
| A gap in the data | The index that stood still |
| Something that stood still | The indx that stood still |

# The evening without a checkout

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

# The index that stood still

**Situation:** Search answered from an index that was three days old, and nobody had noticed.

**Task:** As the owner of the indexer I had to find the gap and close it.

**Action:** I compared offsets with documents, replayed the queue and wrote a check that compares them hourly.

**Result:** The index fell from 3 days to 2 minutes behind.
```

```markdown passing
| Question | Story |
|---|---|
| An outage | The evening without a checkout |
| A gap in the data | The index that stood still |

# The evening without a checkout

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

# The index that stood still

**Situation:** Search answered from an index that was three days old, and nobody had noticed.

**Task:** As the owner of the indexer I had to find the gap and close it.

**Action:** I compared offsets with documents, replayed the queue and wrote a check that compares them hourly.

**Result:** The index fell from 3 days to 2 minutes behind.
```

Stories are named by a link to a Markdown file, by `[[name]]`, by number (`Story 3`, where titles are numbered), or by
title in a column whose heading says *story*. Only a table or list in which two other entries name stories of the bank
is judged, and a title only when it is nearly that of a story. The story that was meant is offered.

Set its weight by `dangling-reference` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore-file dangling-reference -->` in the file.
"#,
};

/// Fewer entries that name stories do not make a list of stories.
const FEWEST: usize = 2;

/// Every mention of a story that the bank does not have.
pub(super) fn check(bank: &Bank) -> Vec<(Arc<Path>, Finding)> {
    let mut found = Vec::new();
    for (path, summary) in bank.files().filter(|(_, summary)| summary.mentions.len() > FEWEST) {
        let mut resolved: HashMap<u32, usize> = HashMap::new();
        let mut missing = Vec::new();
        for mention in &summary.mentions {
            match bank.resolve(path, mention) {
                Reference::Stories(_) => *resolved.entry(mention.listing).or_default() += 1,
                Reference::Missing => missing.push(mention),
                Reference::Other => {}
            }
        }
        for mention in missing.into_iter().filter(|mention| resolved.get(&mention.listing) >= Some(&FEWEST)) {
            let near = bank.near(path, mention);
            // Other words than those of a title are a remark, or a story still to be written.
            let is_words = matches!(mention.target, Target::Name(_) | Target::Title(_));
            if near.is_some() || !is_words {
                found.push((Arc::clone(path), finding(bank, path, mention, near.as_ref())));
            }
        }
    }
    found
}

fn finding(bank: &Bank, path: &Arc<Path>, mention: &Mention, near: Option<&StoryRef>) -> Finding {
    let name = match &mention.target {
        Target::Link { path, .. } => path.to_string(),
        Target::Name(name) | Target::Title(name) => name.to_string(),
        Target::Number(number) => format!("Story {number}"),
    };
    let meant = near.and_then(|near| Some((near, meant(bank, near, mention)?)));
    let advice = match &meant {
        Some((_, meant)) => format!("Did you mean “{meant}”?"),
        None => "Correct the entry, or write the story.".to_owned(),
    };
    let finding =
        Finding::new(&RULE, mention.span, format!("The bank has no “{name}”. {advice}")).naming(name);
    let Some((near, meant)) = meant else { return finding };
    let fix = Fix::prompt(format!("Change to {meant}"), vec![Edit::replace(mention.span, meant)]);
    let here = StoryRef { path: Arc::clone(path), index: 0 };
    related(bank, &here, near, finding).mended_by(fix)
}

/// How the mention should have named a story.
fn meant(bank: &Bank, near: &StoryRef, mention: &Mention) -> Option<String> {
    match &mention.target {
        Target::Link { path, .. } => {
            let name = near.path.file_name()?.to_string_lossy().replace(' ', "%20");
            let folder = path.rfind('/').map_or("", |at| &path[..=at]);
            Some(format!("{}{name}", folder.replace(' ', "%20")))
        }
        Target::Name(_) | Target::Title(_) => Some(bank.story(near)?.name().to_owned()),
        Target::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::bank::testing::{STORY, bank};
    use crate::fix::apply;

    fn story(title: &str) -> String {
        STORY.replace("# Checkout outage", &format!("# {title}"))
    }

    /// What is dangling in `map.md`, and what the fix makes of it.
    fn found(map: &str) -> Vec<(String, String)> {
        let one = story("Story 1: The cache");
        let two = story("Story 2: The queue");
        let bank = bank(&[("map.md", map), ("one.md", &one), ("deep/two.md", &two), ("deep/notes.md", "x")]);
        let shown = check(&bank).into_iter().map(|(path, finding)| {
            assert_eq!(path.to_str(), Some("map.md"));
            let fixed = finding.fixes.first().map(|fix| apply(map, &fix.edits));
            let line = fixed.and_then(|text| {
                let line = map[..finding.span.start].matches('\n').count();
                text.lines().nth(line).map(str::to_owned)
            });
            (finding.span.of(map).to_owned(), line.unwrap_or_default())
        });
        shown.collect()
    }

    #[test]
    fn slips_are_found_and_mended() {
        let list = "- [a](one.md)\n- [b](deep/two.md)\n- [c](deep/tow.md)\n- [d](deep/notes.md)\n- [e](https://x.y)\n";
        assert_eq!(found(list), [("deep/tow.md".to_owned(), "- [c](deep/two.md)".to_owned())]);
        let table = "| Q | Story |\n|---|---|\n| a | The cache |\n| b | The queue |\n| c | The queu |\n| d | to come |\n";
        assert_eq!(found(table), [("The queu".to_owned(), "| c | Story 2: The queue |".to_owned())]);
        let numbers = "| Q | Stories |\n|---|---|\n| a | 1, 2 |\n| b | 3 |\n";
        assert_eq!(found(numbers), [("3".to_owned(), String::new())]);
    }

    #[test]
    fn lists_that_are_no_maps_are_left_alone() {
        for text in [
            "- [a](one.md)\n- [b](two.md)\n",
            "- [a](one.md)\n- [b](deep/two.md)\n\nAnd [c](zebra.md).\n\n- [d](zebra.md)\n",
            "- [a](one.md)\n- [b](deep/two.md)\n- [c](../other/zebra.md)\n- [d](img/x.png)\n",
            "- Story 1\n- Stories 8\n",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
