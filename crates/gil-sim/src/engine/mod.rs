//! The event loop: takes the earliest thing that is due, lets one thread go on, repeats.
//!
//! The rooms: [`os`] gives threads cores and puts them to sleep, [`gil`] is CPython's protocol,
//! [`program`] walks a thread through its steps, [`lock`] is `threading.Lock`, [`record`] writes
//! the trace. A thread goes on by performing an [`Op`], which names the next one, occupies the
//! core for a while ([`os`]'s bursts) or puts the thread to sleep.

mod gil;
mod lock;
mod os;
mod program;
mod record;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::draw::Rng;
use crate::scenario::{Repeat, Scenario, Spec};
use crate::time::Nanos;
use crate::trace::{EventId, EventKind, Outcome, State, ThreadId, Trace};

use gil::{Gil, TakePath};
use lock::PyLock;
use os::{Burst, Os, OsState};
use program::{Program, Python};
use record::Recorder;

/// Simulates a scenario from start to end.
///
/// Ends when all threads but daemons are done, when none can ever go on, or at a limit; which,
/// says [`Trace::outcome`]. The same scenario gives the same trace, on every platform.
pub fn run(scenario: &Scenario) -> Trace {
    let mut engine = Engine::new(scenario.spec());
    engine.start_threads();
    let outcome = engine.run_to_end();
    engine.record.finish(outcome, engine.now)
}

/// What a thread does when it is on a core and has nothing left to compute.
///
/// `take_gil` and `drop_gil` are split where time can pass: where another thread can come between.
#[derive(Clone, Copy, Debug)]
enum Op {
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
    LockTry(u8),
    /// About to sleep for a lock.
    LockSleep(u8),
    /// The thread is gone.
    Exit,
}

/// What to do once the GIL's mutex is taken.
#[derive(Clone, Copy, Debug)]
enum AfterMutex {
    TakeTest(TakePath),
    DropRelease,
}

impl AfterMutex {
    fn op(self) -> Op {
        match self {
            AfterMutex::TakeTest(path) => Op::TakeTest(path),
            AfterMutex::DropRelease => Op::DropRelease,
        }
    }
}

/// Something that is due at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// A thread starts.
    Start(ThreadId),
    /// A burst on a core is over, unless its token is stale.
    BurstEnd(ThreadId, u32),
    /// A thread has used up its time slice, unless the token is stale.
    SliceEnd(u16, u32),
    /// A woken thread is ready for a core.
    Runnable(ThreadId),
    /// The timed wait for the GIL runs out, unless the token is stale.
    WaitTimer(ThreadId, u32),
    /// I/O completes.
    IoDone(ThreadId),
    /// The timer of `time.sleep` fires.
    SleepDone(ThreadId),
}

/// A thread of the simulation.
struct Thread {
    group: usize,
    daemon: bool,
    rng: Rng,
    // The operating system's side.
    os: OsState,
    burst: Burst,
    vruntime: Nanos,
    last_core: Option<usize>,
    /// The state shown while it is on a core.
    mode: State,
    /// What woke it last.
    woken_by: Option<EventId>,
    // Its program's side.
    step: usize,
    pass: u32,
    started: Nanos,
    python: Python,
    next_arrival: Vec<Nanos>,
    // The GIL's side.
    gil: gil::Wants,
}

struct Engine<'a> {
    spec: &'a Spec,
    programs: Vec<Program>,
    now: Nanos,
    queue: BinaryHeap<Reverse<(Nanos, u64, Due)>>,
    seq: u64,
    threads: Vec<Thread>,
    os: Os,
    gil: Gil,
    locks: Vec<PyLock>,
    /// Latencies are drawn from a stream of their own.
    latency: Rng,
    record: Recorder,
    /// Threads that have to finish before the run is complete.
    running: usize,
    deadlock: Option<Vec<ThreadId>>,
}

