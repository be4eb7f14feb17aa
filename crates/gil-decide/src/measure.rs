//! The figures of a run that a decision is made by.

use std::collections::BTreeMap;

use gil_sim::stats::{GroupStats, Latency, Stats};
use gil_sim::sweep::MOST_EVENTS;
use gil_sim::{
    EventKind, Group, IoCompletion, Limits, Nanos, Outcome, Scenario, Spec, Step, Strategy, Trace,
    run,
};
use serde::{Deserialize, Serialize};

/// What a run says about a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Passes per second of the group, from its start on: starting up counts.
    pub throughput: f64,
    /// How long a pass takes. With a queue from a job's arrival until it is done, where a pass
    /// begins with a message from the message on, otherwise from its first step to its last. Where
    /// members take turns instead of running side by side, a pass waits for those of the others.
    pub latency: Latency,
    /// The other group whose passes are slowest at the 99th percentile.
    pub worst: Option<(String, Latency)>,
    /// Bytes of the whole run: an estimate (see [`gil_sim::stats::Memory`]).
    pub memory: u64,
    /// Until the group's last worker began.
    pub start_up: Nanos,
    /// Mean number of busy cores.
    pub cores_in_use: f64,
    /// Whether nobody can ever go on.
    pub stuck: bool,
    /// Whether the run was cut: figures are those of what there is of it.
    pub cut: bool,
}

impl Figures {
    /// Runs a scenario and measures a group. `members` is how many the work was made for: with
    /// fewer of them, a pass waits its turn.
    pub fn of(scenario: &Scenario, group: usize, members: u16) -> Figures {
        let scenario = bounded(scenario);
        let trace = run(&scenario);
        let stats = Stats::of(&scenario, &trace);
        let groups = &scenario.spec().groups;
        let mine = stats.groups.get(group);
        let waits = groups.get(group).map_or(1, |group| turns(group, members));
        let latency = slowed(passes_of(&scenario, &trace, &stats, group), waits);
        let others = (0..groups.len()).filter(|other| *other != group);
        let worst = others
            .map(|other| (other, passes_of(&scenario, &trace, &stats, other)))
            .filter(|(other, latency)| latency.count > 0 && groups[*other].repeat.ends())
            .max_by_key(|(_, latency)| latency.p99)
            .map(|(other, latency)| (groups[other].name.clone(), latency));
        Figures {
            throughput: mine.map_or(0.0, GroupStats::throughput),
            latency,
            worst,
            memory: stats.memory.total(),
            start_up: mine.map_or(Nanos::ZERO, |group| group.start_up),
            cores_in_use: stats.cores_in_use,
            stuck: matches!(trace.outcome, Outcome::Deadlock(_)),
            cut: matches!(trace.outcome, Outcome::TimeLimit | Outcome::EventLimit),
        }
    }
}

/// A scenario whose run does not take long.
fn bounded(scenario: &Scenario) -> Scenario {
    let limits = scenario.spec().limits;
    let limits = Limits { events: limits.events.min(MOST_EVENTS), ..limits };
    Scenario::new(Spec { limits, ..scenario.spec().clone() }).unwrap_or_else(|_| scenario.clone())
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

fn slowed(latency: Latency, times: u64) -> Latency {
    let Latency { count, p50, p95, p99, max } = latency;
    Latency { count, p50: p50 * times, p95: p95 * times, p99: p99 * times, max: max * times }
}

/// How long the passes of a group took; the whole run where it never finished one.
fn passes_of(scenario: &Scenario, trace: &Trace, stats: &Stats, group: usize) -> Latency {
    let queue = stats.groups.get(group).and_then(|group| group.queue.as_ref());
    let mut latency = match queue {
        Some(queue) => queue.response,
        None => Latency::of(durations(scenario, trace, group)),
    };
    if latency.count == 0 {
        latency = Latency::of(vec![trace.end]);
        latency.count = 0;
    }
    latency
}

/// A thread, and which of its tasks where it runs an event loop.
type Who = (usize, Option<u16>);

/// Each pass of the members of a group, those that a cut run left unfinished among them.
fn durations(scenario: &Scenario, trace: &Trace, group: usize) -> Vec<Nanos> {
    let Some(program) = scenario.spec().groups.get(group) else { return Vec::new() };
    let by_message = matches!(program.steps.first(), Some(Step::Receive { .. }));
    let mut task: BTreeMap<usize, u16> = BTreeMap::new();
    let mut begun: BTreeMap<Who, Nanos> = BTreeMap::new();
    let mut done = Vec::new();
    for event in &trace.events {
        let thread = event.thread.index();
        if trace.threads.get(thread).is_none_or(|thread| usize::from(thread.group) != group) {
            continue;
        }
        let who = (thread, task.get(&thread).copied());
        match event.kind {
            EventKind::TaskRuns(number) => {
                task.insert(thread, number);
            }
            EventKind::StepBegins(0) => {
                begun.insert(who, event.at);
            }
            EventKind::StepBegins(1) if by_message => {
                begun.insert(who, message_at(trace, thread, event.at));
            }
            EventKind::PassDone(_) => {
                done.extend(begun.remove(&who).map(|begun| event.at - begun));
            }
            _ => {}
        }
    }
    if trace.outcome != Outcome::Completed && !by_message {
        done.extend(begun.values().map(|begun| trace.end - *begun));
    }
    done
}

/// When the message came that a thread goes on with at a moment.
fn message_at(trace: &Trace, thread: usize, at: Nanos) -> Nanos {
    let until = trace.io.partition_point(|io| io.resumed <= at);
    let mine = |io: &&IoCompletion| io.thread.index() == thread;
    trace.io[..until].iter().rev().find(mine).map_or(at, |io| io.completed)
}
