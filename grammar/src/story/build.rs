//! From groups of labels to stories: titles, tags, and what each part says.

use crate::document::FrontMatter;
use crate::markdown::{Markdown, OPAQUE};
use crate::prose::Words;
use crate::vocabulary::Vocabulary;
use crate::{
    Content, Cue, Document, Duty, Label, LabelStyle, Mention, Origin, Part, PartKind, Span, Story, Tag,
    TagSource, TagValue, Title, TitleSource, Topic, Voice, metric, technology, voice,
};

use super::group::{self, Piece};
use super::material::{Earlier, Kept, Made, Material};
use super::{guide, placeholder, tag, telling, title, wording};

/// The stories of a text.
#[derive(Default)]
pub(crate) struct Stories {
    /// In the order of the text.
    pub(crate) stories: Vec<Story>,
    /// What they, and what is none, were made of, in the order of the text.
    pub(crate) made: Vec<Made>,
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
    earlier: Option<&Document>,
) -> Stories {
    let mut groups = group::groups(markdown.text(), markdown.signs());
    groups.retain_mut(|group| group::qualifies(group, declared));
    let plain = |span: Span| Document::plain(span.of(markdown.text()), &markdown.prose(span));
    let titles = title::titles(markdown.text(), &groups, front_matter, origin, vocabulary, plain);
    let earlier = earlier.and_then(|document| Earlier::new(document, markdown));
    let mut all = Stories::default();
    for (group, title) in groups.into_iter().zip(titles) {
        let material = Material::of(group, title, declared);
        let (story, kept) = match earlier.as_ref().and_then(|earlier| earlier.find(&material)) {
            Some(found) => found.map(|(story, kept)| (without_shared(story), kept)).unzip(),
            None => (Builder { markdown, vocabulary, material: &material }.story(), None),
        };
        all.made.push(Made::new(material, story.as_ref().map(|_| all.stories.len())));
        if let Some(story) = story {
            all.stories.push(story);
            all.kept.push(kept);
        }
    }
    if let Some(front_matter) = front_matter {
        share(&tag::of_front_matter(front_matter, vocabulary), &mut all.stories);
    }
    if let Some(earlier) = earlier {
        earlier.keep_equal(&all.stories, &mut all.kept);
    }
    all
}

/// The story as it was before it got the tags of the whole file.
fn without_shared(mut story: Story) -> Story {
    story.tags.retain(|tag| tag.source != TagSource::FrontMatter);
    story
}

