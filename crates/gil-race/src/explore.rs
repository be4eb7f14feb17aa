//! Every way to interleave the threads, counted.

use std::collections::{BTreeMap, HashMap};

use crate::Race;
use crate::races::THREADS;
use crate::run::{State, Verdict};

/// All ways to interleave that come to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What they come to.
    pub verdict: Verdict,
    /// How many there are.
    pub ways: u64,
    /// The one with the fewest switches between threads, the first of several.
    pub example: Vec<usize>,
}

/// What follows from a state, by verdict: how many ways, and the best one with its switches.
type Ends = BTreeMap<Verdict, (u64, usize, Vec<usize>)>;

impl Race {
    /// Every way to interleave the threads, by what it comes to.
    pub fn explore(&self) -> Vec<Found> {
        let mut known = HashMap::new();
        let ends = self.ends(&self.start(), &mut known);
        let found = |(verdict, (ways, _, mut example)): (Verdict, (u64, usize, Vec<usize>))| {
            // The last choice was pushed first.
            example.reverse();
            Found { verdict, ways, example }
        };
        ends.into_iter().map(found).collect()
    }

    fn ends(&self, state: &State, known: &mut HashMap<State, Ends>) -> Ends {
        if let Some(ends) = known.get(state) {
            return ends.clone();
        }
        let mut ends = Ends::new();
        if let Some(verdict) = self.verdict(state) {
            ends.insert(verdict, (1, 0, Vec::new()));
        }
        for thread in 0..THREADS {
            let Some(after) = self.step(state, thread) else { continue };
            let switch = usize::from(state.last.is_some_and(|last| last != thread));
            for (verdict, (ways, switches, mut way)) in self.ends(&after, known) {
                way.push(thread);
                let best = ends.entry(verdict).or_insert((0, usize::MAX, Vec::new()));
                best.0 += ways;
                if switches + switch < best.1 {
                    (best.1, best.2) = (switches + switch, way);
                }
            }
        }
        known.insert(state.clone(), ends.clone());
        ends
    }
}

/// All ways together.
pub fn ways(found: &[Found]) -> u64 {
    found.iter().map(|found| found.ways).sum()
}
