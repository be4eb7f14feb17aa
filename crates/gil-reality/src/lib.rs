//! The reality check: what CPython 3.11.7 was measured to do, beside what the simulation says.
//!
//! Data and functions only: the test asserts every [`Verdict`], the page shows the same table.
//! All cases are simulated on one machine ([`machine`]); no constant is bent for a case. What the
//! model gets wrong stays in the table as a known miss, with the reason.
//!
//! The measured files are in `tests/cpython`.

mod cases;
mod data;
mod figure;
mod row;

use gil_sim::{Machine, Scenario};

pub use cases::cases;
pub use figure::{Figure, Rank};
pub use row::{Row, Table, rows};

/// The machine of all cases: the default profile with the 2 cores on which was measured.
pub fn machine() -> Machine {
    Machine::default().with_cores(2)
}

/// A figure that was measured on real CPython, and how to get it from the simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name, unique and stable: `turn/5ms/2thr/p50`.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// What was measured and how, as a sentence.
    pub what: &'static str,
    /// What is simulated; its seed does not matter, several are used.
    pub scenario: Scenario,
    /// What is read off the simulation.
    pub figure: Figure,
    /// Unit of the measured and the simulated value: `ms`, `us`, or `x` for a factor.
    pub unit: &'static str,
    /// What was measured, in each run whose figure is usable.
    pub measured: Vec<f64>,
    /// Whether a parameter of [`machine`] was fitted to this figure: agreement is no evidence.
    pub fitted: bool,
    /// How far off the simulation may be.
    pub tolerance: Tolerance,
    /// Why the model misses this figure, where it is known to.
    pub miss: Option<&'static str>,
}

impl Case {
    /// Simulates the case with several seeds.
    pub fn simulate(&self) -> f64 {
        self.figure.of(&figure::Samples::of(&self.scenario))
    }

    /// Lowest and highest value that count as agreement.
    pub fn band(&self) -> (f64, f64) {
        let low = self.measured.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self.measured.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (low / self.tolerance.factor, high * self.tolerance.factor)
    }

    /// Judges a simulated value.
    pub fn verdict(&self, simulated: f64) -> Verdict {
        let (low, high) = self.band();
        let within = (low..=high).contains(&simulated);
        match (within, self.miss) {
            (true, None) => Verdict::Within,
            (true, Some(_)) => Verdict::NoLongerMissed,
            (false, Some(reason)) => Verdict::KnownMiss(reason),
            (false, None) => Verdict::Off,
        }
    }
}

/// How far off the simulation may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// From the lowest measured value divided by this to the highest one times this.
    pub factor: f64,
    /// Where the factor comes from.
    pub reason: &'static str,
}

/// Whether a simulated value agrees with what was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Within the tolerance.
    Within,
    /// Not within the tolerance, and it is known why.
    KnownMiss(&'static str),
    /// Not within the tolerance, and it should be.
    Off,
    /// Within the tolerance, though the case still says that the model misses it.
    NoLongerMissed,
}

impl Verdict {
    /// Whether the case says what is so.
    pub fn is_expected(self) -> bool {
        matches!(self, Verdict::Within | Verdict::KnownMiss(_))
    }

    /// In a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Within => "within",
            Verdict::KnownMiss(_) => "known miss",
            Verdict::Off => "OFF",
            Verdict::NoLongerMissed => "no longer missed",
        }
    }
}
