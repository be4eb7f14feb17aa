//! The GIL of Python 2.7, 3.0 and 3.1: a lock that is released and taken again every check
//! interval (`_Py_Ticker`, Python/ceval.c, 2.7; `PyThread_acquire_lock` on a POSIX semaphore,
//! Python/thread_pthread.h, 2.7).
//!
//! There is no last holder, no time-out and no forced switch. Who releases the lock has it back
//! within a microsecond, unless another thread comes by in just that time; who was woken for it
//! needs longer, finds it taken and sleeps again.

use std::collections::VecDeque;

use crate::time::Nanos;
use crate::trace::{DropReason, EventId, EventKind, State, TakeHow, ThreadId};

use super::{Engine, Op};

/// The lock: a semaphore that is 0 or 1.
#[derive(Default)]
pub(super) struct TickLock {
    pub holder: Option<ThreadId>,
    last_holder: Option<ThreadId>,
    /// How often the lock went to another thread.
    switches: u64,
    sleepers: VecDeque<ThreadId>,
    /// Threads that want the lock, asleep or not.
    wanting: usize,
    last_release: Option<EventId>,
    last_take: Option<EventId>,
}

impl TickLock {
    /// Whether releasing the lock could make a difference.
    pub fn is_wanted(&self) -> bool {
        self.wanting > 0
    }
}

impl Engine<'_> {
    /// The ticker is below zero: release, acquire.
    pub(super) fn check_ticks(&mut self, t: ThreadId, then: Op) -> Option<Op> {
        if !self.domain(t).ticks.is_wanted() {
            // Nobody could come between, and nothing of it would be seen.
            return Some(then);
        }
        self.thread(t).gil.after_take = then;
        self.drop_for(t, DropReason::Ticks, Op::Take)
    }

    /// `sem_post`: the lock is free before a sleeper is woken.
    pub(super) fn tick_release(&mut self, t: ThreadId) -> Option<Op> {
        let reason = self.threads[t.index()].gil.drop_reason;
        let lock = &mut self.domain(t).ticks;
        lock.holder = None;
        let (signals, wanted) = (lock.sleepers.pop_front(), lock.is_wanted());
        self.record.gil(self.threads[t.index()].domain, self.now, None);
        let event = self.event(t, EventKind::Drops { reason, signals }, None);
        self.domain(t).ticks.last_release = Some(event);
        self.mode(t, State::Native);
        let costs = self.spec.machine.costs;
        let cost = match signals {
            Some(sleeper) => {
                self.wake(sleeper, Some(event));
                costs.futex_wake
            }
            // Who is on the way in or out of its sleep still counts as a waiter of the semaphore.
            None if wanted => costs.syscall,
            None => costs.uncontended,
        };
        let after = self.threads[t.index()].gil.after_drop;
        self.burst(t, cost, after)
    }

    pub(super) fn tick_take(&mut self, t: ThreadId) -> Option<Op> {
        self.mode(t, State::WaitingGil);
        let now = self.now;
        self.thread(t).gil.since = now;
        self.domain(t).ticks.wanting += 1;
        Some(Op::TickTry { woken: false })
    }

    /// `sem_wait`: takes the lock where it is free, otherwise sleeps.
    pub(super) fn tick_try(&mut self, t: ThreadId, woken: bool) -> Option<Op> {
        let lock = &self.domain(t).ticks;
        let (holder, last_take) = (lock.holder, lock.last_take);
        if holder.is_none() {
            return self.tick_acquire(t, woken);
        }
        let kind = if woken { EventKind::Missed { holder } } else { EventKind::Blocks { holder } };
        self.event(t, kind, last_take);
        if let Some(holder) = holder {
            self.interrupt_bytecode(holder);
        }
        let enter = self.futex_wait();
        self.burst(t, enter, Op::TickSleep)
    }

    pub(super) fn tick_sleep(&mut self, t: ThreadId) -> Option<Op> {
        let lock = &mut self.domain(t).ticks;
        if lock.holder.is_none() {
            // Released while it was on its way.
            return Some(Op::TickTry { woken: false });
        }
        lock.sleepers.push_back(t);
        self.sleep(t, State::WaitingGil, Op::TickTry { woken: true })
    }

    fn tick_acquire(&mut self, t: ThreadId, woken: bool) -> Option<Op> {
        let waited = self.now - self.threads[t.index()].gil.since;
        let lock = &mut self.domain(t).ticks;
        lock.wanting -= 1;
        let switched = lock.last_holder != Some(t);
        lock.switches += u64::from(switched);
        lock.last_holder = Some(t);
        lock.holder = Some(t);
        let how = match (woken, lock.is_wanted()) {
            (true, _) => TakeHow::Signalled,
            (false, true) => TakeHow::Barged,
            (false, false) => TakeHow::Free,
        };
        let (switch_number, cause) = (lock.switches, lock.last_release);
        let kind = EventKind::Takes { how, waited, switch_number, switched };
        let event = self.event(t, kind, cause);
        self.domain(t).ticks.last_take = Some(event);
        self.record_io(t);
        self.record.gil(self.threads[t.index()].domain, self.now, Some(t));
        self.mode(t, State::HasGil);
        let cost: Nanos = self.spec.machine.costs.uncontended;
        let after = self.threads[t.index()].gil.after_take;
        self.burst(t, cost, after)
    }
}
