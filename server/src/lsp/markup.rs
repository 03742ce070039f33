//! Markdown for clients that render it, and for those that do not.

use tower_lsp::ls_types::{Documentation, Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::capabilities::Negotiated;
use super::snapshot::Snapshot;
use crate::ide;

/// What is shown at a position.
pub(super) fn hover(snapshot: &Snapshot, position: Position, negotiated: &Negotiated) -> Option<Hover> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let hover = ide::hover(&judged.view()?, positions.offset(position))?;
    Some(Hover {
        contents: HoverContents::Markup(content(hover.markdown, negotiated.hover_markdown)),
        range: Some(positions.range(hover.span)),
    })
}

/// The documentation of a completion.
pub(super) fn documentation(markdown: String, rendered: bool) -> Documentation {
    Documentation::MarkupContent(content(markdown, rendered))
}

fn content(markdown: String, rendered: bool) -> MarkupContent {
    if rendered {
        return MarkupContent { kind: MarkupKind::Markdown, value: markdown };
    }
    MarkupContent { kind: MarkupKind::PlainText, value: plain(&markdown) }
}

/// The words without the marks that our own pages use: emphasis, code and fences.
fn plain(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.starts_with("```"));
    let lines = lines.map(|line| line.trim_start_matches('#').replace("**", "").replace(['*', '`'], ""));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_has_no_marks() {
        assert_eq!(
            plain("**Ownership**: *your* part\n\n- a `b`\n```markdown\n# C"),
            "Ownership: your part\n\n- a b\n C"
        );
    }
}
