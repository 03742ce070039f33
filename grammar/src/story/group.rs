//! Groups: which labels belong together, and where each part ends.

use std::sync::Arc;

use crate::vocabulary::TagLabel;
use crate::{LabelStyle, PartKind, Span, Spelling};

use super::label::PartHead;
use super::moved::Move;
use super::placement::{Placement, ends_part, place};
use super::qualify::qualifies;
use super::sign::{HeadingWords, Sign, SignKind};

/// Labels that belong together: a story, if they qualify.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The labels with their bodies, in the order of the text.
    pub(super) pieces: Vec<Piece>,
    /// Lines of tags: those before the first label and after the title, and those among and after the parts.
    pub(super) tags: Vec<TagLine>,
    /// Where its last part ends.
    pub(super) end: usize,
    /// The headings above it, nearest first.
    pub(super) headings: Vec<Heading>,
    /// The list item, summary or table cell that it stands in.
    pub(super) holder: Option<Span>,
    /// The question or bold line just before it.
    pub(super) caption: Option<Span>,
}

/// A label with its body.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) head: PartHead,
    pub(super) style: LabelStyle,
    pub(super) whole: Span,
    pub(super) body: Span,
}

/// A line of tags that belongs to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TagLine {
    pub(super) label: TagLabel,
    pub(super) values: Vec<Span>,
    /// The heading that it stands under, by where that begins.
    pub(super) under: Option<usize>,
}

/// A heading that is no label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) whole: Span,
    pub(super) text: Span,
    pub(super) words: Arc<HeadingWords>,
}

/// Lines of tags that are kept for the groups under one heading; nobody writes more.
const MOST_PENDING: usize = 32;

/// A heading at which no group is open, and behind which nothing is left of what stands before it but this: what follows
/// is grouped in the same way wherever the same rest comes again.
#[derive(Clone, Debug)]
pub(super) struct Rest {
    /// Where the heading begins, in bytes.
    pub(super) at: usize,
    /// How many groups stand before it.
    pub(super) groups: usize,
    /// The headings around what follows, this one last.
    pub(super) headings: Vec<Heading>,
    /// Lines of tags for the groups under these headings.
    pub(super) pending: Vec<TagLine>,
}

/// Groups the signs of a text, one after the other.
#[derive(Default)]
pub(super) struct Grouping<'a> {
    text: &'a str,
    /// Whether the file says that it holds stories.
    declared: bool,
    /// Those up to the last rest may be stories, those after it are still to be asked.
    groups: Vec<Group>,
    /// How many of these may be stories.
    settled: usize,
    /// How many groups stand before all of these.
    before: usize,
    rests: Vec<Rest>,
    open: Option<Open>,
    headings: Vec<Heading>,
    /// List items around or before the place, by their own span, with the text they open with.
    items: Vec<(Span, Span)>,
    summary: Option<Span>,
    /// Where `<details>` stands in which there was no label, heading or list of tags so far, with the summary that held
    /// before. A part may hold such things: code or a log.
    details: Option<(usize, Option<Span>)>,
    caption: Option<Span>,
    /// Lines of tags since the last heading that no group has.
    pending: Vec<TagLine>,
    /// Rows of the last table that were groups, with nothing after them but lines of tags.
    rows: usize,
}

/// A group that is being read.
pub(super) struct Open {
    pub(super) group: Group,
    /// The level of the heading that it stands under: a heading of this level or above ends it.
    pub(super) level: u8,
    /// List items around its labels.
    pub(super) depth: usize,
    scope: Option<Span>,
    /// Where the last part ended, if it has.
    part_end: Option<usize>,
    /// Where a foreign label stands right under an empty part: its end, unless more parts follow.
    doubtful_end: Option<usize>,
    /// Where a thematic break stands after the last part.
    pub(super) broken: Option<usize>,
    /// The kinds that its labels fill.
    pub(super) filled: Vec<PartKind>,
    /// Whether one of its labels is loose.
    loose: bool,
    /// The highest level of its labels that are headings.
    pub(super) heading: Option<u8>,
}

