//! One file of many stories, or many files of one.

use std::sync::Arc;

use starling_grammar::{BlockKind, Document, Span, Story, TitleSource};

use super::{Said, action, after, read, said};
use crate::bank::draft::file_name;
use crate::finding::Edit;
use crate::ide::View;
use crate::ide::actions::{Action, Change};
use crate::ide::place::touches;
use crate::rules::layout;

/// A file that is to be made beside the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its name, without a folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// At the title of a story among others: into a file of its own, or each but the first into its own.
pub(super) fn split(view: &View, at: usize) -> Vec<Action> {
    let stories = &view.document().stories;
    let Some(index) =
        stories.iter().position(|story| touches(story.title.span, at)).filter(|_| stories.len() > 1)
    else {
        return Vec::new();
    };
    let one = moved(view, &[index]).map(|change| offered("Move this story into a file of its own", change));
    let rest: Vec<usize> = (1..stories.len()).collect();
    let all = moved(view, &rest).map(|change| offered("Split into one file for each story", change));
    one.into_iter().chain(all).collect()
}

fn offered(title: &str, change: Change) -> Action {
    Action { change, ..action(title, Vec::new()) }
}

/// The change that moves some stories into files; `None` where a story would not be read alone as it is among the others.
fn moved(view: &View, indices: &[usize]) -> Option<Change> {
    let (document, text) = (view.document(), view.text());
    if has_links_by_name(text) || !document.suppressions.is_empty() {
        return None;
    }
    // What the front matter says of all stories, each file has to say again.
    let head = match &document.front_matter {
        Some(front_matter) if front_matter.title.is_some() => return None,
        Some(front_matter) if front_matter.declares => front_matter.span.of(text).trim_end(),
        _ => "",
    };
    let line_end = layout::line_end(text);
    let mut files: Vec<NewFile> = Vec::new();
    let mut edits = Vec::new();
    for index in indices {
        let story = &document.stories[*index];
        let span = extent(document, *index)?;
        let name = file_name(&story.title.text)?;
        if files.iter().any(|file| file.name == name) {
            return None;
        }
        let opening = if head.is_empty() { String::new() } else { format!("{head}{line_end}{line_end}") };
        let new = format!("{opening}{}{line_end}", span.of(text).trim_end());
        let alone = read(view, new.as_str().into());
        let [only] = alone.stories.as_slice() else { return None };
        if Said::of(only, &new) != Said::of(story, text) {
            return None;
        }
        files.push(NewFile { name, text: new });
        edits.push(Edit::replace(span, ""));
    }
    let left = after(view, &edits);
    let stays = document.stories.iter().enumerate().filter(|(index, _)| !indices.contains(index));
    let stays: Vec<Said> = stays.map(|(_, story)| Said::of(story, text)).collect();
    (said(&left) == stays).then_some(Change::Split { edits, files })
}

/// A story with all that stands below it, up to the next: whole lines, from a heading.
fn extent(document: &Document, index: usize) -> Option<Span> {
    let text = document.text();
    let story = &document.stories[index];
    let TitleSource::Heading(level) = story.title.source else { return None };
    let begin = |story: &Story| layout::line_start(text, story.span.start);
    let start = begin(story);
    let end = document.stories.get(index + 1).map_or(text.len(), begin);
    // A heading above the next story may be over several; so may lines that no part holds.
    let rest = Span::new(story.span.end, end.max(story.span.end));
    let mut at = rest.start;
    for line in rest.of(text).split_inclusive(['\n', '\r']) {
        let heading = document.block(at + line.len() - line.trim_start().len());
        let is_heading =
            heading.is_some_and(|block| block.kind == BlockKind::Heading) && !line.trim().is_empty();
        if is_heading
            && line.trim_start().bytes().take_while(|byte| *byte == b'#').count() <= usize::from(level)
        {
            return None;
        }
        at += line.len();
    }
    (start < end).then(|| Span::new(start, end))
}

