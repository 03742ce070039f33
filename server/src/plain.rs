//! Texts of others, for people to read.

/// A text that cannot steer a terminal: control characters become visible signs. Line ends, too.
pub(crate) fn plain(text: &str) -> String {
    if text.chars().all(|letter| visible(letter) == letter) {
        return text.to_owned();
    }
    text.chars().map(visible).collect()
}

/// The same, but lines stay lines and tabs stay tabs.
pub(crate) fn plain_lines(text: &str) -> String {
    text.chars().map(|letter| if matches!(letter, '\n' | '\t') { letter } else { visible(letter) }).collect()
}

fn visible(letter: char) -> char {
    match letter {
        // Unicode has a picture for each: ESC is U+241B.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        // Other control characters, and those that reverse the direction of text.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, plain_lines};

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[31m\u{9b}2J\u{202e}b\n"), "a\u{241b}[31m\u{fffd}2J\u{fffd}b\u{240a}");
        assert_eq!(plain_lines("a\tb\n\u{7}"), "a\tb\n\u{2407}");
        assert_eq!(plain("später 🎉"), "später 🎉");
    }
}
