//! Fits the machine of a scenario to what was measured on a real one.
//!
//! A machine differs from the simulation's usual one in how long wake-ups and context switches
//! take, and that decides races for the GIL, and in how fast it works once several threads share its
//! caches and its clock: work that was calibrated alone takes longer then. The fit tries other values, one dial after the other,
//! and keeps what brings all figures together closer. It can't say that these are the true
//! latencies: other values may fit as well.

use gil_sim::{Dist, Nanos, Scenario, Spec, Spends, Step, bounds, program};
use gil_words::number;

use super::{Agreement, Measured};
use crate::scenario::round;

/// What is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dial {
    /// The latency of a wake-up on a warm core.
    WarmWakeUp,
    /// The same on a core that has been idle for long.
    IdleWakeUp,
    /// The same where all cores are busy.
    BusyWakeUp,
    /// The cost of a context switch.
    ContextSwitch,
    /// How long work on a core takes.
    Work,
}

impl Dial {
    /// All of them, in the order in which they're turned.
    pub const ALL: [Dial; 5] =
        [Dial::Work, Dial::WarmWakeUp, Dial::IdleWakeUp, Dial::BusyWakeUp, Dial::ContextSwitch];

    /// What it's called.
    pub fn name(self) -> &'static str {
        match self {
            Dial::WarmWakeUp => "wake-up on a warm core",
            Dial::IdleWakeUp => "wake-up on an idle core",
            Dial::BusyWakeUp => "wake-up beside busy cores",
            Dial::ContextSwitch => "context switch",
            Dial::Work => "work on a core",
        }
    }

    fn turn(self, spec: &mut Spec, factor: f64) {
        let machine = &mut spec.machine;
        let scaled = |dist: &mut Dist| *dist = scaled(*dist, factor);
        match self {
            Dial::WarmWakeUp => scaled(&mut machine.wake_shallow),
            Dial::IdleWakeUp => scaled(&mut machine.wake_deep),
            Dial::BusyWakeUp => scaled(&mut machine.wake_cold),
            Dial::ContextSwitch => machine.context_switch = times(machine.context_switch, factor),
            Dial::Work => spec.groups.iter_mut().for_each(|group| work(&mut group.steps, factor)),
        }
    }
}

/// Factors that are tried for a dial, from where it stands.
const FACTORS: [f64; 6] = [0.25, 0.5, 0.75, 1.5, 2.0, 4.0];
/// The same for work: it was calibrated on the machine itself, so it's off by much less.
const WORK_FACTORS: [f64; 6] = [0.7, 0.85, 0.95, 1.05, 1.15, 1.4];
/// How often all dials are turned.
const ROUNDS: usize = 2;
/// What is no better than this is no reason to leave the usual machine: a share of the error.
const WORTH: f64 = 0.01;

/// A fit that is under way: each step is one simulation.
pub struct Calibration {
    measured: Measured,
    best: Agreement,
    before: f64,
    after: f64,
    done: usize,
    turned: [f64; Dial::ALL.len()],
}

/// How far a fit is.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Simulations so far.
    pub done: usize,
    /// All that there will be.
    pub total: usize,
    /// The error of the usual machine: the typical factor by which a figure is off, less 1.
    pub before: f64,
    /// The error of the best machine so far.
    pub after: f64,
    /// The simulation on that machine.
    pub best: Agreement,
    /// What was turned, each with its factor.
    pub turned: Vec<(Dial, f64)>,
}

impl Trial {
    /// What was turned, for a sentence: `work on a core × 1.15, context switch × 0.5`.
    pub fn turned_words(&self) -> String {
        let one = |(dial, factor): &(Dial, f64)| format!("{} × {}", dial.name(), number(*factor));
        self.turned.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

impl Calibration {
    /// Simulations of a whole fit.
    pub const TOTAL: usize = Dial::ALL.len() * FACTORS.len() * ROUNDS;

    /// Begins with the usual machine. `None` where no figure is both measured and simulated.
    pub fn new(measured: Measured) -> Option<Calibration> {
        let best = Agreement::of(&measured);
        let before = error(&best)?;
        Some(Calibration { measured, best, before, after: before, done: 0, turned: [1.0; 5] })
    }

    /// The dial that is next, as its place in [`Dial::ALL`], and how far it's turned.
    fn turn(&self) -> (usize, f64) {
        let place = self.done / FACTORS.len() % Dial::ALL.len();
        let factors = if Dial::ALL[place] == Dial::Work { WORK_FACTORS } else { FACTORS };
        (place, factors[self.done % FACTORS.len()])
    }

    fn candidate(&self) -> Option<Scenario> {
        let (place, factor) = self.turn();
        let mut spec = self.best.scenario.spec().clone();
        Dial::ALL[place].turn(&mut spec, factor);
        Scenario::new(spec).ok()
    }
}

impl Iterator for Calibration {
    type Item = Trial;

    fn next(&mut self) -> Option<Trial> {
        if self.done == Calibration::TOTAL {
            return None;
        }
        if let Some(scenario) = self.candidate() {
            let tried = Agreement::with(&self.measured, scenario, self.best.notes.clone());
            if let Some(error) = error(&tried).filter(|error| *error < self.after * (1.0 - WORTH)) {
                (self.best, self.after) = (tried, error);
                let (place, factor) = self.turn();
                self.turned[place] *= factor;
            }
        }
        self.done += 1;
        Some(Trial {
            done: self.done,
            total: Calibration::TOTAL,
            before: self.before,
            after: self.after,
            best: self.best.clone(),
            turned: Dial::ALL.into_iter().zip(self.turned).filter(|(_, by)| *by != 1.0).collect(),
        })
    }
}

/// The typical factor by which figures are off, less 1: from the mean square of their logarithms,
/// so that twice as much and half as much are as bad.
fn error(agreement: &Agreement) -> Option<f64> {
    let logs = agreement.rows.iter().filter_map(|row| {
        let simulated = row.simulated.filter(|simulated| *simulated > 0.0)?;
        (row.measured > 0.0).then(|| libm::log(simulated / row.measured))
    });
    let logs: Vec<f64> = logs.collect();
    let square = logs.iter().map(|log| log * log).sum::<f64>() / logs.len() as f64;
    (!logs.is_empty()).then(|| libm::exp(square.sqrt()) - 1.0)
}

/// Work that takes so many times as long on a core.
fn work(steps: &mut [Step], factor: f64) {
    for step in program::parts_mut(steps) {
        let on_core = matches!(step.kind().spends(), Spends::Gil | Spends::Native);
        if let Some(time) = step.time_mut().filter(|_| on_core) {
            *time = scaled(*time, factor);
        }
    }
}

fn scaled(dist: Dist, factor: f64) -> Dist {
    let by = |time| times(time, factor);
    match dist {
        Dist::Fixed(time) => Dist::Fixed(by(time)),
        Dist::Uniform(from, to) => Dist::Uniform(by(from), by(to)),
        Dist::Exponential(mean) => Dist::Exponential(by(mean)),
        Dist::LogNormal(median, p95) => Dist::LogNormal(by(median), by(p95)),
    }
}

fn times(time: Nanos, factor: f64) -> Nanos {
    let most = bounds::DURATION.end().0 as f64;
    round(Nanos((time.0 as f64 * factor).min(most) as u64))
}
