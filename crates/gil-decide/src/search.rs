//! Computes an answer step by step.

use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

use crate::answer::{Entry, Refusal};
use crate::candidate::Candidate;
use crate::measure::Figures;
use crate::question::Question;
use crate::rules::{compatibility, complexity};
use crate::turn::{Axis, Turn};
use crate::{answer, rank};

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
    todo: IntoIter<Candidate>,
    axes: IntoIter<Axis>,
    entries: Vec<Entry>,
}

impl Search {
    /// A search that has not begun.
    pub fn new(question: Question) -> Search {
        let todo = Candidate::all(&question).into_iter();
        let axes = Axis::ALL.to_vec().into_iter();
        Search { question, todo, axes, entries: Vec::new() }
    }

    fn ranked(&self) -> Vec<Entry> {
        let now = answer::throughput_now(&self.question, &self.entries);
        rank::rank(&self.entries, now, &self.question.constraints)
    }
}

impl Iterator for Search {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(candidate) = self.todo.next() {
            return Some(match enter(&self.question, candidate) {
                Ok(entry) => {
                    self.entries.push(entry.clone());
                    Found::Entry(Box::new(entry))
                }
                Err(reason) => Found::Refusal(Refusal { candidate, reason }),
            });
        }
        let ranked = self.ranked();
        let axis = self.axes.next()?;
        Some(Found::Turn(axis, Turn::find(&self.question, &ranked, axis)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.todo.len() + self.axes.len();
        (left, Some(left))
    }
}

impl ExactSizeIterator for Search {}

/// Runs a candidate.
pub(crate) fn enter(question: &Question, candidate: Candidate) -> Result<Entry, String> {
    let scenario = candidate.scenario(question)?;
    Ok(Entry {
        candidate,
        figures: Figures::of(&scenario, question.group, question.group().count),
        compatibility: compatibility(question, &candidate),
        complexity: complexity(question, &candidate),
    })
}
