//! `starling new`: a story to fill in.

use std::path::PathBuf;

use super::output::{Exit, Printed};
use super::{arguments, banks, failed};
use crate::bank::draft::{NAMELESS, Purpose, draft, file_name};
use crate::workspace::{create, shown};

/// Runs the command.
pub(super) fn run(options: &arguments::New) -> Printed {
    let Some(name) = file_name(&options.title) else {
        return failed(NAMELESS);
    };
    let mut printed = Printed::default();
    let one = match banks::of_path(options.dir.as_deref(), &mut printed) {
        Ok(one) => one,
        Err(message) => return failed(&message),
    };
    // What the tags and the style of the story should be is not known.
    if printed.exit == Exit::Failed {
        return printed;
    }
    let vocabulary = &one.configured.config.vocabulary;
    let purpose = match Purpose::of(options.question.as_deref(), options.theme.as_deref(), vocabulary) {
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
