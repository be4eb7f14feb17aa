//! Why a file can't be read.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// The place: a line and column, a thread, a marker. Empty where it's the whole file.
    pub place: String,
    /// What is wrong, as a sentence without its full stop.
    pub what: String,
    /// What to do about it, in the same form; empty where there is nothing to say.
    pub help: String,
}

impl Unreadable {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Unreadable {
        Unreadable { place: place.into(), what: what.into(), help: String::new() }
    }

    pub(crate) fn whole(what: impl Into<String>) -> Unreadable {
        Unreadable::new("", what)
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Unreadable {
        Unreadable { help: help.into(), ..self }
    }

    /// An error of the JSON parser, which names line and column.
    pub(crate) fn json(error: &serde_json::Error) -> Unreadable {
        let said = error.to_string();
        let place = format!("line {}, column {}", error.line(), error.column());
        let what = said.split(" at line ").next().unwrap_or(&said);
        Unreadable::new(place, crate::name::cut(what, 4 * crate::limits::NAME))
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.is_empty() {
            true => f.write_str(&self.what),
            false => write!(f, "{}: {}", self.place, self.what),
        }
    }
}

impl std::error::Error for Unreadable {}
