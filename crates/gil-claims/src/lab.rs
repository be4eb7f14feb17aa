//! Runs that several claims need are done once.

use std::collections::VecDeque;
use std::rc::Rc;

use gil_sim::{Nanos, Outcome, Run, Scenario};

/// Runs that are kept.
const KEPT: usize = 12;

/// Simulates scenarios, and keeps the latest runs.
#[derive(Default)]
pub struct Lab {
    kept: VecDeque<Rc<Run>>,
    /// The runs that were asked for lately, each once.
    asked: Vec<Rc<Run>>,
    /// The run that was asked for last.
    last: Option<Rc<Run>>,
}

impl Lab {
    /// How the run of a scenario ends. The figures of one that was cut are not those of the whole.
    pub fn outcome(&mut self, scenario: &Scenario) -> Outcome {
        self.measure(scenario).trace.outcome.clone()
    }

    /// When the run of a scenario ends.
    pub fn end(&mut self, scenario: &Scenario) -> Nanos {
        self.measure(scenario).trace.end
    }

    /// Begins a list of the runs that are asked for from now on.
    pub(crate) fn forget_asked(&mut self) {
        self.asked.clear();
    }

    /// The scenarios that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<Scenario> {
        self.asked.iter().filter_map(|run| run.scenario().cloned()).collect()
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

    pub(crate) fn measure(&mut self, scenario: &Scenario) -> Rc<Run> {
        let measured = self.kept_or_run(scenario);
        self.last = Some(measured.clone());
        if !self.asked.iter().any(|known| Rc::ptr_eq(known, &measured)) {
            self.asked.push(measured.clone());
        }
        measured
    }

    fn kept_or_run(&mut self, scenario: &Scenario) -> Rc<Run> {
        if let Some(known) = self.kept.iter().find(|known| known.scenario() == Some(scenario)) {
            return known.clone();
        }
        let measured = Rc::new(Run::of(scenario.clone()));
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(measured.clone());
        measured
    }
}
