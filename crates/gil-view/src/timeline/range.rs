//! Numbers of a stretch of a run, from running totals: as fast for an hour as for a microsecond.

use gil_sim::{EventId, Nanos, State, ThreadId, Trace};

use super::Timeline;
use super::draw::Mark;
use super::look::state_key;
use super::rows::Lane;

/// What happened between two times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeStats {
    /// First nanosecond.
    pub from: Nanos,
    /// First nanosecond after it.
    pub to: Nanos,
    /// By thread.
    pub threads: Vec<ThreadStats>,
    /// Takes of the GIL by another thread than the one before.
    pub handoffs: usize,
    /// Failed acquisitions of all threads.
    pub missed: usize,
}

/// What one thread did in that time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadStats {
    /// Time by state, as indexed by [`State::ALL`].
    states: [Nanos; State::ALL.len()],
    /// Time that it held the GIL, on a core or not.
    pub gil: Nanos,
    /// Its failed acquisitions.
    pub missed: usize,
}

impl ThreadStats {
    /// Time in a state.
    pub fn time(&self, state: State) -> Nanos {
        self.states[state as usize]
    }
}

impl RangeStats {
    /// Length of the stretch.
    pub fn length(&self) -> Nanos {
        self.to - self.from
    }
}

pub(super) fn range(timeline: &Timeline, trace: &Trace, a: Nanos, b: Nanos) -> RangeStats {
    let (from, to) = (a.min(b).min(trace.end), a.max(b).min(trace.end));
    let count = |ids: &[EventId]| {
        let before = |at| ids.partition_point(|id| trace.events[id.index()].at < at);
        before(to) - before(from)
    };
    let threads: Vec<_> = (0..trace.threads.len() as u16)
        .map(ThreadId)
        .map(|thread| ThreadStats {
            states: State::ALL.map(|state| {
                timeline.track(Lane::Thread(thread)).time_of(state_key(state), from, to)
            }),
            gil: trace.threads[thread.index()].gil.map_or(Nanos::ZERO, |gil| {
                timeline.track(Lane::Gil(gil)).time_of(thread.0, from, to)
            }),
            missed: count(timeline.marked(thread, Mark::Missed)),
        })
        .collect();
    let missed = threads.iter().map(|thread| thread.missed).sum();
    RangeStats { from, to, threads, handoffs: count(timeline.handoffs()), missed }
}
