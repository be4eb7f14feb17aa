//! Writes the trace.

use crate::time::Nanos;
use crate::trace::{
    CoreId, CoreSpan, Event, EventId, EventKind, GilTrace, GroupId, InterpreterId, IoCompletion,
    JobSpan, Outcome, QueueTrace, State, StateSpan, Thread, ThreadId, Trace,
};

/// A trace in the making: spans that are open have no end yet.
pub(super) struct Recorder {
    trace: Trace,
    state: Vec<(Nanos, State)>,
    on_core: Vec<Option<(Nanos, ThreadId)>>,
    holders: Vec<Option<(Nanos, ThreadId)>>,
}

/// A thread's part in a trace that has nothing in it yet.
pub(super) struct Blank {
    pub name: String,
    pub group: GroupId,
    pub gil: Option<InterpreterId>,
}

impl Recorder {
    pub fn new(threads: Vec<Blank>, gils: Vec<Option<ThreadId>>, cores: u16) -> Recorder {
        let blank = |Blank { name, group, gil }| Thread {
            name,
            group,
            spans: Vec::new(),
            passes: 0,
            underway: 0,
            finished: None,
            gil,
        };
        let cores = usize::from(cores);
        Recorder {
            state: vec![(Nanos::ZERO, State::NotStarted); threads.len()],
            on_core: vec![None; cores],
            holders: vec![None; gils.len()],
            trace: Trace {
                outcome: Outcome::Completed,
                end: Nanos::ZERO,
                threads: threads.into_iter().map(blank).collect(),
                cores: vec![Vec::new(); cores],
                gils: gils.into_iter().map(|of| GilTrace { of, spans: Vec::new() }).collect(),
                events: Vec::new(),
                io: Vec::new(),
                jobs: Vec::new(),
                queues: Vec::new(),
                locks: Vec::new(),
                objects: Vec::new(),
                is_drawn: false,
            },
        }
    }

    /// The names of what is numbered in events, and how many groups have a queue.
    pub fn names(&mut self, locks: Vec<String>, objects: Vec<String>, groups: usize) {
        self.trace.locks = locks;
        self.trace.objects = objects;
        self.trace.queues = vec![QueueTrace::default(); groups];
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

    /// The event that was recorded last.
    pub fn last(&self) -> Option<EventId> {
        self.len().checked_sub(1).map(|index| EventId(index as u32))
    }

    pub fn state(&mut self, thread: ThreadId, at: Nanos, state: State) {
        let open = &mut self.state[thread.index()];
        if open.1 != state {
            let (start, old) = std::mem::replace(open, (at, state));
            push_state(&mut self.trace.threads[thread.index()].spans, start, at, old);
        }
    }

    pub fn core(&mut self, core: CoreId, at: Nanos, thread: Option<ThreadId>) {
        if let Some((start, thread)) = self.on_core[core.index()].take() {
            push_core(&mut self.trace.cores[core.index()], start, at, thread);
        }
        self.on_core[core.index()] = thread.map(|t| (at, t));
    }

    pub fn gil(&mut self, gil: InterpreterId, at: Nanos, thread: Option<ThreadId>) {
        if let Some((start, thread)) = self.holders[gil.index()].take() {
            push_core(&mut self.trace.gils[gil.index()].spans, start, at, thread);
        }
        self.holders[gil.index()] = thread.map(|t| (at, t));
    }

    pub fn job(&mut self, job: JobSpan) {
        self.trace.jobs.push(job);
    }

    pub fn queue(&mut self, group: GroupId, at: Nanos, length: usize) {
        self.trace.queues[group.index()].lengths.push((at, length as u32));
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

    /// CPU time that a thread got from `since` to `now`.
    pub fn cpu_since(&self, thread: ThreadId, since: Nanos, now: Nanos) -> Nanos {
        let open = self.on_core.iter().flatten().filter(|(_, t)| *t == thread);
        let open: Nanos = open.map(|(start, _)| now - (*start).max(since)).sum();
        let closed = self.trace.cores.iter().map(|spans| {
            let recent = spans.iter().rev().take_while(|span| span.end > since);
            let mine = recent.filter(|span| span.thread == thread);
            mine.map(|span| span.end - span.start.max(since)).sum::<Nanos>()
        });
        closed.sum::<Nanos>() + open
    }

    /// Notes how far the threads are in passes that they have not completed.
    pub fn underway(&mut self, parts: Vec<u32>) {
        for (thread, part) in self.trace.threads.iter_mut().zip(parts) {
            thread.underway = part;
        }
    }

    /// Closes everything that is open.
    pub fn finish(mut self, outcome: Outcome, end: Nanos, is_drawn: bool) -> Trace {
        for (thread, (start, state)) in self.trace.threads.iter_mut().zip(&self.state) {
            push_state(&mut thread.spans, *start, end, *state);
        }
        for core in 0..self.on_core.len() {
            self.core(CoreId::of(core), end, None);
        }
        for gil in 0..self.holders.len() {
            self.gil(InterpreterId::of(gil), end, None);
        }
        self.trace.outcome = outcome;
        self.trace.end = end;
        self.trace.is_drawn = is_drawn;
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
