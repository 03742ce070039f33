//! The editor that started the server: when it dies without a word, the server must not outlive it.

use std::time::Duration;

/// How often the parent is looked for.
const INTERVAL: Duration = Duration::from_secs(2);

/// Calls `gone` once the process is no more. Returns at once where that cannot be told.
pub(super) fn watch(process: u32, gone: impl FnOnce() + Send + 'static) {
    if !lives(process).unwrap_or(false) {
        // Never seen alive: a process of another name space, or a system that is not asked here.
        return;
    }
    std::thread::spawn(move || {
        while lives(process).unwrap_or(true) {
            std::thread::sleep(INTERVAL);
        }
        gone();
    });
}

/// Whether a process lives; `None` where the system cannot be asked without unsafe code. Then the end of standard
/// input, which dies with the editor, is the only sign.
fn lives(process: u32) -> Option<bool> {
    crate::workspace::is_process(process)
}
