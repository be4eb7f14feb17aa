//! Figures of a group.

use serde::{Deserialize, Serialize};

use super::{Percentiles, QueueStats, ThreadStats, passes, ratio, start_up};
use crate::scenario::{Group, Repeat, Scenario};
use crate::time::Nanos;
use crate::trace::Trace;

/// Figures of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupStats {
    /// Its name.
    pub name: String,
    /// Its threads.
    pub threads: u16,
    /// Passes through the program that all its threads have completed.
    pub passes: u64,
    /// What its threads have done of passes that they had not completed when the run was cut, in
    /// passes; 0 in a run that was not.
    pub underway: f64,
    /// From its start to the end of its last thread, or of the run.
    pub active: Nanos,
    /// Time with the GIL, that of all threads added up.
    pub gil_held: Nanos,
    /// Time waiting for the GIL, that of all threads added up.
    pub gil_wait: Nanos,
    /// From the completion of I/O until the thread has the GIL and can use it; `None` where none
    /// completed.
    pub wakeup: Option<Percentiles>,
    /// From the beginning of a pass to its end: from the end of the pass before it, the first from
    /// its first step; with a queue from the moment the job is taken, where a pass begins with a
    /// message from the moment the thread goes on with it. `None` where no pass was begun.
    pub pass: Option<Percentiles>,
    /// What somebody waits for: from a job's arrival in the queue until it is done, or from a
    /// message's arrival to the end of its pass. `None` for a group that has no requests, and where
    /// none came.
    pub response: Option<Percentiles>,
    /// For a fixed amount of work, from the group's start to the end of its last pass; `None` for
    /// any other group and where the run ended before.
    pub makespan: Option<Nanos>,
    /// From its start until its last thread, process or interpreter had started up and was ready to
    /// run its program. `None` where the run ended before that.
    pub start_up: Option<Nanos>,
    /// Its queue, where it has one and anything came into it.
    pub queue: Option<QueueStats>,
}

impl GroupStats {
    /// Passes per second. In a run that was cut, what was begun counts in part.
    pub fn throughput(&self) -> f64 {
        ratio(self.work(), self.active.as_secs_f64())
    }

    /// Passes that are done, those begun counted in part.
    pub fn work(&self) -> f64 {
        self.passes as f64 + self.underway
    }

    /// What somebody waits for: the response where the group has requests, a pass otherwise.
    pub fn awaited(&self) -> Option<&Percentiles> {
        self.response.as_ref().or(self.pass.as_ref())
    }

    /// Requests that had come and were not answered when the run was cut; `None` for a group
    /// that got no requests.
    pub fn unanswered(&self) -> Option<u64> {
        self.response.map(|response| response.unfinished)
    }
}

/// The figures of all groups of a scenario.
pub(super) fn of_all(
    scenario: &Scenario,
    trace: &Trace,
    threads: &[ThreadStats],
) -> Vec<GroupStats> {
    let (ready, times) = (start_up::ready(trace), passes::times(scenario, trace));
    let groups = scenario.spec().numbered_groups().zip(&times);
    groups
        .map(|((number, group), times)| {
            let mine = |t: &usize| trace.threads[*t].group == number;
            let members: Vec<usize> = (0..threads.len()).filter(mine).collect();
            let sum =
                |of: fn(&ThreadStats) -> Nanos| members.iter().map(|t| of(&threads[*t])).sum();
            let end = |t: &usize| trace.threads[*t].finished.unwrap_or(trace.end);
            let underway = members.iter().map(|t| f64::from(trace.threads[*t].underway));
            GroupStats {
                name: group.name.clone(),
                threads: group.count,
                passes: members.iter().map(|t| u64::from(trace.threads[*t].passes)).sum(),
                underway: underway.sum::<f64>() / 1e6,
                active: members.iter().map(end).max().unwrap_or_default() - group.start,
                gil_held: sum(|thread| thread.gil_held),
                gil_wait: sum(ThreadStats::gil_wait),
                wakeup: passes::wakeup(trace, |thread| mine(&thread)),
                pass: times.pass(trace),
                response: times.response(trace),
                makespan: makespan(group, trace, &members, times.last),
                start_up: super::longest(members.iter().map(|t| ready[*t]))
                    .map(|ready| ready - group.start),
                queue: QueueStats::of(trace, number),
            }
        })
        .collect()
}

/// From a group's start to the end of its last pass, where it has a fixed amount of work and has
/// done it.
fn makespan(group: &Group, trace: &Trace, members: &[usize], last: Option<Nanos>) -> Option<Nanos> {
    let is_batch = matches!(group.repeat, Repeat::Times(_) | Repeat::Jobs(_));
    let finished = members.iter().all(|thread| trace.threads[*thread].finished.is_some());
    last.filter(|_| is_batch && finished).map(|last| last - group.start)
}
