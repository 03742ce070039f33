//! Titles: what each story of a file is called.

use std::collections::HashMap;

use crate::document::FrontMatter;
use crate::vocabulary::Vocabulary;
use crate::{Document, Origin, Span, Title, TitleSource};

use super::group::{Group, Heading};

/// The titles of all stories of a text, in order.
pub(super) fn titles(
    text: &str,
    groups: &[Group],
    front_matter: Option<&FrontMatter>,
    origin: &Origin,
    vocabulary: &Vocabulary,
    plain: impl Fn(Span) -> String,
) -> Vec<Title> {
    let mut groups_under: HashMap<usize, usize> = HashMap::new();
    for heading in groups.iter().flat_map(|group| &group.headings) {
        *groups_under.entry(heading.whole.start).or_default() += 1;
    }
    let mut chains: Vec<&[Heading]> =
        groups.iter().map(|group| skip_siblings(group, &groups_under)).collect();
    for chain in &mut chains {
        while chain.first().is_some_and(|heading| heading.words.generic) {
            *chain = &chain[1..];
        }
    }
    while is_constant(&chains) {
        for chain in &mut chains {
            *chain = &chain[1..];
        }
    }
    let mut named: HashMap<usize, usize> = HashMap::new();
    for heading in chains.iter().filter_map(|chain| chain.first()) {
        *named.entry(heading.whole.start).or_default() += 1;
    }
    let title = |(index, group): (usize, &Group)| {
        let heading = chains[index].first();
        let shared = heading.is_some_and(|heading| named[&heading.whole.start] > 1);
        let caption = group.caption.filter(|caption| !vocabulary.is_generic_heading(&plain(*caption)));
        let line = group.holder.or(caption.filter(|_| shared || heading.is_none()));
        if let Some(span) = line {
            return Title { text: plain(span), span: visible(text, span), source: TitleSource::Line };
        }
        if let Some(heading) = heading {
            let span = visible(text, heading.text);
            return Title {
                text: heading.words.plain.clone(),
                span,
                source: TitleSource::Heading(heading.level),
            };
        }
        let first = group.pieces.first().map_or(Span::at(0), |piece| piece.head.span);
        match front_matter.and_then(|front_matter| front_matter.title.as_ref()) {
            Some((title, span)) => {
                Title { text: title.clone(), span: *span, source: TitleSource::FrontMatter }
            }
            None => Title { text: origin.name.clone(), span: first, source: TitleSource::FileName },
        }
    };
    groups.iter().enumerate().map(title).collect()
}

/// The headings that may name a group, nearest first. A heading of the level of its labels names it only if the one
/// above is shared with other groups: else it is just another section of the same story.
fn skip_siblings<'a>(group: &'a Group, groups_under: &HashMap<usize, usize>) -> &'a [Heading] {
    let level = group.pieces.first().and_then(|piece| match piece.style {
        crate::LabelStyle::Heading(level) | crate::LabelStyle::Setext(level) => Some(level),
        _ => None,
    });
    let [nearest, above, ..] = group.headings.as_slice() else { return &group.headings };
    let alone = groups_under.get(&above.whole.start) == Some(&1);
    if Some(nearest.level) == level && alone { &group.headings[1..] } else { &group.headings }
}

/// Whether the stories of a file all stand under different headings with the same words, so that these name none.
fn is_constant(chains: &[&[Heading]]) -> bool {
    let Some(first) = chains.first().and_then(|chain| chain.first()) else { return false };
    let words = &first.words.plain;
    let mut places = Vec::new();
    for chain in chains {
        match chain.first() {
            Some(heading) if heading.words.plain == *words => places.push(heading.whole.start),
            _ => return false,
        }
    }
    places.dedup();
    places.len() >= 2 && chains.iter().all(|chain| chain.len() >= 2)
}

/// The span without emphasis marks at its ends, where an underline looks right.
fn visible(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = words.len() - words.trim_start_matches(['*', '_']).len();
    let end = words.trim_end_matches(['*', '_']).len();
    if start < end { Span::new(span.start + start, span.start + end) } else { span }
}

impl Document {
    /// The words under `span` without Markdown marks, white space folded.
    pub(crate) fn plain(text: &str, prose: &str) -> String {
        if prose.trim().is_empty() {
            // HTML: all of it is blank, and what is not a tag is its text.
            let untagged =
                text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, after)| after));
            return untagged.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let mut words = String::with_capacity(text.len());
        for (character, shown) in text.char_indices().map(|(at, c)| (c, prose.as_bytes()[at])) {
            let code = shown == crate::markdown::OPAQUE;
            if code && character != '`' || !code && (shown != b' ' || character.is_whitespace()) {
                words.push(if shown == b'\n' { ' ' } else { character });
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
