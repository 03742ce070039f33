//! `starling bank`.

use serde_json::Value;
use starling_tests::report::{binary, folder};

use crate::bank::{Bank, Run, STORY};

fn sample(arguments: &[&str]) -> Run {
    let mut command = std::process::Command::new(binary());
    command.arg("bank").arg("bank").args(arguments);
    crate::bank::run(command.current_dir(folder("bank").parent().expect("a parent")), b"")
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|entry| entry["id"].as_str().expect("an id")).collect()
}

#[test]
fn the_sample_bank_is_covered() {
    let run = sample(&["--format", "json"]);
    let report = run.assert_exit(0).json();
    assert_eq!((&report["version"], &report["stories"]), (&1.into(), &13.into()));
    assert_eq!(ids(&report["themes"]).len(), 10);
    assert_eq!(ids(&report["principles"]).len(), 16);
    assert_eq!(ids(&report["questions"]).len(), 12);
    assert_eq!(report["gaps"], Value::Array(Vec::new()));
    let scaling = report["themes"].as_array().expect("themes").iter().find(|theme| theme["id"] == "scaling");
    assert_eq!(scaling.expect("scaling")["stories"], serde_json::json!(["bank/search-for-the-sale.md#12"]));
    for question in report["questions"].as_array().expect("questions") {
        let answers = question["stories"].as_array().expect("stories");
        assert!(!answers.is_empty(), "{question}");
        let covered = |answer: &Value| answer["covered"].as_array().expect("covered").len();
        assert!(answers.is_sorted_by(|left, right| covered(left) >= covered(right)), "{question}");
    }
}

#[test]
fn a_small_bank_has_gaps() {
    let bank = Bank::new(&[("a.md", STORY)]);
    bank.run("bank").assert_exit(0).assert_out("No story for the theme “Mentoring”.").assert_out("1 story");
    bank.run("bank . --fail-on-gaps").assert_exit(1);
    assert_eq!(sample(&["--fail-on-gaps"]).exit, 0);
    let nothing = bank.run("bank nothing");
    nothing.assert_exit(2).assert_err("nothing: no such file");
    assert_eq!(nothing.out, "", "nothing is known of it");
    bank.write("starling.toml", b"[bnak]\n");
    bank.run("bank").assert_exit(2).assert_err("starling.toml:1:2").assert_out("1 story");
}

#[test]
fn added_themes_and_questions_count() {
    let bank = Bank::new(&[
        ("starling.toml", "[[vocabulary.themes]]\nname = \"Hiring\"\n"),
        ("deep/a.md", &format!("---\nthemes: [hiring]\n---\n{STORY}")),
    ]);
    let report = bank.run("bank deep --format json").json();
    let hiring = report["themes"].as_array().expect("themes").iter().find(|theme| theme["id"] == "hiring");
    assert_eq!(hiring.expect("hiring")["stories"], serde_json::json!(["deep/a.md#4"]));
}

#[test]
fn the_page_and_the_markdown_name_every_story() {
    let (page, markdown) = (sample(&["--format", "html"]).out, sample(&["--format", "markdown"]).out);
    assert!(page.starts_with("<!doctype html>") && page.contains("prefers-color-scheme: dark"));
    for title in ["The lag graph that stayed green", "The index I dropped", "Half the servers by lunchtime"] {
        assert!(page.contains(title) && markdown.contains(title), "{title}");
    }
    assert!(page.contains("href=\"bank/three-short-ones.md#L5\""));
    assert!(markdown.contains("[The index I dropped](<bank/three-short-ones.md#L5>)"));
}

#[test]
fn the_page_of_two_hundred_stories_is_whole() {
    let bank = Bank::new(&[]);
    for number in 0..200 {
        let story = STORY.replace("The outage of the ledger", &format!("Story of <day> {number}"));
        bank.write(&format!("{number}.md"), format!("---\nthemes: [scaling]\n---\n{story}").as_bytes());
    }
    let page = bank.run("bank --format html").out;
    assert_eq!(page.matches("class=\"yes\"").count(), 200);
    assert!(page.ends_with("</html>\n") && !page.contains("<day>"));
}
