//! Figures of a run, all derived from its trace.

mod memory;
mod passes;
mod percentiles;
mod queue;
mod start_up;

use serde::{Deserialize, Serialize};

use crate::engine::run;
use crate::scenario::{Group, Invalid, Repeat, Scenario, Spec};
use crate::time::Nanos;
use crate::trace::{DropReason, EventKind, Outcome, State, ThreadId, Trace};

pub use memory::Memory;
pub use percentiles::Percentiles;
pub use queue::QueueStats;

/// Figures of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// Simulated time from start to end.
    pub wall: Nanos,
    /// Figures by thread.
    pub threads: Vec<ThreadStats>,
    /// Figures by group.
    pub groups: Vec<GroupStats>,
    /// Time during which some thread had the GIL, on a core or not. Several GILs are added up.
    pub gil_held: Nanos,
    /// Time that threads spent waiting for the GIL, forced switches included, added up. The GIL
    /// can be held all the time while nobody waits: these two are different figures.
    pub gil_wait: Nanos,
    /// Times that the GIL went to another thread than the one before.
    pub handoffs: Handoffs,
    /// Woken waiters that found the GIL taken: failed acquisitions.
    pub missed: u64,
    /// Drop requests.
    pub requests: u64,
    /// Latency of all I/O completions.
    pub io: Latency,
    /// Mean number of cores that were busy.
    pub cores_in_use: f64,
    /// Threads that waited for the GIL for most of the run, and very long, when it ended.
    pub starved: Vec<ThreadId>,
    /// What processes, interpreters and threads take: an estimate.
    pub memory: Memory,
    /// The longest that a group took to start up.
    pub start_up: Nanos,
}

/// Figures of a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadStats {
    by_state: [Nanos; State::ALL.len()],
    /// Time with the GIL, on a core or not.
    pub gil_held: Nanos,
    /// Longest time from wanting the GIL to having it.
    pub longest_wait: Nanos,
}

impl ThreadStats {
    /// Time in a state. All states together are the wall time.
    pub fn time(&self, state: State) -> Nanos {
        self.by_state[state as usize]
    }

    /// Time waiting for the GIL, forced switches included.
    pub fn gil_wait(&self) -> Nanos {
        self.time(State::WaitingGil) + self.time(State::ForcedSwitch)
    }
}

/// Figures of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupStats {
    /// Its name.
    pub name: String,
    /// Its threads.
    pub threads: u16,
    /// Passes through the program by all its threads.
    pub passes: u64,
    /// From its start to the end of its last thread, or of the run.
    pub active: Nanos,
    /// Time with the GIL.
    pub gil_held: Nanos,
    /// Time waiting for the GIL.
    pub gil_wait: Nanos,
    /// Latency of its I/O completions.
    pub io: Latency,
    /// From the beginning of a pass to its end: from the end of the pass before it, the first from
    /// its first step; with a queue from the moment the job is taken, where a pass begins with a
    /// message from the moment the thread goes on with it. `None` where no pass was begun.
    pub pass: Option<Percentiles>,
    /// What somebody waits for: from a job's arrival in the queue until it is done, or from a
    /// message's arrival to the end of its pass. `None` for a group that has no requests, and where
    /// none came.
    pub response: Option<Percentiles>,
    /// For a fixed amount of work, from the group's start to the end of its last pass; `None` for
    /// any other group and where the run was cut before.
    pub makespan: Option<Nanos>,
    /// From its start until its last thread or process began its first step. For a thread that is
    /// when it first had the GIL, for asyncio the first step of the first task.
    pub start_up: Nanos,
    /// Its queue, where it has one and anything came into it.
    pub queue: Option<QueueStats>,
}

impl GroupStats {
    /// Passes per second.
    pub fn throughput(&self) -> f64 {
        ratio(self.passes as f64, self.active.as_secs_f64())
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

/// Counts of handoffs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handoffs {
    by_reason: [u64; DropReason::ALL.len()],
}

impl Handoffs {
    /// Handoffs for which the holder let go for this reason.
    pub fn by(&self, reason: DropReason) -> u64 {
        self.by_reason[reason as usize]
    }

