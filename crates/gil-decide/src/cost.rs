//! The failures that a team pays for, and what each is compared by.

use serde::{Deserialize, Serialize};

/// What a group's work is: whether somebody waits for each pass, or for the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WorkKind {
    /// Somebody waits for each request: its response time counts.
    Service,
    /// Somebody waits for all of it: the makespan counts, from the start to the end of the last
    /// job.
    Batch,
}

impl WorkKind {
    /// Both of them.
    pub const ALL: [WorkKind; 2] = [WorkKind::Service, WorkKind::Batch];

    /// Its name in the text of constraints.
    pub fn key(self) -> &'static str {
        match self {
            WorkKind::Service => "service",
            WorkKind::Batch => "batch",
        }
    }

    /// The kind of this name.
    pub fn find(key: &str) -> Option<WorkKind> {
        WorkKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What it is called where a reader chooses.
    pub fn title(self) -> &'static str {
        match self {
            WorkKind::Service => "A service",
            WorkKind::Batch => "A batch",
        }
    }
}

/// A failure that a team pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cost {
    /// Some requests take far longer than most; a batch is done too late.
    LatencySpikes,
    /// It doesn't get the work done.
    TooSlow,
    /// It takes more memory than there is.
    MemoryGrowth,
    /// A library or an older Python stops working.
    BrokenCompatibility,
    /// Much code and deployment has to change.
    LargeChange,
    /// People don't understand what they have to look out for.
    DeveloperConfusion,
}

impl Cost {
    /// All of them, in the order that decides where the reader has said nothing.
    pub const ALL: [Cost; 6] = [
        Cost::LatencySpikes,
        Cost::TooSlow,
        Cost::MemoryGrowth,
        Cost::BrokenCompatibility,
        Cost::LargeChange,
        Cost::DeveloperConfusion,
    ];

    /// Its name in the text of constraints.
    pub fn key(self) -> &'static str {
        match self {
            Cost::LatencySpikes => "latency",
            Cost::TooSlow => "speed",
            Cost::MemoryGrowth => "memory",
            Cost::BrokenCompatibility => "compatibility",
            Cost::LargeChange => "change",
            Cost::DeveloperConfusion => "confusion",
        }
    }

    /// The failure of this name.
    pub fn find(key: &str) -> Option<Cost> {
        Cost::ALL.into_iter().find(|cost| cost.key() == key)
    }

    /// What it is called for this kind of work.
    pub fn title(self, kind: WorkKind) -> &'static str {
        match (self, kind) {
            (Cost::LatencySpikes, WorkKind::Service) => "Latency spikes",
            (Cost::LatencySpikes, WorkKind::Batch) => "Late results",
            (Cost::TooSlow, _) => "Too slow",
            (Cost::MemoryGrowth, _) => "Memory growth",
            (Cost::BrokenCompatibility, _) => "Broken compatibility",
            (Cost::LargeChange, _) => "A large change",
            (Cost::DeveloperConfusion, _) => "Developer confusion",
        }
    }

    /// What it is about, within a sentence.
    pub fn noun(self, kind: WorkKind) -> &'static str {
        match (self, kind) {
            (Cost::LatencySpikes, WorkKind::Service) => "latency",
            (Cost::LatencySpikes, WorkKind::Batch) => "makespan",
            (Cost::TooSlow, _) => "throughput",
            (Cost::MemoryGrowth, _) => "memory",
            (Cost::BrokenCompatibility, _) => "compatibility",
            (Cost::LargeChange, _) => "the size of the change",
            (Cost::DeveloperConfusion, _) => "what is new to learn",
        }
    }

    /// What is compared, in one sentence.
    pub fn explanation(self, kind: WorkKind) -> &'static str {
        match (self, kind) {
            (Cost::LatencySpikes, WorkKind::Service) => {
                "A request now and then takes far longer than the rest: p99 is compared."
            }
            (Cost::LatencySpikes, WorkKind::Batch) => {
                "The last job is done too late: the makespan is compared, start-up included."
            }
            (Cost::TooSlow, _) => "The work doesn't get done: passes per second are compared.",
            (Cost::MemoryGrowth, _) => {
                "Each worker takes memory of its own: MiB for all of them are compared."
            }
            (Cost::BrokenCompatibility, _) => {
                "A library or a deployment stops working: points for what can break."
            }
            (Cost::LargeChange, _) => {
                "Code and deployment have to change, and be tested again: points for how much."
            }
            (Cost::DeveloperConfusion, _) => {
                "The next person gets it wrong: points for what is new to learn."
            }
        }
    }
}
