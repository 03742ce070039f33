//! A Markdown text and what it says: the one value that rules and features read.

use std::sync::Arc;

use crate::markdown::Markdown;
use crate::story::{self, Kept, Making, Stories};
use crate::{Span, Story, TagKind, Vocabulary};

/// What is known of a text from outside of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The name of the file without folder and extension: the title of last resort.
    pub name: String,
    /// Whether the configuration says that the file holds stories (`bank.include`).
    pub declared: bool,
}

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct Document {
    markdown: Markdown,
    /// The YAML block at the head of the text, if there is one.
    pub front_matter: Option<FrontMatter>,
    /// Whether the file says that it holds stories, by front matter or by configuration.
    pub declared: bool,
    /// The stories in the order of the text.
    pub stories: Vec<Story>,
    /// The `starling-ignore` comments in the order of the text.
    pub suppressions: Vec<Suppression>,
    /// What the stories were made of.
    making: Making,
    /// For each story, whether the version that was read before had it.
    kept: Vec<Option<Kept>>,
}

impl Document {
    /// Reads a text.
    #[must_use]
    pub fn read(text: Arc<str>, origin: &Origin, vocabulary: &Vocabulary) -> Self {
        Self::assemble(text, None, origin, vocabulary)
    }

    /// Reads a later version of the same file with the same vocabulary. What has not changed is taken over.
    #[must_use]
    pub fn reread(self, text: Arc<str>, origin: &Origin, vocabulary: &Vocabulary) -> Self {
        Self::assemble(text, Some(self), origin, vocabulary)
    }

    /// The stories of a text by their titles, labels and tags alone: what the parts say is not read, which takes most of
    /// the time of reading. Texts that only explain how to tell a story may be among them.
    #[must_use]
    pub fn skim(text: Arc<str>, origin: &Origin, vocabulary: &Vocabulary) -> Vec<Story> {
        let front_matter = story::front_matter(&text, vocabulary);
        let body = front_matter.as_ref().map_or(0, |front_matter| front_matter.span.end);
        let markdown =
            Markdown::read(text, body, None, |text, segment| story::signs(text, segment, vocabulary));
        let declared =
            origin.declared || front_matter.as_ref().is_some_and(|front_matter| front_matter.declares);
        story::skim(&markdown, front_matter.as_ref(), declared, origin, vocabulary)
    }

    fn assemble(text: Arc<str>, mut earlier: Option<Self>, origin: &Origin, vocabulary: &Vocabulary) -> Self {
        let front_matter = story::front_matter(&text, vocabulary);
        let body = front_matter.as_ref().map_or(0, |front_matter| front_matter.span.end);
        let previous = earlier.as_mut().map(|earlier| earlier.markdown.take());
        let markdown =
            Markdown::read(text, body, previous, |text, segment| story::signs(text, segment, vocabulary));
        let declared =
            origin.declared || front_matter.as_ref().is_some_and(|front_matter| front_matter.declares);
        let Stories { stories, making, kept } =
            story::stories(&markdown, front_matter.as_ref(), declared, origin, vocabulary, earlier);
        let suppressions = story::suppressions(&markdown, &stories);
        Self { markdown, front_matter, declared, stories, suppressions, making, kept }
    }

    /// The story of the version that was read before which the story of this index is, moved, together with all text
    /// from the labels of the story before it to those of the story after it; `None` if anything of that may be new. Its
    /// title and tags that it shares with others may stand above what has changed.
    #[must_use]
    pub fn kept(&self, index: usize) -> Option<Kept> {
        let kept = (*self.kept.get(index)?)?;
        let first = index == 0 && kept.before;
        let last = index + 1 == self.kept.len() && !kept.before;
        let same = |neighbour: usize, at: usize| {
            let other = self.kept.get(neighbour).copied().flatten();
            other.is_some_and(|other| other.before == kept.before && other.index == at)
        };
        let above = first || index > 0 && kept.index > 0 && same(index - 1, kept.index - 1);
        let below = last || same(index + 1, kept.index + 1);
        (above && below).then_some(kept)
    }

    /// What the stories were made of; it is taken out.
    pub(crate) fn making(&mut self) -> Making {
        std::mem::take(&mut self.making)
    }

    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        self.markdown.text()
    }

    /// The text under `span` with everything that is not prose blanked, byte for byte: marks, targets and tags are
    /// spaces, a soft line break is a space, the end of a block a line feed, and code the control character U+001A.
    #[must_use]
    pub fn prose(&self, span: Span) -> String {
        self.markdown.prose(span)
    }

    /// The block that holds or ends at the byte at `offset`; a fence that is not closed holds the empty lines after it.
    #[must_use]
    pub fn block(&self, offset: usize) -> Option<Block> {
        self.markdown.block(offset)
    }

    /// Whether the byte at `offset` lies inside a comment; one that is not closed holds the rest of the text.
    #[must_use]
    pub fn in_comment(&self, offset: usize) -> bool {
        let mut comments = self.markdown.comments_near(offset);
        let closed = |comment: Span| comment.of(self.text()).ends_with("-->");
        comments.any(|comment| {
            comment.start < offset && (offset < comment.end || offset == comment.end && !closed(comment))
        })
    }

    /// The labels that list tags on the line of the byte at `offset` or near it, in the order of the text: all of those
    /// whose values it could be among.
    pub fn tag_lists_near(&self, offset: usize) -> impl Iterator<Item = TagList> {
        self.markdown.signs_near(offset).filter_map(|sign| sign.tag_list())
    }

    /// All labels that list tags, in the order of the text.
    pub fn tag_lists(&self) -> impl Iterator<Item = TagList> {
        self.markdown.signs().filter_map(|sign| sign.tag_list())
    }
}

/// A block that holds text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes, without the last line end.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of either kind.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A row of a table.
    Row,
    /// Code, fenced or indented.
    Code,
    /// HTML, comments among it.
    Html,
    /// A thematic break.
    Break,
}

/// A label that lists tags: `**Principles:** Dive Deep, Ownership`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagList {
    /// What the values are looked up in; `None` when the label does not tell.
    pub kind: Option<TagKind>,
    /// The label with its marks and its terminator.
    pub label: Span,
    /// The texts that hold the values: the rest of the line, or the items under the label.
    pub values: Vec<Span>,
}

/// The YAML block at the head of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the opening line through the closing line, its line end included.
    pub span: Span,
    /// The YAML between them.
    pub body: Span,
    /// The value of `title`, if it is a text.
    pub title: Option<(String, Span)>,
    /// Values of `principles`, `themes` and `questions`, each with its place.
    pub tags: Vec<(TagKind, String, Span)>,
    /// Whether it says that the file holds stories: by `type: story`, or by a key for principles, themes or questions.
    pub declares: bool,
    /// What is wrong with the YAML; reported only in files that hold stories.
    pub problems: Vec<Problem>,
}

/// Something broken in the input, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What is wrong and what to do.
    pub message: String,
}

/// A comment that silences rules: `<!-- starling-ignore rule-a, rule-b -->` or `<!-- starling-ignore-file rule -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The comment, marks included.
    pub span: Span,
    /// The names of rules as written, each with its place; empty when the comment names none, which silences all.
    pub rules: Vec<(String, Span)>,
    /// The bytes in which findings are silenced: the story or part that the comment stands in or before, or the
    /// whole text.
    pub scope: Span,
}
