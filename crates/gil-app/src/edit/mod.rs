//! What fields and lists do to a [`Spec`](gil_sim::Spec): the panel's, a figure's, a lesson's.
//!
//! Pure functions. A text that cannot be read leaves the spec alone; whether what was read suits
//! is for [`Scenario::new`](gil_sim::Scenario::new) to say.
//!
//! [`place`] says which field is meant, `text` reads and writes any of them: `choice` those that are
//! chosen from a list, `value` those that are typed, `dist` the durations that are drawn. `settings`
//! is what is outside the groups, `defaults` how that is usually. `find` leads to a group or step,
//! `tree` changes the lists of them, and `interventions` says what becomes of interventions then.

mod choice;
mod defaults;
mod dist;
mod find;
mod interventions;
mod kind;
pub mod place;
mod settings;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod value;
mod words;

pub use defaults::{
    default_text, default_words, is_default, machine_is_usual, reset, reset_machine,
};
pub use dist::{Spread, dist};
pub use find::{group, step, steps};
pub use interventions::drop_impossible;
pub use kind::RepeatKind;
pub use text::{text, write};
pub use tree::{Act, act, callees, follow_names, names};
pub use value::{is_number, nudged, range_words, show_duration, times};
pub use words::sentence;
