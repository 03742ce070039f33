//! time
use starling_grammar::*;
use std::time::Instant;
fn main() {
    let v = Vocabulary::builtin();
    for f in std::env::args().skip(1) {
        let text: std::sync::Arc<str> = std::fs::read_to_string(&f).unwrap().into();
        let d = Document::read(text.clone(), &Origin::default(), &v);
        let n = if text.len() > 500_000 { 5 } else { 100 };
        let t = Instant::now();
        for _ in 0..n {
            Document::read(text.clone(), &Origin::default(), &v);
        }
        let fresh = t.elapsed() / n;
        let mid = text.len() / 2;
        let mut m = mid;
        while !text.is_char_boundary(m) {
            m += 1
        }
        let edited: std::sync::Arc<str> = format!("{}x{}", &text[..m], &text[m..]).into();
        let t = Instant::now();
        for _ in 0..n {
            d.reread(edited.clone(), &Origin::default(), &v);
        }
        println!("{f}: {} stories, fresh {fresh:?}, reread {:?}", d.stories.len(), t.elapsed() / n);
    }
}
