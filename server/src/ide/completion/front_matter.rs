//! Completion in the front matter: its keys, and the ids of what they list.
//!
//! The lines are read as text: while somebody types, the YAML seldom parses.

use starling_grammar::{Span, TagKind};

use super::item::{self, Item};
use super::{Completion, CompletionKind, matching};
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::place;

/// A key with what it means, what is inserted for it, and what it lists.
struct Key {
    name: &'static str,
    detail: &'static str,
    /// What follows the key and its colon; `|` is where the cursor goes.
    value: &'static str,
    kind: Option<TagKind>,
}

const KEYS: [Key; 6] = [
    Key { name: "title", detail: "What the story is called", value: "|", kind: None },
    Key { name: "type", detail: "Says that the file holds a story", value: "story|", kind: None },
    Key {
        name: "principles",
        detail: "Principles that the story shows",
        value: "[|]",
        kind: Some(TagKind::Principle),
    },
    Key { name: "themes", detail: "What the story is about", value: "[|]", kind: Some(TagKind::Theme) },
    Key {
        name: "questions",
        detail: "Questions that the story answers",
        value: "[|]",
        kind: Some(TagKind::Question),
    },
    Key { name: "status", detail: "How far the story is", value: "|", kind: None },
];

/// The YAML between its two lines, if a place lies in it. One that begins with the word that is being typed counts, too.
pub(super) fn body_at(view: &View, offset: usize) -> Option<Span> {
    let inside = |body: Span| body.start <= offset && offset < body.end;
    if let Some(front_matter) = &view.document().front_matter {
        return Some(front_matter.body).filter(|body| inside(*body));
    }
    let text = view.text();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let opening = place::line(text, start);
    let mut line = place::line_after(text, opening.end).filter(|_| opening.of(text).trim_end() == "---")?;
    let body = line.start;
    while !matches!(line.of(text).trim_end(), "---" | "...") {
        let words = line.of(text);
        let is_yaml = words.trim().is_empty() || words.contains(':') || words.starts_with([' ', '-', ']']);
        if !is_yaml && !place::touches(line, offset) {
            return None;
        }
        line = place::line_after(text, line.end)?;
    }
    Some(Span::new(body, line.start)).filter(|body| inside(*body))
}

/// What can be inserted at a place of the YAML.
pub(super) fn complete(view: &View, body: Span, offset: usize) -> Vec<Completion> {
    let line = place::line(view.text(), offset);
    if let Some(typed) = key_being_typed(view.text(), line, offset) {
        return keys(view, body, typed, offset);
    }
    let Some((key, value)) = key_of(view.text(), body, line, offset) else { return Vec::new() };
    match key.kind {
        Some(kind) => tags(view, body, kind, value, offset),
        None if key.name == "type" => story_type(view, value, offset),
        None => Vec::new(),
    }
}

/// The word at the start of a line that has no colon yet.
fn key_being_typed(text: &str, line: Span, offset: usize) -> Option<Span> {
    let is_word = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    let before = &text[line.start..offset];
    let after = &text[offset..line.end];
    let end = offset + after.len() - after.trim_start_matches(is_word).len();
    let is_key =
        before.chars().all(is_word) && !before.starts_with('-') && text[end..line.end].trim().is_empty();
    is_key.then(|| Span::new(line.start, end))
}

fn keys(view: &View, body: Span, typed: Span, offset: usize) -> Vec<Completion> {
    let text = view.text();
    let present = |key: &Key| {
        let mut lines = body.of(text).lines();
        lines.any(|line| line.split_once(':').is_some_and(|(name, _)| name.trim_end() == key.name))
    };
    let offered = KEYS.iter().filter(|key| !present(key)).filter_map(|key| {
        let (fit, filter) = matching::fit(&text[typed.start..offset], [key.name])?;
        let opening = format!("{}: ", key.name);
        let (before, after) = key.value.split_once('|').unwrap_or((key.value, ""));
        let stop = Span::at(opening.len() + before.len());
        let completion = Completion {
            label: key.name.to_owned(),
            detail: Some(key.detail.to_owned()),
            kind: CompletionKind::Key,
            filter,
            edit: Edit::replace(typed, format!("{opening}{before}{after}")),
            stops: vec![stop],
            also: Vec::new(),
            page: None,
            uses: None,
        };
        Some((fit, completion))
    });
    let mut offered: Vec<_> = offered.collect();
    offered.sort_by_key(|(fit, _)| *fit);
    offered.into_iter().map(|(_, completion)| completion).collect()
}

