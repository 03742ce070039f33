//! Semantic tokens: labels by their part, metrics, and tags, so that an editor can colour them.

use starling_grammar::{LabelStyle, PartKind, Span, TagKind};

use super::View;
use super::place;

/// A stretch of one line with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes; never empty and never more than one line.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The words of a label; of a combined label the first part.
    Label(PartKind),
    /// A quantity that measures an outcome.
    Metric,
    /// A known principle, theme or question.
    Tag(TagKind),
}

/// The tokens of a document, in the order of the text and disjoint.
#[must_use]
pub fn tokens(view: &View) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for part in view.document().stories.iter().flat_map(|story| &story.parts) {
        // The label of a column stands in the header, once for all rows.
        let labelled = part.label.style != LabelStyle::TableColumn;
        let kind = part.kinds.first().filter(|_| labelled);
        found.extend(kind.map(|kind| Token { span: part.label.span, kind: TokenKind::Label(*kind) }));
        found.extend(part.metrics().map(|metric| Token { span: metric.span, kind: TokenKind::Metric }));
    }
    let known = place::tags(view).into_iter().filter(|tag| tag.id.is_some());
    found.extend(known.filter_map(|tag| Some(Token { span: tag.span, kind: TokenKind::Tag(tag.kind?) })));
    found.sort_by_key(|token| token.span);
    let mut end = 0;
    found.retain(|token| {
        let free = token.span.start >= end;
        end = end.max(token.span.end);
        free
    });
    found.into_iter().flat_map(|token| lines(view.text(), token)).collect()
}

/// The parts of a token on each of its lines, without the white space and quote marks around them.
fn lines(text: &str, token: Token) -> Vec<Token> {
    let mut pieces = Vec::new();
    let mut at = token.span.start;
    for line in token.span.of(text).split_inclusive(['\n', '\r']) {
        let words = line.trim_start_matches(['>', ' ', '\t']);
        let start = at + line.len() - words.len();
        let span = Span::new(start, start + words.trim_end().len());
        if !span.is_empty() {
            pieces.push(Token { span, ..token });
        }
        at += line.len();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, tokens};
    use crate::ide::testing::check_drawn;

    #[track_caller]
    fn check(fixture: &str) {
        check_drawn(fixture, |view| {
            let name = |kind| match kind {
                TokenKind::Label(part) => format!("label {}", part.id()),
                TokenKind::Metric => "metric".to_owned(),
                TokenKind::Tag(kind) => format!("{kind:?}").to_lowercase(),
            };
            tokens(view).into_iter().map(|token| (token.span, name(token.kind))).collect()
        });
    }

    #[test]
    fn labels_metrics_and_tags() {
        check(
            "# Cache (Dive Deep)
         ^^^^^^^^^ principle

Themes: scaling, unheard of
        ^^^^^^^ theme

**Situation:** Stale.
  ^^^^^^^^^ label situation

- **Action**: I rebuilt it.
    ^^^^^^ label action

> **Result:** Misses fell from
    ^^^^^^ label result
                          ^^^^ metric
> 20% to 1%.
  ^^^^^^^^^ metric
",
        );
    }

    #[test]
    fn columns_have_no_labels_of_their_own() {
        check(
            "| Story | Situation | Task | Action | Result |
|---|---|---|---|---|
| One | a | b | I did c | 5% fewer |
                          ^^ metric
| Two | a | b | I did c | 6% fewer |
                          ^^ metric
",
        );
    }
}
