//! Hover: what a name in the text means.
//!
//! The reader sees, in a small window, the page that `starling explain` prints: for a principle, theme or question
//! wherever it is named as a tag, for a rule in a comment that silences it, and for a part at its label. A page tells what
//! was understood of the text at hand, too: what the story says to the question, and how long the part is and what it
//! holds. At a metric they see how it was understood.

use starling_grammar::{Metric, MetricKind, Span, TagKind};

use super::View;
use super::place::{self, touches};
use super::{answer, telling};
use crate::explain::{self, Topic};

/// What is shown at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about: bytes of the document.
    pub span: Span,
    /// The text to show, in Markdown without links.
    pub markdown: String,
    /// The principle, theme or question that it is about, if it is about one.
    pub tag: Option<(TagKind, String)>,
}

/// What is shown at the byte at `offset`, or right before it.
#[must_use]
pub fn hover(view: &View, offset: usize) -> Option<Hover> {
    rule(view, offset)
        .or_else(|| tag(view, offset))
        .or_else(|| metric(view, offset))
        .or_else(|| label(view, offset))
}

/// The topic under which a kind of tags is explained.
pub(super) const fn topic(kind: TagKind) -> Topic {
    match kind {
        TagKind::Principle => Topic::Principle,
        TagKind::Theme => Topic::Theme,
        TagKind::Question => Topic::Question,
    }
}

fn page(view: &View, topic: Topic, id: &str) -> Option<String> {
    explain::page(view.vocabulary(), topic, id).map(|page| page.headed())
}

fn rule(view: &View, offset: usize) -> Option<Hover> {
    let mut names = view.document().suppressions.iter().flat_map(|comment| &comment.rules);
    let (name, span) = names.find(|(_, span)| touches(*span, offset))?;
    Some(Hover { span: *span, markdown: page(view, Topic::Rule, name)?, tag: None })
}

fn tag(view: &View, offset: usize) -> Option<Hover> {
    let tag = place::tags(view).into_iter().find(|tag| touches(tag.span, offset))?;
    let (kind, id) = (tag.kind?, tag.id?);
    let answered = (kind == TagKind::Question).then(|| answer::page(view, tag.span, id)).flatten();
    let markdown = answered.or_else(|| page(view, topic(kind), id))?;
    Some(Hover { span: tag.span, markdown, tag: Some((kind, id.to_owned())) })
}

fn metric(view: &View, offset: usize) -> Option<Hover> {
    let part = place::part_at(place::story_at(view.document(), offset)?, offset)?;
    let metric = part.metrics().find(|metric| touches(metric.span, offset))?;
    let words = place::words(view.document(), metric.span);
    let mut markdown = format!("**{words}** · metric\n\n- Measures: {}\n", measured(metric.kind));
    if let Some(value) = metric.value {
        let unit = metric.unit.map(|unit| unit.of(view.text())).unwrap_or_default();
        markdown += &match unit {
            "" => format!("- Value: {value}\n"),
            "$" | "€" | "£" => format!("- Value: {unit}{value}\n"),
            _ => format!("- Value: {value} {unit}\n"),
        };
    }
    markdown += &format!("- {}\n", baseline(&metric));
    Some(Hover { span: metric.span, markdown, tag: None })
}

/// What is measured, in a few words.
pub(super) const fn measured(kind: MetricKind) -> &'static str {
    match kind {
        MetricKind::Percent => "a share, in percent",
        MetricKind::PercentagePoints => "a difference, in percentage points",
        MetricKind::Money => "money",
        MetricKind::Duration => "time",
        MetricKind::Latency => "time that a machine takes",
        MetricKind::Size => "an amount",
        MetricKind::Score => "a grade",
        MetricKind::Rate => "a rate",
        MetricKind::Count => "a count",
        MetricKind::Multiplier => "a factor",
        MetricKind::Proportion => "a part of a whole",
        MetricKind::Rank => "a rank",
        MetricKind::Absolute => "an absolute that can be checked",
        MetricKind::Change => "a change",
    }
}

/// What is to be said of where the metric started.
const fn baseline(metric: &Metric) -> &'static str {
    match metric {
        Metric { baseline: true, .. } => "Baseline: given",
        Metric { level: true, .. } => "Baseline: none. Say where it started: from … to …",
        _ => "Baseline: none, and none is needed",
    }
}

