//! What held just before an event: looked up in the trace, not said yet.

use gil_sim::{Event, EventId, EventKind, GilSpan, Nanos, State, StateSpan, ThreadId, Trace};

/// The run up to an event, without it.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    trace: &'a Trace,
    event: EventId,
    at: Nanos,
}

/// The thread that had the GIL.
pub(super) enum Held {
    /// A thread, for this long.
    By(ThreadId, Nanos),
    /// Nobody, for this long.
    Free(Nanos),
    /// Nobody, ever.
    Never,
}

impl<'a> Before<'a> {
    pub fn new(trace: &'a Trace, event: EventId) -> Before<'a> {
        Before { trace, event, at: trace.events[event.index()].at }
    }

    /// The thread that had the GIL. A span that ends with the event still counts, one that begins with it
    /// does not.
    pub fn held(&self) -> Held {
        let thread = self.trace.events[self.event.index()].thread;
        let gil = self.trace.threads[thread.index()].gil;
        let spans = gil.map_or(&[][..], |gil| &self.trace.gils[gil.index()].spans);
        let begun = spans.partition_point(|span| span.start < self.at);
        match begun.checked_sub(1).map(|i| spans[i]) {
            Some(GilSpan { start, end, thread }) if end >= self.at => {
                Held::By(thread, self.at - start)
            }
            Some(span) => Held::Free(self.at - span.end),
            None => Held::Never,
        }
    }

    /// What a thread did, and for how long by then.
    pub fn state(&self, thread: ThreadId) -> (State, Nanos) {
        let spans = &self.trace.threads[thread.index()].spans;
        let begun = spans.partition_point(|span| span.start < self.at);
        begun.checked_sub(1).map_or((State::NotStarted, Nanos::ZERO), |i| {
            let StateSpan { start, state, .. } = spans[i];
            (state, self.at - start)
        })
    }

    /// How many threads but this one waited for the GIL.
    pub fn others_waiting(&self, than: ThreadId) -> usize {
        (0..self.trace.threads.len())
            .map(|n| ThreadId(n as u16))
            .filter(|thread| *thread != than && self.same_gil(*thread, than))
            .filter(|thread| self.state(*thread).0 == State::WaitingGil)
            .count()
    }

    fn same_gil(&self, a: ThreadId, b: ThreadId) -> bool {
        let gil = |t: ThreadId| self.trace.threads[t.index()].gil;
        gil(a) == gil(b)
    }

    /// `switch_number` of the GIL that the event is about, which only a take changes.
    pub fn switch_number(&self) -> u64 {
        let thread = self.trace.events[self.event.index()].thread;
        self.backwards()
            .filter(|event| self.same_gil(event.thread, thread))
            .find_map(|event| match event.kind {
                EventKind::Takes { switch_number, .. } => Some(switch_number),
                _ => None,
            })
            .unwrap_or(0)
    }

    /// The last step of a thread itself.
    pub fn last_of(&self, thread: ThreadId) -> Option<&'a Event> {
        self.backwards().find(|event| event.thread == thread && !event.kind.is_intervention())
    }

    /// The timed wait that a thread was in: when it began, with which `switch_number`.
    pub fn wait_of(&self, thread: ThreadId) -> Option<(Nanos, u64)> {
        self.backwards().filter(|event| event.thread == thread).find_map(|event| match event.kind {
            EventKind::Waits { saved_switch_number, .. } => Some((event.at, saved_switch_number)),
            _ => None,
        })
    }

    fn backwards(&self) -> impl Iterator<Item = &'a Event> + use<'a> {
        self.trace.events[..self.event.index()].iter().rev()
    }
}
