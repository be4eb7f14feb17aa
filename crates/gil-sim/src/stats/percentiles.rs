//! Percentiles of times, those that a run did not see the end of among them.

use serde::{Deserialize, Serialize};

use crate::time::Nanos;

/// Times below which a 99.9th percentile would be the maximum and nothing else.
const ENOUGH_FOR_P999: u64 = 1_000;

/// Percentiles of some times, by nearest rank.
///
/// What had begun and was not over when the run was cut counts as later than everything that was:
/// a percentile whose rank falls among those is `None`, because a figure of those that made it
/// would be better than the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percentiles {
    /// Times that are known.
    pub count: u64,
    /// Those that were still running when the run was cut.
    pub unfinished: u64,
    /// The mean; `None` where something is unfinished.
    pub mean: Option<Nanos>,
    /// The median.
    pub p50: Option<Nanos>,
    /// The 95th percentile.
    pub p95: Option<Nanos>,
    /// The 99th percentile.
    pub p99: Option<Nanos>,
    /// The 99.9th percentile; `None` for fewer than 1,000 times.
    pub p999: Option<Nanos>,
    /// The longest; `None` where something is unfinished.
    pub max: Option<Nanos>,
}

impl Percentiles {
    /// Percentiles of times; `None` where there are none at all.
    pub fn of(times: Vec<Nanos>) -> Option<Percentiles> {
        Percentiles::with_unfinished(times, 0)
    }

    /// Percentiles of times and of as many more that nobody saw the end of; `None` where there are
    /// none at all.
    pub fn with_unfinished(mut times: Vec<Nanos>, unfinished: u64) -> Option<Percentiles> {
        times.sort_unstable();
        let count = times.len() as u64;
        let all = count + unfinished;
        if all == 0 {
            return None;
        }
        let rank = |permille: u64| {
            let rank = (all * permille).div_ceil(1_000).max(1);
            times.get(rank as usize - 1).copied()
        };
        let total: u128 = times.iter().map(|time| u128::from(time.0)).sum();
        let whole = unfinished == 0;
        Some(Percentiles {
            count,
            unfinished,
            mean: whole.then(|| Nanos((total / u128::from(all)) as u64)),
            p50: rank(500),
            p95: rank(950),
            p99: rank(990),
            p999: rank(999).filter(|_| all >= ENOUGH_FOR_P999),
            max: times.last().copied().filter(|_| whole),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(range: std::ops::RangeInclusive<u64>) -> Vec<Nanos> {
        range.map(Nanos::from_millis).collect()
    }

    #[test]
    fn ranks() {
        let found = Percentiles::of(millis(1..=100)).unwrap();
        let ms = |n| Some(Nanos::from_millis(n));
        assert_eq!((found.p50, found.p95, found.p99), (ms(50), ms(95), ms(99)));
        assert_eq!((found.max, found.p999), (ms(100), None));
        assert_eq!(found.mean, Some(Nanos::from_micros(50_500)));
        assert_eq!(Percentiles::of(millis(1..=1_000)).unwrap().p999, ms(999));
        assert_eq!(Percentiles::of(Vec::new()), None);
    }

    #[test]
    fn what_is_unfinished_is_later_than_all_that_is() {
        let found = Percentiles::with_unfinished(millis(1..=95), 5).unwrap();
        assert_eq!(found.p50, Some(Nanos::from_millis(50)));
        assert_eq!(found.p95, Some(Nanos::from_millis(95)));
        assert_eq!((found.p99, found.max, found.mean), (None, None, None));
        let none = Percentiles::with_unfinished(Vec::new(), 3).unwrap();
        assert_eq!((none.count, none.unfinished, none.p50), (0, 3, None));
    }
}
