//! New text in a story's own style: whole parts where they belong, and prompts in parts that are empty.

use std::cmp::Reverse;

use starling_grammar::{Part, PartKind, Span, Story, TitleSource};

use super::layout::{self, Class};
use super::{Context, label, table, wording};
use crate::finding::Edit;

/// The edits that insert `kind` with its prompt where it belongs, written as the parts beside it are; `None` where
/// the layout has no place for it, as in a table with a column for each part.
pub(crate) fn part(context: &Context, story: &Story, kind: PartKind) -> Option<Vec<Edit>> {
    let place = place_of(context, story, kind)?;
    let (Place::After(index) | Place::Before(index)) = place;
    let neighbour = &story.parts[index];
    let model = Model::of(context, story, neighbour);
    let new = New { context, story, kind, model };
    match Class::of(neighbour) {
        Class::Column => None,
        // `- **Task**` with an empty item below is an underlined heading in an item, and only the first is a label.
        Class::Setext(_) if layout::opens_item(layout::prefix_of(context.text(), neighbour)) => None,
        Class::Parenthesis => Some(new.sentence(neighbour, place)),
        Class::Row => new.row(neighbour, place),
        _ => Some(match place {
            Place::After(_) => new.after(index),
            Place::Before(_) => new.before(index),
        }),
    }
}

/// A new part as lines of their own, in the style of `neighbour`: the text, and where its prompt stands in it. Where the
/// parts are numbered it gets `number`. `None` where parts are rows, columns or sentences.
pub(crate) fn lines(
    context: &Context,
    story: &Story,
    kind: PartKind,
    neighbour: &Part,
    number: usize,
) -> Option<(String, Span)> {
    if matches!(Class::of(neighbour), Class::Row | Class::Column | Class::Parenthesis) {
        return None;
    }
    let text = context.text();
    let model = Model::of(context, story, neighbour);
    let joint = model.joint(text);
    let new = New { context, story, kind, model };
    let (mut label, mut opening) = (new.label(), layout::prefix_of(text, neighbour).to_owned());
    renumber_new(text, new.model.part, &mut label, &mut opening, number);
    let written = format!("{opening}{label}{joint}");
    let prompt = Span::new(written.len(), written.len() + new.prompt().len());
    Some((written + new.prompt(), prompt))
}

/// The edit that puts the prompt of an empty part after its label.
pub(super) fn prompt(context: &Context, story: &Story, part: &Part) -> Option<Edit> {
    let text = context.text();
    let prompt = wording::prompt(context.vocabulary, *part.kinds.first()?);
    match Class::of(part) {
        Class::Row => return table::fill_cell_after(text, part.label.whole, prompt),
        Class::Column => return Some(table::fill_cell(text, part.body, prompt)),
        Class::Parenthesis => return Some(Edit::insert(part.label.whole.start, format!("{prompt} "))),
        _ => {}
    }
    let joint = Model::of(context, story, part).joint(text);
    let label_end = layout::label_end(text, part);
    // A lone dash after the label is a terminator, too.
    let dashes = part.body.of(text).trim_end_matches(['-', '–', '—', ':']).is_empty();
    let at =
        if dashes && !part.body.of(text).contains('\n') { label_end.max(part.body.end) } else { label_end };
    let stop = layout::line_stop(text, at);
    let spaces = if text[at..stop].trim().is_empty() { stop - at } else { 0 };
    let tail =
        if layout::has_empty_line(&joint) { blank_after(text, at + spaces, part) } else { String::new() };
    Some(Edit::replace(Span::new(at, at + spaces), format!("{joint}{prompt}{tail}")))
}

/// After the nearest of the parts that come before `kind`, or before the first of the others.
fn place_of(context: &Context, story: &Story, kind: PartKind) -> Option<Place> {
    let before = |part: &Part| part.kinds.iter().copied().filter(|other| *other < kind).max();
    let nearest = (0..story.parts.len())
        .filter(|&index| before(&story.parts[index]).is_some())
        .max_by_key(|&index| (before(&story.parts[index]), Reverse(index)));
    match nearest {
        // A Situation after an Action or Result would begin another version of the story.
        Some(index) if matches!(kind, PartKind::Action | PartKind::Result) => {
            let last = story.parts.iter().rposition(|part| part.fills(PartKind::Situation));
            Some(Place::After(last.map_or(index, |last| last.max(index))))
        }
        Some(index) => Some(Place::After(index)),
        None if !begins_by_itself(context, story) => None,
        None => {
            let later = |part: &Part| part.kinds.iter().any(|other| *other > kind);
            Some(Place::Before(story.parts.iter().position(later)?))
        }
    }
}

