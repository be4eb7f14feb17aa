//! `threading.Lock`, as CPython builds it on a POSIX semaphore (Python/thread_pthread.h, 3.11).
//!
//! A free lock is taken without letting go of the GIL. Otherwise the thread drops the GIL, waits,
//! and takes the GIL again with the lock in hand (`acquire_timed`, Modules/_threadmodule.c). A
//! release wakes a waiter, but hands nothing over: a thread that comes by may be faster.

use std::collections::VecDeque;

use crate::scenario::Protocol;
use crate::time::Nanos;
use crate::trace::{CoreId, DropReason, EventId, EventKind, LockId, State, ThreadId};

use super::os::OsState;
use super::{Engine, Op};

#[derive(Default)]
pub(super) struct PyLock {
    owner: Option<ThreadId>,
    /// The core that has it in its cache.
    cached_by: Option<CoreId>,
    waiters: VecDeque<ThreadId>,
    released: Option<EventId>,
}

impl Engine<'_> {
    /// `lock.acquire()`, with the GIL.
    pub(super) fn lock_acquire(&mut self, t: ThreadId, lock: LockId) -> Option<Op> {
        let cached_by = self.locks[lock.index()].cached_by;
        if self.grab(t, lock) {
            // With a GIL the lock came to this core along with it.
            let free = self.protocol == Protocol::Free;
            let fetch = if free { self.fetch(cached_by, t) } else { Nanos::ZERO };
            return self.burst(t, self.spec.machine.costs.uncontended + fetch, Op::NextStep);
        }
        self.thread(t).gil.after_take = Op::NextStep;
        self.drop_for(t, DropReason::Lock, Op::LockTry(lock))
    }

    fn grab(&mut self, t: ThreadId, lock: LockId) -> bool {
        let core = self.threads[t.index()].last_core;
        let slot = &mut self.locks[lock.index()];
        if slot.owner.is_some() {
            return false;
        }
        slot.owner = Some(t);
        slot.cached_by = core;
        let released = slot.released;
        self.event(t, EventKind::LockTaken(lock), released);
        true
    }

    pub(super) fn lock_try(&mut self, t: ThreadId, lock: LockId) -> Option<Op> {
        if self.grab(t, lock) {
            return Some(Op::Take);
        }
        let owner = self.locks[lock.index()].owner;
        self.event(t, EventKind::LockWaits { lock, owner }, None);
        self.mode(t, State::WaitingLock);
        let enter = self.futex_wait();
        self.burst(t, enter, Op::LockSleep(lock))
    }

    pub(super) fn lock_sleep(&mut self, t: ThreadId, lock: LockId) -> Option<Op> {
        if self.grab(t, lock) {
            return Some(Op::Take);
        }
        self.locks[lock.index()].waiters.push_back(t);
        let asleep = self.sleep(t, State::WaitingLock, Op::LockTry(lock));
        self.find_deadlock();
        asleep
    }

    /// `lock.release()`, with the GIL.
    pub(super) fn lock_release(&mut self, t: ThreadId, lock: LockId) -> Option<Op> {
        let slot = &mut self.locks[lock.index()];
        slot.owner = None;
        let wakes = slot.waiters.pop_front();
        let event = self.event(t, EventKind::LockReleased { lock, wakes }, None);
        self.locks[lock.index()].released = Some(event);
        let costs = self.spec.machine.costs;
        let cost = match wakes {
            Some(waiter) => {
                self.wake(waiter, Some(event));
                costs.futex_wake
            }
            None => costs.uncontended,
        };
        self.burst(t, cost, Op::NextStep)
    }

    /// Notes a deadlock when no thread that has to finish can ever go on.
    pub(super) fn find_deadlock(&mut self) {
        let unfinished =
            |i: &usize| !self.threads[*i].daemon && self.threads[*i].os != OsState::Gone;
        if (0..self.threads.len()).filter(unfinished).all(|i| self.is_stuck(i)) {
            self.deadlock = Some(self.stuck());
        }
    }

    /// Threads that wait for locks whose owners wait for locks, and, as nothing will ever happen,
    /// those who wait for them.
    pub(super) fn stuck_for_ever(&self) -> Vec<ThreadId> {
        let unfinished = |i: &usize| {
            let thread = &self.threads[*i];
            !thread.daemon && thread.os != OsState::Gone
        };
        let all = 0..self.threads.len();
        all.filter(|i| self.is_stuck(*i) || unfinished(i)).map(|i| ThreadId(i as u16)).collect()
    }

    /// Threads that wait for locks whose owners wait for locks.
    fn stuck(&self) -> Vec<ThreadId> {
        (0..self.threads.len()).filter(|i| self.is_stuck(*i)).map(|i| ThreadId(i as u16)).collect()
    }

    /// Whether a thread waits for a lock whose owner waits for a lock, and so on for ever.
    fn is_stuck(&self, thread: usize) -> bool {
        let mut at = thread;
        for _ in 0..=self.threads.len() {
            let waits = |lock: &&PyLock| lock.waiters.contains(&ThreadId(at as u16));
            let Some(lock) = self.locks.iter().find(waits) else { return false };
            let Some(owner) = lock.owner else { return false };
            at = owner.index();
        }
        true
    }
}
