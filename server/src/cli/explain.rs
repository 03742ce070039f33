//! `starling explain`: the page of a name, or the list of all names.

use std::fmt::Write as _;
use std::path::Path;

use super::failed;
use super::output::Printed;
use crate::explain::{Page, find, pages};
use crate::plain::{plain, plain_lines};
use crate::workspace::Configurations;

/// Runs the command. Names are those of the configuration of the current folder.
pub(super) fn run(name: Option<&str>) -> Printed {
    let configured = Configurations::default().of_folder(Path::new("."));
    let vocabulary = &configured.config.vocabulary;
    let Some(name) = name else {
        return Printed { out: list(&pages(vocabulary)), ..Printed::default() };
    };
    match find(vocabulary, name) {
        Ok(pages) => {
            Printed { out: pages.iter().map(print).collect::<Vec<_>>().join("\n"), ..Printed::default() }
        }
        Err(unknown) => failed(&unknown),
    }
}

fn print(page: &Page) -> String {
    let text = format!("{}{}", opening(page), page.markdown);
    format!("# {} ({})\n\n{}\n", page.name, page.topic.name(), plain_lines(&text))
}

fn list(pages: &[Page]) -> String {
    let width = pages.iter().map(|page| page.name.chars().count()).max().unwrap_or_default();
    let mut out = String::new();
    let mut topic = None;
    for page in pages {
        if topic.replace(page.topic) != Some(page.topic) {
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{}", page.topic.heading());
        }
        let _ = writeln!(
            out,
            "  {:width$}  {}",
            plain(&page.name),
            plain(&format!("{}{}", opening(page), page.summary))
        );
    }
    out
}

/// What a page is called, before its first sentence, where that is not how it is found.
fn opening(page: &Page) -> String {
    if page.title == page.name { String::new() } else { format!("{}: ", page.title) }
}
