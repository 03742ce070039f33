//! Wording: who acts, technical detail, whose task it is, what a story says to a question, and what it suggests.

use std::fs;

use serde::Deserialize;
use starling_grammar::{Document, Origin, Story, TagKind, Vocabulary, checklist, suggestions};
use starling_tests::report;

use crate::tally::{Floor, Tally, hold, labelled};

/// An Action.
#[derive(Deserialize)]
struct Action {
    text: String,
    /// Whether *we* acts at least twice and more often than *I*.
    team: bool,
    /// Whether it names a tool, measure or design.
    technical: bool,
}

/// A Task.
#[derive(Deserialize)]
struct Task {
    text: String,
    /// Whether it leaves open what the teller was responsible for.
    unclear: bool,
}

/// A whole story.
#[derive(Deserialize)]
struct Told {
    text: String,
    /// The question that it answers.
    question: String,
    /// The items of its checklist that the story addresses, where that was labelled.
    #[serde(default)]
    covered: Vec<String>,
    /// The themes of the story, the foremost first.
    themes: Vec<String>,
}

#[derive(Deserialize)]
struct Actions {
    action: Vec<Action>,
}

#[derive(Deserialize)]
struct Tasks {
    task: Vec<Task>,
}

#[derive(Deserialize)]
struct Stories {
    story: Vec<Told>,
}

/// A floor for judgements of which only precision and recall matter.
const fn at_least(precision: f64, recall: f64) -> Floor {
    Floor { accuracy: 0.0, precision, recall }
}

/// Whether a rule finds something in each of some texts.
fn found(rule: &str, texts: &[String]) -> Vec<bool> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = |index: usize| format!("{index}.md");
    for (index, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(name(index)), text).expect("a temporary file");
    }
    let findings = report::findings(folder.path());
    let finds = |index: usize| {
        findings.get(&name(index)).is_some_and(|found| found.iter().any(|finding| finding.rule == rule))
    };
    (0..texts.len()).map(finds).collect()
}

#[test]
fn who_acts_and_in_what_detail() {
    judge_actions("actions.toml");
    // Before anyone had read it: 1.000 and 1.000, 0.872 and 0.976.
    judge_actions("more-actions.toml");
}

#[track_caller]
fn judge_actions(set: &str) {
    let actions = labelled::<Actions>(set).action;
    let texts: Vec<String> = actions
        .iter()
        .map(|action| {
            format!(
                "**Situation:** Down.\n\n**Task:** I own it.\n\n**Action:**\n\n{}\n\n**Result:** 9% fewer.\n\n\
                 **Themes:** production-incident\n",
                action.text
            )
        })
        .collect();
    let mut team = Tally::new("team-voice", at_least(0.95, 0.90));
    let mut detail = Tally::new("no-technical-detail", at_least(0.85, 0.90));
    let judged = found("team-voice", &texts).into_iter().zip(found("no-technical-detail", &texts));
    for (action, (by_team, without_detail)) in actions.iter().zip(judged) {
        team.count(&action.text, action.team, by_team);
        detail.count(&action.text, !action.technical, without_detail);
    }
    hold(set, &[team, detail]);
}

#[test]
fn whose_task_it_is() {
    judge_tasks("tasks.toml");
    // Before anyone had read it: 0.976 and 0.889.
    judge_tasks("more-tasks.toml");
}

#[track_caller]
fn judge_tasks(set: &str) {
    let tasks = labelled::<Tasks>(set).task;
    let texts: Vec<String> = tasks
        .iter()
        .map(|task| {
            format!(
                "**Situation:** Down.\n\n**Task:**\n\n{}\n\n**Action:** I did it.\n\n**Result:** 9% fewer.\n",
                task.text
            )
        })
        .collect();
    let mut unclear = Tally::new("unclear-task", at_least(0.90, 0.85));
    for (task, judged) in tasks.iter().zip(found("unclear-task", &texts)) {
        unclear.count(&task.text, task.unclear, judged);
    }
    hold(set, &[unclear]);
}

