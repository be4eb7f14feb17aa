//! Scenarios and claims about them, as a file has them.

use std::collections::BTreeMap;
use std::ops::Range;

use gil_notation::parse_scenario;
use gil_sim::metric::Unit;
use gil_sim::spread::with_seed;
use gil_sim::{Outcome, Scenario};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Fault};
use crate::expression::{Comparison, Expression, is_same};
use crate::lab::Lab;
use crate::parser::parse;
use crate::quantity::Quantity;
use crate::seeds::{self, Ranged};

/// Scenarios by name, and claims about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Scenarios by name.
    pub scenarios: BTreeMap<String, Scenario>,
    /// Claims in the order of the file.
    pub claims: Vec<Claim>,
    /// Seeds in which claims are checked that say nothing else, of `[settings]`.
    pub seeds: Option<u32>,
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
    /// Seeds in which it must hold: its own number, otherwise the sheet's, otherwise 1.
    pub seeds: u32,
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
    /// The left side; of several seeds the median.
    pub value: Quantity,
    /// The right side; of several seeds the median.
    pub bound: Quantity,
    /// How far the left side reaches.
    pub value_range: Ranged,
    /// How far the right side reaches.
    pub bound_range: Ranged,
    /// Whether the claim holds in all seeds.
    pub holds: bool,
    /// The seeds in which it does not.
    pub fails_in: Vec<u64>,
    /// What was run for it, settings of the claim included: each once, in order. Of several seeds
    /// those of the first in which it fails, or of the first.
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
    settings: RawSettings,
    #[serde(default)]
    scenarios: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    claims: Vec<RawClaim>,
}

/// What holds for all claims that say nothing else.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    seeds: Option<Spanned<i64>>,
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
    seeds: Option<Spanned<i64>>,
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
    let seeds = raw.settings.seeds.as_ref().map(read_seeds).transpose()?;
    let mut sheet = Sheet { seeds, ..Sheet::default() };
    for (name, notation) in raw.scenarios {
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

fn read_seeds(seeds: &Spanned<i64>) -> Result<u32, Fault> {
    seeds::number((*seeds.get_ref()).try_into().ok()).map_err(|why| Fault::new(why, seeds.span()))
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
    let own_seeds = raw.seeds.as_ref().map(read_seeds).transpose()?;
    Ok(Claim {
        name: raw.name.into_inner(),
        scenario: raw.scenario.into_inner(),
        place: inside(text, &raw.holds, &(0..raw.holds.get_ref().len())),
        text: raw.holds.into_inner(),
        reason: raw.reason,
        record: raw.record,
        measured: raw.measured,
        seeds: own_seeds.or(sheet.seeds).unwrap_or(1),
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

    /// What is odd about the claim, each as a sentence without its full stop: that nothing in it is
    /// read off a run, or that a metric is hardly the one that is meant.
    pub fn warnings(&self, scenario: &Scenario) -> Vec<String> {
        self.statement.warnings(scenario)
    }

    /// Simulates what the claim speaks of, in as many seeds as it says.
    ///
    /// # Errors
    /// Where a group or a setting does not fit the scenario, or a run has no such figure.
    pub fn check(&self, scenario: &Scenario, lab: &mut Lab) -> Result<Found, Error> {
        self.check_in(self.seeds, scenario, lab)
    }

    /// The same in another number of seeds.
    ///
    /// # Errors
    /// As [`Claim::check`].
    pub fn check_in(&self, seeds: u32, scenario: &Scenario, lab: &mut Lab) -> Result<Found, Error> {
        let found = self.statement.find_in(seeds, scenario, lab);
        found.map_err(|fault| fault.within(&self.text))
    }
}

/// Checks a claim that stands by itself: `wakeup_p99(io) <= 10 ms`.
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

    fn warnings(&self, scenario: &Scenario) -> Vec<String> {
        let metrics = [self.left.metrics(), self.right.metrics()].concat();
        if metrics.is_empty() {
            return vec!["no metric is in it, so that it says nothing of any run".to_owned()];
        }
        let mut warnings: Vec<String> = Vec::new();
        for warning in metrics.iter().filter_map(|metric| metric.warning(scenario)) {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        warnings
    }

    /// Checks every seed; what is found in the first that fails is shown, otherwise the first.
    fn find_in(&self, seeds: u32, scenario: &Scenario, lab: &mut Lab) -> Result<Found, Fault> {
        let mut all = Vec::new();
        for number in 0..seeds.max(1) {
            let scenario = with_seed(scenario, number);
            let seed = scenario.spec().seed;
            let found = self.find(&scenario, lab).map_err(|fault| in_seed(fault, number, seed))?;
            all.push((seed, found));
            if !lab.has_drawn() {
                break;
            }
        }
        let of =
            |read: fn(&Found) -> Quantity| Ranged::of(all.iter().map(|one| Some(read(&one.1))));
        let (value, bound) = (of(|found| found.value), of(|found| found.bound));
        let fails_in: Vec<u64> =
            all.iter().filter(|(_, found)| !found.holds).map(|(seed, _)| *seed).collect();
        let cut = all.iter().find_map(|(_, found)| found.cut.clone());
        let shown = all.iter().position(|(_, found)| !found.holds).unwrap_or_default();
        let found = all.swap_remove(shown).1;
        let value_range = value.unwrap_or(found.value_range);
        let bound_range = bound.unwrap_or(found.bound_range);
        Ok(Found {
            value: value_range.median(),
            bound: bound_range.median(),
            value_range,
            bound_range,
            holds: fails_in.is_empty(),
            fails_in,
            scenarios: found.scenarios,
            cut,
        })
    }

    fn find(&self, scenario: &Scenario, lab: &mut Lab) -> Result<Found, Fault> {
        lab.forget_asked();
        let value = self.left.value(scenario, lab)?;
        let bound = self.right.value(scenario, lab)?;
        if !is_same(value.unit, bound.unit) {
            let message = format!("{} is compared with {}", value.unit.name(), bound.unit.name());
            let fault = Fault::new(message, self.right.span.clone());
            return Err(match (value.unit, bound.unit) {
                (Unit::Time, b) if b.is_plain() => fault.help("write the unit, as in 10 ms or 1 s"),
                (Unit::Bytes, b) if b.is_plain() => fault.help("write the unit, as in 10 MiB"),
                (Unit::Rate, b) if b.is_plain() => fault.help("write the unit, as in 100/s"),
                (Unit::Share, b) if b.is_plain() => fault.help("write the unit, as in 50 %"),
                _ => fault,
            });
        }
        let holds = self.comparison.holds(value.value, bound.value);
        Ok(Found {
            value,
            bound,
            value_range: Ranged::one(value),
            bound_range: Ranged::one(bound),
            holds,
            fails_in: if holds { Vec::new() } else { vec![scenario.spec().seed] },
            scenarios: lab.asked(),
            cut: lab.cut(),
        })
    }
}

/// A fault of a run that is not the first, which has none, says in which seed it is.
fn in_seed(fault: Fault, number: u32, seed: u64) -> Fault {
    match number {
        0 => fault,
        _ => Fault { message: format!("with seed={seed} {}", fault.message), ..fault },
    }
}
