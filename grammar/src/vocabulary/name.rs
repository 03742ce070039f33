//! Names as they are compared.

/// A name as names are compared: in lower case, words parted by one space; punctuation and `and` left out, `&` too.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|word| !word.is_empty())
    {
        let begin = out.len();
        if begin > 0 {
            out.push(' ');
        }
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            out.push_str(word);
            out[begin..].make_ascii_lowercase();
        } else {
            out.extend(word.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase));
        }
        let added = out[begin..].trim_start();
        if added == "and" || added.is_empty() {
            out.truncate(begin);
        }
    }
    out
}

/// How many slips part two normalised names, if they are near: one, or two in names of eight letters and more, and
/// none of them in the first letter.
pub(super) fn distance(name: &str, written: &str) -> Option<usize> {
    if name.chars().next() != written.chars().next() {
        return None;
    }
    let length = name.chars().count();
    let most = if length >= 8 { 2 } else { 1 };
    if length.abs_diff(written.chars().count()) > most {
        return None;
    }
    let distance = strsim::damerau_levenshtein(name, written);
    (1..=most).contains(&distance).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::{distance, normal};

    #[test]
    fn names_are_compared_without_case_and_punctuation() {
        assert_eq!(normal("Have Backbone; Disagree & Commit"), "have backbone disagree commit");
        assert_eq!(normal("  Strive to be Earth’s Best Employer. "), "strive to be earths best employer");
        assert_eq!(normal("system-design"), "system design");
    }

    #[test]
    fn near_names() {
        assert_eq!(distance("situation", "sitation"), Some(1));
        assert_eq!(distance("ownership", "owenrship"), Some(1));
        assert_eq!(distance("action", "auction"), Some(1));
        assert_eq!(distance("action", "faction"), None);
        assert_eq!(distance("task", "tools"), None);
    }
}
