//! Files: walking, reading, atomic replacement, and the configuration that applies to each.
//!
//! Invariants: all I/O on files is in here. Nothing here knows rules, LSP or the command line, and nothing is written
//! but what [`replace`] and [`create`] are asked to.

mod configuration;
mod create;
mod places;
mod process;
mod read;
mod replace;
mod walk;

pub use configuration::{Configurations, Configured};
pub use create::{CreateError, create};
pub use places::{default_folder, is_home_or_root, is_markdown, real, shown};
pub use process::is_process;
pub use read::{FileText, MAX_BYTES, ReadError, decode, read};
pub use replace::{ReplaceError, replace};
pub use walk::{Entry, Found, MAX_FILES, find, find_in};
