//! Conditions of breakpoints, as short expressions: `wait(io-1) > 5ms`, `holder == cpu`.

mod parse;

use gil_sim::{EventKind, GroupId, Nanos, ThreadId, Trace};

use crate::debugger::Debugger;
use crate::state::State;

pub use parse::Fault;

/// One of each kind, for a reader to start from; `{thread}` stands for a thread's name.
pub const EXAMPLES: [&str; 7] = [
    "wait({thread}) > 5ms",
    "holder == {thread}",
    "switch_number == 10",
    "waiters >= 2",
    "latency > 5ms",
    "missed",
    "preempted with GIL",
];

/// A condition that has been read, for one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// How long a thread has waited for the GIL.
    Wait(Who, Compare, Nanos),
    /// The thread that has the GIL.
    Holder(Who, bool),
    SwitchNumber(Compare, u64),
    Waiters(Compare, u64),
    /// Of an I/O completion, at the event at which the thread can use it.
    Latency(Who, Compare, Nanos),
    /// Woken in vain.
    Missed(Who),
    /// Loses its core.
    Preempted {
        who: Who,
        with_gil: bool,
    },
}

/// Threads by name: one, those of a group, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Who {
    Any,
    Thread(ThreadId),
    Group(GroupId),
    /// No thread at all: the GIL is free.
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

impl Compare {
    fn holds<T: Ord>(self, a: T, b: T) -> bool {
        match self {
            Compare::Less => a < b,
            Compare::LessOrEqual => a <= b,
            Compare::Equal => a == b,
            Compare::NotEqual => a != b,
            Compare::GreaterOrEqual => a >= b,
            Compare::Greater => a > b,
        }
    }
}

impl Who {
    fn is(&self, trace: &Trace, thread: ThreadId) -> bool {
        match self {
            Who::Any => true,
            Who::Thread(t) => *t == thread,
            Who::Group(group) => {
                trace.threads.get(thread.index()).is_some_and(|thread| thread.group == *group)
            }
            Who::Nobody => false,
        }
    }
}

/// A moment that a condition is asked about: after an event.
pub(crate) struct Probe<'a> {
    pub debugger: &'a Debugger,
    pub trace: &'a Trace,
    pub state: &'a State,
    pub event: usize,
}

impl Condition {
    /// Whether it holds after an event.
    pub(crate) fn holds(&self, probe: &Probe) -> bool {
        let Some(event) = probe.trace.events.get(probe.event) else { return false };
        let trace = probe.trace;
        let interpreter =
            &probe.state.interpreters[probe.debugger.interpreter_of(event.thread).index()];
        match &self.test {
            Test::Wait(who, compare, time) => probe.waits(who).any(|w| compare.holds(w, *time)),
            Test::Holder(Who::Nobody, same) => interpreter.holder.is_none() == *same,
            Test::Holder(who, same) => {
                interpreter.holder.is_some_and(|t| who.is(trace, t)) == *same
            }
            Test::SwitchNumber(compare, n) => compare.holds(interpreter.switch_number, *n),
            Test::Waiters(compare, n) => compare.holds(interpreter.waiters.len() as u64, *n),
            Test::Latency(who, compare, time) => {
                who.is(trace, event.thread)
                    && probe.latency().is_some_and(|latency| compare.holds(latency, *time))
            }
            Test::Missed(who) => {
                matches!(event.kind, EventKind::Missed { .. }) && who.is(trace, event.thread)
            }
            Test::Preempted { who, with_gil } => {
                matches!(event.kind, EventKind::Preempted { holds_gil, .. } if holds_gil || !with_gil)
                    && who.is(trace, event.thread)
            }
        }
    }

    /// Whether it can hold over several events.
    pub(crate) fn lasts(&self) -> bool {
        matches!(
            self.test,
            Test::Wait(..) | Test::Holder(..) | Test::SwitchNumber(..) | Test::Waiters(..)
        )
    }
}

impl Probe<'_> {
    /// How long threads have waited for the GIL; at its take, how long it was.
    fn waits(&self, who: &Who) -> impl Iterator<Item = Nanos> {
        let event = &self.trace.events[self.event];
        let took = match event.kind {
            EventKind::Takes { waited, .. } if who.is(self.trace, event.thread) => Some(waited),
            _ => None,
        };
        let threads = self.state.threads.iter().enumerate();
        let waiting = threads
            .filter(|(n, _)| who.is(self.trace, ThreadId(*n as u16)))
            .filter_map(|(_, thread)| Some(event.at - thread.wants_since?));
        took.into_iter().chain(waiting)
    }

    /// The latency of the I/O whose result the event's thread can use from here on.
    fn latency(&self) -> Option<Nanos> {
        let event = &self.trace.events[self.event];
        let resumes = matches!(
            event.kind,
            EventKind::Takes { .. }
                | EventKind::Attaches { .. }
                | EventKind::TaskRuns(_)
                | EventKind::IoReady
        );
        let io = &self.trace.io;
        let first = io.partition_point(|io| io.resumed < event.at);
        let now = io[first..].iter().take_while(|io| io.resumed == event.at);
        let mut mine = now.filter(|io| resumes && io.thread == event.thread);
        mine.next().map(|io| io.latency())
    }
}
