//! What is asked: a workload, what failure costs most, and what a team can and cannot use.

use std::collections::BTreeSet;
use std::fmt;

use gil_notation::{parse_bytes, parse_duration, print_bytes, print_duration};
use gil_sim::{Group, Nanos, Python, Scenario};
use serde::{Deserialize, Serialize};

use crate::fact::{Fact, Symptom};

/// A failure that a team pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cost {
    /// Some requests take far longer than most.
    LatencySpikes,
    /// It does not get the work done.
    TooSlow,
    /// It takes more memory than there is.
    MemoryGrowth,
    /// A library or an older Python stops working.
    BrokenCompatibility,
    /// People do not understand what they have to look out for.
    DeveloperConfusion,
}

impl Cost {
    /// All of them, in the order that decides where the reader has said nothing.
    pub const ALL: [Cost; 5] = [
        Cost::LatencySpikes,
        Cost::TooSlow,
        Cost::MemoryGrowth,
        Cost::BrokenCompatibility,
        Cost::DeveloperConfusion,
    ];

    /// Its name in [`Constraints`]' text.
    pub fn key(self) -> &'static str {
        match self {
            Cost::LatencySpikes => "latency",
            Cost::TooSlow => "speed",
            Cost::MemoryGrowth => "memory",
            Cost::BrokenCompatibility => "compatibility",
            Cost::DeveloperConfusion => "confusion",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Cost::LatencySpikes => "Latency spikes",
            Cost::TooSlow => "Too slow",
            Cost::MemoryGrowth => "Memory growth",
            Cost::BrokenCompatibility => "Broken compatibility",
            Cost::DeveloperConfusion => "Developer confusion",
        }
    }

    /// What it is about, within a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Cost::LatencySpikes => "latency",
            Cost::TooSlow => "throughput",
            Cost::MemoryGrowth => "memory",
            Cost::BrokenCompatibility => "compatibility",
            Cost::DeveloperConfusion => "what has to be known",
        }
    }

    /// What is compared, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Cost::LatencySpikes => "A request now and then takes far longer: the p99 of a pass.",
            Cost::TooSlow => "The work does not get done in time: passes per second.",
            Cost::MemoryGrowth => "Each worker takes memory of its own: MiB for all of them.",
            Cost::BrokenCompatibility => {
                "A library or a deployment stops working: points for what can break."
            }
            Cost::DeveloperConfusion => {
                "The next person gets it wrong: points for what has to be known."
            }
        }
    }
}

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
    /// The longest that a pass may take at the 99th percentile.
    pub latency_budget: Option<Nanos>,
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

    /// Reads the text that [`Display`](fmt::Display) writes. What it does not know it leaves out:
    /// text kept by an older or newer version is still good for the rest.
    pub fn read(text: &str) -> Constraints {
        let mut read = Constraints::default();
        for (key, value) in text.split(';').filter_map(|part| part.split_once('=')) {
            let words = || value.split(',');
            match key {
                "costs" => read.costs = words().filter_map(|w| named(&Cost::ALL, w)).collect(),
                "py" => read.reach = words().filter_map(Python::find).collect(),
                "facts" => read.facts = words().filter_map(Fact::find).collect(),
                "seen" => read.symptoms = words().filter_map(Symptom::find).collect(),
                "memory" => read.memory_limit = parse_bytes(value).ok().filter(|b| *b > 0),
                "budget" => {
                    read.latency_budget = parse_duration(value).ok().filter(|t| !t.is_zero());
                }
                _ => {}
            }
        }
        read.costs.dedup();
        read
    }
}

fn named(costs: &[Cost], key: &str) -> Option<Cost> {
    costs.iter().copied().find(|cost| cost.key() == key)
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
    /// The index of the group that it is about.
    pub group: usize,
    /// What a team can and cannot do.
    pub constraints: Constraints,
}

impl Question {
    /// The group that it is about; the first where the index is too large.
    pub fn group(&self) -> &Group {
        let groups = &self.scenario.spec().groups;
        // A scenario has at least one group.
        groups.get(self.group).unwrap_or(&groups[0])
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
