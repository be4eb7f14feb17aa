//! The event loop: takes the earliest thing that is due, lets one thread go on, repeats.
//!
//! The rooms: [`os`] gives threads cores and puts them to sleep; [`gil`] is CPython's protocol,
//! [`ticks`] the one before 3.2, [`world`] is what there is without a GIL; [`program`] walks a
//! thread through its steps, [`event_loop`] one thread through many tasks; [`pool`] has queues of
//! jobs, [`lock`] is `threading.Lock`, [`object`] what threads share; [`what_if`] intervenes from
//! outside; [`record`] writes the trace. A thread goes on by performing an [`Op`], which names the
//! next one, occupies the core for a while ([`os`]'s bursts) or puts the thread to sleep.

mod domain;
mod event_loop;
mod gil;
mod lock;
mod object;
mod os;
mod pool;
mod program;
mod record;
mod ticks;
mod what_if;
mod world;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::draw::Rng;
use crate::scenario::{Group, Intervention, Protocol, Scenario, Spec, StartMethod, Strategy};
use crate::time::Nanos;
use crate::trace::{EventId, EventKind, Outcome, State, ThreadId, Trace};

use domain::Domain;
use event_loop::EventLoop;
use gil::TakePath;
use lock::PyLock;
use object::Object;
use os::{Burst, Os, OsState};
use pool::Queue;
use program::{Compiled, Cursor, Program, Python};
use record::{Blank, Recorder};
use what_if::Outside;

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
    Touch { object: u8, left: Nanos },
    /// A stretch of it is over.
    Touched { object: u8, left: Nanos },
    /// Spins for an object's lock.
    ObjectSpin { object: u8, spins: u8 },
    /// Parks for an object's lock, detached.
    ObjectPark(u8),
    /// About to sleep for it.
    ObjectSleep(u8),
    /// Attached again after that.
    ObjectTry(u8),
    /// Releases an object's lock.
    ObjectUnlock(u8),
    /// About to sleep until there is a job.
    IdleSleep,
    /// A job is done.
    JobDone,
    /// Hands a job to a pool.
    Submit { group: u16, bytes: u64 },
    /// Waits for its result.
    AwaitResult,
    /// About to sleep for it.
    ResultSleep,
    /// The result is there.
    Result { group: u16, bytes: u64 },
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
    /// I/O completes, unless the token is stale.
    IoDone(ThreadId, u32),
    /// The timer of `time.sleep` fires.
    SleepDone(ThreadId),
    /// A request arrives in a group's queue.
    Arrival(u16),
    /// A task's I/O completes, unless the token is stale.
    TaskIo(ThreadId, u16, u32),
    /// The selector of an event loop times out, unless the token is stale.
    SelectTimer(ThreadId, u32),
}

/// A thread of the simulation.
struct Thread {
    group: usize,
    /// Whether the run goes on without it.
    daemon: bool,
    /// Its interpreter.
    domain: usize,
    rng: Rng,
    // The operating system's side.
    os: OsState,
    burst: Burst,
    vruntime: Nanos,
    last_core: Option<usize>,
    asleep_since: Nanos,
    /// The state shown while it is on a core.
    mode: State,
    /// What woke it last.
    woken_by: Option<EventId>,
    // Its program's side.
    cursor: Cursor,
    /// Passes of all its tasks.
    passes: u32,
    /// Members of the group that it does the work of, one after the other.
    in_sequence: u64,
    python: Python,
    after_collection: Op,
    /// Length of the operation on a shared object that it is about to do.
    mutation: Nanos,
    io: Outside,
    awaits_result: bool,
    result_ready: bool,
    event_loop: Option<EventLoop>,
    // The GIL's side.
    gil: gil::Wants,
}

