//! The numbers of a lesson: what its claims and facts come to.

use std::collections::BTreeMap;

use gil_claims::{Found, Lab, Quantity, Unit};
use gil_reality::{Case, Dataset};

use crate::block::Part;
use crate::lesson::Lesson;

/// Values by name, worked out once for a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(BTreeMap<String, Shown>);

/// A claim or a fact as the text shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// A claim.
    Claim {
        /// What must hold: `speedup(count, threads=4) < 1.1`.
        text: String,
        /// What the simulation has found; otherwise what is wrong with the claim.
        found: Result<Box<Found>, String>,
        /// What was measured, in one run or two.
        measured: Vec<Quantity>,
        /// The key of what was measured, as in `3.11:cpu/4`.
        key: Option<String>,
    },
    /// A fact.
    Fact {
        /// What the text shows.
        value: String,
        /// Where it comes from.
        source: String,
    },
}

impl Values {
    /// Simulates what a lesson claims.
    pub fn of(lesson: &Lesson) -> Values {
        Values::each(lesson).map(|(name, shown)| (name.to_owned(), shown)).collect()
    }

    /// The same one after the other, for those who cannot wait for all: facts, then claims.
    pub fn each(lesson: &Lesson) -> impl Iterator<Item = (&str, Shown)> {
        let facts = lesson.front.facts.iter().map(|fact| {
            let (value, source) = (fact.value.clone(), fact.source.clone());
            (fact.name.as_str(), Shown::Fact { value, source })
        });
        let mut lab = Lab::default();
        let claims = lesson.sheet.claims.iter().map(move |claim| {
            let found = match lesson.sheet.scenarios.get(&claim.scenario) {
                Some(scenario) => {
                    claim.check(scenario, &mut lab).map(Box::new).map_err(|e| e.to_string())
                }
                None => Err(format!("there is no scenario {:?}", claim.scenario)),
            };
            let key = claim.measured.clone();
            let measured = key.as_deref().map(measured).unwrap_or_default();
            let shown = Shown::Claim { text: claim.text.clone(), found, measured, key };
            (claim.name.as_str(), shown)
        });
        facts.chain(claims)
    }

    /// The claim or fact of this name.
    pub fn get(&self, name: &str) -> Option<&Shown> {
        self.0.get(name)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Shown)> {
        self.0.iter().map(|(name, shown)| (name.as_str(), shown))
    }
}

impl FromIterator<(String, Shown)> for Values {
    fn from_iter<I: IntoIterator<Item = (String, Shown)>>(all: I) -> Values {
        Values(all.into_iter().collect())
    }
}

impl Shown {
    /// The words for a part of it; nothing where there is no such part.
    pub fn words(&self, part: Part) -> Option<String> {
        match (self, part) {
            (Shown::Fact { value, .. }, Part::Value) => Some(value.clone()),
            (Shown::Fact { .. }, _) => None,
            (Shown::Claim { found, .. }, Part::Value) => {
                Some(found.as_ref().ok()?.value.to_string())
            }
            (Shown::Claim { found, .. }, Part::Bound) => {
                Some(found.as_ref().ok()?.bound.to_string())
            }
            (Shown::Claim { measured, .. }, Part::Measured) => range_words(measured),
        }
    }
}

/// What was measured of one figure, `0.83`, or `0.83 to 0.87` where two runs differ in what is
/// shown; nothing for no runs.
pub fn range_words(measured: &[Quantity]) -> Option<String> {
    let unit = measured.first()?.unit;
    let values: Vec<f64> = measured.iter().map(|quantity| quantity.value).collect();
    gil_words::lowest_to_highest(&values, |value| gil_words::plain(unit, value))
}

/// The Python that was measured under a key, for people: `CPython 3.11.7`; nothing where there is no such data.
pub fn measured_on(key: &str) -> Option<&'static str> {
    let (set, _) = key.split_once(':')?;
    Dataset::find(set).map(|set| set.title)
}

/// What was measured on real CPython under a key of the reality check with its data set, as in
/// `3.11:cpu/4`; nothing where there is no such figure.
pub fn measured(key: &str) -> Vec<Quantity> {
    let found = key.split_once(':').and_then(|(set, key)| {
        let cases = Dataset::find(set)?.cases();
        cases.into_iter().find(|case| case.key == key)
    });
    found.map(|case| quantities(&case)).unwrap_or_default()
}

fn quantities(case: &Case) -> Vec<Quantity> {
    let (unit, factor) = match case.unit {
        "ms" => (Unit::Time, 1e6),
        "us" => (Unit::Time, 1e3),
        "/s" => (Unit::Rate, 1.0),
        _ => (Unit::Factor, 1.0),
    };
    case.measured.iter().map(|value| Quantity { value: value * factor, unit }).collect()
}
