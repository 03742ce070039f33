//! What the documents say, held against the program and the repository.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::Violation;

const README: &str = "README.md";

/// Names and severities in which the README's table of rules and the program differ.
pub(crate) fn rules(root: &Path) -> Vec<Violation> {
    let output = starling(&["config"], "");
    assert!(output.status.success(), "starling config: {}", String::from_utf8_lossy(&output.stderr));
    let rules = settings(&String::from_utf8_lossy(&output.stdout));
    assert!(!rules.is_empty(), "`starling config` prints no rules");
    differences(&table(&read(root, README)), &rules)
}

/// The severity of each rule, by its name, in a printed configuration: `# name = "severity"` under `[rules]`.
fn settings(configuration: &str) -> BTreeMap<String, String> {
    let section = configuration.split("\n[rules]\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let pairs = lines.filter_map(|line| line.trim_start_matches("# ").split_once(" = "));
    let unquoted = |value: &str| value.trim_matches('"').to_owned();
    pairs
        .filter(|(name, _)| !name.contains(' '))
        .map(|(name, value)| (name.to_owned(), unquoted(value)))
        .collect()
}

/// The rows under the heading `Rules`: the names in the first column with their line and the second column.
fn table(readme: &str) -> BTreeMap<String, (usize, String)> {
    let mut rows = BTreeMap::new();
    let section = readme.lines().enumerate().skip_while(|(_, line)| *line != "## Rules").skip(1);
    for (at, line) in section.take_while(|(_, line)| !line.starts_with("## ")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, names, severity, ..] = cells.as_slice() else { continue };
        let names = names.split('`').skip(1).step_by(2);
        rows.extend(names.map(|name| (name.to_owned(), (at + 1, (*severity).to_owned()))));
    }
    rows
}

fn differences(
    table: &BTreeMap<String, (usize, String)>,
    rules: &BTreeMap<String, String>,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (name, (line, severity)) in table {
        let message = match rules.get(name) {
            None => format!("there is no rule `{name}`: remove it from the table"),
            Some(actual) if actual != severity => {
                format!("`{name}` is {actual}, not {severity}: correct the table")
            }
            Some(_) => continue,
        };
        violations.push(Violation::new(README, *line, message));
    }
    let unnamed = rules.keys().filter(|name| !table.contains_key(*name));
    violations.extend(
        unnamed.map(|name| {
            Violation::new(README, None, format!("add the rule `{name}` to the table under Rules"))
        }),
    );
    violations
}

/// Whether the README's example of a `starling.toml` is one that the program takes without a word.
pub(crate) fn configuration(root: &Path) -> Vec<Violation> {
    let readme = read(root, README);
    let Some((line, example)) =
        blocks(&readme, "toml").into_iter().find(|(_, block)| block.contains("[rules]"))
    else {
        return vec![Violation::new(
            README,
            None,
            "show a starling.toml with [rules] in a block marked `toml`",
        )];
    };
    let output = starling(&["check", "--format", "json", "."], &example);
    let reported = String::from_utf8_lossy(&output.stdout).contains("\"version\"");
    if output.status.success() && output.stderr.is_empty() && reported {
        return Vec::new();
    }
    let said = [output.stdout, output.stderr].concat();
    let message = format!("the example of a starling.toml is wrong: {}", String::from_utf8_lossy(&said));
    vec![Violation::new(README, line, message)]
}

/// The fenced blocks of a language, each with the line of its fence.
fn blocks(markdown: &str, language: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(info) = line.trim_start().strip_prefix("```") else { continue };
        let inside =
            lines.by_ref().map(|(_, line)| line).take_while(|line| !line.trim_start().starts_with("```"));
        let block: String = inside.map(|line| format!("{line}\n")).collect();
        if info == language {
            blocks.push((at + 1, block));
        }
    }
    blocks
}

