//! Recordings that CPython 3.15.2's sampling profiler made of the programs beside them.

use gil_record::{Recording, read};

/// The text of a recording in `tests/recordings`.
pub fn file(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/recordings");
    let path = format!("{folder}/{name}.gecko.json");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The same, read.
pub fn recording(name: &str) -> Recording {
    read(&file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
