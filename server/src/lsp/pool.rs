//! Work that takes time, away from the thread that listens.

use std::sync::OnceLock;

use tokio::sync::Semaphore;
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

/// One permit for each piece of work that may be done, or being done, before its answer is taken: answers can be large,
/// and the pool may make them faster than the thread that listens turns them into messages.
fn under_way() -> &'static Semaphore {
    static UNDER_WAY: OnceLock<Semaphore> = OnceLock::new();
    UNDER_WAY.get_or_init(|| Semaphore::new(2 * threads()))
}

/// Does the work on the pool of the current runtime.
///
/// # Errors
/// An internal error when the work panicked: it costs this answer, and nothing else.
pub(super) async fn run<Answer: Send + 'static>(
    work: impl FnOnce() -> Answer + Send + 'static,
) -> Result<Answer> {
    // It is never closed.
    let _permit = under_way().acquire().await.map_err(|_| Error::internal_error())?;
    let mut job = Job(tokio::task::spawn_blocking(work));
    (&mut job.0).await.map_err(|_| Error::internal_error())
}

#[cfg(test)]
mod tests {
    use tower_lsp::jsonrpc::Error;

    #[test]
    fn work_that_panics_is_an_error_and_the_pool_goes_on() {
        let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build();
        runtime.expect("a runtime starts").block_on(async {
            assert_eq!(super::run(|| -> u8 { panic!("as it must") }).await, Err(Error::internal_error()));
            assert_eq!(super::run(|| 7).await, Ok(7));
        });
    }
}
