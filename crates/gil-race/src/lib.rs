//! What the GIL protects and what it does not, as programs that a reader steps through.
//!
//! A [`Race`] is a program for two threads on shared memory, cut into steps between which the
//! other thread may come, and a rule of where it may: everywhere without a lock, only where the
//! eval breaker is looked at with the GIL. [`State`] steps through it, [`Exploration`] tries every
//! way to interleave.
//!
//! ```
//! use gil_race::{Exploration, RaceKind, Outcome};
//!
//! let race = RaceKind::IncrefWithoutLock.race(Default::default());
//! let all = Exploration::of(&race);
//! assert_eq!((all.schedules, all.count(Outcome::LostUpdate)), (20, 18));
//!
//! let mut state = race.start();
//! while let Some(&thread) = state.enabled().first() {
//!     state.step(thread).unwrap();
//! }
//! assert_eq!(state.outcome(), Outcome::Right);
//! ```

mod about;
mod explore;
mod memory;
mod program;
mod race;
mod races;
mod state;
mod switch;
mod words;

pub use explore::{Exploration, Tally};
pub use memory::{Cell, Memory};
pub use program::{Action, Program, Step};
pub use race::{Goal, Outcome, Race, RaceKind, Rule};
pub use state::{CutIn, Effect, Happening, Replay, State, ThreadState, Waits};
pub use switch::{rule_words, switch_after};
pub use words::Words;
