//! What happened in a run: immutable, ordered, with a text form that a person can read.
//!
//! Everything that a person sees of a run is derived from its [`Trace`].

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::time::Nanos;

/// A thread of the run, counted from 0 in the order of the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ThreadId(pub u16);

impl ThreadId {
    /// As an index into [`Trace::threads`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// An event of the run, counted from 0: an index into [`Trace::events`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId(pub u32);

impl EventId {
    /// As an index into [`Trace::events`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

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
}

impl State {
    /// All states.
    pub const ALL: [State; 16] = [
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
    ];

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
    /// When. Never before the event in front of it.
    pub at: Nanos,
    /// Whose step it is.
    pub thread: ThreadId,
    /// Which.
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
    StepBegins(u16),
    /// `take_gil` finds the GIL locked and enters a timed wait of one switch interval.
    Waits {
        /// Who holds it; `None` between a drop and the next take.
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
        /// Who is asked to let go.
        holder: ThreadId,
    },
    /// The thread has the GIL.
    Takes {
        /// How it came by it.
        how: TakeHow,
        /// Since it wanted it.
        waited: Nanos,
        /// `switch_number` afterwards.
        switch_number: u64,
        /// Whether this is another thread than the one before: only then the number changes.
        switched: bool,
    },
    /// A woken waiter finds the GIL taken by another thread: a failed acquisition.
    Missed {
        /// Who was faster.
        holder: Option<ThreadId>,
    },
    /// The holder's eval breaker finds the drop request.
    SeesRequest,
    /// The thread lets go of the GIL and signals the condition variable.
    Drops {
        /// Why.
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
        /// Who has it.
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
    /// The thread has a `threading.Lock`; the lock's number.
    LockTaken(u8),
    /// The thread has to wait for a lock.
    LockWaits {
        /// The lock's number.
        lock: u8,
        /// Who has it.
        owner: Option<ThreadId>,
    },
    /// The thread releases a lock.
    LockReleased {
        /// The lock's number.
        lock: u8,
        /// The waiter that is woken. It has to try again: others may be faster.
        wakes: Option<ThreadId>,
    },
    /// Ticks: `PyThread_acquire_lock` finds the GIL locked and sleeps, without a time limit.
    Blocks {
        /// Who holds it; `None` between a release and the next acquisition.
        holder: Option<ThreadId>,
    },
    /// Without a GIL: the thread attaches (`_PyThreadState_Attach`) and may touch objects.
    Attaches {
        /// Since it wanted to.
        waited: Nanos,
    },
    /// Without a GIL: the thread detaches (`_PyThreadState_Detach`).
    Detaches {
        /// Why.
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
        /// The object's number.
        object: u8,
        /// How.
        how: ObjectHow,
    },
    /// An object's lock is taken by another thread: this one spins, then parks.
    ObjectWaits {
        /// The object's number.
        object: u8,
        /// Who has it.
        owner: Option<ThreadId>,
    },
    /// An object's lock is released while others wait for it.
    ObjectReleased {
        /// The object's number.
        object: u8,
        /// The parked thread that is woken.
        wakes: Option<ThreadId>,
        /// Whether it gets the lock with the wake-up, because it has waited for over 1 ms.
        handed: bool,
    },
    /// A job comes into a group's queue; how many are in it then.
    JobQueued {
        /// The group's index.
        group: u16,
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
    /// The event loop goes on with a task, counted from 0 within its group.
    TaskRuns(u16),
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
        /// The task whose it is, counted from 0, where the thread runs tasks.
        task: Option<u16>,
    },
    /// The operating system takes the core away from the thread.
    Preempted {
        /// Who gets it.
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
    /// Who ran.
    pub thread: ThreadId,
}

/// A stretch of time in which one thread held the GIL, on a core or not.
pub type GilSpan = CoreSpan;

/// One finished I/O operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IoCompletion {
    /// Whose.
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
    /// Whose it is: empty for the main interpreter's, otherwise the thread that has it to itself.
    pub of: Option<ThreadId>,
    /// Who held it when, in order of time.
    pub spans: Vec<GilSpan>,
}

/// A job that was taken from a queue and done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobSpan {
    /// Who did it.
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
    /// Its group's index in the scenario.
    pub group: u16,
    /// Its states, without gaps from 0 to [`Trace::end`].
    pub spans: Vec<StateSpan>,
    /// Passes through its program that it completed.
    pub passes: u32,
    /// When it finished its program; `None` where the run ended first.
    pub finished: Option<Nanos>,
    /// Its GIL, as an index into [`Trace::gils`]; `None` in a free-threaded build.
    pub gil: Option<u16>,
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

