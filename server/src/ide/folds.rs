//! Folding: the front matter, each story, and each part, as long as they take more than a line.

use starling_grammar::Span;

use super::View;
use super::place;

/// What can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From its first line, which stays, to the end of its last; over two lines at least.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// The YAML block at the head of the file.
    FrontMatter,
    /// A story.
    Story,
    /// A part of a story.
    Part,
}

/// What can be folded, in the order of the text, the outer before the inner.
#[must_use]
pub fn folds(view: &View) -> Vec<Fold> {
    let document = view.document();
    let front_matter = document.front_matter.iter().map(|it| (it.span, FoldKind::FrontMatter));
    let stories = document.stories.iter().flat_map(|story| {
        let parts = story.parts.iter().map(|part| (place::extent(part), FoldKind::Part));
        std::iter::once((story.span, FoldKind::Story)).chain(parts)
    });
    let mut folds: Vec<Fold> = front_matter
        .chain(stories)
        .map(|(span, kind)| Fold { span: span.trim(view.text()), kind })
        .filter(|fold| fold.span.of(view.text()).contains(['\n', '\r']))
        .collect();
    // A story without a title opens in the line of its first part: one fold is enough.
    folds.dedup_by(|later, earlier| later.span == earlier.span);
    folds
}

#[cfg(test)]
mod tests {
    use super::folds;
    use crate::ide::testing::check_drawn;

    #[test]
    fn what_takes_several_lines_is_folded() {
        check_drawn(
            "---
^^^… FrontMatter
title: x
---

# One
^^^^^… Story

## Situation
^^^^^^^^^^^^… Part

Stale.

## Task
^^^^^^^… Part

Mine.

## Action

# Rest
",
            |view| folds(view).into_iter().map(|fold| (fold.span, format!("{:?}", fold.kind))).collect(),
        );
    }
}
