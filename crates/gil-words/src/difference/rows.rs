//! A figure in two runs: how large the difference is and how it reads.

use gil_sim::Nanos;

use super::outcome::Side;
use crate::number::{number, percent};

/// Figures closer together than this, as a share, count as the same.
const SAME: f64 = 0.01;

/// What a figure measures: how it is written and what a difference is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// A time in nanoseconds.
    Time,
    /// How long the same work takes, in nanoseconds.
    Duration,
    /// Things a second.
    Rate,
    /// Things.
    Count,
    /// A factor.
    Factor,
    /// Cores.
    Cores,
    /// Bytes.
    Bytes,
}

impl Measure {
    pub fn write(self, value: f64) -> String {
        match self {
            Measure::Time | Measure::Duration => Nanos(value as u64).to_string(),
            Measure::Rate => format!("{} a second", number(value)),
            Measure::Count | Measure::Cores => number(value),
            Measure::Factor => format!("{} times", number(value)),
            Measure::Bytes => format!("about {} MiB", number(value / (1u64 << 20) as f64)),
        }
    }

    /// More, less, and times as much.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Measure::Time | Measure::Duration => ("longer", "shorter", "as long"),
            Measure::Count => ("more", "fewer", "as many"),
            Measure::Rate | Measure::Factor => ("higher", "lower", "as high"),
            Measure::Cores | Measure::Bytes => ("more", "less", "as much"),
        }
    }
}

/// Which direction is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Good {
    /// The more the better.
    More,
    /// The less the better.
    Less,
    /// Neither.
    Neither,
}

/// A figure in both runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// `Wall time`, `io's p95 latency`.
    pub name: String,
    pub measure: Measure,
    pub good: Good,
    pub a: f64,
    pub b: f64,
}

impl Figure {
    /// How far apart the two are, up or down alike: the logarithm of their ratio.
    pub fn effect(&self) -> f64 {
        let (low, high) = (self.a.min(self.b), self.a.max(self.b));
        if high <= 0.0 { 0.0 } else { (high / low.max(high / 1e6)).ln() }
    }

    /// Whether there is nothing to say: about the same.
    pub fn is_same(&self) -> bool {
        self.effect() < SAME
    }

    /// Whether neither run has any of it.
    pub fn is_absent(&self) -> bool {
        self.a <= 0.0 && self.b <= 0.0
    }

    pub fn better(&self) -> Option<Side> {
        let more = if self.b > self.a { Side::B } else { Side::A };
        match self.good {
            Good::Neither => None,
            Good::More => Some(more),
            Good::Less => Some(more.other()),
        }
    }

    pub fn written(&self) -> (String, String) {
        (self.measure.write(self.a), self.measure.write(self.b))
    }

    /// The difference as B is to A: `1.9 times as fast, 43 ms less`.
    pub fn words(&self) -> String {
        if self.a <= 0.0 {
            return "none in A".to_owned();
        }
        if self.b <= 0.0 {
            return "none in B".to_owned();
        }
        match self.measure {
            Measure::Duration => self.speed(),
            _ => self.factor(),
        }
    }

    fn speed(&self) -> String {
        let apart = Nanos((self.a - self.b).abs() as u64);
        if self.b < self.a {
            format!("{} times as fast, {apart} less", number(self.a / self.b))
        } else {
            format!("{} times as long, {apart} more", number(self.b / self.a))
        }
    }

    fn factor(&self) -> String {
        let (more, less, times) = self.measure.words();
        match self.b / self.a {
            ratio if ratio >= 1.995 => format!("{} times {times}", number(ratio)),
            ratio if ratio > 1.0 => format!("{} {more}", percent(ratio - 1.0)),
            ratio if ratio > 0.5 => format!("{} {less}", percent(1.0 - ratio)),
            ratio => format!("{} times {times} in A", number(1.0 / ratio)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(measure: Measure, a: f64, b: f64) -> String {
        Figure { name: String::new(), measure, good: Good::Less, a, b }.words()
    }

    #[test]
    fn a_difference_reads_as_what_it_is() {
        assert_eq!(words(Measure::Duration, 201e6, 58e6), "3.47 times as fast, 143 ms less");
        assert_eq!(words(Measure::Duration, 58e6, 201e6), "3.47 times as long, 143 ms more");
        assert_eq!(words(Measure::Time, 5e6, 85e6), "17 times as long");
        assert_eq!(words(Measure::Time, 85e6, 5e6), "17 times as long in A");
        assert_eq!(words(Measure::Rate, 100.0, 112.0), "12 % higher");
        assert_eq!(words(Measure::Bytes, 100.0, 70.0), "30 % less");
        assert_eq!(words(Measure::Count, 0.0, 7.0), "none in A");
        assert_eq!(words(Measure::Count, 7.0, 0.0), "none in B");
    }
}