struct Engine<'a> {
    spec: &'a Spec,
    protocol: Protocol,
    programs: Vec<Program>,
    /// As it is by now.
    switch_interval: Nanos,
    check_interval: u32,
    /// Those that are still to come, the earliest first.
    interventions: VecDeque<Intervention>,
    now: Nanos,
    queue: BinaryHeap<Reverse<(Nanos, u64, Due)>>,
    seq: u64,
    threads: Vec<Thread>,
    os: Os,
    /// Interpreters, the main one first.
    domains: Vec<Domain>,
    locks: Vec<PyLock>,
    objects: Vec<Object>,
    /// By group.
    queues: Vec<Queue>,
    arrivals: Vec<Option<Rng>>,
    /// Latencies are drawn from a stream of their own.
    latency: Rng,
    record: Recorder,
    /// Threads that have to finish before the run is complete.
    running: usize,
    deadlock: Option<Vec<ThreadId>>,
}

impl<'a> Engine<'a> {
    fn new(spec: &'a Spec) -> Engine<'a> {
        let Compiled { programs, locks, objects } = program::compile(spec);
        let protocol = spec.protocol();
        let (threads, names, owners) = members(spec, protocol);
        let gils = if protocol == Protocol::Free { Vec::new() } else { owners.clone() };
        let mut record = Recorder::new(names, gils, spec.machine.cores);
        let (lock_count, object_count) = (locks.len(), objects.len());
        record.names(locks, objects, spec.groups.len());
        Engine {
            spec,
            protocol,
            programs,
            switch_interval: spec.switch_interval,
            check_interval: spec.check_interval,
            interventions: what_if::in_order(spec),
            now: Nanos::ZERO,
            queue: BinaryHeap::new(),
            seq: 0,
            running: threads.iter().filter(|t| !t.daemon).count(),
            domains: owners.iter().map(|_| Domain::new(protocol, threads.len())).collect(),
            threads,
            os: Os::new(spec.machine.cores),
            locks: (0..lock_count).map(|_| PyLock::default()).collect(),
            objects: (0..object_count).map(|_| Object::default()).collect(),
            queues: spec.groups.iter().map(|_| Queue::default()).collect(),
            arrivals: spec.groups.iter().map(|_| None).collect(),
            latency: Rng::new(spec.seed, 0),
            record,
            deadlock: None,
        }
    }

    /// Starts threads and processes one after the other, as a loop of `start()` does.
    fn start_threads(&mut self) {
        self.open_queues();
        for i in 0..self.threads.len() {
            let start = self.group(i).start;
            let before = (0..i).filter(|other| self.group(*other).start == start);
            let parent: Nanos = before.map(|other| self.start_in_parent(other)).sum();
            // A process is there when its parent has made it, a thread at once.
            let own = if self.is_process(i) { self.start_in_parent(i) } else { Nanos::ZERO };
            self.schedule(start + parent + own, Due::Start(ThreadId(i as u16)));
        }
    }

    fn group(&self, thread: usize) -> &'a Group {
        &self.spec.groups[self.threads[thread].group]
    }

    fn is_process(&self, thread: usize) -> bool {
        matches!(self.group(thread).strategy, Strategy::Processes(_))
    }

    /// How long whoever starts a thread or process is busy with it.
    fn start_in_parent(&self, thread: usize) -> Nanos {
        match self.group(thread).strategy {
            Strategy::Processes(_) => Nanos(self.spec.machine.overheads.fork.0 / 2),
            _ => self.spec.machine.costs.thread_start,
        }
    }

    /// How long it is busy itself before it runs its program.
    fn start_in_child(&self, thread: usize) -> Nanos {
        let overheads = &self.spec.machine.overheads;
        let whole = match self.group(thread).strategy {
            Strategy::Interpreters => return overheads.interpreter,
            Strategy::Processes(StartMethod::Spawn) => overheads.spawn,
            // From 3.14 on the server has the main module already (gh-126631).
            Strategy::Processes(StartMethod::Forkserver)
                if self.spec.python.version() < (3, 14) =>
            {
                overheads.forkserver
            }
            Strategy::Processes(StartMethod::Forkserver) => overheads.fork * 2,
            Strategy::Processes(StartMethod::Fork) => overheads.fork,
            Strategy::Threads | Strategy::Sequential | Strategy::Asyncio => return Nanos::ZERO,
        };
        whole - self.start_in_parent(thread)
    }