impl<'a> Engine<'a> {
    fn new(spec: &'a Spec) -> Engine<'a> {
        let (programs, lock_names) = program::compile(spec);
        let mut names = Vec::new();
        let mut threads = Vec::new();
        for (group, g) in spec.groups.iter().enumerate() {
            for i in 0..g.count {
                let name = match g.count {
                    1 => g.name.clone(),
                    _ => format!("{}-{}", g.name, i + 1),
                };
                names.push((name, group as u16));
                // Stream 0 is the machine's.
                let rng = Rng::new(spec.seed, threads.len() as u64 + 1);
                threads.push(Thread::new(group, g.repeat == Repeat::Daemon, rng));
            }
        }
        Engine {
            spec,
            programs,
            now: Nanos::ZERO,
            queue: BinaryHeap::new(),
            seq: 0,
            running: threads.iter().filter(|t| !t.daemon).count(),
            gil: Gil::new(spec.python.request_scope(), threads.len()),
            threads,
            os: Os::new(spec.machine.cores),
            locks: lock_names.iter().map(|_| PyLock::default()).collect(),
            latency: Rng::new(spec.seed, 0),
            record: Recorder::new(names, spec.machine.cores, lock_names),
            deadlock: None,
        }
    }

    /// Starts threads one after the other, as a loop of `Thread.start()` does.
    fn start_threads(&mut self) {
        for i in 0..self.threads.len() {
            let start = self.spec.groups[self.threads[i].group].start;
            let before = self.threads[..i]
                .iter()
                .filter(|t| self.spec.groups[t.group].start == start)
                .count();
            let at = start + self.spec.machine.costs.thread_start * before as u64;
            self.schedule(at, Due::Start(ThreadId(i as u16)));
        }
    }

    fn run_to_end(&mut self) -> Outcome {
        while self.running > 0 {
            let Some(Reverse((at, _, due))) = self.queue.pop() else {
                return Outcome::Deadlock(self.stuck());
            };
            if at > self.spec.limits.time {
                self.now = self.spec.limits.time;
                return Outcome::TimeLimit;
            }
            self.now = at;
            self.handle(due);
            if self.at_event_limit() {
                return Outcome::EventLimit;
            }
            if let Some(threads) = self.deadlock.take() {
                return Outcome::Deadlock(threads);
            }
        }
        Outcome::Completed
    }

    fn handle(&mut self, due: Due) {
        match due {
            Due::Start(t) => self.start(t),
            Due::BurstEnd(t, token) => self.burst_end(t, token),
            Due::SliceEnd(core, token) => self.slice_end(usize::from(core), token),
            Due::Runnable(t) => self.runnable(t),
            Due::WaitTimer(t, token) => self.wait_timer(t, token),
            Due::IoDone(t) => self.io_done(t),
            Due::SleepDone(t) => self.sleep_done(t),
        }
    }

    fn start(&mut self, t: ThreadId) {
        let event = self.event(t, EventKind::Started, None);
        let now = self.now;
        let thread = self.thread(t);
        thread.started = now;
        thread.gil.after_take = Op::NextStep;
        self.start_arrivals(t);
        self.wake_after(t, Nanos::ZERO, Op::Take, Some(event));
    }

    fn at_event_limit(&self) -> bool {
        self.record.len() >= self.spec.limits.events as usize
    }

    /// Lets a thread that is on a core go on until it computes, sleeps or is gone. Where nothing
    /// costs time, it may have a million messages to receive before it does: hence the limit.
    fn go_on(&mut self, t: ThreadId, op: Op) {
        let mut next = Some(op);
        while let Some(op) = next
            && !self.at_event_limit()
        {
            next = self.perform(t, op);
        }
    }

    fn perform(&mut self, t: ThreadId, op: Op) -> Option<Op> {
        match op {
            Op::NextStep => self.next_step(t),
            Op::Bytecode => self.bytecode(t),
            Op::BytecodePause => self.bytecode_pause(t),
            Op::CheckBreaker => self.check_breaker(t, Op::NextStep),
            Op::MutexLock(after) => self.mutex_lock(t, after),
            Op::MutexSleep(after) => self.mutex_sleep(t, after),
            Op::Take => self.take(t),
            Op::TakeTest(path) => self.take_test(t, path),
            Op::BeginWait => self.begin_wait(t),
            Op::WaitSleep => self.wait_sleep(t),
            Op::Drop => Some(Op::MutexLock(AfterMutex::DropRelease)),
            Op::DropRelease => self.drop_release(t),
            Op::DropUnlock => self.drop_unlock(t),
            Op::ForcedTest => self.forced_test(t),
            Op::ForcedSleep => self.forced_sleep(t),
            Op::ForcedDone => self.forced_done(t),
            Op::IoCall => self.io_call(t),
            Op::ReceiveCall => self.receive_call(t),
            Op::SleepCall => self.sleep_call(t),
            Op::NativeCall(work) => self.burst(t, work, Op::Take),
            Op::LockTry(lock) => self.lock_try(t, lock),
            Op::LockSleep(lock) => self.lock_sleep(t, lock),
            Op::Exit => self.exit(t),
        }
    }

    fn exit(&mut self, t: ThreadId) -> Option<Op> {
        self.event(t, EventKind::Finished, None);
        self.record.finished(t, self.now);
        self.leave_core(t, OsState::Gone, State::Finished);
        if !self.threads[t.index()].daemon {
            self.running -= 1;
            // It may have been the last one that could go on.
            if self.running > 0 {
                self.find_deadlock();
            }
        }
        None
    }

    fn schedule(&mut self, at: Nanos, due: Due) {
        self.seq += 1;
        // Ties go in the order in which they were scheduled.
        self.queue.push(Reverse((at, self.seq, due)));
    }

    fn event(&mut self, t: ThreadId, kind: EventKind, cause: Option<EventId>) -> EventId {
        self.record.event(self.now, t, kind, cause)
    }

    fn thread(&mut self, t: ThreadId) -> &mut Thread {
        &mut self.threads[t.index()]
    }

    /// Sets the state that the thread shows while it is on a core.
    fn mode(&mut self, t: ThreadId, state: State) {
        self.thread(t).mode = state;
        if matches!(self.threads[t.index()].os, OsState::On(_)) {
            self.record.state(t, self.now, state);
        }
    }
}

impl Thread {
    fn new(group: usize, daemon: bool, rng: Rng) -> Thread {
        Thread {
            group,
            daemon,
            rng,
            os: OsState::Blocked,
            burst: Burst::default(),
            vruntime: Nanos::ZERO,
            last_core: None,
            mode: State::WaitingGil,
            woken_by: None,
            step: 0,
            pass: 0,
            started: Nanos::ZERO,
            python: Python::default(),
            next_arrival: Vec::new(),
            gil: gil::Wants::default(),
        }
    }
}
