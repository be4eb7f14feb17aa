//! What an interpreter has to itself: its GIL or what stands in its place.

use crate::scenario::{Protocol, RequestScope};
use crate::time::Nanos;
use crate::trace::ThreadId;

use super::Engine;
use super::gil::Gil;
use super::ticks::TickLock;
use super::world::World;

/// An interpreter: up to 3.11 a process has one, from 3.12 on each can have a GIL of its own.
pub(super) struct Domain {
    pub gil: Gil,
    pub ticks: TickLock,
    pub world: World,
    /// Python computed since the last collection.
    pub since_collection: Nanos,
}

impl Domain {
    pub fn new(protocol: Protocol, threads: usize) -> Domain {
        let scope = match protocol {
            Protocol::Interval(scope) => scope,
            Protocol::Ticks | Protocol::Free => RequestScope::Process,
        };
        Domain {
            gil: Gil::new(scope, threads),
            ticks: TickLock::default(),
            world: World::default(),
            since_collection: Nanos::ZERO,
        }
    }
}

impl Engine<'_> {
    /// The interpreter of a thread.
    pub(super) fn domain(&mut self, t: ThreadId) -> &mut Domain {
        let domain = self.threads[t.index()].domain;
        &mut self.domains[domain.index()]
    }

    pub(super) fn holds_gil(&self, t: ThreadId) -> bool {
        let domain = &self.domains[self.threads[t.index()].domain.index()];
        match self.protocol {
            Protocol::Interval(_) => domain.gil.holder == Some(t),
            Protocol::Ticks => domain.ticks.holder == Some(t),
            Protocol::Free => false,
        }
    }
}
