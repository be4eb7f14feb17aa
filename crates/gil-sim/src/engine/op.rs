//! What a thread does next, and what is due at a time.

use super::gil::TakePath;
use crate::time::Nanos;
use crate::trace::{CoreId, GroupId, LockId, ObjectId, TaskId, ThreadId};

/// What a thread does when it is on a core and has nothing left to compute.
///
/// `take_gil` and `drop_gil` are split where time can pass: where another thread can come between.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    /// Next step of the program, or the end of a pass.
    NextStep,
    /// Python bytecode goes on.
    Bytecode,
    /// Bytecode has reached a look at the eval breaker or its end.
    BytecodePause,
    /// A look at the eval breaker between two steps.
    CheckBreaker,
    /// `MUTEX_LOCK(gil->mutex)`, then on.
    MutexLock(AfterMutex),
    /// The mutex was taken: about to sleep for it.
    MutexSleep(AfterMutex),
    /// Enters `take_gil`.
    Take,
    /// `while (locked)`, with the mutex.
    TakeTest(TakePath),
    /// `COND_TIMED_WAIT`, with the mutex.
    BeginWait,
    /// About to sleep in the timed wait.
    WaitSleep,
    /// Enters `drop_gil`.
    Drop,
    /// `locked = 0; COND_SIGNAL`, with the mutex.
    DropRelease,
    /// `MUTEX_UNLOCK` of `drop_gil`.
    DropUnlock,
    /// Forced switching: `if (drop_request && last_holder == tstate)`.
    ForcedTest,
    /// About to sleep on `switch_cond`.
    ForcedSleep,
    /// Woken from `switch_cond`.
    ForcedDone,
    /// The system call of blocking I/O, without the GIL.
    IoCall,
    /// The system call of a receive, without the GIL.
    ReceiveCall,
    /// `time.sleep`, without the GIL.
    SleepCall,
    /// A native or system call of this length, without the GIL.
    NativeCall(Nanos),
    /// `sem_trywait`, without the GIL.
    LockTry(LockId),
    /// About to sleep for a lock.
    LockSleep(LockId),
    /// A process or an interpreter starts up before its thread runs.
    StartUp,
    /// It has started up.
    StartedUp,
    /// A pass begins, with a job where the group has a queue.
    PassBegins,
    /// A pass is over.
    PassDone,
    /// Ticks: `sem_wait` on the GIL.
    TickTry { woken: bool },
    /// Ticks: about to sleep for the GIL.
    TickSleep,
    /// Stop the world, for this many pauses.
    StopWorld(u8),
    /// The world stands still.
    WorldStopped(u8),
    /// Let the others go on.
    StartWorld(u8),
    /// A collection is over.
    Collected,
    /// Bytecode on a shared object goes on.
    Touch { object: ObjectId, left: Nanos },
    /// A stretch of it is over.
    Touched { object: ObjectId, left: Nanos },
    /// Spins for an object's lock.
    ObjectSpin { object: ObjectId, spins: u8 },
    /// Parks for an object's lock, detached.
    ObjectPark(ObjectId),
    /// About to sleep for it.
    ObjectSleep(ObjectId),
    /// Attached again after that.
    ObjectTry(ObjectId),
    /// Releases an object's lock.
    ObjectUnlock(ObjectId),
    /// About to sleep until there is a job.
    IdleSleep,
    /// A job is done.
    JobDone,
    /// Hands a job to a pool.
    Submit { group: GroupId, bytes: u64 },
    /// Waits for its result.
    AwaitResult,
    /// About to sleep for it.
    ResultSleep,
    /// The result is there.
    Result { group: GroupId, bytes: u64 },
    /// The event loop goes on.
    LoopRuns,
    /// The event loop asks the selector.
    LoopSelect,
    /// The event loop learns what is ready.
    LoopFetch,
    /// The thread is gone.
    Exit,
}

/// What to do once the GIL's mutex is taken.
#[derive(Clone, Copy, Debug)]
pub(super) enum AfterMutex {
    TakeTest(TakePath),
    DropRelease,
}

impl AfterMutex {
    pub(super) fn op(self) -> Op {
        match self {
            AfterMutex::TakeTest(path) => Op::TakeTest(path),
            AfterMutex::DropRelease => Op::DropRelease,
        }
    }
}

/// Something that is due at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// A thread starts.
    Start(ThreadId),
    /// A burst on a core is over, unless its token is stale.
    BurstEnd(ThreadId, u32),
    /// A thread has used up its time slice, unless the token is stale.
    SliceEnd(CoreId, u32),
    /// A woken thread is ready for a core.
    Runnable(ThreadId),
    /// The timed wait for the GIL runs out, unless the token is stale.
    WaitTimer(ThreadId, u32),
    /// I/O completes, unless the token is stale.
    IoDone(ThreadId, u32),
    /// The timer of `time.sleep` fires.
    SleepDone(ThreadId),
    /// A request arrives in a group's queue.
    Arrival(GroupId),
    /// A task's I/O completes, unless the token is stale.
    TaskIo(ThreadId, TaskId, u32),
    /// The selector of an event loop times out, unless the token is stale.
    SelectTimer(ThreadId, u32),
}