    /// Who holds a GIL at a time.
    pub fn holder_at(&self, gil: u16, at: Nanos) -> Option<ThreadId> {
        let spans = &self.gils.get(usize::from(gil))?.spans;
        let after = spans.partition_point(|span| span.start <= at);
        let span = spans.get(after.checked_sub(1)?)?;
        (at < span.end).then_some(span.thread)
    }

    /// Who holds the GIL of a thread at a time.
    pub fn holder_for(&self, thread: ThreadId, at: Nanos) -> Option<ThreadId> {
        self.holder_at(self.threads[thread.index()].gil?, at)
    }

    /// The GILs that several threads share, and the only thread's where there is but one.
    pub fn shared_gils(&self) -> impl Iterator<Item = u16> + '_ {
        let users = |gil: u16| self.threads.iter().filter(|t| t.gil == Some(gil)).count();
        let alone = self.threads.len() == 1;
        (0..self.gils.len() as u16).filter(move |gil| users(*gil) > usize::from(!alone))
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

impl fmt::Display for Trace {
    /// The stable text form: a line per event, `time  thread  what`, then the outcome.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for event in &self.events {
            writeln!(f, "{}", self.line(event))?;
        }
        write!(f, "{} outcome: ", Stamp(self.end))?;
        match &self.outcome {
            Outcome::Completed => writeln!(f, "completed"),
            Outcome::TimeLimit => writeln!(f, "time limit"),
            Outcome::EventLimit => writeln!(f, "event limit"),
            Outcome::Deadlock(threads) => {
                let names: Vec<_> = threads.iter().map(|t| self.name(*t)).collect();
                writeln!(f, "deadlock of {}", names.join(", "))
            }
        }
    }
}

/// A time as microseconds with three decimals, which are nanoseconds: `5144.047us`.
struct Stamp(Nanos);

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = format!("{}.{:03}", self.0.0 / 1_000, self.0.0 % 1_000);
        write!(f, "{micros:>14}us")
    }
}

struct Line<'a> {
    trace: &'a Trace,
    event: &'a Event,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = self.event;
        write!(f, "{} {:<12} ", Stamp(event.at), self.trace.name(event.thread))?;
        self.what(f)
    }
}

