//! Computes an answer step by step.

use std::cell::OnceCell;
use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

use crate::answer::{self, Entry, Refusal};
use crate::axis::Axis;
use crate::candidate::Candidate;
use crate::measure::Figures;
use crate::plan::Plan;
use crate::question::Question;
use crate::rank;
use crate::rules::{compatibility, complexity, effort};
use crate::turn::{Contest, Turn};

/// What one step has found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Found {
    /// A candidate was run.
    Entry(Box<Entry>),
    /// A candidate is not feasible.
    Refusal(Refusal),
    /// Something was varied: where that changes the answer, unless the question has no such thing.
    Turn(Axis, Option<Turn>),
}

/// Runs every feasible candidate, then varies the workload to see when the first two swap. One
/// candidate, or one thing that is varied, for each call of `next`: whoever asks decides when the
/// next one is computed, as with [`gil_sim::compare::Comparison`].
#[derive(Clone, Debug)]
pub struct Search {
    question: Question,
    plan: OnceCell<Plan>,
    todo: IntoIter<Candidate>,
    axes: IntoIter<Axis>,
    entries: Vec<Entry>,
    contest: OnceCell<Option<Contest>>,
}

impl Search {
    /// A search that has not begun.
    pub fn new(question: Question) -> Search {
        let todo = Candidate::all(&question).into_iter();
        let axes = Axis::ALL.to_vec().into_iter();
        let (plan, contest) = (OnceCell::new(), OnceCell::new());
        Search { question, plan, todo, axes, entries: Vec::new(), contest }
    }

    fn found(&self, candidate: Candidate) -> Found {
        let plan = *self.plan.get_or_init(|| Plan::of(&self.question));
        match enter(&self.question, plan, candidate, Figures::SEEDS) {
            Ok(entry) => Found::Entry(Box::new(entry)),
            Err(reason) => Found::Refusal(Refusal { candidate, reason }),
        }
    }

    fn turn(&self, axis: Axis) -> Option<Turn> {
        let contest = self.contest.get_or_init(|| {
            let now = answer::throughput_now(&self.question, &self.entries);
            let ranked = rank::rank(&self.entries, now, &self.question.constraints);
            Contest::new(&self.question, &ranked)
        });
        contest.as_ref()?.turn(axis)
    }
}

impl Iterator for Search {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(candidate) = self.todo.next() {
            let found = self.found(candidate);
            if let Found::Entry(entry) = &found {
                self.entries.push((**entry).clone());
            }
            return Some(found);
        }
        let axis = self.axes.next()?;
        Some(Found::Turn(axis, self.turn(axis)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.todo.len() + self.axes.len();
        (left, Some(left))
    }
}

impl ExactSizeIterator for Search {}

/// Runs a candidate with several seeds.
///
/// # Errors
/// Why it is not feasible.
pub(crate) fn enter(
    question: &Question,
    plan: Plan,
    candidate: Candidate,
    seeds: u32,
) -> Result<Entry, String> {
    // What is refused is refused of the whole work.
    candidate.scenario(question)?;
    let part = plan.question(question);
    let scenario = candidate.scenario(&part)?;
    Ok(Entry {
        candidate,
        figures: Figures::of(&part, &scenario, plan, seeds),
        compatibility: compatibility(question, &candidate),
        effort: effort(question, &candidate),
        complexity: complexity(question, &candidate),
    })
}
