//! What an editor shows and offers of one file, one feature in each file.
//!
//! Invariants: pure functions of a [`View`]; places are byte spans of the document, and what is returned is plain data.
//! Nothing in here names LSP types, tokio, standard streams or the file system, and nothing parses the document again,
//! save [`fix_all`], *Add all missing parts* and [`refactorings`], which have to see what their edits make of it.

mod actions;
mod answer;
mod completion;
mod folds;
mod highlights;
mod hints;
mod hover;
mod lenses;
mod links;
mod naming;
mod place;
mod refactor;
mod rename;
mod selections;
mod symbols;
mod telling;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tokens;

use starling_grammar::{Document, Span, Vocabulary};

use crate::check::Checked;
use crate::config::Config;
use crate::rules::Context;

pub use actions::{Action, ActionKind, Change, actions, fix_all, switch_off};
pub use completion::{Completion, CompletionKind, completions, documentation};
pub use folds::{Fold, FoldKind, folds};
pub use highlights::highlights;
pub use hints::{Hint, hints};
pub use hover::{Hover, hover};
pub use lenses::{Lens, lenses};
pub use links::{Link, links};
pub use naming::{InBank, Named, files, named_at, title, uses};
pub use refactor::{NewFile, merged, refactorings};
pub use rename::{Renamable, Renaming, renamable, renamable_definition};
pub use selections::selections;
pub use symbols::{Symbol, SymbolKind, symbols};
pub use tokens::{Token, TokenKind, tokens};

/// What every feature reads: a document that has been checked, and the configuration that it was checked with.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The document with its findings.
    pub checked: &'a Checked,
    /// The configuration, with the vocabulary.
    pub config: &'a Config,
    /// The file in its bank, where it is in one.
    pub bank: Option<InBank<'a>>,
}

impl<'a> View<'a> {
    fn document(&self) -> &'a Document {
        &self.checked.document
    }

    fn text(&self) -> &'a str {
        self.checked.document.text()
    }

    fn vocabulary(&self) -> &'a Vocabulary {
        &self.config.vocabulary
    }

    /// Where a story begins; `None` when there is no such story.
    #[must_use]
    pub fn start_of_story(&self, index: usize) -> Option<Span> {
        self.document().stories.get(index).map(|story| Span::at(story.span.start))
    }

    /// Whether a place is in the title of a story.
    #[must_use]
    pub fn is_at_title(&self, offset: usize) -> bool {
        self.document().stories.iter().any(|story| place::touches(story.title.span, offset))
    }

    fn context(&self) -> Context<'a> {
        Context { document: self.document(), vocabulary: self.vocabulary() }
    }

    /// The offset as one that lies in the text and between characters.
    fn offset(&self, offset: usize) -> usize {
        self.text().floor_char_boundary(offset.min(self.text().len()))
    }
}
