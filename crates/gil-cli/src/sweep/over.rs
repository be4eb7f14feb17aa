//! What is varied, and the values it takes.

use std::str::FromStr;

use gil_claims::Target;
use gil_notation::STRATEGIES;
use gil_sim::{Protocol, Python, Scenario};

use crate::error::Failure;

/// What is varied: a field of a group, or a setting of the notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// As [`gil_claims::vary`] has it.
    pub key: String,
    /// The group, where one is named.
    pub group: Option<String>,
}

impl FromStr for Over {
    type Err = String;

    /// Reads `threads`, `web.rate`, `strategy:io`, `cores`, `python`, or the key of any setting.
    fn from_str(text: &str) -> Result<Over, String> {
        Ok(match Target::read(text)? {
            Target::Setting(key) => Over { key: key.to_owned(), group: None },
            Target::Group(group, field) => Over { key: field, group },
        })
    }
}

impl Over {
    /// Refuses what would change nothing.
    ///
    /// # Errors
    /// A Python that does not have what is varied.
    pub fn suits(&self, scenario: &Scenario) -> Result<(), Failure> {
        let spec = scenario.spec();
        let (has, lacks) = match self.key.as_str() {
            "si" => (matches!(spec.protocol(), Protocol::Interval(_)), "switch interval"),
            "ci" => (spec.protocol() == Protocol::Ticks, "check interval"),
            _ => return Ok(()),
        };
        match has {
            true => Ok(()),
            false => Err(Failure::new(format!("Python {} has no {lacks}", spec.python))),
        }
    }

    /// Whether the values are names, which have no distance from each other.
    pub fn has_names(&self) -> bool {
        matches!(self.key.as_str(), "strategy" | "py")
    }

    /// The values unless others are given; `None` where there are no usual ones.
    pub fn usual_values(&self) -> Option<Vec<String>> {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        Some(match self.key.as_str() {
            "count" => owned(&["1", "2", "4", "8", "16"]),
            "cores" => owned(&["1", "2", "4", "8"]),
            "si" => owned(&["100us", "500us", "1ms", "5ms", "20ms", "100ms"]),
            "strategy" => owned(&STRATEGIES.map(|(word, _)| word)),
            "py" => Python::ALL.iter().map(Python::to_string).collect(),
            _ => return None,
        })
    }

    /// What it is called on an axis.
    pub fn label(&self) -> &str {
        match self.key.as_str() {
            "py" => "Python",
            "si" => "switch interval",
            "ci" => "check interval",
            "count" => "threads",
            key => key,
        }
    }
}

/// Values that a range may stand for, at most.
const RANGE: u32 = 256;

/// The values of a list with commas; `1..8` is all whole numbers from 1 to 8.
///
/// # Errors
/// A value that is missing, or a range that ends before it begins or has too many.
pub fn listed(text: &str) -> Result<Vec<String>, Failure> {
    let mut values = Vec::new();
    for value in text.split(',').map(str::trim) {
        let ends = value
            .split_once("..")
            .and_then(|(from, to)| Some((from.parse::<u32>().ok()?, to.parse::<u32>().ok()?)));
        match ends {
            Some((from, to)) if from <= to && to - from < RANGE => {
                values.extend((from..=to).map(|value| value.to_string()));
            }
            Some(_) => {
                let message = format!("{value:?} is no range of 1 to {RANGE} values");
                return Err(Failure::new(message));
            }
            None if value.is_empty() => {
                return Err(Failure::new(format!("a value is missing in --values {text:?}")));
            }
            None => values.push(value.to_owned()),
        }
    }
    Ok(values)
}
