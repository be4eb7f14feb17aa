//! What stands at the top of a lesson.

use std::fmt;

use serde::Deserialize;

/// The table `[lesson]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// The title.
    pub title: String,
    /// Minutes that it takes to read and try.
    pub minutes: u32,
    /// What one knows afterwards, in a sentence.
    pub summary: String,
    /// Names of lessons that it builds on.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Numbers that are no claims, because they are defined and not simulated.
    #[serde(default)]
    pub facts: Vec<Fact>,
}

/// A number with its source: a constant in CPython, a figure that somebody published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its name in the text.
    pub name: String,
    /// What the text shows.
    pub value: String,
    /// Where it comes from: a file of CPython with the version, a PEP, a document.
    pub source: String,
}

/// What is wrong with a lesson's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The lesson.
    pub lesson: String,
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lesson {}, line {}: {}", self.lesson, self.line, self.message)
    }
}

impl std::error::Error for Problem {}
