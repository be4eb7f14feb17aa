//! What is asked: a workload, what failure costs most, and what a team can and cannot use.

use std::collections::BTreeSet;
use std::fmt;

use gil_notation::{parse_bytes, parse_duration, print_bytes, print_duration};
use gil_sim::{Group, GroupId, Nanos, Python, Repeat, Scenario};
use serde::{Deserialize, Serialize};

use crate::cost::{Cost, WorkKind};
use crate::fact::{Fact, Symptom};

/// Where a scenario's durations come from, as far as its author knows.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Durations {
    /// Typed, and nobody has said whether they were measured.
    #[default]
    Typed,
    /// Measured on the real program.
    Measured,
    /// Guessed.
    Guessed,
}

impl Durations {
    /// All of them.
    pub const ALL: [Durations; 3] = [Durations::Typed, Durations::Measured, Durations::Guessed];

    /// Its name in the text of constraints.
    pub fn key(self) -> &'static str {
        match self {
            Durations::Typed => "typed",
            Durations::Measured => "measured",
            Durations::Guessed => "guessed",
        }
    }

    /// The one of this name.
    pub fn find(key: &str) -> Option<Durations> {
        Durations::ALL.into_iter().find(|one| one.key() == key)
    }

    /// What it is called where a reader chooses.
    pub fn title(self) -> &'static str {
        match self {
            Durations::Typed => "Typed in, not known to be measured",
            Durations::Measured => "Measured on the real program",
            Durations::Guessed => "Guessed",
        }
    }
}

/// The memory of a machine about which nothing is said: 8 GiB.
pub const USUAL_MACHINE: u64 = 8 << 30;

/// Differences of memory below this part of the machine's decide nothing, in percent.
pub const MEMORY_THRESHOLD_PERCENT: u64 = 5;

/// What a team can and cannot do, apart from the workload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraints {
    /// The expensive failures, the most expensive first. Those that are missing follow in the
    /// order of [`Cost::ALL`].
    pub costs: Vec<Cost>,
    /// Pythons that could be used. The one in use now always is.
    pub reach: BTreeSet<Python>,
    /// What is known of the libraries.
    pub facts: BTreeSet<Fact>,
    /// What has been seen and no simulation can see.
    pub symptoms: BTreeSet<Symptom>,
    /// Bytes that the workers may take.
    pub memory_limit: Option<u64>,
    /// The longest that a response may take at the 99th percentile, or that a batch may take.
    pub latency_budget: Option<Nanos>,
    /// Bytes of memory that the machine has; [`USUAL_MACHINE`] where nothing is said.
    pub machine: Option<u64>,
    /// What kind of work it is; where nothing is said, the scenario tells.
    pub kind: Option<WorkKind>,
    /// Where the durations of the scenario come from.
    pub durations: Durations,
}

impl Constraints {
    /// All failures in the order in which they decide.
    pub fn order(&self) -> Vec<Cost> {
        let mut order: Vec<Cost> = Vec::new();
        for cost in self.costs.iter().copied().chain(Cost::ALL) {
            if !order.contains(&cost) {
                order.push(cost);
            }
        }
        order
    }

    /// Moves a failure one place up or down in the order.
    pub fn shift(&mut self, cost: Cost, up: bool) {
        let mut order = self.order();
        let Some(from) = order.iter().position(|other| *other == cost) else { return };
        let to = if up { from.saturating_sub(1) } else { (from + 1).min(order.len() - 1) };
        order.swap(from, to);
        self.costs = order;
    }

    /// Bytes below which a difference of memory decides nothing.
    pub fn memory_threshold(&self) -> u64 {
        self.machine.unwrap_or(USUAL_MACHINE) / 100 * MEMORY_THRESHOLD_PERCENT
    }

