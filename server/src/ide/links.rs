//! Document links: Markdown links inside stories, so that the design document or the post-mortem behind a story is one
//! click away, whether the target stands in the link or in a definition that it refers to.

use std::collections::HashMap;

use starling_grammar::{BlockKind, Span};

use super::View;
use super::place;
use crate::rules::layout;

/// A link as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its target, without brackets and title, or the label that refers to it: bytes of the document.
    pub span: Span,
    /// The target as written: a path relative to the file, an `#anchor`, or an address with its scheme.
    pub target: String,
}

/// The targets of links inside stories, and of the definitions that they refer to, in the order of the text.
#[must_use]
pub fn links(view: &View) -> Vec<Link> {
    let document = view.document();
    let definitions = definitions(view);
    let mut links: Vec<Link> = Vec::new();
    // The first definition of a label holds.
    let numbered = definitions.iter().enumerate().rev();
    let by_label: HashMap<&str, usize> =
        numbered.map(|(index, (label, _))| (label.as_str(), index)).collect();
    let mut used = vec![false; definitions.len()];
    let mut from = 0;
    for story in &document.stories {
        let span = Span::new(from.max(story.span.start).min(story.span.end), story.span.end);
        from = span.end.max(from);
        links.extend(inline(view, span));
        for label in labels(view, span) {
            let wanted = normal(label.of(view.text()));
            let Some(&found) = by_label.get(wanted.as_str()) else { continue };
            used[found] = true;
            links.push(Link { span: label, target: definitions[found].1.target.clone() });
        }
    }
    let used = definitions.iter().zip(used).filter(|(_, used)| *used);
    links.extend(used.map(|((_, link), _)| link.clone()));
    links.sort_by_key(|link| link.span);
    links
}

/// The definitions of a document, `[label]: target`, each with its label as it is compared.
fn definitions(view: &View) -> Vec<(String, Link)> {
    let text = view.text();
    if view.document().stories.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut end = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let start = end + layout::prefix(line).len();
        end += line.len();
        let line = Span::new(start, end);
        if let Some((label, target)) = definition(text, line).filter(|_| !place::is_verbatim(view, start)) {
            found.push((label, Link { span: target, target: target.of(text).to_owned() }));
        }
    }
    found
}

/// The label that a line defines, as it is compared, and its target. What opens with `^` is a footnote.
fn definition(text: &str, line: Span) -> Option<(String, Span)> {
    let inner = line.of(text).strip_prefix('[').filter(|inner| !inner.starts_with('^'))?;
    let (label, rest) = inner.split_once(']')?;
    let rest = rest.strip_prefix(':')?;
    let label = Some(normal(label)).filter(|label| !label.is_empty() && !label.contains('['))?;
    Some((label, defined(text, Span::new(line.end - rest.len(), line.end))?))
}

/// The target of a definition at the head of a span: in angle brackets, or up to white space.
fn defined(text: &str, span: Span) -> Option<Span> {
    let rest = span.of(text);
    let words = rest.trim_start();
    let start = span.end - words.len();
    if let Some(inner) = words.strip_prefix('<') {
        return inner.find('>').map(|length| Span::new(start + 1, start + 1 + length));
    }
    let length = words.find(char::is_whitespace).unwrap_or(words.len());
    (length > 0).then(|| Span::new(start, start + length))
}

/// The labels by which a span refers to definitions: `label` in `[text][label]`, `[label][]` and `[label]`.
fn labels(view: &View, span: Span) -> Vec<Span> {
    let text = view.text();
    let mut labels = Vec::new();
    let mut open = None;
    for (at, mark) in span.of(text).match_indices(['[', ']']) {
        let at = span.start + at;
        if mark == "[" {
            open = Some(at + 1);
            continue;
        }
        let Some(label) = open.take().map(|open| Span::new(open, at)).filter(|label| !label.is_empty())
        else {
            continue;
        };
        let rest = &text[at + 1..];
        let collapsed = rest.starts_with("[]");
        if (collapsed || !rest.starts_with(['(', '[', ':'])) && is_link(view, at) {
            labels.push(label);
        }
    }
    labels
}

/// A label as it is compared: in lower case, with one space between words.
fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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

    #[track_caller]
    fn check(fixture: &str) {
        check_drawn(fixture, |view| links(view).into_iter().map(|link| (link.span, link.target)).collect());
    }

    #[test]
    fn references_lead_to_their_definitions() {
        check(
            "[not used]: a.md

# Cache

**Situation:** It was [stale][The  Doc], ![graph][], and [nothing][no] [shown] `[y]`.
                              ^^^^^^^^ docs/cache.md#why
                                           ^^^^^ img/a b.png
                                                                        ^^^^^ https://a.example/b

**Task:** It was mine [x].

```
[y]: z.md
```

**Action:** I rebuilt it.[^1]

[the doc]: docs/cache.md#why \"Why\"
           ^^^^^^^^^^^^^^^^^ docs/cache.md#why
[graph]: <img/a b.png>
          ^^^^^^^^^^^ img/a b.png
[Shown]: https://a.example/b
         ^^^^^^^^^^^^^^^^^^^ https://a.example/b
[the doc]: other.md
[^1]: footnote.md
[y]: y.md
",
        );
    }

    #[test]
    fn targets_are_found() {
        check(
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
        );
    }
}
