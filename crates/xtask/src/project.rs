//! Where things lie in the working copy.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Explain, Failure, Outcome};

/// The working copy.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The working copy this program was started in.
    pub fn locate() -> Outcome<Self> {
        // Cargo sets the variable for `cargo run`; the fallback serves a
        // binary started by hand.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .ok_or_else(|| Failure::new("the project's folder was not found, run `cargo xtask`"))?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// The folder that holds the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The cache folder for tools, ignored by git.
    pub fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The logs of the quiet steps.
    pub fn logs(&self) -> PathBuf {
        self.tools().join("logs")
    }

    /// The static site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Cargo's output for native code.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Cargo's output for wasm: a folder of its own, so that native and wasm
    /// builds do not wait for each other's lock.
    pub fn wasm_target(&self) -> PathBuf {
        self.target().join("wasm")
    }

    /// `path` as a person standing in the project's folder would write it.
    pub fn show(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }

    /// The version of a crate in `Cargo.lock`.
    pub fn locked_version(&self, name: &str) -> Outcome<String> {
        let lock = fs::read_to_string(self.root.join("Cargo.lock")).explain("read Cargo.lock")?;
        find_locked(&lock, name).ok_or_else(|| {
            Failure::new(format!("{name} is not in Cargo.lock, run `cargo update {name}`"))
        })
    }
}

fn find_locked(lock: &str, name: &str) -> Option<String> {
    let name_line = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name_line);
    lines.next()?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(find_locked(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(find_locked(lock, "yew"), None);
    }
}
