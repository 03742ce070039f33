use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use starling_grammar::Origin;

use super::renamable;
use crate::bank::{Bank, Reference, Summary, mentions};
use crate::check::{Checked, check};
use crate::config::{Config, Definition, definitions};
use crate::fix::apply;
use crate::ide::View;
use crate::ide::naming::{InBank, Named, uses};

const STORY: &str = "\n\n**Situation:** It was slow.\n\n**Task:** I owned it.\n\n**Action:** I rebuilt it.\n\n**Result:** 5% faster.\n";

const TOML: &str = "[[vocabulary.principles]]\nname = \"Leave it better\"\naliases = [\"Boy Scout rule\"]\n\n\
                    [[vocabulary.questions]]\nid = \"on-call\"\ntext = \"Tell me about your worst night.\"\n";

/// A bank with its texts.
struct Files {
    texts: BTreeMap<String, String>,
    checked: BTreeMap<String, Checked>,
    bank: Bank,
    toml: String,
    config: Config,
}

impl Files {
    fn new(texts: BTreeMap<String, String>, toml: String, config: Config) -> Self {
        let read = |(path, text): (&String, &String)| {
            let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let origin = Origin { name, declared: false };
            (path.clone(), check(text.as_str().into(), &origin, &config, None))
        };
        let checked: BTreeMap<String, Checked> = texts.iter().map(read).collect();
        let mut bank = Bank::default();
        for (path, checked) in &checked {
            bank.insert(Path::new(path), Summary::of(&checked.document, &config.vocabulary));
        }
        Self { texts, checked, bank, toml, config }
    }

    /// With the usual configuration.
    fn of(files: &[(&str, &str)]) -> Self {
        static CONFIG: LazyLock<Config> = LazyLock::new(|| Config::parse(TOML).0);
        let texts = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self::new(texts, TOML.to_owned(), CONFIG.clone())
    }

    fn view(&self, path: &str) -> View<'_> {
        View { checked: &self.checked[path], config: &self.config, bank: None }
    }

    fn rename(&self, path: &str, offset: usize, new: &str) -> Result<(Self, Named), String> {
        let file = |path| InBank { bank: &self.bank, path: Path::new(path) };
        let renamable = renamable(&self.view(path), file(path), &definitions(&self.toml), offset)?;
        let renaming = renamable.to(new, &self.bank, &self.config)?;
        let toml = apply(&self.toml, &renaming.definition_edits());
        let after = if toml == self.toml { self.config.clone() } else { Config::parse(&toml).0 };
        let mut texts = BTreeMap::new();
        for (path, text) in &self.texts {
            let edits = renaming.edits(&self.view(path), file(path), &after)?;
            texts.insert(path.clone(), apply(text, &edits));
        }
        Ok((Self::new(texts, toml, after), renaming.named))
    }

    /// How often each file names something.
    fn uses(&self, named: &Named) -> Vec<usize> {
        let count = |path: &String| {
            uses(&self.view(path), InBank { bank: &self.bank, path: Path::new(path) }, named).len()
        };
        self.texts.keys().map(count).collect()
    }

    /// How many mentions lead nowhere.
    fn dangling(&self) -> usize {
        let of_file = |(path, text): (&String, &String)| {
            let missing = |mention| self.bank.resolve(Path::new(path), &mention) == Reference::Missing;
            mentions(text).into_iter().filter(|mention| missing(mention.clone())).count()
        };
        self.texts.iter().map(of_file).sum()
    }
}

/// Renames what is at `$0` in the first of some files.
#[track_caller]
fn check_files(files: &[(&str, &str)], new: &str, expected: &[(&str, &str)], toml: &str) {
    let (path, fixture) = files[0];
    let offset = fixture.find("$0").expect("a cursor");
    let mut all = files.to_vec();
    let text = fixture.replacen("$0", "", 1);
    all[0].1 = &text;
    let (after, _) = Files::of(&all).rename(path, offset, new).expect("it can be renamed");
    for (path, text) in expected {
        assert_eq!(after.texts[*path], *text, "{path}");
    }
    assert_eq!(after.toml, toml);
}

#[track_caller]
fn refused(fixture: &str, new: &str, reason: &str) {
    let offset = fixture.find("$0").expect("a cursor");
    let other = format!("# Other{STORY}");
    let files = Files::of(&[("a.md", &fixture.replacen("$0", "", 1)), ("b.md", &other)]);
    let error = files.rename("a.md", offset, new).map(|_| ()).expect_err("it cannot be renamed");
    assert!(error.contains(reason), "{error}");
}

#[test]
fn a_principle_changes_where_it_is_defined_and_used() {
    let story = format!("---\nprinciples: [leave-it-better, boy scout rule]\n---\n\n# Alpha{STORY}");
    let line = format!("# Beta\n\nPrinciples: Ownership, Leave$0 It Better{STORY}");
    check_files(
        &[("b.md", &line), ("a.md", &story)],
        "Mend what you touch",
        &[
            ("b.md", &line.replace("Leave$0 It Better", "Mend what you touch")),
            ("a.md", &story.replace("leave-it-better", "mend-what-you-touch")),
        ],
        &TOML.replace("Leave it better", "Mend what you touch"),
    );
}

