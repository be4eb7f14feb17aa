//! Everything that the page says about a run, generated from its trace: the headline, the current
//! moment as *state, trigger, consequence*, and lines for tooltips, lists and screen readers.

mod before;
pub mod difference;
mod glossary;
mod headline;
mod line;
mod lockstep;
mod moment;
mod number;
mod python;
mod quantity;
pub mod scenario;
mod seen;
mod spread;
mod step;
mod what_if;

use gil_sim::Outcome;

pub use glossary::{GLOSSARY, Term};
pub use headline::{change, headline};
pub use line::{event_line, span_words, thread_now};
pub use lockstep::lockstep;
pub use moment::{Moment, moment};
pub use number::{count, number, percent};
pub use python::python_note;
pub use quantity::{bytes, factor, lowest_to_highest, plain, quantity, rate, time};
pub use spread::{range, short_spread, spread};
pub use step::{Said, step_said};
pub use what_if::{intervention, member_name};

/// A text as the beginning of a sentence.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// How a run ended, as the rest of a sentence about it.
pub fn ended(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completes",
        Outcome::TimeLimit => "is cut at the limit of time",
        Outcome::EventLimit => "is cut at the limit of events",
        Outcome::Deadlock(_) => "ends in a deadlock",
    }
}
