//! How fast stories are read, judged, and read again after a key. Run by `cargo bench -p starling-tests --bench reading`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use divan::counter::BytesCount;
use starling_grammar::{Document, Origin};
use starling_server::bank::Summary;
use starling_server::check::{Checked, check};
use starling_server::config::Config;

/// Bytes of the texts: one story, many in a file, a file at the edge of what anybody keeps.
const SIZES: [usize; 3] = [3_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

/// From a text to its stories: Markdown, labels, parts, and what each part says.
#[divan::bench(args = SIZES)]
fn stories(bencher: divan::Bencher, size: usize) {
    let (text, config) = (text(size), Config::default());
    let read = || Document::read(text.clone(), &Origin::default(), &config.vocabulary);
    bencher.counter(BytesCount::of_str(&*text)).bench_local(read);
}

/// The same, and all rules about it: what `check` does with a file. Less the above, it is what the rules take.
#[divan::bench(args = SIZES)]
fn findings(bencher: divan::Bencher, size: usize) {
    let (text, config) = (text(size), Config::default());
    let judge = || check(text.clone(), &Origin::default(), &config, None);
    bencher.counter(BytesCount::of_str(&*text)).bench_local(judge);
}

/// What the bank keeps of a file.
#[divan::bench(args = SIZES)]
fn summaries(bencher: divan::Bencher, size: usize) {
    let (text, config) = (text(size), Config::default());
    let read = || Summary::read(text.clone(), &Origin::default(), &config.vocabulary);
    bencher.counter(BytesCount::of_str(&*text)).bench_local(read);
}

/// A letter typed in the middle of a text that was judged before, and taken back.
#[divan::bench(args = SIZES)]
fn keys(bencher: divan::Bencher, size: usize) {
    let config = Config::default();
    let text = text(size);
    let middle = text.floor_char_boundary(text.len() / 2);
    let typed: Arc<str> = format!("{}x{}", &text[..middle], &text[middle..]).into();
    let judge = |text: &Arc<str>, last: Checked| check(text.clone(), &Origin::default(), &config, Some(last));
    let mut last = Some(check(text.clone(), &Origin::default(), &config, None));
    bencher.bench_local(|| {
        let between = judge(&typed, last.take().expect("the state before is put back after each key"));
        last = Some(judge(&text, between));
    });
}

/// The sample bank's stories one after the other, each round under titles of its own, until there is enough.
fn text(size: usize) -> Arc<str> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bank");
    let entries = fs::read_dir(&folder).expect("the folder is part of the sources");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let files: Vec<_> = paths.iter().map(|path| fs::read_to_string(path).expect("it is a text")).collect();
    let mut text = String::new();
    for round in 0.. {
        for file in &files {
            // Front matter belongs to the head of a file.
            let body = match file.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
                Some((_, body)) => body,
                None => file,
            };
            text += &body.replace("\n# ", &format!("\n# {round} "));
            text += "\n";
            if text.len() >= size {
                return text.into();
            }
        }
    }
    unreachable!("the rounds do not end")
}
