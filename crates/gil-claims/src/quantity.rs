//! Values with a unit.

use std::fmt;

use gil_sim::metric::Unit;
use serde::{Deserialize, Serialize};

/// A value with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// In the unit's base: nanoseconds, bytes, a share of 1.
    pub value: f64,
    /// What it measures.
    pub unit: Unit,
}

impl Quantity {
    /// With all its digits, at most nine behind the point: `11.619179 ms`, where three would hide
    /// a difference.
    pub fn exact(&self) -> String {
        let digits = |value: f64| {
            let text = format!("{value:.9}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        match self.unit {
            Unit::Number | Unit::Factor => digits(self.value),
            Unit::Time => {
                let (size, unit) = time_unit(self.value);
                format!("{} {unit}", digits(self.value / size))
            }
            Unit::Rate => format!("{}/s", digits(self.value)),
            Unit::Share => format!("{} %", digits(self.value * 100.0)),
            Unit::Bytes => format!("{} bytes", digits(self.value)),
        }
    }
}

impl fmt::Display for Quantity {
    /// Three significant digits with the unit: `0.97`, `5.14 ms`, `195/s`, `97 %`, `45 MiB`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&gil_words::plain(self.unit, self.value))
    }
}

/// The unit that a time is written in, and its size in nanoseconds.
fn time_unit(nanos: f64) -> (f64, &'static str) {
    match nanos.abs() {
        size if size >= 1e9 => (1e9, "s"),
        size if size >= 1e6 => (1e6, "ms"),
        size if size >= 1e3 => (1e3, "us"),
        _ => (1.0, "ns"),
    }
}
