//! Every way to interleave the threads of a race.

use std::collections::BTreeMap;

use crate::race::{Outcome, Race};
use crate::state::State;

/// How many schedules end in one way, and one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The number of schedules.
    pub count: u64,
    /// The one with the fewest steps, of those the one with the fewest changes of threads, of
    /// those the first in order: threads by number.
    pub example: Vec<usize>,
}

/// All schedules of a race, counted by how they end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exploration {
    /// How many there are: sequences of threads' steps that differ.
    pub schedules: u64,
    /// By outcome; those that do not happen are not there.
    pub outcomes: BTreeMap<Outcome, Tally>,
}

impl Exploration {
    /// Goes through all schedules.
    pub fn of(race: &Race) -> Exploration {
        let mut all = Exploration { schedules: 0, outcomes: BTreeMap::new() };
        race.each_schedule(|schedule, end| all.note(schedule, end.outcome()));
        all
    }

    /// How many schedules end in this way.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).map_or(0, |tally| tally.count)
    }

    /// How many do not end as they should.
    pub fn wrong(&self) -> u64 {
        self.schedules - self.count(Outcome::Right)
    }

    /// A schedule that ends in this way.
    pub fn example(&self, outcome: Outcome) -> Option<&[usize]> {
        self.outcomes.get(&outcome).map(|tally| tally.example.as_slice())
    }

    /// A schedule that goes wrong: of the outcomes the worst that happens.
    pub fn wrong_example(&self) -> Option<&[usize]> {
        let worst =
            [Outcome::UseAfterFree, Outcome::LostUpdate, Outcome::ActedTwice, Outcome::Leaked];
        worst.into_iter().find_map(|outcome| self.example(outcome))
    }

    fn note(&mut self, schedule: &[usize], outcome: Outcome) {
        self.schedules += 1;
        let first = || Tally { count: 0, example: schedule.to_vec() };
        let tally = self.outcomes.entry(outcome).or_insert_with(first);
        tally.count += 1;
        // Schedules come in order: the first of equals stays.
        if cost(schedule) < cost(&tally.example) {
            tally.example = schedule.to_vec();
        }
    }
}

fn cost(schedule: &[usize]) -> (usize, usize) {
    let changes = schedule.windows(2).filter(|pair| pair.first() != pair.last()).count();
    (schedule.len(), changes)
}

impl Race {
    /// Calls `each` with every schedule, in order, and where it ends.
    pub fn each_schedule(&self, mut each: impl FnMut(&[usize], &State<'_>)) {
        let mut path = Vec::new();
        // States to go on from: how long the path to them is, and its last step.
        let mut open = vec![(0, None, self.start())];
        while let Some((length, last, state)) = open.pop() {
            path.truncate(length);
            path.extend(last);
            let enabled = state.enabled();
            if enabled.is_empty() {
                each(&path, &state);
            }
            for &thread in enabled.iter().rev() {
                let mut next = state.clone();
                if next.step(thread).is_ok() {
                    open.push((path.len(), Some(thread), next));
                }
            }
        }
    }
}
