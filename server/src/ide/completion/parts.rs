//! Completion of the parts that a story still lacks, on an empty line inside of it or right after it.

use starling_grammar::{Part, PartKind, Span, Story};

use super::{Completion, CompletionKind};
use crate::explain::Topic;
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::place;
use crate::rules::layout::{self, Class};
use crate::rules::{insertion, wording};

/// A line on which nothing stands but what may begin a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct EmptyLine<'t> {
    /// The line, without its line end.
    pub(super) line: Span,
    /// What stands on it up to the cursor.
    pub(super) typed: &'t str,
    /// The letters at the end of that, in which a name begins.
    pub(super) word: &'t str,
}

/// The line of the cursor, if nothing but marks and one word stands on it.
pub(super) fn empty_line(text: &str, offset: usize) -> Option<EmptyLine<'_>> {
    let line = place::line(text, offset);
    let typed = &text[line.start..offset];
    let word = typed.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_empty = text[offset..line.end].trim().is_empty() && word.chars().all(char::is_alphabetic);
    is_empty.then_some(EmptyLine { line, typed, word })
}

/// The parts that a story lacks at the cursor: those that belong there first, each in order.
pub(super) fn complete(view: &View, offset: usize) -> Vec<Completion> {
    let text = view.text();
    let Some(at) = empty_line(text, offset) else { return Vec::new() };
    let Some(story) = story_before(view, at.line) else { return Vec::new() };
    let before = story.parts.iter().rfind(|part| part.label.whole.end <= at.line.start);
    let after = story.parts.iter().find(|part| part.label.whole.start >= at.line.end);
    let fits = |kind: PartKind| {
        before.is_none_or(|part| part.kinds.iter().all(|other| *other < kind))
            && after.is_none_or(|part| part.kinds.iter().all(|other| *other > kind))
    };
    let missing = PartKind::ALL.into_iter().filter(|kind| story.part(*kind).is_none());
    let (here, elsewhere): (Vec<PartKind>, Vec<PartKind>) = missing.partition(|kind| fits(*kind));
    let elsewhere = elsewhere.into_iter().filter(|kind| *kind != PartKind::Reflection);
    let kinds = here.into_iter().chain(elsewhere);
    let Some(neighbour) = before.or(after).filter(|part| may_begin(text, part, &at)) else {
        return Vec::new();
    };
    kinds.filter_map(|kind| completion(view, story, kind, (neighbour, before.is_some()), &at)).collect()
}

/// Whether what stands on the line may be the beginning of a label like that of a part, rather than of an item of a list
/// or of one more line of prose.
fn may_begin(text: &str, part: &Part, at: &EmptyLine) -> bool {
    const LEAST: usize = 3;
    let typed = layout::prefix(at.typed);
    let like = layout::prefix_of(text, part);
    let quotes = |prefix: &str| prefix.matches('>').count();
    let is_item = layout::opens_item(typed);
    let above = place::line_before(text, at.line.start);
    let runs_on = above.is_some_and(|above| !place::is_blank(above.of(text)));
    let is_bare = at.typed.len() == at.word.len() && !at.word.is_empty();
    (!is_item || Class::of(part) == Class::Item && same_depth(typed, like))
        && quotes(typed) <= quotes(like)
        && (!is_bare || !runs_on || at.word.len() >= LEAST)
}

/// Whether two prefixes open items at the same column.
fn same_depth(one: &str, other: &str) -> bool {
    let column = |prefix: &str| prefix.len() - prefix.trim_start_matches(['>', ' ', '\t']).len();
    column(one) == column(other)
}

/// The story that holds a line, or that nothing parts from it.
fn story_before<'a>(view: &View<'a>, line: Span) -> Option<&'a Story> {
    let story = view.document().stories.iter().rfind(|story| story.span.start < line.start)?;
    let between = view.text().get(story.span.end..line.start).unwrap_or_default();
    between.lines().all(place::is_blank).then_some(story)
}