impl Line<'_> {
    fn name(&self, thread: Option<ThreadId>) -> &str {
        thread.map_or("nobody", |t| self.trace.name(t))
    }

    fn object(&self, object: u8) -> &str {
        &self.trace.objects[usize::from(object)]
    }

    fn lock(&self, lock: u8) -> &str {
        &self.trace.locks[usize::from(lock)]
    }

    fn what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.event.kind {
            EventKind::Started => f.write_str("starts"),
            EventKind::Finished => f.write_str("finished"),
            EventKind::PassDone(n) => write!(f, "pass {n} done"),
            EventKind::StepBegins(n) => write!(f, "step {n}"),
            EventKind::Waits { holder, saved_switch_number, until } => write!(
                f,
                "waits for GIL of {}, switch_number {saved_switch_number}, until {}",
                self.name(holder),
                Stamp(until).to_string().trim_start()
            ),
            EventKind::WaitTimedOut { switched } => {
                f.write_str("wait timed out")?;
                f.write_str(if switched { ", switch_number changed" } else { "" })
            }
            EventKind::DropRequested { holder } => {
                write!(f, "drop request to {}", self.name(Some(holder)))
            }
            EventKind::Takes { how, waited, switch_number, switched } => {
                let how = match how {
                    TakeHow::Free => "free",
                    TakeHow::Barged => "barged",
                    TakeHow::Signalled => "signalled",
                    TakeHow::TimedOut => "timed out",
                };
                let again = if switched { "" } else { ", same thread" };
                write!(
                    f,
                    "takes GIL, {how}, waited {}ns, switch_number {switch_number}{again}",
                    waited.0
                )
            }
            EventKind::Missed { holder } => {
                write!(f, "woken, but GIL is with {}", self.name(holder))
            }
            EventKind::SeesRequest => f.write_str("eval breaker: drop request"),
            EventKind::Drops { reason, signals } => {
                write!(f, "drops GIL for {}, signals {}", reason.name(), self.name(signals))
            }
            EventKind::ForcedSwitchWaits => f.write_str("forced switch: waits for switch_cond"),
            EventKind::ForcedSwitchDone => f.write_str("forced switch: done"),
            EventKind::MutexBlocked { owner } => {
                write!(f, "sleeps for the mutex of {}", self.name(Some(owner)))
            }
            EventKind::IoBlocks { until } => {
                write!(f, "blocks on I/O until {}", Stamp(until).to_string().trim_start())
            }
            EventKind::IoCompletes => f.write_str("I/O complete"),
            EventKind::IoReady => f.write_str("I/O was ready"),
            EventKind::Sleeps { until } => {
                write!(f, "sleeps until {}", Stamp(until).to_string().trim_start())
            }
            EventKind::SleepEnds => f.write_str("sleep over"),
            EventKind::LockTaken(lock) => write!(f, "takes lock {}", self.lock(lock)),
            EventKind::LockWaits { lock, owner } => {
                write!(f, "waits for lock {} of {}", self.lock(lock), self.name(owner))
            }
            EventKind::LockReleased { lock, wakes } => {
                write!(f, "releases lock {}, wakes {}", self.lock(lock), self.name(wakes))
            }
            EventKind::Blocks { holder } => {
                write!(f, "sleeps until the GIL of {} is released", self.name(holder))
            }
            EventKind::Attaches { waited } => write!(f, "attaches, waited {}ns", waited.0),
            EventKind::Detaches { reason } => write!(f, "detaches for {}", reason.name()),
            EventKind::StartedUp => f.write_str("has started up"),
            EventKind::CollectionBegins => f.write_str("garbage collection begins"),
            EventKind::CollectionEnds => f.write_str("garbage collection ends"),
            EventKind::StopRequested { running } => {
                write!(f, "stops the world, {running} threads are running")
            }
            EventKind::Stops => f.write_str("eval breaker: stops for the world"),
            EventKind::StartsWorld => f.write_str("starts the world"),
            EventKind::ObjectTaken { object, how } => {
                let how = match how {
                    ObjectHow::Spinning => "spinning",
                    ObjectHow::Woken => "woken",
                    ObjectHow::Handed => "handed over",
                };
                write!(f, "takes object {}, {how}", self.object(object))
            }
            EventKind::ObjectWaits { object, owner } => {
                write!(f, "waits for object {} of {}", self.object(object), self.name(owner))
            }
            EventKind::ObjectReleased { object, wakes, handed } => {
                let verb = if handed { "hands it to" } else { "wakes" };
                let (object, whom) = (self.object(object), self.name(wakes));
                write!(f, "releases object {object}, {verb} {whom}")
            }
            EventKind::JobQueued { group: _, length } => {
                write!(f, "job queued, {length} in the queue")
            }
            EventKind::JobBegins { waited } => write!(f, "job begins, waited {}ns", waited.0),
            EventKind::JobDone { took } => write!(f, "job done, took {}ns", took.0),
            EventKind::ResultReady => f.write_str("result ready"),
            EventKind::TaskRuns(n) => write!(f, "task {n} runs"),
            EventKind::Selects => f.write_str("no task is ready: waits in the selector"),
            EventKind::SwitchIntervalSet(interval) => {
                let interval = Stamp(interval).to_string();
                write!(f, "what if: the switch interval becomes {}", interval.trim_start())
            }
            EventKind::CheckIntervalSet(ticks) => {
                write!(f, "what if: the check interval becomes {ticks} ticks")
            }
            EventKind::IoBroughtForward { from, task } => {
                let whose = task.map_or_else(|| "its I/O".into(), |n| format!("I/O of task {n}"));
                let from = Stamp(from).to_string();
                write!(f, "what if: {whose}, due at {}, completes now", from.trim_start())
            }
            EventKind::Preempted { by, holds_gil } => {
                let with = if holds_gil { " while it has the GIL" } else { "" };
                write!(f, "preempted by {}{with}", self.name(Some(by)))
            }
        }
    }
}
