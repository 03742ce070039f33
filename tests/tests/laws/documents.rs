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

/// Commands and options of the program that the README does not name, and commands of the extension that its own does not.
pub(crate) fn commands(root: &Path) -> Vec<Violation> {
    let help = |arguments: &[&str]| String::from_utf8_lossy(&starling(arguments, "").stdout).into_owned();
    let readme = read(root, README);
    let mut violations = Vec::new();
    let mut check = |document: &str, text: &str, name: &str| {
        if !text.contains(name) {
            violations.push(Violation::new(
                document,
                None,
                format!("`{name}` is not in it: say what it does"),
            ));
        }
    };
    let all = help(&["--help"]);
    let commands: Vec<&str> = listed(&all, "Commands:").filter(|name| *name != "help").collect();
    assert!(commands.contains(&"check"), "`starling --help` lists no commands");
    for command in commands {
        check(README, &readme, &format!("`starling {command}"));
        let help = help(&[command, "--help"]);
        for option in listed(&help, "Options:").filter(|name| !matches!(*name, "-h," | "-V,")) {
            check(README, &readme, option);
        }
    }
    let extension = "editors/vscode/README.md";
    let manifest: serde_json::Value =
        serde_json::from_str(&read(root, "editors/vscode/package.json")).expect("a manifest");
    let titles = manifest["contributes"]["commands"].as_array().expect("commands").iter();
    for title in titles.filter_map(|command| command["title"].as_str()) {
        check(extension, &read(root, extension), &format!("*Starling: {title}*"));
    }
    violations
}

/// The first words of the lines under a heading of a help text.
fn listed<'h>(help: &'h str, heading: &'h str) -> impl Iterator<Item = &'h str> {
    let lines =
        help.lines().skip_while(move |line| *line != heading).skip(1).take_while(|line| !line.is_empty());
    let entries = lines.filter(|line| line.len() - line.trim_start().len() <= 6);
    entries.filter_map(|line| line.split_whitespace().next())
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
    let mut table = BTreeMap::new();
    for (line, cells) in rows(readme, "## Rules") {
        let [names, severity, ..] = cells.as_slice() else { continue };
        let names = names.split('`').skip(1).step_by(2);
        table.extend(names.map(|name| (name.to_owned(), (line, (*severity).to_owned()))));
    }
    table
}

/// The cells of every table row under a heading, with the line of each row.
fn rows<'m>(markdown: &'m str, heading: &str) -> Vec<(usize, Vec<&'m str>)> {
    let section = markdown.lines().enumerate().skip_while(|(_, line)| *line != heading).skip(1);
    let section = section.take_while(|(_, line)| !line.starts_with("## "));
    let rows = section.filter_map(|(at, line)| Some((at + 1, line.strip_prefix('|')?.strip_suffix('|')?)));
    rows.map(|(line, row)| (line, row.split('|').map(str::trim).collect())).collect()
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

/// Editors in which the README's table of editors and the folders of set-up differ.
pub(crate) fn editors(root: &Path) -> Vec<Violation> {
    let is_folder = |name: &String| root.join("editors").join(name).is_dir();
    let folders = entries(root, "editors/").into_iter().filter(is_folder).map(|name| {
        let tested = root.join("editors").join(&name).join("test/run").exists();
        (name, tested)
    });
    editor_differences(&read(root, README), &folders.collect())
}

/// Compares the rows under the heading `Editors` that link to a folder with the folders and whether these have a test.
fn editor_differences(readme: &str, folders: &BTreeMap<String, bool>) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut unnamed = folders.clone();
    for (line, cells) in rows(readme, "## Editors") {
        let target = cells[0].split_once("](editors/").and_then(|(_, target)| target.split_once('/'));
        let Some((name, _)) = target else { continue };
        unnamed.remove(name);
        let message = match (folders.get(name), cells.last().copied()) {
            (Some(true), Some("tested")) | (Some(false), Some("untested")) => continue,
            (None, _) => format!("there is no folder editors/{name}: remove it from the table"),
            (Some(true), _) => format!("editors/{name} has a test: say that it is tested"),
            (Some(false), _) => format!("editors/{name} has no test/run: say that it is untested"),
        };
        violations.push(Violation::new(README, line, message));
    }
    let unnamed = unnamed.keys().map(|name| format!("add editors/{name} to the table under Editors"));
    violations.extend(unnamed.map(|message| Violation::new(README, None, message)));
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
    use std::collections::BTreeMap;

    use super::{blocks, differences, editor_differences, relative_links, settings, table};

    const TABLE: &str =
        "# A\n## Rules\n\n| rule | severity |\n|---|---|\n| `a-a`, `b` | hint | x |\n## B\n| `c` | hint |";

    #[test]
    fn a_help_text_lists_options() {
        let help = "Options:\n      --a <X>  says a\n               and more\n  -h, --help  helps\n\nExamples:\n  --b\n";
        assert_eq!(super::listed(help, "Options:").collect::<Vec<_>>(), ["--a", "-h,"]);
    }

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
    fn differences_of_editors_are_found() {
        let readme = "## Editors\n\n| editor | |\n|---|---|\n| [A](editors/a/README.md) | tested |\n\
                      | [B](editors/b/README.md) | tested |\n| [C](editors/c/README.md) | untested |\n";
        let found = |folders: &[(&str, bool)]| -> Vec<String> {
            let folders: BTreeMap<String, bool> =
                folders.iter().map(|(name, tested)| ((*name).to_owned(), *tested)).collect();
            editor_differences(readme, &folders).iter().map(ToString::to_string).collect()
        };
        assert!(found(&[("a", true), ("b", true), ("c", false)]).is_empty());
        assert_eq!(
            found(&[("b", false), ("c", true), ("d", true)]),
            [
                "README.md:5: there is no folder editors/a: remove it from the table",
                "README.md:6: editors/b has no test/run: say that it is untested",
                "README.md:7: editors/c has a test: say that it is tested",
                "README.md: add editors/d to the table under Editors",
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
