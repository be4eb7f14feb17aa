//! What can happen in a run, and what a thread can be doing.

use serde::{Deserialize, Serialize};

use super::{EventId, GroupId, LockId, ObjectId, StepId, TaskId, ThreadId};
use crate::time::Nanos;

/// What a thread is doing. Each nanosecond of each thread is in exactly one of these.
///
/// Left out: user and kernel mode, priorities, page faults. The time between a wake-up's signal
/// and the thread's readiness still counts as the state it is woken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// Not started yet.
    NotStarted,
    /// On a core, with the GIL: Python bytecode, or a C call that keeps it.
    HasGil,
    /// On a core, without the GIL: a C call that let go of it, or a system call.
    Native,
    /// In `take_gil`: asleep in its timed wait, or on a core on its way into or out of it.
    WaitingGil,
    /// Could run, but no core is free. It may hold the GIL all the same.
    Ready,
    /// Waiting for I/O.
    BlockedIo,
    /// In `time.sleep`.
    Asleep,
    /// Waiting for a `threading.Lock`.
    WaitingLock,
    /// In `drop_gil`, waiting until another thread has taken the GIL (forced switching).
    ForcedSwitch,
    /// Done.
    Finished,
    /// On a core in a free-threaded build, attached: Python bytecode, or a C call that stays
    /// attached. There is no GIL to have.
    Attached,
    /// Waiting for an object's lock (`PyMutex`), spinning or parked.
    WaitingObject,
    /// At a standstill, while another thread has stopped the world to collect garbage.
    WorldStopped,
    /// Starting up: a process or an interpreter that does not run its program yet.
    StartingUp,
    /// A pool's worker without a job.
    Idle,
    /// Waiting for the result of a job that it has handed to a pool.
    WaitingResult,
    /// Recorded: off the CPU, without the GIL and not asking for it. I/O, a sleep or a lock: a
    /// recording doesn't say which.
    OffCpu,
    /// Recorded: it has the GIL and isn't on a CPU. It blocks in a call that keeps the GIL.
    HoldsOffCpu,
    /// Recorded: the recording says nothing about the thread for this stretch.
    Unseen,
}

impl State {
    /// All states.
    pub const ALL: [State; 19] = [
        State::NotStarted,
        State::HasGil,
        State::Native,
        State::WaitingGil,
        State::Ready,
        State::BlockedIo,
        State::Asleep,
        State::WaitingLock,
        State::ForcedSwitch,
        State::Finished,
        State::Attached,
        State::WaitingObject,
        State::WorldStopped,
        State::StartingUp,
        State::Idle,
        State::WaitingResult,
        State::OffCpu,
        State::HoldsOffCpu,
        State::Unseen,
    ];

    /// Whether only recordings of real programs have it: the simulation always knows more.
    pub fn is_recorded_only(self) -> bool {
        matches!(self, State::OffCpu | State::HoldsOffCpu | State::Unseen)
    }

    /// Its name in the text form.
    pub fn name(self) -> &'static str {
        match self {
            State::NotStarted => "not started",
            State::HasGil => "has GIL",
            State::Native => "native code",
            State::WaitingGil => "waiting for GIL",
            State::Ready => "ready, no core",
            State::BlockedIo => "blocked on I/O",
            State::Asleep => "asleep",
            State::WaitingLock => "waiting for lock",
            State::ForcedSwitch => "forced switch",
            State::Finished => "finished",
            State::Attached => "runs Python",
            State::WaitingObject => "waiting for object",
            State::WorldStopped => "world stopped",
            State::StartingUp => "starting up",
            State::Idle => "no job",
            State::WaitingResult => "waiting for result",
            State::OffCpu => "off the CPU",
            State::HoldsOffCpu => "has GIL, off the CPU",
            State::Unseen => "not recorded",
        }
    }
}

/// Why a thread let go of the GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DropReason {
    /// It saw the drop request at the eval breaker.
    Request,
    /// It is about to block on I/O.
    Io,
    /// It makes a very short system call.
    Syscall,
    /// It is in a C call that lets go of the GIL.
    NativeCall,
    /// It sleeps.
    Sleep,
    /// It has to wait for a `threading.Lock`.
    Lock,
    /// It has finished.
    Finish,
    /// Its ticks are up (2.7 to 3.1).
    Ticks,
    /// It has no job and waits for one.
    Idle,
    /// It waits for the result of a job.
    Result,
    /// It has to wait for an object's lock.
    Object,
}

