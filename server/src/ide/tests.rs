//! What holds of every feature at every place of every text of the corpus.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use starling_grammar::{Origin, PartKind, Span};

use super::place::touches;
use super::{
    Change, Completion, CompletionKind, Link, Symbol, View, actions, completions, folds, highlights, hints,
    hover, links, refactorings, selections, symbols, tokens,
};
use crate::check::{Checked, check};
use crate::config::Config;

/// The texts of a folder of the corpus.
fn texts(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus").join(folder);
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.into_iter().map(|path| fs::read_to_string(path).expect("UTF-8")).collect()
}

fn read(text: &str, config: &Config) -> Checked {
    check(text.into(), &Origin::default(), config, None)
}

/// Runs every feature on a text, those of a place at each of some places.
fn assert_lawful(text: &str, config: &Config, offsets: impl Iterator<Item = usize>) {
    let checked = read(text, config);
    let view = View { checked: &checked, config, bank: None };
    let whole = Span::new(0, text.len());
    symbols(&view).iter().for_each(|symbol| assert_symbol(text, whole, symbol));
    assert!(folds(&view).iter().all(|fold| fold.span.of(text).contains(['\n', '\r'])));
    let defined = |link: &Link, all: &[Link]| {
        let mut definitions = all.iter().filter(|it| it.span.of(text) == it.target);
        definitions.any(|it| it.target == link.target)
    };
    let links = links(&view);
    assert!(links.iter().all(|link| link.span.of(text) == link.target || defined(link, &links)));
    assert!(hints(&view, whole).iter().all(|hint| text.is_char_boundary(hint.offset)));
    let mut end = 0;
    for token in tokens(&view) {
        assert!(token.span.start >= end && !token.span.is_empty(), "{token:?} in\n{text}");
        assert!(!token.span.of(text).contains(['\n', '\r']), "{token:?} in\n{text}");
        end = token.span.end;
    }
    offsets.for_each(|offset| assert_place(&view, offset));
}

#[track_caller]
fn assert_symbol(text: &str, around: Span, symbol: &Symbol) {
    assert!(!symbol.name.trim().is_empty(), "{symbol:?} in\n{text}");
    assert!(around.contains_span(symbol.span), "{symbol:?} in\n{text}");
    assert!(symbol.span.contains_span(symbol.selection), "{symbol:?} in\n{text}");
    symbol.children.iter().for_each(|child| assert_symbol(text, symbol.span, child));
}

fn assert_place(view: &View, offset: usize) {
    let text = view.text();
    if let Some(hover) = hover(view, offset) {
        assert!(touches(hover.span, offset) && text.get(hover.span.range()).is_some());
    }
    assert!(highlights(view, offset).iter().all(|span| text.get(span.range()).is_some()));
    let spans = selections(view, offset);
    assert!(!spans.is_empty() && spans.windows(2).all(|pair| pair[1].contains_span(pair[0])), "{spans:?}");
    assert!(touches(spans[0], offset) && text.get(spans[0].range()).is_some());
    for completion in completions(view, offset) {
        let span = completion.edit.span;
        assert!(touches(span, offset) && !span.of(text).contains(['\n', '\r']), "{completion:?} in\n{text}");
        let typed = text[span.start..offset].to_lowercase();
        assert!(completion.filter.to_lowercase().starts_with(&typed), "{typed:?} {completion:?} in\n{text}");
        assert!(completion.stops.iter().all(|stop| completion.edit.text.get(stop.range()).is_some()));
    }
    let here = Span::at(offset);
    for action in actions(view, &view.checked.findings, here).into_iter().chain(refactorings(view, here)) {
        let Change::Document { edits, select } = action.change else { continue };
        assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{edits:?}");
        let after = crate::fix::apply(text, &edits);
        let selected = select.map(|span| span.of(&after));
        assert!(selected.is_none_or(|it| it.starts_with('[') && it.ends_with(']')), "{selected:?}");
    }
}

fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    (0..=text.len()).filter(|at| text.is_char_boundary(*at))
}

