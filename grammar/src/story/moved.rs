//! Stories in another place of the text.

use crate::{Cue, Label, Mention, Metric, Part, Span, Story, Tag, Title};

impl Story {
    /// The same story, `by` bytes further on (or back).
    pub(crate) fn moved(&self, by: isize) -> Self {
        let Self { title, span, template, parts, tags, title_cues } = self;
        Self {
            title: Title { span: title.span.moved(by), ..title.clone() },
            span: span.moved(by),
            template: *template,
            parts: parts.iter().map(|part| part.moved(by)).collect(),
            tags: tags.iter().map(|tag| Tag { span: tag.span.moved(by), ..tag.clone() }).collect(),
            title_cues: cues(title_cues, by),
        }
    }
}

impl Part {
    fn moved(&self, by: isize) -> Self {
        let Self { kinds, label, body, content, words, metrics, vague, rough, placeholders, english, .. } =
            self;
        let Self { voice, duty, technologies, details, cues: found, .. } = self;
        let all = |spans: &[Span]| spans.iter().map(|span| span.moved(by)).collect();
        Self {
            kinds: kinds.clone(),
            label: label.moved(by),
            body: body.moved(by),
            content: *content,
            words: *words,
            metrics: metrics.iter().map(|metric| metric.moved(by)).collect(),
            vague: all(vague),
            rough: all(rough),
            placeholders: all(placeholders),
            english: *english,
            voice: voice.moved(by),
            duty: duty.moved(by),
            technologies: technologies
                .iter()
                .map(|mention| Mention { span: mention.span.moved(by), ..*mention })
                .collect(),
            details: all(details),
            cues: cues(found, by),
        }
    }
}

fn cues(cues: &[Cue], by: isize) -> Vec<Cue> {
    cues.iter().map(|cue| Cue { span: cue.span.moved(by), ..*cue }).collect()
}

impl Label {
    fn moved(&self, by: isize) -> Self {
        let Self { span, whole, name, letter, style: _, spelling: _, language: _ } = self;
        Self {
            span: span.moved(by),
            whole: whole.moved(by),
            name: name.moved(by),
            letter: letter.map(|letter| letter.moved(by)),
            ..self.clone()
        }
    }
}

impl Metric {
    fn moved(&self, by: isize) -> Self {
        let unit = self.unit.map(|unit| unit.moved(by));
        Self { span: self.span.moved(by), unit, ..self.clone() }
    }
}
