//! Stories in another place of the text.

use crate::{Cue, Duty, Label, Metric, Part, Span, Story, Tag, TagSource, Title, Voice};

impl Story {
    /// Moves the story `by` bytes on (or back). Tags of the front matter, which stands before all stories, stay.
    pub(crate) fn move_by(&mut self, by: isize) {
        if by == 0 {
            return;
        }
        let Self { title: Title { span: title, .. }, span, template: _, parts, tags, title_cues } = self;
        parts.iter_mut().for_each(|part| part.move_by(by));
        let tags = tags.iter_mut().filter(|tag| tag.source != TagSource::FrontMatter);
        let spans = tags.map(|Tag { span, .. }| span).chain(places(title_cues));
        move_all([title, span].into_iter().chain(spans), by);
    }
}

impl Part {
    fn move_by(&mut self, by: isize) {
        let Self { kinds: _, label, body, content: _, words: _, metrics, vague, rough, placeholders, .. } =
            self;
        let Self { english: _, voice: Voice { i, we }, duty, technologies, details, cues, .. } = self;
        let Label { span, whole, name, letter, style: _, spelling: _, language: _ } = label;
        move_all([body, span, whole, name].into_iter().chain(letter), by);
        for Metric { span, unit, .. } in metrics {
            move_all(std::iter::once(span).chain(unit), by);
        }
        for spans in [vague, rough, placeholders, details, i, we] {
            move_all(spans, by);
        }
        if let Duty::Other(span) = duty {
            *span = span.moved(by);
        }
        move_all(technologies.iter_mut().map(|mention| &mut mention.span).chain(places(cues)), by);
    }
}

fn places(cues: &mut [Cue]) -> impl Iterator<Item = &mut Span> {
    cues.iter_mut().map(|cue| &mut cue.span)
}

fn move_all<'s>(spans: impl IntoIterator<Item = &'s mut Span>, by: isize) {
    spans.into_iter().for_each(|span| *span = span.moved(by));
}
