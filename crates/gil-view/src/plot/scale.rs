//! The vertical scale of a plot, and where things lie on it.

use gil_words::plain;

use crate::chart::{Unit, log_ticks};

/// A scale from bottom to top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value at the bottom.
    pub low: f64,
    /// The value at the top, which is more.
    pub high: f64,
    /// Whether each tenfold takes the same space. Then both ends are above zero.
    pub log: bool,
    /// What the values are.
    pub unit: Unit,
}

/// At most so many orders of magnitude on a logarithmic scale: what is next to nothing is not
/// shown at the cost of the rest.
const MOST_DECADES: f64 = 8.0;

impl Scale {
    /// A scale with round ends that holds all of these values; a logarithmic one leaves out those
    /// that are not above zero.
    pub fn of(values: &[f64], log: bool, unit: Unit) -> Scale {
        let base = base(unit);
        let known = values.iter().copied().filter(|value| value.is_finite());
        let most = known.clone().fold(0.0, f64::max);
        let least = known.clone().fold(f64::INFINITY, f64::min);
        let above = known.filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
        if log && above.is_finite() {
            let low = above.max(most * 10f64.powf(-MOST_DECADES));
            let (low, high) = (round(low / base, false) * base, round(most / base, true) * base);
            let high = if high > low { high } else { low * 10.0 };
            return Scale { low, high, log: true, unit };
        }
        let step = step((most.max(-least.min(0.0)) / base).max(1e-9)) * base;
        let high = (most / step - 1e-9).ceil().max(1.0) * step;
        let low = (least.min(0.0) / step + 1e-9).floor().min(0.0) * step;
        Scale { low, high, log: false, unit }
    }

    /// Where a value lies: 0 at the bottom, 1 at the top, kept between the two.
    pub fn share(&self, value: f64) -> f64 {
        let share = if self.log {
            (value.max(self.low) / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The value at a place, with two significant digits.
    pub fn value(&self, share: f64) -> f64 {
        let share = share.clamp(0.0, 1.0);
        let value = if self.log {
            self.low * (self.high / self.low).powf(share)
        } else {
            self.low + share * (self.high - self.low)
        };
        let base = base(self.unit);
        two_digits(value / base) * base
    }

    /// Round values to be written beside it.
    pub fn ticks(&self) -> Vec<f64> {
        let base = base(self.unit);
        if !self.log {
            let step = step(self.high.max(-self.low) / base) * base;
            let ticks = (self.low / step).round() as i64..=(self.high / step).round() as i64;
            return ticks.map(|n| n as f64 * step).collect();
        }
        let ticks = log_ticks(self.low / base, self.high / base);
        ticks.into_iter().map(|tick| tick * base).collect()
    }

    /// A value with its unit, as lessons write it.
    pub fn words(&self, value: f64) -> String {
        plain(self.unit, value)
    }
}

/// What is round in a unit: bytes are read in MiB.
fn base(unit: Unit) -> f64 {
    if unit == Unit::Bytes { 1024.0 * 1024.0 } else { 1.0 }
}

/// 1, 2 or 5 times a power of ten, four to ten of which make up a value.
fn step(most: f64) -> f64 {
    let rough = most / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| digit * power >= rough * 0.999);
    digit.unwrap_or(10.0) * power
}

/// The next 1, 2 or 5 times a power of ten, above or below.
fn round(value: f64, up: bool) -> f64 {
    let power = 10f64.powf((value * 1.000_001).log10().floor());
    let digits = [1.0, 2.0, 5.0, 10.0];
    let above = |digit: &f64| digit * power >= value * 0.999;
    let below = |digit: &&f64| *digit * power <= value * 1.001;
    let digit = match up {
        true => digits.into_iter().find(above),
        false => digits.iter().rev().find(below).copied(),
    };
    digit.unwrap_or(1.0) * power
}

fn two_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let unit = 10f64.powf(value.abs().log10().floor() - 1.0);
    (value / unit).round() * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: &[f64], b: &[f64]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9 * b.abs().max(1.0))
    }

    #[test]
    fn linear_scales_begin_at_zero_and_end_round() {
        let scale = Scale::of(&[0.97, 3.7], false, Unit::Number);
        assert!(close(&[scale.low, scale.high], &[0.0, 4.0]), "{scale:?}");
        assert!(close(&scale.ticks(), &[0.0, 1.0, 2.0, 3.0, 4.0]), "{:?}", scale.ticks());
    }

    #[test]
    fn log_scales_hold_what_they_are_of() {
        let scale = Scale::of(&[120_000.0, 19_000_000.0], true, Unit::Time);
        assert!(close(&[scale.low, scale.high], &[1e5, 2e7]), "{scale:?}");
        assert!(close(&scale.ticks(), &[1e5, 1e6, 1e7]), "{:?}", scale.ticks());
        assert_eq!(scale.words(1e6), "1 ms");
    }

    #[test]
    fn places_and_values_are_the_inverse_of_each_other() {
        for log in [false, true] {
            let scale = Scale::of(&[0.5, 8.0], log, Unit::Number);
            for value in [0.5, 1.0, 2.2, 7.9] {
                assert!((scale.value(scale.share(value)) - value).abs() < 1e-9, "{value}");
            }
        }
    }

    #[test]
    fn nothing_to_show_is_a_scale_all_the_same() {
        for values in [&[][..], &[0.0], &[f64::NAN], &[-3.0]] {
            for log in [false, true] {
                let scale = Scale::of(values, log, Unit::Number);
                assert!(scale.high > scale.low && !scale.ticks().is_empty(), "{scale:?}");
                assert!((0.0..=1.0).contains(&scale.share(2.0)));
            }
        }
    }
}
