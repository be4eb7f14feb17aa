//! Durations that are fixed or drawn, and the one seeded generator they are drawn from.

use rand_core::Rng as _;
use rand_pcg::Pcg32;
use serde::{Deserialize, Serialize};

use crate::time::Nanos;

/// How long something takes: always the same, or drawn anew each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dist {
    /// Always this long.
    Fixed(Nanos),
    /// Any length from the first to the second, all equally likely.
    Uniform(Nanos, Nanos),
    /// Exponential with this mean: memoryless, like the gaps between independent requests.
    Exponential(Nanos),
    /// Lognormal with this median and this 95th percentile: most are near the median, a few are
    /// much longer, as service times are.
    LogNormal(Nanos, Nanos),
}

impl Dist {
    /// Whether the seed decides its lengths.
    pub fn is_drawn(self) -> bool {
        !matches!(self, Dist::Fixed(_))
    }

    /// The mean length, rounded to nanoseconds.
    pub fn mean(self) -> Nanos {
        match self {
            Dist::Fixed(d) | Dist::Exponential(d) => d,
            Dist::Uniform(a, b) => Nanos(a.0 / 2 + b.0 / 2 + (a.0 & b.0 & 1)),
            Dist::LogNormal(median, p95) => {
                let sigma = lognormal_sigma(median, p95);
                scale(median, libm::exp(sigma * sigma / 2.0))
            }
        }
    }
}

/// z-score of the 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

fn lognormal_sigma(median: Nanos, p95: Nanos) -> f64 {
    if median.is_zero() || p95 <= median {
        return 0.0;
    }
    libm::log(p95.0 as f64 / median.0 as f64) / Z95
}

/// `base` times `factor`, rounded; a factor that is not a number gives zero.
fn scale(base: Nanos, factor: f64) -> Nanos {
    Nanos((base.0 as f64 * factor + 0.5) as u64)
}

/// The source of all chance in a run: PCG-XSH-RR 64/32 (O'Neill 2014) with one stream per user,
/// so that a change in one thread's work leaves the draws of all others alone.
#[derive(Clone, Debug)]
pub(crate) struct Rng {
    source: Pcg32,
    is_used: bool,
}

impl Rng {
    /// The generator of `stream` for a scenario's `seed`.
    pub fn new(seed: u64, stream: u64) -> Rng {
        Rng { source: Pcg32::new(seed, stream), is_used: false }
    }

    /// Whether anything was drawn from it that the seed decides.
    pub fn is_used(&self) -> bool {
        self.is_used
    }

    fn next(&mut self) -> u64 {
        self.is_used = true;
        self.source.next_u64()
    }

    /// A length drawn from `dist`.
    pub fn draw(&mut self, dist: Dist) -> Nanos {
        match dist {
            Dist::Fixed(d) => d,
            Dist::Uniform(a, b) => Nanos(a.0 + self.below((b - a).0.saturating_add(1))),
            Dist::Exponential(mean) => scale(mean, -libm::log(self.unit())),
            Dist::LogNormal(median, p95) => {
                let sigma = lognormal_sigma(median, p95);
                scale(median, libm::exp(sigma * self.normal()))
            }
        }
    }

    /// A whole number below `n`, or zero where `n` is zero.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// A number in (0, 1]: never zero, so that its logarithm is finite.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// Standard normal, by Box and Muller.
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pins the generator: a change here changes every seeded scenario that people have shared.
    #[test]
    fn the_generator_is_pinned() {
        let mut rng = Rng::new(1, 7);
        let drawn: Vec<u64> = (0..3).map(|_| rng.below(1_000_000)).collect();
        assert_eq!(drawn, [477_463, 416_310, 589_349]);
    }

    fn sample(dist: Dist) -> Vec<u64> {
        let mut rng = Rng::new(42, 0);
        let mut drawn: Vec<u64> = (0..200_001).map(|_| rng.draw(dist).0).collect();
        drawn.sort_unstable();
        drawn
    }

    #[test]
    fn draws_follow_their_distribution() {
        // The 95th percentile of 200,000 draws has a standard error of 0.5 %, the medians less.
        let near = |got: u64, want: f64| (got as f64 / want - 1.0).abs() < 0.02;
        let uniform = sample(Dist::Uniform(Nanos(1_000), Nanos(3_000)));
        assert!(uniform[0] >= 1_000 && uniform[200_000] <= 3_000);
        assert!(near(uniform[100_000], 2_000.0));
        let exponential = sample(Dist::Exponential(Nanos(1_000)));
        assert!(near(exponential[100_000], 693.0));
        let lognormal = sample(Dist::LogNormal(Nanos(1_000), Nanos(5_000)));
        assert!(near(lognormal[100_000], 1_000.0));
        assert!(near(lognormal[190_000], 5_000.0));
    }

    #[test]
    fn means() {
        assert_eq!(Dist::Uniform(Nanos(1), Nanos(3)).mean(), Nanos(2));
        assert_eq!(Dist::Exponential(Nanos(9)).mean(), Nanos(9));
        let mean = Dist::LogNormal(Nanos(1_000), Nanos(5_000)).mean();
        assert!((1_600..1_630).contains(&mean.0), "{mean:?}");
    }
}
