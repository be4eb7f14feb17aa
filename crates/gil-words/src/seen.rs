//! A run as its sentences need it: taken apart, with the scenario that they speak of.

use gil_sim::stats::{GroupStats, Stats};
use gil_sim::{Group, GroupId, Origin, Outcome, Run, Scenario, Trace};

/// A simulated run, taken apart.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub run: &'a Run,
    pub scenario: &'a Scenario,
    pub trace: &'a Trace,
    pub stats: &'a Stats,
}

impl<'a> Seen<'a> {
    pub fn of(run: &'a Run) -> Seen<'a> {
        let Origin::Simulated(scenario) = &run.origin;
        Seen { run, scenario, trace: &run.trace, stats: &run.stats }
    }

    /// A group of the scenario.
    pub fn group(self, group: GroupId) -> &'a Group {
        &self.scenario.spec().groups[group.index()]
    }

    /// The figures of a group.
    pub fn group_stats(self, group: GroupId) -> &'a GroupStats {
        &self.stats.groups[group.index()]
    }

    /// How much faster a group is than one thread of it alone.
    pub fn speed_up(self, group: GroupId) -> Option<f64> {
        *self.run.speed_up().of_groups.get(group.index())?
    }

    /// Why the run is not whole, as the beginning of a sentence; `None` where it is, or ended in a
    /// deadlock.
    pub fn cut(self) -> Option<String> {
        match self.trace.outcome {
            Outcome::TimeLimit => Some(format!("the time limit of {}", self.trace.end)),
            Outcome::EventLimit => {
                let events = crate::number(self.trace.events.len() as f64);
                Some(format!("the limit of {events} events, at {}", self.trace.end))
            }
            Outcome::Completed | Outcome::Deadlock(_) => None,
        }
    }
}
