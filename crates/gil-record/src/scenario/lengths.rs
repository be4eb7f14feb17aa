//! Lengths as a distribution of the notation.

use gil_sim::{Dist, Nanos, bounds};

/// z-score of the 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;
/// Below this ratio of standard deviation and mean, all lengths are called the same.
const FIXED: f64 = 0.1;
/// A spread of the logarithm above this is more than a few long passes explain.
const WIDEST: f64 = 1.5;

/// A distribution with the mean of some lengths and the spread of their logarithms: fixed, or
/// lognormal. `None` of no lengths.
pub(super) fn fit(lengths: &[Nanos]) -> Option<Dist> {
    let total: f64 = lengths.iter().map(|length| length.0 as f64).sum();
    // Passes without any count for the mean; their logarithm would say nothing.
    let seen: Vec<f64> =
        lengths.iter().map(|l| l.0 as f64).filter(|length| *length > 0.0).collect();
    if seen.is_empty() {
        return None;
    }
    let count = seen.len() as f64;
    let mean = total / lengths.len() as f64;
    let spread = (seen.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count).sqrt();
    if spread < FIXED * mean || seen.len() < 3 {
        return Some(Dist::Fixed(bounded(mean)));
    }
    let log_mean = seen.iter().map(|x| libm::log(*x)).sum::<f64>() / count;
    let variance = seen.iter().map(|x| (libm::log(*x) - log_mean).powi(2)).sum::<f64>() / count;
    let sigma = variance.sqrt().min(WIDEST);
    let median = mean / libm::exp(sigma * sigma / 2.0);
    let (median, p95) = (bounded(median), bounded(median * libm::exp(sigma * Z95)));
    Some(if p95 > median { Dist::LogNormal(median, p95) } else { Dist::Fixed(bounded(mean)) })
}

/// A length within the bounds of a scenario, with three digits.
fn bounded(nanos: f64) -> Nanos {
    let (low, high) = (bounds::DURATION.start().0 as f64, bounds::DURATION.end().0 as f64);
    round(Nanos(nanos.clamp(low, high) as u64))
}

/// Three significant digits, so that the text stays short.
pub(crate) fn round(time: Nanos) -> Nanos {
    let mut step = 1;
    while time.0 / step >= 1_000 {
        step *= 10;
    }
    Nanos((time.0 + step / 2) / step * step)
}
