//! Titles: what each story of a file is called.

use crate::document::FrontMatter;
use crate::markdown::Markdown;
use crate::vocabulary::Vocabulary;
use crate::{Document, Origin, Span, Title, TitleSource};

use super::group::{Group, Heading};
use super::moved::Move;

/// What names a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// The list item, summary or table cell that it stands in.
    Holder,
    /// The question or bold line just before it.
    Caption,
    /// One of the headings above it, by its index.
    Heading(usize),
    /// The file as a whole.
    File,
}

/// A group at its place: that of an earlier text may have moved.
#[derive(Clone, Copy)]
pub(super) struct Placed<'g> {
    pub(super) group: &'g Group,
    pub(super) moved: Move,
}

impl Placed<'_> {
    /// What tells a heading from the others.
    fn place(&self, heading: &Heading) -> usize {
        self.moved.place(heading.whole.start)
    }
}

/// How often each place comes.
struct Counts(Vec<usize>);

impl Counts {
    fn of(places: impl Iterator<Item = usize>) -> Self {
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        Self(places)
    }

    fn of_place(&self, place: usize) -> usize {
        let first = self.0.partition_point(|other| *other < place);
        self.0[first..].partition_point(|other| *other == place)
    }
}

/// What names each of the groups of a text.
pub(super) fn names(groups: &[Placed]) -> Vec<Name> {
    let groups_under = Counts::of(
        groups.iter().flat_map(|placed| placed.group.headings.iter().map(|heading| placed.place(heading))),
    );
    let mut chains: Vec<&[Heading]> =
        groups.iter().map(|placed| skip_siblings(*placed, &groups_under)).collect();
    for chain in &mut chains {
        while chain.first().is_some_and(|heading| heading.words.generic) {
            *chain = &chain[1..];
        }
    }
    while is_constant(groups, &chains) {
        for chain in &mut chains {
            *chain = &chain[1..];
        }
    }
    let named = Counts::of(
        groups.iter().zip(&chains).filter_map(|(placed, chain)| Some(placed.place(chain.first()?))),
    );
    let name = |(placed, chain): (&Placed, &&[Heading])| {
        let heading = chain.first();
        let shared = heading.is_some_and(|heading| named.of_place(placed.place(heading)) > 1);
        match heading {
            _ if placed.group.holder.is_some() => Name::Holder,
            _ if placed.group.caption.is_some() && (shared || heading.is_none()) => Name::Caption,
            Some(_) => Name::Heading(placed.group.headings.len() - chain.len()),
            None => Name::File,
        }
    };
    groups.iter().zip(&chains).map(name).collect()
}

/// Where titles come from.
pub(super) struct Titles<'a> {
    pub(super) markdown: &'a Markdown,
    pub(super) front_matter: Option<&'a FrontMatter>,
    pub(super) origin: &'a Origin,
}

impl Titles<'_> {
    /// Forgets a caption that says only what kind of text follows.
    pub(super) fn drop_generic_caption(&self, group: &mut Group, vocabulary: &Vocabulary) {
        group.caption.take_if(|caption| vocabulary.is_generic_heading(&self.plain(*caption)));
    }

    /// The title of a group that is named in this way.
    pub(super) fn title(&self, group: &Group, name: Name) -> Title {
        let line = match name {
            Name::Holder => group.holder,
            Name::Caption => group.caption,
            Name::Heading(_) | Name::File => None,
        };
        let text = self.markdown.text();
        if let Some(span) = line {
            return Title { text: self.plain(span), span: visible(text, span), source: TitleSource::Line };
        }
        let heading = match name {
            Name::Heading(index) => group.headings.get(index),
            _ => None,
        };
        if let Some(heading) = heading {
            let span = visible(text, heading.text);
            let source = TitleSource::Heading(heading.level);
            return Title { text: heading.words.plain.clone(), span, source };
        }
        match self.front_matter.and_then(|front_matter| front_matter.title.as_ref()) {
            Some((title, span)) => {
                Title { text: title.clone(), span: *span, source: TitleSource::FrontMatter }
            }
            None => {
                let first = group.pieces.first().map_or(Span::at(0), |piece| piece.head.span);
                Title { text: self.origin.name.clone(), span: first, source: TitleSource::FileName }
            }
        }
    }

    /// Whether a title is what a story is called that has no name but that of its file.
    pub(super) fn is_of_file(&self, title: &Title) -> bool {
        match self.front_matter.and_then(|front_matter| front_matter.title.as_ref()) {
            Some((text, span)) => {
                title.source == TitleSource::FrontMatter && title.text == *text && title.span == *span
            }
            None => title.source == TitleSource::FileName && title.text == self.origin.name,
        }
    }

    fn plain(&self, span: Span) -> String {
        Document::plain(span.of(self.markdown.text()), &self.markdown.prose(span))
    }
}

/// The headings that may name a group, nearest first. A heading of the level of its labels names it only if the one
/// above is shared with other groups: else it is just another section of the same story.
fn skip_siblings<'g>(placed: Placed<'g>, groups_under: &Counts) -> &'g [Heading] {
    let group = placed.group;
    let level = group.pieces.first().and_then(|piece| match piece.style {
        crate::LabelStyle::Heading(level) | crate::LabelStyle::Setext(level) => Some(level),
        _ => None,
    });
    let [nearest, above, ..] = group.headings.as_slice() else { return &group.headings };
    let alone = groups_under.of_place(placed.place(above)) == 1;
    if Some(nearest.level) == level && alone { &group.headings[1..] } else { &group.headings }
}

/// Whether the stories of a file all stand under different headings with the same words, so that these name none.
fn is_constant(groups: &[Placed], chains: &[&[Heading]]) -> bool {
    let Some(first) = chains.first().and_then(|chain| chain.first()) else { return false };
    let words = &first.words.plain;
    let mut places = Vec::new();
    for (placed, chain) in groups.iter().zip(chains) {
        match chain.first() {
            Some(heading) if heading.words.plain == *words => places.push(placed.place(heading)),
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
