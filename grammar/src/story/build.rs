//! From groups of labels to stories: titles, tags, and what each part says.

use std::sync::Arc;

use crate::document::FrontMatter;
use crate::markdown::Markdown;
use crate::parallel;
use crate::prose::Words;
use crate::vocabulary::Vocabulary;
use crate::{
    Content, Cue, Document, Label, LabelStyle, Origin, Part, PartKind, Span, Story, Tag, TagSource, TagValue,
    Title, TitleSource,
};

use super::earlier::{Earlier, Found, Kept, Made, Making};
use super::group::{Group, Piece};
use super::material::Material;
use super::moved::Move;
use super::reading::{Reading, Role};
use super::regroup::{self, Regrouped};
use super::title::{self, Name, Placed, Titles};
use super::{guide, tag, telling, wording};

/// The stories of a text.
#[derive(Default)]
pub(crate) struct Stories {
    /// In the order of the text.
    pub(crate) stories: Vec<Story>,
    /// What they were made of.
    pub(crate) making: Making,
    /// For each story, whether an earlier version had it.
    pub(crate) kept: Vec<Option<Kept>>,
}

/// The stories of a text. `earlier` is a version that was read with the same vocabulary.
pub(crate) fn stories(
    markdown: &Markdown,
    front_matter: Option<&FrontMatter>,
    declared: bool,
    origin: &Origin,
    vocabulary: &Vocabulary,
    earlier: Option<Document>,
) -> Stories {
    let titles = Titles { markdown, front_matter, origin };
    let mut earlier = earlier.and_then(|document| Earlier::new(document, markdown, vocabulary));
    let regrouped = earlier.as_ref().and_then(|earlier| earlier.regroup(&titles, declared, vocabulary));
    let (new, names) = regrouped.unwrap_or_else(|| grouped(&titles, declared, vocabulary));
    let mut all = Stories::default();
    let tail = earlier.as_mut().map(|earlier| earlier.split(&new, &mut all));
    all.making.rests.extend(new.rests);
    let material = |(group, name): (Group, Name)| {
        let title = titles.title(&group, name);
        Material::of(group, name, title, declared)
    };
    let materials: Vec<Material> = new.groups.into_iter().zip(names).map(material).collect();
    let found: Vec<Option<Found>> = materials
        .iter()
        .map(|material| earlier.as_mut().and_then(|earlier| earlier.find(material)))
        .collect();
    let unknown = materials.iter().zip(&found).filter(|(_, found)| found.is_none());
    let unknown: Vec<&Material> = unknown.map(|(material, _)| material).collect();
    let mut told = tell(&unknown, markdown, vocabulary, earlier.as_ref()).into_iter();
    for (material, found) in materials.into_iter().zip(found) {
        let (story, kept, readings) = match found {
            Some(Found { story, readings }) => {
                let (story, kept) = story.unzip();
                (story, kept, readings)
            }
            None => {
                let (story, readings) = told.next().unwrap_or_default();
                (story, None, readings)
            }
        };
        let index = story.as_ref().map(|_| all.stories.len());
        all.making.made.push(Made { material, readings, story: index });
        if let Some(story) = story {
            all.stories.push(story);
            all.kept.push(kept);
        }
    }
    if let Some(tail) = tail {
        tail.append_to(&mut all);
    }
    let shared = front_matter.map(|front_matter| tag::of_front_matter(front_matter, vocabulary));
    let shared = shared.unwrap_or_default();
    if !earlier.is_some_and(|earlier| earlier.gave(&shared, all.stories.len())) {
        all.kept.fill(None);
    }
    share(&shared, &mut all);
    all
}

/// What each material tells, if it is a story, and what its parts say.
fn tell(
    materials: &[&Material],
    markdown: &Markdown,
    vocabulary: &Vocabulary,
    earlier: Option<&Earlier>,
) -> Vec<(Option<Story>, Vec<Arc<Reading>>)> {
    parallel::each(materials, |material| {
        let builder = Builder { markdown, vocabulary, material };
        let readings = builder.readings(earlier);
        (builder.story(&readings), readings)
    })
}

