//! The reality check: what CPython was measured to do, beside what the simulation says.
//!
//! Data and functions only: the test asserts every [`Verdict`], the page and the program
//! `conformance` show the same table. The cases are in [`Dataset`]s, one for each Python that was
//! measured and one for published figures. All are simulated on one machine ([`machine`]); no
//! constant is bent for a case. What the model gets wrong stays in the table as a known miss, with
//! the reason.
//!
//! The measured files are in `tests/cpython`.

mod cases;
mod data;
mod dataset;
mod figure;
mod order;
pub mod report;
mod row;
mod spread;

use gil_sim::{Machine, Scenario};

pub use data::{DataError, Measured};
pub use dataset::{Dataset, cases_of};
pub use figure::{Rank, Reading};
pub use order::{Order, orders};
pub use row::{Row, Table, median_error, rows};

/// The machine of all cases: the default profile with the 2 cores on which was measured. Only a
/// reader's own file has its own number of cores.
pub fn machine() -> Machine {
    Machine::default().with_cores(2)
}

/// A figure that was measured on real CPython, and how to get it from the simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name, unique in its data set and stable: `turn/5ms/2/p50`.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// Its name among the figures of its family, short enough for the margin of a plot.
    pub label: String,
    /// What kind of figure it is.
    pub family: Family,
    /// What was measured and how, as a sentence.
    pub what: &'static str,
    /// What is simulated; its seed does not matter, several are used.
    pub scenario: Scenario,
    /// What is read off the simulation.
    pub figure: Reading,
    /// Unit of the measured and the simulated value: `ms`, `us`, `/s`, or `x` for a factor.
    pub unit: &'static str,
    /// What was measured, in each run whose figure is usable.
    pub measured: Vec<f64>,
    /// Whether a parameter of [`machine`] was fitted to this figure: agreement is no evidence.
    pub fitted: bool,
    /// How far off the simulation may be.
    pub tolerance: Tolerance,
    /// Why the model misses this figure, or is off by more than [`A_QUARTER`], where it is known
    /// to.
    pub reason: Option<&'static str>,
}

/// What was measured, in two columns: a run and an earlier one, or of more runs the median and their
/// range.
pub fn columns(measured: &[f64], write: impl Fn(f64) -> String) -> (String, String) {
    let run = |run: usize| measured.get(run).map_or("-".to_owned(), |value| write(*value));
    if measured.len() < 3 {
        return (run(0), run(1));
    }
    let mut sorted = measured.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (write(sorted[0]), write(sorted[sorted.len() - 1]));
    (write(figure::median(&sorted)), format!("{low} to {high}"))
}

/// A figure that is off by more than this needs a reason even within its tolerance.
pub const A_QUARTER: f64 = 0.25;

/// Kinds of figures, which belong on one scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// How long a thread's turn lasts.
    Turns,
    /// How long a message waits.
    Latency,
    /// What a very short system call takes.
    TinyCalls,
    /// How much faster N threads are than one.
    SpeedUps,
    /// Requests that a server answers, jobs that workers do.
    Requests,
    /// How long a request takes, from its arrival to its answer.
    Responses,
    /// How long a batch takes.
    Batches,
    /// How much faster processes, interpreters or tasks are than one thread.
    Alternatives,
    /// How long it takes to start and join one.
    StartUp,
    /// How much slower threads are than the same work one after the other.
    Slowdown,
}

impl Family {
    /// All kinds, in the order of the tables.
    pub const ALL: [Family; 10] = [
        Family::Turns,
        Family::Latency,
        Family::TinyCalls,
        Family::SpeedUps,
        Family::Requests,
        Family::Responses,
        Family::Batches,
        Family::Alternatives,
        Family::StartUp,
        Family::Slowdown,
    ];

    /// As a heading, with the unit.
    pub fn title(self) -> &'static str {
        match self {
            Family::Turns => "Length of a turn, ms",
            Family::Latency => "Latency of a message, ms",
            Family::TinyCalls => "Time of a tiny system call, us",
            Family::SpeedUps => "Speed-up over one thread",
            Family::Requests => "Requests or jobs a second",
            Family::Responses => "Response time of a request, ms",
            Family::Batches => "Time of a batch, ms",
            Family::Alternatives => "Speed-up of processes, interpreters and tasks",
            Family::Slowdown => "Time over one after the other",
            Family::StartUp => "Start and join of one, ms",
        }
    }
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

    /// How far a simulated value is from the nearest measured one, as a fraction of that one; 0
    /// between two measured ones.
    pub fn error(&self, simulated: f64) -> f64 {
        let errors = self.measured.iter().map(|measured| simulated / measured - 1.0);
        let low = errors.clone().fold(f64::INFINITY, f64::min);
        let high = errors.fold(f64::NEG_INFINITY, f64::max);
        if low > 0.0 {
            low
        } else if high < 0.0 {
            high
        } else {
            0.0
        }
    }

    /// Judges a simulated value.
    pub fn verdict(&self, simulated: f64) -> Verdict {
        let (low, high) = self.band();
        let within = (low..=high).contains(&simulated);
        let close = self.error(simulated).abs() <= A_QUARTER;
        match (within, close, self.reason) {
            (true, true, None) | (true, false, Some(_)) => Verdict::Within,
            (true, true, Some(_)) => Verdict::NoLongerMissed,
            (true, false, None) => Verdict::Unexplained,
            (false, _, Some(reason)) => Verdict::KnownMiss(reason),
            (false, _, None) => Verdict::Off,
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
    /// Within the tolerance, but off by more than [`A_QUARTER`], and nobody says why.
    Unexplained,
    /// Within the tolerance and close, though the case still says that the model misses it.
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
            Verdict::Unexplained => "no reason given",
            Verdict::NoLongerMissed => "no longer missed",
        }
    }
}