impl Open {
    /// Takes note of a label that joins the group.
    fn admit(&mut self, head: &PartHead, style: LabelStyle) {
        if head.says.spelling == Spelling::Loose {
            self.loose = true;
        } else if self.loose {
            // A loose word before the real label of the same part was none.
            self.group.pieces.retain(|piece| {
                piece.head.says.spelling != Spelling::Loose
                    || !piece.head.says.kinds.iter().all(|kind| head.says.kinds.contains(kind))
            });
            self.loose = self.group.pieces.iter().any(|piece| piece.head.says.spelling == Spelling::Loose);
        }
        for kind in &head.says.kinds {
            if !self.filled.contains(kind) {
                self.filled.push(*kind);
            }
        }
        if let LabelStyle::Heading(level) | LabelStyle::Setext(level) = style {
            self.heading = Some(self.heading.map_or(level, |highest| highest.min(level)));
        }
    }
}

impl<'a> Grouping<'a> {
    /// Begins with a text, or goes on at a rest of it, whose heading has been read.
    pub(super) fn new(text: &'a str, declared: bool, rest: Option<&Rest>) -> Self {
        let new = Self { text, declared, ..Self::default() };
        match rest {
            Some(Rest { at: _, groups, headings, pending }) => {
                Self { before: *groups, headings: headings.clone(), pending: pending.clone(), ..new }
            }
            None => new,
        }
    }

    /// The groups that may be stories, with the rests among them.
    pub(super) fn finish(mut self) -> (Vec<Group>, Vec<Rest>) {
        self.close(self.text.len());
        self.settle();
        (self.groups, self.rests)
    }

    /// The same where the heading that was read last is a rest, which is left out.
    pub(super) fn finish_at_rest(mut self) -> (Vec<Group>, Vec<Rest>) {
        let last = self.headings.last().map(|heading| heading.whole.start);
        self.rests.pop_if(|rest| Some(rest.at) == last);
        self.settle();
        (self.groups, self.rests)
    }

    /// Whether the heading that was read last is a rest.
    pub(super) fn is_at_rest(&self) -> bool {
        self.open.is_none() && self.details.is_none() && self.summary.is_none()
    }

    /// Whether of what was read so far the same is left, with the same words, as of an earlier text at a rest of it.
    pub(super) fn leaves(&self, rest: &Rest, earlier: &str, moved: Move) -> bool {
        let mut now = rest.clone();
        now.move_with(moved);
        let spans = |headings: &[Heading], pending: &[TagLine]| -> Vec<Span> {
            let values = pending.iter().flat_map(|line| line.values.iter().copied());
            headings.iter().map(|heading| heading.whole).chain(values).collect()
        };
        let (here, there) = (spans(&self.headings, &self.pending), spans(&rest.headings, &rest.pending));
        let mut words = here.iter().zip(&there);
        self.headings == now.headings
            && self.pending == now.pending
            && words.all(|(here, there)| here.of(self.text) == there.of(earlier))
    }

    /// Drops what is no story of the groups since the last rest.
    fn settle(&mut self) {
        let new = self.groups.split_off(self.settled);
        let declared = self.declared;
        self.groups
            .extend(new.into_iter().filter_map(|mut group| qualifies(&mut group, declared).then_some(group)));
        self.settled = self.groups.len();
    }

    /// Takes note of the heading that was read last, if it is a rest with groups since the one before.
    fn rest(&mut self, at: usize) {
        if !self.is_at_rest() || self.groups.len() == self.settled && self.before + self.settled > 0 {
            return;
        }
        let former = self.settled;
        self.settle();
        if self.settled > former || self.rests.is_empty() {
            self.rests.push(Rest {
                at,
                groups: self.before + self.settled,
                headings: self.headings.clone(),
                pending: self.pending.clone(),
            });
        }
    }

