//! Waiting for those who cannot wait.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Diagnostics that nobody has asked for wait so long for answers to be sent before them: in a large file they are long, and who
/// hovers would have to read them first. Work on the banks waits as long for either, again and again.
pub(super) const COURTESY: Duration = Duration::from_millis(5);

/// The time that some work gives to others: during which one of its threads waits, or several.
pub(super) struct Given {
    begun: Instant,
    waits: Mutex<Waits>,
}

#[derive(Default)]
struct Waits {
    /// Since when a thread waits.
    since: Option<Instant>,
    /// How many do.
    threads: usize,
    /// How long some did before.
    before: Duration,
}

impl Waits {
    fn time(&self) -> Duration {
        self.before + self.since.map_or(Duration::ZERO, |since| since.elapsed())
    }
}

impl Given {
    /// Nothing yet, of work that begins now.
    pub(super) fn nothing() -> Self {
        Self { begun: Instant::now(), waits: Mutex::default() }
    }

    /// Waits, unless half of the time is given away already: however much is asked of the server, the work goes on.
    pub(super) fn give(&self, wait: impl FnOnce()) {
        {
            let mut waits = self.lock();
            if waits.time() > self.begun.elapsed() / 2 {
                return;
            }
            waits.since.get_or_insert_with(Instant::now);
            waits.threads += 1;
        }
        wait();
        let mut waits = self.lock();
        waits.threads -= 1;
        if waits.threads == 0 {
            waits.before = waits.time();
            waits.since = None;
        }
    }

    /// All of it.
    pub(super) fn time(&self) -> Duration {
        self.lock().time()
    }

    fn lock(&self) -> MutexGuard<'_, Waits> {
        // No change of it can panic half-way.
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Given;

    const WAIT: Duration = Duration::from_millis(20);

    #[test]
    fn half_of_the_time_is_given_at_most() {
        let begun = Instant::now();
        let given = Given::nothing();
        let (mut waits, mut longest) = (0, Duration::ZERO);
        while begun.elapsed() < 10 * WAIT {
            let before = given.time();
            given.give(|| {
                std::thread::sleep(WAIT);
                waits += 1;
            });
            longest = longest.max(given.time() - before);
        }
        assert!(waits > 0 && given.time() >= WAIT * waits);
        // The last may begin just before the half is reached.
        assert!(given.time() <= begun.elapsed() / 2 + longest);
    }

    #[test]
    fn threads_that_wait_together_give_their_time_once() {
        let given = Given::nothing();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| given.give(|| std::thread::sleep(WAIT)));
            }
        });
        assert!(given.time() > Duration::ZERO && given.time() <= begun.elapsed());
    }
}
