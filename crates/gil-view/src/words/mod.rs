//! Everything that the page says about a run, generated from its trace: the headline, the current
//! moment as *state, trigger, consequence*, and lines for tooltips, lists and screen readers.

mod before;
pub mod difference;
mod glossary;
mod headline;
mod line;
mod moment;
mod number;
pub mod scenario;
mod step;
mod what_if;

pub use glossary::{GLOSSARY, Term};
pub use headline::{Figures, change, headline};
pub use line::{event_line, span_words, thread_now};
pub use moment::{Moment, moment};
pub use number::{count, number, percent};
pub use what_if::{intervention, member_name};