/// The key whose value is typed at `offset`, and where its value begins.
fn key_of(text: &str, body: Span, line: Span, offset: usize) -> Option<(&'static Key, usize)> {
    let mut line = line;
    loop {
        let words = line.of(text);
        if !words.starts_with([' ', '\t', '-', '#', ']']) && !words.trim().is_empty() {
            let colon = words.find(':')?;
            let value = line.start + colon + 1;
            let key = KEYS.iter().find(|key| key.name == words[..colon].trim_end())?;
            return (value <= offset).then_some((key, value));
        }
        line = place::line_before(text, line.start).filter(|line| line.start >= body.start)?;
    }
}

fn tags(view: &View, body: Span, kind: TagKind, value: usize, offset: usize) -> Vec<Completion> {
    let text = view.text();
    let Some(list) = list_at(text, value, offset) else { return Vec::new() };
    let span = item::span_at(view.vocabulary(), kind, text, list, offset);
    let spaced = span.is_empty() && item::is_spaced(text, span.start);
    let item = Item { kind, span, offset, spaced, as_id: true };
    let listed = item::listed(view, &item, &lines_of_value(text, body, value));
    // What one story suggests says nothing of the others.
    let story = match view.document().stories.as_slice() {
        [story] => Some(story),
        _ => None,
    };
    item::complete(view, &item, &listed, story)
}

/// From the first byte on the cursor's line that belongs to the list, to the last byte on it that could.
fn list_at(text: &str, value: usize, offset: usize) -> Option<Span> {
    let line = place::line(text, offset);
    let before = &text[value..offset];
    let on_line = value.max(line.start);
    if text[on_line..offset].contains(" #") {
        return None;
    }
    let end = offset + text[offset..line.end].find([']', '#', '"', '\'']).unwrap_or(line.end - offset);
    if before.trim_start().starts_with('[') {
        let open = value + before.find('[')? + 1;
        return (!text[open..offset].contains(']')).then(|| Span::new(open.max(line.start), end));
    }
    if value >= line.start {
        return Some(Span::new(value, end));
    }
    let words = text[line.start..offset].trim_start();
    let item = words.strip_prefix('-').filter(|item| item.is_empty() || item.starts_with([' ', '\t']))?;
    Some(Span::new(offset - item.len(), end))
}

/// The lines of a value, each with its place; brackets and the dashes of items are spaces.
fn lines_of_value(text: &str, body: Span, value: usize) -> Vec<(Span, String)> {
    let mut lines = Vec::new();
    let mut line = Span::new(value, place::line(text, value).end);
    loop {
        let mut words = line.of(text).replace(['[', ']'], " ");
        if let Some(dash) = words.find('-').filter(|dash| words[..*dash].trim().is_empty()) {
            words.replace_range(dash..=dash, " ");
        }
        lines.push((line, words));
        let next = place::line_after(text, line.end).filter(|next| next.start < body.end);
        match next {
            Some(next) if !next.of(text).starts_with(char::is_alphanumeric) => line = next,
            _ => return lines,
        }
    }
}

