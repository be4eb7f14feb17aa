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
    /// The runs that were asked for lately, each once.
    asked: Vec<Rc<Measured>>,
    /// The run that was asked for last.
    last: Option<Rc<Measured>>,
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

    /// Begins a list of the runs that are asked for from now on.
    pub(crate) fn forget_asked(&mut self) {
        self.asked.clear();
    }

    /// The scenarios that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<Scenario> {
        self.asked.iter().map(|run| run.scenario.clone()).collect()
    }

    /// Whether the seed had a part in any run that was asked for.
    pub(crate) fn has_drawn(&self) -> bool {
        self.asked.iter().any(|run| run.trace.is_drawn)
    }

    /// Whether the seed had a part in the run that was asked for last.
    pub(crate) fn last_has_drawn(&self) -> bool {
        self.last.as_ref().is_some_and(|run| run.trace.is_drawn)
    }

    /// How a run ended that did not complete, of those that were asked for.
    pub(crate) fn cut(&self) -> Option<Outcome> {
        let mut ends = self.asked.iter().map(|run| &run.trace.outcome);
        ends.find(|outcome| **outcome != Outcome::Completed).cloned()
    }

    pub(crate) fn measure(&mut self, scenario: &Scenario) -> Rc<Measured> {
        let measured = self.kept_or_run(scenario);
        self.last = Some(measured.clone());
        if !self.asked.iter().any(|known| Rc::ptr_eq(known, &measured)) {
            self.asked.push(measured.clone());
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
