//! What a text is about, as far as the phrases and names tell that are sought in it.

use crate::cue::{Cue, Cues, Topic};
use crate::prose::Words;
use crate::technology::{self, Mention, Names};
use crate::word_list::WordSet;
use crate::{Span, Technologies};

/// What is sought in texts, ready to be found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subjects {
    /// Cues of checklists, themes, principles and technologies.
    pub(crate) cues: Cues,
    /// Names that count as technical detail.
    pub(crate) technologies: Technologies,
    /// Those of them that are no ordinary phrases.
    pub(crate) names: Names,
    /// Stems of words behind a name that tell that it is a technology.
    pub(crate) machines: WordSet,
    /// Units that machines are measured in (`ms`, `MB`).
    pub(crate) units: WordSet,
    /// What ends the name of a file (`py`).
    pub(crate) extensions: WordSet,
}

/// What was found in a text, all of it in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct About {
    /// Cues, but for those of technologies: these are told apart by what stands around.
    pub(crate) cues: Vec<Cue>,
    /// Technologies.
    pub(crate) technologies: Vec<Mention>,
    /// What is technical by its look.
    pub(crate) details: Vec<Span>,
}

impl Subjects {
    /// What a text is about.
    pub(crate) fn of(&self, words: &Words) -> About {
        let found = self.cues.find(words);
        About {
            technologies: technology::read(words, &found, self),
            details: technology::details(words, self),
            cues: topical(found),
        }
    }

    /// The cues in a text, but for those of technologies.
    pub(crate) fn cues(&self, words: &Words) -> Vec<Cue> {
        topical(self.cues.find(words))
    }
}

fn topical(mut cues: Vec<Cue>) -> Vec<Cue> {
    cues.retain(|cue| !matches!(cue.topic, Topic::Technology(_)));
    cues.shrink_to_fit();
    cues
}
