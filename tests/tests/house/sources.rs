//! The project's Rust files, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file of the project.
pub struct Source {
    /// Its path in the project, with slashes.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Source {
    /// Whether it is this file.
    pub fn is(&self, path: &str) -> bool {
        self.path == path
    }

    /// Whether it has tests alone in it.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    /// Its lines of code with their numbers: neither comments nor the tests within it.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = ["#[cfg(test)]\nmod tests {", "#[cfg(test)]\npub mod tests {"];
        let ends = tests.iter().filter_map(|tests| self.text.find(tests));
        let end = ends.min().unwrap_or(self.text.len());
        let lines = self.text[..end].lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Its lines of code with one of these words, as a compiler would name them.
    pub fn lines_with(&self, words: &[&str]) -> Vec<String> {
        let has = |line: &str| words.iter().any(|word| line.contains(word));
        let lines = self.code().filter(|(_, line)| has(line));
        lines.map(|(at, line)| format!("{}:{at}: {}", self.path, line.trim())).collect()
    }
}

/// The project's folder.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the tests are in a folder of the project").to_owned()
}

/// All Rust files below a folder of the project, in order; of the whole project where it is empty.
pub fn sources(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    match folder {
        "" => ["crates", "tests"].iter().for_each(|part| walk(&root().join(part), &mut paths)),
        folder => walk(&root().join(folder), &mut paths),
    }
    paths.sort();
    assert!(!paths.is_empty(), "there are no Rust files in {folder}");
    paths.iter().map(|path| read(path)).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "target" && name != "node_modules" {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let within = path.strip_prefix(root()).unwrap_or(path);
    let parts = within.iter().map(|part| part.to_string_lossy().into_owned());
    Source { path: parts.collect::<Vec<_>>().join("/"), text }
}