#[test]
fn a_question_changes_its_id() {
    let story = format!("# Alpha\n\nQuestions: on-$0call, mentoring{STORY}");
    check_files(
        &[("a.md", &story)],
        "worst-night",
        &[("a.md", &story.replace("on-$0call", "worst-night"))],
        &TOML.replace("on-call", "worst-night"),
    );
}

#[test]
fn a_title_changes_with_its_mentions() {
    let story = format!("# Story 3: The slow$0 search (Ownership){STORY}");
    let map = "| Question | Story |\n|---|---|\n| a | The slow search |\n| b | 3 |\n\n\
               - [The Slow Search](a.md#story-3-the-slow-search-ownership), [this](a.md), [[the slow search]]\n";
    let named = "| Question | Story |\n|---|---|\n| a | The fast search |\n| b | 3 |\n\n\
                 - [The fast search](a.md#story-3-the-fast-search-ownership), [this](a.md), [[The fast search]]\n";
    check_files(
        &[("a.md", &story), ("map.md", map)],
        "The fast search",
        &[("a.md", &story.replace("slow$0", "fast")), ("map.md", named)],
        TOML,
    );
    let at_mention = map.replacen("| The slow", "| The$0 slow", 1);
    check_files(
        &[("map.md", &at_mention), ("a.md", &story.replace("$0", ""))],
        "The fast search",
        &[("map.md", named)],
        TOML,
    );
}

#[test]
fn a_title_in_front_matter_keeps_its_quotes() {
    let with = |title: &str| format!("---\ntitle: {title}\ntype: story\n---{STORY}");
    for (title, new, expected) in [
        ("Slow$0 search", "It's \"fast\": now", "\"It's \\\"fast\\\": now\""),
        ("'Slow$0 search'", "It's fast", "'It''s fast'"),
        ("\"Slow$0 search\"", "A \"fast\" one", "\"A \\\"fast\\\" one\""),
    ] {
        check_files(&[("a.md", &with(title))], new, &[("a.md", &with(expected))], TOML);
    }
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let tagged = |tag: &str| format!("# Alpha\n\nPrinciples: {tag}{STORY}");
    refused(&tagged("Owner$0ship"), "x", "comes with Starling");
    refused(&tagged("Leave $0it better"), "Ownership", "is taken");
    refused(&tagged("Leave $0it better"), "a, b", "Use letters");
    refused(&format!("# Alpha\n\nQuestions: on-$0call{STORY}"), "On call", "lower case");
    refused(&format!("# Alpha$0{STORY}"), "Other", "Another story");
    refused(&format!("# Alpha$0{STORY}"), "*x*", "without Markdown");
    refused(&format!("# Alpha$0{STORY}"), "3. x", "number");
    refused(&format!("# Alpha{STORY}\n\nno$0thing\n"), "x", "Put the cursor");
    refused(&format!("Sit$0uation{STORY}"), "x", "Put the cursor");
    refused(&format!("# Bl$0ue{STORY}"), "Situation", "would read otherwise");
}

const TITLES: [&str; 4] = ["Blue", "Story 2: Green tea", "**Red**", "Le café (Ownership)"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_renamed_bank_says_the_same(
        titles in prop::sample::subsequence(&TITLES[..], 1..4),
        mentioned in prop::collection::vec((0usize..4, 0usize..5), 0..8),
        tags in prop::collection::vec(prop::sample::select(vec!["Leave It Better", "leave-it-better", "Boy Scout Rule", "Ownership", "Nonsense"]), 0..5),
        target in any::<prop::sample::Index>(),
        new in "[A-Za-zé]{1,8}( [a-z]{1,6}){0,2}",
    ) {
        let mut map = "| Question | Story |\n|---|---|\n".to_owned();
        for (title, form) in mentioned {
            let title = TITLES[title].trim_matches('*');
            map += &match form {
                0 => format!("| q | {title} |\n"),
                1 => format!("| q | **{title}** |\n"),
                2 => format!("| q | [[{title}]] |\n"),
                3 => format!("| q | [{title}](0.md) |\n"),
                _ => "| q | 2 |\n".to_owned(),
            };
        }
        let mut files = vec![("map.md".to_owned(), map)];
        for (number, title) in titles.iter().enumerate() {
            files.push((format!("{number}.md"), format!("# {title}\n\nPrinciples: {}{STORY}", tags.join(", "))));
        }
        let named: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let before = Files::of(&named);
        let (path, text) = &files[target.index(files.len())];
        let offset = text.floor_char_boundary(target.index(text.len() + 1));
        if let Ok((after, named)) = before.rename(path, offset, &new) {
            prop_assert_eq!(before.dangling(), after.dangling());
            let renamed = match &named {
                Named::Tag(kind, _) => {
                    let now: Vec<Definition> = definitions(&after.toml);
                    let was = definitions(&before.toml);
                    let changed = was.iter().position(|it| *named_id(&named) == it.id).expect("it is defined");
                    Named::Tag(*kind, now[changed].id.clone())
                }
                stories @ Named::Stories(_) => stories.clone(),
            };
            prop_assert_eq!(before.uses(&named), after.uses(&renamed));
        }
    }
}

fn named_id(named: &Named) -> &str {
    match named {
        Named::Tag(_, id) => id,
        Named::Stories(_) => "",
    }
}
