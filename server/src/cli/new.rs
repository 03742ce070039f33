//! `starling new`: a story to fill in.

use std::path::PathBuf;

use starling_grammar::{TagKind, Vocabulary};

use super::output::Printed;
use super::{arguments, banks, failed};
use crate::bank::draft::{Purpose, draft, file_name, known};
use crate::near::nearest;
use crate::workspace::{create, shown};

/// Runs the command.
pub(super) fn run(options: &arguments::New) -> Printed {
    let Some(name) = file_name(&options.title) else {
        return failed("a title needs a letter or digit, since the file is named after it");
    };
    let mut printed = Printed::default();
    let one = match banks::of_path(options.dir.as_deref(), &mut printed) {
        Ok(one) => one,
        Err(message) => return failed(&message),
    };
    let vocabulary = &one.configured.config.vocabulary;
    let purpose = match (&options.question, &options.theme) {
        (Some(id), _) => find(TagKind::Question, id, vocabulary).map(Purpose::Question),
        (None, Some(id)) => find(TagKind::Theme, id, vocabulary).map(Purpose::Theme),
        (None, None) => Ok(Purpose::Any),
    };
    let purpose = match purpose {
        Ok(purpose) => purpose,
        Err(message) => return failed(&message),
    };
    let path = options.dir.clone().unwrap_or_else(|| PathBuf::from(".")).join(name);
    match create(&path, &draft(&options.title, purpose, &one.bank, vocabulary)) {
        Ok(()) => printed.out = format!("{}\n", shown(&path)),
        Err(error) => printed.fail(&format!("{} {error}", shown(&path))),
    }
    printed
}

/// The id that was meant, also by another name.
fn find<'v>(kind: TagKind, written: &str, vocabulary: &'v Vocabulary) -> Result<&'v str, String> {
    if let Some(found) = vocabulary.find(kind, written) {
        return Ok(found.id);
    }
    let word = if kind == TagKind::Question { "question" } else { "theme" };
    let ids = known(kind, vocabulary);
    Err(match nearest(written, ids.iter().copied()) {
        Some(near) => format!("there is no {word} \"{written}\". Did you mean \"{near}\"?"),
        None => format!("there is no {word} \"{written}\"; there are {}", ids.join(", ")),
    })
}
