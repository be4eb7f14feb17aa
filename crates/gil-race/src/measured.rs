//! What real CPython loses: the figures of `tests/cpython/lost_updates.py`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gil_sim::Python;
use serde::Deserialize;

/// Updates that four threads lost in the worst of three runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Lost {
    /// Updates that were made.
    pub updates: u64,
    /// How many of them are missing in the end.
    pub lost: u64,
}

/// What was measured on one Python.
#[derive(Debug, Deserialize)]
struct Run {
    /// As in `3.13.0`.
    python: String,
    races: BTreeMap<String, Lost>,
}

static RUNS: LazyLock<Vec<Run>> = LazyLock::new(|| {
    let text = include_str!("../../../tests/cpython/lost_updates.json");
    // A test reads it.
    serde_json::from_str(text).unwrap_or_default()
});

/// What a race loses on real CPython, with the version that it was measured on; nothing where it
/// was not.
pub fn measured(race: &str, python: Python) -> Option<(&'static str, Lost)> {
    let name = format!("{python}.");
    let run = RUNS.iter().find(|run| run.python.starts_with(&name))?;
    Some((run.python.as_str(), *run.races.get(race)?))
}