fn completion(
    view: &View,
    story: &Story,
    kind: PartKind,
    (neighbour, is_after): (&Part, bool),
    at: &EmptyLine,
) -> Option<Completion> {
    let (text, vocabulary) = (view.text(), view.vocabulary());
    let name = wording::part_name(vocabulary, kind, &neighbour.label.language);
    let names = [name, kind.name()];
    let chosen = names.into_iter().find(|name| name.to_lowercase().starts_with(&at.word.to_lowercase()))?;
    let number = number(text, story, neighbour, is_after);
    let following = story.parts.iter().position(|part| part.label.whole.start >= at.line.end);
    let (new, prompt) = insertion::lines(&view.context(), story, kind, neighbour, number)?;
    let kept = shared(at.typed, &new);
    let opening = opening(text, neighbour, at);
    let marks = &at.typed[kept..at.typed.len() - at.word.len()];
    let inserted = format!("{opening}{}{}", &new[kept..], closing(text, neighbour, at));
    Some(Completion {
        label: name.to_owned(),
        detail: vocabulary.part(kind).map(|part| part.include.clone()),
        kind: CompletionKind::Part(kind),
        filter: format!("{marks}{chosen}"),
        edit: Edit::replace(Span::new(at.line.start + kept, at.line.end), inserted),
        stops: vec![Span::new(prompt.start - kept, prompt.end - kept).shift(opening.len())],
        also: following
            .map_or_else(Vec::new, |index| insertion::renumber(text, &story.parts[index..], number)),
        page: Some((Topic::Part, kind.id().to_owned())),
        uses: None,
    })
}

/// The number of a part beside another; the same again where the parts are all numbered alike.
fn number(text: &str, story: &Story, neighbour: &Part, is_after: bool) -> usize {
    let value = |part: &Part| layout::ordinal(text, part).map(|ordinal| ordinal.value);
    let own = value(neighbour).unwrap_or(1);
    let alike = story.parts.iter().filter(|part| value(part) == Some(own)).count() > 1;
    own + usize::from(is_after && !alike)
}

/// The length of the marks that a line and a new text open with alike.
fn shared(typed: &str, new: &str) -> usize {
    let alike =
        typed.chars().zip(new.chars()).take_while(|(one, other)| one == other && !one.is_alphanumeric());
    alike.map(|(c, _)| c.len_utf8()).sum()
}

/// A line end where the new part would run on from the line above it.
fn opening(text: &str, neighbour: &Part, at: &EmptyLine) -> String {
    let above = place::line_before(text, at.line.start);
    let runs_on = above.is_some_and(|above| !place::is_blank(above.of(text)));
    if Class::of(neighbour) == Class::Item || !runs_on || at.typed.trim().len() > at.word.len() {
        return String::new();
    }
    format!("{}{}", layout::line_end(text), layout::continued(layout::prefix_of(text, neighbour)))
}

/// A line end where the line below would run on from the new part.
fn closing(text: &str, neighbour: &Part, at: &EmptyLine) -> String {
    let below = place::line_after(text, at.line.end);
    let runs_on = below.is_some_and(|below| !place::is_blank(below.of(text)));
    if Class::of(neighbour) == Class::Item || !runs_on {
        return String::new();
    }
    let prefix = layout::continued(layout::prefix_of(text, neighbour));
    format!("{}{}", layout::line_end(text), prefix.trim_end())
}

#[cfg(test)]
mod tests {
    use crate::ide::completion::testing::{all, check, check_edit, check_first};
    use crate::ide::testing::Fixture;

    const TASK: &str = "[What were you responsible for, and by when?]";

