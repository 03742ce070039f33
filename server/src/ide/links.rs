//! Document links: Markdown links inside stories, so that the design document or the post-mortem behind a story is one
//! click away.

use starling_grammar::{BlockKind, Span};

use super::View;

/// A link as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its target, without brackets and title: bytes of the document.
    pub span: Span,
    /// The target as written: a path relative to the file, an `#anchor`, or an address with its scheme.
    pub target: String,
}

/// The targets of links inside stories, in the order of the text.
#[must_use]
pub fn links(view: &View) -> Vec<Link> {
    let document = view.document();
    let mut links: Vec<Link> = Vec::new();
    for story in &document.stories {
        let from = links.last().map_or(0, |last| last.span.end).max(story.span.start);
        if from < story.span.end {
            links.extend(inline(view, Span::new(from, story.span.end)));
        }
    }
    links
}

/// The targets of `[text](target)` under a span, code and comments left out.
fn inline(view: &View, span: Span) -> Vec<Link> {
    const OPENING: &str = "](";
    let text = view.text();
    let mut links = Vec::new();
    let mut from = span.start;
    while let Some(at) = text[from..span.end].find(OPENING).map(|at| from + at) {
        from = at + OPENING.len();
        let Some(target) = target(text, Span::new(from, span.end)).filter(|_| is_link(view, at)) else {
            continue;
        };
        from = target.end;
        links.push(Link { span: target, target: target.of(text).to_owned() });
    }
    links
}

/// The target at the head of a span: in angle brackets, or up to white space or the parenthesis that closes the link.
fn target(text: &str, span: Span) -> Option<Span> {
    let rest = span.of(text);
    let words = rest.trim_start_matches([' ', '\t']);
    let start = span.start + rest.len() - words.len();
    if let Some(inner) = words.strip_prefix('<') {
        let length = inner.find(['>', '\n', '\r'])?;
        return inner[length..].starts_with('>').then(|| Span::new(start + 1, start + 1 + length));
    }
    let mut depth = 0usize;
    for (at, character) in words.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return (at > 0).then(|| Span::new(start, start + at)),
            ')' => depth -= 1,
            c if c.is_whitespace() => {
                return (at > 0 && c != '\n' && c != '\r').then(|| Span::new(start, start + at));
            }
            _ => {}
        }
    }
    None
}

/// Whether the bracket at `at` closes the text of a link, and is neither code nor in a comment.
fn is_link(view: &View, at: usize) -> bool {
    const OPAQUE: &str = "\u{1a}";
    let document = view.document();
    let prose = document.block(at).is_some_and(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Row | BlockKind::Heading)
    });
    prose && !document.in_comment(at) && document.prose(Span::new(at, at + 1)) != OPAQUE
}

#[cfg(test)]
mod tests {
    use super::links;
    use crate::ide::testing::check_drawn;

    #[test]
    fn targets_are_found() {
        check_drawn(
            "See [nothing](a.md).

# Cache ([doc](docs/cache.md#why))
               ^^^^^^^^^^^^^^^^^ docs/cache.md#why

**Situation:** It was [stale](<a b.md> \"title\"), `[x](y)`, ![graph](img/a(1).png).
                               ^^^^^^ a b.md
                                                                    ^^^^^^^^^^^^ img/a(1).png

**Task:** [Mine](#cache). <!-- [x](z) -->
                 ^^^^^^ #cache

```
[x](y)
```

**Action:** I [rebuilt]( https://a.example/b ) it. [x]() [y](
                         ^^^^^^^^^^^^^^^^^^^ https://a.example/b
",
            |view| links(view).into_iter().map(|link| (link.span, link.target)).collect(),
        );
    }
}
