//! The rules: one file each, with its documentation, message, fix and tests.
//!
//! Invariants: rules are pure functions of a document and a vocabulary. Nothing in here names LSP types, tokio,
//! standard streams or the file system.

mod dangling_reference;
mod duplicate_part;
mod duplicate_story;
mod duplicate_title;
mod empty_part;
pub(crate) mod insertion;
mod invalid_config;
mod invalid_front_matter;
mod label;
pub(crate) mod layout;
mod missing_baseline;
mod missing_part;
mod missing_reflection;
mod misspelled_part;
mod no_technical_detail;
mod part_order;
mod placeholder_text;
mod prose;
mod question_count;
mod question_gap;
mod story_length;
mod suppression;
mod table;
pub(crate) mod tag_line;
mod team_voice;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod thin_action;
mod unclear_task;
mod unknown;
mod unknown_principle;
mod unknown_question;
mod unknown_theme;
mod unmapped_story;
pub(crate) mod unquantified_result;
mod unused_suppression;
mod vague_quantity;
pub(crate) mod wording;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use starling_grammar::{Document, Origin, Span, Story, Vocabulary};

use crate::bank::Bank;
use crate::finding::{Edit, Finding, Severity};
use crate::fix::apply;

pub use invalid_config::RULE as INVALID_CONFIG;
pub(crate) use suppression::{covers, silence};
pub use unused_suppression::RULE as UNUSED_SUPPRESSION;

/// A rule as data.
pub struct Rule {
    /// The code: kebab-case, stable.
    pub name: &'static str,
    /// The severity unless configured.
    pub severity: Severity,
    /// Its page in Markdown: what it says, why, and a failing and a passing example.
    pub documentation: &'static str,
}

impl fmt::Debug for Rule {
    /// The name alone: a page of documentation for each finding is hard to read.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &dangling_reference::RULE,
    &duplicate_part::RULE,
    &duplicate_story::RULE,
    &duplicate_title::RULE,
    &empty_part::RULE,
    &invalid_config::RULE,
    &invalid_front_matter::RULE,
    &missing_baseline::RULE,
    &missing_part::RULE,
    &missing_reflection::RULE,
    &misspelled_part::RULE,
    &no_technical_detail::RULE,
    &part_order::RULE,
    &placeholder_text::RULE,
    &question_count::RULE,
    &question_gap::RULE,
    &story_length::RULE,
    &team_voice::RULE,
    &thin_action::RULE,
    &unclear_task::RULE,
    &unknown_principle::RULE,
    &unknown_question::RULE,
    &unknown_theme::RULE,
    &unmapped_story::RULE,
    &unquantified_result::RULE,
    &unused_suppression::RULE,
    &vague_quantity::RULE,
];

/// The rules that judge a document by itself. The others are about its suppressions, the configuration or the bank.
pub(crate) static CHECKS: &[(&Rule, Check)] = &[
    (&duplicate_part::RULE, Check::Story(duplicate_part::check)),
    (&empty_part::RULE, Check::Story(empty_part::check)),
    (&invalid_front_matter::RULE, Check::Document(invalid_front_matter::check)),
    (&missing_baseline::RULE, Check::Story(missing_baseline::check)),
    (&missing_part::RULE, Check::Story(missing_part::check)),
    (&missing_reflection::RULE, Check::Document(missing_reflection::check)),
    (&misspelled_part::RULE, Check::Story(misspelled_part::check)),
    (&no_technical_detail::RULE, Check::Story(no_technical_detail::check)),
    (&part_order::RULE, Check::Story(part_order::check)),
    (&placeholder_text::RULE, Check::Story(placeholder_text::check)),
    (&question_count::RULE, Check::StoryAmongOthers(question_count::check)),
    (&question_gap::RULE, Check::Story(question_gap::check)),
    (&story_length::RULE, Check::Story(story_length::check)),
    (&team_voice::RULE, Check::Story(team_voice::check)),
    (&thin_action::RULE, Check::Story(thin_action::check)),
    (&unclear_task::RULE, Check::Story(unclear_task::check)),
    (&unknown_principle::RULE, Check::Document(unknown_principle::check)),
    (&unknown_question::RULE, Check::Document(unknown_question::check)),
    (&unknown_theme::RULE, Check::Document(unknown_theme::check)),
    (&unmapped_story::RULE, Check::Document(unmapped_story::check)),
    (&unquantified_result::RULE, Check::Story(unquantified_result::check)),
    (&vague_quantity::RULE, Check::Story(vague_quantity::check)),
];

