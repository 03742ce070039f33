//! The corpus of the fuzz targets, replayed.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A rule that panics costs only what it would have said, so nobody sees it but who counts.
static PANICS: AtomicUsize = AtomicUsize::new(0);
static COUNTED: Once = Once::new();

/// Holds a property against every file of a folder of the corpus.
fn replay(target: &str, property: fn(&[u8])) {
    COUNTED.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            print(panic);
        }));
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(&folder).expect("the corpus is there");
    let mut replayed = 0;
    for file in files {
        let path = file.expect("a file of the corpus").path();
        println!("{}", path.display());
        property(&std::fs::read(&path).expect("it can be read"));
        assert_eq!(PANICS.load(Ordering::Relaxed), 0, "something panicked; see above");
        replayed += 1;
    }
    assert!(replayed > 5, "only {replayed} files of {target}");
}

#[test]
fn stories() {
    replay("stories", properties::stories);
}

#[test]
fn edits() {
    replay("edits", properties::edits);
}

#[test]
fn configuration() {
    replay("configuration", properties::configuration);
}

#[test]
fn protocol() {
    replay("protocol", properties::protocol);
}
