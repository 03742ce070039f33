//! What Starling says about story banks: rules, language server and command line.
fn main() {}
