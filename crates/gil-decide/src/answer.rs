//! The answer: every candidate with its figures, ranked, and those that are not feasible.

use serde::{Deserialize, Serialize};

use crate::candidate::Candidate;
use crate::cost::Cost;
use crate::measure::{Basis, Figures};
use crate::question::Question;
use crate::rank::{self, Standing};
use crate::rules::Points;
use crate::search::Found;
use crate::turn::Turn;

/// A candidate that was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The candidate.
    pub candidate: Candidate,
    /// Its figures.
    pub figures: Figures,
    /// What may break.
    pub compatibility: Points,
    /// How large the change is.
    pub effort: Points,
    /// What is new to learn.
    pub complexity: Points,
}

/// A candidate that is not feasible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The candidate.
    pub candidate: Candidate,
    /// Why, a sentence without its full stop.
    pub reason: String,
}

/// Everything that is known of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// What was run to its end, the best first.
    pub ranked: Vec<Entry>,
    /// What could not be run to its end: it has no figures and no rank.
    pub unfinished: Vec<Entry>,
    /// What cannot be done.
    pub refused: Vec<Refusal>,
    /// What would change the answer.
    pub turns: Vec<Turn>,
}

impl Answer {
    /// What some steps of a [`Search`](crate::Search) say. Fewer than all of them give an answer
    /// that may change.
    pub fn new(question: &Question, found: impl IntoIterator<Item = Found>) -> Answer {
        let (mut entries, mut refused, mut turns) = (Vec::new(), Vec::new(), Vec::new());
        for found in found {
            match found {
                Found::Entry(entry) => entries.push(*entry),
                Found::Refusal(refusal) => refused.push(refusal),
                Found::Turn(_, turn) => turns.extend(turn),
            }
        }
        let now = throughput_now(question, &entries);
        let ranked = rank::rank(&entries, now, &question.constraints);
        let unfinished = entries.into_iter().filter(|entry| entry.figures.unfinished).collect();
        Answer { question: question.clone(), ranked, unfinished, refused, turns }
    }

    /// The best, once something was run.
    pub fn best(&self) -> Option<&Entry> {
        self.ranked.first()
    }

    /// How it runs today, if that could be run to its end.
    pub fn now(&self) -> Option<&Entry> {
        let now = Candidate::now(&self.question);
        self.ranked.iter().find(|entry| entry.candidate == now)
    }

    /// How it runs today, where that is not the best.
    pub fn before(&self) -> Option<&Entry> {
        let best = self.best()?.candidate;
        self.now().filter(|now| now.candidate != best)
    }

    /// What the figures come from: seeds, length and part of the work.
    pub fn basis(&self) -> Basis {
        self.best().map_or_else(Basis::default, |best| best.figures.basis)
    }

    /// Where an entry stands before costs are looked at.
    pub fn standing(&self, entry: &Entry) -> Standing {
        rank::standing(entry, self.throughput_now(), &self.question.constraints)
    }

    /// Passes per second as it runs today.
    pub(crate) fn throughput_now(&self) -> Option<f64> {
        throughput_now(&self.question, &self.ranked)
    }

    /// The first cost in the reader's order by which the best is better than today.
    pub fn gain(&self) -> Option<Cost> {
        let (best, now) = (self.best()?, self.before()?);
        let constraints = &self.question.constraints;
        constraints
            .order()
            .into_iter()
            .find(|cost| rank::value(now, *cost) > rank::limit(*cost, best, constraints))
    }

    /// What cannot be done, by reason: the candidates' names and why.
    pub fn refusals(&self) -> Vec<(Vec<String>, &str)> {
        let mut all: Vec<(Vec<String>, &str)> = Vec::new();
        for refusal in &self.refused {
            let title = refusal.candidate.title(&self.question);
            match all.iter_mut().find(|(_, reason)| *reason == refusal.reason) {
                Some((titles, _)) => titles.push(title),
                None => all.push((vec![title], &refusal.reason)),
            }
        }
        all
    }
}

/// Passes per second as it runs today; `None` where that run didn't come to its end.
pub(crate) fn throughput_now(question: &Question, entries: &[Entry]) -> Option<f64> {
    let now = Candidate::now(question);
    let entry = entries.iter().find(|entry| entry.candidate == now)?;
    entry.figures.throughput.map(|rate| rate.median)
}

/// The best of each sort of change, the best of all first.
pub(crate) fn sorts(ranked: &[Entry]) -> Vec<&Entry> {
    let mut firsts: Vec<&Entry> = Vec::new();
    for entry in ranked {
        if firsts.iter().all(|first| !is_same_sort(first.candidate, entry.candidate)) {
            firsts.push(entry);
        }
    }
    firsts
}

/// Whether two differ only in how processes are started, in the interval, in the size of the pool
/// or in the version.
fn is_same_sort(a: Candidate, b: Candidate) -> bool {
    let sort = std::mem::discriminant::<crate::Change>;
    let moves = |one: Candidate| one.moves_to().map(|to| std::mem::discriminant(&to));
    sort(&a.change) == sort(&b.change)
        && moves(a) == moves(b)
        && a.members.is_some() == b.members.is_some()
        && a.python.is_free_threaded() == b.python.is_free_threaded()
}
