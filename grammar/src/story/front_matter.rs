//! Front matter: the YAML block at the head of a text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use crate::document::{FrontMatter, Problem};
use crate::markdown::Lines;
use crate::vocabulary::Vocabulary;
use crate::{Span, TagKind};

/// Reads the front matter of a text, if it has one: a first line `---`, and a later one `---` or `...`.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Option<FrontMatter> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = Lines::new(text, start);
    let opening = lines.next().filter(|line| line.of(text).trim_end() == "---")?;
    let closing = lines.find(|line| matches!(line.of(text).trim_end(), "---" | "..."))?;
    let body = Span::new(after_line_end(text, opening.end), closing.start);
    let yaml = body.of(text);
    // Two thematic breaks around Markdown are no front matter.
    if !yaml.lines().find(|line| !line.trim().is_empty()).is_some_and(opens_yaml) {
        return None;
    }
    let span = Span::new(start, after_line_end(text, closing.end));
    let mut front_matter =
        FrontMatter { span, body, title: None, tags: Vec::new(), declares: false, problems: Vec::new() };
    match serde_saphyr::from_str::<Entries>(yaml) {
        Ok(Entries(entries)) => {
            for (key, value) in entries {
                Reader { text, body, vocabulary, front_matter: &mut front_matter }.entry(&key, value);
            }
        }
        Err(error) => front_matter.problems.push(syntax_problem(text, body, &error)),
    }
    Some(front_matter)
}

/// A line that can open a YAML mapping: a comment, or a key with its colon.
fn opens_yaml(line: &str) -> bool {
    let key = line.split(':').next().unwrap_or_default();
    line.starts_with("# ") && !line.contains("##") && line.contains(':')
        || key.len() < line.len() && !key.is_empty() && !key.starts_with(['#', '*', '>', '|', '-', ' '])
        || line.starts_with(['{', '%'])
}

fn after_line_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}

struct Reader<'a> {
    text: &'a str,
    body: Span,
    vocabulary: &'a Vocabulary,
    front_matter: &'a mut FrontMatter,
}

/// The keys that mean something here. All others are the business of whoever else reads the file.
const KEYS: [(&str, Option<TagKind>); 6] = [
    ("title", None),
    ("type", None),
    ("status", None),
    ("principles", Some(TagKind::Principle)),
    ("themes", Some(TagKind::Theme)),
    ("questions", Some(TagKind::Question)),
];

impl Reader<'_> {
    fn entry(&mut self, key: &Spanned<String>, value: Spanned<Value>) {
        let place = self.place(&value.referenced);
        match KEYS.iter().find(|(name, _)| *name == key.value) {
            Some((_, Some(kind))) => {
                self.front_matter.declares = true;
                self.tags(*kind, &key.value, value.value, place);
            }
            Some((name, None)) => match value.value {
                Value::Text(text) => match *name {
                    "title" => self.front_matter.title = Some((text, unquoted(self.text, place))),
                    "type" => self.front_matter.declares |= text.trim().eq_ignore_ascii_case("story"),
                    _ => {}
                },
                Value::Nothing => {}
                _ => self.problem(place, format!("`{name}` takes a single text.")),
            },
            None => self.near_key(key),
        }
    }

    fn tags(&mut self, kind: TagKind, key: &str, value: Value, place: Span) {
        match value {
            Value::Nothing => {}
            // One text may list several: `principles: Ownership, Dive Deep`.
            Value::Text(_) => {
                let place = unquoted(self.text, place);
                for item in self.vocabulary.split_list(place.of(self.text)) {
                    let item = item.shift(place.start);
                    self.front_matter.tags.push((kind, item.of(self.text).to_owned(), item));
                }
            }
            Value::List(items) => {
                for item in items {
                    let place = unquoted(self.text, self.place(&item.referenced));
                    match item.value {
                        Value::Text(text) => self.front_matter.tags.push((kind, text, place)),
                        _ => self.problem(place, format!("Each of the `{key}` is a name.")),
                    }
                }
            }
            Value::Other => {
                self.problem(
                    place,
                    format!("`{key}` takes a list of names: `{key}: [first name, second name]`."),
                );
            }
        }
    }

    /// A key that is a slip of ours is worth a word; any other is not.
    fn near_key(&mut self, key: &Spanned<String>) {
        let lower = key.value.to_lowercase();
        let near = KEYS.iter().filter(|(name, _)| name.len() > 5).find(|(name, _)| {
            let distance = strsim::damerau_levenshtein(name, &lower);
            (1..=2).contains(&distance)
                && name.starts_with(&lower[..lower.chars().next().map_or(0, char::len_utf8)])
        });
        if let Some((name, _)) = near {
            let place = self.place(&key.referenced);
            self.problem(
                place,
                format!("`{}` is not a key that stories have. Did you mean `{name}`?", key.value),
            );
        }
    }

    fn problem(&mut self, span: Span, message: String) {
        self.front_matter.problems.push(Problem { span, message });
    }

    fn place(&self, location: &Location) -> Span {
        place(self.text, self.body, location)
    }
}

/// Where the YAML reader means, as bytes of the text, without white space at the end.
fn place(text: &str, body: Span, location: &Location) -> Span {
    let yaml = body.of(text);
    let span = location.span();
    let byte = |offset: Option<u64>| offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or(0);
    let start = byte(span.byte_offset()).min(yaml.len());
    let end = (start + byte(span.byte_len())).min(yaml.len());
    let written = yaml.get(start..end).unwrap_or_default().trim_end().len();
    Span::new(start, start + written).shift(body.start)
}

/// The span without quotation marks around it.
fn unquoted(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let quoted = written.len() >= 2
        && (written.starts_with('"') && written.ends_with('"')
            || written.starts_with('\'') && written.ends_with('\''));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

fn syntax_problem(text: &str, body: Span, error: &serde_saphyr::Error) -> Problem {
    let at = error.location().map_or(body.start, |location| place(text, body, &location).start);
    let line = Lines::new(text, body.start)
        .take_while(|line| line.start <= at && line.start < body.end)
        .last()
        .unwrap_or(Span::at(body.start));
    let from = at.clamp(line.start, line.end);
    let span = Span::new(from, line.end).trim(text);
    let span = if span.is_empty() { line.trim(text) } else { span };
    let reason = error.without_snippet().to_string();
    let reason =
        reason.lines().next().unwrap_or_default().split(" at line ").next().unwrap_or_default().to_owned();
    Problem {
        span,
        message: format!("This front matter is not valid YAML: {reason}. Mend it, or quote the value."),
    }
}

/// A mapping in the order of the text.
struct Entries(Vec<(Spanned<String>, Spanned<Value>)>);

/// As much of a YAML value as tags and titles need.
enum Value {
    Nothing,
    Text(String),
    List(Vec<Spanned<Value>>),
    Other,
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Mapping;
        impl<'de> Visitor<'de> for Mapping {
            type Value = Entries;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("keys with values, such as `title: My story`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Mapping)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}
