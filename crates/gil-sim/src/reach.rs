//! The runs of several seeds as one point of a chart: medians, and how far the runs reach.

use serde::{Deserialize, Serialize};

use crate::spread::Spread;
use crate::stats::Percentiles;
use crate::time::Nanos;
use crate::trace::Outcome;

/// How far the runs of several seeds reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reach {
    /// Passes per second.
    pub throughput: Spread,
    /// The median, 95th and 99th percentile of the time from an I/O completion until the thread
    /// has the GIL, in nanoseconds.
    pub wakeup: [Option<Spread>; 3],
}

impl Reach {
    fn of(runs: &[(f64, Option<Percentiles>, &Outcome)]) -> Option<Reach> {
        let throughput = Spread::of(runs.iter().map(|(throughput, ..)| Some(*throughput)))?;
        let percentile = |read: fn(&Percentiles) -> Option<Nanos>| {
            Spread::of(runs.iter().map(|(_, wakeup, _)| Some(read(wakeup.as_ref()?)?.0 as f64)))
        };
        let wakeup = [percentile(|p| p.p50), percentile(|p| p.p95), percentile(|p| p.p99)];
        Some(Reach { throughput, wakeup })
    }

    /// The percentiles of one run with the medians of all in their place.
    fn medians(&self, one: Percentiles) -> Percentiles {
        let nanos = |spread: Option<Spread>| Some(Nanos(spread?.median.round() as u64));
        let [p50, p95, p99] = self.wakeup.map(nanos);
        Percentiles { p50, p95, p99, ..one }
    }
}

/// What a point shows of several runs.
pub(crate) struct Merged {
    /// The median of passes per second.
    pub throughput: f64,
    /// The medians of the percentiles; the other figures are those of the first run.
    pub wakeup: Option<Percentiles>,
    /// How the first run ended that did not complete, or else the first of all.
    pub outcome: Outcome,
    pub reach: Reach,
}

impl Merged {
    /// Throughput, wake-ups and end of each run as those of one point; `None` for fewer than two
    /// runs, of which there is nothing to merge.
    pub fn of<'a>(
        runs: impl Iterator<Item = (f64, Option<Percentiles>, &'a Outcome)>,
    ) -> Option<Merged> {
        let runs: Vec<_> = runs.collect();
        let [(_, first, end), _, ..] = runs[..] else { return None };
        let reach = Reach::of(&runs)?;
        let cut = runs.iter().map(|run| run.2).find(|outcome| **outcome != Outcome::Completed);
        Some(Merged {
            throughput: reach.throughput.median,
            wakeup: first.map(|wakeup| reach.medians(wakeup)),
            outcome: cut.unwrap_or(end).clone(),
            reach,
        })
    }
}
