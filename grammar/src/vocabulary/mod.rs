//! STUB to be replaced by the vocabulary branch.
#![allow(missing_docs)]
use crate::{PartKind, Span, TagKind};

#[derive(Clone, Debug, Default)]
pub struct Vocabulary {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartMeaning {
    One(PartKind),
    SituationOrTask,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartName {
    pub meaning: PartMeaning,
    pub canonical: bool,
    pub language: &'static str,
}
impl PartName {
    pub fn kinds(&self) -> Vec<PartKind> {
        match self.meaning {
            PartMeaning::One(k) => vec![k],
            _ => vec![PartKind::Situation],
        }
    }
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagLabel {
    pub kind: Option<TagKind>,
    pub exact: bool,
}
pub struct Known {
    pub id: &'static str,
    pub former: bool,
}
impl Vocabulary {
    pub fn builtin() -> std::sync::Arc<Vocabulary> {
        Default::default()
    }
    pub fn part_name(&self, text: &str) -> Option<PartName> {
        let t = text.trim().to_lowercase();
        let (k, canonical) = match t.as_str() {
            "situation" | "situação" | "情境" => (PartKind::Situation, true),
            "task" | "tasks" | "任务" => (PartKind::Task, true),
            "action" | "actions" | "行动" => (PartKind::Action, true),
            "result" | "results" | "结果" => (PartKind::Result, true),
            "reflection" | "learning" | "what i learned" => (PartKind::Reflection, true),
            "context" | "background" => (PartKind::Situation, false),
            "approach" | "what i did" => (PartKind::Action, false),
            "impact" | "outcome" => (PartKind::Result, false),
            "challenge" => {
                return Some(PartName {
                    meaning: PartMeaning::SituationOrTask,
                    canonical: false,
                    language: "en",
                });
            }
            _ => return None,
        };
        Some(PartName { meaning: PartMeaning::One(k), canonical, language: "en" })
    }
    pub fn near_part(&self, text: &str) -> Option<(PartKind, &'static str)> {
        (text == "Sitation").then_some((PartKind::Situation, "Situation"))
    }
    pub fn letter(&self, c: char) -> Option<PartKind> {
        Some(match c {
            'S' => PartKind::Situation,
            'T' => PartKind::Task,
            'A' => PartKind::Action,
            'R' => PartKind::Result,
            'L' => PartKind::Reflection,
            _ => return None,
        })
    }
    pub fn tag_label(&self, text: &str) -> Option<TagLabel> {
        match text.trim().to_lowercase().as_str() {
            "principles" => Some(TagLabel { kind: Some(TagKind::Principle), exact: true }),
            "tags" => Some(TagLabel { kind: None, exact: false }),
            _ => None,
        }
    }
    pub fn find(&self, kind: TagKind, text: &str) -> Option<Known> {
        (kind == TagKind::Principle && text.eq_ignore_ascii_case("ownership"))
            .then_some(Known { id: "ownership", former: false })
    }
    pub fn near(&self, _kind: TagKind, text: &str) -> Vec<&str> {
        if text == "Owenrship" { vec!["ownership"] } else { vec![] }
    }
    pub fn split_list(&self, text: &str) -> Vec<Span> {
        let mut at = 0;
        text.split(',')
            .map(|p| {
                let s = Span::new(at, at + p.len()).trim(text);
                at += p.len() + 1;
                s
            })
            .collect()
    }
    pub fn opens_instruction(&self, text: &str) -> bool {
        ["Describe", "Explain", "What"].iter().any(|w| text.starts_with(w))
    }
    pub fn is_generic_heading(&self, text: &str) -> bool {
        text == "STAR"
    }
}
