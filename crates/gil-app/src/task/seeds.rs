//! The metrics of scenarios in several seeds, as a task of the worker.

use gil_sim::spread::{Sample, Samples, with_seed};
use gil_sim::{Run, Scenario};

use super::messages::{Found, Work};
use super::results::{Results, Task};

/// The scenarios that are run, and with how many seeds each.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// The number of seeds.
    pub seeds: u32,
}

/// The metrics of one run: the index of its scenario, the number of its seed.
pub type Point = (usize, u32, Sample);

/// The runs, each seed for all scenarios before the next.
pub struct Runs {
    question: Question,
    next: usize,
    /// The first run of each scenario: where nothing is drawn, all others are the same.
    first: Vec<Sample>,
}

impl Runs {
    /// Runs that have not begun.
    pub fn new(question: Question) -> Runs {
        Runs { question, next: 0, first: Vec::new() }
    }

    fn total(&self) -> usize {
        self.question.scenarios.len() * self.question.seeds as usize
    }
}

impl Iterator for Runs {
    type Item = Point;

    fn next(&mut self) -> Option<Point> {
        if self.next == self.total() {
            return None;
        }
        let scenarios = &self.question.scenarios;
        let (scenario, seed) = (self.next % scenarios.len(), self.next / scenarios.len());
        self.next += 1;
        let certain = self.first.get(scenario).filter(|first| !first.is_drawn);
        let sample = certain
            .cloned()
            .unwrap_or_else(|| Sample::of(&Run::of(with_seed(&scenarios[scenario], seed as u32))));
        if seed == 0 {
            self.first.push(sample.clone());
        }
        Some((scenario, seed as u32, sample))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.total() - self.next;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Runs {}

impl Task for Question {
    type Point = Point;
    type Key = (usize, u32);
    type Runs = Runs;

    fn runs(&self) -> Runs {
        Runs::new(self.clone())
    }

    fn work(&self) -> Work {
        Work::Seeds { scenarios: self.scenarios.clone(), seeds: self.seeds }
    }

    fn point(found: Found) -> Option<Point> {
        match found {
            Found::Seeds(point) => Some(*point),
            _ => None,
        }
    }

    fn key((scenario, seed, _): &Point) -> (usize, u32) {
        (*scenario, *seed)
    }
}

impl Results<Question> {
    /// The runs of a scenario that are there, in the order of their seeds.
    pub fn samples(&self, scenario: usize) -> Samples {
        let points = self.range((scenario, 0)..=(scenario, u32::MAX));
        Samples(points.map(|(.., sample)| sample.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(texts: &[&str], seeds: u32) -> Question {
        let read = |text: &&str| gil_notation::parse_scenario(text).expect("a scenario");
        Question { scenarios: texts.iter().map(read).collect(), seeds }
    }

    #[test]
    fn each_scenario_has_each_seed() {
        let texts = ["v1/web:2:py-exp2ms+io-exp5ms:x20", "v1/count:py-20ms"];
        let results = Results::computed(question(&texts, 3));
        assert_eq!(results.len(), 6);
        let wall = gil_sim::metric::Metric::find("wall").expect("a metric");
        let spread = |scenario| results.samples(scenario).spread(wall, gil_sim::metric::Of::Run);
        let web = spread(0).expect("it ends");
        assert!(web.count == 3 && web.low < web.high, "{web:?}");
        // Nothing is drawn: one run is enough for all.
        let count = spread(1).expect("it ends");
        assert!(count.count == 3 && count.low == count.high, "{count:?}");
    }
}
