//! The event loop: takes the earliest thing that is due, lets one thread go on, repeats.
//!
//! The rooms: [`op`] names what there is to do, [`thread`] is who does it, [`start`] how they come
//! to begin; [`os`] gives threads cores and puts them to sleep; [`gil`] is CPython's protocol,
//! [`ticks`] the one before 3.2, [`world`] is what there is without a GIL; [`program`] walks a
//! thread through its steps, [`event_loop`] one thread through many tasks; [`pool`] has queues of
//! jobs, [`lock`] is `threading.Lock`, [`object`] what threads share; [`what_if`] intervenes from
//! outside; [`underway`] says how far a run that is cut had come; [`record`] writes the trace. A thread goes on by performing an [`Op`], which names the
//! next one, occupies the core for a while ([`os`]'s bursts) or puts the thread to sleep.

mod domain;
mod event_loop;
mod gil;
mod lock;
mod object;
mod op;
mod os;
mod pool;
mod program;
mod record;
mod start;
mod thread;
mod ticks;
mod underway;
mod what_if;
mod world;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::draw::Rng;
use crate::scenario::{Group, Intervention, Protocol, Scenario, Spec};
use crate::time::Nanos;
use crate::trace::{EventId, EventKind, Outcome, State, ThreadId, Trace};

use domain::Domain;
use lock::PyLock;
use object::Object;
use op::{AfterMutex, Due, Op};
use os::{Os, OsState};
use pool::Queue;
use program::{Compiled, Program};
use record::Recorder;
use thread::{Thread, members};

/// Simulates a scenario from start to end.
///
/// Ends when all threads but daemons are done, when none can ever go on, or at a limit; which,
/// says [`Trace::outcome`]. The same scenario gives the same trace, on every platform.
pub fn run(scenario: &Scenario) -> Trace {
    let mut engine = Engine::new(scenario.spec());
    engine.start_threads();
    let outcome = engine.run_to_end();
    let is_drawn = engine.has_drawn();
    if outcome != Outcome::Completed {
        let parts = engine.underway();
        engine.record.underway(parts);
    }
    engine.record.finish(outcome, engine.now, is_drawn)
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

    /// Whether the seed had a part in the run.
    fn has_drawn(&self) -> bool {
        let threads = self.threads.iter().map(|thread| &thread.rng);
        let mut all = threads.chain(self.arrivals.iter().flatten()).chain([&self.latency]);
        all.any(Rng::is_used)
    }

    fn group(&self, thread: usize) -> &'a Group {
        &self.spec.groups[self.threads[thread].group.index()]
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
            Due::SliceEnd(core, token) => self.slice_end(core, token),
            Due::Runnable(t) => self.runnable(t),
            Due::WaitTimer(t, token) => self.wait_timer(t, token),
            Due::IoDone(t, token) => self.io_done(t, token),
            Due::SleepDone(t) => self.sleep_done(t),
            Due::Arrival(group) => self.arrival(group),
            Due::TaskIo(t, task, token) => self.task_io_done(t, task, token, None),
            Due::SelectTimer(t, token) => self.select_timer(t, token),
        }
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
            Op::Submit { group, bytes } => self.submit(t, group, bytes),
            Op::AwaitResult => self.await_result(t),
            Op::ResultSleep => self.result_sleep(t),
            Op::Result { group, bytes } => self.result(t, group, bytes),
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
