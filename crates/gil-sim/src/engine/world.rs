//! Threads without a GIL: attached or not, and stopped for the collector
//! (`_PyThreadState_Attach`, `stop_the_world`, Python/pystate.c, 3.13; Python/gc_free_threading.c).

use crate::scenario::Protocol;
use crate::time::Nanos;
use crate::trace::{EventKind, State, ThreadId};

use super::{Engine, Op};

/// The thread that has stopped the world, and the threads that are stopped.
#[derive(Default)]
pub(super) struct World {
    /// The thread that wants the world stopped, or has stopped it.
    stopper: Option<ThreadId>,
    attached: Vec<ThreadId>,
    stopped: Vec<ThreadId>,
}

impl World {
    /// Whether a thread has to stop at its next look at the eval breaker.
    pub fn stops(&self, t: ThreadId) -> bool {
        self.stopper.is_some_and(|stopper| stopper != t)
    }
}

/// Stop-the-world pauses of a collection without a GIL: to find garbage, and again after
/// finalizers have run, to see what they have brought back.
const PAUSES: u8 = 2;

impl Engine<'_> {
    pub(super) fn attach(&mut self, t: ThreadId) -> Option<Op> {
        let now = self.now;
        let wants = &mut self.thread(t).gil;
        if !wants.attaching {
            wants.attaching = true;
            wants.since = now;
        }
        if self.domain(t).world.stops(t) {
            self.domain(t).world.stopped.push(t);
            return self.sleep(t, State::WorldStopped, Op::Take);
        }
        self.domain(t).world.attached.push(t);
        let wants = &mut self.thread(t).gil;
        wants.attaching = false;
        let (waited, after) = (now - wants.since, wants.after_take);
        self.event(t, EventKind::Attaches { waited }, None);
        self.record_io(t);
        self.mode(t, State::Attached);
        let cost = self.spec.machine.costs.uncontended;
        self.burst(t, cost, after)
    }

    pub(super) fn detach(&mut self, t: ThreadId) -> Option<Op> {
        let wants = &self.threads[t.index()].gil;
        let (reason, after) = (wants.drop_reason, wants.after_drop);
        self.event(t, EventKind::Detaches { reason }, None);
        self.mode(t, State::Native);
        self.no_longer_attached(t);
        let cost = self.spec.machine.costs.uncontended;
        self.burst(t, cost, after)
    }

    fn no_longer_attached(&mut self, t: ThreadId) {
        let world = &mut self.domain(t).world;
        world.attached.retain(|other| *other != t);
        self.go_on_when_stopped(t);
    }

    /// Lets the stopper go on when nobody but it is attached.
    fn go_on_when_stopped(&mut self, t: ThreadId) {
        let world = &self.domain(t).world;
        let Some(stopper) = world.stopper else { return };
        if stopper != t && world.attached.iter().all(|other| *other == stopper) {
            let waits = &mut self.thread(stopper).gil.waits_for_world;
            if std::mem::take(waits) {
                self.wake(stopper, None);
            }
        }
    }

    /// The eval breaker says that the world is to stop.
    pub(super) fn stop_for_world(&mut self, t: ThreadId, then: Op) -> Option<Op> {
        self.event(t, EventKind::Stops, None);
        self.thread(t).gil.after_take = then;
        self.domain(t).world.stopped.push(t);
        self.no_longer_attached(t);
        self.sleep(t, State::WorldStopped, Op::Take)
    }

    // Collections.

    /// Bytecode that may still run before a collection is due.
    pub(super) fn until_collection(&self, t: ThreadId) -> Nanos {
        let Some(gc) = self.spec.gc else { return Nanos::MAX };
        let domain = &self.domains[self.threads[t.index()].domain.index()];
        let left = gc.every - domain.since_collection;
        // Threads that run side by side allocate side by side.
        let sharing = domain.world.attached.len().max(1) as u64;
        Nanos((left.0 / sharing).max(1))
    }

    pub(super) fn collection_is_due(&self, t: ThreadId) -> bool {
        let domain = &self.domains[self.threads[t.index()].domain.index()];
        self.spec.gc.is_some_and(|gc| domain.since_collection >= gc.every)
    }

    pub(super) fn collect(&mut self, t: ThreadId, then: Op) -> Option<Op> {
        self.thread(t).after_collection = then;
        self.domain(t).since_collection = Nanos::ZERO;
        self.event(t, EventKind::CollectionBegins, None);
        match self.protocol {
            Protocol::Free => Some(Op::StopWorld(PAUSES)),
            Protocol::Ticks | Protocol::Interval(_) => {
                let pause = self.pause(t);
                self.burst(t, pause, Op::Collected)
            }
        }
    }

    fn pause(&mut self, t: ThreadId) -> Nanos {
        self.spec.gc.map_or(Nanos::ZERO, |gc| self.draw(t, gc.pause))
    }

    pub(super) fn collected(&mut self, t: ThreadId) -> Option<Op> {
        self.event(t, EventKind::CollectionEnds, None);
        let then = self.threads[t.index()].after_collection;
        self.check_breaker(t, then)
    }

    /// Asks all others to stop, and waits for those that are attached.
    pub(super) fn stop_world(&mut self, t: ThreadId, pauses: u8) -> Option<Op> {
        if self.domain(t).world.stops(t) {
            // Another thread was faster: its collection comes first.
            return self.stop_for_world(t, Op::StopWorld(pauses));
        }
        let world = &mut self.domain(t).world;
        world.stopper = Some(t);
        let others: Vec<ThreadId> =
            world.attached.iter().copied().filter(|other| *other != t).collect();
        self.event(t, EventKind::StopRequested { running: others.len() as u16 }, None);
        for other in &others {
            self.interrupt_bytecode(*other);
        }
        if others.is_empty() {
            return Some(Op::WorldStopped(pauses));
        }
        self.thread(t).gil.waits_for_world = true;
        self.sleep(t, State::WorldStopped, Op::WorldStopped(pauses))
    }

    pub(super) fn world_stopped(&mut self, t: ThreadId, pauses: u8) -> Option<Op> {
        self.mode(t, State::Attached);
        let pause = Nanos(self.pause(t).0 / u64::from(PAUSES));
        self.burst(t, pause, Op::StartWorld(pauses))
    }

    pub(super) fn start_world(&mut self, t: ThreadId, pauses: u8) -> Option<Op> {
        let event = self.event(t, EventKind::StartsWorld, None);
        let world = &mut self.domain(t).world;
        world.stopper = None;
        let stopped = std::mem::take(&mut world.stopped);
        let cost = self.spec.machine.costs.futex_wake * stopped.len() as u64;
        for other in stopped {
            self.wake(other, Some(event));
        }
        let next = if pauses > 1 { Op::StopWorld(pauses - 1) } else { Op::Collected };
        self.burst(t, cost, next)
    }
}
