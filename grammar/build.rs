//! Turns the vocabulary from TOML, which people write, into JSON, which a program reads without a detour.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?).join("vocabulary");
    if out.exists() {
        // What has been taken out of the vocabulary must not be found any more.
        fs::remove_dir_all(&out)?;
    }
    // With all that is in it.
    println!("cargo::rerun-if-changed=vocabulary");
    translate(Path::new("vocabulary"), &out)
}

/// Translates all files of a folder, and of those in it.
fn translate(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(out)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let to = out.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            translate(&path, &to)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let table: toml::Table = toml::from_str(&fs::read_to_string(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            fs::write(to.with_extension("json"), serde_json::to_string(&table)?)?;
        }
    }
    Ok(())
}
