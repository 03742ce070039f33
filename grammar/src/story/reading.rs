//! What the body of a part says by itself.
//!
//! A reading follows from the text alone, so that it is kept as long as the body stays as it is, wherever that moves and
//! whatever is typed into the other parts of the story. What few ask for is read when somebody does. Places are bytes of
//! the body.

use std::sync::{Arc, OnceLock};

use crate::markdown::OPAQUE;
use crate::metric::{self, Quantities};
use crate::prose::{Words, is_english};
use crate::subject::{About, Subjects};
use crate::term::Term;
use crate::vocabulary::Vocabulary;
use crate::{Content, Duty, Span, Voice, voice};

use super::telling::Telling;
use super::{guide, placeholder, wording};

/// A body that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    role: Role,
    pub(super) prose: String,
    pub(super) content: Content,
    /// Words of prose; CJK text is counted by characters.
    pub(super) words: usize,
    pub(super) placeholders: Vec<Span>,
    /// Whether it is English, as far as it tells.
    pub(super) english: Option<bool>,
    pub(super) voice: Voice,
    pub(super) duty: Duty,
    pub(super) terms: Box<[Term]>,
    /// Whether it explains what to write; `None` where it has no words of its own.
    pub(super) guide: Option<guide::Body>,
    /// What is sought in it, once somebody asks what it is about.
    subjects: Arc<Subjects>,
    about: OnceLock<About>,
    quantities: OnceLock<Quantities>,
    telling: OnceLock<Telling>,
}

/// What of the place of a body decides what is read in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// Whether it stands in a block quote together with its label: then what it says was said by the teller.
    pub(super) in_quote: bool,
    /// Whether it fills the Task, of which somebody must have been in charge.
    pub(super) task: bool,
}

/// What is read on demand counts, whether it was asked for or not; who tells what follows from the rest.
impl PartialEq for Reading {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            role,
            prose,
            content,
            words,
            placeholders,
            english,
            voice,
            duty,
            terms,
            guide,
            subjects: _,
            about: _,
            quantities: _,
            telling: _,
        } = self;
        (role, prose, content, words) == (&other.role, &other.prose, &other.content, &other.words)
            && (placeholders, terms, guide) == (&other.placeholders, &other.terms, &other.guide)
            && (english, voice, duty) == (&other.english, &other.voice, &other.duty)
            && (self.quantities(), self.about()) == (other.quantities(), other.about())
    }
}

impl Reading {
    /// Reads a body; `text` and `prose` are the same with and without its marks, byte for byte.
    pub(super) fn read(text: &str, prose: String, role: Role, vocabulary: &Vocabulary) -> Self {
        let (content, placeholders) = content(text, &prose, vocabulary);
        let words = Words::read(&prose);
        let english = is_english(&words);
        let foreign = english == Some(false);
        let mut terms = Vec::with_capacity(words.len());
        terms.extend(words.terms().map(Term::of));
        Self {
            role,
            content,
            words: wording::count_words(&prose),
            placeholders,
            english,
            voice: if foreign { Voice::default() } else { voice_of(text, &words, role.in_quote) },
            duty: if role.task && !foreign { voice::duty(&words) } else { Duty::default() },
            terms: terms.into(),
            guide: guide::read(&prose, vocabulary),
            subjects: vocabulary.subjects().clone(),
            about: OnceLock::new(),
            quantities: OnceLock::new(),
            telling: OnceLock::new(),
            prose,
        }
    }

    /// Reads no more of a body than whether it says something. Its words are not counted, and nobody should ask what it is about.
    pub(super) fn skim(text: &str, prose: String, vocabulary: &Vocabulary) -> Self {
        let (content, placeholders) = content(text, &prose, vocabulary);
        Self {
            role: Role { in_quote: false, task: false },
            content,
            words: 0,
            placeholders,
            english: None,
            voice: Voice::default(),
            duty: Duty::default(),
            terms: Box::default(),
            guide: None,
            subjects: vocabulary.subjects().clone(),
            about: OnceLock::new(),
            quantities: OnceLock::new(),
            telling: OnceLock::new(),
            prose,
        }
    }

    /// Whether reading a body would give the same. Its text is not compared.
    pub(super) fn is_of(&self, prose: &str, role: Role) -> bool {
        self.role == role && self.prose == prose
    }

    /// What it is about.
    pub(super) fn about(&self) -> &About {
        self.about.get_or_init(|| self.subjects.of(&Words::read(&self.prose)))
    }

    /// What it measures.
    pub(super) fn quantities(&self) -> &Quantities {
        self.quantities.get_or_init(|| metric::read(&self.prose))
    }

    /// Who tells what.
    pub(super) fn telling(&self) -> Telling {
        *self.telling.get_or_init(|| Telling::of(&Words::read(&self.prose)))
    }
}

/// Whether a body says something, and the placeholders in it.
fn content(text: &str, prose: &str, vocabulary: &Vocabulary) -> (Content, Vec<Span>) {
    let placeholders = placeholder::find(text, prose, vocabulary);
    let content = if is_empty(text, prose) {
        Content::Empty
    } else if placeholder::only_placeholders(text, prose, &placeholders) && !holds_more(text) {
        Content::Placeholder
    } else {
        Content::Text
    };
    (content, placeholders)
}

/// Who acts in a part. What stands in a block quote, as long as the label does not, was said by somebody else.
fn voice_of(text: &str, words: &Words, in_quote: bool) -> Voice {
    match without_quotes(text, words.prose).filter(|_| !in_quote && !text.starts_with('>')) {
        Some(own) => voice::read(&Words::read(&own)),
        None => voice::read(words),
    }
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

/// Whether a body says nothing: no word, no code, no image; only marks and comments.
fn is_empty(text: &str, prose: &str) -> bool {
    if prose.chars().any(|c| c.is_alphanumeric() || c == char::from(OPAQUE)) {
        return false;
    }
    let dots = prose.contains("...") || prose.contains('…') || prose.contains("____");
    !dots
        && !prose.contains(['[', '<'])
        && !holds_more(text)
        && !without_comments(text).contains(char::is_alphanumeric)
}

/// Whether a body holds something besides its prose: a block of code, an image, a table.
fn holds_more(text: &str) -> bool {
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
