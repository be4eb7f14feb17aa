//! Lessons: Markdown files whose figures are live simulations and whose numbers come from claims
//! that the simulation checks.
//!
//! A lesson is a file `lessons/NN-name.md`: `NN` is its place, `name` how links call it. It begins
//! with a [`Sheet`](gil_claims::Sheet) in TOML between two lines `+++`, which also has the table
//! `[lesson]` ([`Front`]). Then comes Markdown, in which
//!
//! - `{{name}}` is the value of the claim or fact `name`, `{{name.bound}}` the other side of the
//!   claim, `{{name.measured}}` what was measured of it on real CPython;
//! - links go to `lesson:name`, `scenario:name` of the sheet, `term:name` of the glossary, or
//!   `https:`;
//! - code blocks named `figure`, `chart`, `predict` and `race` are TOML: a [`Figure`], a
//!   [`Chart`], a [`Predict`] and a [`Race`].

mod block;
mod check;
mod figure;
mod front;
mod lesson;
mod markdown;
mod value;

pub use block::{Block, Inline, ListItem, Part, Target};
pub use check::unbound_numbers;
pub use figure::{Chart, Choice, Figure, Line, Predict, Question, Race, Scale, Show};
pub use front::{Fact, Front, Problem};
pub use lesson::{Lesson, all, find};
pub use value::{Shown, Values, measured, measured_on, range_words};