    fn run_to_end(&mut self) -> Outcome {
        while self.running > 0 {
            if let Some(intervention) = self.next_intervention() {
                self.intervene(intervention);
            } else if let Some(outcome) = self.go_to_next() {
                return outcome;
            }
            if self.at_event_limit() {
                return Outcome::EventLimit;
            }
            if let Some(threads) = self.deadlock.take() {
                return Outcome::Deadlock(threads);
            }
        }
        Outcome::Completed
    }

    /// Handles the earliest thing that is due; how the run ends, where there is none in time.
    fn go_to_next(&mut self) -> Option<Outcome> {
        let Some(Reverse((at, _, due))) = self.queue.pop() else {
            return Some(Outcome::Deadlock(self.stuck_for_ever()));
        };
        if at > self.spec.limits.time {
            self.now = self.spec.limits.time;
            return Some(Outcome::TimeLimit);
        }
        self.now = at;
        self.handle(due);
        None
    }

    fn handle(&mut self, due: Due) {
        match due {
            Due::Start(t) => self.start(t),
            Due::BurstEnd(t, token) => self.burst_end(t, token),
            Due::SliceEnd(core, token) => self.slice_end(usize::from(core), token),
            Due::Runnable(t) => self.runnable(t),
            Due::WaitTimer(t, token) => self.wait_timer(t, token),
            Due::IoDone(t, token) => self.io_done(t, token),
            Due::SleepDone(t) => self.sleep_done(t),
            Due::Arrival(group) => self.arrival(usize::from(group)),
            Due::TaskIo(t, task, token) => self.task_io_done(t, task, token, None),
            Due::SelectTimer(t, token) => self.select_timer(t, token),
        }
    }

    fn start(&mut self, t: ThreadId) {
        let event = self.event(t, EventKind::Started, None);
        let thread = self.thread(t);
        thread.gil.after_take =
            if thread.event_loop.is_some() { Op::LoopRuns } else { Op::PassBegins };
        if self.threads[t.index()].event_loop.is_none() {
            self.begin_program(t);
        }
        self.wake_after(t, Nanos::ZERO, Op::StartUp, Some(event));
    }

    /// The program of a thread, or of a task, begins now.
    fn begin_program(&mut self, t: ThreadId) {
        let next_arrival = self.start_arrivals(t);
        let now = self.now;
        let cursor = &mut self.thread(t).cursor;
        cursor.started = now;
        cursor.next_arrival = next_arrival;
    }

    fn start_up(&mut self, t: ThreadId) -> Option<Op> {
        let busy = self.start_in_child(t.index());
        if busy.is_zero() {
            return Some(Op::Take);
        }
        self.mode(t, State::StartingUp);
        self.burst(t, busy, Op::StartedUp)
    }

    fn started_up(&mut self, t: ThreadId) -> Option<Op> {
        self.event(t, EventKind::StartedUp, None);
        let now = self.now;
        self.thread(t).cursor.started = now;
        Some(Op::Take)
    }

    /// `take_gil`, or what this Python has in its place.
    fn take_any(&mut self, t: ThreadId) -> Option<Op> {
        match self.protocol {
            Protocol::Interval(_) => self.take(t),
            Protocol::Ticks => self.tick_take(t),
            Protocol::Free => self.attach(t),
        }
    }

