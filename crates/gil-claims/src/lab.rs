//! Runs that several claims need are done once.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gil_sim::stats::{SpeedUp, Stats};
use gil_sim::{Outcome, Scenario, Trace, run};

/// Runs that are kept.
const KEPT: usize = 12;

/// Simulates scenarios, and keeps the latest runs.
#[derive(Default)]
pub struct Lab {
    kept: VecDeque<Rc<Measured>>,
    /// How a run ended that did not complete, of those that were asked for lately.
    cut: Option<Outcome>,
}

/// A run and its figures.
pub(crate) struct Measured {
    pub scenario: Scenario,
    pub trace: Trace,
    pub stats: Stats,
    speed_up: OnceCell<SpeedUp>,
}

impl Measured {
    /// Costs a run of each group alone.
    pub fn speed_up(&self) -> &SpeedUp {
        self.speed_up.get_or_init(|| SpeedUp::of(&self.scenario, &self.trace, &self.stats))
    }
}

impl Lab {
    /// How the run of a scenario ends: figures of one that was cut are figures of what there is
    /// of it.
    pub fn outcome(&mut self, scenario: &Scenario) -> Outcome {
        self.measure(scenario).trace.outcome.clone()
    }

    pub(crate) fn forget_cut(&mut self) {
        self.cut = None;
    }

    pub(crate) fn cut(&self) -> Option<&Outcome> {
        self.cut.as_ref()
    }

    pub(crate) fn measure(&mut self, scenario: &Scenario) -> Rc<Measured> {
        let measured = self.kept_or_run(scenario);
        if measured.trace.outcome != Outcome::Completed {
            self.cut = Some(measured.trace.outcome.clone());
        }
        measured
    }

    fn kept_or_run(&mut self, scenario: &Scenario) -> Rc<Measured> {
        if let Some(known) = self.kept.iter().find(|known| known.scenario == *scenario) {
            return known.clone();
        }
        let trace = run(scenario);
        let stats = Stats::of(scenario, &trace);
        let scenario = scenario.clone();
        let measured = Rc::new(Measured { scenario, trace, stats, speed_up: OnceCell::new() });
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(measured.clone());
        measured
    }
}
