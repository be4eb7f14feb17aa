//! What stays the same through a run: who belongs to which interpreter, what the steps are.

use gil_sim::program::{Unfolded, unfold};
use gil_sim::{
    GroupId, InterpreterId, Nanos, Protocol, RequestScope, Scenario, StepId, StepKind, Strategy,
    ThreadId, Trace,
};

/// What a step is to the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Bytecode, or a call that lets go of the GIL.
    Python,
    /// A C function that keeps the GIL.
    C,
    /// A change of an object that has a lock of its own.
    Change,
}

/// A scenario as the debugger needs it.
pub(crate) struct Course {
    pub protocol: Protocol,
    pub interval: Nanos,
    /// For each interpreter whose it is: nobody's for the main one.
    pub owners: Vec<Option<ThreadId>>,
    threads: Vec<Member>,
    /// By group.
    steps: Vec<Vec<Code>>,
}

struct Member {
    interpreter: InterpreterId,
    group: GroupId,
    asyncio: bool,
    apart: bool,
}

impl Course {
    pub fn new(scenario: &Scenario, trace: &Trace) -> Course {
        let spec = scenario.spec();
        let protocol = spec.protocol();
        let mut owners = vec![None];
        let threads = trace.threads.iter().enumerate().map(|(n, thread)| {
            let group = thread.group;
            let strategy = spec.groups.get(group.index()).map_or(Strategy::Threads, |g| g.strategy);
            let apart = strategy.is_apart();
            if apart {
                owners.push(Some(ThreadId(n as u16)));
            }
            let main = InterpreterId::MAIN;
            let interpreter = if apart { InterpreterId::of(owners.len() - 1) } else { main };
            Member { interpreter, group, asyncio: strategy == Strategy::Asyncio, apart }
        });
        let threads = threads.collect();
        let steps = spec.groups.iter().map(|group| {
            let places = unfold(&group.steps).into_iter();
            places.map(|place| code(place, protocol)).collect()
        });
        let steps = steps.collect();
        Course { protocol, interval: spec.switch_interval, owners, threads, steps }
    }

    pub fn interpreter(&self, t: ThreadId) -> InterpreterId {
        self.threads.get(t.index()).map_or(InterpreterId::MAIN, |member| member.interpreter)
    }

    pub fn is_asyncio(&self, t: ThreadId) -> bool {
        self.threads.get(t.index()).is_some_and(|member| member.asyncio)
    }

    pub fn is_apart(&self, t: ThreadId) -> bool {
        self.threads.get(t.index()).is_some_and(|member| member.apart)
    }

    /// What a step of a thread's unfolded program is.
    pub fn step(&self, t: ThreadId, step: StepId) -> Code {
        let steps =
            self.threads.get(t.index()).and_then(|member| self.steps.get(member.group.index()));
        let kind = steps.and_then(|steps| steps.get(step.index()));
        kind.copied().unwrap_or(Code::Python)
    }

    /// Whether drop requests are bits of threads.
    pub fn has_request_bits(&self) -> bool {
        self.protocol == Protocol::Interval(RequestScope::Thread)
    }
}

/// What a place of a program is to the listing: taking a lock and releasing it is bytecode.
fn code(place: Unfolded, protocol: Protocol) -> Code {
    let Unfolded::Step(step) = place else { return Code::Python };
    match step.kind() {
        StepKind::NativeHolding => Code::C,
        StepKind::Mutate if protocol == Protocol::Free => Code::Change,
        StepKind::Mutate => Code::C,
        _ => Code::Python,
    }
}
