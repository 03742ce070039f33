//! Rename: another name for a principle, theme or question that the bank's `starling.toml` defines, or for a story.
//!
//! A tag may be written by any of its names, or by its id; the name that is written at the cursor is the one that
//! changes, where it is defined and wherever it is used. A story is renamed at its title or where its title is written;
//! tables, lists, anchors and the words of links follow.

use starling_grammar::{Span, TagKind, TitleSource, normal_name};

use super::View;
use super::naming::{self, InBank, Named};
use super::place::{self, touches};
use crate::bank::{
    Bank, Mention, StoryRef, StorySummary, Summary, Target, anchor_of, normal_title, numbered, without_remark,
};
use crate::check::check;
use crate::config::{Config, Definition, Name};
use crate::explain;
use crate::finding::Edit;
use crate::fix::apply;

/// Something that can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamable {
    /// The bytes that show its name.
    pub span: Span,
    /// Its present name.
    pub name: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// By one of its names.
    Tag(Definition, Name),
    Story(StoryRef),
}

/// A change of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// What changes its name.
    pub named: Named,
    what: What,
    old: String,
    new: String,
}

/// What can be renamed at the byte at `offset` or right before it; `definitions` are those of the bank.
///
/// # Errors
/// A sentence for the user, who asked for something that cannot be renamed, or not here.
pub fn renamable(
    view: &View,
    file: InBank<'_>,
    definitions: &[Definition],
    offset: usize,
) -> Result<Renamable, String> {
    let nothing = "Put the cursor on a story's title, or on a tag that starling.toml defines, to rename it.";
    match naming::named_at(view, file, offset) {
        None => Err(nothing.to_owned()),
        Some((span, Named::Tag(kind, id))) => {
            let written = span.of(view.text());
            let definition = definitions.iter().find(|it| it.kind == kind && it.id == id);
            let name = definition.and_then(|it| Some((it, it.written_as(written)?)));
            let (definition, name) = name.ok_or_else(|| {
                format!("“{written}” comes with Starling. Only what starling.toml defines can be renamed.")
            })?;
            let what = What::Tag(definition.clone(), name.clone());
            Ok(Renamable { span, name: name.text.clone(), what })
        }
        Some((span, Named::Stories(stories))) => {
            let [story] = stories.as_slice() else {
                return Err("This names several stories. Rename the one you mean at its title.".to_owned());
            };
            let (_, name) = file.bank.story(story).map(|it| numbered(it.name())).ok_or(nothing)?;
            let span = within(view.text(), span, name)
                .ok_or("Rename a story at its title, or where its title is written.")?;
            Ok(Renamable { span, name: name.to_owned(), what: What::Story(story.clone()) })
        }
    }
}

/// What can be renamed at the byte at `offset` of the `starling.toml` that defines it, or right before it.
///
/// # Errors
/// A sentence for the user, when no name is defined there.
pub fn renamable_definition(definitions: &[Definition], offset: usize) -> Result<Renamable, String> {
    let names = definitions.iter().flat_map(|it| it.names().map(move |name| (it, name)));
    let found = names.into_iter().find(|(_, name)| touches(name.span, offset));
    let (definition, name) = found.ok_or(
        "Put the cursor on the name of a principle, theme or question that this file defines, to rename it.",
    )?;
    // Without the quotation marks.
    let span = Span::new(name.span.start + 1, name.span.end.saturating_sub(1).max(name.span.start + 1));
    Ok(Renamable { span, name: name.text.clone(), what: What::Tag(definition.clone(), name.clone()) })
}

/// The bytes of a span that show a name, if that is what it shows.
fn within(text: &str, span: Span, name: &str) -> Option<Span> {
    let shown = span.of(text);
    if normal_title(shown) == normal_title(name) {
        let (_, words) = numbered(shown);
        return Some(Span::new(span.end - words.len(), span.end));
    }
    shown.find(name).map(|at| Span::new(span.start + at, span.start + at + name.len()))
}

impl Renamable {
    /// What it is.
    #[must_use]
    pub fn named(&self) -> Named {
        match &self.what {
            What::Tag(definition, _) => Named::Tag(definition.kind, definition.id.clone()),
            What::Story(story) => Named::Stories(vec![story.clone()]),
        }
    }

