//! The settings of `[vocabulary]`.

use super::{Setting, Shape};

/// The keys of the section itself.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: "sets",
        shape: Shape::Texts,
        documentation: "The sets of principles that are known, by name.",
        example: "[\"amazon\"]",
        required: false,
    },
    Setting {
        key: "technologies",
        shape: Shape::Texts,
        documentation: "Names of tools and systems that count as technical detail.",
        example: "[\"Pulsar\", \"our job scheduler\"]",
        required: false,
    },
    Setting {
        key: "parts",
        shape: Shape::Table(PARTS),
        documentation: "Further labels for the parts of a story, in any language.",
        example: "{ situation = [\"Kontext\"], result = [\"Ergebnis\"] }",
        required: false,
    },
    Setting {
        key: "principles",
        shape: Shape::Tables(PRINCIPLES),
        documentation: "Further principles, or another wording of known ones.",
        example: "[{ name = \"Leave it better\", summary = \"Mends what it touches.\" }]",
        required: false,
    },
    Setting {
        key: "themes",
        shape: Shape::Tables(THEMES),
        documentation: "Further themes, or another wording of known ones.",
        example: "[{ name = \"Accessibility\", summary = \"Making a product usable for everybody.\" }]",
        required: false,
    },
    Setting {
        key: "questions",
        shape: Shape::Tables(QUESTIONS),
        documentation: "Further interview questions, or another wording of known ones.",
        example: "[{ id = \"on-call\", text = \"Tell me about your worst night on call.\" }]",
        required: false,
    },
];

/// The keys of `[vocabulary.parts]`: the ids of the parts.
const PARTS: &[Setting] = &[
    Setting {
        key: "situation",
        shape: Shape::Texts,
        documentation: "Labels that open the Situation.",
        example: "[\"Kontext\"]",
        required: false,
    },
    Setting {
        key: "task",
        shape: Shape::Texts,
        documentation: "Labels that open the Task.",
        example: "[\"Auftrag\"]",
        required: false,
    },
    Setting {
        key: "action",
        shape: Shape::Texts,
        documentation: "Labels that open the Action.",
        example: "[\"Vorgehen\"]",
        required: false,
    },
    Setting {
        key: "result",
        shape: Shape::Texts,
        documentation: "Labels that open the Result.",
        example: "[\"Ergebnis\"]",
        required: false,
    },
    Setting {
        key: "reflection",
        shape: Shape::Texts,
        documentation: "Labels that open the Reflection.",
        example: "[\"Lehre\"]",
        required: false,
    },
];

/// The keys of each of `[[vocabulary.principles]]`.
const PRINCIPLES: &[Setting] = &[
    Setting {
        key: "name",
        shape: Shape::Text,
        documentation: "What it is called.",
        example: "\"Leave it better\"",
        required: true,
    },
    Setting {
        key: "id",
        shape: Shape::Text,
        documentation: "The name in reports, in lower case with hyphens; made from the name when it is missing.",
        example: "\"leave-it-better\"",
        required: false,
    },
    Setting {
        key: "summary",
        shape: Shape::Text,
        documentation: "What it means, in a sentence or two.",
        example: "\"Mends what it touches.\"",
        required: false,
    },
    Setting {
        key: "scenario",
        shape: Shape::Text,
        documentation: "A situation of daily work in which it shows.",
        example: "\"A flaky test blocks everybody.\"",
        required: false,
    },
    Setting {
        key: "shows",
        shape: Shape::Texts,
        documentation: "What a strong story shows.",
        example: "[\"You did it unasked.\"]",
        required: false,
    },
    Setting {
        key: "questions",
        shape: Shape::Texts,
        documentation: "What interviewers ask about it.",
        example: "[\"When did you mend what was not yours?\"]",
        required: false,
    },
    Setting {
        key: "aliases",
        shape: Shape::Texts,
        documentation: "Other names by which people tag stories.",
        example: "[\"Boy Scout rule\"]",
        required: false,
    },
];

/// The keys of each of `[[vocabulary.themes]]`.
const THEMES: &[Setting] = &[
    Setting {
        key: "name",
        shape: Shape::Text,
        documentation: "What it is called.",
        example: "\"Leave it better\"",
        required: true,
    },
    Setting {
        key: "id",
        shape: Shape::Text,
        documentation: "The name in reports, in lower case with hyphens; made from the name when it is missing.",
        example: "\"leave-it-better\"",
        required: false,
    },
    Setting {
        key: "summary",
        shape: Shape::Text,
        documentation: "What it means, in a sentence or two.",
        example: "\"Mends what it touches.\"",
        required: false,
    },
    Setting {
        key: "aliases",
        shape: Shape::Texts,
        documentation: "Other names by which people tag stories.",
        example: "[\"Boy Scout rule\"]",
        required: false,
    },
];

/// The keys of each of `[[vocabulary.questions]]`.
const QUESTIONS: &[Setting] = &[
    Setting {
        key: "text",
        shape: Shape::Text,
        documentation: "The question as it is asked.",
        example: "\"Tell me about your worst night on call.\"",
        required: true,
    },
    Setting {
        key: "id",
        shape: Shape::Text,
        documentation: "The name in reports, in lower case with hyphens.",
        example: "\"on-call\"",
        required: true,
    },
    Setting {
        key: "aliases",
        shape: Shape::Texts,
        documentation: "Other names by which people tag stories.",
        example: "[\"Boy Scout rule\"]",
        required: false,
    },
    Setting {
        key: "checklist",
        shape: Shape::Tables(CHECKLIST),
        documentation: "What interviewers look for in the answer.",
        example: "[{ name = \"triage\", cues = [\"triaged\", \"ruled out\"] }]",
        required: false,
    },
];

/// The keys of each item of a question's checklist.
const CHECKLIST: &[Setting] = &[
    Setting {
        key: "name",
        shape: Shape::Text,
        documentation: "What it is called.",
        example: "\"triage\"",
        required: true,
    },
    Setting {
        key: "cues",
        shape: Shape::Texts,
        documentation: "Words that show that a story addresses it, in any inflection; `…` stands for up to four others.",
        example: "[\"triaged\", \"ruled out\"]",
        required: true,
    },
    Setting {
        key: "prompt",
        shape: Shape::Text,
        documentation: "What to ask oneself.",
        example: "\"How did you narrow it down?\"",
        required: false,
    },
    Setting {
        key: "hint",
        shape: Shape::Text,
        documentation: "What to write.",
        example: "\"Name what you ruled out, and how.\"",
        required: false,
    },
];