/// The stories of a text by their labels alone. What their parts say is not read, so that they have no metrics, words or
/// cues, and texts that only explain how to tell a story may be among them.
pub(crate) fn skim(
    markdown: &Markdown,
    front_matter: Option<&FrontMatter>,
    declared: bool,
    origin: &Origin,
    vocabulary: &Vocabulary,
) -> Vec<Story> {
    let titles = Titles { markdown, front_matter, origin };
    let (Regrouped { groups, .. }, names) = grouped(&titles, declared, vocabulary);
    let story = |(group, name): (Group, Name)| {
        let title = titles.title(&group, name);
        let material = Material::of(group, name, title, declared);
        let builder = Builder { markdown, vocabulary, material: &material };
        let skimmed = |piece: &Piece| {
            let prose = markdown.prose(piece.body);
            Arc::new(Reading::skim(piece.body.of(markdown.text()), prose, vocabulary))
        };
        let readings: Vec<Arc<Reading>> = material.group.pieces.iter().map(skimmed).collect();
        let parts = builder.parts(&readings);
        let template = is_template(&parts, markdown.text());
        builder.assemble(parts, builder.tags(), template)
    };
    let stories: Vec<Story> = groups.into_iter().zip(names).filter_map(story).collect();
    let kept = vec![None; stories.len()];
    let mut all = Stories { stories, making: Making::default(), kept };
    let shared = front_matter.map(|front_matter| tag::of_front_matter(front_matter, vocabulary));
    share(&shared.unwrap_or_default(), &mut all);
    all.stories
}

/// All groups of a text, and what names each of them.
fn grouped(titles: &Titles, declared: bool, vocabulary: &Vocabulary) -> (Regrouped, Vec<Name>) {
    let mut new = regroup::group(titles.markdown, declared);
    new.groups.iter_mut().for_each(|group| titles.drop_generic_caption(group, vocabulary));
    let placed = new.groups.iter().map(|group| Placed { group, moved: Move::NONE });
    let names = title::names(&placed.collect::<Vec<_>>());
    (new, names)
}

/// Gives the tags of the whole file to its one story, or to every story that has no tags of their kind. Stories that are
/// kept have them.
fn share(tags: &[Tag], all: &mut Stories) {
    let only = all.stories.len() == 1;
    for (story, kept) in all.stories.iter_mut().zip(&all.kept) {
        if kept.is_some() {
            continue;
        }
        story.tags.retain(|tag| tag.source != TagSource::FrontMatter);
        let own = story.tags.len();
        for tag in tags {
            if only || !story.tags[..own].iter().any(|other| other.kind == tag.kind) {
                story.tags.push(tag.clone());
            }
        }
        story.tags.sort_by_key(|tag| tag.span);
    }
}

struct Builder<'a> {
    markdown: &'a Markdown,
    vocabulary: &'a Vocabulary,
    material: &'a Material,
}

