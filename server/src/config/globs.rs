//! Globs of `starling.toml`, matched against paths relative to its folder.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A list of globs, as written and compiled.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    patterns: Vec<String>,
    compiled: GlobSet,
}

impl Globs {
    /// Compiles the patterns that [`check_glob`] accepts; others are left out.
    #[must_use]
    pub fn new(patterns: impl IntoIterator<Item = String>) -> Self {
        let mut kept = Vec::new();
        let mut builder = GlobSetBuilder::new();
        for pattern in patterns {
            if let Ok(glob) = compile(&pattern) {
                builder.add(glob);
                kept.push(pattern);
            }
        }
        Self { patterns: kept, compiled: builder.build().unwrap_or_default() }
    }

    /// The patterns as written.
    #[must_use]
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Whether a path, relative to the folder of `starling.toml`, or a folder that it lies in, matches.
    #[must_use]
    pub fn matches(&self, path: &Path) -> bool {
        !self.patterns.is_empty() && path.ancestors().any(|path| self.compiled.is_match(path))
    }
}

/// What is wrong with a glob, if anything.
///
/// # Errors
/// A sentence for the writer of the glob.
pub fn check_glob(pattern: &str) -> Result<(), String> {
    compile(pattern).map(|_| ())
}

fn compile(pattern: &str) -> Result<globset::Glob, String> {
    let relative = pattern.strip_prefix("./").unwrap_or(pattern);
    let relative = relative.strip_suffix('/').unwrap_or(relative);
    if relative.is_empty() {
        return Err("An empty glob matches nothing; write for example \"stories/**/*.md\".".to_owned());
    }
    if relative.starts_with('/') || relative.split('/').any(|folder| folder == "..") {
        return Err(format!(
            "The glob \"{pattern}\" leaves the folder of starling.toml; write it relative to that folder, for example \
             \"stories/**/*.md\"."
        ));
    }
    GlobBuilder::new(relative)
        .literal_separator(true)
        .build()
        .map_err(|error| format!("The glob \"{pattern}\" does not parse: {}.", error.kind()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Globs, check_glob};

    fn matches(pattern: &str, path: &str) -> bool {
        Globs::new([pattern.to_owned()]).matches(Path::new(path))
    }

    #[test]
    fn stars_stay_in_one_folder() {
        assert!(matches("stories/*.md", "stories/a.md"));
        assert!(!matches("stories/*.md", "stories/old/a.md"));
        assert!(matches("stories/**/*.md", "stories/a.md"));
        assert!(matches("**/*.md", "stories/old/a.md"));
    }

    #[test]
    fn a_folder_covers_what_it_holds() {
        assert!(matches("stories", "stories/old/a.md"));
        assert!(matches("./stories/", "stories/a.md"));
        assert!(!matches("stories", "storiesque/a.md"));
    }

    #[test]
    fn no_globs_match_nothing() {
        assert!(!Globs::default().matches(Path::new("a.md")));
    }

    #[test]
    fn bad_globs_are_explained() {
        assert!(check_glob("a[").is_err_and(|message| message.contains("a[")));
        assert!(check_glob("../a").is_err());
        assert!(check_glob("/a").is_err());
        assert!(check_glob("").is_err());
        assert!(check_glob("a/**/b.md").is_ok());
    }
}
