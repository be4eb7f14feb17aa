//! Versions of tools, as they print them.

use std::fmt;

/// A version of up to three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// A version from its numbers.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// The first number.
    pub fn major(self) -> u32 {
        self.major
    }

    /// The second number.
    pub fn minor(self) -> u32 {
        self.minor
    }

    /// The first word in `text` that starts like a version, such as `0.21.14`
    /// in `trunk 0.21.14` or `132` in `wasm-opt version 132 (version_132)`.
    pub fn find(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(Self::parse)
    }

    /// The version `word` starts with, after a `v` or without; what follows the numbers is ignored.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.strip_prefix('v').unwrap_or(word);
        let numbers: &str =
            word.split(|c: char| !(c.is_ascii_digit() || c == '.')).next().unwrap_or_default();
        let mut parts = numbers.split('.').map(str::parse::<u32>);
        let major = parts.next()?.ok()?;
        let minor = parts.next().and_then(Result::ok).unwrap_or(0);
        let patch = parts.next().and_then(Result::ok).unwrap_or(0);
        Some(Self::new(major, minor, patch))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_in_what_tools_print() {
        let found = |text| Version::find(text).expect("a version");
        assert_eq!(found("trunk 0.21.14"), Version::new(0, 21, 14));
        assert_eq!(found("wasm-opt version 132 (v132)"), Version::new(132, 0, 0));
        assert_eq!(found("mdbook v0.5.4"), Version::new(0, 5, 4));
        assert_eq!(found("1.96.0+dfsg1-1~deb12u2"), Version::new(1, 96, 0));
        assert_eq!(found("Chromium 156.0.8078.79 built"), Version::new(156, 0, 8078));
        assert_eq!(Version::find("no version here"), None);
    }

    #[test]
    fn orders_versions_by_number() {
        assert!(Version::new(0, 21, 14) > Version::new(0, 21, 2));
        assert!(Version::new(1, 0, 0) > Version::new(0, 99, 99));
    }
}
