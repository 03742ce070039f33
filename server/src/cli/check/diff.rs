//! What the fixes would change, as a patch.

use annotate_snippets::renderer::{AnsiColor, Style};
use similar::TextDiff;

use super::super::output::Look;
use crate::plain::{plain, plain_lines};
use crate::workspace::FileText;

/// The change of a file as a unified diff that `patch -p0` applies. A byte order mark belongs to the first line.
pub(super) fn patch(path: &str, before: &FileText, after: &str) -> String {
    let mark = if before.byte_order_mark { "\u{feff}" } else { "" };
    let (before, after) = (format!("{mark}{}", before.text), format!("{mark}{after}"));
    let name = plain(path);
    TextDiff::from_lines(&before, &after).unified_diff().context_radius(3).header(&name, &name).to_string()
}

/// The patch as it is printed: exact bytes for programs; for people no control characters, and colours.
pub(super) fn colored(patch: &str, look: Look) -> String {
    if !look.color && !look.terminal {
        return patch.to_owned();
    }
    let lines = patch.split_inclusive('\n').map(|line| {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let line = plain_lines(line.strip_suffix('\r').unwrap_or(line));
        let style = if look.color { style(&line) } else { Style::new() };
        format!("{style}{line}{style:#}{end}")
    });
    lines.collect()
}

fn style(line: &str) -> Style {
    match line.as_bytes() {
        [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => Style::new().bold(),
        [b'-', ..] => AnsiColor::Red.on_default(),
        [b'+', ..] => AnsiColor::Green.on_default(),
        [b'@', ..] => AnsiColor::Cyan.on_default(),
        _ => Style::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{colored, patch};
    use crate::cli::output::Look;
    use crate::workspace::decode;

    #[test]
    fn a_patch_keeps_line_ends() {
        let before = decode(b"a\r\nb\r\nc").expect("UTF-8");
        let patch = patch("x.md", &before, "a\r\nB\r\nc");
        assert_eq!(
            patch,
            "--- x.md\n+++ x.md\n@@ -1,3 +1,3 @@\n a\r\n-b\r\n+B\r\n c\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn a_terminal_gets_no_control_characters() {
        let look = Look { color: true, terminal: true };
        let shown = colored("-a\u{1b}[2J\n+b\n", look);
        assert!(shown.contains("\u{241b}[2J"), "{shown:?}");
        assert!(shown.contains("\u{1b}[32m+b"), "{shown:?}");
    }
}
