//! Groups of threads, tasks or processes: how many, how often, and what runs them.

use serde::{Deserialize, Serialize};

use super::{Step, StepKind};
use crate::draw::Dist;
use crate::time::Nanos;

/// Threads that run the same program; or, with another [`Strategy`], processes or tasks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Group {
    /// What the threads are called; `name-1`, `name-2` and so on where there are several.
    pub name: String,
    /// How many threads.
    pub count: u16,
    /// When they are started.
    pub start: Nanos,
    /// What each of them does, again and again.
    pub steps: Vec<Step>,
    /// How often or how long, or what drives them.
    pub repeat: Repeat,
    /// What runs them.
    pub strategy: Strategy,
}

impl Group {
    /// A group of one thread that runs its steps once, from the start on.
    pub fn new(name: &str, steps: Vec<Step>) -> Group {
        Group {
            name: name.to_owned(),
            count: 1,
            start: Nanos::ZERO,
            steps,
            repeat: Repeat::Times(1),
            strategy: Strategy::Threads,
        }
    }

    /// Whether each pass begins with a message, of which every member has its own.
    pub fn begins_with_message(&self) -> bool {
        self.steps.first().is_some_and(|step| step.kind() == StepKind::Receive)
    }
}

/// What runs the members of a group side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Strategy {
    /// `threading.Thread` each, in the main interpreter; with jobs a thread pool.
    Threads,
    /// Nothing: one thread does what they all would, one after the other.
    Sequential,
    /// A process each; with jobs a process pool.
    Processes(StartMethod),
    /// A thread each with an interpreter of its own; with jobs an interpreter pool.
    Interpreters,
    /// An asyncio task each, all on one thread's event loop.
    Asyncio,
}

impl Strategy {
    /// All of them.
    pub const ALL: [Strategy; 7] = [
        Strategy::Sequential,
        Strategy::Threads,
        Strategy::Asyncio,
        Strategy::Interpreters,
        Strategy::Processes(StartMethod::Fork),
        Strategy::Processes(StartMethod::Forkserver),
        Strategy::Processes(StartMethod::Spawn),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Strategy::Threads => "threads",
            Strategy::Sequential => "sequential",
            Strategy::Processes(StartMethod::Fork) => "processes (fork)",
            Strategy::Processes(StartMethod::Forkserver) => "processes (forkserver)",
            Strategy::Processes(StartMethod::Spawn) => "processes (spawn)",
            Strategy::Interpreters => "subinterpreters",
            Strategy::Asyncio => "asyncio",
        }
    }

    /// Whether each member has memory, and so a GIL, of its own: what it is given is pickled.
    pub fn is_apart(self) -> bool {
        matches!(self, Strategy::Processes(_) | Strategy::Interpreters)
    }
}

/// How `multiprocessing` starts a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StartMethod {
    /// The default on Linux up to 3.13.
    Fork,
    /// The default on Linux from 3.14 on.
    Forkserver,
    /// The default on macOS from 3.8 on, and on Windows.
    Spawn,
}

/// When a thread stops repeating its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Repeat {
    /// After this many passes.
    Times(u32),
    /// After the pass during which this much time since its start has gone by.
    For(Nanos),
    /// Never: like a daemon thread, it ends with the process, when all other groups are done.
    Daemon,
    /// All members take jobs from one queue, which holds this many at the start; a pass a job.
    Jobs(u32),
    /// Requests arrive in the members' queue whether or not anybody is free: an open loop.
    Arrivals {
        /// Gap between two arrivals.
        every: Dist,
        /// How long they keep arriving. The members end when the queue is empty after that.
        during: Nanos,
    },
    /// Never by itself: a pool that does what others ask with [`Step::Call`].
    Serve,
}

impl Repeat {
    /// Whether the members take jobs from a queue.
    pub fn has_queue(self) -> bool {
        matches!(self, Repeat::Jobs(_) | Repeat::Arrivals { .. } | Repeat::Serve)
    }

    /// Whether the run has to wait for the group.
    pub fn ends(self) -> bool {
        !matches!(self, Repeat::Daemon | Repeat::Serve)
    }
}
