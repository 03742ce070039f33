//! The command line from outside: exit codes, streams, JSON, and what becomes of files.

mod ask;
mod bank;
mod bank_rules;
mod baseline;
mod configuration;
mod coverage;
mod fixes;
mod new;
mod output;
mod pathological;
mod paths;
mod texts;
mod watch;
