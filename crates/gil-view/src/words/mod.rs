//! Everything that the page says about a run, generated from its trace: the headline, the current
//! moment as *state, trigger, consequence*, and lines for tooltips, lists and screen readers.

mod before;
mod glossary;
mod headline;
mod line;
mod moment;
mod number;
mod step;

pub use glossary::{GLOSSARY, Term};
pub use headline::{Figures, change, headline};
pub use line::{event_line, span_words, thread_now};
pub use moment::{Moment, moment};
pub use number::{count, number, percent};
