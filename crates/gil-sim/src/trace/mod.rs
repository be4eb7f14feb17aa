//! What happened in a run: immutable, ordered, with a text form that a person can read.
//!
//! Everything that a person sees of a run is derived from its [`Trace`]. `event` says what can
//! happen, `text` writes it.

mod event;
mod text;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::id::{
    CoreId, EventId, GroupId, InterpreterId, LockId, ObjectId, StepId, TaskId, ThreadId,
};
use crate::time::Nanos;

pub use event::{DropReason, Event, EventKind, ObjectHow, State, TakeHow};
use text::Line;

/// A stretch of a thread's life in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateSpan {
    /// First nanosecond.
    pub start: Nanos,
    /// First nanosecond after it.
    pub end: Nanos,
    /// The state.
    pub state: State,
}

/// A stretch of a core's life with one thread on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoreSpan {
    /// First nanosecond.
    pub start: Nanos,
    /// First nanosecond after it.
    pub end: Nanos,
    /// The thread that ran.
    pub thread: ThreadId,
}

/// A stretch of time in which one thread held the GIL, on a core or not.
pub type GilSpan = CoreSpan;

/// One finished I/O operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IoCompletion {
    /// The thread that waited for the operation.
    pub thread: ThreadId,
    /// When the other side was done, or the message arrived.
    pub completed: Nanos,
    /// When the thread had the GIL again and could use the result.
    pub resumed: Nanos,
}

impl IoCompletion {
    /// What the thread waited after everything was there.
    pub fn latency(&self) -> Nanos {
        self.resumed - self.completed
    }
}

/// A GIL of the run, and who held it when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GilTrace {
    /// The thread that has this GIL to itself; `None` for the main interpreter's.
    pub of: Option<ThreadId>,
    /// The stretches in which a thread held it, in order of time.
    pub spans: Vec<GilSpan>,
}

/// A job that was taken from a queue and done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobSpan {
    /// The thread that did the job.
    pub thread: ThreadId,
    /// When it came into the queue.
    pub queued: Nanos,
    /// When it was begun.
    pub begun: Nanos,
    /// When it was done.
    pub done: Nanos,
}

/// How long a group's queue was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueTrace {
    /// Each change: when, and the length from then on.
    pub lengths: Vec<(Nanos, u32)>,
}

/// A thread of the run and its spans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// `io-3`, or the group's name alone where the group is one thread.
    pub name: String,
    /// Its group.
    pub group: GroupId,
    /// Its states, without gaps from 0 to [`Trace::end`].
    pub spans: Vec<StateSpan>,
    /// Passes through its program that it completed.
    pub passes: u32,
    /// In a run that did not complete, the part that is done of the pass that it is in, in
    /// millionths of a pass; those of a thread's tasks are added up. Not in the text form.
    pub underway: u32,
    /// When it finished its program; `None` where the run ended first.
    pub finished: Option<Nanos>,
    /// The interpreter whose GIL it takes; `None` in a free-threaded build.
    pub gil: Option<InterpreterId>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// All threads but daemons finished.
    Completed,
    /// The limit of simulated time was reached.
    TimeLimit,
    /// The limit of events was reached.
    EventLimit,
    /// No thread can ever go on: these wait for locks, or for the result of one that does.
    Deadlock(Vec<ThreadId>),
}

impl Outcome {
    /// Whether a limit of time or of events cut the run.
    pub fn is_cut(&self) -> bool {
        matches!(self, Outcome::TimeLimit | Outcome::EventLimit)
    }
}

/// What happened in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// How it ended.
    pub outcome: Outcome,
    /// When it ended.
    pub end: Nanos,
    /// Threads by [`ThreadId`].
    pub threads: Vec<Thread>,
    /// For each core who ran on it, in order of time.
    pub cores: Vec<Vec<CoreSpan>>,
    /// All GILs, the main interpreter's first; none in a free-threaded build.
    pub gils: Vec<GilTrace>,
    /// Every step, in order of time, then of occurrence.
    pub events: Vec<Event>,
    /// Every finished I/O operation, in order of resumption.
    pub io: Vec<IoCompletion>,
    /// Every job that was done, in order of completion.
    pub jobs: Vec<JobSpan>,
    /// The queues of the groups, by the group's index; empty where a group has none.
    pub queues: Vec<QueueTrace>,
    /// Names of the locks by their number.
    pub locks: Vec<String>,
    /// Names of the shared objects by their number.
    pub objects: Vec<String>,
    /// Whether anything was drawn: with another seed the run may be another one.
    pub is_drawn: bool,
}

impl Trace {
    /// The name of a thread.
    pub fn name(&self, thread: ThreadId) -> &str {
        &self.threads[thread.index()].name
    }

    /// The state of a thread at a time; at the end of the run its last state.
    pub fn state_at(&self, thread: ThreadId, at: Nanos) -> State {
        let spans = &self.threads[thread.index()].spans;
        let after = spans.partition_point(|span| span.start <= at);
        after.checked_sub(1).map_or(State::NotStarted, |i| spans[i].state)
    }

    /// The thread that holds a GIL at a time.
    pub fn holder_at(&self, gil: InterpreterId, at: Nanos) -> Option<ThreadId> {
        let spans = &self.gils.get(gil.index())?.spans;
        let after = spans.partition_point(|span| span.start <= at);
        let span = spans.get(after.checked_sub(1)?)?;
        (at < span.end).then_some(span.thread)
    }

    /// The thread that holds the GIL of another thread at a time.
    pub fn holder_for(&self, thread: ThreadId, at: Nanos) -> Option<ThreadId> {
        self.holder_at(self.threads[thread.index()].gil?, at)
    }

    /// The GILs that several threads share, and the only thread's where there is but one.
    pub fn shared_gils(&self) -> impl Iterator<Item = InterpreterId> + '_ {
        let users = |gil: InterpreterId| self.threads.iter().filter(|t| t.gil == Some(gil)).count();
        let alone = self.threads.len() == 1;
        (0..self.gils.len())
            .map(InterpreterId::of)
            .filter(move |gil| users(*gil) > usize::from(!alone))
    }

    /// Number of events at or before a time: the position of a playhead among the events.
    pub fn events_until(&self, at: Nanos) -> usize {
        self.events.partition_point(|event| event.at <= at)
    }

    /// A 64-bit FNV-1a hash of the text form, to compare runs across platforms.
    pub fn hash(&self) -> u64 {
        struct Fnv(u64);
        impl fmt::Write for Fnv {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                for byte in text.bytes() {
                    self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                }
                Ok(())
            }
        }
        let mut fnv = Fnv(0xcbf2_9ce4_8422_2325);
        // Writing into this hasher cannot fail.
        let _ = fmt::write(&mut fnv, format_args!("{self}"));
        fnv.0
    }

    /// One event as a line of the text form, without its number.
    pub fn line<'a>(&'a self, event: &'a Event) -> impl fmt::Display + 'a {
        Line { trace: self, event }
    }
}
