//! Where in a program threads were, read off the stacks of samples.

use std::collections::HashMap;

use gil_sim::{State, StateSpan};
use serde::{Deserialize, Serialize};

/// A place in a program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The function, as the file names it: `Queue.get`. Harmless in a terminal.
    pub function: String,
    /// The file's name; empty where it isn't known.
    pub file: String,
    /// The line that ran, where it's known.
    pub line: Option<u32>,
}

impl Place {
    /// `report, app.py:12`.
    pub fn words(&self) -> String {
        match (self.file.as_str(), self.line) {
            ("", _) => self.function.clone(),
            (file, None) => format!("{}, {file}", self.function),
            (file, Some(line)) => format!("{}, {file}:{line}", self.function),
        }
    }
}

/// What a thread did when a sample was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Doing {
    /// It had the GIL, or ran Python without one.
    Python,
    /// It waited for the GIL.
    Waiting,
    /// It ran native code without the GIL.
    Native,
    /// It was off the CPU and didn't want the GIL.
    OffCpu,
}

impl Doing {
    /// All of them, in the order in which they're told.
    pub const ALL: [Doing; 4] = [Doing::Python, Doing::Waiting, Doing::Native, Doing::OffCpu];

    /// What it did, for a sentence: `has the GIL`.
    pub fn name(self) -> &'static str {
        match self {
            Doing::Python => "has the GIL",
            Doing::Waiting => "waits for the GIL",
            Doing::Native => "runs native code",
            Doing::OffCpu => "is off the CPU",
        }
    }

    /// Its name, for programs.
    pub fn key(self) -> &'static str {
        match self {
            Doing::Python => "python",
            Doing::Waiting => "waiting_for_gil",
            Doing::Native => "native",
            Doing::OffCpu => "off_cpu",
        }
    }

    fn of(state: State) -> Option<Doing> {
        match state {
            State::HasGil | State::HoldsOffCpu | State::Attached => Some(Doing::Python),
            State::WaitingGil => Some(Doing::Waiting),
            State::Native => Some(Doing::Native),
            State::OffCpu => Some(Doing::OffCpu),
            _ => None,
        }
    }
}

/// Samples of a thread at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// What the thread did.
    pub doing: Doing,
    /// The innermost function.
    pub place: Place,
    /// The innermost function that isn't of the standard library, where that is another one.
    pub called_from: Option<Place>,
    /// The number of samples.
    pub samples: u32,
}

impl Spent {
    /// `Queue.get, queue.py:210, called from take, app.py:7`.
    pub fn words(&self) -> String {
        match &self.called_from {
            None => self.place.words(),
            Some(from) => format!("{}, called from {}", self.place.words(), from.words()),
        }
    }
}

/// Where a thread was, by what it did: the places with most samples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// All samples, by [`Doing`].
    samples: [u32; Doing::ALL.len()],
    /// At most [`MOST`] for each thing that it did, those with most samples first.
    spent: Vec<Spent>,
}

/// Places that are kept for each thing that a thread does.
const MOST: usize = 8;

/// A place, and the one that it was called from: see [`Spent`].
pub(crate) type Called = (Place, Option<Place>);

impl Places {
    /// From samples in order of time: each a time in nanoseconds and a place of `places`. Both
    /// times count from the beginning of the recording.
    pub(crate) fn of(samples: &[(u64, u32)], places: &[Called], spans: &[StateSpan]) -> Places {
        let mut counts: HashMap<(Doing, &Called), u32> = HashMap::new();
        let mut all = Places::default();
        let mut at = 0;
        for (time, place) in samples {
            while spans.get(at).is_some_and(|span| span.end.0 <= *time) {
                at += 1;
            }
            let doing = spans.get(at).and_then(|span| Doing::of(span.state));
            let (Some(doing), Some(called)) = (doing, places.get(*place as usize)) else {
                continue;
            };
            all.samples[doing as usize] += 1;
            *counts.entry((doing, called)).or_default() += 1;
        }
        let mut spent: Vec<Spent> = counts
            .into_iter()
            .map(|((doing, (place, from)), samples)| {
                let (place, called_from) = (place.clone(), from.clone());
                Spent { doing, place, called_from, samples }
            })
            .collect();
        let key = |one: &Spent| (one.doing as usize, std::cmp::Reverse(one.samples));
        spent.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.words().cmp(&b.words())));
        let mut kept = [0; Doing::ALL.len()];
        spent.retain(|one| {
            kept[one.doing as usize] += 1;
            kept[one.doing as usize] <= MOST
        });
        Places { spent, ..all }
    }

    /// Places with their share of the samples in which the thread did this, of 1: the largest
    /// first.
    pub fn of_doing(&self, doing: Doing) -> impl Iterator<Item = (&Spent, f64)> {
        let all = f64::from(self.samples[doing as usize]);
        let spent = self.spent.iter().filter(move |one| one.doing == doing);
        spent.map(move |one| (one, f64::from(one.samples) / all))
    }

    /// The function in which most samples were, whatever the thread did.
    pub fn function(&self) -> Option<&str> {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for one in &self.spent {
            *counts.entry(&one.place.function).or_default() += one.samples;
        }
        counts.into_iter().max_by_key(|(name, count)| (*count, *name)).map(|(name, _)| name)
    }

    /// The place of most samples off the CPU whose function is one of these, and the share of all
    /// samples off the CPU that are in any of them, of 1.
    pub(crate) fn waits_in(&self, functions: &[&str]) -> Option<(&Spent, f64)> {
        let known = |one: &&Spent| functions.contains(&one.place.function.as_str());
        let off = || self.of_doing(Doing::OffCpu).filter(|(one, _)| known(one));
        let (first, _) = off().next()?;
        Some((first, off().map(|(_, share)| share).sum()))
    }
}
