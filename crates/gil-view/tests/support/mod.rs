//! Traces made by hand: a picture is tested without an engine.
#![allow(dead_code, reason = "each test file uses a part of it")]

use gil_sim::{
    CoreSpan, DropReason, Event, EventId, EventKind, GilTrace, GroupId, InterpreterId, Nanos,
    Outcome, State, StateSpan, TakeHow, Thread, ThreadId, Trace,
};

/// Nanoseconds from microseconds.
pub const fn us(n: u64) -> Nanos {
    Nanos::from_micros(n)
}

/// Builds a trace span by span. Each thread's spans follow each other from time 0 on.
pub struct Builder {
    trace: Trace,
}

impl Builder {
    /// An empty run of some length.
    pub fn new(end: Nanos) -> Builder {
        let trace = Trace {
            outcome: Outcome::TimeLimit,
            end,
            threads: vec![],
            cores: vec![],
            gils: vec![GilTrace::default()],
            jobs: vec![],
            queues: vec![],
            objects: vec![],
            events: vec![],
            io: vec![],
            locks: vec![],
            is_drawn: true,
        };
        Builder { trace }
    }

    /// Adds a thread without spans.
    pub fn thread(&mut self, name: &str, group: u16) -> ThreadId {
        let (name, spans) = (name.to_owned(), vec![]);
        let gil = Some(InterpreterId::MAIN);
        self.trace.threads.push(Thread {
            name,
            group: GroupId(group),
            spans,
            passes: 0,
            underway: 0,
            finished: None,
            gil,
        });
        ThreadId(self.trace.threads.len() as u16 - 1)
    }

    /// The thread is in a state until a time; nothing where that is past already.
    pub fn until(&mut self, thread: ThreadId, state: State, end: Nanos) {
        let end = end.min(self.trace.end);
        let start = self.now(thread);
        if start >= end {
            return;
        }
        self.trace.threads[thread.index()].spans.push(StateSpan { start, end, state });
        if state == State::HasGil {
            self.trace.gils[0].spans.push(CoreSpan { start, end, thread });
        }
    }

    /// Where the thread's next span begins.
    pub fn now(&self, thread: ThreadId) -> Nanos {
        self.trace.threads[thread.index()].spans.last().map_or(Nanos::ZERO, |span| span.end)
    }

    /// Adds an event, in any order of time.
    pub fn event(&mut self, at: Nanos, thread: ThreadId, kind: EventKind) {
        if at <= self.trace.end {
            self.trace.events.push(Event { at, thread, kind, cause: None });
        }
    }

    /// Ends all threads, puts what runs on cores (one for each thread at most `cores`), sorts.
    pub fn build(mut self, cores: usize) -> Trace {
        for i in 0..self.trace.threads.len() as u16 {
            self.until(ThreadId(i), State::Finished, self.trace.end);
        }
        self.trace.gils[0].spans.sort_by_key(|span| span.start);
        self.trace.events.sort_by_key(|event| event.at);
        self.trace.cores = vec![vec![]; cores];
        self.place_on_cores();
        self.trace
    }

    fn place_on_cores(&mut self) {
        let mut running: Vec<CoreSpan> = vec![];
        for (i, thread) in self.trace.threads.iter().enumerate() {
            let on_core = |s: &&StateSpan| matches!(s.state, State::HasGil | State::Native);
            running.extend(thread.spans.iter().filter(on_core).map(|s| CoreSpan {
                start: s.start,
                end: s.end,
                thread: ThreadId(i as u16),
            }));
        }
        running.sort_by_key(|span| (span.start, span.thread));
        for span in running {
            let free = |core: &&mut Vec<CoreSpan>| core.last().is_none_or(|s| s.end <= span.start);
            if let Some(core) = self.trace.cores.iter_mut().find(free) {
                core.push(span);
            }
        }
    }
}

/// A thread in the given states one after the other, each for some nanoseconds.
pub fn one_thread(spans: &[(State, u64)]) -> Trace {
    let end = Nanos(spans.iter().map(|(_, length)| length).sum());
    let mut builder = Builder::new(end);
    let thread = builder.thread("only", 0);
    for (state, length) in spans {
        let until = builder.now(thread) + Nanos(*length);
        builder.until(thread, *state, until);
    }
    builder.build(1)
}

/// A small generator of random numbers (a multiplicative congruential one), good for pictures.
pub struct Random(pub u64);

impl Random {
    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) % n
    }
}

