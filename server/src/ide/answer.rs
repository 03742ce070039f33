//! What a story says to a question that it is mapped to: each item of the checklist, with the words that show it.

use starling_grammar::{Checklist, Content, Covered, Span, Story, checklist};

use super::View;
use super::place;
use crate::lines::Lines;

/// More words for the same item show nothing more.
const MOST_WORDS: usize = 3;

/// What a story says to a question; `None` where that cannot be judged: without a checklist, in a template, and in
/// text that is not English.
pub(super) fn to<'a>(view: &View<'a>, story: &Story, question: &str) -> Option<Checklist<'a>> {
    let mut told = story.parts.iter().filter(|part| part.content() == Content::Text).peekable();
    let judged = told.peek().is_some() && told.all(|part| part.english);
    let checklist = judged.then(|| checklist(story, question, view.vocabulary()))?;
    (total(&checklist) > 0).then_some(checklist)
}

/// How much of a checklist is addressed: `4 of 5`.
pub(super) fn score(checklist: &Checklist) -> String {
    format!("{} of {}", checklist.covered.len(), total(checklist))
}

fn total(checklist: &Checklist) -> usize {
    checklist.covered.len() + checklist.gaps.len()
}

/// The page of a question at a tag, with what the stories of that tag say to it; `None` where none can be judged.
pub(super) fn page(view: &View, tag: Span, question: &str) -> Option<String> {
    let tagged = |story: &&Story| story.tags.iter().any(|known| known.span == tag);
    let context = view.context();
    let answers: Vec<(&Story, Checklist)> =
        context.told().filter(tagged).filter_map(|story| Some((story, to(view, story, question)?))).collect();
    let entry = view.vocabulary().questions().iter().find(|entry| entry.id == question)?;
    let heading = format!("**{question}** · question\n\n{}\n\n", entry.text);
    match answers.as_slice() {
        [] => None,
        [(_, checklist)] => Some(heading + &items(view, checklist)),
        many => {
            let line = |(story, checklist): &(&Story, Checklist)| {
                format!("- {}: {}{}\n", story.title.text, score(checklist), open(checklist))
            };
            Some(heading + &many.iter().map(line).collect::<String>())
        }
    }
}

/// The ids of the items that are not addressed, as the end of a sentence; nothing where all are.
pub(super) fn open(checklist: &Checklist) -> String {
    let ids: Vec<&str> = checklist.gaps.iter().map(|item| item.id.as_str()).collect();
    if ids.is_empty() { String::new() } else { format!("; open: {}", ids.join(", ")) }
}

/// All items of a checklist: first what the story addresses, then what it does not.
fn items(view: &View, checklist: &Checklist) -> String {
    let lines = Lines::new(view.text());
    let mut markdown = format!("**This story:** {}\n\n", score(checklist));
    for covered in &checklist.covered {
        markdown += &format!("- ✓ **{}**: {}\n", covered.item.id, shown(view, &lines, covered));
    }
    for item in &checklist.gaps {
        let asked = format!("- ○ **{}**: {} {}", item.id, item.prompt, item.hint);
        markdown += asked.trim_end_matches([' ', ':']);
        markdown.push('\n');
    }
    markdown
}

/// The words that show an item, each once, with their lines: `line 12: “rolled back”, “reverted”; line 14: “paged”`.
fn shown(view: &View, lines: &Lines, covered: &Covered) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut shown = String::new();
    let mut last = None;
    for span in &covered.spans {
        let words = place::words(view.document(), *span);
        if seen.iter().any(|known| known.contains(&words)) || seen.len() == MOST_WORDS {
            continue;
        }
        let line = lines.line(span.start);
        shown += &match last {
            Some(last) if last == line => format!(", “{words}”"),
            Some(_) => format!("; line {line}: “{words}”"),
            None => format!("line {line}: “{words}”"),
        };
        last = Some(line);
        seen.push(words);
    }
    shown
}

#[cfg(test)]
mod tests {
    use crate::ide::hover;
    use crate::ide::testing::Fixture;

    /// The hover at the cursor.
    #[track_caller]
    fn at(fixture: &str) -> String {
        let fixture = Fixture::new(fixture);
        hover(&fixture.view(), fixture.offset).expect("a hover").markdown
    }

    fn story(title: &str, action: &str, tags: &str) -> String {
        format!(
            "# {title}\n\n{tags}**Situation:** Checkout was down.\n\n**Task:** I was on call.\n\n**Action:** {action}\n\n**Result:** Errors fell from 9% to 1%.\n"
        )
    }

    const ACTION: &str =
        "An alert **paged** me. I read the traces in Jaeger and found the root cause.\nI rolled back.";

    #[test]
    fn a_question_shows_what_is_addressed_and_what_is_not() {
        let page = at(&story("Night", ACTION, "**Questions:** produc$0tion-outage\n\n"));
        assert!(page.starts_with("**production-outage** · question\n\nTell me about a time"), "{page}");
        assert!(page.contains("\n**This story:** 4 of 5\n"), "{page}");
        assert!(page.contains("\n- ✓ **resolution**: line 10: “rolled back”\n"), "{page}");
        assert!(page.contains("line 9: “alert paged me”\n"), "{page}");
        assert!(page.contains("\n- ○ **prevention**: "), "{page}");
    }

    #[test]
    fn a_tag_of_several_stories_shows_each() {
        let matter = "---\nquestions: [produc$0tion-outage]\n---\n\n";
        let page = at(&format!("{matter}{}\n{}", story("One", ACTION, ""), story("Two", "I waited.", "")));
        assert!(page.contains("\n- One: 4 of 5; open: prevention\n- Two: "), "{page}");
    }

    #[test]
    fn what_cannot_be_judged_is_only_explained() {
        for action in ["TODO", "Ich habe es neu gebaut, und das war nicht das, was es sein sollte."] {
            let text = story("Night", action, "**Questions:** produc$0tion-outage\n\n")
                .replace("Checkout was down", "TODO")
                .replace("I was on call", "TODO")
                .replace("Errors fell from 9% to 1%", "TODO");
            let page = at(&text);
            assert!(page.contains("**What interviewers look for**"), "{page}");
        }
        let page = at("---\nquestions: [produc$0tion-outage]\n---\n");
        assert!(page.contains("**What interviewers look for**"), "{page}");
    }
}
