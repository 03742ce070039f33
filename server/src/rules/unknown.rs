//! What the rules about principles, themes and questions share.

use std::collections::HashSet;

use starling_grammar::{Span, Story, Tag, TagKind, TagSource, TagValue};

use super::{Context, Rule, wording};
use crate::finding::{Edit, Finding, Fix};

/// The tags of one kind that no set knows, or that stand under a former name. A tag of the front matter, which may
/// belong to several stories, counts once.
pub(super) fn tags(context: &Context, rule: &'static Rule, kind: TagKind) -> Vec<Finding> {
    let mut seen: HashSet<Span> = HashSet::new();
    let mut findings = Vec::new();
    let tags = context.told().flat_map(|story| story.tags.iter().map(move |tag| (story, tag)));
    for (story, tag) in tags.filter(|(_, tag)| tag.kind == Some(kind)) {
        let finding = match &tag.value {
            TagValue::Known { id, former: true } => former(context, rule, story, tag, id),
            TagValue::Unknown { text, near } => unknown(context, rule, kind, tag, text, near),
            TagValue::Known { former: false, .. } | TagValue::Text(_) => continue,
        };
        if seen.insert(tag.span) {
            findings.push(finding);
        }
    }
    findings
}

/// A tag under a former name. Where the story has the new one as well, it would stand there twice.
fn former(context: &Context, rule: &'static Rule, story: &Story, tag: &Tag, id: &str) -> Finding {
    let kind = tag.kind.unwrap_or(TagKind::Principle);
    let name = wording::tag_name(context.vocabulary, kind, id);
    let written = tag.span.of(context.text());
    let is_same = |other: &Tag| {
        other.kind == tag.kind
            && other.span != tag.span
            && matches!(&other.value, TagValue::Known { id: known, .. } if known == id)
    };
    let fix = (!story.tags.iter().any(is_same))
        .then(|| Fix::safe(format!("Rename to {name}"), vec![rename(context, kind, tag, id)]));
    Finding::new(rule, tag.span, format!("“{written}” is now called “{name}”."))
        .naming(written)
        .mended_by(fix)
}

fn unknown(
    context: &Context,
    rule: &'static Rule,
    kind: TagKind,
    tag: &Tag,
    written: &str,
    near: &[String],
) -> Finding {
    let names: Vec<&str> = near.iter().map(|id| wording::tag_name(context.vocabulary, kind, id)).collect();
    let advice = match names.split_first() {
        Some((best, _)) => format!("Did you mean “{best}”?"),
        None => "Correct it, or add it to `starling.toml`.".to_owned(),
    };
    let word = word_for(kind);
    let mut finding =
        Finding::new(rule, tag.span, format!("“{written}” is no known {word}. {advice}")).naming(written);
    for (id, name) in near.iter().zip(&names) {
        finding =
            finding.mended_by(Fix::prompt(format!("Change to {name}"), vec![rename(context, kind, tag, id)]));
    }
    finding
}

/// A name stands for a name, and an id for an id; in the front matter also for a name that would need quotation marks.
fn rename(context: &Context, kind: TagKind, tag: &Tag, id: &str) -> Edit {
    let written = tag.span.of(context.text());
    let name = wording::tag_name(context.vocabulary, kind, id);
    let needs_marks = !name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    let as_id = tag.source == TagSource::FrontMatter && (needs_marks || !written.contains(' '))
        || written.contains('-') && !written.contains(char::is_whitespace);
    let name = if as_id { id } else { name };
    Edit::replace(tag.span, name)
}

const fn word_for(kind: TagKind) -> &'static str {
    match kind {
        TagKind::Principle => "principle",
        TagKind::Theme => "theme",
        TagKind::Question => "question",
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check_fix, check_no_fix};
    use crate::rules::unknown_principle::RULE;

    const STORY: &str = "# C\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% d\n";

    #[test]
    fn a_new_name_is_written_as_the_old_one_was() {
        for (before, after) in [
            ("[Ownership, Vocally Self Critical]", "[Ownership, Earn Trust]"),
            ("[ownership, vocally-self-critical]", "[ownership, earn-trust]"),
        ] {
            let text = |names: &str| format!("---\nprinciples: {names}\n---\n\n{STORY}");
            check_fix(&RULE, &text(before), &text(after));
        }
    }

    #[test]
    fn a_name_is_not_written_twice() {
        check_no_fix(&RULE, &format!("---\nprinciples: [Earn Trust, Vocally Self Critical]\n---\n\n{STORY}"));
    }
}