impl DropReason {
    /// All reasons.
    pub const ALL: [DropReason; 11] = [
        DropReason::Request,
        DropReason::Io,
        DropReason::Syscall,
        DropReason::NativeCall,
        DropReason::Sleep,
        DropReason::Lock,
        DropReason::Finish,
        DropReason::Ticks,
        DropReason::Idle,
        DropReason::Result,
        DropReason::Object,
    ];

    /// Its name in the text form and in tables.
    pub fn name(self) -> &'static str {
        match self {
            DropReason::Request => "drop request",
            DropReason::Io => "blocking I/O",
            DropReason::Syscall => "system call",
            DropReason::NativeCall => "native call",
            DropReason::Sleep => "sleep",
            DropReason::Lock => "lock wait",
            DropReason::Finish => "thread end",
            DropReason::Ticks => "check interval",
            DropReason::Idle => "no job",
            DropReason::Result => "wait for result",
            DropReason::Object => "object lock",
        }
    }
}

/// How a thread came by the GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TakeHow {
    /// Nobody held it and nobody waited.
    Free,
    /// Nobody held it, but others waited: it went past them (barging).
    Barged,
    /// It waited, and a drop's signal reached it.
    Signalled,
    /// It waited, its wait timed out, and the GIL happened to be free.
    TimedOut,
}

/// How a thread came by an object's lock after it was found taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObjectHow {
    /// It spun until the lock was free.
    Spinning,
    /// It was woken and was the first to try.
    Woken,
    /// It was handed over: it had waited for over 1 ms.
    Handed,
}

/// One step of the protocol, of the operating system or of a thread's own program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When it happens. Never before the event in front of it.
    pub at: Nanos,
    /// The thread whose step it is.
    pub thread: ThreadId,
    /// The kind of step.
    pub kind: EventKind,
    /// The event that brought it about, where there is one.
    pub cause: Option<EventId>,
}

