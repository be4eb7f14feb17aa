//! What is varied, and the values it takes.

use std::str::FromStr;

use gil_notation::{STRATEGIES, setting_keys};
use gil_sim::{Protocol, Python, Scenario};

use crate::error::Failure;

/// What is varied: `threads` or `strategy` of a group, or a setting of the notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// As [`gil_claims::vary`] has it.
    pub key: String,
    /// The group, where one is named.
    pub group: Option<String>,
}

impl FromStr for Over {
    type Err = String;

    /// Reads `threads`, `strategy:io`, `cores`, `python`, or the key of any setting.
    fn from_str(text: &str) -> Result<Over, String> {
        let (key, group) = match text.split_once(':') {
            Some((key, group)) => (key, Some(group.to_owned())),
            None => (text, None),
        };
        let key = if key == "python" { "py" } else { key };
        let of_group = matches!(key, "threads" | "strategy");
        if !of_group && !setting_keys().any(|known| known == key) {
            let keys: Vec<&str> = setting_keys().collect();
            return Err(format!(
                "it is threads, strategy, python, or a setting: {}",
                keys.join(", ")
            ));
        }
        if !of_group && group.is_some() {
            return Err(format!("{key} is of the whole scenario, not of a group"));
        }
        Ok(Over { key: key.to_owned(), group })
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
            "threads" => owned(&["1", "2", "4", "8", "16"]),
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
            key => key,
        }
    }
}

/// The values of a list with commas.
///
/// # Errors
/// A value that is missing.
pub fn listed(text: &str) -> Result<Vec<String>, Failure> {
    let values: Vec<String> = text.split(',').map(|value| value.trim().to_owned()).collect();
    match values.iter().any(String::is_empty) {
        true => Err(Failure::new(format!("a value is missing in --values {text:?}"))),
        false => Ok(values),
    }
}
