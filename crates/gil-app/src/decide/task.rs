//! The question as a task for the worker.

use std::collections::BTreeSet;
use std::iter::Enumerate;

use gil_decide::{Candidate, Constraints, Durations, Found, Question, Search};

use crate::task::messages::{self, Work};
use crate::task::results::{Results, Task};

/// A question without what no run depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked(Question);

impl Asked {
    /// Symptoms are for the diagnosis and the origin of durations for the record: neither needs a
    /// further run.
    pub fn new(question: &Question) -> Asked {
        let constraints = Constraints {
            symptoms: BTreeSet::new(),
            durations: Durations::default(),
            ..question.constraints.clone()
        };
        Asked(Question { constraints, ..question.clone() })
    }

    /// Without what only the ranking depends on.
    fn unranked(&self) -> Question {
        let constraints = Constraints {
            costs: Vec::new(),
            latency_budget: None,
            machine: None,
            ..self.0.constraints.clone()
        };
        Question { constraints, ..self.0.clone() }
    }
}

impl Task for Asked {
    type Point = (usize, Found);
    type Key = usize;
    type Runs = Enumerate<Search>;

    fn runs(&self) -> Enumerate<Search> {
        Search::new(self.0.clone()).enumerate()
    }

    fn work(&self) -> Work {
        Work::Decide { question: Box::new(self.0.clone()) }
    }

    fn point(found: messages::Found) -> Option<(usize, Found)> {
        match found {
            messages::Found::Decide(number, found) => Some((number, found)),
            _ => None,
        }
    }

    fn key((number, _): &(usize, Found)) -> usize {
        *number
    }

    /// The candidates are the same whatever costs most; what would change the answer is not.
    fn known(&self, earlier: &Results<Asked>) -> Vec<(usize, Found)> {
        let all = Candidate::all(&self.0).len();
        if earlier.complete && earlier.question == *self {
            earlier.range(..).cloned().collect()
        } else if earlier.question.unranked() == self.unranked() {
            earlier.range(..all).cloned().collect()
        } else {
            Vec::new()
        }
    }
}