/// `cpu` threads that compute, with native code now and then, next to `io` threads that wait for
/// messages; all share a GIL with a switch interval of 5 ms.
pub fn mixed(cpu: usize, io: usize, end: Nanos, seed: u64) -> Trace {
    Mixed::new(cpu, io, end, seed).run()
}

struct Mixed {
    builder: Builder,
    random: Random,
    /// Since when each thread wants the GIL.
    wants: Vec<Nanos>,
    cpu: usize,
    end: Nanos,
    takes: u64,
}

impl Mixed {
    fn new(cpu: usize, io: usize, end: Nanos, seed: u64) -> Mixed {
        let mut builder = Builder::new(end);
        for i in 0..cpu {
            builder.thread(&format!("compute-{i}"), 0);
        }
        for i in 0..io {
            builder.thread(&format!("io-{i}"), 1);
        }
        let mut random = Random(seed);
        let mut wants = vec![];
        for i in 0..(cpu + io) as u16 {
            let at = us(100 + random.below(900));
            builder.until(ThreadId(i), State::NotStarted, at);
            builder.event(at, ThreadId(i), EventKind::Started);
            wants.push(at);
        }
        Mixed { builder, random, wants, cpu, end, takes: 0 }
    }

    fn run(mut self) -> Trace {
        let mut now = Nanos::ZERO;
        while now < self.end {
            let next = (0..self.wants.len()).min_by_key(|i| self.wants[*i]).unwrap_or(0);
            now = self.holds(next, now.max(self.wants[next]) + us(8));
        }
        self.builder.build(4)
    }

    /// The thread takes the GIL, holds it and drops it; gives the time of the drop.
    fn holds(&mut self, i: usize, at: Nanos) -> Nanos {
        let thread = ThreadId(i as u16);
        let waited = at - self.wants[i];
        if waited > us(4_000) && self.random.below(2) == 0 {
            let missed = self.wants[i] + Nanos(self.random.below(waited.0));
            self.builder.event(missed, thread, EventKind::Missed { holder: None });
        }
        self.builder.until(thread, State::WaitingGil, at);
        self.takes += 1;
        let (how, switch_number) = (TakeHow::Signalled, self.takes);
        let takes = EventKind::Takes { how, waited, switch_number, switched: true };
        self.builder.event(at, thread, takes);
        let drop = at + if i < self.cpu { self.interval(i, at) } else { us(20) };
        self.builder.until(thread, State::HasGil, drop);
        self.builder.event(
            drop,
            thread,
            EventKind::Drops { reason: DropReason::Request, signals: None },
        );
        self.away(i, drop);
        drop
    }

    fn interval(&mut self, holder: usize, at: Nanos) -> Nanos {
        let first = (0..self.wants.len()).filter(|i| *i != holder).min_by_key(|i| self.wants[*i]);
        let Some(first) = first else { return us(5_000) };
        let request = self.wants[first].max(at) + us(5_000);
        let holder = ThreadId(holder as u16);
        self.builder.event(request, ThreadId(first as u16), EventKind::DropRequested { holder });
        request + us(20) - at
    }

    fn away(&mut self, i: usize, at: Nanos) {
        let thread = ThreadId(i as u16);
        let back = if i >= self.cpu {
            let back = at + us(50 + self.random.below(3_000));
            self.builder.until(thread, State::BlockedIo, back);
            self.builder.event(back, thread, EventKind::IoCompletes);
            back
        } else {
            self.builder.until(thread, State::ForcedSwitch, at + us(40));
            match self.random.below(8) {
                0 => self.state_for(thread, State::Native, 9_000),
                1 => self.state_for(thread, State::Ready, 3_000),
                2 => self.state_for(thread, State::Asleep, 12_000),
                3 => self.state_for(thread, State::WaitingLock, 8_000),
                _ => at + us(40),
            }
        };
        self.wants[i] = back;
    }

    fn state_for(&mut self, thread: ThreadId, state: State, most: u64) -> Nanos {
        let back = self.builder.now(thread) + us(500 + self.random.below(most));
        self.builder.until(thread, state, back);
        back
    }
}

/// The events of a kind.
pub fn count(trace: &Trace, which: impl Fn(&EventKind) -> bool) -> usize {
    trace.events.iter().filter(|event| which(&event.kind)).count()
}

/// The first event of a kind.
pub fn first(trace: &Trace, which: impl Fn(&EventKind) -> bool) -> Option<EventId> {
    trace.events.iter().position(|event| which(&event.kind)).map(|i| EventId(i as u32))
}
