//! `[vocabulary]`.

use starling_grammar::PartKind;
use toml::de::DeTable;

use super::super::additions::{AddedItem, AddedPrinciple, AddedQuestion, AddedTheme, Additions};
use super::super::settings::{Section, Shape};
use super::Problems;
use super::fields::{Fields, read_texts};

/// Reads the section.
pub(super) fn read(section: &Section, table: &DeTable<'_>, problems: &mut Problems<'_>) -> Additions {
    let fields = Fields::new(section.name, section.settings, table, problems);
    let mut additions = Additions {
        technologies: fields.texts("technologies", problems),
        principles: fields.tables(section.name, "principles", problems, principle),
        themes: fields.tables(section.name, "themes", problems, theme),
        questions: fields.tables(section.name, "questions", problems, question),
        ..Additions::default()
    };
    for (setting, value) in fields.iter() {
        match setting.shape {
            Shape::Table(settings) => match value.get_ref().as_table() {
                Some(table) => {
                    let fields =
                        Fields::new(&format!("{}.{}", section.name, setting.key), settings, table, problems);
                    read_parts(&fields, &mut additions, problems);
                }
                None => problems.wrong_type(setting.key, setting.shape.words(), value),
            },
            Shape::Texts if setting.key == "sets" => additions.sets = Some(fields.texts("sets", problems)),
            Shape::Text | Shape::Texts | Shape::Tables(_) => {}
        }
    }
    additions
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
