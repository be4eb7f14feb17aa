//! Recordings that CPython 3.15.2's sampling profiler made of the programs beside them.

use gil_record::{Recorded, Recording, read};
use gil_sim::{Nanos, State};

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

/// A thread by its name.
pub fn thread<'a>(recording: &'a Recording, name: &str) -> &'a Recorded {
    let found = recording.threads.iter().find(|thread| thread.name == name);
    found.unwrap_or_else(|| panic!("there is no {name}"))
}

/// The time of a thread in a state.
pub fn time(recording: &Recording, name: &str, state: State) -> Nanos {
    let spans = thread(recording, name).spans.iter().filter(|span| span.state == state);
    spans.map(|span| span.end - span.start).sum()
}