    /// All handoffs.
    pub fn total(&self) -> u64 {
        self.by_reason.iter().sum()
    }
}

/// Percentiles of times. Latency of I/O is from the completion until the thread has the GIL and
/// can use it, a response time is from a job's arrival until it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latency {
    /// Completions or jobs counted.
    pub count: u64,
    /// Median.
    pub p50: Nanos,
    /// 95th percentile.
    pub p95: Nanos,
    /// 99th percentile.
    pub p99: Nanos,
    /// The worst.
    pub max: Nanos,
}

impl Latency {
    /// Percentiles of some latencies, by nearest rank.
    pub fn of(mut latencies: Vec<Nanos>) -> Latency {
        latencies.sort_unstable();
        let Some(&max) = latencies.last() else { return Latency::default() };
        let rank = |percent: usize| {
            let rank = (latencies.len() * percent).div_ceil(100);
            latencies[rank.saturating_sub(1)]
        };
        Latency { count: latencies.len() as u64, p50: rank(50), p95: rank(95), p99: rank(99), max }
    }
}

impl Stats {
    /// Works out the figures of a run of `scenario`.
    pub fn of(scenario: &Scenario, trace: &Trace) -> Stats {
        let threads = thread_stats(trace);
        let groups = group_stats(scenario, trace, &threads);
        let busy: Nanos = trace.cores.iter().flatten().map(|span| span.end - span.start).sum();
        let count = |wanted: fn(&EventKind) -> bool| {
            trace.events.iter().filter(|event| wanted(&event.kind)).count() as u64
        };
        Stats {
            wall: trace.end,
            gil_held: threads.iter().map(|t| t.gil_held).sum(),
            gil_wait: threads.iter().map(ThreadStats::gil_wait).sum(),
            handoffs: handoffs(trace),
            missed: count(|kind| matches!(kind, EventKind::Missed { .. })),
            requests: count(|kind| matches!(kind, EventKind::DropRequested { .. })),
            io: Latency::of(trace.io.iter().map(|io| io.latency()).collect()),
            cores_in_use: ratio(busy.as_secs_f64(), trace.end.as_secs_f64()),
            starved: starved(scenario.spec(), trace),
            memory: Memory::of(scenario),
            start_up: groups.iter().map(|group| group.start_up).max().unwrap_or_default(),
            threads,
            groups,
        }
    }

    /// Handoffs per second of simulated time.
    pub fn handoffs_per_second(&self) -> f64 {
        ratio(self.handoffs.total() as f64, self.wall.as_secs_f64())
    }
}

fn ratio(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { 0.0 }
}

fn thread_stats(trace: &Trace) -> Vec<ThreadStats> {
    let mut all: Vec<ThreadStats> = trace
        .threads
        .iter()
        .map(|thread| {
            let mut by_state = [Nanos::ZERO; State::ALL.len()];
            for span in &thread.spans {
                by_state[span.state as usize] += span.end - span.start;
            }
            ThreadStats { by_state, gil_held: Nanos::ZERO, longest_wait: Nanos::ZERO }
        })
        .collect();
    for span in trace.gils.iter().flat_map(|gil| &gil.spans) {
        all[span.thread.index()].gil_held += span.end - span.start;
    }
    for event in &trace.events {
        if let EventKind::Takes { waited, .. } = event.kind {
            let longest = &mut all[event.thread.index()].longest_wait;
            *longest = (*longest).max(waited);
        }
    }
    all
}

