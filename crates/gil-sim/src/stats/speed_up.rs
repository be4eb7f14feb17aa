//! How much faster a run is than without concurrency.

use serde::{Deserialize, Serialize};

use super::{GroupStats, Stats};
use crate::engine::run;
use crate::scenario::{Group, Repeat, Scenario};
use crate::time::Nanos;
use crate::trace::Trace;

/// How much faster than without concurrency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpeedUp {
    /// For each group its throughput over that of one thread of it alone on the same machine: N
    /// for N threads that do not disturb each other. `None` where nobody can do that work alone,
    /// as that of a pool or of those who call one, and where one thread gets nothing done.
    pub of_groups: Vec<Option<f64>>,
    /// The time that the work done would have taken one thread after the other, over the wall
    /// time. `None` where there is no such sequence: where a group's work cannot be done alone, or
    /// comes when it comes.
    pub over_sequence: Option<f64>,
}

impl SpeedUp {
    /// Compares a run with runs of one thread of each group alone.
    pub fn of(scenario: &Scenario, trace: &Trace, stats: &Stats) -> SpeedUp {
        let alone: Vec<Option<f64>> = scenario
            .spec()
            .groups
            .iter()
            .map(|group| rate_alone(scenario, group, trace.end))
            .collect();
        let with_rates = || stats.groups.iter().zip(&alone);
        let over =
            |(group, rate): (&GroupStats, &Option<f64>)| factor(group.throughput(), (*rate)?);
        SpeedUp {
            of_groups: with_rates().map(over).collect(),
            over_sequence: over_sequence(scenario, trace.end, with_rates()),
        }
    }
}

fn factor(a: f64, b: f64) -> Option<f64> {
    (a > 0.0 && b > 0.0).then(|| a / b)
}

fn over_sequence<'a>(
    scenario: &Scenario,
    wall: Nanos,
    mut groups: impl Iterator<Item = (&'a GroupStats, &'a Option<f64>)>,
) -> Option<f64> {
    let arrives = |repeat| matches!(repeat, Repeat::Arrivals { .. } | Repeat::Serve);
    if scenario.spec().groups.iter().any(|group| arrives(group.repeat)) {
        return None;
    }
    let seconds = groups.try_fold(0.0, |seconds, (group, rate)| match group.work() {
        0.0 => Some(seconds),
        work => Some(seconds + factor(work, (*rate)?)?),
    })?;
    factor(seconds, wall.as_secs_f64())
}

/// Passes per second of one thread of a group alone; `None` where it cannot be alone.
fn rate_alone(scenario: &Scenario, group: &Group, wall: Nanos) -> Option<f64> {
    let (mut spec, mut group) = (scenario.spec().clone(), group.clone());
    group.count = 1;
    group.start = Nanos::ZERO;
    match group.repeat {
        Repeat::Daemon => group.repeat = Repeat::For(wall.max(Nanos(1))),
        // Nobody would hand it anything.
        Repeat::Serve => return None,
        _ => {}
    }
    spec.groups = vec![group];
    spec.interventions.clear();
    let alone = Scenario::new(spec).ok()?;
    let stats = Stats::of(&alone, &run(&alone));
    stats.groups.first().map(GroupStats::throughput)
}
