//! A simulated run as a sampling profiler would have seen it, so that it can be held against a
//! recording: what the one can't see, the other doesn't see either.

use gil_sim::{GilSpan, Nanos, State, StateSpan, ThreadId, Trace};

use crate::place::Places;
use crate::recording::{GilSeen, Recorded, Recording, Source};

impl Recording {
    /// A run as a profiler sees it that looks at all threads once in a `period`; at every change
    /// where that is zero.
    pub fn sampled(trace: &Trace, period: Nanos) -> Recording {
        sampled(trace, period)
    }
}

fn sampled(trace: &Trace, period: Nanos) -> Recording {
    let of = |at: usize| {
        let thread = &trace.threads[at];
        let seen: Vec<StateSpan> = thread.spans.iter().map(|span| seen(trace, at, span)).collect();
        Recorded {
            name: thread.name.clone(),
            function: None,
            places: Places::default(),
            id: None,
            spans: merged(if period.is_zero() { seen } else { looked_at(&seen, period) }),
            collecting: Vec::new(),
        }
    };
    let threads: Vec<Recorded> = (0..trace.threads.len()).map(of).collect();
    Recording {
        source: Source::Simulated,
        made_by: String::new(),
        period: (!period.is_zero()).then_some(period),
        end: trace.end,
        cores: None,
        gil: GilSeen::Yes,
        holders: holders(&threads),
        threads,
        sees_collector: false,
        cannot_know: Vec::new(),
        notes: Vec::new(),
    }
}

/// A state as the profiler names it.
fn seen(trace: &Trace, thread: usize, span: &StateSpan) -> StateSpan {
    let holds =
        || trace.holder_for(ThreadId(thread as u16), span.start) == Some(ThreadId(thread as u16));
    let state = match span.state {
        // It says of a thread that is ready for a core that it's on one.
        State::Ready if holds() => State::HasGil,
        State::Ready => State::Native,
        State::ForcedSwitch => State::WaitingGil,
        State::BlockedIo
        | State::Asleep
        | State::WaitingLock
        | State::WaitingObject
        | State::WorldStopped
        | State::StartingUp
        | State::Idle
        | State::WaitingResult => State::OffCpu,
        State::NotStarted
        | State::HasGil
        | State::Native
        | State::WaitingGil
        | State::Finished
        | State::Attached
        | State::OffCpu
        | State::HoldsOffCpu
        | State::Unseen => span.state,
    };
    StateSpan { state, ..*span }
}

/// Of each period the state at its beginning.
fn looked_at(spans: &[StateSpan], period: Nanos) -> Vec<StateSpan> {
    let mut seen = Vec::new();
    for span in spans {
        // The samples in the span are those from the first multiple in it to the last before its
        // end; each stands for the period behind it.
        let start = Nanos(span.start.0.div_ceil(period.0) * period.0);
        let end = Nanos(span.end.0.div_ceil(period.0) * period.0);
        if start < end {
            seen.push(StateSpan { start, end, state: span.state });
        }
    }
    seen
}

fn merged(spans: Vec<StateSpan>) -> Vec<StateSpan> {
    let mut merged: Vec<StateSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if last.state == span.state => last.end = span.end,
            _ => merged.push(span),
        }
    }
    merged
}

fn holders(threads: &[Recorded]) -> Vec<GilSpan> {
    let of = |(at, thread): (usize, &Recorded)| {
        let thread_id = ThreadId(at as u16);
        let held = thread.spans.iter().filter(|span| span.state == State::HasGil);
        let spans =
            held.map(move |span| GilSpan { start: span.start, end: span.end, thread: thread_id });
        spans.collect::<Vec<_>>()
    };
    let mut all: Vec<GilSpan> = threads.iter().enumerate().flat_map(of).collect();
    all.sort_by_key(|span| (span.start, span.thread));
    all
}
