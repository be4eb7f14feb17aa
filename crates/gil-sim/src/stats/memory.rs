//! An estimate of the memory that a run's processes, interpreters and threads take.

use serde::{Deserialize, Serialize};

use crate::scenario::{Group, Scenario, StartMethod, Strategy};

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// The main process with its interpreter and a usual set of imports: an estimate.
const BASE: u64 = 12 * MIB;
/// One more thread: the pages of its stack that it touches. 15 to 95 KiB were measured (PSS,
/// Linux), the middle is taken.
const THREAD: u64 = 55 * KIB;
/// A forked process. PSS on Linux beside a parent of 31 MiB: a larger parent has larger children,
/// because reference counts write to the pages that they share.
const FORK: u64 = 15 * MIB;
/// A process that a fork server has forked. PSS on Linux.
const FORKSERVER: u64 = 9 * MIB;
/// A process of its own with a new interpreter. PSS on Linux.
const SPAWN: u64 = 16 * MIB;
/// A bare subinterpreter, without its imports. PSS on Linux: 2.3 MiB.
const INTERPRETER: u64 = 2_355 * KIB;
/// How much more a free-threaded build takes, in percent: 15 to 20 (PEP 779).
const FREE_THREADED_PERCENT: u64 = 17;

/// What a run takes in memory, in bytes: an estimate from measurements of bare processes,
/// interpreters and threads. What the program itself keeps is not in it, nor are asyncio's tasks,
/// a few KiB each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The main process with nothing but its main thread.
    pub main: u64,
    /// Its other threads, the event loops' among them.
    pub threads: u64,
    /// Subinterpreters with their threads.
    pub interpreters: u64,
    /// Other processes.
    pub processes: u64,
}

impl Memory {
    /// What a scenario takes while all its threads are there.
    pub fn of(scenario: &Scenario) -> Memory {
        let spec = scenario.spec();
        let percent = if spec.python.is_free_threaded() { FREE_THREADED_PERCENT } else { 0 };
        let scale = |bytes: u64| bytes + bytes * percent / 100;
        let mut memory = Memory { main: scale(BASE), ..Memory::default() };
        for group in &spec.groups {
            let (part, each) = memory.of_member(group.strategy);
            *part += scale(each) * members(group);
        }
        memory
    }

    /// All of it.
    pub fn total(&self) -> u64 {
        self.main + self.threads + self.interpreters + self.processes
    }

    fn of_member(&mut self, strategy: Strategy) -> (&mut u64, u64) {
        match strategy {
            Strategy::Threads | Strategy::Sequential | Strategy::Asyncio => {
                (&mut self.threads, THREAD)
            }
            Strategy::Interpreters => (&mut self.interpreters, INTERPRETER + THREAD),
            Strategy::Processes(StartMethod::Fork) => (&mut self.processes, FORK),
            Strategy::Processes(StartMethod::Forkserver) => (&mut self.processes, FORKSERVER),
            Strategy::Processes(StartMethod::Spawn) => (&mut self.processes, SPAWN),
        }
    }
}

/// Threads, interpreters or processes that a group is.
fn members(group: &Group) -> u64 {
    match group.strategy {
        Strategy::Sequential | Strategy::Asyncio => 1,
        _ => u64::from(group.count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Python, Spec, Step};
    use crate::{Dist, Nanos};

    fn total(python: &str, strategy: Strategy, count: u16) -> u64 {
        let work = Dist::Fixed(Nanos::from_millis(1));
        let group = Group {
            count,
            strategy,
            ..Group::new("work", vec![Step::Python { work, check: None }])
        };
        let python = Python::find(python).unwrap();
        let spec = Spec { python, groups: vec![group], ..Spec::default() };
        Memory::of(&Scenario::new(spec).unwrap()).total()
    }

    #[test]
    fn processes_take_most_and_tasks_least() {
        let order = [
            Strategy::Asyncio,
            Strategy::Threads,
            Strategy::Interpreters,
            Strategy::Processes(StartMethod::Forkserver),
            Strategy::Processes(StartMethod::Fork),
            Strategy::Processes(StartMethod::Spawn),
        ];
        let totals = order.map(|strategy| total("3.14", strategy, 8));
        assert!(totals.is_sorted_by(|a, b| a < b), "{totals:?}");
        assert_eq!(totals[5], (12 + 8 * 16) * MIB);
    }

    #[test]
    fn a_build_without_a_gil_takes_more() {
        let ratio = total("3.14t", Strategy::Threads, 8) as f64
            / total("3.14", Strategy::Threads, 8) as f64;
        assert!((1.15..=1.2).contains(&ratio), "{ratio}");
    }
}
