//! Code actions: what an editor offers to do at a place.
//!
//! The fixes of the findings there, ways to silence them, and the parts that a story still lacks, all at once.

mod settings;
mod suppress;

use similar::{DiffOp, TextDiff};
use starling_grammar::{Document, Origin, PartKind, Span, Story};

use super::{NewFile, View};
use crate::finding::{Edit, Finding};
use crate::fix;
use crate::rules::{self, Context, Rule};

pub use settings::switch_off;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What it does, as a command.
    pub title: String,
    /// What sort of thing it is.
    pub kind: ActionKind,
    /// The finding that it mends or silences: an index into the findings of the view.
    pub finding: Option<usize>,
    /// Whether it is what most writers would do about the finding: its only or its best fix.
    pub preferred: bool,
    /// What it changes.
    pub change: Change,
}

/// What sort of thing an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends or silences a finding.
    QuickFix,
    /// Changes the text without a finding.
    Refactor,
    /// Applies every safe fix of the file (`source.fixAll.starling`).
    FixAll,
}

/// What an action changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The document.
    Document {
        /// Disjoint edits in ascending order.
        edits: Vec<Edit>,
        /// The placeholder that was inserted, as bytes of the text *after* the edits: where the writer goes on.
        select: Option<Span>,
    },
    /// The document, and files beside it that are to be made.
    Split {
        /// Disjoint edits of the document in ascending order.
        edits: Vec<Edit>,
        /// The files, of which none may be there yet.
        files: Vec<NewFile>,
    },
    /// `starling.toml`, by [`switch_off`].
    SwitchOff(&'static Rule),
}

/// What can be done under a span, or at the place where it is empty: fixes first, then what silences. `findings` are all
/// those of the document, also as a part of its bank.
#[must_use]
pub fn actions(view: &View, findings: &[Finding], span: Span) -> Vec<Action> {
    let findings: Vec<(usize, &Finding)> =
        findings.iter().enumerate().filter(|(_, finding)| meets(finding.span, span)).collect();
    let mut actions: Vec<Action> =
        findings.iter().flat_map(|(index, finding)| fixes(*index, finding)).collect();
    actions.extend(all_missing_parts(view, span));
    for (at, (index, finding)) in findings.iter().enumerate() {
        let is_first = !findings[..at].iter().any(|(_, earlier)| earlier.rule == finding.rule);
        actions.extend(silencing(view, *index, finding, is_first));
    }
    actions
}

/// All safe fixes of the document at once; `None` where there is none. The text is fixed and checked again until none
/// is left, so this costs more than [`actions`].
#[must_use]
pub fn fix_all(view: &View) -> Option<Action> {
    let document = view.document();
    if fix::safe_fixes(document.text(), &view.checked.findings).is_empty() {
        return None;
    }
    let fixed = fix::fix_all(document.text(), &origin(document), view.config);
    let edits = difference(document.text(), fixed.checked.document.text());
    (!edits.is_empty()).then(|| Action {
        title: "Apply all safe fixes".to_owned(),
        kind: ActionKind::FixAll,
        finding: None,
        preferred: false,
        change: Change::Document { edits, select: None },
    })
}

