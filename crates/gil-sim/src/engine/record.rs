//! Writes the trace.

use crate::time::Nanos;
use crate::trace::{
    CoreSpan, Event, EventId, EventKind, IoCompletion, Outcome, State, StateSpan, Thread, ThreadId,
    Trace,
};

/// A trace in the making: spans that are open have no end yet.
pub(super) struct Recorder {
    trace: Trace,
    state: Vec<(Nanos, State)>,
    on_core: Vec<Option<(Nanos, ThreadId)>>,
    holder: Option<(Nanos, ThreadId)>,
}

impl Recorder {
    pub fn new(threads: Vec<(String, u16)>, cores: u16, locks: Vec<String>) -> Recorder {
        let blank =
            |(name, group)| Thread { name, group, spans: Vec::new(), passes: 0, finished: None };
        let cores = usize::from(cores);
        Recorder {
            state: vec![(Nanos::ZERO, State::NotStarted); threads.len()],
            on_core: vec![None; cores],
            holder: None,
            trace: Trace {
                outcome: Outcome::Completed,
                end: Nanos::ZERO,
                threads: threads.into_iter().map(blank).collect(),
                cores: vec![Vec::new(); cores],
                gil: Vec::new(),
                events: Vec::new(),
                io: Vec::new(),
                locks,
            },
        }
    }

    /// Number of events so far.
    pub fn len(&self) -> usize {
        self.trace.events.len()
    }

    pub fn event(
        &mut self,
        at: Nanos,
        thread: ThreadId,
        kind: EventKind,
        cause: Option<EventId>,
    ) -> EventId {
        self.trace.events.push(Event { at, thread, kind, cause });
        EventId(self.trace.events.len() as u32 - 1)
    }

    pub fn state(&mut self, thread: ThreadId, at: Nanos, state: State) {
        let open = &mut self.state[thread.index()];
        if open.1 != state {
            let (start, old) = std::mem::replace(open, (at, state));
            push_state(&mut self.trace.threads[thread.index()].spans, start, at, old);
        }
    }

    pub fn core(&mut self, core: usize, at: Nanos, thread: Option<ThreadId>) {
        if let Some((start, thread)) = self.on_core[core].take() {
            push_core(&mut self.trace.cores[core], start, at, thread);
        }
        self.on_core[core] = thread.map(|t| (at, t));
    }

    pub fn gil(&mut self, at: Nanos, thread: Option<ThreadId>) {
        if let Some((start, thread)) = self.holder.take() {
            push_core(&mut self.trace.gil, start, at, thread);
        }
        self.holder = thread.map(|t| (at, t));
    }

    pub fn io(&mut self, completion: IoCompletion) {
        self.trace.io.push(completion);
    }

    pub fn pass(&mut self, thread: ThreadId, passes: u32) {
        self.trace.threads[thread.index()].passes = passes;
    }

    pub fn finished(&mut self, thread: ThreadId, at: Nanos) {
        self.trace.threads[thread.index()].finished = Some(at);
    }

    /// Closes everything that is open.
    pub fn finish(mut self, outcome: Outcome, end: Nanos) -> Trace {
        for (thread, (start, state)) in self.trace.threads.iter_mut().zip(&self.state) {
            push_state(&mut thread.spans, *start, end, *state);
        }
        for core in 0..self.on_core.len() {
            self.core(core, end, None);
        }
        self.gil(end, None);
        self.trace.outcome = outcome;
        self.trace.end = end;
        self.trace
    }
}

/// A state that lasted no time is no span; one that goes on after such a state is one span.
fn push_state(spans: &mut Vec<StateSpan>, start: Nanos, end: Nanos, state: State) {
    if start == end {
        return;
    }
    match spans.last_mut() {
        Some(last) if last.state == state => last.end = end,
        _ => spans.push(StateSpan { start, end, state }),
    }
}

fn push_core(spans: &mut Vec<CoreSpan>, start: Nanos, end: Nanos, thread: ThreadId) {
    if start < end {
        spans.push(CoreSpan { start, end, thread });
    }
}
