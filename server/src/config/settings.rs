//! Every setting of `starling.toml` with its documentation: what may be written is read from here, so that the
//! reader, its messages, `starling config` and the schema cannot disagree.

mod vocabulary;

/// A table of `starling.toml`.
#[derive(Debug)]
pub struct Section {
    /// The name in brackets.
    pub name: &'static str,
    /// What it is for, in Markdown.
    pub documentation: &'static str,
    /// Its keys; empty for `[rules]`, whose keys are the names of the rules.
    pub settings: &'static [Setting],
}

/// A key of a section.
#[derive(Debug)]
pub struct Setting {
    /// The key.
    pub key: &'static str,
    /// What may stand there.
    pub shape: Shape,
    /// What it does, in Markdown; the first sentence stands alone.
    pub documentation: &'static str,
    /// An example of its value, in TOML.
    pub example: &'static str,
    /// Whether the table is of no use without it.
    pub required: bool,
}

/// The shape of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Yes or no; yes unless it is set.
    Switch,
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A table with these keys.
    Table(&'static [Setting]),
    /// A list of tables with these keys.
    Tables(&'static [Setting]),
}

impl Shape {
    /// The shape in words, as in "expected a list of strings".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Switch => "true or false",
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::Table(_) => "a table",
            Self::Tables(_) => "a list of tables",
        }
    }
}

/// All sections in the order in which they are printed.
pub static SECTIONS: &[Section] = &[
    Section {
        name: "bank",
        documentation: "Which files belong to the bank. Globs are relative to the folder of `starling.toml`; `*` stays \
                        within a folder, `**` crosses folders, and a folder stands for everything in it.",
        settings: &[
            Setting {
                key: "include",
                shape: Shape::Texts,
                documentation: "Files that hold stories. In these a single label, and labels such as *Context* or \
                                *Outcome*, make a story. Other files are read too, by the stricter measure.",
                example: "[\"stories/**/*.md\"]",
                required: false,
            },
            Setting {
                key: "exclude",
                shape: Shape::Texts,
                documentation: "Files to leave out when a folder is read. A file named on the command line is always read.",
                example: "[\"archive\", \"**/draft-*.md\"]",
                required: false,
            },
        ],
    },
    Section {
        name: "rules",
        documentation: "How much each rule weighs: `\"off\"`, `\"hint\"`, `\"information\"`, `\"warning\"` or `\"error\"`. \
                        `starling explain` lists the rules.",
        settings: &[],
    },
    Section {
        name: "vocabulary",
        documentation: "Words of your own, besides the built-in ones.",
        settings: vocabulary::SETTINGS,
    },
    Section {
        name: "docs",
        documentation: "Where editors find the documentation of a rule.",
        settings: &[Setting {
            key: "base-url",
            shape: Shape::Text,
            documentation: "The address to which a rule's name is appended. Without it the links on findings lead to pages in the editor, where \
                            it can show them.",
            example: "\"https://example.com/starling/rules\"",
            required: false,
        }],
    },
    Section {
        name: "editor",
        documentation: "What editors show of a story in its text.",
        settings: &[
            Setting {
                key: "hints",
                shape: Shape::Switch,
                documentation: "How long a story takes to tell and how much of it each part takes, beside its title; and how \
                                much of what a question asks for it addresses, beside the question.",
                example: "true",
                required: false,
            },
            Setting {
                key: "lenses",
                shape: Shape::Switch,
                documentation: "How many questions a story answers and how many places mention it, above its title.",
                example: "true",
                required: false,
            },
        ],
    },
];

/// The section of a name.
#[must_use]
pub fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, Setting, Shape};

    #[track_caller]
    fn check_examples(settings: &[Setting]) {
        for setting in settings {
            let value: toml::Table =
                toml::from_str(&format!("x = {}", setting.example)).expect("an example is TOML");
            let fits = match setting.shape {
                Shape::Switch => value["x"].is_bool(),
                Shape::Text => value["x"].is_str(),
                Shape::Texts => value["x"].is_array(),
                Shape::Table(inner) => {
                    check_examples(inner);
                    value["x"].is_table()
                }
                Shape::Tables(inner) => {
                    check_examples(inner);
                    value["x"].as_array().is_some_and(|rows| rows.iter().all(toml::Value::is_table))
                }
            };
            assert!(fits, "{}", setting.key);
        }
    }

    #[test]
    fn examples_have_their_shape() {
        SECTIONS.iter().for_each(|section| check_examples(section.settings));
    }

    #[test]
    fn examples_are_valid() {
        for section in SECTIONS {
            for setting in section.settings {
                let text = format!("[{}]\n{} = {}\n", section.name, setting.key, setting.example);
                let (_, problems) = crate::config::Config::parse(&text);
                assert!(problems.is_empty(), "{text}{problems:?}");
            }
        }
    }
}
