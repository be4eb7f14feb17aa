//! What is varied, and the values it usually takes.

use std::str::FromStr;

use gil_claims::Target;
use gil_claims::vary::rate;
use gil_notation::STRATEGIES;
use gil_sim::{GroupId, Python, Regulation, Scenario};

use crate::error::Failure;

/// What is varied: a field of a group, or a setting of the notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// Where it is in a scenario.
    pub target: Target,
}

impl FromStr for Over {
    type Err = String;

    /// Reads `threads`, `web.rate`, `strategy:io`, `cores`, `python`, or the key of any setting.
    fn from_str(text: &str) -> Result<Over, String> {
        Target::read(text).map(|target| Over { target })
    }
}

impl Over {
    /// Its name in CSV and JSON: `si`, `web.count`; of a group that nobody has named, the usual one
    /// is meant.
    pub fn key(&self) -> String {
        self.target.key()
    }

    /// The setting or the field alone: `si`, `count`.
    fn name(&self) -> &str {
        match &self.target {
            Target::Setting(key) => key,
            Target::Group(_, field) => field,
        }
    }

    /// The group, where one is named.
    pub fn group(&self) -> Option<&str> {
        match &self.target {
            Target::Group(group, _) => group.as_deref(),
            Target::Setting(_) => None,
        }
    }

    /// Whether it is the number of threads of a group.
    pub fn is_count(&self) -> bool {
        matches!(&self.target, Target::Group(_, field) if field == "count")
    }

    /// Whether it is the switch interval.
    pub fn is_interval(&self) -> bool {
        self.target == Target::Setting("si")
    }

    /// Refuses what would change nothing.
    ///
    /// # Errors
    /// A Python that does not have what is varied.
    pub fn suits(&self, scenario: &Scenario) -> Result<(), Failure> {
        let spec = scenario.spec();
        let (has, lacks) = match &self.target {
            Target::Setting("si") => {
                (spec.regulation() == Regulation::SwitchInterval, "switch interval")
            }
            Target::Setting("ci") => {
                (spec.regulation() == Regulation::CheckInterval, "check interval")
            }
            _ => return Ok(()),
        };
        match has {
            true => Ok(()),
            false => Err(Failure::new(format!("Python {} has no {lacks}", spec.python))),
        }
    }

    /// Whether the values are names, which have no distance from each other.
    pub fn has_names(&self) -> bool {
        match &self.target {
            Target::Setting(key) => ["py", "os", "ext"].contains(key),
            Target::Group(_, field) => field == "strategy",
        }
    }

    /// The values unless others are given; `None` where there are no usual ones. `group` is the
    /// index of the group that it is about.
    pub fn usual_values(&self, scenario: &Scenario, group: GroupId) -> Option<Vec<String>> {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        Some(match (&self.target, self.name()) {
            (Target::Setting(_), "cores") => owned(&["1", "2", "4", "8"]),
            (Target::Setting(_), "si") => owned(&["100us", "500us", "1ms", "5ms", "20ms", "100ms"]),
            (Target::Setting(_), "py") => Python::ALL.iter().map(Python::to_string).collect(),
            (Target::Setting(_), "os") => owned(&["linux", "macos", "windows"]),
            (Target::Group(..), "count") => owned(&["1", "2", "4", "8", "16"]),
            (Target::Group(..), "strategy") => owned(&STRATEGIES.map(|(word, _)| word)),
            (Target::Group(..), "rate") => {
                let now = rate(scenario.spec().group(group)?)?;
                RATES.iter().map(|part| gil_words::number(now * part).replace(',', "")).collect()
            }
            _ => return None,
        })
    }

    /// What it is called on an axis.
    pub fn label(&self) -> String {
        match (&self.target, self.name()) {
            (Target::Setting(_), "py") => "Python".to_owned(),
            (Target::Setting(_), "si") => "switch interval".to_owned(),
            (Target::Setting(_), "ci") => "check interval".to_owned(),
            (Target::Group(None, _), "count") => "threads".to_owned(),
            (Target::Group(Some(group), _), "count") => format!("{group} threads"),
            (Target::Group(Some(group), _), field) => format!("{group} {field}"),
            (_, name) => name.to_owned(),
        }
    }
}

/// Usual rates as parts of the one that the scenario has.
const RATES: [f64; 6] = [0.25, 0.5, 0.75, 1.0, 1.25, 1.5];
