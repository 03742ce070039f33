//! The tags of a story, moved between lines below it and the front matter of its file.

use starling_grammar::{FrontMatter, Span, Story, Tag, TagKind, TagList, TagSource};

use super::{action, after, keeps};
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::actions::Action;
use crate::rules::{layout, tag_line};

const KEYS: [(TagKind, &str); 3] =
    [(TagKind::Principle, "principles"), (TagKind::Theme, "themes"), (TagKind::Question, "questions")];

/// From a line of tags: all such lines become keys of the front matter. Only where a file is one story, since front
/// matter speaks for all of its file.
pub(super) fn into_front_matter(view: &View, at: usize) -> Option<Action> {
    let document = view.document();
    let [story] = document.stories.as_slice() else { return None };
    let text = view.text();
    let lists: Option<Vec<Listed>> =
        document.tag_lists().map(|list| Listed::of(text, story, &list)).collect();
    let lists = lists?;
    if !lists.iter().any(|list| list.lines.start <= at && at <= list.lines.end) {
        return None;
    }
    let ending = layout::line_end(text);
    let mut keys = String::new();
    for (kind, key) in KEYS {
        let of_kind = lists.iter().filter(|list| list.kind == kind).flat_map(|list| &list.values);
        let values: Vec<String> = of_kind.map(|value| quoted(value)).collect();
        if !values.is_empty() {
            keys += &format!("{key}: [{}]{ending}", values.join(", "));
        }
    }
    let mut edits = vec![with_keys(
        document.front_matter.as_ref(),
        text.trim_start_matches('\u{feff}').starts_with("---"),
        &keys,
        ending,
    )?];
    edits.extend(removed(text, &lists).map(|lines| Edit::replace(lines, "")));
    edits.sort_by_key(|edit| edit.span);
    let is_ordered = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    (is_ordered && keeps(view, &edits)).then(|| action("Move the tags into the front matter", edits))
}

/// From the front matter: its keys for tags become lines below the story.
pub(super) fn out_of_front_matter(view: &View, at: usize) -> Option<Action> {
    let document = view.document();
    let front_matter = document.front_matter.as_ref().filter(|front_matter| at < front_matter.span.end)?;
    let [story] = document.stories.as_slice() else { return None };
    let text = view.text();
    let values: Vec<(TagKind, &str)> =
        front_matter.tags.iter().map(|(kind, value, _)| (*kind, value.as_str())).collect();
    // A comma would part it in a line.
    if values.iter().any(|(_, value)| value.contains([',', '\n'])) {
        return None;
    }
    let lines = tag_line::list(&view.context(), story, &values)?;
    let mut removed = front_matter.body;
    let mut left = String::new();
    let mut lists = 0;
    for entry in entries(front_matter.body.of(text)) {
        if !KEYS.iter().any(|(_, key)| entry.starts_with(&format!("{key}:"))) {
            left.push_str(entry);
        } else if is_plain_list(entry) {
            lists += 1;
        } else {
            return None;
        }
    }
    let kinds = KEYS.iter().filter(|(kind, _)| values.iter().any(|(of, _)| of == kind)).count();
    // Other ways to write the keys are not taken apart.
    if lists != kinds || !front_matter.problems.is_empty() {
        return None;
    }
    if left.trim().is_empty() {
        let after = &text[front_matter.span.end..];
        let blank = after.len() - after.trim_start_matches(['\n', '\r']).len();
        removed = Span::new(front_matter.span.start, front_matter.span.end + blank);
        left.clear();
    }
    let edits = vec![Edit::replace(removed, left), lines];
    let is_clean =
        after(view, &edits).front_matter.is_none_or(|left| left.problems.is_empty() && left.tags.is_empty());
    (is_clean && keeps(view, &edits)).then(|| action("Move the tags below the story", edits))
}

/// A list of tags in the body.
struct Listed<'t> {
    kind: TagKind,
    values: Vec<&'t str>,
    /// Its lines, with their line ends.
    lines: Span,
}

