//! What a part tells, as it was understood: how long it takes, who acts in it, what it names and what it measures.

use starling_grammar::{Content, Part, PartKind, Story};

use super::View;
use super::hover::measured;
use super::place;
use crate::speech::{minutes, seconds};

/// What was understood of a part, in Markdown; nothing where it says nothing.
pub(super) fn of(view: &View, story: &Story, part: &Part) -> String {
    if part.words() == 0 || part.content() != Content::Text || story.template {
        return String::new();
    }
    let mut markdown = length(story, part);
    if part.fills(PartKind::Action) {
        markdown += &actors(part).unwrap_or_default();
        markdown += &details(view, part).unwrap_or_default();
    }
    if part.fills(PartKind::Result) {
        markdown += &metrics(view, part);
        markdown += &lacking(view, part).unwrap_or_default();
    }
    markdown
}

/// The share of a part in the words of its story, in percent, rounded; 0 in a story without words.
pub(super) fn share(story: &Story, part: &Part) -> usize {
    let all = story.words();
    (part.words() * 100 + all / 2).checked_div(all).unwrap_or_default()
}

fn length(story: &Story, part: &Part) -> String {
    let noun = if part.words() == 1 { "word" } else { "words" };
    let time = minutes(seconds(part.words()));
    format!("\n**Here:** {} {noun}, {time} told, {} % of the story\n", part.words(), share(story, part))
}

/// Who acts, where it can be told: notes without a subject say nobody.
fn actors(part: &Part) -> Option<String> {
    let often = |number: usize| match number {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        _ => format!("{number} times"),
    };
    let voice = part.voice();
    let (i, we) = (voice.i.len(), voice.we.len());
    (i + we > 0).then(|| format!("\n**Who acts:** *I* {}, *we* {}\n", often(i), often(we)))
}

/// The technologies, designs and measures that are named, each once and as it is written first.
fn details(view: &View, part: &Part) -> Option<String> {
    let mut seen: Vec<usize> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for mention in part.technologies() {
        if !seen.contains(&mention.technology) {
            seen.push(mention.technology);
            names.push(place::words(view.document(), mention.span));
        }
    }
    (!names.is_empty()).then(|| format!("\n**Technical detail:** {}\n", names.join(", ")))
}

fn metrics(view: &View, part: &Part) -> String {
    if part.metrics().len() == 0 {
        return String::new();
    }
    let mut markdown = "\n**Metrics**\n\n".to_owned();
    for metric in part.metrics() {
        let words = place::words(view.document(), metric.span);
        let start = match (metric.baseline, metric.level) {
            (true, _) => ", with its start",
            (false, true) => ", without a start",
            (false, false) => "",
        };
        markdown += &format!("- “{words}”: {}{start}\n", measured(metric.kind));
    }
    markdown
}

/// What a Result lacks; only where it is in English, and no placeholder stands for what is still to come.
fn lacking(view: &View, part: &Part) -> Option<String> {
    if !part.english || part.placeholders().len() > 0 {
        return None;
    }
    let has_start = part.metrics().any(|metric| metric.baseline);
    if !has_start && part.metrics().any(|metric| metric.level) {
        return Some("\nNo value has a start: say from where.\n".to_owned());
    }
    if part.metrics().len() > 0 || part.rough().len() > 0 {
        return None;
    }
    let vague: Vec<String> =
        part.vague().map(|span| format!("“{}”", place::words(view.document(), span))).collect();
    let opening = match vague.as_slice() {
        [] => "No number".to_owned(),
        _ => format!("No number, only {}", vague.join(", ")),
    };
    Some(format!("\n{opening}: say from … to … within ….\n"))
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::ide::testing::Fixture;

    /// What is told of the last part but `back` of a text.
    #[track_caller]
    fn check(text: &str, back: usize, expected: &str) {
        let fixture = Fixture::new(text);
        let story = &fixture.checked.document.stories[0];
        let part = &story.parts[story.parts.len() - 1 - back];
        assert_eq!(of(&fixture.view(), story, part), expected);
    }

    fn story(action: &str, result: &str) -> String {
        format!(
            "**Situation:** It was stale.\n\n**Task:** It was mine.\n\n**Action:** {action}\n\n**Result:** {result}\n"
        )
    }

    #[test]
    fn an_action_has_actors_and_detail() {
        check(
            &story(
                "I moved it to **Redis**, and I read the Redis docs. We rebuilt it with Kafka.",
                "90% fewer.",
            ),
            1,
            "\n**Here:** 16 words, 0:07 told, 67 % of the story\n\n**Who acts:** *I* 2 times, *we* once\n\n**Technical detail:** Redis, Kafka\n",
        );
        check(&story("Moved it.", "90% fewer."), 1, "\n**Here:** 2 words, 0:01 told, 20 % of the story\n");
        check(&story("TODO", "90% fewer."), 1, "");
    }

    #[test]
    fn a_result_has_metrics() {
        check(
            &story("I did.", "It went **from 800 ms\nto 120 ms**, and 14 teams use it."),
            0,
            "\n**Here:** 13 words, 0:06 told, 62 % of the story\n\n**Metrics**\n\n- “from 800 ms to 120 ms”: time that a machine takes, with its start\n- “14 teams”: a count\n",
        );
    }

    #[test]
    fn a_result_is_told_what_it_lacks() {
        let lacks = |result: &str, expected: &str| {
            let fixture = Fixture::new(&story("I did.", result));
            let story = &fixture.checked.document.stories[0];
            let told = of(&fixture.view(), story, &story.parts[3]);
            assert!(told.ends_with(expected), "{expected:?} ends\n{told}");
        };
        lacks(
            "Latency is now 120 ms.",
            ": time that a machine takes, without a start\n\nNo value has a start: say from where.\n",
        );
        lacks("It was all good.", "\nNo number: say from … to … within ….\n");
        lacks(
            "It fell significantly, it is said.",
            "\nNo number, only “significantly”: say from … to … within ….\n",
        );
        lacks("It is [how much?] faster than it was.", "of the story\n");
        lacks("It saved us dozens of tickets.", "of the story\n");
    }
}
