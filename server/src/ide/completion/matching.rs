//! What has been typed, held against names: by their beginning, by the beginning of a word in them, by initials.

/// How well a name fits what was typed; the least fits best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The first name begins so.
    Name,
    /// Another name begins so.
    OtherName,
    /// A word inside of a name begins so.
    Word,
    /// The initials of a name do.
    Initials,
}

/// How well one of several names of the same thing fits, with the filter under which a client finds it again: it
/// begins with what was typed, and holds the first name and its initials. Everything fits where nothing was typed.
pub(super) fn fit<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<(Fit, String)> {
    let wanted = normal(typed);
    let names: Vec<&str> = names.into_iter().collect();
    let first = names.first()?;
    let (fit, found) = names
        .iter()
        .enumerate()
        .filter_map(|(index, name)| fit_one(&wanted, name, index == 0))
        .min_by_key(|(fit, _)| *fit)?;
    let begins = found.to_lowercase().starts_with(&typed.to_lowercase());
    let opening = if begins { found } else { format!("{typed} {found}") };
    let mut filter = opening;
    for more in [(*first).to_owned(), initials(first)] {
        if !filter.ends_with(&more) && !more.is_empty() {
            filter = format!("{filter} {more}");
        }
    }
    Some((fit, filter))
}

fn fit_one(wanted: &str, name: &str, first: bool) -> Option<(Fit, String)> {
    if normal(name).starts_with(wanted) {
        return Some((if first { Fit::Name } else { Fit::OtherName }, name.to_owned()));
    }
    let starts = name
        .char_indices()
        .zip(name.chars().skip(1))
        .filter(|((_, before), after)| !before.is_alphanumeric() && after.is_alphanumeric());
    let mut tails = starts.map(|((at, before), _)| &name[at + before.len_utf8()..]);
    if let Some(tail) = tails.find(|tail| normal(tail).starts_with(wanted)) {
        return Some((Fit::Word, tail.to_owned()));
    }
    let initials = initials(name);
    (wanted.len() > 1 && initials.starts_with(wanted)).then_some((Fit::Initials, initials))
}

/// The first letters of the words of a name, in lower case; none of a single word.
fn initials(name: &str) -> String {
    let name = normal(name);
    let words = name.split(' ').filter_map(|word| word.chars().next());
    let initials: String = words.collect();
    if initials.chars().count() > 1 { initials } else { String::new() }
}

/// A name in lower case with one space between its words; what was typed keeps no space at its end.
pub(super) fn normal(name: &str) -> String {
    let name = name.to_lowercase().replace(['\'', '’'], "");
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit};

    #[track_caller]
    fn check(typed: &str, names: &[&str], expected: Option<(Fit, &str)>) {
        let found = fit(typed, names.iter().copied());
        assert_eq!(found.as_ref().map(|(fit, filter)| (*fit, filter.as_str())), expected);
    }

    #[test]
    fn names_fit_in_many_ways() {
        let names = ["Are Right, A Lot", "are-right-a-lot"];
        check("", &names, Some((Fit::Name, "Are Right, A Lot aral")));
        check("are r", &names, Some((Fit::Name, "Are Right, A Lot aral")));
        check("Are right a", &names, Some((Fit::Name, "Are right a Are Right, A Lot aral")));
        check("right", &names, Some((Fit::Word, "Right, A Lot Are Right, A Lot aral")));
        check("aral", &names, Some((Fit::Initials, "aral Are Right, A Lot aral")));
        check("lot r", &names, None);
        check(
            "are-r",
            &["Are Right, A Lot", "are-right-a-lot"],
            Some((Fit::Name, "are-r Are Right, A Lot aral")),
        );
        check(
            "boy",
            &["Leave it better", "Boy Scout rule"],
            Some((Fit::OtherName, "Boy Scout rule Leave it better lib")),
        );
    }
}
