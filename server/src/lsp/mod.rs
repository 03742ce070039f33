//! The language server: the protocol on one side, plain data on the other.
//!
//! Invariants: the only place that names types of the protocol. Notifications about texts are applied in the order in
//! which they arrive, on one thread; everything that costs time works on immutable snapshots, on a bounded pool.

mod actions;
mod backend;
mod bank_findings;
mod capabilities;
mod commands;
mod completion;
mod convert;
mod courtesy;
mod diagnostics;
mod documents;
mod framing;
mod inbox;
mod lenient;
mod librarian;
mod marks;
mod markup;
mod merging;
mod navigation;
mod outbox;
mod outline;
mod parent;
mod pool;
mod progress;
mod publication;
mod report;
mod serve;
mod server;
mod settings;
mod snapshot;
mod written;

pub use serve::run;
