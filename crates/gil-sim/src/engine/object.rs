//! Objects that threads share: with a GIL they are safe because one thread runs at a time, without
//! one they have a lock, and their reference counts travel from core to core.

use std::collections::VecDeque;

use crate::draw::Dist;
use crate::scenario::Protocol;
use crate::time::Nanos;
use crate::trace::{CoreId, DropReason, EventKind, ObjectHow, ObjectId, State, ThreadId};

use super::program::check_distance;
use super::{Engine, Op};

/// A shared object's `PyMutex`, and where its cache lines are.
#[derive(Default)]
pub(super) struct Object {
    owner: Option<ThreadId>,
    /// The core that has it in its cache.
    cached_by: Option<CoreId>,
    parked: VecDeque<(ThreadId, Nanos)>,
}

/// Spins before a thread parks, each with a `sched_yield` (`MAX_SPIN_COUNT`, Python/lock.c, 3.13).
const SPINS: u8 = 40;

/// A thread that has been parked for longer than this gets the lock handed over (`TIME_TO_BE_FAIR_NS`,
/// Python/lock.c, 3.13).
const FAIR: Nanos = Nanos::from_millis(1);

/// Bytecode between two reference counts to a shared object that a loop touches all the time: an
/// assumption, about one bytecode in two.
const BETWEEN_TOUCHES: Nanos = Nanos(50);

/// How finely sharing is simulated.
const CHUNK: Nanos = Nanos::from_micros(10);