/// Whether two spans share a byte or touch.
const fn meets(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn fixes(index: usize, finding: &Finding) -> impl Iterator<Item = Action> {
    finding.fixes.iter().enumerate().map(move |(rank, fix)| Action {
        title: fix.title.clone(),
        kind: ActionKind::QuickFix,
        finding: Some(index),
        preferred: rank == 0,
        change: Change::Document { edits: fix.edits.clone(), select: placeholder(&fix.edits) },
    })
}

/// What silences a finding. What silences its rule in more than this place is offered once.
fn silencing(view: &View, index: usize, finding: &Finding, is_first: bool) -> Vec<Action> {
    let name = finding.rule.name;
    let action = |title: String, change: Change| Action {
        title,
        kind: ActionKind::QuickFix,
        finding: Some(index),
        preferred: false,
        change,
    };
    let edit = |edit: Edit| Change::Document { edits: vec![edit], select: None };
    let mut actions = Vec::new();
    if let Some(comment) = suppress::here(view, finding) {
        actions.push(action(format!("Ignore `{name}` here"), edit(comment)));
    }
    if is_first {
        let comment = suppress::in_file(view, finding.rule);
        actions.push(action(format!("Ignore `{name}` in this file"), edit(comment)));
        actions.push(action(
            format!("Switch `{name}` off in {}", crate::config::FILE_NAME),
            Change::SwitchOff(finding.rule),
        ));
    }
    actions
}

/// The placeholder that edits insert first, as bytes of the text after them.
fn placeholder(edits: &[Edit]) -> Option<Span> {
    let mut inserted = 0;
    let mut removed = 0;
    for edit in edits {
        for (open, _) in edit.text.match_indices('[') {
            let Some(length) = edit.text[open..].find(']') else { break };
            let prompt = &edit.text[open..=open + length];
            if prompt.contains(['?', '…']) {
                let start = edit.span.start + inserted - removed + open;
                return Some(Span::new(start, start + prompt.len()));
            }
        }
        inserted += edit.text.len();
        removed += edit.span.len();
    }
    None
}

/// Inserts every part that the story under a span lacks, if it lacks several. Where one goes depends on those before
/// it, so the text is read again after each.
fn all_missing_parts(view: &View, span: Span) -> Option<Action> {
    let document = view.document();
    let under = |story: &Story| meets(story.span, span) || meets(story.title.span, span);
    let lacking = |story: &&Story| under(story) && missing(story).count() >= 2;
    let index = document.stories.iter().position(|story| lacking(&story))?;
    let mut current = document.clone();
    loop {
        let Some(kind) = missing(current.stories.get(index)?).next() else { break };
        let context = Context { document: &current, vocabulary: view.vocabulary() };
        let edits = rules::insertion::part(&context, &current.stories[index], kind)?;
        let next = current.clone().reread(
            fix::apply(current.text(), &edits).into(),
            &origin(document),
            view.vocabulary(),
        );
        // An insertion that is not read as the part would be repeated for ever.
        next.stories.get(index)?.part(kind)?;
        current = next;
    }
    let edits = difference(document.text(), current.text());
    let select = placeholder(&edits);
    Some(Action {
        title: "Add all missing parts".to_owned(),
        kind: ActionKind::Refactor,
        finding: None,
        preferred: false,
        change: Change::Document { edits, select },
    })
}

fn missing(story: &Story) -> impl Iterator<Item = PartKind> {
    PartKind::REQUIRED.into_iter().filter(|kind| story.part(*kind).is_none())
}

/// What is known of a document from outside of it, as far as reading it again needs that. The file's name only serves
/// as a title.
fn origin(document: &Document) -> Origin {
    Origin { declared: document.declared, ..Origin::default() }
}

/// The edits, by lines, that make one text of another.
fn difference(before: &str, after: &str) -> Vec<Edit> {
    let diff = TextDiff::from_lines(before, after);
    let starts = |text: &str, lines: Vec<usize>| -> Vec<usize> {
        let mut at = 0;
        let mut starts: Vec<usize> = lines
            .into_iter()
            .map(|length| {
                at += length;
                at - length
            })
            .collect();
        starts.push(text.len());
        starts
    };
    let old = starts(before, diff.iter_old_slices().map(str::len).collect());
    let new = starts(after, diff.iter_new_slices().map(str::len).collect());
    let changed = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let edits = changed.map(|op| {
        let (from, to) = (op.old_range(), op.new_range());
        let text = &after[new[to.start]..new[to.end]];
        Edit::replace(Span::new(old[from.start], old[from.end]), text)
    });
    edits.collect()
}

#[cfg(test)]
mod tests {
    use starling_grammar::{Origin, Span};

    use super::{Action, ActionKind, Change, actions, difference, fix_all};
    use crate::check::check as read;
    use crate::fix::apply;
    use crate::ide::testing::Fixture;

    const STORY: &str = "# Ca$0che\n\n**Situation:** a\n\n**Action:** b\n\n**Result:** c 5% less\n";

    fn at_cursor(fixture: &Fixture) -> Vec<Action> {
        actions(&fixture.view(), &fixture.checked.findings, Span::at(fixture.offset))
    }

    fn edited(fixture: &Fixture, title: &str) -> (String, Option<Span>) {
        let found = at_cursor(fixture);
        let titles: Vec<&str> = found.iter().map(|action| action.title.as_str()).collect();
        let action = found.iter().find(|action| action.title == title);
        match &action.unwrap_or_else(|| panic!("{title} is none of {titles:?}")).change {
            Change::Document { edits, select } => (apply(fixture.text(), edits), *select),
            Change::Split { .. } | Change::SwitchOff(_) => panic!("{title} changes the document alone"),
        }
    }

    #[test]
    fn fixes_come_first_and_the_rest_silences() {
        let fixture = Fixture::new(STORY);
        let found = at_cursor(&fixture);
        let titles: Vec<(&str, bool)> =
            found.iter().map(|action| (action.title.as_str(), action.preferred)).collect();
        let expected = [
            ("Insert the Task", true),
            ("Ignore `missing-part` here", false),
            ("Ignore `missing-part` in this file", false),
            ("Switch `missing-part` off in starling.toml", false),
        ];
        assert_eq!(titles, expected);
        for action in &found {
            let finding = &fixture.checked.findings[action.finding.expect("a finding")];
            assert_eq!((finding.rule.name, action.kind), ("missing-part", ActionKind::QuickFix));
        }
    }

    #[test]
    fn the_placeholder_is_selected() {
        let (after, select) = edited(&Fixture::new(STORY), "Insert the Task");
        assert_eq!(
            select.expect("a placeholder").of(&after),
            "[What were you responsible for, and by when?]"
        );
        let numbered = "1. **Ta$0sk:** Mine.\n2. **Action:** I rebuilt it.\n3. **Result:** 90% fewer.\n";
        let (after, select) = edited(&Fixture::new(numbered), "Insert the Situation");
        assert!(select.expect("a placeholder").of(&after).starts_with("[Where were you"));
    }

    #[test]
    fn all_missing_parts_are_added() {
        let fixture = Fixture::declared("# C\n\n1. **Situation:** a$0\n2. **Result:** 5% less\n");
        let (after, select) = edited(&fixture, "Add all missing parts");
        let expected = "# C\n\n1. **Situation:** a\n2. **Task:** [What were you responsible for, and by when?]\n3. **Action:** [What did you do, step by step, and with which tools?]\n4. **Result:** 5% less\n";
        assert_eq!(after, expected);
        assert!(select.expect("a placeholder").of(&after).starts_with("[What were you"));
        let one = Fixture::new(STORY);
        assert!(!at_cursor(&one).iter().any(|action| action.kind == ActionKind::Refactor));
    }

    #[test]
    fn all_safe_fixes_at_once() {
        let fixture = Fixture::new(
            "# C\n\nLPs: Vocally Self Critical\n\n**Sitation:** a\n\n**Tsk:** b\n\n**Acton:** c\n\n**Action:** d\n\n**Task:** e\n\n**Result:** 5%\n\n**Situation:** f\n",
        );
        let action = fix_all(&fixture.view()).expect("safe fixes");
        let Change::Document { edits, .. } = action.change else { panic!("edits") };
        let after = apply(fixture.text(), &edits);
        assert_eq!(
            after,
            crate::fix::fix_all(&fixture.text().into(), &Origin::default(), &fixture.config)
                .checked
                .document
                .text()
                .to_string()
        );
        assert_ne!(after, fixture.text());
        let checked = read(after.as_str().into(), &Origin::default(), &fixture.config, None);
        let view = crate::ide::View { checked: &checked, config: &fixture.config, bank: None };
        assert_eq!(fix_all(&view), None);
    }

    #[test]
    fn differences_are_edits() {
        for (before, after) in
            [("a\nb\nc\n", "a\nx\nc\ny"), ("", "a"), ("a\r\nb", "b"), ("a", ""), ("é\n", "é\n")]
        {
            assert_eq!(apply(before, &difference(before, after)), after);
        }
    }
}
