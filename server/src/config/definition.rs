//! Where a `starling.toml` defines principles, themes and questions, and how each of their names may be written.

use starling_grammar::{Span, TagKind, normal_name};
use toml::de::{DeTable, DeValue};

use crate::explain;

/// What a `starling.toml` says of one principle, theme or question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What it defines.
    pub kind: TagKind,
    /// Its id, given or made from its name.
    pub id: String,
    /// What it is called; for a question, its text.
    pub name: Name,
    /// Its id, where it is given.
    pub given_id: Option<Name>,
    /// Its other names.
    pub aliases: Vec<Name>,
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// The value in the file, with its quotation marks.
    pub span: Span,
}

impl Definition {
    /// The name that somebody means who writes a tag like this.
    #[must_use]
    pub fn written_as(&self, written: &str) -> Option<&Name> {
        let wanted = normal_name(written);
        let means = |name: &&Name| normal_name(&name.text) == wanted;
        let ids = self.given_id.iter().filter(|id| id.text == written);
        let others = self.given_id.iter().chain(&self.aliases);
        ids.chain(std::iter::once(&self.name).chain(others).filter(means)).next()
    }

    /// All names that the file gives it.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.name).chain(&self.given_id).chain(&self.aliases)
    }
}

/// What a `starling.toml` defines, in no particular order. What does not parse is left out.
#[must_use]
pub fn definitions(text: &str) -> Vec<Definition> {
    const LISTS: [(&str, &str, TagKind); 3] = [
        ("principles", "name", TagKind::Principle),
        ("themes", "name", TagKind::Theme),
        ("questions", "text", TagKind::Question),
    ];
    let (root, _) = DeTable::parse_recoverable(text);
    let vocabulary = root.get_ref().get("vocabulary").and_then(|value| value.get_ref().as_table());
    let Some(vocabulary) = vocabulary else { return Vec::new() };
    let lists = LISTS.iter().filter_map(|(key, called, kind)| {
        let entries = vocabulary.get(*key)?.get_ref().as_array()?.iter();
        Some(entries.filter_map(|entry| definition(entry.get_ref().as_table()?, called, *kind)))
    });
    lists.flatten().collect()
}

fn definition(table: &DeTable<'_>, called: &str, kind: TagKind) -> Option<Definition> {
    let name = name(table.get(called)?)?;
    let given_id = table.get("id").and_then(self::name);
    let aliases = table.get("aliases").and_then(|value| value.get_ref().as_array());
    let aliases = aliases.into_iter().flat_map(|list| list.iter()).filter_map(self::name).collect();
    let id = given_id.as_ref().map_or_else(|| explain::id(&name.text), |id| id.text.clone());
    Some(Definition { kind, id, name, given_id, aliases })
}

fn name(value: &toml::Spanned<DeValue<'_>>) -> Option<Name> {
    let text = value.get_ref().as_str()?.trim();
    let span = value.span();
    (!text.is_empty()).then(|| Name { text: text.to_owned(), span: Span::new(span.start, span.end) })
}

#[cfg(test)]
mod tests {
    use super::definitions;

    const TEXT: &str = r#"
[rules]
x = "off"

[[vocabulary.principles]]
name = "Leave it better"
aliases = ["Boy Scout rule"]

[[vocabulary.questions]]
text = "Tell me about your worst night on call."
id = "on-call"
"#;

    #[test]
    fn names_have_their_places() {
        let found = definitions(TEXT);
        let names = |at: usize| {
            found[at].names().map(|name| (name.text.as_str(), name.span.of(TEXT))).collect::<Vec<_>>()
        };
        assert_eq!(found[0].id, "leave-it-better");
        assert_eq!(
            names(0),
            [("Leave it better", "\"Leave it better\""), ("Boy Scout rule", "\"Boy Scout rule\"")]
        );
        assert_eq!(found[1].id, "on-call");
        assert_eq!(names(1).len(), 2);
    }

    #[test]
    fn a_tag_is_written_as_one_of_the_names() {
        let found = definitions(TEXT);
        let written = |at: usize, tag: &str| found[at].written_as(tag).map(|name| name.text.as_str());
        assert_eq!(written(0, "leave-it-better"), Some("Leave it better"));
        assert_eq!(written(0, "BOY SCOUT rule"), Some("Boy Scout rule"));
        assert_eq!(written(0, "Ownership"), None);
        assert_eq!(written(1, "on-call"), Some("on-call"));
    }

    #[test]
    fn what_does_not_parse_defines_nothing() {
        assert!(definitions("[vocabulary\nprinciples = [{ name = 3 }, \"x\"]").is_empty());
        assert!(definitions("vocabulary = 3").is_empty());
        assert!(definitions("[vocabulary]\nthemes = [{ id = \"x\" }, 7]").is_empty());
    }
}
