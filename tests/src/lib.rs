//! Starling from outside: the real binary, end to end.

pub mod client;
pub mod report;
pub mod table;
