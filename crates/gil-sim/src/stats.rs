//! Figures of a run, all derived from its trace.

mod group;
mod memory;
mod passes;
mod percentiles;
mod queue;
mod speed_up;
mod start_up;

use serde::{Deserialize, Serialize};

use crate::scenario::{Scenario, Spec};
use crate::time::Nanos;
use crate::trace::{DropReason, EventKind, GroupId, InterpreterId, State, ThreadId, Trace};

pub use group::GroupStats;
pub use memory::{Memory, MemorySource};
pub use percentiles::Percentiles;
pub use queue::QueueStats;
pub use speed_up::SpeedUp;

/// Figures of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// Simulated time from start to end.
    pub wall: Nanos,
    /// Figures by thread.
    pub threads: Vec<ThreadStats>,
    /// Figures by group.
    pub groups: Vec<GroupStats>,
    /// For how much of the run the GIL is held, on a core or not; `None` without a GIL.
    pub gil_load: Option<GilLoad>,
    /// Time that threads spent waiting for the GIL, forced switches included, added up. The GIL
    /// can be held all the time while nobody waits: these two are different figures.
    pub gil_wait: Nanos,
    /// Times that the GIL went to another thread than the one before.
    pub handoffs: Handoffs,
    /// Woken waiters that found the GIL taken: failed acquisitions.
    pub missed: u64,
    /// Drop requests.
    pub requests: u64,
    /// From the completion of I/O until the thread has the GIL and can use it, for all I/O of the
    /// run; `None` where none completed.
    pub wakeup: Option<Percentiles>,
    /// Mean number of cores that were busy.
    pub cores_in_use: f64,
    /// Threads that waited for the GIL for most of the run, and very long, when it ended.
    pub starved: Vec<ThreadId>,
    /// What processes, interpreters and threads take: an estimate.
    pub memory: Memory,
    /// The longest that a group took to start up; `None` where one of them had not when the run
    /// ended.
    pub start_up: Option<Nanos>,
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

impl Stats {
    /// The figures of a group.
    pub fn group(&self, group: GroupId) -> Option<&GroupStats> {
        self.groups.get(group.index())
    }

    /// Works out the figures of a run of `scenario`.
    pub fn of(scenario: &Scenario, trace: &Trace) -> Stats {
        let threads = thread_stats(trace);
        let groups = group::of_all(scenario, trace, &threads);
        let busy: Nanos = trace.cores.iter().flatten().map(|span| span.end - span.start).sum();
        let count = |wanted: fn(&EventKind) -> bool| {
            trace.events.iter().filter(|event| wanted(&event.kind)).count() as u64
        };
        Stats {
            wall: trace.end,
            gil_load: GilLoad::of(trace),
            gil_wait: threads.iter().map(ThreadStats::gil_wait).sum(),
            handoffs: handoffs(trace),
            missed: count(|kind| matches!(kind, EventKind::Missed { .. })),
            requests: count(|kind| matches!(kind, EventKind::DropRequested { .. })),
            wakeup: passes::wakeup(trace, |_| true),
            cores_in_use: ratio(busy.as_secs_f64(), trace.end.as_secs_f64()),
            starved: starved(scenario.spec(), trace),
            memory: Memory::of(scenario),
            start_up: longest(groups.iter().map(|group| group.start_up)),
            threads,
            groups,
        }
    }

    /// Handoffs per second of simulated time.
    pub fn handoffs_per_second(&self) -> f64 {
        ratio(self.handoffs.total() as f64, self.wall.as_secs_f64())
    }
}

/// For how much of a run GILs are held: shares of 1. Where several interpreters have one each, a
/// load is that of one GIL; interpreters that run no thread are left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GilLoad {
    /// The mean of all GILs.
    pub mean: f64,
    /// That of the GIL that is held most.
    pub max: f64,
    /// GILs that threads use.
    pub gils: u16,
}

impl GilLoad {
    fn of(trace: &Trace) -> Option<GilLoad> {
        let is_used = |gil: &usize| {
            trace.threads.iter().any(|t| t.gil.map(InterpreterId::index) == Some(*gil))
        };
        let load = |gil: usize| {
            let held: Nanos = trace.gils[gil].spans.iter().map(|span| span.end - span.start).sum();
            ratio(held.as_secs_f64(), trace.end.as_secs_f64())
        };
        let loads: Vec<f64> = (0..trace.gils.len()).filter(is_used).map(load).collect();
        let max = loads.iter().copied().reduce(f64::max)?;
        let mean = loads.iter().sum::<f64>() / loads.len() as f64;
        Some(GilLoad { mean, max, gils: loads.len() as u16 })
    }
}

/// The longest of some times, where all are known.
fn longest(times: impl Iterator<Item = Option<Nanos>>) -> Option<Nanos> {
    times.collect::<Option<Vec<_>>>()?.into_iter().max()
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

fn handoffs(trace: &Trace) -> Handoffs {
    let mut counts = Handoffs::default();
    // Why each GIL was let go of last.
    let mut dropped_for = vec![None; trace.gils.len()];
    for event in &trace.events {
        let Some(gil) = trace.threads[event.thread.index()].gil else { continue };
        let last = &mut dropped_for[gil.index()];
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
