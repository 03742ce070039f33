use std::path::Path;

use super::super::Config;
use crate::finding::Severity;
use crate::rules;

/// The problems of a text, each as "what is underlined: message".
fn problems(text: &str) -> Vec<String> {
    let (_, problems) = Config::parse(text);
    problems.iter().map(|problem| format!("{}: {}", problem.span.of(text), problem.message)).collect()
}

#[track_caller]
fn check_problem(text: &str, underlined: &str, part_of_message: &str) {
    let problems = problems(text);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].starts_with(&format!("{underlined}: ")), "{problems:#?}");
    assert!(problems[0].contains(part_of_message), "{problems:#?}");
}

fn severity_of(config: &Config, name: &str) -> Option<Severity> {
    let rule = rules::ALL.iter().find(|rule| rule.name == name).expect("the rule exists");
    config.severity_of(rule)
}

#[test]
fn an_empty_text_is_the_default() {
    let (config, problems) = Config::parse("");
    assert!(problems.is_empty());
    assert!(!config.declares(Path::new("stories/a.md")));
    assert_eq!(config.base_url, None);
}

#[test]
fn every_setting_is_read() {
    let text = "[bank]\ninclude = ['stories/**/*.md']\nexclude = ['old']\n[docs]\nbase-url = 'https://a.example/rules/'\n";
    let (config, problems) = Config::parse(text);
    assert!(problems.is_empty(), "{problems:?}");
    assert!(config.declares(Path::new("stories/a.md")));
    assert!(config.excludes(Path::new("old/a.md")));
    assert_eq!(config.base_url.as_deref(), Some("https://a.example/rules"));
}

#[test]
fn severities_are_read() {
    let (config, problems) = Config::parse("[rules]\nmissing-part = 'off'\nempty-part = 'error'\n");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(severity_of(&config, "missing-part"), None);
    assert_eq!(severity_of(&config, "empty-part"), Some(Severity::Error));
    assert_eq!(severity_of(&config, "part-order"), Some(Severity::Information));
}

#[test]
fn unknown_names_stand_at_their_place() {
    check_problem("[bnak]\ninclude = []\n", "bnak", "Did you mean `bank`?");
    check_problem("[bank]\nincldue = []\n", "incldue", "Did you mean `include`?");
    check_problem("[bank]\nx = 1\n", "x", "Allowed: `include`, `exclude`. It stands in [bank].");
    check_problem("[rules]\nmising-part = 'off'\n", "mising-part", "Did you mean \"missing-part\"?");
    check_problem("[rules]\nzzz = 'off'\n", "zzz", "`starling explain` lists the rules");
    check_problem("[rules]\nmissing-part = 'warn'\n", "'warn'", "\"warning\" or \"error\"");
    check_problem("[rules]\nmissing-part = 'hnit'\n", "'hnit'", "Did you mean \"hint\"?");
}

#[test]
fn wrong_types_stand_at_their_place() {
    check_problem("bank = 1\n", "1", "`bank` must be a table, not an integer.");
    check_problem("[bank]\ninclude = 'a'\n", "'a'", "must be a list of strings, not a string");
    check_problem("[bank]\ninclude = ['a', 2]\n", "2", "must hold strings only, not an integer");
    check_problem("[rules]\nmissing-part = false\n", "false", "must be \"off\"");
    check_problem("[bank]\ninclude = ['a[']\n", "'a['", "does not parse");
    check_problem("[docs]\nbase-url = 'ftp://x'\n", "'ftp://x'", "https://");
}

#[test]
fn the_rest_still_applies() {
    let (config, problems) =
        Config::parse("[bank]\ninclude = ['a', 2, 'b']\n[rules]\nzzz = 1\nempty-part = 'hint'\n");
    assert_eq!(problems.len(), 2);
    assert!(config.declares(Path::new("b")));
    assert_eq!(severity_of(&config, "empty-part"), Some(Severity::Hint));
}

#[test]
fn syntax_errors_stand_at_their_place_once() {
    check_problem("[bank]\ninclude = [\"a\"\n[rules]\nx = \"off\"\n", "[", "not valid TOML");
    check_problem("[rules]\nmissing-part = off\n", "off", "must be quoted");
    check_problem("[docs]\nbase-url = \"https://x\n", "", "not valid TOML");
    check_problem("= 3\n", "=", "not valid TOML");
}

