//! Recordings of real programs: a file goes in, a [`Recording`] comes out, and from it the same
//! [`Trace`](gil_sim::Trace) that a simulation has.
//!
//! `gecko/` reads the Firefox Profiler's processed format, which CPython 3.15's sampling profiler
//! writes, `events/` Chrome's trace events, `measured/` what a program of `gil script` notes. `lanes.rs` turns what a format says of a thread into one state at a time, `trace.rs`
//! turns the threads into a trace, and
//! `findings/` says what is to be seen. Files come from anywhere, so everything that is read has a
//! bound (`limits.rs`), and names are made harmless as they're read (`name.rs`).

mod column;
mod error;
mod events;
pub mod findings;
pub mod fit;
mod gecko;
mod group;
mod json;
mod lanes;
pub mod limits;
pub mod measured;
mod name;
mod place;
mod recording;
pub mod scenario;
mod trace;

pub use error::Unreadable;
pub use findings::Findings;
pub use group::Group;
pub use place::{Doing, Place, Places, Spent};
pub use recording::{CannotKnow, GilSeen, Note, Recorded, Recording, Source};

/// Reads a recording in any of the formats that are known.
///
/// # Errors
/// What is wrong, where in the file, and what to do: no such format, a broken file, one that is
/// too large.
pub fn read(text: &str) -> Result<Recording, Unreadable> {
    json::check(text)?;
    match json::kind(text)? {
        json::Kind::TraceEvents => events::read(text),
        json::Kind::Measured => measured::read(text)?.recording().ok_or_else(|| {
            Unreadable::whole("the program noted its figures, but not what its threads did when")
                .help("run it with --record, or see gil measured for the figures")
        }),
        json::Kind::Gecko => gecko::read(text),
    }
}
