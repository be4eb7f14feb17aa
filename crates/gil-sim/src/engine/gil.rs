//! The GIL of Python 3.2 to 3.14: `take_gil` and `drop_gil` (Python/ceval_gil.h up to 3.11,
//! Python/ceval_gil.c from 3.12 on), split where another thread can come between.
//!
//! ```text
//! take(T): lock(mutex)
//!   while locked:
//!     saved = switch_number
//!     timed_out = timedwait(cond, mutex, interval)      a new full interval on every pass
//!     if timed_out and locked and switch_number == saved: drop_request = 1
//!   locked = 1
//!   if last_holder != T: last_holder = T; switch_number += 1
//!   signal(switch_cond); drop_request = 0; unlock(mutex)
//!
//! drop(T): lock(mutex); locked = 0; signal(cond); unlock(mutex)
//!   if drop_request and last_holder == T: drop_request = 0; wait(switch_cond)
//! ```
//!
//! From 3.13 on `drop_request` is a bit of the thread that has the GIL: see [`Requests`].
//!
//! The mutex is modelled, not only the lock that it guards: whether the holder finds it taken by
//! the thread that has just made the request decides who gets the signal. `switch_mutex` is not:
//! it is held for a few instructions only.

use std::collections::VecDeque;

use crate::scenario::RequestScope;
use crate::time::Nanos;
use crate::trace::{DropReason, EventId, EventKind, IoCompletion, State, TakeHow, ThreadId};

use super::{AfterMutex, Due, Engine, Op};

/// The GIL's shared variables: one set per interpreter from 3.12 on, one per process before.
pub(super) struct Gil {
    /// The thread that has `locked` set.
    pub holder: Option<ThreadId>,
    last_holder: Option<ThreadId>,
    switch_number: u64,
    pub requests: Requests,
    mutex: Mutex,
    /// Waiters on `cond`, the one that waits longest first.
    cond: VecDeque<ThreadId>,
    /// Waiters on `switch_cond`.
    switch_cond: VecDeque<ThreadId>,
    /// Threads inside `take_gil`.
    wanting: usize,
    last_drop: Option<EventId>,
    last_take: Option<EventId>,
}

impl Gil {
    /// A free GIL for this many threads.
    pub fn new(scope: RequestScope, threads: usize) -> Gil {
        Gil {
            holder: None,
            last_holder: None,
            switch_number: 0,
            requests: Requests::new(scope, threads),
            mutex: Mutex::default(),
            cond: VecDeque::new(),
            switch_cond: VecDeque::new(),
            wanting: 0,
            last_drop: None,
            last_take: None,
        }
    }
}

/// `gil_drop_request` with the event that set it: one flag, or from 3.13 on one for each thread.
pub(super) struct Requests(Vec<Option<EventId>>);

impl Requests {
    fn new(scope: RequestScope, threads: usize) -> Requests {
        let flags = if scope == RequestScope::Thread { threads } else { 1 };
        Requests(vec![None; flags])
    }

    /// The flag that a thread looks at.
    fn flag(&mut self, t: ThreadId) -> &mut Option<EventId> {
        let flag = if self.0.len() > 1 { t.index() } else { 0 };
        &mut self.0[flag]
    }

    /// The request that a thread sees, if there is one.
    pub fn seen_by(&self, t: ThreadId) -> Option<EventId> {
        self.0[if self.0.len() > 1 { t.index() } else { 0 }]
    }
}

#[derive(Default)]
struct Mutex {
    owner: Option<ThreadId>,
    sleepers: VecDeque<ThreadId>,
}

/// How a thread comes to test `locked`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TakePath {
    /// For the first time.
    Arrives,
    /// After a signal.
    Signalled,
    /// After its timed wait ran out.
    TimedOut,
}

/// A thread's own side of the protocol.
pub(super) struct Wants {
    /// What to do with the GIL.
    pub after_take: Op,
    /// What to do without it.
    pub after_drop: Op,
    pub drop_reason: DropReason,
    /// When the I/O was complete whose result it comes back with.
    pub io_completed: Option<Nanos>,
    pub since: Nanos,
    /// Without a GIL: it wants to attach, and has wanted since then.
    pub attaching: bool,
    /// It waits until everybody else has stopped.
    pub waits_for_world: bool,
    saved_switch_number: u64,
    waits: Option<EventId>,
    token: u32,
    /// In a wait, but not asleep yet.
    entering: bool,
    /// The signal that ended the wait.
    signal: Option<EventId>,
    timed_out: bool,
}

