//! Whether another process still lives.

/// Whether a process lives; `None` where the system cannot be asked by reading a file.
#[must_use]
pub fn is_process(process: u32) -> Option<bool> {
    let processes = std::path::Path::new("/proc");
    // A zombie has an entry still, but it is dead to whom it served.
    let state =
        |stat: String| stat.rsplit_once(')').is_none_or(|(_, rest)| !rest.trim_start().starts_with('Z'));
    processes
        .join("self")
        .exists()
        .then(|| std::fs::read_to_string(processes.join(process.to_string()).join("stat")).is_ok_and(state))
}

#[cfg(test)]
mod tests {
    use super::is_process;

    #[test]
    fn this_one_lives() {
        assert_ne!(is_process(std::process::id()), Some(false));
        assert_ne!(is_process(u32::MAX), Some(true));
    }
}
