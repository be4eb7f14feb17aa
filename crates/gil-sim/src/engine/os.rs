//! The operating system: cores, ready threads, time slices, sleeping and waking.
//!
//! Threads are shared fairly by virtual runtime, as Linux does since CFS (kernel/sched/fair.c):
//! the ready thread that has run least goes first, a thread makes room when its slice is used up,
//! and one that wakes up may preempt. A thread that lost its core waits for that core; one that is
//! idle takes any thread that waits, and one that has nobody waiting takes over from another now
//! and then, as Linux's load balancing does. Left out: migration costs, caches, priorities, other
//! processes.

use crate::time::Nanos;
use crate::trace::{CoreId, EventId, EventKind, State, ThreadId};

use super::{Due, Engine, Op, Thread};

/// Where a thread is in the operating system's view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OsState {
    /// Not started, or asleep.
    Blocked,
    /// Signalled, not ready yet.
    Waking,
    /// Could run, but has no core.
    Ready,
    /// On this core.
    On(CoreId),
    /// Finished.
    Gone,
}

/// CPU time that a thread still needs, and what it does then.
pub(super) struct Burst {
    pub left: Nanos,
    pub then: Op,
    /// When the current stretch on the core began or begins; meaningless off core.
    pub since: Nanos,
    /// Counts reschedulings: an end that is due with an older token is stale.
    pub token: u32,
}

impl Default for Burst {
    fn default() -> Burst {
        Burst { left: Nanos::ZERO, then: Op::Take, since: Nanos::ZERO, token: 0 }
    }
}

pub(super) struct Os {
    cores: Vec<Core>,
    /// Threads without a core, the one that waits longest first.
    ready: Vec<ThreadId>,
    /// When threads that wait were last shared out anew.
    balanced: Nanos,
    /// Virtual runtime of the thread that was picked last: where sleepers are placed.
    floor: Nanos,
}

#[derive(Clone, Default)]
struct Core {
    running: Option<ThreadId>,
    last: Option<ThreadId>,
    /// Since when it has been running this thread, or idle.
    since: Nanos,
    token: u32,
    slice_over: bool,
}

/// How often threads that wait for one core are given to another. Linux's balancing runs every 16
/// ms times the number of cores while they are busy (`get_sd_balance_interval`,
/// kernel/sched/fair.c, 6.6), but moves one thread of three only after it has failed to several
/// times. This long, it shares cores as evenly in a second as was measured on 3.13t.
const BALANCE: Nanos = Nanos::from_millis(128);

impl Os {
    pub fn new(cores: u16) -> Os {
        Os {
            cores: vec![Core::default(); usize::from(cores)],
            ready: Vec::new(),
            balanced: Nanos::ZERO,
            floor: Nanos::ZERO,
        }
    }

    fn all(&self) -> impl Iterator<Item = CoreId> + use<> {
        (0..self.cores.len()).map(CoreId::of)
    }

    /// The threads that are on a core now.
    pub fn running(&self) -> impl Iterator<Item = ThreadId> {
        self.cores.iter().filter_map(|core| core.running)
    }
}

