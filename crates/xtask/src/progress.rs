//! Telling a person what is going on and how long it takes.

use std::cell::Cell;
use std::fmt;
use std::time::{Duration, Instant};

use crate::failure::Outcome;

const HEARTBEAT: Duration = Duration::from_secs(10);

/// A named piece of work that tells what it does.
pub struct Step {
    name: &'static str,
    start: Instant,
    last_sign: Cell<Instant>,
}

impl Step {
    /// Runs `work`, then tells how it went and how long it took.
    pub fn run<T>(name: &'static str, work: impl FnOnce(&Step) -> Outcome<T>) -> Outcome<T> {
        let now = Instant::now();
        let step = Step { name, start: now, last_sign: Cell::new(now) };
        let outcome = work(&step);
        match &outcome {
            Ok(_) => step.say(format_args!("done ({})", Span(step.start.elapsed()))),
            Err(failure) => {
                step.say(format_args!("FAILED ({}): {failure}", Span(step.start.elapsed())))
            }
        }
        outcome
    }

    /// The step's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Prints a line in the step's name.
    pub fn say(&self, message: impl fmt::Display) {
        self.last_sign.set(Instant::now());
        // Not to the output proper, which `env` leaves to the shell.
        eprintln!("[{:>12}] {message}", self.name);
    }

    /// Prints a sign of life when the last one was long ago.
    pub fn heartbeat(&self, detail: impl FnOnce() -> String) {
        if self.last_sign.get().elapsed() >= HEARTBEAT {
            self.say(format_args!("... {}  {}", Span(self.start.elapsed()), detail()));
        }
    }
}

/// A length of time, for people.
pub struct Span(pub Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds < 60 {
            write!(f, "{:.1} s", self.0.as_secs_f64())
        } else {
            write!(f, "{} min {:02} s", seconds / 60, seconds % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_short_and_long_spans() {
        assert_eq!(Span(Duration::from_millis(1234)).to_string(), "1.2 s");
        assert_eq!(Span(Duration::from_secs(185)).to_string(), "3 min 05 s");
    }
}
