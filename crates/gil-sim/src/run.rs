//! A finished run: where it comes from, what happened, its figures.

use std::sync::OnceLock;

use crate::engine::run;
use crate::scenario::Scenario;
use crate::stats::{SpeedUp, Stats};
use crate::trace::{Outcome, Trace};

/// Where a run comes from.
///
/// What needs a scenario takes this apart, and so does not compile until it says what becomes of
/// runs of another origin.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// It was simulated from this scenario.
    Simulated(Scenario),
}

/// A finished run with everything that is worked out from it. This is the one place where trace
/// and figures come together.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where it comes from.
    pub origin: Origin,
    /// What happened.
    pub trace: Trace,
    /// Its figures.
    pub stats: Stats,
    speed_up: OnceLock<SpeedUp>,
}

impl Run {
    /// Simulates a scenario.
    pub fn of(scenario: Scenario) -> Run {
        let trace = run(&scenario);
        let stats = Stats::of(&scenario, &trace);
        Run { origin: Origin::Simulated(scenario), trace, stats, speed_up: OnceLock::new() }
    }

    /// What was simulated; `None` for a run that comes from elsewhere.
    pub fn scenario(&self) -> Option<&Scenario> {
        let Origin::Simulated(scenario) = &self.origin;
        Some(scenario)
    }

    /// How the run compares with one thread of each group alone. Worked out when it is first
    /// asked for, because that costs a run of each group.
    pub fn speed_up(&self) -> &SpeedUp {
        let Origin::Simulated(scenario) = &self.origin;
        self.speed_up.get_or_init(|| SpeedUp::of(scenario, &self.trace, &self.stats))
    }

    /// Whether the run ended by itself. Of one that was cut, or that ended in a deadlock, many
    /// figures are not those of the whole.
    pub fn is_whole(&self) -> bool {
        self.trace.outcome == Outcome::Completed
    }

    /// Whether a limit of time or of events cut the run.
    pub fn is_cut(&self) -> bool {
        self.trace.outcome.is_cut()
    }
}
