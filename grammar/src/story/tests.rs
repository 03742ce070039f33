//! Which stories a text holds: one small text for each way people write them.
//!
//! [`outline`] writes a story as its title, and each part as its initial with its text; what is not plain is marked:
//! `~` a loose name, `?` a misspelled one, `template`.

use std::fmt::Write;

use crate::{
    BlockKind, Content, Document, Origin, Spelling, TagKind, TagValue, Vocabulary, checklist, suggestions,
};

fn read(text: &str) -> Document {
    let origin = Origin { name: "the-file".to_owned(), declared: false };
    Document::read(text.into(), &origin, Vocabulary::builtin())
}

fn outline(text: &str) -> String {
    let mut out = String::new();
    for story in &read(text).stories {
        let _ = write!(out, "{}{}", if story.template { "template " } else { "" }, story.title.text);
        for part in &story.parts {
            let kinds: String = part.kinds.iter().map(|kind| &kind.name()[..1]).collect();
            let mark = match part.label.spelling {
                Spelling::Loose => "~",
                Spelling::Misspelled { .. } => "?",
                Spelling::Canonical | Spelling::Letter => "",
            };
            let body = part.body.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let body = if part.content() == Content::Empty { String::new() } else { body };
            let _ = write!(out, " | {mark}{kinds}: {body}");
        }
        for tag in &story.tags {
            let _ = match &tag.value {
                TagValue::Known { id, .. } => write!(out, " #{id}"),
                TagValue::Unknown { text, .. } => write!(out, " #?{text}"),
                TagValue::Text(text) => write!(out, " #\"{text}\""),
            };
        }
        out.push('\n');
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let expected = expected.trim_end();
    assert_eq!(outline(text).trim_end(), expected, "in {text:?}");
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(outline(&crlf).trim_end(), expected, "with CR LF");
    let marked = format!("\u{FEFF}{text}");
    assert_eq!(outline(&marked).trim_end(), expected, "with a byte order mark");
    assert_eq!(outline(text.trim_end()).trim_end(), expected, "without a line end at its end");
}

const PLAIN: &str = "Outage | S: It broke. | T: I had to mend it. | A: I mended it. | R: It ran.";

#[test]
fn bold_labels_with_every_terminator() {
    for (open, close) in [
        ("**", ":**"),
        ("**", "**:"),
        ("**", ".**"),
        ("**", "** —"),
        ("__", ":__"),
        ("**", "：**"),
        ("**", "**"),
        ("***", ":***"),
        ("*", "*:"),
    ] {
        let text = format!(
            "# Outage\n\n{open}Situation{close} It broke.\n\n{open}Task{close} I had to mend it.\n\n\
             {open}Action{close} I mended it.\n\n{open}Result{close} It ran.\n"
        );
        check(&text, PLAIN);
    }
}

#[test]
fn bold_labels_in_one_paragraph() {
    check(
        "# Outage\n**Situation:** It broke.\n**Task:** I had to mend it.\n**Action:** I mended it.\n**Result:** It ran.\n",
        PLAIN,
    );
}

#[test]
fn bold_labels_alone_on_their_line() {
    check(
        "# Outage\n\n**Situation**\n\nIt broke.\n\n**Task**\nI had to mend it.\n\n**Action**\n\n- I mended it.\n\n**Result**\n\nIt ran.\n",
        "Outage | S: It broke. | T: I had to mend it. | A: - I mended it. | R: It ran.",
    );
}

#[test]
fn list_items() {
    check(
        "# Outage\n\n- **Situation:** It broke.\n- **Task:** I had to mend it.\n- **Action:** I mended it.\n- **Result:** It ran.\n",
        PLAIN,
    );
    check(
        "# Outage\n\n- Situation: It broke.\n- Task: I had to mend it.\n- Action: I mended it.\n- Result: It ran.\n",
        PLAIN,
    );
    check(
        "# Outage\n\n1. **Situation** – It broke.\n2. **Task** – I had to mend it.\n3. **Action** – I mended it.\n4. **Result** – It ran.\n",
        PLAIN,
    );
    check(
        "# Outage\n\n- **Situation**\n  - It broke.\n- **Task**\n  - I had to mend it.\n- **Action**\n  - one\n  - two\n- **Result**\n  - It ran.\n",
        "Outage | S: - It broke. | T: - I had to mend it. | A: - one - two | R: - It ran.",
    );
}

#[test]
fn headings_of_any_level_with_prefixes_and_suffixes() {
    check(
        "# Outage\n\n## S – Situation (20 %)\n\nIt broke.\n\n## 2. ⭐ Task:\n\nI had to mend it.\n\n## Action 📋 (A)\n\nI mended it.\n\n## ✅ **R - Result**\n\nIt ran.\n",
        PLAIN,
    );
    check(
        "## Outage\n### Situation (Context - 15%)\nIt broke.\n### TASK\nI had to mend it.\n### (A)ction\nI mended it.\n### Result ###\nIt ran.\n",
        PLAIN,
    );
    check(
        "Outage\n===\n\nSituation\n---\n\nIt broke.\n\nTask\n---\n\nI had to mend it.\n\nAction\n---\n\nI mended it.\n\nResult\n---\n\nIt ran.\n",
        PLAIN,
    );
}

#[test]
fn letters_only_as_a_run() {
    check(
        "# Outage\n\n**S:** It broke.\n\n**T:** I had to mend it.\n\n**A:** I mended it.\n\n**R:** It ran.\n",
        PLAIN,
    );
    check("# Outage\n\nS: It broke.\nT: I had to mend it.\nA: I mended it.\nR: It ran.\n", PLAIN);
    check("# Outage\n\nS：It broke.\n\nT：I had to mend it.\n\nA：I mended it.\n\nR：It ran.\n", PLAIN);
    check(
        "# Outage\n\n**S**: It broke. | **T**: I had to mend it.\n\n**A**: I mended it. | **R**: It ran.\n",
        PLAIN,
    );
    check("# Model\n\n**S** are susceptible, **I** infected, **R** removed.\n", "");
    check("# Quiz\n\n**Q** : Why?\n\n**A** : Because.\n\n**Q** : How?\n\n**A** : So.\n", "");
    check("# Units\n\n- **S**: siemens\n- **A**: ampere\n- **T**: tesla\n", "");
}

#[test]
fn a_rubric_of_questions_is_no_story() {
    let rubric = "# Scorecard\n\n- **Situation:** Did the candidate give enough context?\n- **Task:** Was the responsibility clear?\n- **Action:** Did they say \"I\"?\n- **Result:** Was there a number?\n";
    assert_eq!(outline(rubric), "");
    assert!(
        outline(&rubric.replace("Was there a number?", "Errors fell from 5% to 1%."))
            .starts_with("Scorecard | S: ")
    );
}

#[test]
fn a_lesson_alone_begins_no_story() {
    let story = "**Situation:** It failed.\n\n**Task:** Mine.\n\n**Actions I took:** I mended it.\n\n**Final result:** 20% → 1%\n";
    for map in [
        "| Theme | Story |\n|---|---|\n| Conflict | The pool |\n| Learning | The index |\n",
        "- Conflict: The pool\n- Learning: The index\n",
    ] {
        let text = format!("# Bank\n\n{map}\n## The pool\n\n{story}");
        assert_eq!(outline(&text), "The pool | S: It failed. | T: Mine. | ~A: I mended it. | ~R: 20% → 1%\n");
    }
}

#[test]
fn a_list_of_tags_may_be_marked_as_a_whole() {
    for line in [
        "*Principles: Ownership, Dive Deep*",
        "**Principles: Ownership, Dive Deep**",
        "_Principles: Ownership, Dive Deep_",
    ] {
        let text = format!(
            "# Story\n\n{line}\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d\n"
        );
        let told = outline(&text);
        assert!(told.ends_with(" | S: a | T: b | A: c | R: d #ownership #dive-deep\n"), "{told}");
    }
}

#[test]
fn tags_under_a_table_are_those_of_its_one_row() {
    let head = "| Situation | Task | Action | Result |\n|---|---|---|---|\n";
    let row = "| It broke. | Mine. | I mended it. | 5% less. |\n";
    let tags = |rows: &str| {
        let text = format!("# T\n\n{head}{rows}\nThemes: mentoring\nLPs: Ownership\n\n{head}{row}");
        read(&text).stories.iter().map(|story| story.tags.len()).collect::<Vec<_>>()
    };
    assert_eq!(tags(row), [2, 0]);
    assert_eq!(tags(&row.repeat(2))[..2], [0, 0]);
}

#[test]
fn a_tag_that_is_yet_to_be_written_is_none() {
    let tags = |value: &str| {
        let story = "# T\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d";
        read(&format!("{story}\n\nQuestions: {value}\n")).stories[0].tags.len()
    };
    assert_eq!(["TBD", "n/a", "-", "failure", "TBD, Why me?"].map(tags), [0, 0, 0, 1, 1]);
}

#[test]
fn a_part_may_hold_details() {
    let text = "# Cache\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n<details>\n<summary>the log</summary>\n\nline\n\n</details>\n\nd\n\n**Result:** 5% less\n";
    let document = read(text);
    let [story] = document.stories.as_slice() else { panic!("{:#?}", document.stories) };
    assert_eq!(story.title.text, "Cache");
    assert_eq!(story.parts.len(), 4);
    assert!(story.parts[2].body.of(text).ends_with("</details>\n\nd"), "{:?}", story.parts[2].body.of(text));
    let folded = format!(
        "# Bank\n\n<details>\n<summary>Cache</summary>\n\n{}\n</details>\n\nMore.\n",
        text.split_once("\n\n").expect("parts").1
    );
    let document = read(&folded);
    let [story] = document.stories.as_slice() else { panic!("{:#?}", document.stories) };
    assert_eq!((story.title.text.as_str(), story.parts.len()), ("Cache", 4));
    assert_eq!(story.parts[3].body.of(&folded), "5% less");
}

#[test]
fn quotes_and_details() {
    check(
        "# Outage\n\n> **Situation:** It broke.\n>\n> **Task:** I had to mend it.\n>\n> **Action:** I mended it.\n>\n> **Result:** It ran.\n",
        PLAIN,
    );
    check(
        "# Bank\n\n<details>\n<summary>Outage</summary>\n\n**Situation:** It broke.\n\n**Task:** I had to mend it.\n\n**Action:** I mended it.\n\n**Result:** It ran.\n\n</details>\n\nOther text.\n",
        PLAIN,
    );
}

#[test]
fn tables() {
    check(
        "# Outage\n\n| Part | Text |\n|---|---|\n| **Situation** | It broke. |\n| **Task** | I had to mend it. |\n| **Action** | I mended it. |\n| **Result** | It ran. |\n",
        PLAIN,
    );
    check(
        "# Bank\n\n| # | Story | S | T | A | R |\n|---|---|---|---|---|---|\n| 1 | Outage | It broke. | I had to mend it. | I mended it. | It ran. |\n",
        PLAIN,
    );
}

#[test]
fn parentheses_that_close_sentences() {
    check(
        "# Outage\n\n\"It broke (Situation). I had to mend it (Task). I mended\nit (Action). It ran (Result).\"\n",
        "Outage | S: \"It broke | T: I had to mend it | A: I mended it | R: It ran",
    );
}

#[test]
fn combined_loose_and_misspelled_labels() {
    check(
        "# Outage\n\n**Situation & Task:** It broke.\n\n**Action:** I mended it.\n\n**Result:** It ran.\n",
        "Outage | ST: It broke. | A: I mended it. | R: It ran.",
    );
    check(
        "# Outage\n\n**Context:** It broke.\n\n**Action:** I mended it.\n\n**Result:** It ran.\n",
        "Outage | ~S: It broke. | A: I mended it. | R: It ran.",
    );
    check(
        "# Outage\n\n**Sitation:** It broke.\n\n**Task:** Mine.\n\n**Action:** I mended it.\n\n**Result:** It ran.\n",
        "Outage | ?S: It broke. | T: Mine. | A: I mended it. | R: It ran.",
    );
    check("# Plan\n\n## Context\n\nx\n\n## Approach\n\ny\n\n## Impact\n\nz\n", "");
    check("# Paper\n\n## Context\n\nx\n\n## Action\n\ny\n", "");
}

#[test]
fn loose_words_inside_a_part_are_text() {
    check(
        "# Outage\n\n**Situation:** It broke.\n\n**Task:** Mine.\n\n**Action:** I\n\n- Approach: slowly\n\n**Result:** It ran.\n\n**Impact:** 40 % fewer pages.\n",
        "Outage | S: It broke. | T: Mine. | A: I - Approach: slowly | R: It ran. **Impact:** 40 % fewer pages.",
    );
    check(
        "# Outage\n\n## Situation\n\nIt broke.\n\n## Action\n\n### Approach\n\nI mended it.\n\n## Result\n\nIt ran.\n",
        "Outage | S: It broke. | A: ### Approach I mended it. | R: It ran.",
    );
}

#[test]
fn parts_end_where_something_else_begins() {
    let four = "**Situation:** It broke.\n\n**Task:** I had to mend it.\n\n**Action:** I mended it.\n\n**Result:** It ran.\n";
    for after in
        ["\n**Follow-ups:** none\n", "\n---\n\nnotes\n", "\n# Other\n\ntext\n", "\n## Other\n\ntext\n"]
    {
        check(&format!("## Outage\n\n{four}{after}"), PLAIN);
    }
    check(
        "# Outage\n\n**Situation:** My site broke.\n\n**Action:**\n\n**Triage:** fast\n\n**Fix:** slow\n\n**Result:** It ran.\n",
        "Outage | S: My site broke. | A: **Triage:** fast **Fix:** slow | R: It ran.",
    );
}

#[test]
fn several_stories() {
    let parts = "**Situation:** It broke.\n**Task:** I had to mend it.\n**Action:** I mended it.\n**Result:** It ran.\n";
    let two = format!("{PLAIN}\n{}", PLAIN.replace("Outage", "Again"));
    check(&format!("# Bank\n\n## Outage\n{parts}\n---\n\n## Again\n{parts}"), &two);
    check(
        &format!(
            "# Bank\n\n## Outage\n\n### Talking points (STAR)\n\n{parts}\n## Again\n\n### Talking points (STAR)\n\n{parts}"
        ),
        &two,
    );
    check(&format!("# Outage\n\n{parts}\n{parts}"), &format!("{PLAIN}\n{PLAIN}"));
    let nested = parts
        .replace("**S", "   - **S")
        .replace("**T", "   - **T")
        .replace("**A", "   - **A")
        .replace("**R", "   - **R");
    check(&format!("# Questions\n\n1. Outage\n{nested}2. Again\n{nested}"), &two);
    check(
        &format!("# Bank\n\n**Outage?**\n\n{parts}\n**Again?**\n\n{parts}"),
        &two.replace("Outage", "Outage?").replace("Again", "Again?"),
    );
    check(
        "## Outage\n## Situation\nIt broke.\n## Task\nI had to mend it.\n## Action\nI mended it.\n## Result\nIt ran.\n",
        PLAIN,
    );
}

#[test]
fn titles() {
    let parts = "**Situation:** It broke.\n**Task:** I had to mend it.\n**Action:** I mended it.\n**Result:** It ran.\n";
    check(&format!("---\ntitle: \"Outage\"\n---\n\n{parts}"), PLAIN);
    check(parts, &PLAIN.replace("Outage", "the-file"));
    check(&format!("# STAR\n\n{parts}"), &PLAIN.replace("Outage", "the-file"));
    check(
        &format!("# Story 1 — **Big** `cache` [outage](http://x) ⭐\n\n{parts}"),
        &PLAIN.replace("Outage", "Story 1 — Big cache outage ⭐"),
    );
    check(
        "# Outage\n\n## Principles\n\n- Ownership\n- Dive Deep\n\n## Situation\n\nIt broke.\n\n## Task\n\nI had to mend it.\n\n## Action\n\nI mended it.\n\n## Result\n\nIt ran.\n",
        &format!("{PLAIN} #ownership #dive-deep"),
    );
}

#[test]
fn tags() {
    let parts = "**Situation:** It broke.\n**Task:** I had to mend it.\n**Action:** I mended it.\n**Result:** It ran.\n";
    check(
        &format!("# Outage\n\n**Principles:** Ownership, Are Right, A Lot\n\n{parts}"),
        &format!("{PLAIN} #ownership #are-right-a-lot"),
    );
    check(
        &format!("# Outage\n\n{parts}\nPrinciples: Ownership · Owenrship · Zeal\n"),
        &format!("{PLAIN} #ownership #?Owenrship #?Zeal"),
    );
    check(&format!("# Outage\n\n{parts}\nSkills: Kafka, SQL\n"), PLAIN);
    check(
        &format!("# Outage\n\n{parts}\n- **Best for:** \"Tell me about a conflict\"\n"),
        &format!("{PLAIN} #\"Tell me about a conflict\""),
    );
    check(
        &format!("---\nprinciples: [Ownership, Owenrship]\nthemes:\n  - scaling\n---\n# Outage\n\n{parts}"),
        &format!("{PLAIN} #ownership #?Owenrship #scaling"),
    );
    check(
        &format!("# Outage (Ownership / Dive Deep)\n\n{parts}"),
        &PLAIN
            .replace("Outage", "Outage (Ownership / Dive Deep)")
            .replace("ran.", "ran. #ownership #dive-deep"),
    );
}

#[test]
fn templates_and_look_alikes() {
    check(
        "# Outage\n\n**Situation:**\n\n**Task:**\n\n**Action:**\n\n**Result:**\n",
        "template Outage | S:  | T:  | A:  | R: ",
    );
    check(
        "# Title\n\n**Situation:** [Describe the context]\n\n**Task:** ____\n\n**Action:** ...\n\n**Result:** <metric>\n",
        "template Title | S: [Describe the context] | T: ____ | A: ... | R: <metric>",
    );
    check(
        "# The STAR method\n\n- **Situation**: Describe the context.\n- **Task**: What was your goal?\n- **Action**: Explain what you did.\n- **Result**: Share the outcome.\n",
        "",
    );
    check("# Notes\n\n```\n**Situation:** a\n**Task:** b\n**Action:** c\n**Result:** d\n```\n", "");
    check("# Notes\n\n<!--\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d\n-->\n", "");
    check("# Contents\n\n- [Situation](#s)\n- [Task](#t)\n- [Action](#a)\n- [Result](#r)\n", "");
    check("# Letters\n\n- Situation\n- Task\n- Action\n- Result\n", "");
    check(
        "# Timing\n\n| Part | Share |\n|---|---|\n| Situation | 20 % |\n| Task | 10 % |\n| Action | 60 % |\n| Result | 10 % |\n",
        "",
    );
    check("### ❌ Bad answer\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d\n", "");
}

#[test]
fn prompts_do_not_make_a_guide_of_a_story() {
    check(
        "# C\n\n**Situation:** Stale.\n\n**Task:** [What were you responsible for?]\n\n**Action:** [What did you do?]\n\n**Result:** Better.\n",
        "C | S: Stale. | T: [What were you responsible for?] | A: [What did you do?] | R: Better.",
    );
}

#[test]
fn a_comment_before_a_quoted_label_is_about_its_part() {
    let text = "> **Situation:** a\n>\n> <!-- starling-ignore x -->\n>\n> **Task:** b\n>\n> **Action:** c\n";
    let document = read(text);
    assert_eq!(
        document.suppressions[0].scope.of(text).trim_end(),
        "<!-- starling-ignore x -->\n>\n> **Task:** b"
    );
}

#[test]
fn blocks_comments_and_lists_of_tags_have_their_places() {
    let text = "# C\n\nLPs: a, b\n\n```\nx\n```\n\n<!-- y -->\n\n~~~\nz\n\n";
    let document = read(text);
    let kind = |at: usize| document.block(at).map(|block| block.kind);
    let place = |word: &str| text.find(word).expect("it is there");
    assert_eq!(kind(place("C")), Some(BlockKind::Heading));
    assert_eq!(kind(place("LPs")), Some(BlockKind::Paragraph));
    assert_eq!(kind(place("x")), Some(BlockKind::Code));
    assert_eq!(kind(place("<!--") - 1), None, "behind a closed fence");
    assert_eq!(kind(text.len()), Some(BlockKind::Code), "behind an open fence");
    assert!(document.in_comment(place("y")) && !document.in_comment(place("C")));
    assert!(!document.in_comment(place(" -->") + 4) && read("<!-- ").in_comment(5));
    let lists: Vec<_> = document.tag_lists().collect();
    assert_eq!((lists[0].label.of(text), lists[0].values[0].of(text)), ("LPs:", "a, b"));
}

#[test]
fn a_plain_label_is_text_of_a_part_in_bold() {
    let text = "**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:**\n\nSee: the log.\n\n**Follow-ups:** d\n";
    let document = read(text);
    let result = document.stories[0].parts.last().expect("there are parts");
    assert_eq!((result.body.of(text), result.content()), ("See: the log.", Content::Text));
    let text = "**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:**\n\n- **Speed**\n  - 3x\n- **Cost:** saved $5\n";
    let document = read(text);
    let result = document.stories[0].parts.last().expect("there are parts");
    assert_eq!((result.content(), result.metrics().len()), (Content::Text, 2));
}

#[test]
fn block_quotes_are_what_others_said() {
    let text = "**Situation:** a\n\n**Task:** b\n\n**Action:** I wrote:\n\n> We copy, we switch.\n\nThen we did.\n\n**Result:** c\n";
    let document = Document::read(text.into(), &Origin::default(), Vocabulary::builtin());
    let voice = document.stories[0].parts[2].voice();
    assert_eq!(
        voice.we.iter().map(|span| span.start).collect::<Vec<_>>(),
        [text.find("we did").expect("it is")]
    );
    let quoted: String =
        text.lines().filter(|line| !line.starts_with('>')).map(|line| format!("> {line}\n")).collect();
    let document = Document::read(quoted.into(), &Origin::default(), Vocabulary::builtin());
    assert_eq!(document.stories[0].parts[2].voice().we.len(), 1);
}

#[test]
fn what_a_story_says_is_read_with_its_places() {
    let text = "# The outage\n\n**Situation:** Kafka was down.\n\n**Task:** I was on call.\n\n**Action:** I rolled back, and wrote a runbook.\n\n**Result:** c\n";
    let vocabulary = Vocabulary::builtin();
    let document = Document::read(text.into(), &Origin::default(), vocabulary);
    let story = &document.stories[0];
    assert_eq!(story.technologies(vocabulary), ["Kafka", "rollback", "runbook"]);
    let checklist = checklist(story, "production-outage", vocabulary);
    let covered: Vec<(&str, &str)> = checklist
        .covered
        .iter()
        .filter_map(|covered| Some((covered.item.id.as_str(), covered.spans.last()?.of(text))))
        .collect();
    assert_eq!(covered, [("triage", "on call"), ("resolution", "rolled back"), ("prevention", "runbook")]);
    let gaps: Vec<&str> = checklist.gaps.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(gaps, ["investigation", "root-cause"]);
    let first =
        suggestions(story, vocabulary).into_iter().find(|suggestion| suggestion.kind == TagKind::Theme);
    let first = first.map(|suggestion| (suggestion.id, suggestion.reason.of(text)));
    assert_eq!(first, Some(("production-incident", "outage")));
}

#[test]
fn fewer_than_four_parts_are_a_story_when_somebody_tells_it() {
    let count = |text: &str| read(text).stories.len();
    assert_eq!(
        count("**Situation:** The cache was stale for hours.\n\n**Result:** It fell to 5 minutes.\n"),
        1
    );
    assert_eq!(count("**Situation:** Stale caches in every region.\n\n**Task:** I own them.\n"), 1);
    assert_eq!(count("**Situation:** stale caches everywhere.\n\n**Action:** Rebuilt all of them.\n"), 1);
    assert_eq!(count("**Situation:** The cache\n\n**Task:**\n"), 1, "hardly begun");
    assert_eq!(
        count("**Situation:** a person is overboard\n\n**Action:** shout, throw the ring, point\n"),
        0
    );
    assert_eq!(
        count("**Situation:** disk above 90 percent\n\n**Action:** remove logs older than a week\n"),
        0
    );
}