    /// The change to another name.
    ///
    /// # Errors
    /// A sentence for the user, when the name is taken or cannot be written as a tag or title.
    pub fn to(self, new: &str, bank: &Bank, config: &Config) -> Result<Renaming, String> {
        let new = new.trim();
        match &self.what {
            What::Tag(definition, name) => {
                check_tag(new, definition.given_id.as_ref() == Some(name))?;
                let known = config.vocabulary.find(definition.kind, new);
                if known.is_some_and(|known| known.id != definition.id) {
                    return Err(format!("“{new}” is taken by another {}.", kind_name(definition.kind)));
                }
            }
            What::Story(story) => {
                check_title(new)?;
                if bank.titled(new).any(|other| other != story) {
                    return Err(format!("Another story is called “{new}”."));
                }
            }
        }
        Ok(Renaming { named: self.named(), what: self.what, old: self.name, new: new.to_owned() })
    }
}

const fn kind_name(kind: TagKind) -> &'static str {
    match kind {
        TagKind::Principle => "principle",
        TagKind::Theme => "theme",
        TagKind::Question => "question",
    }
}

/// Whether a list of tags would take the text for one name.
fn check_tag(new: &str, is_id: bool) -> Result<(), String> {
    if is_id && (explain::id(new) != new || new.is_empty()) {
        return Err("An id is written in lower case, with hyphens between its words: “on-call”.".to_owned());
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '&' | '’' | '?' | '+');
    if !new.chars().all(plain) || !new.starts_with(char::is_alphanumeric) {
        return Err("Use letters, digits, spaces and hyphens, so that a list can hold the name.".to_owned());
    }
    Ok(())
}

/// Whether a table, a list and a heading would take the text for one title.
fn check_title(new: &str) -> Result<(), String> {
    const LONGEST: usize = 120;
    if !new.contains(char::is_alphanumeric) || new.len() > LONGEST || new.contains(char::is_control) {
        return Err("A title is one line with a word or more, not longer than a line of a page.".to_owned());
    }
    if new.contains(['|', '[', ']', '<', '>', '`', '\\', '*', '_', '#']) {
        return Err(
            "Choose a title without Markdown's marks, so that tables and links can hold it.".to_owned()
        );
    }
    if numbered(new).0.is_some() {
        return Err("Leave the number out; the one before the title stays.".to_owned());
    }
    Ok(())
}

impl Renaming {
    /// The edits in the `starling.toml` that defines what is renamed; none for a story.
    #[must_use]
    pub fn definition_edits(&self) -> Vec<Edit> {
        match &self.what {
            What::Tag(_, name) => {
                vec![Edit::replace(name.span, toml::Value::String(self.new.clone()).to_string())]
            }
            What::Story(_) => Vec::new(),
        }
    }

    /// The edits in a file of the bank, where `after` is the configuration as it will be. They are tried: the file says
    /// afterwards what it said before.
    ///
    /// # Errors
    /// A sentence for the user, when the file cannot be edited so.
    pub fn edits(&self, view: &View, file: InBank<'_>, after: &Config) -> Result<Vec<Edit>, String> {
        let edits = match &self.what {
            What::Tag(definition, name) => self.tag_edits(view, file, definition, name),
            What::Story(story) => self.story_edits(view, file, story)?,
        };
        if edits.is_empty() || self.holds(view, file, after, &edits) {
            return Ok(edits);
        }
        Err(format!("{} would read otherwise with that name. Edit it by hand.", file.path.display()))
    }

    fn tag_edits(&self, view: &View, file: InBank<'_>, definition: &Definition, name: &Name) -> Vec<Edit> {
        let uses = naming::uses(view, file, &self.named).into_iter();
        let edits = uses.filter_map(|span| {
            let written = span.of(view.text());
            (definition.written_as(written) == Some(name))
                .then(|| Edit::replace(span, self.written_like(written)))
        });
        edits.collect()
    }

    /// The new name as an id where the old one was written as one.
    fn written_like(&self, written: &str) -> String {
        let is_id = written == explain::id(&self.old) && written != self.old;
        if is_id { explain::id(&self.new) } else { self.new.clone() }
    }

    fn story_edits(&self, view: &View, file: InBank<'_>, story: &StoryRef) -> Result<Vec<Edit>, String> {
        let known = file.bank.story(story).ok_or("The story is not there any more.")?;
        let mut edits = Vec::new();
        if *story.path == *file.path {
            edits.push(self.title_edit(view, story.index, known)?);
        }
        let mentions = naming::mentions_of(view, file, std::slice::from_ref(story));
        for mention in mentions {
            let own = file.bank.resolve(file.path, &mention);
            if own == crate::bank::Reference::Stories(vec![story.clone()]) {
                edits.extend(self.mention_edits(view.text(), &mention, known));
            }
        }
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
        Ok(edits)
    }