/// What an [`Event`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// The thread starts.
    Started,
    /// The thread has finished its program.
    Finished,
    /// One pass through the program is done; the number of passes so far.
    PassDone(u32),
    /// A step of the program begins; its index in the flattened program.
    StepBegins(StepId),
    /// `take_gil` finds the GIL locked and enters a timed wait of one switch interval.
    Waits {
        /// The thread that holds the GIL; `None` between a drop and the next take.
        holder: Option<ThreadId>,
        /// `switch_number` as saved for this pass.
        saved_switch_number: u64,
        /// When the wait times out.
        until: Nanos,
    },
    /// The timed wait is over.
    WaitTimedOut {
        /// Whether `switch_number` changed meanwhile. If so no request is made.
        switched: bool,
    },
    /// The waiter sets `gil_drop_request` and the eval breaker.
    DropRequested {
        /// The thread that is asked to let go.
        holder: ThreadId,
    },
    /// The thread has the GIL.
    Takes {
        /// How the thread came by the GIL.
        how: TakeHow,
        /// The time since the thread wanted it.
        waited: Nanos,
        /// `switch_number` afterwards.
        switch_number: u64,
        /// Whether this is another thread than the one before: only then the number changes.
        switched: bool,
    },
    /// A woken waiter finds the GIL taken by another thread: a failed acquisition.
    Missed {
        /// The thread that was faster.
        holder: Option<ThreadId>,
    },
    /// The holder's eval breaker finds the drop request.
    SeesRequest,
    /// The thread lets go of the GIL and signals the condition variable.
    Drops {
        /// The reason for letting go.
        reason: DropReason,
        /// The waiter that gets the signal.
        signals: Option<ThreadId>,
    },
    /// `drop_gil` waits on `switch_cond` until another thread has taken the GIL.
    ForcedSwitchWaits,
    /// The wait on `switch_cond` is over.
    ForcedSwitchDone,
    /// The GIL's mutex is taken: the thread sleeps until it is free.
    MutexBlocked {
        /// The thread that has the mutex.
        owner: ThreadId,
    },
    /// The thread blocks in I/O; when it will complete, where that is known by then.
    IoBlocks {
        /// When it will complete.
        until: Nanos,
    },
    /// The I/O is complete: from here on the thread could go on.
    IoCompletes,
    /// The message was there already: the call returns at once.
    IoReady,
    /// `time.sleep` begins.
    Sleeps {
        /// When it ends.
        until: Nanos,
    },
    /// The timer of `time.sleep` fires.
    SleepEnds,
    /// The thread has this `threading.Lock`.
    LockTaken(LockId),
    /// The thread has to wait for a lock.
    LockWaits {
        /// The lock.
        lock: LockId,
        /// The thread that has the lock.
        owner: Option<ThreadId>,
    },
    /// The thread releases a lock.
    LockReleased {
        /// The lock.
        lock: LockId,
        /// The waiter that is woken. It has to try again: others may be faster.
        wakes: Option<ThreadId>,
    },
    /// Ticks: `PyThread_acquire_lock` finds the GIL locked and sleeps, without a time limit.
    Blocks {
        /// The thread that holds the GIL; `None` between a release and the next acquisition.
        holder: Option<ThreadId>,
    },
    /// Without a GIL: the thread attaches (`_PyThreadState_Attach`) and may touch objects.
    Attaches {
        /// The time since the thread wanted to.
        waited: Nanos,
    },
    /// Without a GIL: the thread detaches (`_PyThreadState_Detach`).
    Detaches {
        /// The reason for letting go.
        reason: DropReason,
    },
    /// A process or an interpreter is there and runs its program from now on.
    StartedUp,
    /// A garbage collection begins.
    CollectionBegins,
    /// It ends.
    CollectionEnds,
    /// The collecting thread asks all others to stop (`_PyEval_StopTheWorld`).
    StopRequested {
        /// Threads that are attached and have to stop first.
        running: u16,
    },
    /// The thread stands still at its eval breaker.
    Stops,
    /// The others may go on (`_PyEval_StartTheWorld`).
    StartsWorld,
    /// An object's lock is taken, after a wait; an uncontended one is no event.
    ObjectTaken {
        /// The object.
        object: ObjectId,
        /// How the thread came by the lock.
        how: ObjectHow,
    },
    /// An object's lock is taken by another thread: this one spins, then parks.
    ObjectWaits {
        /// The object.
        object: ObjectId,
        /// The thread that has the object's lock.
        owner: Option<ThreadId>,
    },
    /// An object's lock is released while others wait for it.
    ObjectReleased {
        /// The object.
        object: ObjectId,
        /// The parked thread that is woken.
        wakes: Option<ThreadId>,
        /// Whether it gets the lock with the wake-up, because it has waited for over 1 ms.
        handed: bool,
    },
    /// A job comes into a group's queue; how many are in it then.
    JobQueued {
        /// The group.
        group: GroupId,
        /// Length of the queue with this job.
        length: u32,
    },
    /// A worker takes a job from the queue.
    JobBegins {
        /// Since it came.
        waited: Nanos,
    },
    /// A job is done.
    JobDone {
        /// Since it came.
        took: Nanos,
    },
    /// A job's result is there.
    ResultReady,
    /// The event loop goes on with this task.
    TaskRuns(TaskId),
    /// The event loop waits in its selector, because no task is ready.
    Selects,
    /// An intervention changes the switch interval, from the next wait on. An event needs a thread:
    /// it is the holder of the main interpreter's GIL, or the first thread while nobody has it.
    SwitchIntervalSet(Nanos),
    /// An intervention changes the check interval, in ticks, from the end of the running one on.
    /// Its thread is chosen in the same way.
    CheckIntervalSet(u32),
    /// An intervention completes the I/O that the thread, or one of its tasks, is blocked in: its
    /// completion follows at once.
    IoBroughtForward {
        /// When it would have completed.
        from: Nanos,
        /// The task whose it is, where the thread runs tasks.
        task: Option<TaskId>,
    },
    /// The operating system takes the core away from the thread.
    Preempted {
        /// The thread that gets the core.
        by: ThreadId,
        /// Whether the thread has the GIL: then everybody waits for a thread without a core.
        holds_gil: bool,
    },
}

impl EventKind {
    /// Whether this is an [`Intervention`](crate::Intervention), and so nothing that its thread
    /// does.
    pub fn is_intervention(self) -> bool {
        matches!(
            self,
            EventKind::SwitchIntervalSet(_)
                | EventKind::CheckIntervalSet(_)
                | EventKind::IoBroughtForward { .. }
        )
    }
}
