//! A scenario run with several seeds, so that a figure is a median with its range instead of one
//! draw.
//!
//! The 99th percentile of 400 requests is made of four of them: with another seed it is another
//! one. Whatever is compared, ranked, claimed or recorded comes from several runs whose seeds are
//! the scenario's own, its successor, and so on. So the first run is the one that is on the screen,
//! and a link gives everybody the same range.
//!
//! ```
//! use gil_sim::{Dist, Group, Nanos, Repeat, Run, Scenario, Spec, Step, spread::{Seeds, Spread}};
//!
//! let work = Dist::Exponential(Nanos::from_millis(2));
//! let steps = vec![Step::Python { work, check: None }];
//! let group = Group { count: 2, repeat: Repeat::Times(20), ..Group::new("web", steps) };
//! let scenario = Scenario::new(Spec { groups: vec![group], ..Spec::default() }).unwrap();
//! let p99 = |run: Run| Some(run.stats.groups[0].pass?.p99?.0 as f64);
//! let p99 = Spread::of(Seeds::new(&scenario, 5).map(p99)).unwrap();
//! assert!(p99.low < p99.median && p99.median < p99.high);
//! ```

mod sample;

use serde::{Deserialize, Serialize};

use crate::draw::Dist;
use crate::run::Run;
use crate::scenario::{Repeat, Scenario, Step, program};

pub use sample::{Sample, Samples};

/// Seeds where nobody says how many.
///
/// Five are enough to see what is chance: if two settings were really equal, the rule of
/// [`Spread::is_level`] would call them different once in 21 times.
pub const SEEDS: u32 = 5;

/// Most seeds that can be asked for.
pub const MOST_SEEDS: u32 = 1_000;

/// A figure of several runs that differ in their seed alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The median of the runs that have the figure; of an even number the mean of the middle two.
    pub median: f64,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// Runs that have the figure: one or more.
    pub count: u32,
    /// Runs that lack it, because they were cut or nothing of the kind happened. The median says
    /// nothing of them, so whoever shows it has to say that they are missing.
    pub missing: u32,
}

impl Spread {
    /// The spread of one figure by run; `None` where no run has it.
    pub fn of(figures: impl IntoIterator<Item = Option<f64>>) -> Option<Spread> {
        let (mut values, mut missing) = (Vec::new(), 0);
        for figure in figures {
            match figure.filter(|value| !value.is_nan()) {
                Some(value) => values.push(value),
                None => missing += 1,
            }
        }
        values.sort_unstable_by(f64::total_cmp);
        let (low, high) = (*values.first()?, *values.last()?);
        let count = values.len() as u32;
        Some(Spread { median: median(&values), low, high, count, missing })
    }

    /// The spread of a single run's figure.
    pub fn one(value: f64) -> Spread {
        Spread { median: value, low: value, high: value, count: 1, missing: 0 }
    }

    /// Runs that were made, those that lack the figure included.
    pub fn runs(&self) -> u32 {
        self.count + self.missing
    }

    /// Whether a value is within the range, its ends included.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Whether two figures are level: the median of one is within the range of the other.
    ///
    /// So two settings differ where each one's median is beyond everything that the other has
    /// shown; their ranges may still overlap at the ends. With 5 seeds each that happens by
    /// chance in 12 of 252 orders of ten equally likely values (4.8 %), with 10 seeds each in
    /// 0.3 %. Ranges that must not touch at all would be stricter, and stricter with each seed,
    /// because a range only ever grows. A single run has no range: it is level with a figure that
    /// it equals, or whose range it is in.
    pub fn is_level(&self, other: &Spread) -> bool {
        self.contains(other.median) || other.contains(self.median)
    }

    /// The figure in another unit: everything times a factor of more than zero.
    pub fn scaled(self, factor: f64) -> Spread {
        let Spread { median, low, high, .. } = self;
        Spread { median: median * factor, low: low * factor, high: high * factor, ..self }
    }
}

/// The median of values in order; zero of none.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    match sorted {
        [] => 0.0,
        _ if sorted.len() % 2 == 1 => sorted[middle],
        _ => sorted[middle - 1].midpoint(sorted[middle]),
    }
}

/// The scenario with the seed that comes `number` after its own; number 0 is the scenario itself.
pub fn with_seed(scenario: &Scenario, number: u32) -> Scenario {
    let mut spec = scenario.spec().clone();
    spec.seed = spec.seed.wrapping_add(u64::from(number));
    // Any seed is valid.
    Scenario::new(spec).unwrap_or_else(|_| scenario.clone())
}