    /// Reads the text that [`Display`](fmt::Display) writes. What it does not know it leaves out:
    /// text kept by an older or newer version is still good for the rest.
    pub fn read(text: &str) -> Constraints {
        let mut read = Constraints::default();
        for (key, value) in text.split(';').filter_map(|part| part.split_once('=')) {
            let words = || value.split(',');
            match key {
                "costs" => read.costs = words().filter_map(Cost::find).collect(),
                "py" => read.reach = words().filter_map(Python::find).collect(),
                "facts" => read.facts = words().filter_map(Fact::find).collect(),
                "seen" => read.symptoms = words().filter_map(Symptom::find).collect(),
                "memory" => read.memory_limit = parse_bytes(value).ok().filter(|b| *b > 0),
                "budget" => {
                    read.latency_budget = parse_duration(value).ok().filter(|t| !t.is_zero());
                }
                "machine" => read.machine = parse_bytes(value).ok().filter(|b| *b > 0),
                "kind" => read.kind = WorkKind::find(value),
                "durations" => read.durations = Durations::find(value).unwrap_or_default(),
                _ => {}
            }
        }
        read.costs.dedup();
        read
    }
}

impl fmt::Display for Constraints {
    /// `costs=memory,latency;py=3.11,3.14t;facts=pickle;memory=512mib`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |key: &str, words: Vec<String>| {
            (!words.is_empty()).then(|| format!("{key}={}", words.join(",")))
        };
        let parts = [
            list("costs", self.costs.iter().map(|cost| cost.key().to_owned()).collect()),
            list("py", self.reach.iter().map(Python::to_string).collect()),
            list("facts", self.facts.iter().map(|fact| fact.key().to_owned()).collect()),
            list("seen", self.symptoms.iter().map(|seen| seen.key().to_owned()).collect()),
            self.memory_limit.map(|bytes| format!("memory={}", print_bytes(bytes))),
            self.latency_budget.map(|time| format!("budget={}", print_duration(time))),
            self.machine.map(|bytes| format!("machine={}", print_bytes(bytes))),
            self.kind.map(|kind| format!("kind={}", kind.key())),
            (self.durations != Durations::Typed)
                .then(|| format!("durations={}", self.durations.key())),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(";"))
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The workload as it runs now.
    pub scenario: Scenario,
    /// The group that it is about.
    pub group: GroupId,
    /// What a team can and cannot do.
    pub constraints: Constraints,
}

impl Question {
    /// The group that it is about; the first where there is no such group.
    pub fn group(&self) -> &Group {
        let groups = &self.scenario.spec().groups;
        // A scenario has at least one group.
        groups.get(self.group.index()).unwrap_or(&groups[0])
    }

    /// What kind of work it is: what the reader has said, otherwise what the scenario tells. Jobs
    /// that lie there from the start and passes that are counted are a batch; requests that arrive
    /// and passes for a time are a service.
    pub fn kind(&self) -> WorkKind {
        let usual = if self.may_be_batch() && !self.group().begins_with_message() {
            WorkKind::Batch
        } else {
            WorkKind::Service
        };
        self.constraints.kind.filter(|_| self.may_be_batch()).unwrap_or(usual)
    }

    /// Whether the group's work has an end of its own, so that there can be a makespan.
    pub fn may_be_batch(&self) -> bool {
        matches!(self.group().repeat, Repeat::Jobs(_) | Repeat::Times(_))
    }

    /// Whether requests come from outside: through a queue, or as messages.
    pub fn has_requests(&self) -> bool {
        self.group().repeat.has_queue() || self.group().begins_with_message()
    }

    /// What a person waits for: `p99 of a response`, `p99 of a pass`, `makespan`.
    pub fn wait(&self) -> &'static str {
        match self.kind() {
            WorkKind::Batch => "makespan",
            WorkKind::Service if self.has_requests() => "p99 of a response",
            WorkKind::Service => "p99 of a pass",
        }
    }

    /// The median of the same.
    pub fn typical_wait(&self) -> &'static str {
        match self.kind() {
            WorkKind::Batch => "makespan",
            WorkKind::Service if self.has_requests() => "median of a response",
            WorkKind::Service => "median of a pass",
        }
    }

    /// The Python in use now.
    pub fn now(&self) -> Python {
        self.scenario.spec().python
    }

    /// All Pythons in reach, the one in use now first, then the newest first.
    pub fn pythons(&self) -> Vec<Python> {
        let now = self.now();
        let others = self.constraints.reach.iter().rev().copied().filter(|python| *python != now);
        std::iter::once(now).chain(others).collect()
    }

    /// Whether something is known of the libraries.
    pub fn has(&self, fact: Fact) -> bool {
        self.constraints.facts.contains(&fact)
    }
}