impl<'t> Listed<'t> {
    /// `None` for a list that shares a line with something else, or that holds more than its values.
    fn of(text: &'t str, story: &Story, list: &TagList) -> Option<Self> {
        let last = list.values.last()?.end.max(list.label.end);
        let is_inside = |tag: &&Tag| {
            tag.source == TagSource::Line && list.values.iter().any(|values| values.contains_span(tag.span))
        };
        let values: Vec<Span> = story.tags.iter().filter(is_inside).map(|tag| tag.span).collect();
        let start = layout::line_start(text, list.label.start);
        let stop = layout::line_stop(text, last);
        // What is left of the line without label and values has to be separators: other marks would be lost.
        let mut at = list.label.end;
        let mut between = text[start..list.label.start].to_owned();
        for value in &values {
            between += text.get(at..value.start)?;
            at = value.end;
        }
        between += text.get(at..stop)?;
        let separates = |c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '*' | '_' | ':' | '|' | '•' | '·' | '/' | '-')
        };
        let is_plain = |value: &Span| !value.of(text).contains(['<', '>', '[', ']', '`', '~', '“', '”', '*']);
        if values.is_empty() || !between.chars().all(separates) || !values.iter().all(is_plain) {
            return None;
        }
        let values = values.into_iter().map(|value| value.of(text)).collect();
        Some(Self { kind: list.kind?, values, lines: Span::new(start, stop + line_end(&text[stop..])) })
    }
}

/// The lines of all lists, with an empty line above those after which nothing or an empty line follows.
fn removed<'l>(text: &'l str, lists: &'l [Listed]) -> impl Iterator<Item = Span> {
    let mut runs: Vec<Span> = Vec::new();
    for list in lists {
        match runs.last_mut() {
            Some(run) if run.end == list.lines.start => run.end = list.lines.end,
            _ => runs.push(list.lines),
        }
    }
    runs.into_iter().map(|run| {
        let rest = &text[run.end..];
        let above = text[..run.start].trim_end_matches(['\n', '\r']).len();
        let empty = run.start - above - line_end(&text[above..]).min(run.start - above);
        let takes = empty > 0 && (rest.is_empty() || line_end(rest) > 0);
        Span::new(if takes { run.start - empty } else { run.start }, run.end)
    })
}

/// The length of the line end that a text begins with.
fn line_end(text: &str) -> usize {
    text.len() - text.strip_prefix("\r\n").or(text.strip_prefix(['\n', '\r'])).unwrap_or(text).len()
}

/// The edit that adds keys to the front matter, or makes one; `None` where it has such a key, or where the text is headed
/// by something like front matter.
fn with_keys(
    front_matter: Option<&FrontMatter>,
    is_headed: bool,
    keys: &str,
    line_end: &str,
) -> Option<Edit> {
    match front_matter {
        None if is_headed => None,
        None => Some(Edit::insert(0, format!("---{line_end}{keys}---{line_end}{line_end}"))),
        Some(front_matter) if front_matter.tags.is_empty() && front_matter.problems.is_empty() => {
            Some(Edit::insert(front_matter.body.end, keys))
        }
        Some(_) => None,
    }
}

