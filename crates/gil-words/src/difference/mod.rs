//! Two scenarios and their runs, and what differs between them: in the input, in the outcome, and
//! where the runs part.
//!
//! They are called A and B; every sentence is about what B is in comparison with A.

mod first;
mod input;
mod outcome;
mod rows;
mod seeds;
mod sentence;

pub use first::{first_difference, first_words, same_until};
pub use input::{Change, input_changes};
pub use outcome::{Effect, Effects, Side, outcome_changes, outcome_changes_in};
pub use seeds::Seeds;
pub use sentence::{not_compared, summary, summary_in};
