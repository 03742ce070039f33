//! What an earlier version of a text was made of, and what of that still holds.
//!
//! Groups before and after what has changed keep their places in the lists, with all that was made of them. The material
//! of the others, which were grouped anew, is looked for among what is left.

use std::sync::Arc;

use crate::markdown::{Markdown, Unchanged};
use crate::vocabulary::Vocabulary;
use crate::{Document, Span, Story, Tag};

use super::build::Stories;
use super::group::{Piece, Rest};
use super::material::Material;
use super::moved::Move;
use super::reading::{Reading, Role};
use super::regroup::{Regrouped, regroup};
use super::tag;
use super::title::{self, Name, Placed, Titles};

/// What the stories of a text were made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Making {
    /// Of the stories, and of what is none, in the order of the text.
    pub(super) made: Vec<Made>,
    /// The rests among these.
    pub(super) rests: Vec<Rest>,
}

/// Material with the story that was made of it, if one was.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) material: Material,
    /// What each of its parts says by itself.
    pub(super) readings: Vec<Arc<Reading>>,
    /// Index among the stories of the document.
    pub(super) story: Option<usize>,
}

/// A story that an earlier version had, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its index among the earlier stories.
    pub index: usize,
    /// Whether it stands before what has changed; else after it.
    pub before: bool,
    moved: Move,
}

impl Kept {
    /// Moves a span of the earlier text to where it is now.
    pub fn apply(&self, span: &mut Span) {
        self.moved.apply(span);
    }
}

/// Finds stories of an earlier version again.
pub(super) struct Earlier {
    text: Arc<str>,
    making: Making,
    /// Stories that have not been found yet.
    stories: Vec<Option<Story>>,
    /// The index of the first of them.
    first: usize,
    /// How many stories there were at all.
    count: usize,
    /// Whether the file said that it holds stories.
    declared: bool,
    /// The tags of its front matter.
    shared: Vec<Tag>,
    unchanged: Unchanged,
}

impl Earlier {
    /// Compares with an earlier version, if the text was read as one that follows it.
    pub(super) fn new(mut document: Document, markdown: &Markdown, vocabulary: &Vocabulary) -> Option<Self> {
        let front_matter = document.front_matter.as_ref();
        let shared = front_matter.map(|front_matter| tag::of_front_matter(front_matter, vocabulary));
        Some(Self {
            text: document.text().clone(),
            making: document.making(),
            first: 0,
            count: document.stories.len(),
            stories: document.stories.into_iter().map(Some).collect(),
            declared: document.declared,
            shared: shared.unwrap_or_default(),
            unchanged: markdown.unchanged()?,
        })
    }

    /// Whether the front matter gave these tags to the stories that are found again, and would give them so to as many
    /// stories as there are now.
    pub(super) fn gave(&self, shared: &[Tag], stories: usize) -> bool {
        self.shared == shared && (shared.is_empty() || (stories == 1) == (self.count == 1))
    }

    /// Groups the later text as far as it is new, and names these groups; `None` where one of the others is not called
    /// what it was, since titles depend on each other.
    pub(super) fn regroup(
        &self,
        titles: &Titles,
        declared: bool,
        vocabulary: &Vocabulary,
    ) -> Option<(Regrouped, Vec<Name>)> {
        let Making { made, rests } = &self.making;
        if declared != self.declared {
            return None;
        }
        let mut new = regroup(titles.markdown, declared, rests, &self.text, self.unchanged);
        new.groups.iter_mut().for_each(|group| titles.drop_generic_caption(group, vocabulary));
        let before = &made[..new.groups_before(rests)];
        let after = &made[new.groups_after(rests, made.len())..];
        let moved = Move::after(self.unchanged);
        let groups = before.iter().map(|made| Placed { group: &made.material.group, moved: Move::NONE });
        let groups = groups.chain(new.groups.iter().map(|group| Placed { group, moved: Move::NONE }));
        let groups = groups.chain(after.iter().map(|made| Placed { group: &made.material.group, moved }));
        let mut names = title::names(&groups.collect::<Vec<_>>());
        let names_after = names.split_off(before.len() + new.groups.len());
        let names_new = names.split_off(before.len());
        let mut kept = before.iter().zip(names).chain(after.iter().zip(names_after));
        let same = kept.all(|(made, name)| {
            let Material { name: former, title, .. } = &made.material;
            *former == name && (name != Name::File || titles.is_of_file(title))
        });
        same.then_some((new, names_new))
    }

