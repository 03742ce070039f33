//! What Starling says about story banks: rules, language server and command line.

pub mod bank;
pub mod banks;
pub mod check;
pub mod cli;
pub mod config;
pub mod explain;
pub mod finding;
pub mod fix;
pub mod ide;
pub mod lines;
pub mod lsp;
pub mod near;
mod plain;
pub mod rules;
pub mod speech;
pub mod workspace;
