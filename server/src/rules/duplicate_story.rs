use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use starling_grammar::parallel;

use super::Rule;
use super::duplicate_title::related;
use crate::bank::{Bank, Sketch, StoryRef, StorySummary, normal_title};
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-story",
    severity: Severity::Information,
    documentation: r#"Two stories of the bank share most of their text.

A copy is soon forgotten: you polish one and tell the other. Keep the better one, and let it answer both questions.

```markdown failing
# The evening without a checkout

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.

# An outage that I debugged

**Situation:** Checkout failed for one request in five on the evening of a big sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

```markdown passing
# The evening without a checkout

**Situation:** Checkout failed for one request in five on the evening of a sale.

**Task:** I was on call, and it was mine to bring checkout back.

**Action:** I found the exhausted connection pool, raised its limit and added an alert on its use.

**Result:** Errors went from 20% to 0.1% within 40 minutes.
```

Texts are compared by runs of three words, whatever their inflection; about two words in ten may differ. Two versions
under one heading are one story, and of two stories that share even their title only `duplicate-title` speaks.

Set its weight by `duplicate-story` under `[rules]` in `starling.toml`, or write
`<!-- starling-ignore duplicate-story -->` in the story.
"#,
};

/// Texts are duplicates from this share of common shingles on.
const SIMILAR: f64 = 0.4;

/// A story is compared with as many earlier ones for each key that it shares with them: boilerplate that all stories
/// share must not make the work grow with the square of the bank.
const MOST: usize = 8;

/// Every story that shares most of its text with an earlier one.
pub(super) fn check(bank: &Bank) -> Vec<(Arc<Path>, Finding)> {
    let stories: Vec<(StoryRef, &StorySummary)> = bank.stories().collect();
    let sketches: Vec<Sketch> = parallel::each(&stories, |(_, story)| story.fingerprint.unpack());
    // In one vector: ten thousand stories have a hundred thousand keys, and few of them in common.
    let mut by_key: Vec<(u32, usize)> = Vec::new();
    for (index, sketch) in sketches.iter().enumerate() {
        by_key.extend(sketch.keys().iter().map(|key| (*key, index)));
    }
    by_key.sort_unstable();
    let with_key = |key: u32, index: usize| {
        let first = by_key.partition_point(|known| *known < (key, 0));
        by_key[first..].iter().take_while(move |known| **known < (key, index)).take(MOST)
    };
    let finding = |(index, (story_ref, story)): &(usize, &(StoryRef, &StorySummary))| {
        let mut best: Option<(f64, &StoryRef, &StorySummary)> = None;
        let sketch = &sketches[*index];
        let others = sketch.keys().iter().flat_map(|key| with_key(*key, *index)).map(|(_, other)| *other);
        // Similar stories share many keys.
        for other in others.collect::<BTreeSet<usize>>() {
            let similarity = sketch.similarity(&sketches[other]);
            let (other_ref, other) = &stories[other];
            let is_better = best.is_none_or(|(so_far, ..)| similarity > so_far);
            if similarity >= SIMILAR && is_better && !is_version(story_ref, story, other_ref, other) {
                best = Some((similarity, other_ref, other));
            }
        }
        let (_, other_ref, other) =
            best.filter(|(_, _, other)| normal_title(other.name()) != normal_title(story.name()))?;
        let message =
            format!("This story shares most of its text with “{}”. Keep one of them.", other.name());
        let finding = Finding::new(&RULE, story.title_span, message).naming(other.name());
        Some((Arc::clone(&story_ref.path), related(bank, story_ref, other_ref, finding)))
    };
    let numbered: Vec<_> = stories.iter().enumerate().collect();
    parallel::each(&numbered, finding).into_iter().flatten().collect()
}

fn is_version(one: &StoryRef, story: &StorySummary, other_ref: &StoryRef, other: &StorySummary) -> bool {
    one.path == other_ref.path && story.title_span == other.title_span
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Instant;

    use super::check;
    use crate::bank::Bank;
    use crate::bank::testing::{STORY, bank, summary};

    #[track_caller]
    fn found(text: &str) -> usize {
        check(&bank(&[("a.md", STORY), ("b.md", text)])).len()
    }

    #[test]
    fn a_reworded_copy_is_found() {
        let renamed = STORY.replace("# Checkout outage", "# The evening");
        assert_eq!(found(&renamed), 1);
        assert_eq!(
            found(&renamed.replace("one request in five", "every fifth request").replace("failed", "fails")),
            1
        );
        assert_eq!(found(STORY), 0, "the same title speaks for itself");
    }

    #[test]
    fn another_story_of_the_same_kind_is_not() {
        let other = "# Search outage\n\n**Situation:** Search failed for one user in ten on a Monday morning.\n\n\
                     **Task:** I was on call, and it was mine to find out why the index had stopped to grow.\n\n\
                     **Action:** I compared offsets, replayed the queue, raised a limit and added an alert on its age.\n\n\
                     **Result:** The index fell from 3 days to 2 minutes behind.\n";
        assert_eq!(found(other), 0);
    }

    #[test]
    fn the_work_grows_with_the_bank_alone() {
        let renamed = summary(&STORY.replace("# Checkout outage", "# The evening"));
        let original = summary(STORY);
        let time = |stories: usize| {
            let mut bank = Bank::default();
            for number in 0..stories {
                let summary = if number % 2 == 0 { &original } else { &renamed };
                bank.insert(Path::new(&format!("{number:05}.md")), summary.clone());
            }
            let start = Instant::now();
            assert_eq!(check(&bank).len(), stories / 2);
            start.elapsed()
        };
        time(100);
        // Copies of one text are the worst case. Ten times as many take ten times as long, and not a hundred times.
        assert!(time(4000) < time(400) * 40);
    }
}