/// Whether a story has a title of its own or is the first. Before any other, a new part would go to the story before.
fn begins_by_itself(context: &Context, story: &Story) -> bool {
    let stories = &context.document.stories;
    let index = stories.iter().position(|other| other.span == story.span).unwrap_or(0);
    let titled = matches!(story.title.source, TitleSource::Heading(_) | TitleSource::Line);
    index == 0 || titled && stories[index - 1].title.span != story.title.span
}

/// Where a part goes: after or before the part of this index.
#[derive(Clone, Copy)]
enum Place {
    After(usize),
    Before(usize),
}

/// The part whose label and layout are imitated.
struct Model<'a> {
    part: &'a Part,
    /// What lies between its label and its text, if that says anything.
    joint: Option<&'a str>,
}

impl<'a> Model<'a> {
    /// The best model for what is written beside `neighbour`: itself, or another part of its layout, as long as it has
    /// text and fills a single kind.
    fn of(context: &'a Context, story: &'a Story, neighbour: &'a Part) -> Self {
        let text = context.text();
        let others = story.parts.iter().filter(|part| layout::alike(text, part, neighbour));
        let mut candidates = std::iter::once(neighbour).chain(others);
        candidates
            .find_map(|part| {
                let joint = layout::joint(text, part)?;
                (part.kinds.len() == 1).then_some(Self { part, joint: Some(joint) })
            })
            .unwrap_or(Self { part: neighbour, joint: None })
    }

    fn joint(&self, text: &str) -> String {
        let label = Span::new(self.part.label.whole.start, layout::label_end(text, self.part)).of(text);
        let terminated = label.trim_end_matches(['*', '_']).ends_with([':', '：', '.', '—', '–', '-'])
            || label.ends_with([':', '：', '—', '–', '-']);
        match self.joint {
            Some(joint) if !joint.is_empty() => joint.to_owned(),
            None if Class::of(self.part).is_heading() || !terminated => {
                layout::empty_line(text, layout::prefix_of(text, self.part))
            }
            _ => " ".to_owned(),
        }
    }
}

/// A part to be inserted.
struct New<'a> {
    context: &'a Context<'a>,
    story: &'a Story,
    kind: PartKind,
    model: Model<'a>,
}