/// Whether the work itself is drawn: durations of steps, arrivals, collections. Where only the
/// machine's latencies are, seeds differ by microseconds, and one run stands for all.
pub fn has_random_work(scenario: &Scenario) -> bool {
    let spec = scenario.spec();
    let arrives =
        |repeat: &Repeat| matches!(repeat, Repeat::Arrivals { every, .. } if every.is_drawn());
    let is_drawn = |step: &Step| step.time().is_some_and(Dist::is_drawn);
    spec.gc.is_some_and(|gc| gc.pause.is_drawn())
        || spec
            .groups
            .iter()
            .any(|group| arrives(&group.repeat) || program::walk(&group.steps).any(is_drawn))
}

/// Runs a scenario with one seed after the other, a run for each call of `next`: whoever asks
/// decides when the next one is computed. A scenario that draws nothing is run once, because all
/// its runs are the same.
#[derive(Clone, Debug)]
pub struct Seeds {
    scenario: Scenario,
    next: u32,
    end: u32,
}

impl Seeds {
    /// This many runs, at least one.
    pub fn new(scenario: &Scenario, seeds: u32) -> Seeds {
        Seeds { scenario: scenario.clone(), next: 0, end: seeds.max(1) }
    }
}

impl Iterator for Seeds {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        if self.next >= self.end {
            return None;
        }
        let run = Run::of(with_seed(&self.scenario, self.next));
        self.next += 1;
        if !run.trace.is_drawn {
            self.end = self.next;
        }
        Some(run)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.end - self.next) as usize;
        (left.min(1), Some(left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Nanos;
    use crate::scenario::{Group, Spec};

    fn of(values: &[f64]) -> Spread {
        Spread::of(values.iter().copied().map(Some)).unwrap()
    }

    #[test]
    fn a_spread_counts_the_runs_that_lack_the_figure() {
        let spread = Spread::of([Some(3.0), None, Some(1.0), Some(2.0), None]).unwrap();
        let want = Spread { median: 2.0, low: 1.0, high: 3.0, count: 3, missing: 2 };
        assert_eq!(spread, want);
        assert_eq!(spread.runs(), 5);
        assert_eq!(Spread::of([None, None]), None);
        assert_eq!(of(&[1.0, 2.0]).median, 1.5);
    }

    #[test]
    fn level_is_a_median_within_the_others_range() {
        let a = of(&[78.0, 80.0, 91.0, 120.0, 158.0]);
        assert!(a.is_level(&of(&[85.0, 90.0, 99.0, 101.0, 160.0])));
        // The ranges overlap, but each median is beyond all that the other has shown.
        assert!(!a.is_level(&of(&[150.0, 170.0, 180.0, 190.0, 200.0])));
        assert!(a.is_level(&a));
        assert!(!Spread::one(1.0).is_level(&Spread::one(2.0)));
    }

    fn scenario(work: Dist, machine: crate::Machine) -> Scenario {
        let steps = vec![Step::Python { work, check: None }];
        let group = Group { repeat: Repeat::Times(3), ..Group::new("one", steps) };
        Scenario::new(Spec { groups: vec![group], machine, ..Spec::default() }).unwrap()
    }

    #[test]
    fn a_run_that_draws_nothing_is_run_once() {
        let still = crate::Machine {
            wake_deep: Dist::Fixed(Nanos(9)),
            wake_shallow: Dist::Fixed(Nanos(9)),
            wake_cold: Dist::Fixed(Nanos(9)),
            ..crate::Machine::default()
        };
        let fixed = scenario(Dist::Fixed(Nanos::from_millis(1)), still);
        assert_eq!(Seeds::new(&fixed, 5).count(), 1);
        let drawn = scenario(Dist::Exponential(Nanos::from_millis(1)), still);
        let ends: Vec<Nanos> = Seeds::new(&drawn, 5).map(|run| run.trace.end).collect();
        assert_eq!(ends.len(), 5);
        assert!(ends.windows(2).all(|pair| pair[0] != pair[1]), "{ends:?}");
    }

    #[test]
    fn the_first_seed_is_the_scenarios_own_and_seeds_wrap() {
        let work = Dist::Exponential(Nanos::from_millis(1));
        let mut spec = scenario(work, crate::Machine::default()).into_spec();
        spec.seed = u64::MAX;
        let scenario = Scenario::new(spec).unwrap();
        let seeds: Vec<u64> =
            Seeds::new(&scenario, 3).filter_map(|run| Some(run.scenario()?.spec().seed)).collect();
        assert_eq!(seeds, [u64::MAX, 0, 1]);
        assert_eq!(with_seed(&scenario, 0), scenario);
    }
}
