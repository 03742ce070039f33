//! A table against the settings that describe it.

use std::ops::Range;

use toml::de::DeTable;

use super::super::settings::{Setting, Shape};
use super::{Problems, Value, article, unknown};

/// The values of a table, each with the setting that describes it.
pub(super) struct Fields<'t, 'a> {
    known: Vec<(&'static Setting, &'t Value<'a>)>,
}

impl<'t, 'a> Fields<'t, 'a> {
    /// Reports keys that no setting describes. `place` is the table in brackets.
    pub(super) fn new(
        place: &str,
        settings: &'static [Setting],
        table: &'t DeTable<'a>,
        problems: &mut Problems<'_>,
    ) -> Self {
        let mut known = Vec::new();
        for (key, value) in table {
            match settings.iter().find(|setting| setting.key == key.get_ref()) {
                Some(setting) => known.push((setting, value)),
                None => {
                    let keys = settings.iter().map(|setting| setting.key);
                    let message = unknown("key", key.get_ref(), keys);
                    problems.add(key.span(), format!("{message} It stands in [{place}]."));
                }
            }
        }
        Self { known }
    }

    /// The same for a table that has to have some keys; `None`, reported at `span`, when one is missing.
    pub(super) fn complete(
        place: &str,
        settings: &'static [Setting],
        table: &'t DeTable<'a>,
        span: Range<usize>,
        problems: &mut Problems<'_>,
    ) -> Option<Self> {
        let fields = Self::new(place, settings, table, problems);
        for setting in settings.iter().filter(|setting| setting.required) {
            if fields.get(setting.key).is_none() {
                problems.add(
                    span,
                    format!("`{0}` is missing, for example `{0} = {1}`.", setting.key, setting.example),
                );
                return None;
            }
        }
        Some(fields)
    }

    /// Every value with its setting.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static Setting, &'t Value<'a>)> + '_ {
        self.known.iter().copied()
    }

    /// The string under a key.
    pub(super) fn text(&self, key: &str, problems: &mut Problems<'_>) -> Option<String> {
        read_text(key, self.get(key)?, problems)
    }

    /// The strings under a key; none when it is missing.
    pub(super) fn texts(&self, key: &str, problems: &mut Problems<'_>) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        read_texts(key, value, problems).into_iter().map(|(text, _)| text).collect()
    }

    /// The tables under a key, each read by `read` after its unknown keys were reported; incomplete ones are left out.
    pub(super) fn tables<Row>(
        &self,
        place: &str,
        key: &str,
        problems: &mut Problems<'_>,
        read: impl Fn(&Fields<'t, 'a>, &mut Problems<'_>) -> Option<Row>,
    ) -> Vec<Row> {
        let Some((Setting { shape: Shape::Tables(settings), .. }, value)) =
            self.known.iter().find(|(setting, _)| setting.key == key)
        else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            problems.wrong_type(key, Shape::Tables(settings).words(), value);
            return Vec::new();
        };
        let mut rows = Vec::new();
        for item in items {
            let Some(table) = item.get_ref().as_table() else {
                problems.wrong_type(key, Shape::Tables(settings).words(), item);
                continue;
            };
            let fields = Fields::complete(&format!("{place}.{key}"), settings, table, item.span(), problems);
            rows.extend(fields.and_then(|fields| read(&fields, problems)));
        }
        rows
    }

    fn get(&self, key: &str) -> Option<&'t Value<'a>> {
        self.known.iter().find(|(setting, _)| setting.key == key).map(|(_, value)| *value)
    }
}

/// A string with something in it.
pub(super) fn read_text(key: &str, value: &Value<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let Some(text) = value.get_ref().as_str() else {
        problems.wrong_type(key, Shape::Text.words(), value);
        return None;
    };
    let text = text.trim();
    if text.is_empty() {
        problems.add(value.span(), format!("`{key}` must not be empty."));
        return None;
    }
    Some(text.to_owned())
}

/// The strings of a list, each with its place; what is no string is reported and left out.
pub(super) fn read_texts(
    key: &str,
    value: &Value<'_>,
    problems: &mut Problems<'_>,
) -> Vec<(String, Range<usize>)> {
    let Some(items) = value.get_ref().as_array() else {
        problems.wrong_type(key, Shape::Texts.words(), value);
        return Vec::new();
    };
    let mut texts = Vec::new();
    for item in items {
        match item.get_ref().as_str().map(str::trim) {
            Some("") => problems.add(item.span(), format!("`{key}` holds an empty string; remove it.")),
            Some(text) => texts.push((text.to_owned(), item.span())),
            None => {
                let found = article(item);
                problems.add(item.span(), format!("`{key}` must hold strings only, not {found}."));
            }
        }
    }
    texts
}
