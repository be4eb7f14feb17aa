//! A guide from constraints to a decision: what failure costs a team most, its workload, the
//! Pythons and libraries in reach. Every feasible strategy is simulated on the workload and ranked
//! by the expensive failure first.
//!
//! ```
//! use gil_decide::{Answer, Constraints, Question, Search};
//!
//! let scenario = gil_notation::parse_scenario("v1/count:4:py-50ms:x4")?;
//! let (group, constraints) = (gil_sim::GroupId(0), Constraints::read("costs=speed"));
//! let question = Question { scenario, group, constraints };
//! let answer = Answer::new(&question, Search::new(question.clone()));
//! assert!(answer.headline().contains("processes"), "{}", answer.headline());
//! # Ok::<(), gil_notation::Error>(())
//! ```

mod answer;
mod axis;
mod build;
mod candidate;
mod check;
mod cost;
mod diagnosis;
mod export;
mod fact;
mod measure;
mod plan;
mod question;
pub mod rank;
mod reason;
mod refuse;
mod rules;
mod sample;
mod search;
mod snippet;
mod steps;
mod turn;
pub mod words;

pub use answer::{Answer, Entry, Refusal};
pub use axis::Axis;
pub use candidate::{Candidate, Change};
pub use check::Check;
pub use cost::{Cost, WorkKind};
pub use diagnosis::{Cause, Finding, diagnose, verdict};
pub use export::{File, Source, incident};
pub use fact::{Fact, Symptom};
pub use measure::{Basis, Figures};
pub use question::{Constraints, Durations, MEMORY_THRESHOLD_PERCENT, Question, USUAL_MACHINE};
pub use rules::Points;
pub use search::{Found, Search};
pub use snippet::Snippet;
pub use turn::{Turn, rules as other_turns};