impl Default for Wants {
    fn default() -> Wants {
        Wants {
            after_take: Op::NextStep,
            after_drop: Op::Take,
            drop_reason: DropReason::Request,
            io_completed: None,
            since: Nanos::ZERO,
            attaching: false,
            waits_for_world: false,
            saved_switch_number: 0,
            waits: None,
            token: 0,
            entering: false,
            signal: None,
            timed_out: false,
        }
    }
}

impl Engine<'_> {
    /// Lets go of the GIL for a reason, goes on with `then` without it.
    pub(super) fn drop_for(&mut self, t: ThreadId, reason: DropReason, then: Op) -> Option<Op> {
        let wants = &mut self.thread(t).gil;
        wants.drop_reason = reason;
        wants.after_drop = then;
        Some(Op::Drop)
    }

    /// The GIL of a thread.
    pub(super) fn gil(&mut self, t: ThreadId) -> &mut Gil {
        let domain = self.threads[t.index()].domain;
        &mut self.domains[domain.index()].gil
    }

    pub(super) fn mutex_lock(&mut self, t: ThreadId, after: AfterMutex) -> Option<Op> {
        if self.gil(t).mutex.owner.is_none() {
            self.gil(t).mutex.owner = Some(t);
            return Some(after.op());
        }
        let enter = self.futex_wait();
        self.burst(t, enter, Op::MutexSleep(after))
    }

    pub(super) fn mutex_sleep(&mut self, t: ThreadId, after: AfterMutex) -> Option<Op> {
        let Some(owner) = self.gil(t).mutex.owner else {
            // Released while the thread was on its way: the futex's value has changed.
            return Some(Op::MutexLock(after));
        };
        self.event(t, EventKind::MutexBlocked { owner }, None);
        self.gil(t).mutex.sleepers.push_back(t);
        // Woken, it tries again: a thread that comes by may be faster.
        self.sleep(t, State::WaitingGil, Op::MutexLock(after))
    }

    /// Releases the mutex; the CPU time that this costs its owner.
    fn mutex_unlock(&mut self, t: ThreadId) -> Nanos {
        self.gil(t).mutex.owner = None;
        match self.gil(t).mutex.sleepers.pop_front() {
            Some(sleeper) => {
                self.wake(sleeper, None);
                self.spec.machine.costs.futex_wake
            }
            None => Nanos::ZERO,
        }
    }

    pub(super) fn take(&mut self, t: ThreadId) -> Option<Op> {
        self.mode(t, State::WaitingGil);
        self.gil(t).wanting += 1;
        let now = self.now;
        self.thread(t).gil.since = now;
        Some(Op::MutexLock(AfterMutex::TakeTest(TakePath::Arrives)))
    }

    pub(super) fn take_test(&mut self, t: ThreadId, path: TakePath) -> Option<Op> {
        let timed_out = (path == TakePath::TimedOut).then(|| self.record_time_out(t));
        if self.gil(t).holder.is_none() {
            return self.acquire(t, path);
        }
        match timed_out {
            Some((event, false)) => self.request_drop(t, event),
            Some((_, true)) => Some(Op::BeginWait),
            None => {
                if path == TakePath::Signalled {
                    let holder = self.gil(t).holder;
                    let last_take = self.gil(t).last_take;
                    self.event(t, EventKind::Missed { holder }, last_take);
                }
                Some(Op::BeginWait)
            }
        }
    }

    /// The event, and whether somebody else took the GIL during the wait.
    fn record_time_out(&mut self, t: ThreadId) -> (EventId, bool) {
        let number = self.gil(t).switch_number;
        let wants = &self.threads[t.index()].gil;
        let switched = wants.saved_switch_number != number;
        let waits = wants.waits;
        (self.event(t, EventKind::WaitTimedOut { switched }, waits), switched)
    }

    /// `SET_GIL_DROP_REQUEST`: the holder sees it at its next look at the eval breaker.
    fn request_drop(&mut self, t: ThreadId, timed_out: EventId) -> Option<Op> {
        let Some(holder) = self.gil(t).holder else { return Some(Op::BeginWait) };
        let event = self.event(t, EventKind::DropRequested { holder }, Some(timed_out));
        *self.gil(t).requests.flag(holder) = Some(event);
        self.interrupt_bytecode(holder);
        let back = {
            let rewait = self.spec.machine.costs.rewait;
            self.thread(t).rng.draw(rewait)
        };
        self.burst(t, back, Op::BeginWait)
    }

    /// `COND_TIMED_WAIT`: from here on a signal reaches the thread, asleep or not.
    pub(super) fn begin_wait(&mut self, t: ThreadId) -> Option<Op> {
        let until = self.now + self.timed_wait();
        let saved_switch_number = self.gil(t).switch_number;
        let holder = self.gil(t).holder;
        let waits = EventKind::Waits { holder, saved_switch_number, until };
        let last_take = self.gil(t).last_take;
        let waits = self.event(t, waits, last_take);
        let wants = &mut self.thread(t).gil;
        wants.saved_switch_number = saved_switch_number;
        wants.waits = Some(waits);
        wants.entering = true;
        wants.signal = None;
        wants.timed_out = false;
        wants.token += 1;
        let timer = Due::WaitTimer(t, wants.token);
        self.gil(t).cond.push_back(t);
        let fires = self.timer(until);
        self.schedule(fires, timer);
        let cost = self.mutex_unlock(t) + self.futex_wait();
        self.burst(t, cost, Op::WaitSleep)
    }

    /// How long `COND_TIMED_WAIT` is asked to wait.
    fn timed_wait(&self) -> Nanos {
        let (interval, unit) = (self.switch_interval, self.spec.machine.wait_unit);
        if unit.is_zero() { interval } else { Nanos(interval.0 - interval.0 % unit.0) }
    }

    pub(super) fn wait_sleep(&mut self, t: ThreadId) -> Option<Op> {
        let wants = &mut self.thread(t).gil;
        wants.entering = false;
        let path = match (wants.signal, wants.timed_out) {
            (Some(_), _) => TakePath::Signalled,
            (None, true) => TakePath::TimedOut,
            (None, false) => return self.sleep(t, State::WaitingGil, Op::WaitSleep),
        };
        Some(Op::MutexLock(AfterMutex::TakeTest(path)))
    }

    pub(super) fn wait_timer(&mut self, t: ThreadId, token: u32) {
        let wants = &mut self.thread(t).gil;
        if wants.token != token || wants.signal.is_some() {
            return;
        }
        wants.timed_out = true;
        let asleep = !wants.entering;
        let waits = wants.waits;
        self.gil(t).cond.retain(|waiter| *waiter != t);
        if asleep {
            self.wake(t, waits);
        }
    }

    /// With the mutex and `locked == 0`: the GIL is the thread's.
    fn acquire(&mut self, t: ThreadId, path: TakePath) -> Option<Op> {
        self.gil(t).wanting -= 1;
        let switched = self.gil(t).last_holder != Some(t);
        if switched {
            self.gil(t).last_holder = Some(t);
            self.gil(t).switch_number += 1;
        }
        self.gil(t).holder = Some(t);
        *self.gil(t).requests.flag(t) = None;
        let event = self.record_take(t, path, switched);
        self.record.gil(self.threads[t.index()].domain, self.now, Some(t));
        self.mode(t, State::HasGil);
        let cost = self.spec.machine.costs.uncontended
            + self.signal_switch_cond(t, event)
            + self.mutex_unlock(t);
        let after = self.threads[t.index()].gil.after_take;
        self.burst(t, cost, after)
    }

    fn record_take(&mut self, t: ThreadId, path: TakePath, switched: bool) -> EventId {
        let now = self.now;
        let how = match path {
            TakePath::Arrives if self.gil(t).wanting > 0 => TakeHow::Barged,
            TakePath::Arrives => TakeHow::Free,
            TakePath::Signalled => TakeHow::Signalled,
            TakePath::TimedOut => TakeHow::TimedOut,
        };
        let wants = &mut self.threads[t.index()].gil;
        // The timer of a wait that a signal has ended is stale.
        wants.token += 1;
        let waited = now - wants.since;
        let cause = wants.signal.take();
        let cause = cause.or(self.gil(t).last_drop);
        self.record_io(t);
        let switch_number = self.gil(t).switch_number;
        let kind = EventKind::Takes { how, waited, switch_number, switched };
        let event = self.event(t, kind, cause);
        self.gil(t).last_take = Some(event);
        event
    }

    /// Notes that the thread can use the result of its I/O from now on.
    pub(super) fn record_io(&mut self, t: ThreadId) {
        let resumed = self.now;
        if let Some(completed) = self.thread(t).gil.io_completed.take() {
            self.record.io(IoCompletion { thread: t, completed, resumed });
        }
    }

    /// `COND_SIGNAL(switch_cond)`, always sent; the CPU time that it costs.
    fn signal_switch_cond(&mut self, t: ThreadId, take: EventId) -> Nanos {
        let Some(waiter) = self.gil(t).switch_cond.pop_front() else { return Nanos::ZERO };
        let wants = &mut self.thread(waiter).gil;
        wants.signal = Some(take);
        if !wants.entering {
            self.wake(waiter, Some(take));
        }
        self.spec.machine.costs.futex_wake
    }

    pub(super) fn drop_release(&mut self, t: ThreadId) -> Option<Op> {
        let reason = self.threads[t.index()].gil.drop_reason;
        let request = self.gil(t).requests.seen_by(t).filter(|_| reason == DropReason::Request);
        self.gil(t).holder = None;
        self.gil(t).last_holder = Some(t);
        self.record.gil(self.threads[t.index()].domain, self.now, None);
        let signals = self.pick_waiter(t);
        let event = self.event(t, EventKind::Drops { reason, signals }, request);
        self.gil(t).last_drop = Some(event);
        self.mode(t, State::Native);
        let cost = match signals {
            Some(waiter) => self.signal_cond(t, waiter, event),
            None => self.spec.machine.costs.uncontended,
        };
        // The mutex is held meanwhile: who is woken fast has to wait for it.
        self.burst(t, cost, Op::DropUnlock)
    }

    /// Whom `COND_SIGNAL` reaches. A waiter that has registered but is not asleep yet finds the
    /// signal before it sleeps, while the one that the kernel wakes is still on its way and finds
    /// it gone (glibc's pthread_cond_wait.c: signals belong to a group of waiters, not to one).
    /// Otherwise the one that has waited longest, as futex queues do. POSIX promises no order.
    fn pick_waiter(&self, t: ThreadId) -> Option<ThreadId> {
        let entering = |t: &&ThreadId| self.threads[t.index()].gil.entering;
        let cond = &self.domains[self.threads[t.index()].domain.index()].gil.cond;
        cond.iter().find(entering).or(cond.front()).copied()
    }

    /// Sends the signal; the CPU time that this costs the sender. The kernel wakes a sleeper even
    /// where a waiter that is not asleep yet will have taken the signal by then.
    fn signal_cond(&mut self, t: ThreadId, waiter: ThreadId, drop: EventId) -> Nanos {
        let costs = self.spec.machine.costs;
        let cond = &mut self.domains[self.threads[t.index()].domain.index()].gil.cond;
        let sleeper = cond.iter().any(|t| !self.threads[t.index()].gil.entering);
        cond.retain(|t| *t != waiter);
        let wants = &mut self.thread(waiter).gil;
        wants.signal = Some(drop);
        if !wants.entering {
            self.wake(waiter, Some(drop));
        }
        if sleeper { costs.futex_wake } else { costs.syscall }
    }

    pub(super) fn drop_unlock(&mut self, t: ThreadId) -> Option<Op> {
        let cost = self.mutex_unlock(t);
        self.burst(t, cost, Op::ForcedTest)
    }

    /// Forced switching (`#ifdef FORCE_SWITCHING` in `drop_gil`): who was asked to let go does
    /// not come back before another thread has had the GIL. Holds for a voluntary drop too.
    pub(super) fn forced_test(&mut self, t: ThreadId) -> Option<Op> {
        let forced =
            self.gil(t).requests.seen_by(t).is_some() && self.gil(t).last_holder == Some(t);
        let wants = &mut self.threads[t.index()].gil;
        if !forced || wants.drop_reason == DropReason::Finish {
            return Some(wants.after_drop);
        }
        wants.entering = true;
        wants.signal = None;
        let request = self.gil(t).requests.flag(t).take();
        self.gil(t).switch_cond.push_back(t);
        self.event(t, EventKind::ForcedSwitchWaits, request);
        self.mode(t, State::ForcedSwitch);
        let enter = self.futex_wait();
        self.burst(t, enter, Op::ForcedSleep)
    }

    pub(super) fn forced_sleep(&mut self, t: ThreadId) -> Option<Op> {
        let wants = &mut self.thread(t).gil;
        wants.entering = false;
        if wants.signal.is_some() {
            return Some(Op::ForcedDone);
        }
        self.sleep(t, State::ForcedSwitch, Op::ForcedDone)
    }

    pub(super) fn forced_done(&mut self, t: ThreadId) -> Option<Op> {
        let wants = &mut self.thread(t).gil;
        let take = wants.signal.take();
        let after = wants.after_drop;
        self.event(t, EventKind::ForcedSwitchDone, take);
        self.mode(t, State::Native);
        Some(after)
    }
}
