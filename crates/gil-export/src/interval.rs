//! A run as intervals in the lanes of CPython's sampling profiler.

use gil_sim::{EventKind, Nanos, State, Thread, ThreadId, Trace};

/// What holds of a thread for a while, by the names of CPython 3.15
/// (Lib/profiling/sampling/gecko_collector.py).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// It holds the GIL.
    HasGil,
    /// It wants the GIL and doesn't have it.
    WaitingForGil,
    /// It neither has the GIL nor wants it.
    NoGil,
    /// It's on a core.
    OnCpu,
    /// It's on no core.
    OffCpu,
    /// It's on a core with the GIL, or attached in a free-threaded build.
    PythonCode,
    /// It's on a core without the GIL.
    NativeCode,
    /// It collects garbage.
    GcCollecting,
}

impl Lane {
    /// All of them.
    pub const ALL: [Lane; 8] = [
        Lane::HasGil,
        Lane::WaitingForGil,
        Lane::NoGil,
        Lane::OnCpu,
        Lane::OffCpu,
        Lane::PythonCode,
        Lane::NativeCode,
        Lane::GcCollecting,
    ];

    /// The name of its markers.
    pub fn name(self) -> &'static str {
        match self {
            Lane::HasGil => "Has GIL",
            Lane::WaitingForGil => "Waiting for GIL",
            Lane::NoGil => "No GIL",
            Lane::OnCpu => "On CPU",
            Lane::OffCpu => "Off CPU",
            Lane::PythonCode => "Python Code",
            Lane::NativeCode => "Native Code",
            Lane::GcCollecting => "GC Collecting",
        }
    }
}

/// A stretch of a thread's life in which something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// What holds.
    pub lane: Lane,
    /// The first nanosecond.
    pub start: Nanos,
    /// The first nanosecond after it.
    pub end: Nanos,
}

/// All intervals of a thread, lane by lane, each in order of time and without overlaps.
pub fn intervals(trace: &Trace, thread: ThreadId) -> Vec<Interval> {
    let one = &trace.threads[thread.index()];
    let mut all = Vec::new();
    let mut lane = |lane, spans: Vec<(Nanos, Nanos)>| {
        all.extend(joined(spans).into_iter().map(|(start, end)| Interval { lane, start, end }));
    };
    let alive = states(one, is_alive);
    if one.gil.is_some() {
        let held = held(trace, thread);
        // In drop_gil a thread waits for the GIL's mutex and still has the GIL.
        let waiting = states(one, |state| state == State::WaitingGil);
        let waiting = without(&waiting, &held);
        let busy = sorted(held.iter().chain(&waiting).copied().collect());
        lane(Lane::HasGil, held);
        lane(Lane::WaitingForGil, waiting);
        lane(Lane::NoGil, without(&alive, &busy));
    }
    let on = on_core(trace, thread);
    lane(Lane::OffCpu, without(&alive, &joined(on.clone())));
    lane(Lane::OnCpu, on);
    lane(Lane::PythonCode, states(one, |state| matches!(state, State::HasGil | State::Attached)));
    lane(Lane::NativeCode, states(one, |state| state == State::Native));
    lane(Lane::GcCollecting, collections(trace, thread));
    all
}

type Span = (Nanos, Nanos);

fn is_alive(state: State) -> bool {
    !matches!(state, State::NotStarted | State::Finished)
}

fn states(thread: &Thread, wanted: impl Fn(State) -> bool) -> Vec<Span> {
    let spans = thread.spans.iter().filter(|span| wanted(span.state));
    spans.map(|span| (span.start, span.end)).collect()
}

/// Also off its core: a thread keeps the GIL while another has its core.
fn held(trace: &Trace, thread: ThreadId) -> Vec<Span> {
    let gil = trace.threads[thread.index()].gil;
    let spans = gil.and_then(|gil| trace.gils.get(gil.index())).map(|gil| &gil.spans);
    let mine = spans.into_iter().flatten().filter(|span| span.thread == thread);
    mine.map(|span| (span.start, span.end)).collect()
}

fn on_core(trace: &Trace, thread: ThreadId) -> Vec<Span> {
    let spans = trace.cores.iter().flatten().filter(|span| span.thread == thread);
    sorted(spans.map(|span| (span.start, span.end)).collect())
}

fn collections(trace: &Trace, thread: ThreadId) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut begun = None;
    for event in trace.events.iter().filter(|event| event.thread == thread) {
        match event.kind {
            EventKind::CollectionBegins => begun = Some(event.at),
            EventKind::CollectionEnds => spans.extend(begun.take().map(|start| (start, event.at))),
            _ => {}
        }
    }
    spans.extend(begun.map(|start| (start, trace.end)));
    spans
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans
}

/// Spans in order, those that touch as one, without empty ones.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for (start, end) in spans.into_iter().filter(|(start, end)| start < end) {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// What is left of some spans without others; both in order.
fn without(spans: &[Span], others: &[Span]) -> Vec<Span> {
    let others = joined(others.to_vec());
    let mut left = Vec::new();
    let mut next = 0;
    for (start, end) in joined(spans.to_vec()) {
        let mut at = start;
        while let Some((from, to)) = others.get(next).copied().filter(|(from, _)| *from < end) {
            left.push((at, from.max(at)));
            at = at.max(to);
            if to >= end {
                break;
            }
            next += 1;
        }
        left.push((at, end));
    }
    left.retain(|(start, end)| start < end);
    left
}
