//! What the GIL protects and what it does not: two threads, a few steps on shared memory, every way
//! to interleave them.
//!
//! This is another model than [`gil_sim`]: there is no time in it, only order. A thread may be
//! interrupted where a look at the eval breaker is, which depends on the Python; without a GIL,
//! anywhere.
//!
//! ```
//! use gil_race::{Race, Verdict};
//! use gil_sim::Python;
//!
//! let lost = |version| {
//!     let race = Race::find("increment", Python::find(version).unwrap()).unwrap();
//!     race.explore().iter().any(|found| found.verdict == Verdict::Lost)
//! };
//! assert!(lost("3.9"));
//! assert!(!lost("3.14"));
//! assert!(lost("3.14t"));
//! ```

mod explore;
mod measured;
mod races;
mod run;
mod words;

pub use explore::{Found, ways};
pub use measured::{Lost, measured};
pub use races::{RACES, Race, RaceInfo};
pub use run::{Refusal, State, Verdict};
pub use words::Moment;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// Nothing that others see: a constant, a jump.
    Nothing,
    /// Reads the shared number into the thread's own.
    Load,
    /// Adds to the thread's own number.
    Add(i64),
    /// Writes the thread's own number to the shared one.
    Store,
    /// Writes the thread's own number and this to the shared one: one statement of C.
    AddStore(i64),
    /// Adds to the shared number in one step that nobody can come between.
    Atomic(i64),
    /// Frees the object where the thread's own number and this are 0 together.
    FreeAtZero(i64),
    /// Goes past the next steps where the shared number is not 0.
    SkipIfSet(usize),
    /// Takes the lock, or waits.
    Acquire,
    /// Releases the lock.
    Release,
}

/// A step that a thread does at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What a reader sees: a bytecode, a statement of C.
    pub text: &'static str,
    /// What it belongs to: `Py_INCREF(op)`, `x += 1`.
    pub of: &'static str,
    /// Whether the eval breaker is looked at in it, so that another thread can have the GIL after
    /// it.
    pub looks: bool,
    pub(crate) does: Does,
}
