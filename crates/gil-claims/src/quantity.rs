//! Values with a unit.

use std::fmt;

use gil_sim::Nanos;
use gil_words::{number, percent};
use serde::{Deserialize, Serialize};

/// What a value measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// A factor or a count.
    One,
    /// Seconds.
    Time,
    /// Per second.
    Rate,
    /// A share of 1, shown in percent.
    Share,
    /// Bytes.
    Memory,
}

impl Unit {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Unit::One => "a plain number",
            Unit::Time => "a time",
            Unit::Rate => "a rate per second",
            Unit::Share => "a share in percent",
            Unit::Memory => "an amount of memory",
        }
    }
}

/// A value with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// In the unit's base: seconds, bytes, a share of 1.
    pub value: f64,
    /// What it measures.
    pub unit: Unit,
}

impl Quantity {
    pub(crate) fn one(value: f64) -> Quantity {
        Quantity { value, unit: Unit::One }
    }

    pub(crate) fn time(time: Nanos) -> Quantity {
        Quantity { value: time.as_secs_f64(), unit: Unit::Time }
    }
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
            Unit::One => digits(self.value),
            Unit::Time => {
                let (size, unit) = time_unit(self.value);
                // Figures are whole nanoseconds.
                format!("{} {unit}", digits((self.value / size * 1e9).round() / 1e9))
            }
            Unit::Rate => format!("{}/s", digits(self.value)),
            Unit::Share => format!("{} %", digits(self.value * 100.0)),
            Unit::Memory => format!("{} bytes", digits(self.value)),
        }
    }
}

impl fmt::Display for Quantity {
    /// Three significant digits with the unit: `0.97`, `5.14 ms`, `195/s`, `97 %`, `45 MiB`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::One => f.write_str(&number(self.value)),
            Unit::Time => time(self.value, f),
            Unit::Rate => write!(f, "{}/s", number(self.value)),
            Unit::Share => f.write_str(&percent(self.value)),
            Unit::Memory if self.value < 1024.0 => write!(f, "{} bytes", number(self.value)),
            Unit::Memory if self.value < 1024.0 * 1024.0 => {
                write!(f, "{} KiB", number(self.value / 1024.0))
            }
            Unit::Memory => write!(f, "{} MiB", number(self.value / (1024.0 * 1024.0))),
        }
    }
}

fn time(seconds: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (size, unit) = time_unit(seconds);
    write!(f, "{} {unit}", number(seconds / size))
}

/// The unit that a time is written in, and its size in seconds.
fn time_unit(seconds: f64) -> (f64, &'static str) {
    match seconds.abs() {
        size if size >= 1.0 => (1.0, "s"),
        size if size >= 1e-3 => (1e-3, "ms"),
        size if size >= 1e-6 => (1e-6, "us"),
        _ => (1e-9, "ns"),
    }
}
