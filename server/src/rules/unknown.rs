//! What the rules about principles, themes and questions share.

use std::collections::HashSet;

use starling_grammar::{Span, Tag, TagKind, TagSource, TagValue};

use super::{Context, Rule, wording};
use crate::finding::{Edit, Finding, Fix};

/// The tags of one kind that no set knows, or that stand under a former name. A tag of the front matter, which may
/// belong to several stories, counts once.
pub(super) fn tags(context: &Context, rule: &'static Rule, kind: TagKind) -> Vec<Finding> {
    let mut seen: HashSet<Span> = HashSet::new();
    let mut findings = Vec::new();
    for tag in context.told().flat_map(|story| &story.tags).filter(|tag| tag.kind == Some(kind)) {
        let finding = match &tag.value {
            TagValue::Known { id, former: true } => former(context, rule, kind, tag, id),
            TagValue::Unknown { text, near } => unknown(context, rule, kind, tag, text, near),
            TagValue::Known { former: false, .. } | TagValue::Text(_) => continue,
        };
        if seen.insert(tag.span) {
            findings.push(finding);
        }
    }
    findings
}

fn former(context: &Context, rule: &'static Rule, kind: TagKind, tag: &Tag, id: &str) -> Finding {
    let name = wording::tag_name(context.vocabulary, kind, id);
    let written = tag.span.of(context.text());
    let fix = Fix::safe(format!("Rename to {name}"), vec![rename(context, kind, tag, id)]);
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

/// In the body the name is written as people read it; in the front matter as an id, which needs no quotation marks.
fn rename(context: &Context, kind: TagKind, tag: &Tag, id: &str) -> Edit {
    let written = tag.span.of(context.text());
    let as_id = tag.source == TagSource::FrontMatter
        || written.contains('-') && !written.contains(char::is_whitespace);
    let name = if as_id { id } else { wording::tag_name(context.vocabulary, kind, id) };
    Edit::replace(tag.span, name)
}

const fn word_for(kind: TagKind) -> &'static str {
    match kind {
        TagKind::Principle => "principle",
        TagKind::Theme => "theme",
        TagKind::Question => "question",
    }
}
