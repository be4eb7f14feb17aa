//! One thing that a thread does. What is known of its kind is in [`StepKind`].

use serde::{Deserialize, Serialize};

use super::kind::StepKind;
use crate::draw::Dist;
use crate::time::Nanos;

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
        /// The group, with [`Repeat::Serve`](crate::Repeat::Serve).
        group: String,
        /// Bytes of the arguments, and of the result as well. They are pickled on their way to
        /// processes and interpreters and back.
        bytes: u64,
    },
}

/// The duration of a step, by reference to it as the step is.
macro_rules! time_of {
    ($step:expr) => {
        match $step {
            Step::Python { work, .. }
            | Step::NativeHolding { work }
            | Step::NativeReleasing { work }
            | Step::Syscall { work }
            | Step::Share { work, .. }
            | Step::Mutate { work, .. } => Some(work),
            Step::Io { wait } | Step::Sleep { wait } | Step::Block { wait } => Some(wait),
            Step::Receive { every } => Some(every),
            Step::Locked { .. } | Step::Call { .. } => None,
        }
    };
}

/// What a step names, by reference to it as the step is.
macro_rules! name_of {
    ($step:expr) => {
        match $step {
            Step::Share { object, .. } | Step::Mutate { object, .. } => Some(object),
            Step::Locked { lock, .. } => Some(lock),
            Step::Call { group, .. } => Some(group),
            Step::Python { .. }
            | Step::NativeHolding { .. }
            | Step::NativeReleasing { .. }
            | Step::Syscall { .. }
            | Step::Io { .. }
            | Step::Sleep { .. }
            | Step::Block { .. }
            | Step::Receive { .. } => None,
        }
    };
}

impl Step {
    /// What kind of work it is.
    pub fn kind(&self) -> StepKind {
        match self {
            Step::Python { .. } => StepKind::Python,
            Step::NativeHolding { .. } => StepKind::NativeHolding,
            Step::NativeReleasing { .. } => StepKind::NativeReleasing,
            Step::Io { .. } => StepKind::Io,
            Step::Receive { .. } => StepKind::Receive,
            Step::Syscall { .. } => StepKind::Syscall,
            Step::Sleep { .. } => StepKind::Sleep,
            Step::Block { .. } => StepKind::Block,
            Step::Share { .. } => StepKind::Share,
            Step::Mutate { .. } => StepKind::Mutate,
            Step::Call { .. } => StepKind::Call,
            Step::Locked { .. } => StepKind::Locked,
        }
    }

    /// How long it takes, or for messages how far they are apart; `None` for a lock and for a job
    /// that others do.
    pub fn time(&self) -> Option<Dist> {
        time_of!(self).copied()
    }

    /// The same, to be changed.
    pub fn time_mut(&mut self) -> Option<&mut Dist> {
        time_of!(self)
    }

    /// The lock, object or group that it names.
    pub fn name(&self) -> Option<&str> {
        name_of!(self).map(String::as_str)
    }

    /// The same, to be changed.
    pub fn name_mut(&mut self) -> Option<&mut String> {
        name_of!(self)
    }

    /// The steps inside a lock.
    pub fn body(&self) -> Option<&[Step]> {
        match self {
            Step::Locked { body, .. } => Some(body),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn body_mut(&mut self) -> Option<&mut Vec<Step>> {
        match self {
            Step::Locked { body, .. } => Some(body),
            _ => None,
        }
    }

    /// CPU time with the GIL, for a step that holds it for as long as it takes.
    pub fn with_gil(&self) -> Option<Dist> {
        self.time().filter(|_| self.kind().holds_gil())
    }
}
