//! What a team could do: a Python, one change to how the work runs, and how many members do it.

mod list;
mod title;

use gil_sim::{Nanos, Python, Strategy};
use serde::{Deserialize, Serialize};

use crate::question::Question;

pub(crate) use title::{start_method, workers};

/// One change to how the work runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Change {
    /// None.
    Nothing,
    /// Another switch interval (`sys.setswitchinterval`).
    Interval(Nanos),
    /// Calls that block an event loop go to threads (`asyncio.to_thread`).
    Offload,
    /// The group runs by another strategy.
    Strategy(Strategy),
    /// Other groups that compute run by another strategy, apart from this one.
    Apart(Strategy),
    /// Most of the bytecode becomes native code that lets go of the GIL.
    Native,
}

/// A Python, a change, and a number of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// The Python.
    pub python: Python,
    /// The change.
    pub change: Change,
    /// How many members share the work, where that is another number than today's.
    pub members: Option<u16>,
}

impl Candidate {
    /// A change with as many members as today.
    pub fn new(python: Python, change: Change) -> Candidate {
        Candidate { python, change, members: None }
    }

    /// Everything that could be done, feasible or not, the least change first: of candidates that
    /// are equally good, the earlier one is taken.
    pub fn all(question: &Question) -> Vec<Candidate> {
        question.pythons().into_iter().flat_map(|python| list::of(question, python)).collect()
    }

    /// What runs today.
    pub fn now(question: &Question) -> Candidate {
        Candidate::new(question.now(), Change::Nothing)
    }

    /// The strategy that the group has after the change.
    pub fn strategy(&self, question: &Question) -> Strategy {
        match self.change {
            Change::Strategy(strategy) => strategy,
            _ => question.group().strategy,
        }
    }

    /// The strategy that something moves to.
    pub fn moves_to(&self) -> Option<Strategy> {
        match self.change {
            Change::Strategy(strategy) | Change::Apart(strategy) => Some(strategy),
            _ => None,
        }
    }
}