/// Whether a text defines targets of links or footnotes (`[a]: …`), which hold for all of a file; or seems to.
fn has_links_by_name(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with('[') && line.contains("]:"))
}

/// Whether a file is nothing but stories that somebody has told, so that nothing is lost without it.
fn is_all_stories(document: &Document) -> bool {
    let text = document.text();
    let first = document.stories.first().map(|story| layout::line_start(text, story.span.start));
    first.is_some_and(|first| text[..first].trim_matches('\u{feff}').trim().is_empty())
        && document.front_matter.is_none()
        && document.suppressions.is_empty()
        && !has_links_by_name(text)
        && document.stories.iter().all(|story| !story.template && story.title.source != TitleSource::FileName)
}

/// With each file all of them are read again; nobody wants more of them in one.
const MOST_FILES: usize = 100;

/// The stories of other files behind those of the document: the edit, and which of the files it takes. A file that has
/// more than stories is left alone, and so is one that would not be read as before, or that ends its lines otherwise.
#[must_use]
pub fn merged(view: &View, others: &[Arc<str>]) -> Option<(Edit, Vec<usize>)> {
    let text = view.text();
    let line_end = layout::line_end(text);
    if others.len() > MOST_FILES || has_links_by_name(text) || !view.document().suppressions.is_empty() {
        return None;
    }
    let mut all = said(view.document());
    let mut appended = String::new();
    let mut taken = Vec::new();
    for (index, other) in others.iter().enumerate() {
        let document = read(view, other.clone());
        let own = said(&document);
        if !is_all_stories(&document) || layout::line_end(other) != line_end {
            continue;
        }
        let mut next = appended.clone();
        let before = if next.is_empty() { text } else { &next };
        let gap = if before.is_empty() {
            0
        } else {
            2usize.saturating_sub(before.len() - before.trim_end_matches(['\n', '\r']).len())
        };
        next += &line_end.repeat(gap);
        next += other.trim_start_matches('\u{feff}').trim_end();
        next += line_end;
        let together = read(view, format!("{text}{next}").into());
        if said(&together).iter().eq(all.iter().chain(&own)) {
            all.extend(own);
            appended = next;
            taken.push(index);
        }
    }
    (!taken.is_empty()).then(|| (Edit::insert(text.len(), appended), taken))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::merged;
    use crate::fix::apply;
    use crate::ide::actions::Change;
    use crate::ide::refactor::refactorings;
    use crate::ide::testing::Fixture;

    fn story(title: &str) -> String {
        format!(
            "# {title}\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** 5% less\n\nPrinciples: Ownership\n"
        )
    }

    /// What is left, and the names and texts of the new files.
    fn split(text: &str, title: &str) -> Option<(String, Vec<(String, String)>)> {
        let fixture = Fixture::new(text);
        let offered = refactorings(&fixture.view(), starling_grammar::Span::at(fixture.offset));
        let action = offered.into_iter().find(|action| action.title == title)?;
        let Change::Split { edits, files } = action.change else { panic!("{title} makes files") };
        let files = files.into_iter().map(|file| (file.name, file.text)).collect();
        Some((apply(fixture.text(), &edits), files))
    }

    fn all() -> String {
        format!("My stories.\n\n{}\n{}\n{}", story("Ca$0che"), story("Queue"), story("Pager"))
    }

    #[test]
    fn files_are_split_and_merged_back() {
        let (left, files) = split(&all(), "Split into one file for each story").expect("an action");
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["queue.md", "pager.md"]);
        assert_eq!(files[0].1, story("Queue"));
        assert_eq!(left.trim_end(), format!("My stories.\n\n{}", story("Cache").trim_end()));
        let texts: Vec<Arc<str>> = files.iter().map(|(_, text)| text.as_str().into()).collect();
        let fixture = Fixture::new(&left);
        let (edit, taken) = merged(&fixture.view(), &texts).expect("an edit");
        assert_eq!(taken, [0, 1]);
        assert_eq!(apply(&left, &[edit]), all().replace("$0", ""));
    }

    #[test]
    fn one_story_is_moved_out() {
        let (left, files) = split(&all(), "Move this story into a file of its own").expect("an action");
        assert_eq!(files, [("cache.md".to_owned(), story("Cache"))]);
        assert_eq!(left, format!("My stories.\n\n{}\n{}", story("Queue"), story("Pager")));
    }

    #[test]
    fn what_belongs_to_several_stays() {
        let grouped = format!("{}\n# More\n\n## Notes\n\n{}", story("Ca$0che"), story("Queue"));
        assert_eq!(split(&grouped, "Move this story into a file of its own"), None);
        assert_eq!(split(&story("Ca$0che"), "Move this story into a file of its own"), None);
        let same = format!("{}\n{}\n{}", story("Ca$0che"), story("Queue"), story("Queue"));
        assert_eq!(split(&same, "Split into one file for each story"), None);
    }

    #[test]
    fn what_holds_for_a_whole_file_keeps_its_stories_together() {
        let title = "Split into one file for each story";
        assert_eq!(split(&format!("{}\n[doc]: http://a.b\n", all()), title), None);
        assert_eq!(
            split(&all().replacen("# Queue", "<!-- starling-ignore missing-part -->\n\n# Queue", 1), title),
            None
        );
        let fixture = Fixture::new(&story("Cache"));
        let others = [
            format!("# Bank\n\nSee:\n\n{}", story("Queue")),
            "# T\n\n**Situation:**\n\n**Task:**\n\n**Action:**\n\n**Result:**\n".to_owned(),
            format!("{}\n[1]: http://a.b\n", story("Queue")),
            story("Queue").replace('\n', "\r\n"),
        ];
        for other in others {
            assert_eq!(merged(&fixture.view(), &[other.as_str().into()]), None, "{other}");
        }
    }

    #[test]
    fn the_front_matter_goes_along_and_keeps_a_file_from_being_merged() {
        let text = format!("---\ntype: story\n---\n\n{}", all());
        let (_, files) = split(&text, "Split into one file for each story").expect("an action");
        assert_eq!(files[0].1, format!("---\ntype: story\n---\n\n{}", story("Queue")));
        let fixture = Fixture::new(&story("Cache"));
        assert_eq!(
            merged(&fixture.view(), &[files[0].1.as_str().into(), "# Notes\n\nNothing.\n".into()]),
            None
        );
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,8}( [a-z0-9%]{1,8}){0,3}",
            Just("- item".to_owned()),
            Just("```sh".to_owned()),
            Just("> quote".to_owned()),
            Just("### more".to_owned()),
            Just("# Other".to_owned()),
            Just("**Task:** mine".to_owned()),
            Just("<details>".to_owned()),
            Just("🎉 `code`".to_owned()),
            Just(String::new()),
        ]
    }

    proptest! {
        #[test]
        fn every_character_stays(bodies in prop::collection::vec(prop::collection::vec(line(), 0..4), 2..5)) {
            let stories = bodies.iter().enumerate().map(|(number, lines)| {
                format!("# Cache {number}\n\n**Situation:** a\n{}\n\n**Action:** b\n\n**Result:** 5% less\n", lines.join("\n"))
            });
            let text: String = stories.collect::<Vec<_>>().join("\n");
            let marks = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            if let Some((left, files)) = split(&text.replacen("Cache", "Ca$0che", 1), "Split into one file for each story") {
                let all: String = std::iter::once(&left).chain(files.iter().map(|(_, text)| text)).cloned().collect();
                prop_assert_eq!(marks(&all), marks(&text));
                let texts: Vec<Arc<str>> = files.iter().map(|(_, text)| text.as_str().into()).collect();
                if let Some((edit, taken)) = merged(&Fixture::new(&left).view(), &texts)
                    && taken.len() == texts.len()
                {
                    prop_assert_eq!(marks(&apply(&left, &[edit])), marks(&text));
                }
            }
        }
    }
}
