//! What stays the same through a run: who belongs to which interpreter, what the steps are.

use gil_sim::{Nanos, Protocol, RequestScope, Scenario, Step, Strategy, ThreadId, Trace};

/// What a step is to the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepKind {
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
    steps: Vec<Vec<StepKind>>,
}

struct Member {
    interpreter: usize,
    group: usize,
    asyncio: bool,
    apart: bool,
}

impl Course {
    pub fn new(scenario: &Scenario, trace: &Trace) -> Course {
        let spec = scenario.spec();
        let protocol = spec.protocol();
        let mut owners = vec![None];
        let threads = trace.threads.iter().enumerate().map(|(n, thread)| {
            let group = usize::from(thread.group);
            let strategy = spec.groups.get(group).map_or(Strategy::Threads, |g| g.strategy);
            let apart = strategy.is_apart();
            if apart {
                owners.push(Some(ThreadId(n as u16)));
            }
            let interpreter = if apart { owners.len() - 1 } else { 0 };
            Member { interpreter, group, asyncio: strategy == Strategy::Asyncio, apart }
        });
        let threads = threads.collect();
        let steps = spec.groups.iter().map(|group| {
            let mut kinds = Vec::new();
            unfold(&group.steps, protocol, &mut kinds);
            kinds
        });
        let steps = steps.collect();
        Course { protocol, interval: spec.switch_interval, owners, threads, steps }
    }

    pub fn interpreter(&self, t: ThreadId) -> usize {
        self.threads.get(t.index()).map_or(0, |member| member.interpreter)
    }

    pub fn is_asyncio(&self, t: ThreadId) -> bool {
        self.threads.get(t.index()).is_some_and(|member| member.asyncio)
    }

    pub fn is_apart(&self, t: ThreadId) -> bool {
        self.threads.get(t.index()).is_some_and(|member| member.apart)
    }

    /// What a step of a thread's unfolded program is.
    pub fn step(&self, t: ThreadId, step: u16) -> StepKind {
        let steps = self.threads.get(t.index()).and_then(|member| self.steps.get(member.group));
        let kind = steps.and_then(|steps| steps.get(usize::from(step)));
        kind.copied().unwrap_or(StepKind::Python)
    }

    /// Whether drop requests are bits of threads.
    pub fn has_request_bits(&self) -> bool {
        self.protocol == Protocol::Interval(RequestScope::Thread)
    }
}

/// A `with lock:` takes one place before and one after its body, as in the engine.
fn unfold(steps: &[Step], protocol: Protocol, into: &mut Vec<StepKind>) {
    for step in steps {
        match step {
            Step::NativeHolding { .. } => into.push(StepKind::C),
            Step::Mutate { .. } if protocol == Protocol::Free => into.push(StepKind::Change),
            Step::Mutate { .. } => into.push(StepKind::C),
            Step::Locked { body, .. } => {
                into.push(StepKind::Python);
                unfold(body, protocol, into);
                into.push(StepKind::Python);
            }
            _ => into.push(StepKind::Python),
        }
    }
}
