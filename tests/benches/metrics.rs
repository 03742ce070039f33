//! How fast quantities are read. Run by `cargo bench -p starling-tests --bench metrics`; 20 MB/s is the least.

use std::fs;
use std::path::Path;

use divan::counter::BytesCount;
use starling_grammar::read_quantities;

/// Bytes of prose that each measurement reads.
const SIZE: usize = 1 << 20;

fn main() {
    divan::main();
}

/// Prose as people write it: stories, mostly without numbers.
#[divan::bench]
fn stories(bencher: divan::Bencher) {
    measure(bencher, &repeated("bank", "md"));
}

/// Results, with a number in nearly every sentence.
#[divan::bench]
fn results(bencher: divan::Bencher) {
    measure(bencher, &repeated("corpus/labelled/results", "toml"));
}

/// Nothing but numbers that could belong together.
#[divan::bench]
fn numbers(bencher: divan::Bencher) {
    measure(bencher, &"from 40 ms to twenty-five, not one of 3 ".repeat(SIZE / 40));
}

fn measure(bencher: divan::Bencher, prose: &str) {
    bencher.counter(BytesCount::of_str(prose)).bench_local(|| read_quantities(prose));
}

/// The files of a folder one after the other, until there is enough.
fn repeated(folder: &str, extension: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).expect("the folder is part of the sources");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == extension));
    paths.sort();
    let all: String = paths.iter().map(|path| fs::read_to_string(path).expect("it is a text")).collect();
    all.repeat(SIZE / all.len() + 1)
}
