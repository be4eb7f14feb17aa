//! Values with their units, as people read them: one form for each kind of quantity.

use gil_sim::Nanos;
use gil_sim::metric::Unit;

use crate::number::{number, percent};

/// A value of a unit: three significant digits, and what it is of.
pub fn quantity(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Number => number(value),
        Unit::Factor => factor(value),
        Unit::Time => time(value),
        Unit::Rate => rate(value),
        Unit::Share => percent(value),
        Unit::Bytes => bytes(value),
    }
}

/// A value as claims and lessons write it: as [`quantity`], but a factor is a plain number, `0.97`.
pub fn plain(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Factor => number(value),
        unit => quantity(unit, value),
    }
}

/// From the lowest to the highest of some values, `0.94 to 0.97`; one of them where both read the
/// same, nothing where there is no value.
pub fn lowest_to_highest(values: &[f64], words: impl Fn(f64) -> String) -> Option<String> {
    let low = values.iter().copied().min_by(f64::total_cmp).map(&words)?;
    let high = values.iter().copied().max_by(f64::total_cmp).map(&words)?;
    Some(if low == high { low } else { format!("{low} to {high}") })
}

/// A time in nanoseconds: `5.14 ms`.
pub fn time(nanos: f64) -> String {
    if !nanos.is_finite() {
        return number(nanos);
    }
    let size = Nanos(nanos.abs().round() as u64);
    if nanos < 0.0 && !size.is_zero() { format!("-{size}") } else { size.to_string() }
}

/// So many per second: `195/s`.
pub fn rate(per_second: f64) -> String {
    format!("{}/s", number(per_second))
}

/// How many times as much: `3.98×`.
pub fn factor(factor: f64) -> String {
    format!("{}×", number(factor))
}

/// An amount of memory: `45 MiB`, `512 bytes`.
pub fn bytes(bytes: f64) -> String {
    let (unit, size) = [("GiB", 30), ("MiB", 20), ("KiB", 10)]
        .into_iter()
        .map(|(unit, power)| (unit, f64::from(1u32 << power)))
        // What would be rounded to 1,024 is 1 of the next unit.
        .find(|(_, size)| bytes.abs() > 0.9995 * size)
        .unwrap_or(("bytes", 1.0));
    format!("{} {unit}", number(bytes / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_form() {
        for (unit, value, text) in [
            (Unit::Number, 1_234.0, "1,230"),
            (Unit::Factor, 3.976, "3.98×"),
            (Unit::Time, 5_144_000.0, "5.14 ms"),
            (Unit::Time, -62_500.0, "-62.5 us"),
            (Unit::Time, 0.0, "0 ns"),
            (Unit::Rate, 195.2, "195/s"),
            (Unit::Share, 0.973, "97 %"),
            (Unit::Bytes, 512.0, "512 bytes"),
            (Unit::Bytes, 47_185_920.0, "45 MiB"),
            (Unit::Bytes, 1_048_400.0, "1 MiB"),
        ] {
            assert_eq!(quantity(unit, value), text);
        }
    }
}
