//! Figures of a group's queue.

use serde::{Deserialize, Serialize};

use super::ratio;
use crate::id::GroupId;
use crate::time::Nanos;
use crate::trace::Trace;

/// How full a queue was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueStats {
    /// Jobs that waited at once, at most.
    pub longest: u32,
    /// Jobs that waited on average of time, from the first change of the queue to the run's end.
    pub mean: f64,
}

impl QueueStats {
    /// The queue of a group; `None` where it has none, or nothing ever came into it.
    pub(super) fn of(trace: &Trace, group: GroupId) -> Option<QueueStats> {
        let lengths = &trace.queues.get(group.index())?.lengths;
        let (first, _) = lengths.first()?;
        Some(QueueStats {
            longest: lengths.iter().map(|(_, length)| *length).max().unwrap_or_default(),
            mean: ratio(waited(lengths, trace.end), (trace.end - *first).as_secs_f64()),
        })
    }
}

/// Seconds that all jobs together have waited.
fn waited(lengths: &[(Nanos, u32)], end: Nanos) -> f64 {
    let ends = lengths[1..].iter().map(|(at, _)| *at).chain([end]);
    lengths
        .iter()
        .zip(ends)
        .map(|((at, length), until)| (until - *at).as_secs_f64() * f64::from(*length))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Group, Repeat, Scenario, Spec, Step};
    use crate::stats::{Percentiles, Stats};
    use crate::{Dist, run};

    fn queue(count: u16, repeat: Repeat) -> (QueueStats, Percentiles) {
        let work = Dist::Fixed(Nanos::from_millis(10));
        let steps = vec![Step::Io { wait: work }];
        let group = Group { count, repeat, ..Group::new("work", steps) };
        let spec = Spec { groups: vec![group], ..Spec::default() };
        let scenario = Scenario::new(spec).unwrap();
        let stats = Stats::of(&scenario, &run(&scenario));
        (stats.groups[0].queue.clone().unwrap(), stats.groups[0].response.unwrap())
    }

    #[test]
    fn a_full_queue_empties_step_by_step() {
        let (queue, response) = queue(1, Repeat::Jobs(10));
        assert_eq!(queue.longest, 10);
        // 9 to 0 jobs wait, each for a tenth of the time.
        assert!((queue.mean - 4.5).abs() < 0.1, "{}", queue.mean);
        assert_eq!(response.count, 10);
        let max = response.max.unwrap();
        assert!((Nanos::from_millis(100)..Nanos::from_millis(110)).contains(&max), "{max}");
    }

    #[test]
    fn requests_that_find_a_free_worker_do_not_wait() {
        let every = Dist::Fixed(Nanos::from_millis(20));
        let (queue, response) = queue(2, Repeat::Arrivals { every, during: Nanos::from_secs(1) });
        assert_eq!(queue.longest, 1);
        assert!(queue.mean < 0.05, "{}", queue.mean);
        assert!(response.p99 < Some(Nanos::from_millis(12)), "{response:?}");
    }
}
