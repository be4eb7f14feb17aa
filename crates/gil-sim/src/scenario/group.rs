//! Groups of threads, tasks or processes, and what each of them does.

use serde::{Deserialize, Serialize};

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

/// One thing that a thread does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// Python bytecode: holds the GIL and looks at the eval breaker now and then.
    Python {
        /// CPU time of the bytecode, without waiting.
        work: Dist,
        /// Distance between looks at the eval breaker; where `None`, that of
        /// [`Python::check_distance`](crate::Python::check_distance).
        check: Option<Nanos>,
    },
    /// A C call that keeps the GIL until it returns (`re`, `json`, `sorted`, `sum(range(n))`).
    NativeHolding {
        /// CPU time of the call.
        work: Dist,
    },
    /// A C call that lets go of the GIL while it computes (`zlib`, `hashlib`, NumPy loops).
    NativeReleasing {
        /// CPU time of the call.
        work: Dist,
    },
    /// Blocking I/O whose other side needs this long from the moment it is asked.
    Io {
        /// From the system call to the completion.
        wait: Dist,
    },
    /// A blocking receive of messages that arrive on their own schedule, asked for or not.
    /// A message that is there already is returned at once, but the GIL is let go of all the same.
    Receive {
        /// Gap between two arrivals.
        every: Dist,
    },
    /// A very short system call that never blocks but still lets go of the GIL (`os.write`).
    Syscall {
        /// CPU time in the kernel.
        work: Dist,
    },
    /// `time.sleep`.
    Sleep {
        /// Requested length.
        wait: Dist,
    },
    /// `with lock:` around other steps. Locks are named; the same name is the same lock everywhere.
    Locked {
        /// The `threading.Lock`, not reentrant: taking it twice in one thread is a deadlock.
        lock: String,
        /// What is done while it is held.
        body: Vec<Step>,
    },
    /// A call that blocks its thread, awaited by nobody: in asyncio it stalls the event loop. A
    /// thread does not tell it from [`Step::Io`].
    Block {
        /// From the system call to the completion.
        wait: Dist,
    },
    /// Python bytecode that keeps touching an object which others touch too: their reference
    /// counts to it are atomic without a GIL, and its cache line goes from core to core.
    Share {
        /// The object.
        object: String,
        /// CPU time of the bytecode, where nobody else touches the object.
        work: Dist,
    },
    /// An operation on a shared `list` or `dict` that changes it: without a GIL it has the
    /// object's lock (`Py_BEGIN_CRITICAL_SECTION`, Include/internal/pycore_critical_section.h,
    /// 3.13).
    Mutate {
        /// The object.
        object: String,
        /// CPU time of the operation.
        work: Dist,
    },
    /// Hands a job to a group that serves, and waits for the result: `executor.submit().result()`,
    /// in asyncio `await loop.run_in_executor()` or `asyncio.to_thread()`.
    Call {
        /// The group, with [`Repeat::Serve`].
        group: String,
        /// Bytes of the arguments, and of the result as well. They are pickled on their way to
        /// processes and interpreters and back.
        bytes: u64,
    },
}
