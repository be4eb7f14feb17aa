//! A guide from constraints to a decision: what failure costs a team most, its workload, the
//! Pythons and libraries in reach. Every feasible strategy is simulated on the workload and ranked
//! by the expensive failure first.
//!
//! ```
//! use gil_decide::{Answer, Constraints, Question, Search};
//!
//! let scenario = gil_notation::parse_scenario("v1/count:4:py-50ms:x4")?;
//! let question = Question { scenario, group: 0, constraints: Constraints::read("costs=speed") };
//! let answer = Answer::new(&question, Search::new(question.clone()));
//! assert!(answer.headline().contains("processes"), "{}", answer.headline());
//! # Ok::<(), gil_notation::Error>(())
//! ```

mod answer;
mod build;
mod candidate;
mod check;
mod diagnosis;
mod export;
mod fact;
mod measure;
mod question;
pub mod rank;
mod rules;
mod search;
mod snippet;
mod turn;
pub mod words;

pub use answer::{Answer, Entry, Refusal};
pub use candidate::{Candidate, Change};
pub use check::Check;
pub use diagnosis::{Cause, Finding, diagnose, verdict};
pub use export::{File, Source};
pub use fact::{Fact, Symptom};
pub use measure::Figures;
pub use question::{Constraints, Cost, Question};
pub use rules::Points;
pub use search::{Found, Search};
pub use snippet::Snippet;
pub use turn::{Axis, Turn, rules as other_turns};
