//! How a group's work scales with its threads: the points of a sweep as a chart with its finding.
//!
//! [`Question`] says what is run, [`Swept`] has what is known so far, [`picture()`] makes a chart
//! of it and [`title`] says what it shows.

mod finding;
mod lines;
mod measured;

use std::collections::BTreeMap;

use gil_sim::stats::Percentiles;
use gil_sim::sweep::{self, Point, Sweep, Work};
use gil_sim::{GroupId, Nanos, Scenario};

pub use finding::title;
pub use lines::{Target, Topic, picture, reading, wakeup_words, work_name};
pub use measured::{Measured, Pair, error_words, pairs, verdict};

/// What is swept.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The scenario.
    pub scenario: Scenario,
    /// The group whose threads are varied.
    pub group: GroupId,
}

impl Question {
    /// The one that is asked unless somebody chooses a group.
    pub fn usual(scenario: &Scenario) -> Question {
        Question { scenario: scenario.clone(), group: sweep::usual_group(scenario) }
    }

    /// All its runs, each computed when it is asked for.
    pub fn runs(&self) -> Sweep {
        Sweep::new(&self.scenario, self.group)
    }

    /// The name of the varied group.
    pub fn group_name(&self) -> &str {
        self.scenario.spec().group(self.group).map_or("", |group| &group.name)
    }

    /// Threads of the varied group in the scenario as it is.
    pub fn threads_now(&self) -> u16 {
        self.scenario.spec().group(self.group).map_or(0, |group| group.count)
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

/// What is known of a question; points may still be missing.
#[derive(Clone, Debug)]
pub struct Swept<'a> {
    /// What was asked.
    pub question: &'a Question,
    /// What was measured of the scenario's own work, by rising number of threads.
    pub measured: Vec<Measured>,
    points: BTreeMap<(Work, u16), &'a Point>,
}

impl<'a> Swept<'a> {
    /// What these runs say about a question.
    pub fn new(
        question: &'a Question,
        runs: impl IntoIterator<Item = &'a (Work, Point)>,
    ) -> Swept<'a> {
        let points = runs.into_iter().map(|(work, point)| ((*work, point.threads), point));
        Swept { question, measured: Vec::new(), points: points.collect() }
    }

    /// The same with measured runs beside the simulated ones.
    pub fn with_measured(self, mut measured: Vec<Measured>) -> Swept<'a> {
        measured.sort_by_key(|point| point.threads);
        Swept { measured, ..self }
    }

    /// Points of one curve by rising number of threads.
    pub fn curve(&self, work: Work) -> impl DoubleEndedIterator<Item = &'a Point> {
        self.points.range((work, 0)..=(work, u16::MAX)).map(|(_, point)| *point)
    }

    /// Those of its runs that ended by themselves: the others are drawn, and nothing is concluded
    /// from them.
    pub fn whole(&self, work: Work) -> impl DoubleEndedIterator<Item = &'a Point> {
        self.curve(work).filter(|point| point.is_whole())
    }

    /// One point.
    pub fn point(&self, work: Work, threads: u16) -> Option<&'a Point> {
        self.points.get(&(work, threads)).copied()
    }

    /// Throughput against that of one thread.
    pub fn speed_up(&self, work: Work, threads: u16) -> Option<f64> {
        let one = self.point(work, 1)?.throughput;
        let here = self.point(work, threads)?.throughput;
        (one > 0.0).then(|| here / one)
    }

    /// The point with most threads whose run ended by itself.
    pub fn last(&self, work: Work) -> Option<&'a Point> {
        self.whole(work).next_back()
    }

    /// Whether any I/O was completed.
    pub fn has_io(&self, work: Work) -> bool {
        self.curve(work).any(|point| point.wakeup.is_some())
    }
}

/// A part of the times of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Percentile {
    /// The median.
    P50,
    /// All but the slowest twentieth.
    P95,
    /// All but the slowest hundredth.
    P99,
}

impl Percentile {
    /// All of them.
    pub const ALL: [Percentile; 3] = [Percentile::P50, Percentile::P95, Percentile::P99];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Percentile::P50 => "p50",
            Percentile::P95 => "p95",
            Percentile::P99 => "p99",
        }
    }

    /// Its value, where there is any.
    pub fn of(self, times: Option<Percentiles>) -> Option<Nanos> {
        let times = times?;
        match self {
            Percentile::P50 => times.p50,
            Percentile::P95 => times.p95,
            Percentile::P99 => times.p99,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A question and all its points, for the tests of this room.
    pub struct Known {
        pub question: Question,
        pub points: Vec<(Work, Point)>,
    }

    impl Known {
        /// All points of a preset.
        pub fn of(key: &str) -> Known {
            let scenario = gil_notation::Preset::find(key).expect("a preset").scenario();
            let question = Question::usual(&scenario);
            let points = question.runs().collect();
            Known { question, points }
        }

        pub fn swept(&self) -> Swept<'_> {
            Swept::new(&self.question, &self.points)
        }
    }

    #[test]
    fn curves_rise_in_threads_and_are_apart() {
        let known = Known::of("cpu");
        let swept = known.swept();
        let threads: Vec<u16> = swept.curve(Work::Own).map(|point| point.threads).collect();
        assert!(threads.is_sorted());
        assert_eq!(threads.len(), 12);
        assert_eq!(known.points.len(), 36);
        assert_eq!(swept.speed_up(Work::Io, 1), Some(1.0));
        assert!(swept.has_io(Work::Io) && !swept.has_io(Work::Own));
    }
}
