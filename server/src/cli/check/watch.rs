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
    let (sender, changes) = channel();
    // A receiver that is gone means that this run ends.
    let watcher = notify::recommended_watcher(move |event| drop(sender.send(event)));
    let watching = watcher.map_err(|error| error.to_string()).and_then(|mut watcher| {
        watch(&mut watcher, paths, configurations)?;
        Ok(watcher)
    });
    let _watcher = match watching {
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
        if let Err(reason) = wait(&changes) {
            return failed(&reason);
        }
    }
}

fn watch(
    watcher: &mut RecommendedWatcher,
    paths: &[PathBuf],
    configurations: &[PathBuf],
) -> Result<(), String> {
    let default = if paths.is_empty() { vec![default_folder()?] } else { Vec::new() };
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().chain(&default).partition(|path| path.is_dir());
    // A file is watched through its folder: editors put a new file in the place of the old one.
    let parents: BTreeSet<&Path> = files.into_iter().chain(configurations).map(|file| parent(file)).collect();
    let all = parents.into_iter().map(|folder| (folder, RecursiveMode::NonRecursive));
    let all = all.chain(folders.into_iter().map(|folder| (folder.as_path(), RecursiveMode::Recursive)));
    for (folder, mode) in all {
        watcher.watch(folder, mode).map_err(|error| {
            format!("{}: cannot be watched ({error}); check without --watch", shown(folder))
        })?;
    }
    Ok(())
}

fn parent(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Waits for a change, and until no more come.
fn wait(changes: &Receiver<notify::Result<Event>>) -> Result<(), String> {
    loop {
        match changes.recv() {
            Ok(Ok(event)) if !matters(&event) => continue,
            Ok(Ok(_)) => break,
            Ok(Err(error)) => return Err(format!("changes can no longer be seen: {error}; start again")),
            Err(_) => return Err("changes can no longer be seen; start again".to_owned()),
        }
    }
    while changes.recv_timeout(QUIET).is_ok_and(|event| event.is_ok()) {}
    Ok(())
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
