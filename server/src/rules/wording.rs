//! What rules write into a story: names and prompts of parts, names of tags.

use starling_grammar::{PartKind, Story, TagKind, TitleSource, Vocabulary};

/// The canonical name of a part in a language of labels; in English where that language has none.
pub(crate) fn part_name<'v>(vocabulary: &'v Vocabulary, kind: PartKind, language: &str) -> &'v str {
    vocabulary.part(kind).map_or(kind.name(), |part| part.name_in(language))
}

/// The letter that stands for a part.
pub(super) fn part_letter(vocabulary: &Vocabulary, kind: PartKind) -> char {
    let first = kind.name().chars().next().unwrap_or_default();
    vocabulary.part(kind).map_or(first, |part| part.letter)
}

/// What the writer is asked for in a part: a placeholder in brackets.
pub(crate) fn prompt(vocabulary: &Vocabulary, kind: PartKind) -> &str {
    vocabulary.part(kind).map_or("[…]", |part| &part.prompt)
}

/// The name of a tag, as in a list of tags. Questions are long, and go by their ids.
pub(crate) fn tag_name<'v>(vocabulary: &'v Vocabulary, kind: TagKind, id: &'v str) -> &'v str {
    if kind == TagKind::Question {
        return id;
    }
    let names = vocabulary.names(kind).into_iter();
    names.filter(|(known, _)| *known == id).map(|(_, name)| name).next().unwrap_or(id)
}

/// How a message calls a story: by its title, unless that is only the name of the file.
pub(super) fn named(story: &Story) -> String {
    if story.title.source == TitleSource::FileName || story.title.text.is_empty() {
        return "This story".to_owned();
    }
    const LONGEST: usize = 60;
    let title = &story.title.text;
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("“{}…”", title[..end].trim_end()),
        None => format!("“{title}”"),
    }
}

/// What a part is to say, as an advice.
pub(super) const fn what_to_add(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Situation => "Say where you were and what was at stake.",
        PartKind::Task => "Say what you were responsible for.",
        PartKind::Action => "Say what you did, step by step.",
        PartKind::Result => "Say what came of it, in numbers.",
        PartKind::Reflection => "Say what you learned.",
    }
}
