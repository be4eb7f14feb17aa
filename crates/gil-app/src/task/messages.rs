//! What page and worker say to each other.

use gil_sim::compare::{self, Contender, Setting};
use gil_sim::spread::Sample;
use gil_sim::sweep;
use gil_sim::{GroupId, Scenario};
use serde::{Deserialize, Serialize};

use super::file::Read;
use super::reality::Part;

/// What the page asks for. A request takes the place of the one before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// Number of the request, in every answer to it.
    pub job: u64,
    /// What is to be computed.
    pub work: Work,
}

/// What can be computed: each kind of it is a `Task`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Work {
    /// How the scenario scales.
    Sweep {
        /// The scenario that is swept.
        scenario: Box<Scenario>,
        /// The group whose threads are varied.
        group: GroupId,
    },
    /// How contenders do the same work.
    Compare {
        /// The work that is compared.
        setting: Box<Setting>,
        /// The contenders that do it.
        contenders: Vec<Contender>,
        /// What their speed-ups are against.
        baseline: Contender,
    },
    /// What a team could do with its workload, simulated and ranked.
    Decide {
        /// The question to decide.
        question: Box<gil_decide::Question>,
    },
    /// The metrics of scenarios in several seeds.
    Seeds {
        /// The scenarios.
        scenarios: Vec<Scenario>,
        /// The number of seeds.
        seeds: u32,
    },
    /// The reality check.
    Reality,
    /// What is in the file that the request comes with.
    File,
}

/// What the worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// The worker listens.
    Ready,
    /// A piece of the work is done.
    Point {
        /// The request.
        job: u64,
        /// What it has found.
        found: Box<Found>,
    },
    /// All of it is done.
    Done {
        /// The request.
        job: u64,
    },
    /// Nothing can be computed.
    Failed {
        /// Why, as a sentence without its full stop.
        message: String,
    },
}

/// What a piece of the work has found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Found {
    /// A point of a curve of a sweep.
    Sweep(sweep::Work, sweep::Point),
    /// A point of a comparison.
    Compare(compare::Point),
    /// A step of a decision and its number.
    Decide(usize, gil_decide::Found),
    /// A part of the reality check and its number.
    Reality(usize, Part),
    /// What is in a file, or why it can't be read.
    File(Box<Read>),
    /// The metrics of one run: the index of its scenario, the number of its seed.
    Seeds(Box<(usize, u32, Sample)>),
}
