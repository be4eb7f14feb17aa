//! Scenarios and claims about them, as a file has them.

use std::collections::BTreeMap;
use std::ops::Range;

use gil_notation::{Preset, parse_scenario};
use gil_sim::{Outcome, Scenario};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Fault};
use crate::expression::{Comparison, Expression};
use crate::lab::Lab;
use crate::parser::parse;
use crate::quantity::{Quantity, Unit};

/// Scenarios by name, and claims about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Scenarios by name.
    pub scenarios: BTreeMap<String, Scenario>,
    /// Claims in the order of the file.
    pub claims: Vec<Claim>,
}

/// What must hold of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its name, unique in the sheet.
    pub name: String,
    /// The name of its scenario.
    pub scenario: String,
    /// What must hold, as it is written.
    pub text: String,
    /// Where in the sheet that stands, in bytes; with its quotes where it is written with escapes.
    pub place: Range<usize>,
    /// Why it must hold.
    pub reason: Option<String>,
    /// Where the decision that rests on it is written down.
    pub record: Option<String>,
    /// What was measured of it on real CPython: the key of a figure of the reality check, with its
    /// data set, as in `3.11:cpu/4`.
    pub measured: Option<String>,
    statement: Statement,
}

/// Two expressions and how they compare.
#[derive(Clone, Debug, PartialEq)]
struct Statement {
    left: Expression,
    comparison: Comparison,
    right: Expression,
}

/// What a check has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The left side.
    pub value: Quantity,
    /// The right side.
    pub bound: Quantity,
    /// Whether the claim holds.
    pub holds: bool,
    /// What was run for it, settings of the claim included: each once, in order.
    pub scenarios: Vec<Scenario>,
    /// How a run ended that did not complete: the figures are of what there is of it.
    pub cut: Option<Outcome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheet {
    /// A lesson's front matter is a sheet, too; what else it says is not for here.
    #[serde(default, rename = "lesson")]
    _lesson: serde::de::IgnoredAny,
    #[serde(default)]
    scenarios: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    claims: Vec<RawClaim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClaim {
    name: Spanned<String>,
    scenario: Spanned<String>,
    holds: Spanned<String>,
    reason: Option<String>,
    record: Option<String>,
    measured: Option<String>,
}

impl Sheet {
    /// Reads a sheet in TOML.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place in `text`.
    pub fn parse(text: &str) -> Result<Sheet, Error> {
        read(text).map_err(|fault| fault.within(text))
    }

    /// The claim of this name.
    pub fn claim(&self, name: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.name == name)
    }
}

fn read(text: &str) -> Result<Sheet, Fault> {
    let raw: RawSheet = toml::from_str(text).map_err(|error| {
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        Fault::new(message, error.span().unwrap_or(0..0))
    })?;
    let mut sheet = Sheet::default();
    for (name, notation) in raw.scenarios {
        if let Some(preset) = Preset::find(notation.get_ref()) {
            sheet.scenarios.insert(name, preset.scenario());
            continue;
        }
        let scenario = parse_scenario(notation.get_ref()).map_err(|error| {
            let span = inside(text, &notation, &error.span);
            Fault { message: error.message, span, help: error.help }
        })?;
        sheet.scenarios.insert(name, scenario);
    }
    for claim in raw.claims {
        let claim = read_claim(text, claim, &sheet)?;
        sheet.claims.push(claim);
    }
    Ok(sheet)
}

fn read_claim(text: &str, raw: RawClaim, sheet: &Sheet) -> Result<Claim, Fault> {
    let name = raw.name.get_ref();
    if name.trim().is_empty() {
        return Err(Fault::new("a claim has a name", raw.name.span()));
    }
    if sheet.claim(name).is_some() {
        return Err(Fault::new(format!("there are two claims {name:?}"), raw.name.span()));
    }
    if !sheet.scenarios.contains_key(raw.scenario.get_ref()) {
        let names: Vec<&str> = sheet.scenarios.keys().map(String::as_str).collect();
        return Err(Fault::unknown(
            "scenario",
            raw.scenario.get_ref(),
            &names,
            raw.scenario.span(),
        ));
    }
    let statement = Statement::parse(raw.holds.get_ref()).map_err(|fault| {
        let span = inside(text, &raw.holds, &fault.span);
        Fault { span, ..fault }
    })?;
    Ok(Claim {
        name: raw.name.into_inner(),
        scenario: raw.scenario.into_inner(),
        place: inside(text, &raw.holds, &(0..raw.holds.get_ref().len())),
        text: raw.holds.into_inner(),
        reason: raw.reason,
        record: raw.record,
        measured: raw.measured,
        statement,
    })
}

/// A place within a string of the file. Where the string is written with escapes, the whole of it.
fn inside(text: &str, value: &Spanned<String>, place: &Range<usize>) -> Range<usize> {
    let whole = value.span();
    let quoted = text.get(whole.clone()).unwrap_or_default();
    match quoted.find(value.get_ref().as_str()) {
        Some(offset) => {
            let start = whole.start + offset;
            start + place.start..start + place.end
        }
        None => whole,
    }
}

impl Claim {
    /// Whether the right side is read off a run, too, so that what it came to has to be told.
    pub fn compares_figures(&self) -> bool {
        self.statement.right.has_metric()
    }

    /// Simulates what the claim speaks of.
    ///
    /// # Errors
    /// Where a group or a setting does not fit the scenario, or the run has no such figure.
    pub fn check(&self, scenario: &Scenario, lab: &mut Lab) -> Result<Found, Error> {
        self.statement.find(scenario, lab).map_err(|fault| fault.within(&self.text))
    }
}

/// Checks a claim that stands by itself: `p99(io) <= 10 ms`.
///
/// # Errors
/// What is wrong with the text, or as [`Claim::check`].
pub fn holds(text: &str, scenario: &Scenario, lab: &mut Lab) -> Result<Found, Error> {
    let found = Statement::parse(text).and_then(|statement| statement.find(scenario, lab));
    found.map_err(|fault| fault.within(text))
}

impl Statement {
    fn parse(text: &str) -> Result<Statement, Fault> {
        let (left, comparison, right) = parse(text, |parser| parser.claim())?;
        Ok(Statement { left, comparison, right })
    }

    fn find(&self, scenario: &Scenario, lab: &mut Lab) -> Result<Found, Fault> {
        lab.forget_asked();
        let value = self.left.value(scenario, lab)?;
        let bound = self.right.value(scenario, lab)?;
        if value.unit != bound.unit {
            let message = format!("{} is compared with {}", value.unit.name(), bound.unit.name());
            let fault = Fault::new(message, self.right.span.clone());
            return Err(match (value.unit, bound.unit) {
                (Unit::Time, Unit::One) => fault.help("write the unit, as in 10 ms or 1 s"),
                (Unit::Memory, Unit::One) => fault.help("write the unit, as in 10 MiB"),
                (Unit::Rate, Unit::One) => fault.help("write the unit, as in 100/s"),
                (Unit::Share, Unit::One) => fault.help("write the unit, as in 50 %"),
                _ => fault,
            });
        }
        let holds = self.comparison.holds(value.value, bound.value);
        Ok(Found { value, bound, holds, scenarios: lab.asked(), cut: lab.cut() })
    }
}