    fn title_edit(&self, view: &View, index: usize, known: &StorySummary) -> Result<Edit, String> {
        let title = view.document().stories.get(index).map(|story| &story.title);
        let title = title.filter(|title| *title.text == *known.title);
        let title = title.ok_or("The story has changed meanwhile. Try again.")?;
        match title.source {
            TitleSource::FileName => Err("The story is called after its file. Rename the file.".to_owned()),
            TitleSource::FrontMatter => Ok(in_yaml(view.text(), title.span, &self.new)),
            TitleSource::Heading(_) | TitleSource::Line => {
                let span = within(view.text(), title.span, &self.old);
                let span = span.ok_or("The title holds Markdown's marks. Edit it by hand.")?;
                Ok(Edit::replace(span, self.new.clone()))
            }
        }
    }

    /// The edits of a mention: of the title, of an anchor made of it, and of the words of a link that repeat it.
    fn mention_edits(&self, text: &str, mention: &Mention, known: &StorySummary) -> Vec<Edit> {
        let retitled = |span: Span| {
            let words = span.of(text);
            let old = normal_title(&self.old);
            let says_title = [words, without_remark(words)].iter().any(|words| normal_title(words) == old);
            let span = within(text, span, &self.old).filter(|_| says_title)?;
            Some(Edit::replace(span, self.new.clone()))
        };
        match &mention.target {
            Target::Title(_) | Target::Name(_) => retitled(mention.span).into_iter().collect(),
            Target::Link { anchor, .. } => {
                let words = naming::link_words(text, mention.span).and_then(retitled);
                let is_own = **anchor == anchor_of(&known.title);
                let renamed = known.title.replacen(&self.old, &self.new, 1);
                let anchored = anchor_span(text, mention.span).filter(|_| is_own);
                let anchor = anchored.map(|span| Edit::replace(span, anchor_of(&renamed)));
                words.into_iter().chain(anchor).collect()
            }
            Target::Number(_) => Vec::new(),
        }
    }

    /// Whether a file says after some edits what it said before, under the other name.
    fn holds(&self, view: &View, file: InBank<'_>, after: &Config, edits: &[Edit]) -> bool {
        let origin = starling_grammar::Origin {
            name: file.path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            declared: view.document().declared,
        };
        let edited = check(apply(view.text(), edits).into(), &origin, after, None);
        let edited = View { checked: &edited, config: after, bank: None };
        let stories = |view: &View| {
            let stories = view.document().stories.iter();
            stories.map(|story| (story.template, story.parts.len(), story.tags.len())).collect::<Vec<_>>()
        };
        if stories(view) != stories(&edited) {
            return false;
        }
        match &self.what {
            What::Tag(definition, _) => {
                let id = self.id_after(definition);
                let count = |view: &View, id: &str| {
                    let tags = place::tags(view).into_iter();
                    tags.filter(|tag| tag.kind == Some(definition.kind) && tag.id == Some(id)).count()
                };
                count(view, &definition.id) == count(&edited, &id)
            }
            What::Story(story) if *story.path == *file.path => {
                let summary = Summary::of(edited.document(), edited.vocabulary());
                let story = summary.stories.get(story.index);
                story.is_some_and(|story| numbered(story.name()).1 == self.new)
            }
            What::Story(_) => true,
        }
    }

    /// The id once the definition is edited.
    fn id_after(&self, definition: &Definition) -> String {
        let renamed = |name: &Name| if name.text == self.old { self.new.clone() } else { name.text.clone() };
        match &definition.given_id {
            Some(id) => renamed(id),
            None => explain::id(&renamed(&definition.name)),
        }
    }
}

/// The anchor, without its `#`, of the link whose path, or `#anchor`, is at `target`.
fn anchor_span(text: &str, target: Span) -> Option<Span> {
    let start = if target.of(text).starts_with('#') { target.start } else { target.end };
    let anchor = text[start..].strip_prefix('#')?;
    let length = anchor.find([')', '>', ' ', '"']).unwrap_or(anchor.len());
    Some(Span::new(start + 1, start + 1 + length))
}

/// The replacement of a text in YAML, quoted as it was, or as it has to be.
fn in_yaml(text: &str, span: Span, new: &str) -> Edit {
    let new = match text[..span.start].chars().next_back() {
        Some('"') => new.replace('"', "\\\""),
        Some('\'') => new.replace('\'', "''"),
        _ if needs_quotes(new) => format!("\"{}\"", new.replace('"', "\\\"")),
        _ => new.to_owned(),
    };
    Edit::replace(span, new)
}

/// Whether YAML would not take a plain text for itself.
fn needs_quotes(new: &str) -> bool {
    let plain_start = new.starts_with(|c: char| c.is_alphabetic());
    let word = normal_name(new);
    !plain_start
        || new.contains([':', '{', '}', ',', '"', '\''])
        || ["true", "false", "yes", "no", "null", "on", "off"].contains(&word.as_str())
}

#[cfg(test)]
mod tests;