/// The story of a labelled text.
fn read(text: &str, vocabulary: &Vocabulary) -> Story {
    let origin = Origin { declared: true, ..Origin::default() };
    let document = Document::read(text.into(), &origin, vocabulary);
    document.stories.into_iter().next().unwrap_or_else(|| panic!("no story in\n{text}"))
}

#[test]
fn what_a_story_says_to_a_question() {
    let vocabulary = Vocabulary::builtin();
    let mut all = Tally::new("checklist items", at_least(0.70, 0.80));
    for told in labelled::<Stories>("stories.toml").story {
        let story = read(&told.text, vocabulary);
        let found = checklist(&story, &told.question, vocabulary);
        let title = &story.title.text;
        for covered in &found.covered {
            let words: Vec<&str> = covered.spans.iter().map(|span| span.of(&told.text)).collect();
            let case = format!("{} {} ({}) in {title}", told.question, covered.item.id, words.join(", "));
            all.count(&case, told.covered.contains(&covered.item.id), true);
        }
        for item in &found.gaps {
            let case = format!("{} {} in {title}", told.question, item.id);
            all.count(&case, told.covered.contains(&item.id), false);
        }
    }
    hold("stories.toml", &[all]);
}

#[test]
fn what_a_story_suggests() {
    judge_suggestions("stories.toml", [0.60, 0.70, 0.60]);
    // By somebody who did not know the code, and as it was measured before anyone had read it.
    judge_suggestions("more-stories.toml", [0.75, 0.78, 0.82]);
}

#[track_caller]
fn judge_suggestions(set: &str, [first, among, question]: [f64; 3]) {
    let vocabulary = Vocabulary::builtin();
    let mut first = Tally::new("theme suggested first", at_least(1.00, first));
    let mut among = Tally::new("theme among the first two", at_least(1.00, among));
    let mut question = Tally::new("question among the first three", at_least(1.00, question));
    for told in labelled::<Stories>(set).story {
        let story = read(&told.text, vocabulary);
        let all = suggestions(&story, vocabulary);
        let of = |kind: TagKind| -> Vec<&str> {
            all.iter().filter(|suggestion| suggestion.kind == kind).map(|suggestion| suggestion.id).collect()
        };
        let (themes, questions) = (of(TagKind::Theme), of(TagKind::Question));
        let case =
            format!("{}: {:?}, labelled {:?}", story.title.text, &themes[..themes.len().min(3)], told.themes);
        if let Some(foremost) = told.themes.first() {
            let fits = |theme: &&str| told.themes.iter().any(|label| label == theme);
            first.count(&case, true, themes.first().is_some_and(fits));
            among.count(&case, true, themes.iter().take(2).any(|theme| theme == foremost));
        }
        let case = format!("{}: {questions:?}, labelled {}", story.title.text, told.question);
        question.count(&case, true, questions.iter().take(3).any(|id| *id == told.question));
    }
    hold(set, &[first, among, question]);
}

/// The stories of the sample bank carry tags, which were chosen by hand.
#[test]
fn what_the_sample_bank_suggests() {
    let vocabulary = Vocabulary::builtin();
    let mut themes = Tally::new("bank: theme in first two", at_least(1.00, 0.75));
    let mut principles = Tally::new("bank: principle in first four", at_least(1.00, 0.65));
    for entry in fs::read_dir(report::folder("bank")).expect("the bank is there") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        let document = Document::read(text.into(), &Origin::default(), vocabulary);
        for story in &document.stories {
            let all = suggestions(story, vocabulary);
            for (row, kind, most) in
                [(&mut themes, TagKind::Theme, 2), (&mut principles, TagKind::Principle, 4)]
            {
                let tags = story.known_tags(kind);
                let of_kind = all.iter().filter(|suggestion| suggestion.kind == kind);
                let ids: Vec<&str> = of_kind.map(|suggestion| suggestion.id).take(most).collect();
                let case = format!("{}: {ids:?}, tagged {tags:?}", story.title.text);
                if !tags.is_empty() {
                    row.count(&case, true, ids.iter().any(|id| tags.contains(id)));
                }
            }
        }
    }
    hold("tests/bank", &[themes, principles]);
}