fn group_stats(scenario: &Scenario, trace: &Trace, threads: &[ThreadStats]) -> Vec<GroupStats> {
    let first_steps = start_up::first_steps(trace);
    let times = passes::times(scenario, trace);
    let is_whole = trace.outcome == Outcome::Completed;
    let groups = scenario.spec().groups.iter().enumerate();
    groups
        .map(|(number, group)| {
            let mine = |t: usize| usize::from(trace.threads[t].group) == number;
            let members: Vec<usize> = (0..threads.len()).filter(|t| mine(*t)).collect();
            let end = |t: &usize| trace.threads[*t].finished.unwrap_or(trace.end);
            let io = trace.io.iter().filter(|io| mine(io.thread.index()));
            let begun = members.iter().filter_map(|t| first_steps[*t]).max();
            GroupStats {
                name: group.name.clone(),
                threads: group.count,
                passes: members.iter().map(|t| u64::from(trace.threads[*t].passes)).sum(),
                active: members.iter().map(end).max().unwrap_or_default() - group.start,
                gil_held: members.iter().map(|t| threads[*t].gil_held).sum(),
                gil_wait: members.iter().map(|t| threads[*t].gil_wait()).sum(),
                io: Latency::of(io.map(|io| io.latency()).collect()),
                pass: times[number].pass(is_whole),
                response: times[number].response(is_whole),
                makespan: makespan(group, trace, &members, times[number].last),
                start_up: begun.map_or(Nanos::ZERO, |begun| begun - group.start),
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

fn handoffs(trace: &Trace) -> Handoffs {
    let mut counts = Handoffs::default();
    // Why each GIL was let go of last.
    let mut dropped_for = vec![None; trace.gils.len()];
    for event in &trace.events {
        let Some(gil) = trace.threads[event.thread.index()].gil else { continue };
        let last = &mut dropped_for[usize::from(gil)];
        match event.kind {
            EventKind::Drops { reason, .. } => *last = Some(reason),
            EventKind::Takes { switched: true, .. } => {
                // The first take of a run is no handoff: nobody had it before.
                if let Some(reason) = *last {
                    counts.by_reason[reason as usize] += 1;
                }
            }
            _ => {}
        }
    }
    counts
}

/// A thread counts as starved when it ends the run waiting for the GIL, has waited for twenty
/// intervals, and that is more than half of the run: far beyond what turns of others explain.
fn starved(spec: &Spec, trace: &Trace) -> Vec<ThreadId> {
    // Where many take turns, each waits for all the others.
    let turns = (2 * trace.threads.len() as u64).max(20);
    let long = (spec.switch_interval * turns).max(trace.end / 2);
    (0..trace.threads.len())
        .map(|t| ThreadId(t as u16))
        .filter(|t| {
            let spans = trace.threads[t.index()].spans.iter().rev();
            let waiting = spans.take_while(|span| {
                matches!(span.state, State::WaitingGil | State::Ready | State::ForcedSwitch)
            });
            waiting.map(|span| span.end - span.start).sum::<Nanos>() > long
        })
        .collect()
}

/// How much faster than without concurrency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpeedUp {
    /// For each group its throughput over that of one thread of it alone on the same machine:
    /// N for N threads that do not disturb each other.
    pub of_groups: Vec<f64>,
    /// The time that the work done would have taken one thread after the other, over the wall
    /// time.
    pub over_sequence: f64,
}

impl SpeedUp {
    /// Compares a run with runs of one thread of each group alone.
    pub fn of(scenario: &Scenario, trace: &Trace, stats: &Stats) -> SpeedUp {
        let alone: Vec<f64> =
            (0..stats.groups.len()).map(|group| rate_alone(scenario, group, trace.end)).collect();
        let with_rates = || stats.groups.iter().zip(&alone);
        let in_sequence: f64 =
            with_rates().map(|(group, rate)| ratio(group.passes as f64, *rate)).sum();
        SpeedUp {
            of_groups: with_rates().map(|(group, rate)| ratio(group.throughput(), *rate)).collect(),
            over_sequence: ratio(in_sequence, trace.end.as_secs_f64()),
        }
    }
}

/// Passes per second of one thread of a group alone.
fn rate_alone(scenario: &Scenario, group: usize, wall: Nanos) -> f64 {
    let mut spec = scenario.spec().clone();
    let mut group = spec.groups.swap_remove(group);
    group.count = 1;
    group.start = Nanos::ZERO;
    if group.repeat == Repeat::Daemon {
        group.repeat = Repeat::For(wall.max(Nanos(1)));
    }
    spec.groups = vec![group];
    spec.interventions.clear();
    let Ok(alone) = Scenario::new(spec) else { return 0.0 };
    let trace = run(&alone);
    ratio(f64::from(trace.threads[0].passes), trace.end.as_secs_f64())
}

/// The scenario with another number of threads in one group, and without its interventions, which
/// are about these threads and no others.
///
/// # Errors
/// What [`Scenario::new`] finds wrong with it; a group that does not exist changes nothing.
pub fn with_threads(
    scenario: &Scenario,
    group: usize,
    threads: u16,
) -> Result<Scenario, Vec<Invalid>> {
    let mut spec = scenario.spec().clone();
    if let Some(group) = spec.groups.get_mut(group) {
        group.count = threads;
    }
    spec.interventions.clear();
    Scenario::new(spec)
}
