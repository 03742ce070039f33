//! The files of the vocabulary: that they are whole, and that their own examples hold.

use std::collections::HashMap;

use super::name::normal;
use super::{Additions, PartMeaning, Principle, Vocabulary};
use crate::{PartKind, TagKind};

#[test]
fn ids_are_those_of_the_design() {
    let vocabulary = Vocabulary::builtin();
    assert_eq!(vocabulary.principles().len(), 16);
    let themes: Vec<&str> = vocabulary.themes().iter().map(|theme| theme.id.as_str()).collect();
    assert_eq!(
        themes.join(" "),
        "production-incident scaling data-migration technical-disagreement cross-team-collaboration mentoring trade-off learning ambiguity tight-deadline"
    );
    let questions: Vec<&str> = vocabulary.questions().iter().map(|question| question.id.as_str()).collect();
    assert_eq!(
        questions.join(" "),
        "production-outage data-migration scaled-10x tech-debt technical-disagreement mentoring cross-team-conflict ambiguity tight-deadline failure learning-quickly trade-off"
    );
}

#[test]
fn no_text_is_missing() {
    let vocabulary = Vocabulary::builtin();
    for part in vocabulary.parts() {
        assert!(!part.include.is_empty() && !part.example.is_empty(), "{:?}", part.id);
        assert!(part.prompt.starts_with('[') && part.prompt.ends_with(']'), "{:?}", part.id);
    }
    for entry in vocabulary.principles() {
        let texts = [&entry.name, &entry.summary, &entry.scenario];
        assert!(texts.iter().all(|text| !text.is_empty()), "{}", entry.id);
        assert!(
            !entry.shows.is_empty() && !entry.questions.is_empty() && !entry.examples.is_empty(),
            "{}",
            entry.id
        );
        assert!(entry.cues.len() >= 5, "{}", entry.id);
    }
    for entry in vocabulary.themes() {
        assert!(
            !entry.summary.is_empty() && !entry.scenario.is_empty() && !entry.examples.is_empty(),
            "{}",
            entry.id
        );
        assert!(entry.cues.len() >= 5, "{}", entry.id);
    }
    for question in vocabulary.questions() {
        assert!(question.checklist.len() >= 3, "{}", question.id);
        for item in &question.checklist {
            assert!(
                !item.prompt.is_empty() && !item.hint.is_empty() && item.cues.len() >= 5,
                "{} {}",
                question.id,
                item.id
            );
        }
        for theme in &question.themes {
            assert!(vocabulary.themes().iter().any(|other| other.id == *theme), "{}: {theme}", question.id);
        }
    }
}

#[test]
fn examples_are_understood() {
    let vocabulary = Vocabulary::builtin();
    let principles =
        vocabulary.principles().iter().map(|entry| (TagKind::Principle, &entry.id, &entry.examples));
    let themes = vocabulary.themes().iter().map(|entry| (TagKind::Theme, &entry.id, &entry.examples));
    let questions =
        vocabulary.questions().iter().map(|entry| (TagKind::Question, &entry.id, &entry.examples));
    for (kind, id, examples) in principles.chain(themes).chain(questions) {
        for example in examples {
            assert_eq!(vocabulary.find(kind, example).map(|known| known.id), Some(id.as_str()), "{example}");
        }
    }
}

#[test]
fn a_name_means_one_thing() {
    let vocabulary = Vocabulary::builtin();
    let mut seen: HashMap<(TagKind, String), &str> = HashMap::new();
    let mut check = |kind, name: &str, id| {
        let earlier = seen.insert((kind, normal(name)), id);
        assert!(earlier.is_none_or(|earlier| earlier == id), "{name} means {earlier:?} and {id}");
    };
    for entry in vocabulary.principles() {
        for name in entry.aliases.iter().chain(&entry.former).chain([&entry.id, &entry.name]) {
            check(TagKind::Principle, name, &entry.id);
        }
    }
    for entry in vocabulary.themes() {
        for name in entry.aliases.iter().chain([&entry.id, &entry.name]) {
            check(TagKind::Theme, name, &entry.id);
        }
    }
    for entry in vocabulary.questions() {
        for name in entry.aliases.iter().chain([&entry.id, &entry.text]) {
            check(TagKind::Question, name, &entry.id);
        }
    }
}

