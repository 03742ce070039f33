//! dump
fn main() {
    let mut s = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut s).unwrap();
    let doc = starling_grammar::Document::read(
        s.as_str().into(),
        &starling_grammar::Origin::default(),
        &Default::default(),
    );
    for st in &doc.stories {
        println!("STORY {:?} template={} [{}]", st.title, st.template, st.span.start);
        for p in &st.parts {
            println!(
                "  {:?} {:?} {:?} {:?} {} {:?} body={:?}",
                p.kinds,
                p.label.span.of(&s),
                p.label.style,
                p.label.spelling,
                p.words,
                p.content,
                p.body.of(&s)
            );
            for x in &p.placeholders {
                println!("     PH {:?}", x.of(&s));
            }
        }
        for t in &st.tags {
            println!("  TAG {:?}", t);
        }
    }
    println!("{:?} {:?}", doc.front_matter, doc.suppressions);
}
