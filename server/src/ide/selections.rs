//! Selection ranges: what *expand selection* takes in next, from the word to the whole file.

use starling_grammar::Span;

use super::View;
use super::place::{self, touches};

/// The spans around the byte at `offset`, each inside the next: word, metric or sentence, paragraph, text of the part,
/// part, story, document. Never empty.
#[must_use]
pub fn selections(view: &View, offset: usize) -> Vec<Span> {
    let (text, offset) = (view.text(), view.offset(offset));
    let mut spans = vec![word(text, offset)];
    let story = place::story_at(view.document(), offset);
    let part = story.and_then(|story| place::part_at(story, offset));
    if let Some(block) = view.document().block(offset) {
        let block = within(block.span, part.map(|part| part.body), offset);
        spans.extend(sentence(view, block, offset));
        spans.push(block);
    }
    if let Some(story) = story {
        if let Some(part) = part {
            let metric = part.metrics().find(|metric| touches(metric.span, offset));
            spans.extend(metric.map(|metric| metric.span));
            spans.extend(Some(part.body).filter(|body| touches(*body, offset)));
            spans.push(place::extent(part));
        }
        spans.push(story.span);
    }
    let front_matter = view.document().front_matter.iter().flat_map(|it| [it.body, it.span]);
    spans.extend(front_matter.filter(|span| touches(*span, offset)));
    spans.push(Span::new(0, text.len()));
    nested(spans)
}

/// The paragraph without the label that opens it, when the place lies in the text of the part.
fn within(block: Span, body: Option<Span>, offset: usize) -> Span {
    match body.filter(|body| touches(*body, offset)) {
        Some(body) => {
            Span::new(block.start.max(body.start), block.end.min(body.end).max(block.start.max(body.start)))
        }
        None => block,
    }
}

/// The spans by length, without those that do not hold the one before.
fn nested(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.len());
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        let fits = kept.last().is_none_or(|last| span.contains_span(*last) && span != *last);
        if fits && (!span.is_empty() || kept.is_empty()) {
            kept.push(span);
        }
    }
    if kept.len() > 1 && kept[0].is_empty() {
        kept.remove(0);
    }
    kept
}

fn word(text: &str, offset: usize) -> Span {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '_');
    let before = &text[..offset];
    let start = before.trim_end_matches(joins).len();
    let after = &text[offset..];
    let end = offset + after.len() - after.trim_start_matches(joins).len();
    Span::new(start, end)
}

/// The sentence of a block that holds a place.
fn sentence(view: &View, block: Span, offset: usize) -> Option<Span> {
    let text = view.text();
    let prose = view.document().prose(block);
    let mut start = 0;
    for (at, character) in prose.char_indices() {
        let after = &prose[at + character.len_utf8()..];
        let ends = match character {
            '.' | '!' | '?' => after.is_empty() || after.starts_with(char::is_whitespace),
            '。' | '！' | '？' | '\n' => true,
            _ => false,
        };
        let last = after.is_empty();
        if !ends && !last {
            continue;
        }
        let end = at + character.len_utf8();
        let span = Span::new(block.start + start, block.start + end);
        if touches(span, offset) {
            let trimmed = span.trim(text);
            return (!trimmed.is_empty()).then_some(trimmed);
        }
        start = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::selections;
    use crate::ide::testing::Fixture;

    #[track_caller]
    fn check(fixture: &str, expected: &[&str]) {
        let read = Fixture::new(fixture);
        let spans = selections(&read.view(), read.offset);
        let found: Vec<&str> = spans.iter().map(|span| span.of(read.text())).collect();
        assert_eq!(found, expected);
    }

    const REST: &str = "**Task:** b\n\n**Action:** c\n";

    #[test]
    fn grows_from_word_to_document() {
        let story = "# C\n\n**Situation:** It was stale. We lo$0st 5% of 300 calls.\n\nThen more.\n\n"
            .to_owned()
            + REST;
        let text = story.replace("$0", "");
        let part = "**Situation:** It was stale. We lost 5% of 300 calls.\n\nThen more.";
        check(
            &format!("{story}\n# D\n"),
            &[
                "lost",
                "We lost 5% of 300 calls.",
                "It was stale. We lost 5% of 300 calls.",
                "It was stale. We lost 5% of 300 calls.\n\nThen more.",
                part,
                text.trim_end(),
                &format!("{text}\n# D\n"),
            ],
        );
    }

    #[test]
    fn takes_in_the_metric() {
        let read = Fixture::new(
            "# C\n\n**Situation:** a\n\n**Action:** c\n\n**Result:** It fell from 8$000 ms to 120 ms. Good.\n",
        );
        let spans = selections(&read.view(), read.offset);
        let found: Vec<&str> = spans.iter().map(|span| span.of(read.text())).collect();
        assert_eq!(&found[..2], ["800", "from 800 ms to 120 ms"]);
    }

    #[test]
    fn is_never_empty() {
        check("", &[""]);
        check("a\n\n$0\n\nb", &["a\n\n\n\nb"]);
        check("---\ntitle: o$0ne\n---\n", &["one", "title: one\n", "---\ntitle: one\n---\n"]);
    }
}
