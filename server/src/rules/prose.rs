//! What rules about wording may judge.

use starling_grammar::{Content, Part, PartKind, Story, TagKind, TagValue, TechnologyKind, Vocabulary};

use super::Context;

/// The parts in English that fill `kind`, if their wording can be judged: there are any, all with text and without
/// placeholders.
pub(super) fn judged(story: &Story, kind: PartKind) -> Option<Vec<&Part>> {
    let written = |part: &&Part| part.fills(kind) && part.english && part.content() != Content::Empty;
    let parts: Vec<&Part> = story.parts.iter().filter(written).collect();
    let told = |part: &&Part| part.content() == Content::Text && part.placeholders().len() == 0;
    (!parts.is_empty() && parts.iter().all(told)).then_some(parts)
}

/// Words of some parts.
pub(super) fn words(parts: &[&Part]) -> usize {
    parts.iter().map(|part| part.words()).sum()
}

/// Whether some parts name a tool, measure or design, or hold code.
pub(super) fn has_detail(context: &Context, parts: &[&Part]) -> bool {
    // What the text shows at a glance saves looking for names.
    let code = |part: &&Part| part.body.of(context.text()).contains('`');
    let named = |part: &&Part| part.technologies().len() > 0 || part.details().len() > 0;
    parts.iter().any(code) || parts.iter().any(named)
}

/// Whether a theme or question wants technical detail.
pub(super) fn is_technical(kind: TagKind, id: &str, vocabulary: &Vocabulary) -> bool {
    match kind {
        TagKind::Theme => vocabulary.themes().iter().any(|theme| theme.id == id && theme.technical),
        TagKind::Question => {
            vocabulary.questions().iter().any(|question| question.id == id && question.technical)
        }
        TagKind::Principle => false,
    }
}

/// What makes a story technical: the first tool that it names, or the first tag that wants technical detail.
pub(super) fn technical_because(context: &Context, story: &Story) -> Option<starling_grammar::Span> {
    let vocabulary = context.vocabulary;
    let is_tool = |index: usize| {
        let kind = vocabulary.technologies().get(index).map(|technology| technology.nature.kind);
        matches!(kind, Some(TechnologyKind::Tool | TechnologyKind::Language))
    };
    let mut mentions = story.parts.iter().flat_map(Part::technologies);
    if let Some(mention) = mentions.find(|mention| is_tool(mention.technology)) {
        return Some(mention.span);
    }
    let technical = |tag: &&starling_grammar::Tag| match (&tag.value, tag.kind) {
        (TagValue::Known { id, .. }, Some(kind)) => is_technical(kind, id, vocabulary),
        _ => false,
    };
    story.tags.iter().find(technical).map(|tag| tag.span)
}