    pub(super) fn step(&mut self, sign: Sign) {
        let at = sign.span.start;
        let top = sign.depth == 0;
        if let Some(scope) = self.open.as_ref().and_then(|open| open.scope)
            && at >= scope.end
        {
            self.close(scope.end);
        }
        if matches!(
            sign.kind,
            SignKind::Part { .. } | SignKind::Row { .. } | SignKind::Heading { .. } | SignKind::Tags { .. }
        ) && let Some((details, _)) = self.details.take()
        {
            self.close(details);
        }
        if !matches!(sign.kind, SignKind::Row { .. } | SignKind::Tags { .. }) {
            self.rows = 0;
        }
        match sign.kind {
            SignKind::Heading { level, text, words } => {
                self.heading(Heading { level, whole: sign.span, text, words });
                if top {
                    self.rest(at);
                }
            }
            SignKind::Part { .. } => self.part(sign),
            SignKind::Tags { label, values, .. } => self.tags(at, label, values),
            SignKind::Other { style, caption } => {
                self.caption = caption;
                if self.open.as_ref().is_some_and(|open| sign.depth <= open.depth && ends_part(style, open)) {
                    self.end_part(at);
                }
            }
            SignKind::Caption { text } => self.caption = Some(text),
            SignKind::Break => {
                self.end_part(at);
                if let Some(open) = &mut self.open {
                    open.broken.get_or_insert(at);
                }
            }
            SignKind::Item { ordered, text, own } => {
                self.items.retain(|(around, _)| around.contains_span(own));
                self.items.push((own, text));
                if ordered
                    && self.open.as_ref().is_some_and(|open| sign.depth <= open.depth)
                    && self.asks(text)
                {
                    self.close(at);
                }
            }
            SignKind::Summary { text } => self.summary = Some(text),
            SignKind::Details { opens: true } => {
                self.details = self.details.or(Some((at, self.summary)));
            }
            SignKind::Details { opens: false } => match self.details.take() {
                Some((_, summary)) => self.summary = summary,
                None => {
                    self.close(at);
                    self.summary = None;
                }
            },
            SignKind::Row { cells, parts } => self.row(sign.span, &cells, parts),
        }
    }

    fn asks(&self, text: Span) -> bool {
        text.of(self.text).trim_end_matches(['*', '_', '"', '”', ' ']).ends_with(['?', '？'])
    }

    fn heading(&mut self, heading: Heading) {
        let Heading { level, whole, .. } = heading;
        if let Some(open) = &self.open {
            if level <= open.level {
                self.close(whole.start);
            } else if open.heading == Some(level) {
                self.end_part(whole.start);
            }
        }
        self.caption = None;
        while self.headings.last().is_some_and(|last| last.level >= level) {
            self.headings.pop();
        }
        self.headings.push(heading);
        let above: Vec<usize> = self.headings.iter().map(|heading| heading.whole.start).collect();
        self.pending.retain(|line| line.under.is_none_or(|under| above.contains(&under)));
    }

    fn tags(&mut self, at: usize, label: TagLabel, values: Vec<Span>) {
        let line = TagLine { label, values, under: self.headings.last().map(|heading| heading.whole.start) };
        self.end_part(at);
        match &mut self.open {
            Some(open) if open.broken.is_none() => open.group.tags.push(line),
            // Under the table of one story.
            None if self.rows == 1 => {
                if let Some(row) = self.groups.last_mut() {
                    row.tags.push(line);
                }
            }
            _ if self.pending.len() < MOST_PENDING => self.pending.push(line),
            _ => {}
        }
    }

    /// Ends the part that is open, unless it is empty: then it may be a part whose text has labels of its own.
    fn end_part(&mut self, at: usize) {
        let Some(open) = &mut self.open else { return };
        let Some(last) = open.group.pieces.last() else { return };
        let begun = last.body.start.min(at);
        if open.doubtful_end.is_some() || self.text[begun..at].trim().is_empty() && last.body.is_empty() {
            open.doubtful_end.get_or_insert(at);
        } else {
            open.part_end.get_or_insert(at);
        }
    }

    fn part(&mut self, sign: Sign) {
        let SignKind::Part { mut head, style, body } = sign.kind else { return };
        if head.says.ambiguous {
            let task = self.open.as_ref().is_some_and(|open| open.filled.contains(&PartKind::Situation));
            Arc::make_mut(&mut head.says).kinds =
                vec![if task { PartKind::Task } else { PartKind::Situation }];
        }
        let placement = match &self.open {
            Some(open) => place(open, &head, style, sign.depth),
            None => Placement::Starts,
        };
        // A lesson alone begins no story: a row or item `Learning` of a list of themes would take the next one's labels.
        let is_lesson = head.says.kinds == [PartKind::Reflection];
        match placement {
            Placement::Starts if is_lesson => return self.end_part(sign.span.start),
            Placement::Body => return,
            Placement::Ends => return self.end_part(sign.span.start),
            Placement::Joins => self.finish_piece(sign.span.start, true),
            Placement::Starts => {
                let caption = self.caption.filter(|caption| self.last_label() < caption.start);
                self.close(caption.map_or(sign.span.start, |caption| caption.start));
                self.begin(caption, style, sign.depth, sign.item);
            }
        }
        let Some(open) = &mut self.open else { return };
        open.admit(&head, style);
        open.broken = None;
        let body = Span::new(body.0, body.1.unwrap_or(body.0).max(body.0));
        open.part_end =
            (style == LabelStyle::TableRow || style == LabelStyle::Parenthesis).then_some(body.end);
        open.group.pieces.push(Piece { head, style, whole: sign.span, body });
        self.caption = None;
    }

