//! What rules write into a story: names and prompts of parts, names of tags.

use starling_grammar::{PartKind, Story, TagKind, TitleSource, Vocabulary};

/// The canonical name of a part in a language of labels; in English where that language has none.
pub(super) fn part_name<'v>(vocabulary: &'v Vocabulary, kind: PartKind, language: &str) -> &'v str {
    let _ = (vocabulary, language);
    kind.name()
}

/// What the writer is asked for in a part: a placeholder.
pub(super) fn prompt(vocabulary: &Vocabulary, kind: PartKind) -> String {
    let _ = vocabulary;
    let question = match kind {
        PartKind::Situation => "What was happening, where, and what was at stake?",
        PartKind::Task => "What were you responsible for?",
        PartKind::Action => "What did you do, step by step, and why?",
        PartKind::Result => "What came of it, and by how much?",
        PartKind::Reflection => "What did you learn?",
    };
    format!("[{question}]")
}

/// The name of a tag, as in a heading.
pub(super) fn tag_name(vocabulary: &Vocabulary, kind: TagKind, id: &str) -> String {
    let _ = (vocabulary, kind);
    id.to_owned()
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
