//! How long a story takes to tell.

/// Words spoken in a minute, at the pace of an interview.
pub const WORDS_PER_MINUTE: usize = 140;

/// The time to speak some words, in whole seconds, rounded.
#[must_use]
pub const fn seconds(words: usize) -> usize {
    (words * 60 + WORDS_PER_MINUTE / 2) / WORDS_PER_MINUTE
}

/// Seconds as minutes and seconds: `2:05`.
#[must_use]
pub fn minutes(seconds: usize) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::{minutes, seconds};

    #[test]
    fn words_take_time() {
        assert_eq!(seconds(0), 0);
        assert_eq!(seconds(140), 60);
        assert_eq!(minutes(seconds(292)), "2:05");
    }
}
