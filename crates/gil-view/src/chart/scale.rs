//! Axes: from values to positions, which ticks are worth a line, how they are written.

use super::{Axis, Scale, Unit};
use gil_words::{number, quantity};

/// A value at an axis, whose label already says what it is.
fn tick_label(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Number | Unit::Factor | Unit::Rate => number(value),
        Unit::Time if value == 0.0 => "0".to_owned(),
        Unit::Share | Unit::Time | Unit::Bytes => quantity(unit, value),
    }
}

impl Scale {
    /// Whether this scale has a place for the value.
    pub fn shows(self, value: f64) -> bool {
        value.is_finite() && (self == Scale::Linear || value > 0.0)
    }

    /// To a number that grows evenly along the axis.
    fn forward(self, value: f64) -> f64 {
        match self {
            Scale::Linear => value,
            Scale::Log2 => value.log2(),
            Scale::Log10 => value.log10(),
        }
    }

    fn back(self, even: f64) -> f64 {
        match self {
            Scale::Linear => even,
            Scale::Log2 => even.exp2(),
            Scale::Log10 => 10f64.powf(even),
        }
    }
}

/// An axis that knows its range and its ticks.
#[derive(Clone, Debug)]
pub struct Ruler {
    scale: Scale,
    unit: Unit,
    low: f64,
    high: f64,
    ticks: Vec<f64>,
}

impl Ruler {
    /// For `values`, with at most about `room` ticks. A vertical ruler ends at a tick, so that
    /// curves have a line above them; a horizontal one ends with the data, so that they run up to
    /// their labels.
    pub fn new(
        axis: &Axis,
        values: impl Iterator<Item = f64>,
        room: usize,
        vertical: bool,
    ) -> Ruler {
        let scale = axis.scale;
        let covers = axis.covers.into_iter().flat_map(|(low, high)| [low, high]);
        let shown = values.chain(covers).filter(|value| scale.shows(*value));
        let (low, high) = extent(shown).unwrap_or(match scale {
            Scale::Linear => (0.0, 1.0),
            Scale::Log2 => (1.0, 64.0),
            Scale::Log10 => (1.0, 100.0),
        });
        let (mut low, mut high) = widen(scale, low, high, vertical);
        let ticks = ticks(scale, low, high, room.max(2), vertical);
        if vertical {
            low = ticks.first().copied().unwrap_or(low).min(low);
            high = ticks.last().copied().unwrap_or(high).max(high);
        }
        Ruler { scale, unit: axis.unit, low, high, ticks }
    }

    /// Where a value lies, 0 to 1.
    pub fn position(&self, value: f64) -> f64 {
        let [low, high, value] = [self.low, self.high, value].map(|v| self.scale.forward(v));
        (value - low) / (high - low)
    }

    /// The ticks: where each lies, 0 to 1, and its label.
    pub fn ticks(&self) -> impl Iterator<Item = (f64, String)> {
        self.ticks.iter().map(|tick| (self.position(*tick), tick_label(self.unit, *tick)))
    }
}

fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |extent, v| {
        let (low, high) = extent.unwrap_or((v, v));
        Some((low.min(v), high.max(v)))
    })
}

/// Takes in zero where that is honest and never leaves an empty range.
fn widen(scale: Scale, low: f64, high: f64, vertical: bool) -> (f64, f64) {
    match scale {
        Scale::Linear => {
            let low = if vertical || low < high / 4.0 { low.min(0.0) } else { low };
            let high = if vertical { high.max(0.0) } else { high };
            if low < high { (low, high) } else { (low, low + low.abs().max(1.0)) }
        }
        Scale::Log2 | Scale::Log10 if low < high => (low, high),
        Scale::Log2 => (low / 2.0, high * 2.0),
        Scale::Log10 => (low / 10.0, high * 10.0),
    }
}

fn ticks(scale: Scale, low: f64, high: f64, room: usize, around: bool) -> Vec<f64> {
    match scale {
        Scale::Linear => linear_ticks(low, high, room, around),
        Scale::Log2 => power_ticks(scale, low, high, room, around),
        Scale::Log10 => [&[1.0, 2.0, 5.0][..], &[1.0, 3.0]]
            .into_iter()
            .map(|steps| decade_ticks(steps, low, high, around))
            .find(|ticks| (2..=room).contains(&ticks.len()))
            .unwrap_or_else(|| power_ticks(scale, low, high, room, around)),
    }
}

/// Multiples of 1, 2 or 5 times a power of ten.
fn linear_ticks(low: f64, high: f64, room: usize, around: bool) -> Vec<f64> {
    let rough = (high - low) / room as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power);
    let step = step.into_iter().find(|step| *step >= rough * 0.999).unwrap_or(10.0 * power);
    // A hundred-millionth of a step is rounding, not another tick.
    let slack = 1e-8;
    let (first, last) = if around {
        ((low / step + slack).floor(), (high / step - slack).ceil())
    } else {
        ((low / step - slack).ceil(), (high / step + slack).floor())
    };
    let count = (last - first).max(0.0) as usize;
    (0..=count).map(|i| (first + i as f64) * step).collect()
}