/// A value as YAML, in quotation marks where it could be read as something else.
fn quoted(value: &str) -> String {
    let is_plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '’' | '_' | '.'))
        && value.starts_with(char::is_alphabetic)
        && !matches!(value.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    if is_plain {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// Whether an entry is a list in brackets, one with a line for each value, or one value; without comments, anchors and the like.
fn is_plain_list(entry: &str) -> bool {
    let value = entry.split_once(':').map_or("", |(_, value)| value).trim();
    let is_simple = !value.contains(['#', '&', '{', '|', '>']) && !value.starts_with(['*', '!']);
    let is_flow = value.starts_with('[') && value.ends_with(']') && !value.contains(['\n', '\r']);
    let is_block = value.lines().all(|line| line.trim_start().starts_with("- "));
    let is_one = !value.contains(['\n', '\r', '[', ']']);
    is_simple && (is_flow || is_block || is_one)
}

/// The entries of a YAML table: each a line that begins with a key, with the lines that belong to it.
fn entries(yaml: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        if at == 0 || !line.starts_with([' ', '\t', '-', '#', ']', '\n', '\r']) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([yaml.len()]);
    starts.iter().zip(ends).map(|(start, end)| &yaml[*start..end]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::ide::refactor::tests::refactored;
    use crate::ide::testing::Fixture;

    const LINES: &str = "# Cache\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% less\n\n**Principles:** Dive Deep, Ownership\n**Questions:** production-outage\n";
    const KEYS: &str = "---\nprinciples: [Dive Deep, Ownership]\nquestions: [production-outage]\n---\n\n# Cache\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** 5% less\n";
    const IN: &str = "Move the tags into the front matter";
    const OUT: &str = "Move the tags below the story";

    fn at(text: &str, cursor: &str) -> Fixture {
        Fixture::new(&text.replacen(cursor, &format!("{cursor}$0"), 1))
    }

    #[test]
    fn lines_become_keys_and_lines_again() {
        assert_eq!(refactored(&at(LINES, "Dive"), IN).as_deref(), Some(KEYS));
        assert_eq!(refactored(&at(KEYS, "princ"), OUT).as_deref(), Some(LINES));
        assert_eq!(refactored(&at(LINES, "Situ"), IN), None);
        assert_eq!(refactored(&at(KEYS, "Situ"), OUT), None);
    }

    #[test]
    fn other_keys_stay() {
        let text = KEYS.replace("---\nprinciples", "---\ntitle: Night\n# Mine.\nprinciples");
        let lines = refactored(&at(&text, "princ"), OUT).expect("an action");
        assert!(lines.starts_with("---\ntitle: Night\n# Mine.\n---\n\n# Cache"), "{lines}");
        assert_eq!(refactored(&at(&lines, "Dive"), IN), Some(text));
        let listed = KEYS.replace("[Dive Deep, Ownership]", "\n  - Dive Deep\n  - Ownership");
        assert_eq!(refactored(&at(&listed, "princ"), OUT).as_deref(), Some(LINES));
    }

    #[test]
    fn what_could_be_lost_stays_where_it_is() {
        for (from, to) in [
            ("Ownership", "“Own it” <!-- best -->"),
            ("Ownership", "[Ownership](x.md)"),
            ("Ownership", "~~Ownership~~"),
            ("# Cache", "---\n---\n# Cache"),
        ] {
            let text = LINES.replacen(from, to, 1);
            assert_eq!(refactored(&at(&text, "Princ"), IN), None, "{text}");
        }
        for (from, to) in [
            ("[Dive Deep, Ownership]", "[Dive Deep,\nOwnership\n]"),
            ("[Dive Deep, Ownership]", "[Dive Deep, Ownership] # my best"),
            ("[Dive Deep, Ownership]", "&p [Dive Deep, Ownership]\nmine: *p"),
            ("principles:", "\"principles\":"),
            ("principles:", "principles :"),
        ] {
            let text = KEYS.replacen(from, to, 1);
            assert_eq!(refactored(&at(&text, "quest"), OUT), None, "{text}");
        }
    }

    #[test]
    fn values_that_yaml_would_read_otherwise_are_quoted() {
        let text = LINES.replace("Ownership", "Owning: it");
        let after = refactored(&at(&text, "Dive"), IN).expect("an action");
        assert!(after.contains("principles: [Dive Deep, \"Owning: it\"]"), "{after}");
    }

    #[test]
    fn a_file_of_several_stories_has_no_keys_for_one() {
        let two = format!("{LINES}\n{}", LINES.replace("Cache", "Queue"));
        assert_eq!(refactored(&at(&two, "Dive"), IN), None);
        let two = format!("{KEYS}\n{}", LINES.replace("Cache", "Queue"));
        assert_eq!(refactored(&at(&two, "princ"), OUT), None);
    }

    proptest! {
        #[test]
        fn there_and_back_is_where_it_was(
            principles in prop::sample::subsequence(vec!["Dive Deep", "Ownership", "Earn Trust", "Think Big", "My own"], 1..5),
            questions in prop::sample::subsequence(vec!["production-outage", "failure", "ambiguity"], 0..3),
            keys in prop::sample::subsequence(vec!["title: Night\n", "date: 2024-05-01\n# Mine.\n", "aliases:\n  - a\n  - b\n"], 0..4),
            ending in prop::sample::select(vec!["\n", "\r\n"]),
        ) {
            let head = if keys.is_empty() { String::new() } else { format!("---\n{}---\n\n", keys.concat()) };
            let (story, _) = LINES.split_once("**Principles").expect("tags");
            let asked = if questions.is_empty() { String::new() } else { format!("**Questions:** {}\n", questions.join(", ")) };
            let text = format!("{head}{story}**Principles:** {}\n{asked}", principles.join(", ")).replace('\n', ending);
            let inside = refactored(&at(&text, "**Princ"), IN);
            prop_assert!(inside.is_some(), "{}", text);
            let inside = inside.unwrap_or_default();
            prop_assert_eq!(refactored(&at(&inside, "principles: ["), OUT), Some(text), "{}", inside);
        }
    }
}
