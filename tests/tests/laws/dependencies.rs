//! What the workspace depends on, held to the lists of `deny.toml`: `cargo deny` takes minutes to build, this none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use spdx::{Expression, LicenseReq};

use crate::Violation;

const POLICY: &str = "deny.toml";

/// Where dependencies may come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What `deny.toml` allows.
#[derive(Deserialize)]
pub(crate) struct Policy {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    #[serde(default)]
    skip: Vec<Skip>,
}

/// A version of a crate that may stand beside another.
#[derive(Deserialize)]
struct Skip {
    /// The name, `@`, and the first numbers of the version.
    #[serde(rename = "crate")]
    name: String,
}

impl Policy {
    pub(crate) fn read(root: &Path) -> Self {
        let text = std::fs::read_to_string(root.join(POLICY)).expect("deny.toml is there");
        toml::from_str(&text).expect("deny.toml holds what is expected of it")
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A crate that is built, or may be on another system.
#[derive(Clone, Deserialize)]
pub(crate) struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// None for the crates of the workspace.
    source: Option<String>,
}

/// Every crate that `Cargo.lock` names.
pub(crate) fn all(root: &Path) -> Vec<Package> {
    let mut command = Command::new(env!("CARGO"));
    let command = command.args(["metadata", "--format-version=1", "--locked", "--offline"]).current_dir(root);
    let output = command.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout).expect("metadata as cargo documents it");
    assert!(metadata.packages.len() > 50, "only {} crates were found", metadata.packages.len());
    metadata.packages
}

/// Crates with other licences or from other places, and those that are there twice.
pub(crate) fn violations(policy: &Policy, packages: &[Package]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Package { name, version, license, source } in packages {
        let mut report = |message: String| {
            violations.push(Violation::new(POLICY, None, format!("{name} {version} {message}")));
        };
        if source.as_deref().is_some_and(|source| source != SOURCE) {
            report(format!("is not from crates.io but from {}", source.as_deref().unwrap_or_default()));
        }
        if !allows(policy, name, license.as_deref().unwrap_or_default()) {
            report(format!("has the licence {license:?}, which is not allowed: choose another crate"));
        }
        let skipped = |skip: &Skip| format!("{name}@{version}.").starts_with(&format!("{}.", skip.name));
        if !policy.bans.skip.iter().any(skipped) {
            versions.entry(name).or_default().insert(version);
        }
    }
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        let message =
            format!("{name} is there in versions {versions:?}: bring them together with `cargo update`");
        violations.push(Violation::new(POLICY, None, message));
    }
    violations
}

fn allows(policy: &Policy, name: &str, license: &str) -> bool {
    let exceptions = policy.licenses.exceptions.iter().filter(|exception| exception.name == name);
    let allowed: Vec<&String> =
        policy.licenses.allow.iter().chain(exceptions.flat_map(|exception| &exception.allow)).collect();
    let is_allowed = |required: &LicenseReq| allowed.iter().any(|allowed| required.to_string() == **allowed);
    // Older manifests part two licences by a slash.
    Expression::parse(&license.replace('/', " OR ")).is_ok_and(|license| license.evaluate(is_allowed))
}

#[test]
fn other_licences_places_and_versions_are_found() {
    let policy: Policy = toml::from_str(
        "[licenses]\nallow = [\"MIT\", \"Zlib\"]\n[[licenses.exceptions]]\ncrate = \"b\"\nallow = [\"MPL-2.0\"]\n\
         [bans]\n[[bans.skip]]\ncrate = \"c@1\"\n",
    )
    .expect("a policy");
    let package = |name: &str, version: &str, license: &str, source: &str| Package {
        name: name.to_owned(),
        version: version.to_owned(),
        license: Some(license.to_owned()),
        source: Some(source.to_owned()),
    };
    let found = |packages: &[Package]| violations(&policy, packages).len();
    let good = [
        package("a", "1.0.0", "MIT OR GPL-3.0-only", SOURCE),
        package("b", "1.0.0", "MPL-2.0", SOURCE),
        package("c", "1.2.0", "MIT/Apache-2.0", SOURCE),
        package("c", "2.0.0", "Zlib AND MIT", SOURCE),
    ];
    assert_eq!(found(&good), 0);
    for bad in [
        package("a", "1.0.0", "MIT AND GPL-3.0-only", SOURCE),
        package("a", "1.0.0", "", SOURCE),
        package("a", "1.0.0", "MIT", "git+https://example.org/a"),
        package("c", "12.0.0", "MIT", SOURCE),
    ] {
        assert_eq!(found(&[&good[1..], &[bad]].concat()), 1);
    }
}
