//! How a group's work scales with its threads, as a question.

use gil_sim::Scenario;
use gil_sim::sweep::{self, Point, Sweep, Work};

use crate::explore::charts::results::{Results, Task};
use crate::worker::{Found, Request};

/// What is swept.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The scenario.
    pub scenario: Scenario,
    /// The group whose threads are varied.
    pub group: usize,
}

impl Question {
    /// The name of the varied group.
    pub fn group_name(&self) -> &str {
        self.scenario.spec().groups.get(self.group).map_or("", |group| &group.name)
    }

    /// Threads of the varied group in the scenario as it is.
    pub fn threads_now(&self) -> u16 {
        self.scenario.spec().groups.get(self.group).map_or(0, |group| group.count)
    }

    /// The scenario of a point, as the playground opens it.
    pub fn scenario_of(&self, work: Work, threads: u16) -> Option<Scenario> {
        // A curve that is the scenario's own keeps its names.
        let work = if self.same_as() == Some(work) { Work::Own } else { work };
        sweep::scenario_of(&self.scenario, self.group, work, threads)
    }

    /// The reference that the scenario consists of, if it is nothing else.
    pub fn same_as(&self) -> Option<Work> {
        sweep::same_as_reference(&self.scenario)
    }
}

impl Task for Question {
    type Point = (Work, Point);
    type Key = (Work, u16);
    type Runs = Sweep;

    fn runs(&self) -> Sweep {
        Sweep::new(&self.scenario, self.group)
    }

    fn request(&self, job: u64) -> Request {
        Request::Sweep { job, scenario: Box::new(self.scenario.clone()), group: self.group }
    }

    fn point(found: Found) -> Option<(Work, Point)> {
        match found {
            Found::Sweep(work, point) => Some((work, point)),
            Found::Compare(_) | Found::Decide(..) => None,
        }
    }

    fn key((work, point): &(Work, Point)) -> (Work, u16) {
        (*work, point.threads)
    }
}

impl Results<Question> {
    /// Points of one curve by rising number of threads, but for runs of which nothing is known.
    pub fn curve(&self, work: Work) -> impl DoubleEndedIterator<Item = &Point> {
        let all = self.range((work, 0)..=(work, u16::MAX)).map(|(_, point)| point);
        all.filter(|point| !point.says_nothing())
    }

    /// One point.
    pub fn point(&self, work: Work, threads: u16) -> Option<&Point> {
        self.get((work, threads)).map(|(_, point)| point)
    }

    /// Throughput against that of one thread.
    pub fn speed_up(&self, work: Work, threads: u16) -> Option<f64> {
        let one = self.point(work, 1)?.throughput;
        let here = self.point(work, threads)?.throughput;
        (one > 0.0).then(|| here / one)
    }

    /// The point with most threads.
    pub fn last(&self, work: Work) -> Option<&Point> {
        self.curve(work).next_back()
    }

    /// Whether any I/O was completed.
    pub fn has_io(&self, work: Work) -> bool {
        self.curve(work).any(|point| point.io.count > 0)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// All points of a preset.
    pub fn swept(key: &str) -> Results<Question> {
        let scenario = gil_notation::Preset::find(key).expect("a preset").scenario();
        let group = sweep::usual_group(&scenario);
        Results::computed(Question { scenario, group })
    }

    #[test]
    fn curves_rise_in_threads_and_are_apart() {
        let results = swept("cpu");
        let threads: Vec<u16> = results.curve(Work::Own).map(|point| point.threads).collect();
        assert!(threads.is_sorted());
        assert_eq!(threads.len(), 12);
        assert_eq!(results.len(), 36);
        assert_eq!(results.speed_up(Work::Io, 1), Some(1.0));
        assert!(results.has_io(Work::Io) && !results.has_io(Work::Own));
    }
}
