//! Every setting of `starling.toml` with its documentation: what may be written is read from here, so that the
//! reader, its messages, `starling config` and the schema cannot disagree.

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
}

/// The shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A table whose values are lists of strings.
    TextsByName,
    /// A list of tables.
    Tables,
}

impl Shape {
    /// The shape in words, as in "expected a list of strings".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::TextsByName => "a table of lists of strings",
            Self::Tables => "a list of tables",
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
            },
            Setting {
                key: "exclude",
                shape: Shape::Texts,
                documentation: "Files to leave out when a folder is read. A file named on the command line is always read.",
                example: "[\"archive\", \"**/draft-*.md\"]",
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
        name: "docs",
        documentation: "Where editors find the documentation of a rule.",
        settings: &[Setting {
            key: "base-url",
            shape: Shape::Text,
            documentation: "The address to which a rule's name is appended. Without it editors are given no links.",
            example: "\"https://example.com/starling/rules\"",
        }],
    },
];

/// The section of a name.
#[must_use]
pub fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, Shape};

    #[test]
    fn examples_have_their_shape() {
        for section in SECTIONS {
            for setting in section.settings {
                let value: toml::Table =
                    toml::from_str(&format!("x = {}", setting.example)).expect("an example is TOML");
                let fits = match setting.shape {
                    Shape::Text => value["x"].is_str(),
                    Shape::Texts | Shape::Tables => value["x"].is_array(),
                    Shape::TextsByName => value["x"].is_table(),
                };
                assert!(fits, "{}.{}", section.name, setting.key);
            }
        }
    }
}
