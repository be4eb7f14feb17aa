//! Jobs: a group's queue, the workers that take from it, those who wait for a result.

use std::collections::VecDeque;

use crate::draw::Rng;
use crate::scenario::Repeat;
use crate::time::Nanos;
use crate::trace::{DropReason, EventId, EventKind, GroupId, JobSpan, State, TaskId, ThreadId};

use super::{Due, Engine, Op};

/// A group's queue.
#[derive(Default)]
pub(super) struct Queue {
    jobs: VecDeque<Job>,
    idle: VecDeque<Waiter>,
    /// Nothing will come any more.
    closed: bool,
}

/// A thread, or one of its tasks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiter {
    pub thread: ThreadId,
    pub task: Option<TaskId>,
}

/// Something to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    queued: Nanos,
    begun: Nanos,
    cause: Option<EventId>,
    caller: Option<Waiter>,
    bytes: u64,
}

const MIB: u64 = 1 << 20;

/// Streams of the random generator for arrivals begin here, behind those of the threads.
const ARRIVALS: u64 = 1 << 32;

impl Engine<'_> {
    // How jobs come.

    /// Fills the queues that are full from the start, and lets requests arrive.
    pub(super) fn open_queues(&mut self) {
        for (index, g) in self.spec.groups.iter().enumerate() {
            let group = GroupId::of(index);
            match g.repeat {
                Repeat::Jobs(n) => {
                    let job = Job {
                        queued: g.start,
                        begun: g.start,
                        cause: None,
                        caller: None,
                        bytes: 0,
                    };
                    self.queues[group.index()].jobs.extend((0..n).map(|_| job));
                    self.queues[group.index()].closed = true;
                    self.record.queue(group, g.start, n as usize);
                }
                Repeat::Arrivals { every, .. } => {
                    let mut rng = Rng::new(self.spec.seed, ARRIVALS + index as u64);
                    let first = g.start + rng.draw(every);
                    self.arrivals[group.index()] = Some(rng);
                    self.schedule(first, Due::Arrival(group));
                }
                _ => {}
            }
        }
    }

    /// A request arrives, or would but for the end of the time in which they do.
    pub(super) fn arrival(&mut self, group: GroupId) {
        let g = &self.spec.groups[group.index()];
        let Repeat::Arrivals { every, during } = g.repeat else { return };
        if self.now >= g.start + during {
            return self.close(group);
        }
        let Some(rng) = &mut self.arrivals[group.index()] else { return };
        let gap = rng.draw(every);
        let next = (self.now + gap).min(g.start + during);
        self.schedule(next, Due::Arrival(group));
        let member = self.member(group);
        self.enqueue(member, group, None, 0);
    }

    fn member(&self, group: GroupId) -> ThreadId {
        let first = self.threads.iter().position(|thread| thread.group == group);
        ThreadId(first.unwrap_or_default() as u16)
    }

    /// Those who wait for a job find out that none will come.
    fn close(&mut self, group: GroupId) {
        self.queues[group.index()].closed = true;
        while let Some(waiter) = self.queues[group.index()].idle.pop_front() {
            self.wake_waiter(waiter, None);
        }
    }

    /// Puts a job into a queue and wakes a worker; the CPU time that this costs.
    fn enqueue(
        &mut self,
        t: ThreadId,
        group: GroupId,
        caller: Option<Waiter>,
        bytes: u64,
    ) -> Nanos {
        let length = self.queues[group.index()].jobs.len() as u32 + 1;
        let event = self.event(t, EventKind::JobQueued { group, length }, None);
        let now = self.now;
        let job = Job { queued: now, begun: now, cause: Some(event), caller, bytes };
        self.queues[group.index()].jobs.push_back(job);
        self.record.queue(group, now, length as usize);
        match self.queues[group.index()].idle.pop_front() {
            Some(worker) => {
                self.wake_waiter(worker, Some(event));
                self.spec.machine.costs.futex_wake
            }
            None => self.spec.machine.costs.uncontended,
        }
    }

    fn wake_waiter(&mut self, waiter: Waiter, cause: Option<EventId>) {
        match waiter.task {
            Some(task) => self.task_ready(waiter.thread, task),
            None => self.wake(waiter.thread, cause),
        }
    }

    // How a worker does them.

    pub(super) fn pass_begins(&mut self, t: ThreadId) -> Option<Op> {
        let group = self.threads[t.index()].group;
        if !self.spec.groups[group.index()].repeat.has_queue() {
            return Some(Op::NextStep);
        }
        match self.queues[group.index()].jobs.pop_front() {
            Some(job) => self.begin_job(t, group, job),
            None if self.queues[group.index()].closed => self.program_done(t),
            None => self.wait_for_job(t, group),
        }
    }

    fn begin_job(&mut self, t: ThreadId, group: GroupId, job: Job) -> Option<Op> {
        let now = self.now;
        self.record.queue(group, now, self.queues[group.index()].jobs.len());
        self.event(t, EventKind::JobBegins { waited: now - job.queued }, job.cause);
        self.thread(t).cursor.job = Some(Job { begun: now, ..job });
        let overheads = self.spec.machine.overheads;
        let unpickle = self.pickling(group, &job, overheads.unpickle);
        self.burst(t, overheads.job + unpickle, Op::NextStep)
    }

    /// What pickling a job's data costs at this price for a MiB.
    fn pickling(&self, group: GroupId, job: &Job, mib: Nanos) -> Nanos {
        let apart = self.spec.groups[group.index()].strategy.is_apart() && job.caller.is_some();
        if apart { data_time(mib, job.bytes) } else { Nanos::ZERO }
    }

    fn wait_for_job(&mut self, t: ThreadId, group: GroupId) -> Option<Op> {
        if let Some(task) = self.current_task(t) {
            self.queues[group.index()].idle.push_back(Waiter { thread: t, task: Some(task) });
            return self.suspend(t, Op::PassBegins);
        }
        self.thread(t).gil.after_take = Op::PassBegins;
        self.drop_for(t, DropReason::Idle, Op::IdleSleep)
    }

    pub(super) fn idle_sleep(&mut self, t: ThreadId) -> Option<Op> {
        let queue = &mut self.queues[self.threads[t.index()].group.index()];
        if queue.closed || !queue.jobs.is_empty() {
            return Some(Op::Take);
        }
        queue.idle.push_back(Waiter { thread: t, task: None });
        self.sleep(t, State::Idle, Op::Take)
    }

    /// The end of a pass: its job's result is pickled where it goes to another process.
    pub(super) fn results(&mut self, t: ThreadId) -> Option<Op> {
        let thread = &self.threads[t.index()];
        let Some(job) = thread.cursor.job else { return Some(Op::PassDone) };
        let overheads = self.spec.machine.overheads;
        let pickle = self.pickling(thread.group, &job, overheads.pickle);
        self.burst(t, overheads.job + pickle, Op::JobDone)
    }

    pub(super) fn job_done(&mut self, t: ThreadId) -> Option<Op> {
        let now = self.now;
        let Some(job) = self.thread(t).cursor.job.take() else { return Some(Op::PassDone) };
        let event = self.event(t, EventKind::JobDone { took: now - job.queued }, None);
        self.record.job(JobSpan { thread: t, queued: job.queued, begun: job.begun, done: now });
        let Some(caller) = job.caller else { return Some(Op::PassDone) };
        let costs = self.spec.machine.costs;
        let cost = self.deliver(caller, event);
        self.burst(t, if cost { costs.futex_wake } else { costs.uncontended }, Op::PassDone)
    }

    /// Gives the result to who waits for it; whether it was asleep.
    fn deliver(&mut self, caller: Waiter, done: EventId) -> bool {
        let ready = self.event(caller.thread, EventKind::ResultReady, Some(done));
        if let Some(task) = caller.task {
            self.task_ready(caller.thread, task);
            return true;
        }
        let thread = self.thread(caller.thread);
        thread.result_ready = true;
        let asleep = std::mem::take(&mut thread.awaits_result);
        if asleep {
            self.wake(caller.thread, Some(ready));
        }
        asleep
    }

    // How a job is handed over.

    /// `executor.submit()`, with the GIL: pickles what another process needs.
    pub(super) fn call(&mut self, t: ThreadId, group: GroupId, bytes: u64) -> Option<Op> {
        let overheads = self.spec.machine.overheads;
        let apart = self.spec.groups[group.index()].strategy.is_apart();
        let pickle = if apart { data_time(overheads.pickle, bytes) } else { Nanos::ZERO };
        self.burst(t, overheads.job + pickle, Op::Submit { group, bytes })
    }

    pub(super) fn submit(&mut self, t: ThreadId, group: GroupId, bytes: u64) -> Option<Op> {
        let task = self.current_task(t);
        self.thread(t).result_ready = false;
        let cost = self.enqueue(t, group, Some(Waiter { thread: t, task }), bytes);
        let result = Op::Result { group, bytes };
        if task.is_some() {
            // The wake-up is on its way while the loop goes on with other tasks.
            return self.suspend(t, result);
        }
        self.thread(t).gil.after_take = result;
        self.burst(t, cost, Op::AwaitResult)
    }

    pub(super) fn await_result(&mut self, t: ThreadId) -> Option<Op> {
        self.drop_for(t, DropReason::Result, Op::ResultSleep)
    }

    pub(super) fn result_sleep(&mut self, t: ThreadId) -> Option<Op> {
        if self.threads[t.index()].result_ready {
            return Some(Op::Take);
        }
        self.thread(t).awaits_result = true;
        self.sleep(t, State::WaitingResult, Op::Take)
    }

    /// The result is there, and unpickled if it comes from another process.
    pub(super) fn result(&mut self, t: ThreadId, group: GroupId, bytes: u64) -> Option<Op> {
        let apart = self.spec.groups[group.index()].strategy.is_apart();
        let mib = self.spec.machine.overheads.unpickle;
        let unpickle = if apart { data_time(mib, bytes) } else { Nanos::ZERO };
        self.burst(t, unpickle, Op::NextStep)
    }
}

fn data_time(mib: Nanos, bytes: u64) -> Nanos {
    Nanos((u128::from(mib.0) * u128::from(bytes) / u128::from(MIB)) as u64)
}
