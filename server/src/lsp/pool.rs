//! Work that takes time, away from the thread that listens.

use std::sync::OnceLock;

use tokio::task::JoinHandle;
use tower_lsp::jsonrpc::{Error, Result};

/// A piece of work. Dropping it, as a cancelled request does, takes it back if it has not begun.
struct Job<Answer>(JoinHandle<Answer>);

impl<Answer> Drop for Job<Answer> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Threads that work: as many as there are cores, and never one alone, so that a long text does not hold up a short one.
pub(super) fn threads() -> usize {
    static THREADS: OnceLock<usize> = OnceLock::new();
    *THREADS.get_or_init(|| std::thread::available_parallelism().map_or(2, usize::from).max(2))
}

/// Does the work on the pool of the current runtime.
///
/// # Errors
/// An internal error when the work panicked: it costs this answer, and nothing else.
pub(super) async fn run<Answer: Send + 'static>(
    work: impl FnOnce() -> Answer + Send + 'static,
) -> Result<Answer> {
    let mut job = Job(tokio::task::spawn_blocking(work));
    (&mut job.0).await.map_err(|_| Error::internal_error())
}
