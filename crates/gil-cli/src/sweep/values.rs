//! The values of what is varied: lists and ranges.

use gil_notation::{parse_duration, print_duration};
use gil_sim::Nanos;

use crate::error::Failure;

/// Values that a range may stand for, at most.
const MOST: usize = 256;

/// How a range is written.
pub const HELP: &str = "values stand with commas between; 1..8 is all whole numbers from 1 to 8, \
                        1ms..50ms is 1, 2 and 5 of each power of ten, 50..400:+50 goes in steps \
                        and 10..1000:9 has 9 values with equal ratios";

/// The values of a list with commas, in which ranges stand for their values.
///
/// # Errors
/// A value that is missing, or a range that ends before it begins or has too many values.
pub fn listed(text: &str) -> Result<Vec<String>, Failure> {
    let mut values = Vec::new();
    for value in text.split(',').map(str::trim) {
        if value.is_empty() {
            return Err(Failure::new(format!("a value is missing in --values {text:?}")));
        }
        match Range::read(value) {
            None => values.push(value.to_owned()),
            Some(range) => values.extend(range.values().map_err(|why| {
                Failure::new(format!("{value:?} is no range of 1 to {MOST} values: {why}"))
                    .help(HELP)
            })?),
        }
    }
    Ok(values)
}

/// What is between two ends.
struct Range {
    from: f64,
    to: f64,
    kind: Kind,
    pace: Pace,
}

/// What a range is of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    /// In nanoseconds.
    Time,
}

/// How a range goes from one end to the other.
enum Pace {
    /// All whole numbers; of durations 1, 2 and 5 of each power of ten, and the ends.
    Usual,
    /// In equal steps.
    Step(f64),
    /// So many values with equal ratios.
    Count(usize),
}

impl Kind {
    fn read(self, text: &str) -> Option<f64> {
        match self {
            Kind::Number => text.parse::<u64>().ok().map(|number| number as f64),
            Kind::Time => parse_duration(text).ok().map(|time| time.0 as f64),
        }
    }

    fn print(self, value: f64) -> String {
        match self {
            Kind::Number => value.round().to_string(),
            Kind::Time => print_duration(Nanos(value.round() as u64)),
        }
    }
}

impl Range {
    /// Reads `1..8`, `1ms..50ms`, `50..400:+50` or `10..1000:9`; `None` where it is none.
    fn read(text: &str) -> Option<Range> {
        let (ends, pace) =
            text.split_once(':').map_or((text, None), |(ends, pace)| (ends, Some(pace)));
        let (from, to) = ends.split_once("..")?;
        [Kind::Number, Kind::Time].into_iter().find_map(|kind| {
            let pace = match pace {
                None => Pace::Usual,
                Some(pace) => match pace.strip_prefix('+') {
                    Some(step) => Pace::Step(kind.read(step)?),
                    None => Pace::Count(pace.parse().ok()?),
                },
            };
            Some(Range { from: kind.read(from)?, to: kind.read(to)?, kind, pace })
        })
    }

    fn values(&self) -> Result<Vec<String>, String> {
        if self.from > self.to {
            return Err("it ends before it begins".to_owned());
        }
        let values = match (&self.pace, self.kind) {
            (Pace::Usual, Kind::Number) => self.steps(1.0)?,
            (Pace::Usual, Kind::Time) => self.round_values(),
            (Pace::Step(step), _) => self.steps(*step)?,
            (Pace::Count(count), _) => self.ratios(*count)?,
        };
        let mut texts: Vec<String> =
            values.into_iter().map(|value| self.kind.print(value)).collect();
        texts.dedup();
        Ok(texts)
    }

    fn steps(&self, step: f64) -> Result<Vec<f64>, String> {
        if step <= 0.0 {
            return Err("its steps have no length".to_owned());
        }
        let count = ((self.to - self.from) / step).floor() as usize + 1;
        match count > MOST {
            true => Err(format!("it has {count}")),
            false => Ok((0..count).map(|at| self.from + at as f64 * step).collect()),
        }
    }

    fn ratios(&self, count: usize) -> Result<Vec<f64>, String> {
        if !(2..=MOST).contains(&count) || self.from <= 0.0 {
            return Err("it has 2 values or more, and begins above 0".to_owned());
        }
        let ratio = (self.to / self.from).powf(1.0 / (count - 1) as f64);
        let mut all: Vec<f64> =
            (0..count).map(|at| rounded(self.from * ratio.powi(at as i32))).collect();
        (all[0], all[count - 1]) = (self.from, self.to);
        Ok(all)
    }

    /// The ends, and 1, 2 and 5 times each power of ten between them.
    fn round_values(&self) -> Vec<f64> {
        let powers = (0..20).flat_map(|power| [1.0, 2.0, 5.0].map(|n| n * 10f64.powi(power)));
        let between = powers.filter(|value| *value > self.from && *value < self.to);
        std::iter::once(self.from).chain(between).chain([self.to]).collect()
    }
}

/// Three significant digits.
fn rounded(value: f64) -> f64 {
    let size = 10f64.powf(value.log10().floor() - 2.0);
    (value / size).round() * size
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> String {
        match listed(text) {
            Ok(values) => values.join(" "),
            Err(failure) => failure.message().to_owned(),
        }
    }

    #[test]
    fn lists_and_ranges() {
        for (text, expected) in [
            ("1,2, 4", "1 2 4"),
            ("1..4,8", "1 2 3 4 8"),
            ("1ms..50ms", "1ms 2ms 5ms 10ms 20ms 50ms"),
            ("300us..3ms", "300us 500us 1ms 2ms 3ms"),
            ("50..200:+50", "50 100 150 200"),
            ("10ms..40ms:+10ms", "10ms 20ms 30ms 40ms"),
            ("10..1000:5", "10 32 100 316 1000"),
            ("1ms..100ms:3", "1ms 10ms 100ms"),
            ("3..3", "3"),
            ("threads,fork", "threads fork"),
            ("exp1ms,ln2ms..6ms", "exp1ms ln2ms..6ms"),
            ("1,,2", "a value is missing in --values \"1,,2\""),
            ("8..1", "\"8..1\" is no range of 1 to 256 values: it ends before it begins"),
            ("1..1000", "\"1..1000\" is no range of 1 to 256 values: it has 1000"),
            ("1..9:+0", "\"1..9:+0\" is no range of 1 to 256 values: its steps have no length"),
        ] {
            assert_eq!(values(text), expected, "{text}");
        }
    }
}