#[test]
fn what_stands_before_a_syntax_error_is_judged() {
    let found = problems("[bnak]\n[docs]\nx y\n");
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("bnak"));
}

#[test]
fn repeated_keys_are_named_and_the_first_applies() {
    let text = "[rules]\nempty-part = 'hint'\nempty-part = 'off'\nzzz = 'off'\n";
    let found = problems(text);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("empty-part: This key"));
    assert_eq!(severity_of(&Config::parse(text).0, "empty-part"), Some(Severity::Hint));
}

#[test]
fn places_are_bytes_also_after_other_scripts() {
    check_problem("# Geschichten für später 🎉\r\n[\"bänk\"]\r\n", "\"bänk\"", "Unknown table");
}

#[test]
fn nothing_breaks_the_reader() {
    for text in [
        "\u{feff}[bank]\n",
        "\0",
        "[",
        "[[bank]]\n",
        "a.b.c = 1",
        "\u{1f600}",
        "x = \"\\",
        "[rules.x]\ny = 1",
    ] {
        let (_, problems) = Config::parse(text);
        for problem in problems {
            let _ = problem.span.of(text);
        }
    }
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(!Config::parse(&deep).1.is_empty());
}

#[test]
fn what_is_printed_reads_the_same() {
    let text = "[bank]\ninclude = ['a \"b\"/**']\n[rules]\nempty-part = 'off'\n[docs]\nbase-url = 'https://a.example'\n";
    let printed = Config::parse(text).0.to_toml();
    let (again, problems) = Config::parse(&printed);
    assert!(problems.is_empty(), "{problems:?}\n{printed}");
    assert!(again.declares(Path::new("a \"b\"/x.md")));
    assert_eq!(severity_of(&again, "empty-part"), None);
    assert_eq!(again.base_url.as_deref(), Some("https://a.example"));
}

const VOCABULARY: &str = "\
[vocabulary]
sets = ['amazon']
technologies = ['Pulsar']

[vocabulary.parts]
situation = ['Kontext']

[[vocabulary.principles]]
name = 'Leave it better'
aliases = ['Boy Scout rule']

[[vocabulary.questions]]
text = 'Tell me about your worst night on call.'
id = 'on-call'

[[vocabulary.questions.checklist]]
name = 'triage'
cues = ['triaged']
";

#[test]
fn additions_to_the_vocabulary_are_read() {
    let (config, problems) = Config::parse(VOCABULARY);
    assert!(problems.is_empty(), "{problems:?}");
    let additions = config.additions;
    assert_eq!(additions.sets, Some(vec!["amazon".to_owned()]));
    assert_eq!(additions.technologies, ["Pulsar"]);
    assert_eq!(additions.parts[&starling_grammar::PartKind::Situation], ["Kontext"]);
    assert_eq!(additions.principles[0].aliases, ["Boy Scout rule"]);
    assert_eq!(additions.questions[0].checklist[0].cues, ["triaged"]);
}

#[test]
fn mistakes_in_the_vocabulary_stand_at_their_place() {
    check_problem("[vocabulary]\ntechnlogies = []\n", "technlogies", "Did you mean `technologies`?");
    check_problem("[vocabulary.parts]\nsitation = []\n", "sitation", "It stands in [vocabulary.parts].");
    check_problem("[vocabulary]\nparts = ['x']\n", "['x']", "must be a table, not an array");
    check_problem("[vocabulary]\nthemes = 'x'\n", "'x'", "must be a list of tables, not a string");
    check_problem("[vocabulary]\nthemes = ['x']\n", "'x'", "must be a list of tables, not a string");
    check_problem("[vocabulary]\nthemes = [{ id = 'x' }]\n", "{ id = 'x' }", "`name` is missing");
    check_problem("[[vocabulary.themes]]\nname = ''\n", "''", "must not be empty");
    check_problem("[[vocabulary.themes]]\nname = 'x'\nsumary = ''\n", "sumary", "Did you mean `summary`?");
    let text = VOCABULARY.replace("cues =", "cue =");
    let found = problems(&text);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|problem| problem.contains("It stands in [vocabulary.questions.checklist].")));
}

#[test]
fn the_vocabulary_is_printed_as_it_reads() {
    let (config, _) = Config::parse(VOCABULARY);
    let printed = config.to_toml();
    let (again, problems) = Config::parse(&printed);
    assert!(problems.is_empty(), "{problems:?}\n{printed}");
    assert_eq!(again.additions, config.additions);
}
