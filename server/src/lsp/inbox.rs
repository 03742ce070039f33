//! What waits to be looked at for the banks.
//!
//! It says which files to look at, never what is in them: whoever takes the work looks at what is there by then. So the
//! order in which things were put in makes no difference, and a thousand changes of a file cost one look.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// A new text is looked at when nothing more has been opened or typed for so long, so that whoever types has the machine.
const PAUSE: Duration = Duration::from_millis(200);

/// A new text is looked at after so long, however much is typed.
const LONGEST: Duration = Duration::from_secs(3);

/// It waits longer where a look takes more than this share of that time: one key in a hundred may feel it.
const SHARE: u32 = 100;

/// Work on the banks.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Everything is to be read anew.
    pub(super) rescan: bool,
    /// Files and folders that may have changed on the disk, and files that were opened or closed.
    pub(super) touched: BTreeSet<PathBuf>,
    /// Open files of which there is a new text.
    pub(super) edited: BTreeSet<PathBuf>,
    /// When the first and the last of these texts came, or of those that were opened.
    typed: Option<(Instant, Instant)>,
    /// Whether some of the work is not to wait for a pause.
    urgent: bool,
    /// How long the last look at such texts took.
    took: Duration,
    /// How many have asked to be told when the work is done.
    asked: u64,
    /// Whether one of them waits for this very work.
    pub(super) awaited: bool,
}

impl Work {
    /// How long it is to wait for more of its kind before it is done, if it waits at all.
    fn due_in(&self, now: Instant) -> Option<Duration> {
        if self.urgent || self.awaited {
            return Some(Duration::ZERO);
        }
        let (first, last) = self.typed?;
        let longest = LONGEST.max(self.took * SHARE);
        Some((last + PAUSE).min(first + longest).saturating_duration_since(now))
    }

    /// Takes note of a new text; tells whether it is the first.
    fn new_text(&mut self) -> bool {
        let now = Instant::now();
        let first = self.typed.map(|(first, _)| first);
        self.typed = Some((first.unwrap_or(now), now));
        first.is_none()
    }
}

/// The work that waits.
#[derive(Default)]
pub(super) struct Inbox {
    waiting: Mutex<Work>,
    /// Signalled when something is put in.
    changed: Condvar,
    /// Up to which of those who asked the work is done.
    done: watch::Sender<u64>,
}

impl Inbox {
    /// Everything is to be read anew.
    pub(super) fn rescan(&self) {
        self.put(|work| {
            work.rescan = true;
            work.urgent = true;
        });
    }

    /// Some files may have changed on the disk, or were closed.
    pub(super) fn touch(&self, paths: impl IntoIterator<Item = PathBuf>) {
        self.put(|work| {
            for path in paths {
                work.touched.insert(path);
                work.urgent = true;
            }
        });
    }

    /// A file was opened; `rescan` where others may have changed by then.
    pub(super) fn open(&self, path: PathBuf, rescan: bool) {
        self.put(|work| {
            work.new_text();
            work.touched.insert(path);
            work.rescan |= rescan;
        });
    }

    /// There is a new text of an open file.
    pub(super) fn edit(&self, path: &Path) {
        let mut work = self.lock();
        if !work.edited.contains(path) {
            work.edited.insert(path.to_path_buf());
        }
        // Who waits for a pause already finds out by himself that it has not come.
        if work.new_text() {
            self.changed.notify_all();
        }
    }

    /// Waits until the banks are as files and documents are now.
    pub(super) async fn settled(&self) {
        let mut done = self.done.subscribe();
        let ticket = {
            let mut work = self.lock();
            work.asked += 1;
            work.awaited = true;
            self.changed.notify_all();
            work.asked
        };
        // The sender lives as long as this does.
        drop(done.wait_for(|done| *done >= ticket).await);
    }

    /// Whether somebody waits until the banks are up to date.
    pub(super) fn is_awaited(&self) -> bool {
        self.lock().asked > *self.done.borrow()
    }

