//! A thread of the simulation, with what each part of the engine keeps of it.

use super::event_loop::EventLoop;
use super::gil::Wants;
use super::op::Op;
use super::os::{Burst, OsState};
use super::program::{Cursor, Python};
use super::record::Blank;
use super::what_if::Outside;
use crate::draw::Rng;
use crate::scenario::{Group, Protocol, Spec, Strategy};
use crate::time::Nanos;
use crate::trace::{CoreId, EventId, GroupId, InterpreterId, ObjectId, State, ThreadId};

/// A thread of the simulation.
pub(super) struct Thread {
    pub(super) group: GroupId,
    /// Whether the run goes on without it.
    pub(super) daemon: bool,
    /// Its interpreter.
    pub(super) domain: InterpreterId,
    pub(super) rng: Rng,
    // The operating system's side.
    pub(super) os: OsState,
    pub(super) burst: Burst,
    pub(super) vruntime: Nanos,
    pub(super) last_core: Option<CoreId>,
    pub(super) asleep_since: Nanos,
    /// The state shown while it is on a core.
    pub(super) mode: State,
    /// What woke it last.
    pub(super) woken_by: Option<EventId>,
    // Its program's side.
    pub(super) cursor: Cursor,
    /// Passes of all its tasks.
    pub(super) passes: u32,
    /// Members of the group that it does the work of, one after the other.
    pub(super) in_sequence: u64,
    pub(super) python: Python,
    pub(super) after_collection: Op,
    /// Length of the operation on a shared object that it is about to do.
    pub(super) mutation: Nanos,
    /// The shared object whose reference counts it changes, while it is in such a step.
    pub(super) touches: Option<ObjectId>,
    pub(super) io: Outside,
    pub(super) awaits_result: bool,
    pub(super) result_ready: bool,
    pub(super) event_loop: Option<EventLoop>,
    // The GIL's side.
    pub(super) gil: Wants,
}

impl Thread {
    fn new(index: usize, group: &Group, domain: InterpreterId, rng: Rng) -> Thread {
        let is = |strategy| group.strategy == strategy;
        Thread {
            group: GroupId::of(index),
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
            touches: None,
            io: Outside::default(),
            awaits_result: false,
            result_ready: false,
            event_loop: is(Strategy::Asyncio).then(|| EventLoop::new(group.count)),
            gil: Wants::default(),
        }
    }
}

/// Threads of all groups, their names, and for each interpreter whose it is.
pub(super) fn members(
    spec: &Spec,
    protocol: Protocol,
) -> (Vec<Thread>, Vec<Blank>, Vec<Option<ThreadId>>) {
    let (mut threads, mut names, mut owners) = (Vec::new(), Vec::new(), vec![None]);
    for (index, group) in spec.groups.iter().enumerate() {
        let on_one_thread = matches!(group.strategy, Strategy::Sequential | Strategy::Asyncio);
        for i in 0..if on_one_thread { 1 } else { group.count } {
            let name = match group.count {
                _ if on_one_thread => group.name.clone(),
                1 => group.name.clone(),
                _ => format!("{}-{}", group.name, i + 1),
            };
            let mut domain = InterpreterId::MAIN;
            if group.strategy.is_apart() {
                domain = InterpreterId::of(owners.len());
                owners.push(Some(ThreadId(threads.len() as u16)));
            }
            let gil = (protocol != Protocol::Free).then_some(domain);
            names.push(Blank { name, group: GroupId::of(index), gil });
            // Stream 0 is the machine's.
            let rng = Rng::new(spec.seed, threads.len() as u64 + 1);
            threads.push(Thread::new(index, group, domain, rng));
        }
    }
    (threads, names, owners)
}