#[test]
fn parts_by_their_names() {
    let vocabulary = Vocabulary::builtin();
    let part = |name: &str| vocabulary.part_name(name).map(|named| (named.meaning, named.canonical));
    assert_eq!(part("SITUATION"), Some((PartMeaning::Part(PartKind::Situation), true)));
    assert_eq!(part("结果"), Some((PartMeaning::Part(PartKind::Result), true)));
    assert_eq!(part("what I did"), Some((PartMeaning::Part(PartKind::Action), false)));
    assert_eq!(part("Challenge"), Some((PartMeaning::SituationOrTask, false)));
    assert_eq!(part("Conclusion"), None);
    assert_eq!(vocabulary.part_name("Result").map(|named| &*named.language), Some("en"));
    assert_eq!(vocabulary.part_name("Aufgabe").map(|named| &*named.language), Some("de"));
    assert_eq!(vocabulary.letter('R'), Some(PartKind::Result));
}

#[test]
fn near_parts_are_slips_and_no_other_words() {
    let vocabulary = Vocabulary::builtin();
    for (written, meant) in [
        ("Sitation", "Situation"),
        ("Situaton", "Situation"),
        ("Taks", "Task"),
        ("Actoin", "Action"),
        ("Resutl", "Result"),
        ("Reslut", "Result"),
        ("Situtation", "Situation"),
    ] {
        assert_eq!(vocabulary.near_part(written).map(|(_, name)| name), Some(meant), "{written}");
    }
    for other in [
        "Talk", "Tank", "Tack", "Mask", "Auction", "Faction", "Resort", "Insult", "Consult", "Station",
        "Actor", "Results", "Tests", "Less", "Notes",
    ] {
        assert_eq!(vocabulary.near_part(other), None, "{other}");
    }
}

#[test]
fn near_tags_are_slips_and_no_other_companies() {
    let vocabulary = Vocabulary::builtin();
    assert_eq!(vocabulary.near(TagKind::Principle, "Owenrship"), ["ownership"]);
    assert_eq!(vocabulary.near(TagKind::Principle, "Dive Dep"), ["dive-deep"]);
    assert_eq!(vocabulary.near(TagKind::Theme, "mentorin"), ["mentoring"]);
    for other in ["Customer First", "Move Fast", "Be Open", "Focus on Impact", "Leadership", "Integrity"] {
        assert!(vocabulary.near(TagKind::Principle, other).is_empty(), "{other}");
    }
}

#[test]
fn users_add_to_it() {
    let additions = Additions {
        principles: vec![Principle {
            id: "move-fast".into(),
            name: "Move Fast".into(),
            ..Principle::default()
        }],
        parts: [(PartKind::Action, vec!["Heroics".to_owned()])].into(),
        ..Additions::default()
    };
    let vocabulary = Vocabulary::extended(&additions);
    assert_eq!(vocabulary.find(TagKind::Principle, "move fast!").map(|known| known.id), Some("move-fast"));
    assert!(vocabulary.find(TagKind::Principle, "Ownership").is_some());
    assert!(vocabulary.part_name("heroics").is_some_and(|named| !named.canonical));
    let none = Vocabulary::extended(&Additions { sets: Some(Vec::new()), ..Additions::default() });
    assert!(none.find(TagKind::Principle, "Ownership").is_none());
}

#[test]
fn a_technology_has_one_entry() {
    let vocabulary = Vocabulary::builtin();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (technology, name) in vocabulary.technologies().all_names() {
        assert_eq!(seen.insert(name, technology), None, "{name}");
    }
}