impl New<'_> {
    fn text(&self) -> &str {
        self.context.text()
    }

    fn prompt(&self) -> &str {
        wording::prompt(self.context.vocabulary, self.kind)
    }

    fn label(&self) -> String {
        label::like(self.text(), self.model.part, self.kind, self.story, self.context.vocabulary)
    }

    fn after(&self, index: usize) -> Vec<Edit> {
        let (text, parts) = (self.text(), &self.story.parts);
        let part = &parts[index];
        let (mut label, mut gap) = (self.label(), self.gap_after(index));
        let mut edits = Vec::new();
        if let Some(ordinal) = layout::ordinal(text, part) {
            let next = parts.get(index + 1).and_then(|next| layout::ordinal(text, next));
            let repeated = next.or_else(|| layout::ordinal(text, parts.get(index.checked_sub(1)?)?));
            let step = usize::from(repeated.is_none_or(|other| other.value != ordinal.value));
            renumber_new(text, self.model.part, &mut label, &mut gap, ordinal.value + step);
            if step == 1 {
                edits = renumber(text, &parts[index + 1..], ordinal.value + 1);
            }
        }
        let joint = self.model.joint(text);
        let at = layout::end(part);
        let tail = if self.needs_empty_line(&joint) { blank_after(text, at, part) } else { String::new() };
        edits.insert(0, Edit::insert(at, format!("{gap}{label}{joint}{}{tail}", self.prompt())));
        edits
    }

    fn before(&self, index: usize) -> Vec<Edit> {
        let (text, parts) = (self.text(), &self.story.parts);
        let part = &parts[index];
        let (mut label, joint) = (self.label(), self.model.joint(text));
        let mut gap = self.gap_before(index, &joint);
        let mut edits = Vec::new();
        if let Some(ordinal) = label::ordinal(text, part) {
            let value = ordinal.value.saturating_sub(1).max(1);
            renumber_new(text, self.model.part, &mut label, &mut gap, value);
            if ordinal.value == 1 {
                edits = renumber(text, &parts[index..], 1);
            }
        } else if let Some(ordinal) = layout::ordinal(text, part) {
            let next = parts.get(index + 1).and_then(|next| layout::ordinal(text, next));
            if next.is_none_or(|next| next.value != ordinal.value) {
                layout::set_marker(&mut gap, ordinal.value + 1);
                edits = renumber(text, &parts[index + 1..], ordinal.value + 1);
            }
        }
        edits
            .insert(0, Edit::insert(part.label.whole.start, format!("{label}{joint}{}{gap}", self.prompt())));
        edits
    }

    /// What parts the new part from the one before it: what parts that from its other neighbours.
    fn gap_after(&self, index: usize) -> String {
        let (text, parts) = (self.text(), &self.story.parts);
        let part = &parts[index];
        let following = parts.get(index + 1).filter(|next| layout::alike(text, part, next));
        if let Some(gap) = following.and_then(|next| layout::gap(text, part, next)) {
            return gap.to_owned();
        }
        let preceding = index
            .checked_sub(1)
            .map(|before| &parts[before])
            .filter(|before| layout::alike(text, part, before));
        let runs_on = part.body.of(text).contains(['\n', '\r']) && !matches!(Class::of(part), Class::Item);
        match preceding.and_then(|before| layout::gap(text, before, part)) {
            Some(gap) if !runs_on || layout::has_empty_line(gap) => gap.to_owned(),
            _ => layout::usual_gap(text, part),
        }
    }

    /// What parts the new part from the one after it.
    fn gap_before(&self, index: usize, joint: &str) -> String {
        let (text, parts) = (self.text(), &self.story.parts);
        let part = &parts[index];
        let following = parts.get(index + 1).filter(|next| layout::alike(text, part, next));
        match following.and_then(|next| layout::gap(text, part, next)) {
            Some(gap) if layout::has_empty_line(gap) || !self.needs_empty_line(joint) => gap.to_owned(),
            _ => layout::usual_gap(text, part),
        }
    }

    /// Whether what follows the prompt must not follow on the next line: it would become part of the list, quote or
    /// paragraph that the prompt stands in.
    fn needs_empty_line(&self, joint: &str) -> bool {
        let class = Class::of(self.model.part);
        class != Class::Item
            && (layout::has_empty_line(joint) || layout::ends_in_marker(self.text(), self.model.part, joint))
    }

    fn row(&self, neighbour: &Part, place: Place) -> Option<Vec<Edit>> {
        let label = self.label();
        let edit = match place {
            Place::After(_) => table::row_after(self.text(), neighbour, &label, self.prompt()),
            Place::Before(_) => table::row_before(self.text(), neighbour, &label, self.prompt()),
        };
        edit.map(|edit| vec![edit])
    }

    /// A sentence that a label in parentheses closes.
    fn sentence(&self, neighbour: &Part, place: Place) -> Vec<Edit> {
        let (text, label, prompt) = (self.text(), self.label(), self.prompt());
        if let Place::Before(_) = place {
            return vec![Edit::insert(neighbour.body.start, format!("{prompt} {label}. "))];
        }
        let at = neighbour.label.whole.end;
        let edit = match text[at..].chars().next().filter(|c| matches!(c, '.' | ',' | ';' | '!')) {
            Some(point) => Edit::insert(at + point.len_utf8(), format!(" {prompt} {label}{point}")),
            None => Edit::insert(at, format!(". {prompt} {label}")),
        };
        vec![edit]
    }
}

/// Gives the new part its number, in its label or in the marker of its list item.
fn renumber_new(text: &str, model: &Part, label: &mut String, gap: &mut String, value: usize) {
    if label::ordinal(text, model).is_some() {
        label::set_ordinal(label, value);
    } else {
        layout::set_marker(gap, value);
    }
}

/// Counts the following parts on, as long as they count on from `taken`.
pub(crate) fn renumber(text: &str, parts: &[Part], taken: usize) -> Vec<Edit> {
    let ordinals = parts.iter().map_while(|part| layout::ordinal(text, part));
    let consecutive = ordinals.zip(taken..).take_while(|(ordinal, expected)| ordinal.value == *expected);
    consecutive.map(|(ordinal, value)| Edit::replace(ordinal.span, (value + 1).to_string())).collect()
}

/// An empty line after the prompt, unless one follows or nothing does.
pub(super) fn blank_after(text: &str, at: usize, part: &Part) -> String {
    let rest = &text[layout::line_stop(text, at)..];
    let mut lines = rest.split_inclusive('\n').skip(1);
    let next = lines.next().unwrap_or_default();
    let words = next[layout::quote_marks(next)..].trim();
    if words.is_empty() || words.starts_with('#') {
        return String::new();
    }
    let prefix = layout::continued(layout::prefix_of(text, part));
    format!("{}{}", layout::line_end(text), prefix.trim_end())
}
