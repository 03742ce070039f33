//! Did you mean …? The one measure of nearness for names that users type.

/// The candidate that `name` most likely meant, if one is near enough to be worth naming.
///
/// A quarter of the letters may differ (a swap of two neighbours counts as one), so `mising-part` finds `missing-part`
/// and `task` does not find `tags`. Ties go to the first candidate.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let mut best = None;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&name, &candidate.to_lowercase());
        let allowed = name.chars().count().max(candidate.chars().count()).div_ceil(4).max(1);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typing_mistakes_only() {
        let names = ["missing-part", "empty-part", "team-voice"];
        assert_eq!(nearest("mising-part", names), Some("missing-part"));
        assert_eq!(nearest("Missing-Part", names), Some("missing-part"));
        assert_eq!(nearest("team_voice", names), Some("team-voice"));
        assert_eq!(nearest("typescript", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn prefers_the_nearest() {
        assert_eq!(nearest("errr", ["errors", "error"]), Some("error"));
    }
}