/// Links to files that are not there.
pub(crate) fn links(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for path in documents(root) {
        let folder = root.join(&path);
        let folder = folder.parent().expect("a document lies in a folder");
        for (line, target) in relative_links(&read(root, &path)) {
            if !folder.join(&target).exists() {
                violations.push(Violation::new(
                    &path,
                    line,
                    format!("links to {target}, which is not there"),
                ));
            }
        }
    }
    violations
}

/// The Markdown files written for people: at the top level and of each editor.
fn documents(root: &Path) -> Vec<String> {
    let mut documents = Vec::new();
    for folder in ["", "editors/", "editors/*/"] {
        let folders = match folder.strip_suffix("*/") {
            Some(parent) => {
                entries(root, parent).into_iter().map(|entry| format!("{parent}{entry}/")).collect()
            }
            None => vec![folder.to_owned()],
        };
        for folder in folders {
            let names = entries(root, &folder).into_iter().filter(|name| name.ends_with(".md"));
            documents.extend(names.map(|name| format!("{folder}{name}")));
        }
    }
    documents
}

/// Names in a folder; none if it is a file.
fn entries(root: &Path, folder: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return Vec::new() };
    entries
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .collect()
}

/// Targets of `[text](target)` outside of code that are neither addresses nor places in the same file.
fn relative_links(markdown: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    let mut fenced = false;
    for (at, line) in markdown.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect();
        for link in prose.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") {
                links.push((at + 1, target.to_owned()));
            }
        }
    }
    links
}

/// Runs the program in a folder of its own that holds nothing but this configuration.
fn starling(arguments: &[&str], configuration: &str) -> Output {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("starling.toml"), configuration).expect("the folder can be written");
    let output = Command::new(binary()).args(arguments).current_dir(folder.path()).output();
    output.unwrap_or_else(|error| panic!("STARLING_BIN cannot be started: {error}"))
}

fn binary() -> OsString {
    std::env::var_os("STARLING_BIN").expect("STARLING_BIN names the program to test; `tests/run` sets it")
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::{blocks, differences, relative_links, settings, table};

    const TABLE: &str =
        "# A\n## Rules\n\n| rule | severity |\n|---|---|\n| `a-a`, `b` | hint | x |\n## B\n| `c` | hint |";

    #[test]
    fn the_table_is_read() {
        let table = table(TABLE);
        assert_eq!(table.keys().collect::<Vec<_>>(), ["a-a", "b"]);
        assert_eq!(table["b"], (6, "hint".to_owned()));
    }

    #[test]
    fn the_settings_are_read() {
        let printed = "[bank]\n# include = []\n\n# How much: `\"off\"`.\n[rules]\n# a-a = \"hint\"\nb = \"off\"\n\n# x\n[docs]\n# c = \"d\"\n";
        let settings = settings(printed);
        assert_eq!(settings.len(), 2, "{settings:?}");
        assert_eq!((settings["a-a"].as_str(), settings["b"].as_str()), ("hint", "off"));
    }

    #[test]
    fn differences_are_found() {
        let rules =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let found = |pairs| -> Vec<String> {
            differences(&table(TABLE), &rules(pairs)).iter().map(ToString::to_string).collect()
        };
        assert!(found(&[("a-a", "hint"), ("b", "hint")]).is_empty());
        assert_eq!(
            found(&[("a-a", "error"), ("c", "hint")]),
            [
                "README.md:6: `a-a` is error, not hint: correct the table",
                "README.md:6: there is no rule `b`: remove it from the table",
                "README.md: add the rule `c` to the table under Rules",
            ]
        );
    }

    #[test]
    fn blocks_are_found() {
        assert_eq!(
            blocks("a\n```lua\nx\n```\n\n```toml\n[rules]\n```\n", "toml"),
            [(6, "[rules]\n".to_owned())]
        );
    }

    #[test]
    fn links_are_found() {
        let text = "[a](b.md) [c](https://d) [e](#f)\n```\n[g](h)\n```\n`[i](j)` [k](l/m.md#n)";
        assert_eq!(relative_links(text), [(1, "b.md".to_owned()), (5, "l/m.md".to_owned())]);
    }
}
