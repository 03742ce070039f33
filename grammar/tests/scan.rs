//! The quick scan never dismisses a text that holds a story.

use std::fs;
use std::path::{Path, PathBuf};

use starling_grammar::{Document, Origin, Vocabulary, may_hold_stories};

/// The Markdown files of a folder of the tests, at any depth.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

fn holds(text: &str, vocabulary: &Vocabulary) -> bool {
    !Document::read(text.into(), &Origin::default(), vocabulary).stories.is_empty()
}

#[test]
fn no_file_with_stories_is_dismissed_and_most_others_are() {
    let vocabulary = Vocabulary::builtin();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join("tests");
    let mut all = Vec::new();
    files(&tests.join("corpus"), &mut all);
    files(&tests.join("bank"), &mut all);
    let (mut with, mut without, mut dismissed) = (0, 0, 0);
    for path in all {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let may = may_hold_stories(&text, &Origin::default(), vocabulary);
        if holds(&text, vocabulary) {
            with += 1;
            assert!(may, "{}", path.display());
        } else {
            without += 1;
            dismissed += usize::from(!may);
        }
    }
    assert!(with > 120 && without > 20, "{with} with stories, {without} without");
    // These look like stories on purpose; ordinary notes do so far less.
    println!("{dismissed} of {without} files without stories are dismissed");
    assert!(dismissed * 4 >= without, "{dismissed} of {without}");
}

#[test]
fn every_name_of_a_part_is_seen_in_every_style() {
    const STYLES: [&str; 16] = [
        "## {}\n\nx\n\n",
        "**{}:** x\n\n",
        "**{}**: x\n\n",
        "**{}**\n\nx\n\n",
        "- **{}:** x\n",
        "- {}: x\n",
        "{}: x\n\n",
        "1. {}: x\n",
        "> **{}:** x\n>\n",
        "| {} | x |\n",
        "The x ({}). ",
        "### 1. ⭐ {} (20 %):\n\nx\n\n",
        "{}\n---\n\nx\n\n",
        "**{} –** x\n\n",
        "<summary>{}</summary>\n\nx\n\n",
        "__{}__ x\n\n",
    ];
    let vocabulary = Vocabulary::builtin();
    let languages: Vec<&String> = vocabulary.parts()[0].names.keys().collect();
    let mut with = 0;
    for style in STYLES {
        for language in &languages {
            let names = vocabulary.parts().iter().filter_map(|part| part.names.get(*language));
            let most = names.clone().map(Vec::len).max().unwrap_or_default();
            for index in 0..most {
                let parts: Vec<&String> =
                    names.clone().map(|names| &names[index.min(names.len() - 1)]).collect();
                for case in [str::to_owned, str::to_uppercase, str::to_lowercase] {
                    let story: String = parts.iter().map(|name| style.replace("{}", &case(name))).collect();
                    let head = if style.starts_with('|') { "| a | b |\n|---|---|\n" } else { "# T\n\n" };
                    let text = format!("{head}{story}");
                    if holds(&text, vocabulary) {
                        with += 1;
                        assert!(may_hold_stories(&text, &Origin::default(), vocabulary), "{text}");
                    }
                }
            }
        }
    }
    assert!(with > 300, "{with}");
}