    fn last_label(&self) -> usize {
        let last = self.open.as_ref().and_then(|open| open.group.pieces.last());
        last.map_or(0, |piece| piece.whole.start)
    }

    fn begin(&mut self, caption: Option<Span>, style: LabelStyle, depth: usize, scope: Option<Span>) {
        let mut headings: Vec<Heading> = self.headings.iter().rev().cloned().collect();
        if let LabelStyle::Heading(level) | LabelStyle::Setext(level) = style {
            headings.retain(|heading| heading.level <= level);
        }
        let level = match (headings.first(), style) {
            (Some(heading), _) => heading.level,
            (None, LabelStyle::Heading(level) | LabelStyle::Setext(level)) => level - 1,
            (None, _) => 6,
        };
        let item = scope.and_then(|scope| self.items.iter().rev().find(|(own, _)| *own == scope));
        let holder = item.map(|(_, text)| *text).or(self.summary);
        let tags = self.pending.clone();
        let group = Group { pieces: Vec::new(), tags, end: 0, headings, holder, caption };
        self.open = Some(Open {
            group,
            level,
            depth,
            scope,
            part_end: None,
            doubtful_end: None,
            broken: None,
            filled: Vec::new(),
            loose: false,
            heading: None,
        });
    }

    /// Settles where the last part ends. `continued` says that another part of the group follows.
    fn finish_piece(&mut self, at: usize, continued: bool) {
        let Some(open) = &mut self.open else { return };
        let doubtful = open.doubtful_end.take().filter(|_| !continued);
        let end = open.part_end.take().or(doubtful).unwrap_or(at).min(at);
        let Some(last) = open.group.pieces.last_mut() else { return };
        if last.style == LabelStyle::Parenthesis || last.style == LabelStyle::TableRow {
            return;
        }
        let start = last.body.start.min(end);
        last.body = Span::new(start, before_markers(self.text, start, end)).trim(self.text);
    }

    fn close(&mut self, at: usize) {
        self.finish_piece(at, false);
        let Some(open) = self.open.take() else { return };
        let mut group = open.group;
        group.end = group.pieces.iter().map(|piece| piece.body.end.max(piece.whole.end)).max().unwrap_or(at);
        self.groups.push(group);
    }

    /// A row of a table whose columns are parts is a group of its own.
    fn row(&mut self, span: Span, cells: &[Span], parts: Vec<(PartHead, Span)>) {
        self.close(span.start);
        let between = self.groups.last().and_then(|last| self.text.get(last.end..span.start));
        let follows =
            between.is_some_and(|between| between.trim_matches(['|', '>', ' ', '\r', '\n']).is_empty());
        self.rows = if follows { self.rows + 1 } else { 1 };
        let title = cells.iter().find(|cell| cell.of(self.text).chars().any(char::is_alphabetic));
        let pieces = parts.into_iter().map(|(head, cell)| {
            let here = Span::at(cell.start);
            let head = PartHead { span: cell, name: cell, letter: None, ..head };
            Piece { head, style: LabelStyle::TableColumn, whole: here, body: cell }
        });
        self.groups.push(Group {
            pieces: pieces.collect(),
            tags: self.pending.clone(),
            end: span.end,
            headings: self.headings.iter().rev().cloned().collect(),
            holder: title.copied(),
            caption: None,
        });
    }
}

/// The end of a text without the quote, list and cell marks that open what comes after it.
fn before_markers(text: &str, start: usize, end: usize) -> usize {
    let mut end = end;
    loop {
        let kept = &text[start..end];
        let line = memchr::memrchr2(b'\n', b'\r', kept.as_bytes()).map_or(0, |at| at + 1);
        let marks = kept[line..].trim();
        let item = marks.trim_start_matches('>').trim();
        let number = item.trim_end_matches(['.', ')']);
        let opens = matches!(item, "" | "-" | "*" | "+")
            || number.len() < item.len()
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit());
        if line == 0 || !opens {
            return start
                + kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '·')).len();
        }
        end = start + line - 1;
    }
}
