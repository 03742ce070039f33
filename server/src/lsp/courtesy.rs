//! Waiting for those who cannot wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Diagnostics that nobody has asked for wait so long for answers to be sent before them: in a large file they are long, and who
/// hovers would have to read them first. Work on the banks waits as long for either, again and again.
pub(super) const COURTESY: Duration = Duration::from_millis(5);

/// The time that some work gives to others.
pub(super) struct Given {
    begun: Instant,
    nanoseconds: AtomicU64,
}

impl Given {
    /// Nothing yet, of work that begins now.
    pub(super) fn nothing() -> Self {
        Self { begun: Instant::now(), nanoseconds: AtomicU64::new(0) }
    }

    /// Waits, unless half of the time is given away already: however much is asked of the server, the work goes on. Threads that
    /// share the work share its time.
    pub(super) fn give(&self, wait: impl FnOnce()) {
        let now = Instant::now();
        if self.time() <= (now - self.begun) / 2 {
            wait();
            self.nanoseconds.fetch_add(now.elapsed().as_nanos() as u64, Ordering::Relaxed);
        }
    }

    /// All of it.
    pub(super) fn time(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Given;

    #[test]
    fn half_of_the_time_is_given_at_most() {
        const WAIT: Duration = Duration::from_millis(20);
        let given = Given::nothing();
        let mut waits = 0;
        let begun = Instant::now();
        while begun.elapsed() < 10 * WAIT {
            given.give(|| {
                std::thread::sleep(WAIT);
                waits += 1;
            });
        }
        assert!(waits > 0);
        assert!(given.time() >= WAIT * waits);
        // The last may begin just before the half is reached.
        assert!(given.time() <= begun.elapsed() / 2 + begun.elapsed() / (2 * waits) + WAIT, "{waits}");
    }
}
