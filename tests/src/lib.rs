//! Starling from outside: the real binary, end to end.

pub mod report;
pub mod table;
