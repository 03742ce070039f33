//! `check --watch`: checks again whenever a file changes, until the user ends it.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::failed;
use super::super::output::{Look, Printed};
use crate::config::FILE_NAME;
use crate::workspace::{default_folder, is_markdown, shown};

/// Editors and branch switches change files one after the other; this long nothing more may come.
const QUIET: Duration = Duration::from_millis(80);

/// Empties the screen and what was scrolled off it, and goes to its corner.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Prints what `check` says now and after each change; `configurations` are the files of settings that apply. Returns when
/// nobody reads any more, or when watching fails.
pub(super) fn run(
    paths: &[PathBuf],
    configurations: &[PathBuf],
    look: Look,
    check: impl Fn() -> Printed,
) -> Printed {
    let roots = match paths {
        [] => match default_folder() {
            Ok(folder) => vec![folder],
            Err(reason) => return failed(&reason),
        },
        named => named.to_vec(),
    };
    let (sender, changes) = channel();
    // A receiver that is gone means that this run ends.
    let watcher = notify::recommended_watcher(move |event| drop(sender.send(event)));
    let watching = watcher.map_err(|error| error.to_string()).and_then(|mut watcher| {
        watch(&mut watcher, &roots, configurations)?;
        Ok(watcher)
    });
    let mut watcher = match watching {
        Ok(watcher) => watcher,
        Err(reason) => return failed(&reason),
    };
    let mut last = None;
    loop {
        let printed = check();
        let screen = format!("{}{}", printed.out, printed.err);
        if last.as_ref() != Some(&screen) {
            if show(&printed, look).is_err() {
                return Printed::default();
            }
            last = Some(screen);
        }
        match wait(&changes) {
            Ok(changed) => watch_again(&mut watcher, &roots, &changed),
            Err(reason) => return failed(&reason),
        }
    }
}

fn watch(
    watcher: &mut RecommendedWatcher,
    paths: &[PathBuf],
    configurations: &[PathBuf],
) -> Result<(), String> {
    let folders = paths.iter().filter(|path| path.is_dir());
    // A file is watched through its folder: editors put a new file in the place of the old one. A folder may be replaced
    // as well, when another branch is checked out.
    let replaced = paths.iter().filter(|path| path.file_name().is_some());
    let parents: BTreeSet<&Path> = replaced.chain(configurations).map(|file| parent(file)).collect();
    let all = parents.into_iter().map(|folder| (folder, RecursiveMode::NonRecursive));
    let all = all.chain(folders.map(|folder| (folder.as_path(), RecursiveMode::Recursive)));
    for (folder, mode) in all {
        watcher.watch(folder, mode).map_err(|error| {
            format!("{}: cannot be watched ({error}); check without --watch", shown(folder))
        })?;
    }
    Ok(())
}

/// A folder that was replaced is another one.
fn watch_again(watcher: &mut RecommendedWatcher, roots: &[PathBuf], changed: &[PathBuf]) {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for root in roots.iter().filter(|root| root.is_dir()) {
        if changed.iter().any(|path| absolute(path) == absolute(root)) {
            // It may be gone again by now; then that is the next change.
            drop(watcher.watch(root, RecursiveMode::Recursive));
        }
    }
}

fn parent(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Waits for a change, and until no more come; the paths that changed.
fn wait(changes: &Receiver<notify::Result<Event>>) -> Result<Vec<PathBuf>, String> {
    let mut changed = loop {
        match changes.recv() {
            Ok(Ok(event)) if !matters(&event) => continue,
            Ok(Ok(event)) => break event.paths,
            Ok(Err(error)) => return Err(format!("changes can no longer be seen: {error}; start again")),
            Err(_) => return Err("changes can no longer be seen; start again".to_owned()),
        }
    };
    while let Ok(Ok(event)) = changes.recv_timeout(QUIET) {
        changed.extend(event.paths);
    }
    Ok(changed)
}

/// Whether a change can change the report. A folder may bring files with it.
fn matters(event: &Event) -> bool {
    let matters = |path: &PathBuf| {
        let is_read = [FILE_NAME, ".gitignore", ".ignore"].iter().any(|name| path.ends_with(name));
        is_read || is_markdown(path) || path.extension().is_none()
    };
    !event.kind.is_access() && (event.need_rescan() || event.paths.iter().any(matters))
}

fn show(printed: &Printed, look: Look) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if look.terminal {
        out.write_all(CLEAR.as_bytes())?;
    }
    write!(out, "{}{}\nWatching for changes. Ctrl+C ends.\n", printed.out, printed.err)?;
    out.flush()
}