    /// `drop_gil`, or what this Python has in its place.
    fn drop_any(&mut self, t: ThreadId) -> Option<Op> {
        match self.protocol {
            Protocol::Interval(_) => Some(Op::MutexLock(AfterMutex::DropRelease)),
            Protocol::Ticks => self.tick_release(t),
            Protocol::Free => self.detach(t),
        }
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
            Op::Take => self.take_any(t),
            Op::TakeTest(path) => self.take_test(t, path),
            Op::BeginWait => self.begin_wait(t),
            Op::WaitSleep => self.wait_sleep(t),
            Op::Drop => self.drop_any(t),
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
            Op::StartUp => self.start_up(t),
            Op::StartedUp => self.started_up(t),
            Op::PassBegins => self.pass_begins(t),
            Op::PassDone => self.pass_done(t),
            Op::TickTry { woken } => self.tick_try(t, woken),
            Op::TickSleep => self.tick_sleep(t),
            Op::StopWorld(pauses) => self.stop_world(t, pauses),
            Op::WorldStopped(pauses) => self.world_stopped(t, pauses),
            Op::StartWorld(pauses) => self.start_world(t, pauses),
            Op::Collected => self.collected(t),
            Op::Touch { object, left } => self.touch(t, object, left),
            Op::Touched { object, left } => self.touched(t, object, left),
            Op::ObjectSpin { object, spins } => self.object_spin(t, object, spins),
            Op::ObjectPark(object) => self.object_park(t, object),
            Op::ObjectSleep(object) => self.object_sleep(t, object),
            Op::ObjectTry(object) => self.object_try(t, object),
            Op::ObjectUnlock(object) => self.object_unlock(t, object),
            Op::IdleSleep => self.idle_sleep(t),
            Op::JobDone => self.job_done(t),
            Op::Submit { group, bytes } => self.submit(t, usize::from(group), bytes),
            Op::AwaitResult => self.await_result(t),
            Op::ResultSleep => self.result_sleep(t),
            Op::Result { group, bytes } => self.result(t, usize::from(group), bytes),
            Op::LoopRuns => self.loop_runs(t),
            Op::LoopSelect => self.loop_select(t),
            Op::LoopFetch => self.loop_fetch(t),
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

/// Threads of all groups, their names, and for each interpreter whose it is.
fn members(spec: &Spec, protocol: Protocol) -> (Vec<Thread>, Vec<Blank>, Vec<Option<ThreadId>>) {
    let (mut threads, mut names, mut owners) = (Vec::new(), Vec::new(), vec![None]);
    for (index, group) in spec.groups.iter().enumerate() {
        let on_one_thread = matches!(group.strategy, Strategy::Sequential | Strategy::Asyncio);
        for i in 0..if on_one_thread { 1 } else { group.count } {
            let name = match group.count {
                _ if on_one_thread => group.name.clone(),
                1 => group.name.clone(),
                _ => format!("{}-{}", group.name, i + 1),
            };
            let mut domain = 0;
            if group.strategy.is_apart() {
                domain = owners.len();
                owners.push(Some(ThreadId(threads.len() as u16)));
            }
            let gil = (protocol != Protocol::Free).then_some(domain as u16);
            names.push(Blank { name, group: index as u16, gil });
            // Stream 0 is the machine's.
            let rng = Rng::new(spec.seed, threads.len() as u64 + 1);
            threads.push(Thread::new(index, group, domain, rng));
        }
    }
    (threads, names, owners)
}

impl Thread {
    fn new(index: usize, group: &Group, domain: usize, rng: Rng) -> Thread {
        let is = |strategy| group.strategy == strategy;
        Thread {
            group: index,
            daemon: !group.repeat.ends(),
            domain,
            rng,
            os: OsState::Blocked,
            burst: Burst::default(),
            vruntime: Nanos::ZERO,
            last_core: None,
            asleep_since: Nanos::ZERO,
            mode: State::WaitingGil,
            woken_by: None,
            cursor: Cursor::default(),
            passes: 0,
            in_sequence: if is(Strategy::Sequential) { u64::from(group.count) } else { 1 },
            python: Python::default(),
            after_collection: Op::NextStep,
            mutation: Nanos::ZERO,
            io: Outside::default(),
            awaits_result: false,
            result_ready: false,
            event_loop: is(Strategy::Asyncio).then(|| EventLoop::new(group.count)),
            gil: gil::Wants::default(),
        }
    }
}
