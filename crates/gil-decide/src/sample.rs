//! What one run says about the group that a question is about.

use gil_sim::stats::{GroupStats, Percentiles};
use gil_sim::{Group, GroupId, Nanos, Outcome, Run, Scenario, Spec, Strategy};

use crate::cost::WorkKind;
use crate::question::Question;

/// Figures of a run.
pub struct Sample {
    /// p99 of a response or pass; the makespan of a batch.
    pub wait: Option<Nanos>,
    /// Median of a response or pass.
    pub typical: Option<Nanos>,
    /// Passes per second.
    pub throughput: Option<f64>,
    /// Other groups that end, with the p99 of their responses or passes.
    pub others: Vec<(String, Nanos)>,
    /// Until the group's last worker was ready.
    pub start_up: Option<Nanos>,
    /// Whether nobody can ever go on.
    pub stuck: bool,
    /// Whether the run was cut.
    pub unfinished: bool,
    /// Passes of the group.
    pub passes: u64,
    /// Simulated time.
    pub span: Nanos,
    /// Events of the run.
    pub events: usize,
}

impl Sample {
    /// Runs a scenario.
    pub fn take(question: &Question, scenario: Scenario) -> Sample {
        let spec = scenario.spec().clone();
        let program = spec.group(question.group).unwrap_or_else(|| question.group());
        let run = Run::of(scenario);
        let group = run.stats.group(question.group);
        let batch = question.kind() == WorkKind::Batch;
        let times = turns(program, question.group().count);
        let service = |read: fn(&Percentiles) -> Option<Nanos>| {
            let awaited = group.and_then(GroupStats::awaited).filter(|_| !batch);
            awaited.and_then(read).map(|time| time * times)
        };
        Sample {
            wait: match batch {
                true => group.and_then(|group| group.makespan),
                false => service(|awaited| awaited.p99),
            },
            typical: service(|awaited| awaited.p50),
            throughput: group.filter(|group| group.passes > 0).map(GroupStats::throughput),
            others: others(&run, &spec, question.group),
            start_up: group.and_then(|group| group.start_up),
            stuck: matches!(run.trace.outcome, Outcome::Deadlock(_)),
            unfinished: run.is_cut(),
            passes: group.map_or(0, |group| group.passes),
            span: run.trace.end,
            events: run.trace.events.len(),
        }
    }
}

fn others(run: &Run, spec: &Spec, mine: GroupId) -> Vec<(String, Nanos)> {
    let all = spec.numbered_groups().zip(&run.stats.groups);
    all.filter(|((id, group), _)| *id != mine && group.repeat.ends())
        .filter_map(|((_, group), stats)| Some((group.name.clone(), stats.awaited()?.p99?)))
        .collect()
}

/// How many passes take turns where one member works for several.
fn turns(group: &Group, members: u16) -> u64 {
    if group.repeat.has_queue() {
        return 1;
    }
    match group.strategy {
        Strategy::Sequential => u64::from(group.count.max(1)),
        _ => u64::from(members.div_ceil(group.count.max(1)).max(1)),
    }
}