/// How a rule judges a bank: what it finds, each in its file.
pub(crate) type BankCheck = fn(&Bank) -> Vec<(Arc<Path>, Finding)>;

/// The rules that judge a bank as a whole.
pub(crate) static BANK_CHECKS: &[(&Rule, BankCheck)] = &[
    (&dangling_reference::RULE, dangling_reference::check),
    (&duplicate_story::RULE, duplicate_story::check),
    (&duplicate_title::RULE, duplicate_title::check),
];

/// How a rule judges.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// Each story that is no template, by itself: such a rule reads nothing but the story, the vocabulary, and the text
    /// from the story before it to the story after it. What it says is kept while these stay the same.
    Story(fn(&Context, &Story) -> Vec<Finding>),
    /// Each story that is no template, with an eye on the others of the document.
    StoryAmongOthers(fn(&Context, &Story) -> Vec<Finding>),
    /// The document as a whole.
    Document(fn(&Context) -> Vec<Finding>),
}

/// What every rule may read.
pub(crate) struct Context<'a> {
    /// What was read.
    pub(crate) document: &'a Document,
    /// The vocabulary that it was read with.
    pub(crate) vocabulary: &'a Vocabulary,
}

impl Context<'_> {
    /// The text of the document.
    pub(crate) fn text(&self) -> &str {
        self.document.text()
    }

    /// A story and the one after it: what an edit of the story may change.
    pub(crate) fn from(&self, story: &Story) -> &[Story] {
        let stories = &self.document.stories;
        let at = self.index_of(story);
        &stories[at..stories.len().min(at + 2)]
    }

    /// What [`Context::from`] is after some edits of the story: what stands between parts may read otherwise when it
    /// gets other neighbours. The text from this story to the end of the next is read by itself, so that a file of
    /// many such stories does not cost its size for each.
    pub(crate) fn after(&self, story: &Story, edits: &[Edit]) -> Vec<Story> {
        let text = self.text();
        let before = self.index_of(story).checked_sub(1).map_or(0, |at| self.document.stories[at].span.end);
        let above = text.get(before..story.span.start).unwrap_or_default();
        // A table has its head above its rows.
        let block = above.split_inclusive('\n').rev().take_while(|line| !line.trim().is_empty());
        let start = story.span.start - block.map(str::len).sum::<usize>();
        let end = self.from(story).last().map_or(story.span.end, |last| last.span.end);
        // A label that none of them took may be below both.
        let start = edits.iter().map(|edit| edit.span.start).fold(start, usize::min);
        let end = edits.iter().map(|edit| edit.span.end).fold(end, usize::max);
        let moved = |edit: &Edit| {
            let span = Span::new(edit.span.start - start, edit.span.end - start);
            Edit { span, text: edit.text.clone() }
        };
        let edits: Vec<Edit> = edits.iter().map(moved).collect();
        let origin = Origin { declared: true, ..Origin::default() };
        Document::read(apply(&text[start..end], &edits).into(), &origin, self.vocabulary).stories
    }

    fn index_of(&self, story: &Story) -> usize {
        // Their labels are in the order of the text, and their titles need not be: several may stand under one far above.
        let start = |story: &Story| story.parts.first().map_or(0, |part| part.label.whole.start);
        self.document.stories.partition_point(|other| start(other) < start(story))
    }

    /// The stories that have been told: templates get no findings.
    pub(crate) fn told(&self) -> impl Iterator<Item = &Story> {
        self.document.stories.iter().filter(|story| !story.template)
    }
}