/// Gives the tags of the whole file to its one story, or to every story that has no tags of their kind.
fn share(tags: &[Tag], stories: &mut [Story]) {
    let only = stories.len() == 1;
    for story in stories {
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
    fn story(&self) -> Option<Story> {
        let title = &self.material.title;
        let bodies = self.bodies();
        let english = wording::are_english(bodies.iter().map(String::as_str));
        let pieces = self.material.pieces.iter().zip(&bodies).zip(english);
        let parts: Vec<Part> =
            pieces.map(|((piece, prose), english)| self.part(piece, prose, english)).collect();
        let template = is_template(&parts, self.text());
        let marked = guide::is_bad_example(&title.text)
            || self.material.pieces.iter().any(|piece| guide::is_bad_example(piece.whole.of(self.text())));
        if marked || !template && self.is_untold(&parts, bodies) {
            return None;
        }
        let start = self.material.pieces.iter().map(|piece| piece.whole.start).min()?;
        let start = match title.source {
            TitleSource::Heading(_) => self.heading_start().unwrap_or(start).min(start),
            TitleSource::Line => title.span.start.min(start),
            TitleSource::FrontMatter | TitleSource::FileName => start,
        };
        let tags = self.tags();
        let end = tags.last().map_or(self.material.end, |tag| tag.span.end.max(self.material.end));
        let title_cues = self.title_cues(title);
        Some(Story { title: title.clone(), span: Span::new(start, end), template, parts, tags, title_cues })
    }

    /// Whether the parts explain how to tell a story, or are notes and tables in which nobody tells one.
    fn is_untold(&self, parts: &[Part], bodies: Vec<String>) -> bool {
        let vouched = self.material.declared
            || self.tags().iter().any(|tag| matches!(tag.value, TagValue::Known { .. }))
            || parts.iter().filter(|part| part.english).count() * 2 <= parts.len();
        !vouched && telling::is_untold(parts, &bodies, self.text())
            || guide::is_guide(&told(parts, bodies), self.in_columns(), self.vocabulary)
    }

    fn title_cues(&self, title: &Title) -> Vec<Cue> {
        if !matches!(title.source, TitleSource::Heading(_) | TitleSource::Line) {
            return Vec::new();
        }
        let prose = self.markdown.prose(title.span);
        subjects(self.vocabulary.cues().find(&Words::read(&prose)), title.span.start)
    }

    fn heading_start(&self) -> Option<usize> {
        Some(self.material.heading.as_ref()?.whole.start)
    }

    /// The prose of each part.
    fn bodies(&self) -> Vec<String> {
        self.material.pieces.iter().map(|piece| self.markdown.prose(piece.body)).collect()
    }

    /// Whether each part is a row of a table with more than one cell beside its label.
    fn in_columns(&self) -> bool {
        self.material.pieces.iter().all(|piece| {
            piece.style == LabelStyle::TableRow && piece.body.of(self.text()).replace("\\|", "").contains('|')
        })
    }

    fn tags(&self) -> Vec<Tag> {
        let mut own = Vec::new();
        let mut inherited = Vec::new();
        for line in &self.material.tags {
            let tags = tag::of_line(self.text(), &line.label, &line.values, self.vocabulary);
            if line.inherited { &mut inherited } else { &mut own }.extend(tags);
        }
        if let (TitleSource::Heading(_), Some(heading)) = (self.material.title.source, &self.material.heading)
        {
            own.extend(tag::of_heading(self.text(), heading.text, self.vocabulary));
        }
        inherited.retain(|tag: &Tag| !own.iter().any(|other| other.kind == tag.kind));
        own.extend(inherited);
        own.retain(|tag| !matches!(&tag.value, TagValue::Text(text) if text.is_empty()));
        own.sort_by_key(|tag| tag.span);
        own
    }

    /// Who acts in a part. What stands in a block quote, as long as the label does not, was said by somebody else.
    fn voice(&self, piece: &Piece, words: &Words) -> Voice {
        let text = piece.body.of(self.text());
        let line = self.text()[..piece.whole.start].rfind('\n').map_or(0, |at| at + 1);
        let in_quote = self.text()[line..piece.whole.start].contains('>');
        match without_quotes(text, words.prose).filter(|_| !in_quote && !text.starts_with('>')) {
            Some(own) => voice::read(&Words::read(&own)),
            None => voice::read(words),
        }
    }

    fn part(&self, piece: &Piece, prose: &str, english: bool) -> Part {
        let text = piece.body.of(self.text());
        let placeholders = placeholder::find(text, prose, self.vocabulary);
        let content = if is_empty(text, prose) {
            Content::Empty
        } else if placeholder::only_placeholders(text, prose, &placeholders) && !holds_more(text, prose) {
            Content::Placeholder
        } else {
            Content::Text
        };
        let read = metric::read(prose);
        let words = Words::read(prose);
        let at = piece.body.start;
        let cues = self.vocabulary.cues().find(&words);
        let technologies = technology::read(&words, &cues, self.vocabulary);
        let task = english && piece.head.kinds.contains(&PartKind::Task);
        let shift = |spans: Vec<Span>| spans.into_iter().map(|span| span.shift(piece.body.start)).collect();
        Part {
            kinds: piece.head.kinds.clone(),
            label: Label {
                span: piece.head.span,
                whole: piece.whole,
                name: piece.head.name,
                letter: piece.head.letter,
                style: piece.style,
                spelling: piece.head.spelling.clone(),
                language: piece.head.language.clone(),
            },
            body: piece.body,
            content,
            words: wording::count_words(prose),
            metrics: read.metrics.into_iter().map(|metric| metric.shift(piece.body.start)).collect(),
            vague: shift(read.vague),
            rough: shift(read.rough),
            placeholders: shift(placeholders),
            english,
            voice: if english { self.voice(piece, &words).moved(at.cast_signed()) } else { Voice::default() },
            duty: if task { voice::duty(&words).moved(at.cast_signed()) } else { Duty::default() },
            technologies: technologies
                .into_iter()
                .map(|mention| Mention { span: mention.span.shift(at), ..mention })
                .collect(),
            details: shift(technology::details(&words, self.vocabulary)),
            cues: subjects(cues, at),
        }
    }
}

/// Whether nobody has filled the parts in yet. What stands after the last part's placeholder, in a paragraph of its own,
/// may belong to the page.
fn is_template(parts: &[Part], text: &str) -> bool {
    let unfilled = |part: &Part| part.content != Content::Text;
    let Some((last, others)) = parts.split_last() else { return true };
    let lines = last.body.of(text).split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    let first: usize = lines.map(str::len).sum();
    let opening = last.body.of(text)[..first].trim_end().len();
    let end = last.body.start + opening;
    others.iter().all(unfilled)
        && (unfilled(last)
            || others.len() > 1
                && opening > 0
                && last.placeholders.first().is_some_and(|found| found.start == last.body.start)
                && last.placeholders.iter().any(|found| found.end == end))
}

/// What the parts say that say something, for telling guides from stories. A placeholder asks what to write in any story.
fn told(parts: &[Part], bodies: Vec<String>) -> Vec<String> {
    let told = parts.iter().zip(bodies).filter(|(part, _)| part.content == Content::Text);
    told.map(|(_, prose)| prose).collect()
}

/// The prose with its block quotes blanked, byte for byte; `None` if it holds none.
fn without_quotes(text: &str, prose: &str) -> Option<String> {
    let is_quote = |line: &str| line.trim_start().starts_with('>');
    text.lines().any(is_quote).then(|| {
        let mut own = String::with_capacity(prose.len());
        for line in text.split_inclusive('\n') {
            let words = &prose[own.len()..own.len() + line.len()];
            if is_quote(line) {
                own.extend(std::iter::repeat_n('\n', line.len()));
            } else {
                own.push_str(words);
            }
        }
        own
    })
}

/// Cues for what a text is about, `by` bytes further on. Names of technologies are told apart by what stands around.
fn subjects(cues: Vec<Cue>, by: usize) -> Vec<Cue> {
    let cues = cues.into_iter().filter(|cue| !matches!(cue.topic, Topic::Technology(_)));
    cues.map(|cue| Cue { span: cue.span.shift(by), ..cue }).collect()
}

/// Whether a body says nothing: no word, no code, no image; only marks and comments.
fn is_empty(text: &str, prose: &str) -> bool {
    if prose.chars().any(|c| c.is_alphanumeric() || c == char::from(OPAQUE)) {
        return false;
    }
    let dots = prose.contains("...") || prose.contains('…') || prose.contains("____");
    !dots
        && !prose.contains(['[', '<'])
        && !holds_more(text, prose)
        && !without_comments(text).contains(char::is_alphanumeric)
}

/// Whether a body holds something besides its prose: a block of code, an image, a table.
fn holds_more(text: &str, _prose: &str) -> bool {
    text.contains("```") || text.contains("~~~") || text.contains("![")
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        kept.push_str(&rest[..start]);
        rest = rest[start..].find("-->").map_or("", |length| &rest[start + length + 3..]);
    }
    kept.push_str(rest);
    kept
}