fn label(view: &View, offset: usize) -> Option<Hover> {
    let story = place::story_at(view.document(), offset)?;
    let part = story.parts.iter().find(|part| touches(part.label.span, offset))?;
    let pages: Vec<String> =
        part.kinds.iter().filter_map(|kind| page(view, Topic::Part, kind.id())).collect();
    let markdown = pages.join("\n---\n\n") + &telling::of(view, story, part);
    Some(Hover { span: part.label.span, markdown, tag: None })
}

#[cfg(test)]
mod tests {
    use super::hover;
    use crate::config::Config;
    use crate::explain::{self, Topic};
    use crate::ide::testing::Fixture;

    const STORY: &str = "# Cache

<!-- starling-ignore missing-part -->

Principles: Dive Deep, Ownership

**Situation:** The cache was stale.

**Action:** I rebuilt it.

**Result:** Latency fell from 800 ms to 120 ms, and we saved $2,000.
";

    /// The hover with the cursor in the middle of a word of the text.
    #[track_caller]
    fn at(text: &str, word: &str) -> Option<(String, String)> {
        let middle = text.find(word).expect("the word is there") + word.len() / 2;
        let fixture = Fixture::new(&format!("{}$0{}", &text[..middle], &text[middle..]));
        let found = hover(&fixture.view(), fixture.offset)?;
        Some((found.span.of(fixture.text()).to_owned(), found.markdown))
    }

    #[track_caller]
    fn check(text: &str, word: &str, span: &str, says: &[&str]) {
        let (found, markdown) = at(text, word).expect("a hover");
        assert_eq!(found, span);
        for part in says {
            assert!(markdown.contains(part), "{part:?} in\n{markdown}");
        }
    }

    #[test]
    fn tags_are_explained() {
        check(
            STORY,
            "Dive",
            "Dive Deep",
            &["**Dive Deep** · principle", "**In backend work:**", "**Questions that probe it**\n\n- "],
        );
        let matter = "---\nthemes: [scaling]\nquestions: [production-outage]\n---\n\n";
        check(&format!("{matter}{STORY}"), "scaling", "scaling", &["**Scaling** · theme"]);
        check(
            &format!("{matter}{STORY}"),
            "production-outage",
            "production-outage",
            &["Tell me about a time", "\n- ○ **triage**: "],
        );
        check(matter, "scaling", "scaling", &["**Scaling** · theme"]);
        check(
            "# Cache (Earn Trust / Dive Deep)\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n",
            "Earn",
            "Earn Trust",
            &["principle"],
        );
    }

    #[test]
    fn labels_are_explained_with_their_length() {
        check(
            STORY,
            "Situation",
            "Situation",
            &["**Situation** · part", "**For example:**", "4 words, 0:02 told, 21 %"],
        );
        let combined =
            "## Situation & Task\n\nIt was mine.\n\n## Action\n\nI rebuilt it.\n\n## Result\n\n5%\n";
        check(combined, "Task", "Situation & Task", &["**Situation** · part", "\n---\n\n**Task** · part"]);
    }

    #[test]
    fn metrics_are_explained() {
        check(STORY, "800 ms", "from 800 ms to 120 ms", &["time", "Value: 120 ms", "Baseline: given"]);
        check(STORY, "2,000", "$2,000", &["money", "none is needed"]);
    }

    #[test]
    fn rules_in_comments_are_explained() {
        check(STORY, "missing-part", "missing-part", &["**missing-part** · rule", "lacks its Situation"]);
    }

    #[test]
    fn rules_are_explained_by_the_pages_of_explain() {
        let vocabulary = Config::default().vocabulary;
        for page in explain::pages(&vocabulary).into_iter().filter(|page| page.topic == Topic::Rule) {
            let text = STORY.replace("missing-part", &page.name);
            assert_eq!(at(&text, &page.name).map(|(_, markdown)| markdown), Some(page.headed()));
        }
    }

    #[test]
    fn nothing_is_said_of_the_rest() {
        assert_eq!(at(STORY, "rebuilt"), None);
        assert_eq!(at("Principles: Dive Deep\n", "Dive"), None);
        assert_eq!(at("```\n**Situation:** x\n```\n", "Situation"), None);
    }

    #[test]
    fn pages_fit_a_small_window() {
        for page in explain::pages(&Config::default().vocabulary) {
            let text = page.headed();
            let prose = text.split("```").step_by(2).collect::<String>();
            assert!(!prose.contains("]("), "{}: no links", page.name);
            assert!(text.starts_with("**") && text.ends_with('\n') && !text.ends_with("\n\n"), "{text}");
        }
    }
}