impl Engine<'_> {
    // Touching: reference counts.

    pub(super) fn share(&mut self, t: ThreadId, object: ObjectId, work: Dist) -> Option<Op> {
        let work = self.draw(t, work);
        let work = self.with_overhead(work);
        if self.protocol != Protocol::Free {
            let check = check_distance(self.spec, None);
            return self.begin_bytecode(t, work, check);
        }
        self.thread(t).touches = Some(object);
        Some(Op::Touch { object, left: work })
    }

    /// Bytecode on a shared object, for a while. A count of the owner's is a plain addition; as
    /// soon as several cores are at it each is atomic, and waits until the cache line has been
    /// with all others (Include/refcount.h, 3.14).
    pub(super) fn touch(&mut self, t: ThreadId, object: ObjectId, left: Nanos) -> Option<Op> {
        if left.is_zero() {
            self.thread(t).touches = None;
            return Some(Op::CheckBreaker);
        }
        let chunk = left.min(CHUNK);
        let touch = match self.sharers(object) {
            ..=1 => BETWEEN_TOUCHES,
            cores => BETWEEN_TOUCHES.max(self.spec.machine.overheads.cache_line * cores),
        };
        let time = Nanos(chunk.0 * touch.0 / BETWEEN_TOUCHES.0);
        self.burst(t, time, Op::Touched { object, left: left - chunk })
    }

    /// Cores that pull at an object's cache line now. A thread that has lost its core in the middle
    /// of the step leaves the line to those that run, however many wait for a core.
    fn sharers(&self, object: ObjectId) -> u64 {
        let touches = |t: &ThreadId| self.threads[t.index()].touches == Some(object);
        self.os.running().filter(touches).count() as u64
    }

    /// Between two stretches the eval breaker is looked at.
    pub(super) fn touched(&mut self, t: ThreadId, object: ObjectId, left: Nanos) -> Option<Op> {
        self.domain(t).since_collection += CHUNK;
        self.check_breaker(t, Op::Touch { object, left })
    }

    // Changing: the object's lock.

    pub(super) fn mutate(&mut self, t: ThreadId, object: ObjectId, work: Dist) -> Option<Op> {
        let work = self.draw(t, work);
        let work = self.with_overhead(work);
        if self.protocol != Protocol::Free {
            // One C function under the GIL.
            return self.burst(t, work, Op::CheckBreaker);
        }
        self.thread(t).mutation = work;
        if self.objects[object.index()].owner.is_none() {
            return self.object_locked(t, object);
        }
        let owner = self.objects[object.index()].owner;
        self.event(t, EventKind::ObjectWaits { object, owner }, None);
        self.mode(t, State::WaitingObject);
        Some(Op::ObjectSpin { object, spins: SPINS })
    }

    fn object_locked(&mut self, t: ThreadId, object: ObjectId) -> Option<Op> {
        let slot = &mut self.objects[object.index()];
        slot.owner = Some(t);
        let core = self.threads[t.index()].last_core;
        let cached_by = std::mem::replace(&mut slot.cached_by, core);
        let fetch = self.fetch(cached_by, t);
        self.mode(t, State::Attached);
        let work = self.threads[t.index()].mutation + self.spec.machine.costs.uncontended + fetch;
        self.burst(t, work, Op::ObjectUnlock(object))
    }

    /// What it costs a thread on a core to get the cache lines of a lock, and of what it guards,
    /// from the core that has them.
    pub(super) fn fetch(&self, cached_by: Option<CoreId>, t: ThreadId) -> Nanos {
        match cached_by {
            Some(core) if self.threads[t.index()].last_core != Some(core) => {
                self.spec.machine.overheads.cache_line * 2
            }
            _ => Nanos::ZERO,
        }
    }

    fn object_taken(&mut self, t: ThreadId, object: ObjectId, how: ObjectHow) -> Option<Op> {
        self.event(t, EventKind::ObjectTaken { object, how }, None);
        self.object_locked(t, object)
    }

    pub(super) fn object_spin(&mut self, t: ThreadId, object: ObjectId, spins: u8) -> Option<Op> {
        if self.objects[object.index()].owner.is_none() {
            return self.object_taken(t, object, ObjectHow::Spinning);
        }
        if spins == 0 {
            self.thread(t).gil.after_take = Op::ObjectTry(object);
            return self.drop_for(t, DropReason::Object, Op::ObjectPark(object));
        }
        let spin = self.spec.machine.costs.syscall;
        self.burst(t, spin, Op::ObjectSpin { object, spins: spins - 1 })
    }

    pub(super) fn object_park(&mut self, t: ThreadId, object: ObjectId) -> Option<Op> {
        self.mode(t, State::WaitingObject);
        let enter = self.futex_wait();
        self.burst(t, enter, Op::ObjectSleep(object))
    }

    pub(super) fn object_sleep(&mut self, t: ThreadId, object: ObjectId) -> Option<Op> {
        let now = self.now;
        let slot = &mut self.objects[object.index()];
        if slot.owner.is_none() {
            return Some(Op::Take);
        }
        slot.parked.push_back((t, now));
        self.sleep(t, State::WaitingObject, Op::Take)
    }

    /// Attached again: it has been handed the lock, or has to try for it.
    pub(super) fn object_try(&mut self, t: ThreadId, object: ObjectId) -> Option<Op> {
        let slot = &self.objects[object.index()];
        match slot.owner {
            Some(owner) if owner == t => self.object_taken(t, object, ObjectHow::Handed),
            None => self.object_taken(t, object, ObjectHow::Woken),
            Some(_) => {
                self.mode(t, State::WaitingObject);
                Some(Op::ObjectSpin { object, spins: SPINS })
            }
        }
    }

    pub(super) fn object_unlock(&mut self, t: ThreadId, object: ObjectId) -> Option<Op> {
        let now = self.now;
        let slot = &mut self.objects[object.index()];
        slot.owner = None;
        let Some((waiter, since)) = slot.parked.pop_front() else {
            return Some(Op::CheckBreaker);
        };
        let handed = now - since > FAIR;
        if handed {
            slot.owner = Some(waiter);
        }
        let kind = EventKind::ObjectReleased { object, wakes: Some(waiter), handed };
        let event = self.event(t, kind, None);
        self.wake(waiter, Some(event));
        let cost = self.spec.machine.costs.futex_wake;
        self.burst(t, cost, Op::CheckBreaker)
    }
}