impl Engine<'_> {
    /// Occupies the thread's core for `work`, then performs `then`.
    pub(super) fn burst(&mut self, t: ThreadId, work: Nanos, then: Op) -> Option<Op> {
        if work.is_zero() {
            return Some(then);
        }
        let now = self.now;
        let burst = &mut self.thread(t).burst;
        burst.left = work;
        burst.then = then;
        burst.since = now;
        self.schedule_burst_end(t);
        None
    }

    fn schedule_burst_end(&mut self, t: ThreadId) {
        let burst = &mut self.thread(t).burst;
        burst.token += 1;
        let due = Due::BurstEnd(t, burst.token);
        let at = burst.since + burst.left;
        self.schedule(at, due);
    }

    pub(super) fn burst_end(&mut self, t: ThreadId, token: u32) {
        if self.threads[t.index()].burst.token != token {
            return;
        }
        let ran = self.burst_progress(t);
        self.bytecode_ran(t, ran);
        let then = self.threads[t.index()].burst.then;
        self.go_on(t, then);
    }

    /// Books what the thread has computed since its stretch began and starts a new stretch.
    pub(super) fn burst_progress(&mut self, t: ThreadId) -> Nanos {
        let now = self.now;
        let burst = &mut self.thread(t).burst;
        // Before `since` the core was still switching to the thread.
        let ran = now - burst.since;
        burst.left -= ran;
        burst.since = burst.since.max(now);
        ran
    }

    /// Cuts or restarts the running stretch after [`super::Thread::python`] has changed.
    pub(super) fn reschedule_bytecode(&mut self, t: ThreadId) {
        let ran = self.burst_progress(t);
        self.bytecode_ran(t, ran);
        let left = self.bytecode_stretch(t);
        self.thread(t).burst.left = left;
        self.schedule_burst_end(t);
    }

    /// Puts the thread that is on a core to sleep; it goes on with `then` when it is woken.
    pub(super) fn sleep(&mut self, t: ThreadId, state: State, then: Op) -> Option<Op> {
        let now = self.now;
        let thread = self.thread(t);
        thread.asleep_since = now;
        let burst = &mut thread.burst;
        burst.left = Nanos::ZERO;
        burst.then = then;
        self.leave_core(t, OsState::Blocked, state);
        None
    }

    /// When a timer that is set for `at` fires.
    pub(super) fn timer(&self, at: Nanos) -> Nanos {
        let machine = &self.spec.machine;
        let late = at + machine.timer_slack;
        match machine.timer_tick.0 {
            0 => late,
            tick => Nanos(late.0.div_ceil(tick) * tick),
        }
    }

    /// CPU time from the decision to sleep on a futex until asleep.
    pub(super) fn futex_wait(&mut self) -> Nanos {
        self.latency.draw(self.spec.machine.costs.futex_wait)
    }

    /// Wakes a sleeping thread: it is ready after a latency that depends on how long the core
    /// that it will get has been idle, or where all are busy, on how long it has slept itself.
    pub(super) fn wake(&mut self, t: ThreadId, cause: Option<EventId>) {
        let machine = &self.spec.machine;
        let asleep = self.now - self.threads[t.index()].asleep_since;
        let latency =
            match self.idle_core(t).map(|core| self.now - self.os.cores[core.index()].since) {
                Some(idle) if idle >= machine.idle_deepens => machine.wake_deep,
                None if asleep >= machine.idle_deepens => machine.wake_cold,
                _ => machine.wake_shallow,
            };
        let latency = self.latency.draw(latency);
        let then = self.threads[t.index()].burst.then;
        self.wake_after(t, latency, then, cause);
    }

    /// Wakes a sleeping thread: it is ready after `latency` and goes on with `then`.
    pub(super) fn wake_after(
        &mut self,
        t: ThreadId,
        latency: Nanos,
        then: Op,
        cause: Option<EventId>,
    ) {
        let thread = self.thread(t);
        thread.os = OsState::Waking;
        thread.burst.left = Nanos::ZERO;
        thread.burst.then = then;
        thread.woken_by = cause;
        let at = self.now + latency;
        self.schedule(at, Due::Runnable(t));
    }

    pub(super) fn runnable(&mut self, t: ThreadId) {
        // A sleeper keeps what it is owed, but no more than a slice of it.
        let least = self.os.floor - self.spec.machine.time_slice;
        let thread = self.thread(t);
        thread.vruntime = thread.vruntime.max(least);
        if let Some(core) = self.idle_core(t) {
            self.dispatch(core, t);
        } else if let Some(core) = self.core_to_preempt(t) {
            self.preempt(core, t);
        } else {
            self.make_ready(t);
            self.restart_slices();
        }
    }

    /// Somebody is ready again: who has used up a slice and goes on has one more, not for ever.
    fn restart_slices(&mut self) {
        for core in self.os.all() {
            if std::mem::take(&mut self.os.cores[core.index()].slice_over) {
                self.start_slice(core, self.now);
            }
        }
    }

    /// A slice of the thread on a core begins.
    fn start_slice(&mut self, core: CoreId, at: Nanos) {
        let slot = &mut self.os.cores[core.index()];
        slot.slice_over = false;
        slot.token += 1;
        let slice_end = Due::SliceEnd(core, slot.token);
        self.schedule(at + self.spec.machine.time_slice, slice_end);
    }

    /// An idle core, the one that the thread ran on last if it can be.
    fn idle_core(&self, t: ThreadId) -> Option<CoreId> {
        let idle = |core: &CoreId| self.os.cores[core.index()].running.is_none();
        let last = self.threads[t.index()].last_core.filter(idle);
        last.or_else(|| self.os.all().find(idle))
    }

    /// The core of the thread that is furthest ahead of `t`, if by half a slice or more, or if
    /// its slice is over anyway.
    fn core_to_preempt(&self, t: ThreadId) -> Option<CoreId> {
        let margin = self.spec.machine.time_slice / 2;
        let mine = self.threads[t.index()].vruntime;
        self.os
            .all()
            .filter(|&core| {
                let ahead = self.vruntime_on(core) > mine + margin;
                ahead || (self.os.cores[core.index()].slice_over && self.vruntime_on(core) > mine)
            })
            .max_by_key(|&core| self.vruntime_on(core))
    }

    /// Virtual runtime of the thread on a core, up to now.
    fn vruntime_on(&self, core: CoreId) -> Nanos {
        let core = &self.os.cores[core.index()];
        let so_far = core.running.map_or(Nanos::ZERO, |t| self.threads[t.index()].vruntime);
        so_far + (self.now - core.since)
    }

    fn make_ready(&mut self, t: ThreadId) {
        self.thread(t).os = OsState::Ready;
        self.os.ready.push(t);
        self.record.state(t, self.now, State::Ready);
    }

    fn dispatch(&mut self, core: CoreId, t: ThreadId) {
        let now = self.now;
        let switch = match self.os.cores[core.index()].last {
            Some(last) if last != t => self.spec.machine.context_switch,
            _ => Nanos::ZERO,
        };
        let slot = &mut self.os.cores[core.index()];
        slot.running = Some(t);
        slot.last = Some(t);
        slot.since = now;
        self.start_slice(core, now + switch);
        self.record.core(core, now, Some(t));

        let thread = self.thread(t);
        thread.os = OsState::On(core);
        thread.last_core = Some(core);
        thread.burst.since = now + switch;
        let (mode, vruntime) = (thread.mode, thread.vruntime);
        self.os.floor = self.os.floor.max(vruntime);
        self.record.state(t, now, mode);
        self.resume_bytecode(t);
        self.schedule_burst_end(t);
    }

    /// Takes the thread off its core and gives the core to the next ready one.
    pub(super) fn leave_core(&mut self, t: ThreadId, os: OsState, state: State) {
        let OsState::On(core) = self.threads[t.index()].os else {
            unreachable!("only a thread on a core can leave it");
        };
        self.vacate(core, t, os);
        self.record.state(t, self.now, state);
        if let Some(next) = self.pick_waiting(core).or_else(|| self.pick_ready(|_| true)) {
            self.dispatch(core, next);
        }
    }

    fn vacate(&mut self, core: CoreId, t: ThreadId, os: OsState) {
        let vruntime = self.vruntime_on(core);
        let thread = self.thread(t);
        thread.vruntime = vruntime;
        thread.os = os;
        thread.burst.token += 1;
        let slot = &mut self.os.cores[core.index()];
        slot.running = None;
        slot.token += 1;
        slot.since = self.now;
        self.record.core(core, self.now, None);
    }

    /// The ready thread of some that has run least; of equals the one that is ready longest.
    fn pick_ready(&mut self, of: impl Fn(&Thread) -> bool) -> Option<ThreadId> {
        let thread = |i: usize| &self.threads[self.os.ready[i].index()];
        let some = (0..self.os.ready.len()).filter(|i| of(thread(*i)));
        let best = some.min_by_key(|i| thread(*i).vruntime)?;
        Some(self.os.ready.remove(best))
    }

    /// The next of the threads that wait for a core.
    fn pick_waiting(&mut self, core: CoreId) -> Option<ThreadId> {
        self.pick_ready(|thread| thread.last_core.is_none_or(|last| last == core))
    }

    /// A thread that waits for another core, if it is time to share out anew.
    fn pull(&mut self) -> Option<ThreadId> {
        if self.now - self.os.balanced < BALANCE {
            return None;
        }
        let pulled = self.pick_ready(|_| true)?;
        self.os.balanced = self.now;
        Some(pulled)
    }

    fn preempt(&mut self, core: CoreId, by: ThreadId) {
        let Some(t) = self.os.cores[core.index()].running else {
            return self.dispatch(core, by);
        };
        let ran = self.burst_progress(t);
        self.bytecode_ran(t, ran);
        let holds_gil = self.holds_gil(t);
        self.event(t, EventKind::Preempted { by, holds_gil }, self.threads[by.index()].woken_by);
        self.vacate(core, t, OsState::Ready);
        self.make_ready(t);
        self.dispatch(core, by);
    }

    pub(super) fn slice_end(&mut self, core: CoreId, token: u32) {
        if self.os.cores[core.index()].token != token {
            return;
        }
        match self.pick_waiting(core).or_else(|| self.pull()) {
            Some(next) => self.preempt(core, next),
            // Others wait, but for other cores.
            None if !self.os.ready.is_empty() => self.start_slice(core, self.now),
            // It may go on, but the next thread that becomes ready gets the core at once.
            None => self.os.cores[core.index()].slice_over = true,
        }
    }
}