fn story_type(view: &View, value: usize, offset: usize) -> Vec<Completion> {
    const STORY: &str = "story";
    let text = view.text();
    let line = place::line(text, offset);
    let start = offset - text[value.max(line.start)..offset].trim_start().len();
    let Some((_, filter)) = matching::fit(&text[start..offset], [STORY]) else { return Vec::new() };
    if value < line.start || !text[offset..line.end].trim().is_empty() {
        return Vec::new();
    }
    let space = if start == offset && item::is_spaced(text, start) { " " } else { "" };
    vec![Completion {
        label: STORY.to_owned(),
        detail: Some("The file holds a story".to_owned()),
        kind: CompletionKind::Value,
        filter: format!("{space}{filter}"),
        edit: Edit::replace(Span::new(start, offset), format!("{space}{STORY}")),
        stops: Vec::new(),
        also: Vec::new(),
        page: None,
        uses: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::ide::completion::testing::{all, check, check_edit};
    use crate::ide::testing::Fixture;

    #[test]
    fn keys_that_are_not_there_yet() {
        check("---\ntitle: x\nt$0\n---\n", &["type", "themes"]);
        check("---\n$0\n---\n", &["title", "type", "principles", "themes", "questions", "status"]);
        check_edit("---\nprin$0\n---\n", "principles", "---\nprinciples: []\n---\n");
        check_edit("---\nth$0me\ntitle: x\n---\n", "themes", "---\nthemes: []\ntitle: x\n---\n");
        let fixture = Fixture::new("---\nq$0\n---\n");
        assert_eq!(all(&fixture)[0].stops, [starling_grammar::Span::at("questions: [".len())]);
        check("---\ntitle: t$0\n---\n", &[]);
        check("---\nother:\n  t$0\n---\n", &[]);
    }

    #[test]
    fn values_in_brackets() {
        check("---\nprinciples: [dive-deep, own$0]\n---\n", &["ownership"]);
        check_edit(
            "---\nprinciples: [dive-deep, own$0]\n---\n",
            "ownership",
            "---\nprinciples: [dive-deep, ownership]\n---\n",
        );
        check_edit("---\nthemes: [sc$0aling, x]\n---\n", "scaling", "---\nthemes: [scaling, x]\n---\n");
        check_edit(
            "---\nthemes: [\n  scaling,\n  amb$0\n]\n---\n",
            "ambiguity",
            "---\nthemes: [\n  scaling,\n  ambiguity\n]\n---\n",
        );
        check("---\nprinciples: [x]$0\n---\n", &[]);
        check("---\nprinciples: [Are Right, A$0]\n---\n", &["are-right-a-lot"]);
        check_edit(
            "---\nprinciples: [dive-deep, \"Are Right, A$0\"]\n---\n",
            "are-right-a-lot",
            "---\nprinciples: [dive-deep, \"are-right-a-lot\"]\n---\n",
        );
    }

    #[test]
    fn a_blank_comes_behind_a_bare_separator() {
        for (before, after) in
            [("[scaling,", "[scaling, mentoring"), ("[scaling, ", "[scaling, mentoring"), ("[", "[mentoring")]
        {
            let text = format!("---\nthemes: {before}$0]\n---\n");
            check_edit(&text, "mentoring", &format!("---\nthemes: {after}]\n---\n"));
            let filtered = all(&Fixture::new(&text)).iter().all(|it| it.filter.starts_with(' '));
            assert_eq!(filtered, before.ends_with(','), "{before}");
        }
        for text in ["---\nthemes:$0\n---\n", "---\ntype:$0\n---\n"] {
            assert!(all(&Fixture::new(text)).iter().all(|it| it.filter.starts_with(' ')), "{text}");
        }
    }

    #[test]
    fn values_in_items_and_alone() {
        check_edit(
            "---\nthemes:\n  - scaling\n  - men$0\n---\n",
            "mentoring",
            "---\nthemes:\n  - scaling\n  - mentoring\n---\n",
        );
        check_edit(
            "---\nthemes:\n-$0\ntitle: x\n---\n",
            "mentoring",
            "---\nthemes:\n- mentoring\ntitle: x\n---\n",
        );
        check_edit("---\nquestions:$0\n---\n", "failure", "---\nquestions: failure\n---\n");
        check_edit(
            "---\nthemes: scaling, men$0\n---\n",
            "mentoring",
            "---\nthemes: scaling, mentoring\n---\n",
        );
        check_edit("---\ntype:$0\n---\n", "story", "---\ntype: story\n---\n");
        check_edit("---\ntype: $0\n---\n", "story", "---\ntype: story\n---\n");
        check("---\nthemes: men$0 # x\n---\n", &["mentoring"]);
        check("---\nthemes: x # men$0\n---\n", &[]);
    }

    #[test]
    fn what_the_only_story_suggests_comes_first() {
        let story = "# B\n\n**Situation:** A junior engineer was stuck.\n\n**Task:** I was to mentor her.\n\n**Action:** I paired with her and gave feedback on each review.\n\n**Result:** She was promoted in 6 months.\n";
        let matter = "---\nthemes: [$0]\n---\n\n";
        let found = all(&Fixture::new(&format!("{matter}{story}")));
        assert_eq!(found[0].label, "mentoring");
        assert!(found[0].detail.as_deref().is_some_and(|it| it.starts_with("suggested by “")), "{found:?}");
        let found = all(&Fixture::new(&format!("{matter}{story}\n{story}")));
        assert!(found[0].detail.as_deref().is_some_and(|it| !it.starts_with("suggested")), "{found:?}");
    }

    #[test]
    fn what_is_listed_is_left_out() {
        let fixture = Fixture::new("---\nthemes: [scaling, \"Mentoring\", $0, ambiguity]\n---\n");
        let found = all(&fixture);
        assert_eq!(found.len(), 7);
        assert!(found.iter().all(|it| !["scaling", "mentoring", "ambiguity"].contains(&it.label.as_str())));
    }

    #[test]
    fn initials_and_words() {
        check("---\nprinciples: [sbeb$0]\n---\n", &[]);
        check("---\nprinciples: [lbc$0]\n---\n", &["learn-and-be-curious"]);
        check("---\nprinciples: [labc$0]\n---\n", &["learn-and-be-curious"]);
        check("---\nquestions: [outage$0]\n---\n", &["production-outage"]);
    }
}