    #[test]
    fn parts_are_written_as_the_others() {
        for (before, line, after, expected) in [
            ("**Situation:** a\n\n", "", "\n\n**Action:** b\n", "**Task:** ‹›"),
            ("**Situation:** a\n\n", "Ta", "\n\n**Action:** b\n", "**Task:** ‹›"),
            ("**Situation:** a\n\n", "**T", "\n\n**Action:** b\n", "**Task:** ‹›"),
            ("**Situation:** a\n", "", "\n**Action:** b\n", "\n**Task:** ‹›\n"),
            ("## Situation\n\na\n\n", "## ", "\n\n## Action\n\nb\n", "## Task\n\n‹›"),
            ("## 1. Situation\n\na\n\n", "", "\n\n## 3. Action\n\nb\n", "## 2. Task\n\n‹›"),
            ("> **Situation:** a\n>\n", "> ", "\n>\n> **Action:** b\n", "> **Task:** ‹›"),
            ("- **Situation:** a\n", "- ", "\n- **Action:** b\n", "- **Task:** ‹›"),
            ("- **Situation:** a\n", "", "\n- **Action:** b\n", "- **Task:** ‹›"),
            ("Situation: a\n\n", "", "\n\nAction: b\n", "Task: ‹›"),
            ("## Situation\r\n\r\na\r\n\r\n", "ta", "\r\n\r\n## Action\r\n\r\nb\r\n", "## Task\r\n\r\n‹›"),
        ] {
            let expected = expected.replace("‹›", TASK);
            check_edit(
                &format!("# C\n\n{before}{line}$0{after}"),
                "Task",
                &format!("# C\n\n{before}{expected}{after}"),
            );
        }
    }

    #[test]
    fn those_below_count_on() {
        check_edit(
            "# C\n\n1. Situation: a\n$0\n2. Action: b\n3. Result: c\n",
            "Task",
            &format!("# C\n\n1. Situation: a\n2. Task: {TASK}\n3. Action: b\n4. Result: c\n"),
        );
        check_edit(
            "# C\n\n1. Situation: a\n1. Action: b\n\n$0",
            "Result",
            "# C\n\n1. Situation: a\n1. Action: b\n\n1. Result: [What changed, from … to … within …?]",
        );
    }

    #[test]
    fn the_prompt_is_a_placeholder() {
        for line in ["", "**", "Tas"] {
            let fixture = Fixture::new(&format!("**Situation:** a\n{line}$0\n\n**Action:** b\n"));
            let found = all(&fixture);
            let stops: Vec<&str> = found[0].stops.iter().map(|stop| stop.of(&found[0].edit.text)).collect();
            assert_eq!(stops, [TASK]);
        }
    }

    #[test]
    fn those_that_belong_here_come_first() {
        let story = |cursor: &str| format!("# C\n\n**Situation:** a\n\n{cursor}**Action:** b\n\n");
        check(&story("$0\n\n"), &["Task", "Result"]);
        check_first(&format!("{}$0", story("")), &["Result", "Reflection", "Task", "STAR story"]);
        check(&format!("{}R$0", story("")), &["Result", "Reflection"]);
        check(&format!("{}resu$0", story("")), &["Result"]);
    }

    #[test]
    fn nothing_where_a_line_is_full_or_the_layout_has_no_lines() {
        let story = "# C\n\n**Situation:** a\n\n**Action:** b\n\n";
        check(&format!("{story}The t$0"), &[]);
        check(&format!("{story}$0the"), &[]);
        check_first(
            "| | |\n|---|---|\n| Situation | a |\n| Action | b |\n| Result | c |\n\n$0",
            &["STAR story"],
        );
        check(&format!("{story}- T$0"), &[]);
        check(&format!("{story}> T$0"), &[]);
        check("# C\n\n- **Situation:** a\n- **Action:** b\n  - $0\n", &[]);
        check("# C\n\n**Situation:** a\n\n**Action:** b\nT$0", &[]);
        check("# C\n\n**Situation:** a\n\n**Action:** b\n\n# Hobbies\n\nTa$0", &[]);
    }
}
