//! Markdown for clients that render it, and for those that do not.

use tower_lsp::ls_types::{Documentation, Hover, HoverContents, MarkupContent, MarkupKind, Position, Uri};

use super::capabilities::Negotiated;
use super::navigation::BankFile;
use super::snapshot::Snapshot;
use crate::ide;

/// What is shown at a position.
pub(super) fn hover(
    snapshot: &Snapshot,
    file: Option<&BankFile>,
    position: Position,
    negotiated: &Negotiated,
) -> Option<Hover> {
    let judged = snapshot.judged();
    let positions = snapshot.positions();
    let hover = ide::hover(&judged.view()?, positions.offset(position))?;
    let tagged = file.zip(hover.tag.as_ref()).map(|(file, tag)| file.tagged(tag));
    let stories = tagged.map(|stories| listed(&stories, negotiated.hover_markdown)).unwrap_or_default();
    Some(Hover {
        contents: HoverContents::Markup(content(hover.markdown + &stories, negotiated.hover_markdown)),
        range: Some(positions.range(hover.span)),
    })
}

/// The stories of the bank that have a tag, with links where these are rendered.
fn listed(stories: &[(String, Option<Uri>)], rendered: bool) -> String {
    /// A hover is a small window.
    const MOST: usize = 8;
    let mut out = match stories.len() {
        0 => return String::new(),
        1 => "\n---\n\n**One story of your bank**\n\n".to_owned(),
        number => format!("\n---\n\n**{number} stories of your bank**\n\n"),
    };
    for (title, uri) in stories.iter().take(MOST) {
        match uri.as_ref().filter(|_| rendered) {
            Some(uri) => {
                let title = title.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
                out += &format!("- [{title}](<{}>)\n", uri.as_str());
            }
            None => out += &format!("- {title}\n"),
        }
    }
    if stories.len() > MOST {
        out += &format!("- and {} more\n", stories.len() - MOST);
    }
    out
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
