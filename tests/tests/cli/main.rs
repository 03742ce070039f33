//! The command line from outside: exit codes, streams, JSON, and what becomes of files.

mod bank;
mod configuration;
mod fixes;
mod output;
mod paths;
mod texts;
