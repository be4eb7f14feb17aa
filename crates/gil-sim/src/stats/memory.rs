//! The memory that a run's processes, interpreters and threads take.
//!
//! The figures are PSS on Linux, the proportional set size: a page that four processes share counts
//! a quarter in each, so that the sum is what a machine has to have. They are means of CPython
//! 3.11.7, 3.12.1 and 3.13.0, measured by `tests/cpython/memory.py` with up to eight workers.

use serde::{Deserialize, Serialize};

use crate::scenario::{Group, Os, Scenario, Spec, StartMethod, Strategy};

const KIB: u64 = 1 << 10;

/// The main process with its interpreter and the imports of a small service.
const BASE: u64 = 19_382 * KIB;

/// What members of a kind take.
struct Cost {
    /// As soon as there is one of them.
    once: u64,
    /// For each of them.
    each: u64,
}

/// A thread: the pages of its stack that it touches, and an arena of malloc's.
const THREAD: Cost = Cost { once: 857 * KIB, each: 148 * KIB };
/// A subinterpreter that has imported `json` and nothing else: 3.12 and 3.13, where it has a GIL.
const INTERPRETER: Cost = Cost { once: 303 * KIB, each: 3_532 * KIB };
/// A forked process shares its parent's pages until one of them writes to it, and reference counts
/// are writes. Measured after a little work: a worker that goes through all of a large parent's
/// objects ends up with a copy of them.
const FORK: Cost = Cost { once: 1_312 * KIB, each: 3_000 * KIB };
/// A process from a fork server has imported the main module itself, so it shares little. Once: the
/// server and a resource tracker.
const FORKSERVER: Cost = Cost { once: 16_151 * KIB, each: 14_613 * KIB };
/// A new interpreter with all imports. Once: a resource tracker.
const SPAWN: Cost = Cost { once: 8_539 * KIB, each: 16_832 * KIB };
/// How much more a free-threaded build takes, in percent: 15 to 20 (PEP 779).
const FREE_THREADED_PERCENT: u64 = 17;

/// How well a [`Memory`] is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MemorySource {
    /// Measured on Linux on three versions of CPython; others are taken to be like them.
    #[default]
    Measured,
    /// Linux's figures, said of another system or of a free-threaded build: a rough guess that
    /// nothing should be ranked by. Neither has been measured.
    Guess,
}

/// What a run takes in memory, in bytes of PSS. What the program itself keeps is not in it, nor are
/// asyncio's tasks, a few KiB each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The main process with nothing but its main thread.
    pub main: u64,
    /// Its other threads, the event loops' among them.
    pub threads: u64,
    /// Subinterpreters with their threads.
    pub interpreters: u64,
    /// Other processes, with a fork server and a resource tracker where there are such.
    pub processes: u64,
    /// How well the figures are known.
    pub source: MemorySource,
}

impl Memory {
    /// What a scenario takes while all its threads are there.
    pub fn of(scenario: &Scenario) -> Memory {
        let spec = scenario.spec();
        let percent = if spec.python.is_free_threaded() { FREE_THREADED_PERCENT } else { 0 };
        let scale = |bytes: u64| bytes + bytes * percent / 100;
        let part = |kind: Kind| scale(kind.cost().of(kind.members(spec)));
        Memory {
            main: scale(BASE),
            threads: part(Kind::Thread),
            interpreters: part(Kind::Interpreter),
            processes: Kind::PROCESSES.map(part).iter().sum(),
            source: source_of(spec),
        }
    }

    /// All of it.
    pub fn total(&self) -> u64 {
        self.main + self.threads + self.interpreters + self.processes
    }

    /// Whether the figures were measured on the scenario's platform, not guessed for it.
    pub fn is_measured(&self) -> bool {
        self.source == MemorySource::Measured
    }
}

fn source_of(spec: &Spec) -> MemorySource {
    match spec.machine.os {
        Os::Linux if !spec.python.is_free_threaded() => MemorySource::Measured,
        Os::Linux | Os::MacOs | Os::Windows => MemorySource::Guess,
    }
}

/// What a member of a group is to the operating system.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Thread,
    Interpreter,
    Process(StartMethod),
}

impl Kind {
    const PROCESSES: [Kind; 3] = [
        Kind::Process(StartMethod::Fork),
        Kind::Process(StartMethod::Forkserver),
        Kind::Process(StartMethod::Spawn),
    ];

    fn of(strategy: Strategy) -> Kind {
        match strategy {
            Strategy::Threads | Strategy::Sequential | Strategy::Asyncio => Kind::Thread,
            Strategy::Interpreters => Kind::Interpreter,
            Strategy::Processes(method) => Kind::Process(method),
        }
    }

    fn cost(self) -> Cost {
        match self {
            Kind::Thread => THREAD,
            Kind::Interpreter => INTERPRETER,
            Kind::Process(StartMethod::Fork) => FORK,
            Kind::Process(StartMethod::Forkserver) => FORKSERVER,
            Kind::Process(StartMethod::Spawn) => SPAWN,
        }
    }

    /// Members of all groups that are of this kind.
    fn members(self, spec: &Spec) -> u64 {
        let groups = spec.groups.iter().filter(|group| Kind::of(group.strategy) == self);
        groups.map(members).sum()
    }
}

impl Cost {
    fn of(&self, members: u64) -> u64 {
        if members == 0 { 0 } else { self.once + self.each * members }
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
    fn tasks_take_least_and_processes_that_share_nothing_most() {
        let order = [
            Strategy::Asyncio,
            Strategy::Threads,
            Strategy::Processes(StartMethod::Fork),
            Strategy::Interpreters,
            Strategy::Processes(StartMethod::Forkserver),
            Strategy::Processes(StartMethod::Spawn),
        ];
        let totals = order.map(|strategy| total("3.14", strategy, 8));
        assert!(totals.is_sorted_by(|a, b| a < b), "{totals:?}");
        assert_eq!(totals[5], (19_382 + 8_539 + 8 * 16_832) * KIB);
    }

    #[test]
    fn a_build_without_a_gil_takes_more() {
        let ratio = total("3.14t", Strategy::Threads, 8) as f64
            / total("3.14", Strategy::Threads, 8) as f64;
        assert!((1.15..=1.2).contains(&ratio), "{ratio}");
    }
}
