//! What waits to be looked at for the banks.
//!
//! It says which files to look at, never what is in them: whoever takes the work looks at what is there by then. So the
//! order in which things were put in makes no difference, and a thousand changes of a file cost one look.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// Work on the banks.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Everything is to be read anew.
    pub(super) rescan: bool,
    /// Files and folders that may have changed on the disk, and files that were opened or closed.
    pub(super) touched: BTreeSet<PathBuf>,
    /// Open files of which there is a new text.
    pub(super) edited: BTreeSet<PathBuf>,
    /// How many have asked to be told when the work is done.
    asked: u64,
    /// Whether one of them waits for this very work.
    pub(super) awaited: bool,
}

impl Work {
    fn is_empty(&self) -> bool {
        !self.rescan && !self.awaited && self.touched.is_empty() && self.edited.is_empty()
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
        self.put(|work| work.rescan = true);
    }

    /// Some files may have changed on the disk, or were opened or closed.
    pub(super) fn touch(&self, paths: impl IntoIterator<Item = PathBuf>) {
        self.put(|work| work.touched.extend(paths));
    }

    /// There is a new text of an open file.
    pub(super) fn edit(&self, path: &Path) {
        self.put(|work| work.edited.extend([path.to_path_buf()]));
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

    /// Whether everything is to be read anew, which makes other work on the banks useless.
    pub(super) fn is_rescan_due(&self) -> bool {
        self.lock().rescan
    }

    /// The work that waits, as soon as there is some; `None` when there is none for so long.
    pub(super) fn next(&self, patience: Option<Duration>) -> Option<Work> {
        let idle = |work: &mut Work| work.is_empty();
        let work = self.lock();
        let mut work = match patience {
            None => self.changed.wait_while(work, idle).unwrap_or_else(PoisonError::into_inner),
            Some(patience) => {
                let waited = self.changed.wait_timeout_while(work, patience, idle);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
        let asked = work.asked;
        (!work.is_empty()).then(|| std::mem::replace(&mut *work, Work { asked, ..Work::default() }))
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
        // Every change is a single statement.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
