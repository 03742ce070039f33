//! `[vocabulary]`.

use starling_grammar::PartKind;
use toml::de::DeTable;

use super::super::additions::{AddedItem, AddedPrinciple, AddedQuestion, AddedTheme, Additions};
use super::super::settings::{Section, Shape};
use super::Problems;
use super::fields::{Fields, read_texts};

/// Reads the section over what was added before: each key that it sets replaces the whole list.
pub(super) fn read(
    section: &Section,
    table: &DeTable<'_>,
    additions: &mut Additions,
    problems: &mut Problems<'_>,
) {
    let fields = Fields::new(section.name, section.settings, table, problems);
    for (setting, value) in fields.iter() {
        match (setting.key, setting.shape) {
            ("technologies", _) => additions.technologies = fields.texts(setting.key, problems),
            ("sets", _) => additions.sets = Some(fields.texts(setting.key, problems)),
            ("principles", _) => {
                additions.principles = fields.tables(section.name, setting.key, problems, principle);
            }
            ("themes", _) => additions.themes = fields.tables(section.name, setting.key, problems, theme),
            ("questions", _) => {
                additions.questions = fields.tables(section.name, setting.key, problems, question);
            }
            (key, Shape::Table(settings)) => match value.get_ref().as_table() {
                Some(table) => {
                    let place = format!("{}.{key}", section.name);
                    additions.parts.clear();
                    read_parts(&Fields::new(&place, settings, table, problems), additions, problems);
                }
                None => problems.wrong_type(key, setting.shape.words(), value),
            },
            (key, _) => debug_assert!(false, "[{}] {key} is documented and not read", section.name),
        }
    }
}

fn read_parts(fields: &Fields<'_, '_>, additions: &mut Additions, problems: &mut Problems<'_>) {
    for (setting, value) in fields.iter() {
        let Some(part) = PartKind::ALL.into_iter().find(|part| part.id() == setting.key) else { continue };
        let labels = read_texts(setting.key, value, problems).into_iter().map(|(label, _)| label);
        additions.parts.entry(part).or_default().extend(labels);
    }
}

fn principle(fields: &Fields<'_, '_>, problems: &mut Problems<'_>) -> Option<AddedPrinciple> {
    Some(AddedPrinciple {
        name: fields.text("name", problems)?,
        id: fields.text("id", problems),
        summary: fields.text("summary", problems),
        scenario: fields.text("scenario", problems),
        shows: fields.texts("shows", problems),
        questions: fields.texts("questions", problems),
        aliases: fields.texts("aliases", problems),
    })
}

fn theme(fields: &Fields<'_, '_>, problems: &mut Problems<'_>) -> Option<AddedTheme> {
    Some(AddedTheme {
        name: fields.text("name", problems)?,
        id: fields.text("id", problems),
        summary: fields.text("summary", problems),
        aliases: fields.texts("aliases", problems),
    })
}

fn question(fields: &Fields<'_, '_>, problems: &mut Problems<'_>) -> Option<AddedQuestion> {
    Some(AddedQuestion {
        text: fields.text("text", problems)?,
        id: fields.text("id", problems)?,
        aliases: fields.texts("aliases", problems),
        checklist: fields.tables("vocabulary.questions", "checklist", problems, item),
    })
}

fn item(fields: &Fields<'_, '_>, problems: &mut Problems<'_>) -> Option<AddedItem> {
    Some(AddedItem {
        name: fields.text("name", problems)?,
        cues: fields.texts("cues", problems),
        prompt: fields.text("prompt", problems),
        hint: fields.text("hint", problems),
    })
}