#[test]
fn every_feature_is_lawful_everywhere() {
    let config = Config::default();
    for folder in ["findings", "styles", "templates", "lookalikes"] {
        for text in texts(folder) {
            assert_lawful(&text, &config, boundaries(&text).step_by(5));
        }
    }
}

#[test]
fn every_feature_is_lawful_while_typing() {
    let config = Config::default();
    for text in texts("styles").iter().step_by(5) {
        for end in boundaries(text).step_by(11) {
            assert_lawful(&text[..end], &config, std::iter::once(end));
        }
    }
}

#[test]
fn nothing_is_offered_in_other_markdown() {
    let config = Config::default();
    for text in texts("lookalikes") {
        let checked = read(&text, &config);
        let view = View { checked: &checked, config: &config, bank: None };
        if !checked.document.stories.is_empty() {
            continue;
        }
        for offset in boundaries(&text).step_by(2) {
            let found = completions(&view, offset);
            let begun = text[..offset].rsplit(char::is_whitespace).next().unwrap_or_default();
            assert!(found.is_empty() || begun.len() > 1, "{} at {offset} in\n{text}", found[0].label);
            assert_eq!(hover(&view, offset), None, "at {offset} in\n{text}");
        }
    }
}

/// The story that is offered behind a text is read as one more story to fill in, however the others are written.
#[test]
fn offered_stories_are_read_as_such() {
    let config = Config::default();
    let mut offered = 0;
    for text in texts("styles").into_iter().chain(texts("findings")) {
        let line_end = if text.contains('\r') { "\r\n" } else { "\n" };
        let text = format!("{}{}", text.trim_end(), line_end.repeat(2));
        let checked = read(&text, &config);
        let view = View { checked: &checked, config: &config, bank: None };
        let is_story = |completion: &Completion| completion.kind == CompletionKind::Story;
        for completion in completions(&view, text.len()).into_iter().filter(is_story).take(2) {
            let after = crate::fix::apply(&text, std::slice::from_ref(&completion.edit));
            let after = read(&after, &config).document;
            let (old, new) = (&checked.document.stories, &after.stories);
            assert_eq!(old.len() + 1, new.len(), "{completion:?} in\n{text}");
            let story = new.last();
            assert!(story.is_some_and(|story| story.template), "{completion:?} in\n{text}");
            let has = |kind: &PartKind| story.is_some_and(|story| story.part(*kind).is_some());
            assert!(PartKind::REQUIRED.iter().all(has), "{completion:?} in\n{text}");
            offered += 1;
        }
    }
    assert!(offered > 50, "{offered}");
}

/// Each part that is offered behind a text is read as that part of its last story, however the text is written.
#[test]
fn offered_parts_are_read_as_such() {
    let config = Config::default();
    let mut offered = 0;
    for text in texts("styles").into_iter().chain(texts("findings")) {
        let line_end = if text.contains('\r') { "\r\n" } else { "\n" };
        let text = format!("{}{}", text.trim_end(), line_end.repeat(2));
        let checked = read(&text, &config);
        let view = View { checked: &checked, config: &config, bank: None };
        for completion in completions(&view, text.len()) {
            let CompletionKind::Part(kind) = completion.kind else { continue };
            let after = crate::fix::apply(&text, std::slice::from_ref(&completion.edit));
            let after = read(&after, &config).document;
            let (old, new) = (&checked.document.stories, &after.stories);
            assert_eq!(old.len(), new.len(), "{completion:?} in\n{text}");
            let part = new.last().and_then(|story| story.parts.last());
            assert!(part.is_some_and(|part| part.fills(kind)), "{completion:?} in\n{text}");
            assert!(part.is_some_and(|part| part.placeholders().len() == 1), "{completion:?} in\n{text}");
            offered += 1;
        }
    }
    assert!(offered > 50, "{offered}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn odd_texts_are_lawful(text in "(---\n[a-z: \\[,é]{0,20}\n---\n)?(\\*\\*Situation:\\*\\*|Task:|## Result|LPs:|<!--|```|[>|] |- |\n|[a-z🎉,/(]{1,9}| ){0,40}") {
        assert_lawful(&text, &Config::default(), boundaries(&text));
    }
}