    /// Hands over what stands before the groups that are new, and takes away what stands after them.
    pub(super) fn split(&mut self, new: &Regrouped, all: &mut Stories) -> Tail {
        let Making { made, rests } = &mut self.making;
        let groups = new.groups_after(rests, made.len());
        let rests_after = rests.split_off(new.after.unwrap_or(rests.len()));
        let making = Making { made: made.split_off(groups), rests: rests_after };
        let first = stories_in(made);
        let moved = Move::after(self.unchanged);
        let tail = Tail { making, groups, stories: self.stories.split_off(first), first, moved };

        rests.truncate(new.before.map_or(0, |last| last + 1));
        let left = made.split_off(new.groups_before(rests));
        self.first = stories_in(made);
        let left_stories = self.stories.split_off(self.first);
        all.stories = std::mem::replace(&mut self.stories, left_stories).into_iter().flatten().collect();
        let kept = |index| Some(Kept { index, before: true, moved: Move::NONE });
        all.kept = (0..all.stories.len()).map(kept).collect();
        all.making = std::mem::replace(&mut self.making, Making { made: left, rests: Vec::new() });
        tail
    }

    /// What was made of the same material.
    pub(super) fn find(&mut self, material: &Material) -> Option<Found> {
        let reach = material.reach();
        let before = reach.end <= self.unchanged.before;
        if !before && reach.start < self.unchanged.after {
            return None;
        }
        let by = if before { 0 } else { self.unchanged.by };
        let was_at = material.start().checked_add_signed(-by)?;
        let found = self.making.made.binary_search_by_key(&was_at, |made| made.material.start()).ok()?;
        let made = &self.making.made[found];
        if !made.material.is_moved(material, by) {
            return None;
        }
        let moved = if before { Move::NONE } else { Move::after(self.unchanged) };
        let story = match made.story {
            Some(index) => {
                let mut story = self.stories[index - self.first].take()?;
                story.move_with(moved);
                Some((story, Kept { index, before, moved }))
            }
            None => None,
        };
        Some(Found { story, readings: made.readings.clone() })
    }

    /// What was read in a body with this text in a story where something has changed.
    pub(super) fn reading(&self, text: &str, prose: &str, role: Role) -> Option<Arc<Reading>> {
        let Unchanged { before, after, by } = self.unchanged;
        let changed = Span::new(before, after.saturating_add_signed(-by).max(before));
        let first = self.making.made.partition_point(|made| made.material.group.end < changed.start);
        let near =
            self.making.made[first..].iter().take_while(|made| made.material.reach().start <= changed.end);
        let mut bodies = near.flat_map(|made| made.material.group.pieces.iter().zip(&made.readings));
        let same = |(piece, reading): &(&Piece, &Arc<Reading>)| {
            piece.body.of(&self.text) == text && reading.is_of(prose, role)
        };
        bodies.find(same).map(|(_, reading)| reading.clone())
    }
}

/// What an earlier version made of some material.
pub(super) struct Found {
    /// The story, moved with the material; `None` if it was none.
    pub(super) story: Option<(Story, Kept)>,
    /// What each of its parts says by itself.
    pub(super) readings: Vec<Arc<Reading>>,
}

/// What stands, moved, after all that is new.
pub(super) struct Tail {
    making: Making,
    /// How many groups stood before these.
    groups: usize,
    stories: Vec<Option<Story>>,
    /// How many stories stood before these.
    first: usize,
    moved: Move,
}

impl Tail {
    /// Puts it behind what stands before it now.
    pub(super) fn append_to(self, all: &mut Stories) {
        let Self { making: Making { mut made, mut rests }, groups, stories, first, moved } = self;
        let (groups_before, before) = (all.making.made.len(), all.stories.len());
        for rest in &mut rests {
            rest.move_with(moved);
            rest.groups = rest.groups - groups + groups_before;
        }
        for made in &mut made {
            made.material.move_with(moved);
            made.story = made.story.map(|index| index - first + before);
        }
        for (index, mut story) in (first..).zip(stories.into_iter().flatten()) {
            story.move_with(moved);
            all.stories.push(story);
            all.kept.push(Some(Kept { index, before: false, moved }));
        }
        all.making.rests.append(&mut rests);
        all.making.made.append(&mut made);
    }
}

/// How many stories were made until the last of these.
fn stories_in(made: &[Made]) -> usize {
    made.iter().rev().find_map(|made| made.story).map_or(0, |last| last + 1)
}