impl Builder<'_> {
    fn text(&self) -> &str {
        self.markdown.text()
    }

    /// The story that the group tells, unless it only explains how to tell one.
    fn story(&self, readings: &[Arc<Reading>]) -> Option<Story> {
        let title = &self.material.title;
        let parts = self.parts(readings);
        let tags = self.tags();
        let template = is_template(&parts, self.text());
        let marked = guide::is_bad_example(&title.text)
            || self
                .material
                .group
                .pieces
                .iter()
                .any(|piece| guide::is_bad_example(piece.whole.of(self.text())));
        if marked || !template && self.is_untold(&parts, &tags, readings) {
            return None;
        }
        let title_cues = self.title_cues(title);
        self.assemble(parts, tags, template).map(|story| Story { title_cues, ..story })
    }

    fn parts(&self, readings: &[Arc<Reading>]) -> Vec<Part> {
        let english = wording::are_english(readings.iter().map(|reading| reading.english));
        let pieces = self.material.group.pieces.iter().zip(readings).zip(english);
        pieces.map(|((piece, reading), english)| part(piece, reading, english)).collect()
    }

    fn assemble(&self, parts: Vec<Part>, tags: Vec<Tag>, template: bool) -> Option<Story> {
        let title = &self.material.title;
        let start = self.material.group.pieces.iter().map(|piece| piece.whole.start).min()?;
        let start = match title.source {
            TitleSource::Heading(_) => self.heading_start().unwrap_or(start).min(start),
            TitleSource::Line => title.span.start.min(start),
            TitleSource::FrontMatter | TitleSource::FileName => start,
        };
        let end =
            tags.last().map_or(self.material.group.end, |tag| tag.span.end.max(self.material.group.end));
        let span = Span::new(start, end);
        Some(Story { title: title.clone(), span, template, parts, tags, title_cues: Vec::new() })
    }

    /// Whether the parts explain how to tell a story, or are notes and tables in which nobody tells one.
    fn is_untold(&self, parts: &[Part], tags: &[Tag], readings: &[Arc<Reading>]) -> bool {
        let vouched = self.material.declared
            || tags.iter().any(|tag| matches!(tag.value, TagValue::Known { .. }))
            || parts.iter().filter(|part| part.english).count() * 2 <= parts.len();
        // A placeholder asks what to write in any story.
        let told = readings.iter().filter(|reading| reading.content == Content::Text);
        // A rubric asks what to look for in each part.
        let asks = |part: &Part| {
            let words = part.body.of(self.text()).trim_end_matches(['*', '_', '"', '”']);
            part.content() == Content::Text && words.ends_with(['?', '？'])
        };
        let is_rubric = parts.len() > 1 && parts.iter().all(asks);
        let is_logged = || {
            matches!(self.material.title.source, TitleSource::Heading(_))
                && telling::is_moment(&self.material.title.text)
                && !PartKind::REQUIRED.iter().all(|kind| parts.iter().any(|part| part.fills(*kind)))
                && !readings.iter().any(|reading| reading.telling().is_told())
        };
        !self.material.declared && is_rubric
            || !vouched && is_logged()
            || !vouched && telling::is_untold(parts, readings, self.text())
            || guide::is_guide(told.filter_map(|reading| reading.guide), self.in_columns())
    }

    fn title_cues(&self, title: &Title) -> Vec<Cue> {
        if !matches!(title.source, TitleSource::Heading(_) | TitleSource::Line) {
            return Vec::new();
        }
        let prose = self.markdown.prose(title.span);
        let mut cues = self.vocabulary.subjects().cues(&Words::read(&prose));
        cues.iter_mut().for_each(|cue| cue.span = cue.span.shift(title.span.start));
        cues
    }

    fn heading_start(&self) -> Option<usize> {
        Some(self.material.heading()?.whole.start)
    }

    /// What each part says by itself, as far as possible from an earlier version.
    fn readings(&self, earlier: Option<&Earlier>) -> Vec<Arc<Reading>> {
        let pieces = self.material.group.pieces.iter();
        pieces.map(|piece| self.reading(piece, earlier)).collect()
    }

    fn reading(&self, piece: &Piece, earlier: Option<&Earlier>) -> Arc<Reading> {
        let text = piece.body.of(self.text());
        let prose = self.markdown.prose(piece.body);
        let line = self.text()[..piece.whole.start].rfind('\n').map_or(0, |at| at + 1);
        let in_quote = self.text()[line..piece.whole.start].contains('>');
        let role = Role { in_quote, task: piece.head.says.kinds.contains(&PartKind::Task) };
        let known = earlier.and_then(|earlier| earlier.reading(text, &prose, role));
        known.unwrap_or_else(|| Arc::new(Reading::read(text, prose, role, self.vocabulary)))
    }

    /// Whether each part is a row of a table with more than one cell beside its label.
    fn in_columns(&self) -> bool {
        self.material.group.pieces.iter().all(|piece| {
            piece.style == LabelStyle::TableRow && piece.body.of(self.text()).replace("\\|", "").contains('|')
        })
    }

    fn tags(&self) -> Vec<Tag> {
        let mut own = Vec::new();
        let mut inherited = Vec::new();
        for (line, above) in self.material.tags() {
            let tags = tag::of_line(self.text(), &line.label, &line.values, self.vocabulary);
            if above { &mut inherited } else { &mut own }.extend(tags);
        }
        if let (TitleSource::Heading(_), Some(heading)) =
            (self.material.title.source, self.material.heading())
        {
            own.extend(tag::of_heading(self.text(), heading.text, self.vocabulary));
        }
        inherited.retain(|tag: &Tag| !own.iter().any(|other| other.kind == tag.kind));
        own.extend(inherited);
        own.retain(|tag| !matches!(&tag.value, TagValue::Text(text) if text.is_empty()));
        own.sort_by_key(|tag| tag.span);
        own
    }
}

/// A part with what was read in its body.
fn part(piece: &Piece, reading: &Arc<Reading>, english: bool) -> Part {
    Part {
        kinds: piece.head.says.kinds.clone(),
        label: Label {
            span: piece.head.span,
            whole: piece.whole,
            name: piece.head.name,
            letter: piece.head.letter,
            style: piece.style,
            spelling: piece.head.says.spelling.clone(),
            language: piece.head.says.language.clone(),
        },
        body: piece.body,
        english,
        reading: reading.clone(),
    }
}

/// Whether nobody has filled the parts in yet. What stands after the last part's placeholder, in a paragraph of its own,
/// may belong to the page.
fn is_template(parts: &[Part], text: &str) -> bool {
    let unfilled = |part: &Part| part.content() != Content::Text;
    let Some((last, others)) = parts.split_last() else { return true };
    let lines = last.body.of(text).split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    let first: usize = lines.map(str::len).sum();
    let opening = last.body.of(text)[..first].trim_end().len();
    let end = last.body.start + opening;
    others.iter().all(unfilled)
        && (unfilled(last)
            || others.len() > 1
                && opening > 0
                && last.placeholders().next().is_some_and(|found| found.start == last.body.start)
                && last.placeholders().any(|found| found.end == end))
}