/// Powers of the base, every n-th where there is no room for all.
fn power_ticks(scale: Scale, low: f64, high: f64, room: usize, around: bool) -> Vec<f64> {
    let slack = 1e-8;
    let (low, high) = (scale.forward(low), scale.forward(high));
    let (first, last) = if around {
        ((low + slack).floor() as i32, (high - slack).ceil() as i32)
    } else {
        ((low - slack).ceil() as i32, (high + slack).floor() as i32)
    };
    let stride = ((last - first).max(1) as usize).div_ceil(room) as i32;
    // On multiples of the stride, so that 1 stays among them.
    let (first, last) = if around {
        (first.div_euclid(stride) * stride, last + (-last).rem_euclid(stride))
    } else {
        (first + (-first).rem_euclid(stride), last)
    };
    (first..=last).step_by(stride as usize).map(|power| scale.back(f64::from(power))).collect()
}

/// Round numbers from `low` to `high`, both above zero: powers of ten, with 2 and 5 between them
/// where these would be too few.
pub fn log_ticks(low: f64, high: f64) -> Vec<f64> {
    match decade_ticks(&[1.0], low, high, false) {
        powers if powers.len() >= 3 => powers,
        _ => decade_ticks(&[1.0, 2.0, 5.0], low, high, false),
    }
}

/// These multiples of every power of ten.
fn decade_ticks(steps: &[f64], low: f64, high: f64, around: bool) -> Vec<f64> {
    let decades = low.log10().floor() as i32 - 1..=high.log10().ceil() as i32 + 1;
    let all: Vec<f64> =
        decades.flat_map(|d| steps.iter().map(move |step| step * 10f64.powi(d))).collect();
    let (mut first, mut end) = (
        all.partition_point(|tick| *tick < low * (1.0 - 1e-8)),
        all.partition_point(|tick| *tick <= high * (1.0 + 1e-8)),
    );
    if around {
        first = all.partition_point(|tick| *tick <= low * (1.0 + 1e-8)).saturating_sub(1);
        end = (all.partition_point(|tick| *tick < high * (1.0 - 1e-8)) + 1).min(all.len());
    }
    all[first..end.max(first)].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, unit: Unit, values: &[f64], room: usize, vertical: bool) -> String {
        let axis = Axis::new("", scale, unit);
        let ruler = Ruler::new(&axis, values.iter().copied(), room, vertical);
        ruler.ticks().map(|(_, label)| label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_few_and_round() {
        use {Scale::*, Unit::*};
        for (scale, unit, values, room, vertical, want) in [
            (Log2, Number, &[1.0, 64.0][..], 8, false, "1 2 4 8 16 32 64"),
            (Log2, Number, &[1.0, 64.0], 4, false, "1 4 16 64"),
            (Log2, Number, &[3.0, 20.0], 8, false, "4 8 16"),
            (Log2, Number, &[4.0], 8, false, "2 4 8"),
            (Log2, Factor, &[0.9, 7.5], 8, true, "0.5 1 2 4 8"),
            (Linear, Factor, &[0.97, 3.4], 5, true, "0 1 2 3 4"),
            (Linear, Share, &[0.2, 0.93], 5, true, "0 % 20 % 40 % 60 % 80 % 100 %"),
            (Linear, Time, &[2.1e6, 9.3e6], 5, true, "0 2 ms 4 ms 6 ms 8 ms 10 ms"),
            (Linear, Number, &[], 4, true, "0 0.5 1"),
            (Linear, Number, &[0.0], 4, true, "0 0.5 1"),
            (Log10, Time, &[1e4, 1e8], 6, false, "10 us 100 us 1 ms 10 ms 100 ms"),
            (Log10, Time, &[6e4, 4e7], 5, true, "10 us 100 us 1 ms 10 ms 100 ms"),
            (Log10, Time, &[6e5, 8e6], 6, true, "500 us 1 ms 2 ms 5 ms 10 ms"),
            (Log2, Bytes, &[1_024.0, 1_048_576.0], 3, false, "4 KiB 64 KiB 1 MiB"),
            (Log2, Bytes, &[12.6e6, 150e6], 6, true, "8 MiB 16 MiB 32 MiB 64 MiB 128 MiB 256 MiB"),
            (Log10, Rate, &[3.0, 30_000.0], 3, true, "1 100 10,000 1,000,000"),
        ] {
            assert_eq!(labels(scale, unit, values, room, vertical), want, "{scale:?} {values:?}");
        }
    }

    #[test]
    fn log_ticks_are_round_and_neither_many_nor_few() {
        assert_eq!(log_ticks(0.5, 5000.0), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(log_ticks(0.7, 70.0), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]);
    }

    #[test]
    fn positions_run_from_0_to_1() {
        let axis = Axis::new("", Scale::Log2, Unit::Number);
        let ruler = Ruler::new(&axis, [1.0, 16.0].into_iter(), 8, false);
        for (value, at) in [(1.0, 0.0), (4.0, 0.5), (16.0, 1.0)] {
            assert_eq!(ruler.position(value), at);
        }
    }

    #[test]
    fn an_axis_covers_what_it_is_told_to() {
        let axis = Axis { covers: Some((1.0, 64.0)), ..Axis::new("", Scale::Log2, Unit::Number) };
        let ruler = Ruler::new(&axis, [1.0, 4.0].into_iter(), 8, false);
        assert_eq!((ruler.low, ruler.high), (1.0, 64.0));
    }
}