    /// Whether everything is to be read anew at once, which makes other work on the banks useless. Whoever gives that up
    /// counts on it, so that no further key puts it off.
    pub(super) fn is_rescan_due(&self) -> bool {
        let mut work = self.lock();
        let due = work.rescan && work.due_in(Instant::now()) == Some(Duration::ZERO);
        work.urgent |= due;
        due
    }

    /// The work that waits, as soon as there is some that is due; `None` when there is none for so long.
    pub(super) fn next(&self, patience: Option<Duration>) -> Option<Work> {
        let begun = Instant::now();
        let mut work = self.lock();
        loop {
            let now = Instant::now();
            let due_in = work.due_in(now);
            if due_in == Some(Duration::ZERO) {
                let Work { asked, took, .. } = *work;
                return Some(std::mem::replace(&mut *work, Work { asked, took, ..Work::default() }));
            }
            let left = patience.map(|patience| patience.saturating_sub(now - begun));
            if left == Some(Duration::ZERO) {
                return None;
            }
            work = match due_in.into_iter().chain(left).min() {
                None => self.changed.wait(work).unwrap_or_else(PoisonError::into_inner),
                Some(rest) => self.changed.wait_timeout(work, rest).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    /// Says how long a look at new texts took, without what it gave to others.
    pub(super) fn looked(&self, took: Duration) {
        self.lock().took = took;
    }

    /// Says that some work is done.
    pub(super) fn finish(&self, work: &Work) {
        self.done.send_replace(work.asked);
    }

    fn put(&self, change: impl FnOnce(&mut Work)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Work> {
        // No change can panic half-way.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::{Duration, Instant};

    use futures::FutureExt as _;

    use super::{Inbox, LONGEST, PAUSE, Work};

    #[test]
    fn a_new_text_waits_for_a_pause_but_not_for_ever() {
        let first = Instant::now();
        let after = |last: Duration, now: Duration| {
            let typed = Some((first, first + last));
            Work { typed, ..Work::default() }.due_in(first + now)
        };
        assert_eq!(after(Duration::ZERO, Duration::ZERO), Some(PAUSE));
        assert_eq!(after(PAUSE, PAUSE), Some(PAUSE));
        assert_eq!(after(PAUSE, 2 * PAUSE), Some(Duration::ZERO));
        assert_eq!(after(LONGEST, LONGEST), Some(Duration::ZERO));
        let long = Work { typed: Some((first, first + LONGEST)), took: LONGEST, ..Work::default() };
        assert_eq!(long.due_in(first + LONGEST), Some(PAUSE), "a look that takes long waits longer");
        assert_eq!(Work::default().due_in(first), None);
    }

    #[test]
    fn who_waits_for_the_banks_waits_until_they_are_done() {
        let inbox = Inbox::default();
        assert!(!inbox.is_awaited());
        let mut settled = Box::pin(inbox.settled());
        assert!((&mut settled).now_or_never().is_none() && inbox.is_awaited());
        let work = inbox.next(Some(Duration::ZERO)).expect("somebody waits for it");
        assert!(inbox.is_awaited());
        inbox.finish(&work);
        assert!(settled.now_or_never().is_some() && !inbox.is_awaited());
    }

    #[test]
    fn a_scan_that_is_due_stays_so() {
        let inbox = Inbox::default();
        inbox.open("a.md".into(), true);
        std::thread::sleep(PAUSE);
        assert!(inbox.is_rescan_due());
        inbox.edit(Path::new("a.md"));
        assert!(inbox.is_rescan_due());
    }

    #[test]
    fn what_else_is_to_be_done_does_not_wait_for_a_pause() {
        let inbox = Inbox::default();
        inbox.edit(Path::new("a.md"));
        inbox.open("c.md".into(), true);
        inbox.touch([]);
        assert!(inbox.next(Some(Duration::ZERO)).is_none() && !inbox.is_rescan_due());
        inbox.touch(["b.md".into()]);
        let work = inbox.next(Some(Duration::ZERO)).expect("it is due");
        assert!(work.edited.contains(Path::new("a.md")) && work.touched.contains(Path::new("b.md")));
        assert!(work.touched.contains(Path::new("c.md")) && work.rescan);
        assert!(inbox.next(Some(Duration::ZERO)).is_none());
    }
}
