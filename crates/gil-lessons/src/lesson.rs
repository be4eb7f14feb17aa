//! A lesson, and all of them.

use std::sync::LazyLock;

use gil_claims::Sheet;
use serde::Deserialize;

use crate::block::Block;
use crate::front::{Front, Problem};
use crate::markdown;

/// A lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// How links call it: letters and digits.
    pub name: String,
    /// What stands at its top.
    pub front: Front,
    /// Its scenarios and claims.
    pub sheet: Sheet,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// Files and their texts, in the order of the names.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// All lessons in their order.
///
/// # Panics
/// Never: the files are part of the program, and a test reads them all.
pub fn all() -> &'static [Lesson] {
    static ALL: LazyLock<Vec<Lesson>> = LazyLock::new(|| {
        let read = |(file, text): &(&str, &str)| match Lesson::parse(name_of(file), text) {
            Ok(lesson) => lesson,
            Err(problem) => panic!("{problem}"),
        };
        FILES.iter().map(read).collect()
    });
    &ALL
}

/// The lesson of this name.
pub fn find(name: &str) -> Option<&'static Lesson> {
    all().iter().find(|lesson| lesson.name == name)
}

/// `03-io.md` is the lesson `io`.
fn name_of(file: &str) -> &str {
    let name = file.strip_suffix(".md").unwrap_or(file);
    name.split_once('-').map_or(name, |(_, name)| name)
}

impl Lesson {
    /// Reads a lesson's file.
    ///
    /// # Errors
    /// The first thing that is wrong with its form. What it says is checked by the tests.
    pub fn parse(name: &str, text: &str) -> Result<Lesson, Problem> {
        let problem = |line, message| Problem { lesson: name.to_owned(), line, message };
        let (head, body, body_line) = split(text)
            .ok_or_else(|| problem(1, "expected two lines +++ around the front matter".into()))?;
        let sheet = Sheet::parse(head)
            // The line +++ is the first one of the file.
            .map_err(|error| problem(error.position().0 + 1, error.to_string()))?;
        let front = toml::from_str::<Head>(head)
            .map_err(|error| problem(1, error.message().to_owned()))?
            .lesson;
        let blocks = markdown::read(body)
            .map_err(|(line, message)| problem(body_line + line - 1, message))?;
        Ok(Lesson { name: name.to_owned(), front, sheet, blocks })
    }
}

#[derive(Deserialize)]
struct Head {
    lesson: Front,
}

/// Front matter, text, and the line at which the text begins.
fn split(text: &str) -> Option<(&str, &str, usize)> {
    let (head, body) = text.strip_prefix("+++\n")?.split_once("\n+++\n")?;
    Some((head, body, head.lines().count() + 3))
}
