//! Figures of several seeds instead of one draw.

use std::fmt;

use gil_sim::Scenario;
use gil_sim::metric::Unit;
use gil_sim::spread::{MOST_SEEDS, Spread, with_seed};

use crate::error::{Error, Fault};
use crate::expression::evaluate;
use crate::lab::Lab;
use crate::metric::{Argument, Arguments};
use crate::quantity::Quantity;

/// The argument of a metric that asks for the median of several seeds.
pub(crate) const SEEDS: &str = "seeds";

/// A figure of several seeds with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged {
    /// Median and range, in the base of the unit.
    pub spread: Spread,
    /// What it measures.
    pub unit: Unit,
}

impl Ranged {
    /// The figure of a single run.
    pub fn one(quantity: Quantity) -> Ranged {
        Ranged { spread: Spread::one(quantity.value), unit: quantity.unit }
    }

    /// The figures of several runs; `None` where no run has it.
    pub fn of(figures: impl IntoIterator<Item = Option<Quantity>>) -> Option<Ranged> {
        let mut unit = None;
        let values = figures.into_iter().map(|figure| {
            let figure = figure?;
            unit = unit.or(Some(figure.unit));
            Some(figure.value)
        });
        let spread = Spread::of(values.collect::<Vec<_>>())?;
        Some(Ranged { spread, unit: unit? })
    }

    /// The median.
    pub fn median(&self) -> Quantity {
        self.quantity(self.spread.median)
    }

    /// A value of the same unit.
    pub fn quantity(&self, value: f64) -> Quantity {
        Quantity { value, unit: self.unit }
    }

    /// Median and range for a table that says how many seeds there are: `79 ms (78 to 158)`.
    pub fn short(&self) -> String {
        gil_words::short_spread(&self.spread, |value| self.quantity(value).to_string())
    }
}

impl fmt::Display for Ranged {
    /// `79 ms (78 to 158 in 10 seeds)`; a single run's figure alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&gil_words::spread(&self.spread, |value| self.quantity(value).to_string()))
    }
}

/// The value of an expression in each of several seeds: the scenario's own and those that follow.
/// Where nothing is drawn, one run is enough and the only one that is made.
///
/// # Errors
/// As [`evaluate`], where no run has the figure. Runs that lack it while others have it are
/// counted as missing.
pub fn evaluate_in(
    text: &str,
    scenario: &Scenario,
    seeds: u32,
    lab: &mut Lab,
) -> Result<Ranged, Error> {
    let mut found = evaluate_all_in(&[text], scenario, seeds, lab);
    found.pop().unwrap_or_else(|| evaluate(text, scenario, lab).map(Ranged::one))
}

/// The same for several expressions, in order. Each seed is run once for all of them.
pub fn evaluate_all_in(
    texts: &[&str],
    scenario: &Scenario,
    seeds: u32,
    lab: &mut Lab,
) -> Vec<Result<Ranged, Error>> {
    let mut found: Vec<Vec<Result<Quantity, Error>>> = vec![Vec::new(); texts.len()];
    for number in 0..seeds.max(1) {
        lab.forget_asked();
        let scenario = with_seed(scenario, number);
        for (text, values) in texts.iter().zip(&mut found) {
            values.push(evaluate(text, &scenario, lab));
        }
        // A text that is wrong is wrong with any seed, and runs nothing.
        if !lab.has_drawn() {
            break;
        }
    }
    found.into_iter().map(spread_of).collect()
}

/// The spread of the runs that have a figure, or why the first has none.
fn spread_of(mut values: Vec<Result<Quantity, Error>>) -> Result<Ranged, Error> {
    let known = values.iter().map(|value| value.as_ref().ok().copied());
    Ranged::of(known).ok_or(()).or_else(|()| values.swap_remove(0).map(Ranged::one))
}

/// How many seeds a metric's arguments ask for.
pub(crate) fn asked(arguments: &Arguments) -> Result<Option<u32>, Fault> {
    let is_it = |argument: &&Argument| argument.key.as_deref() == Some(SEEDS);
    let mut named = arguments.0.iter().filter(is_it);
    let (first, second) = (named.next(), named.next());
    if let Some(second) = second {
        return Err(Fault::new("seeds is given twice", second.span.clone()));
    }
    let read = |argument: &Argument| {
        number(argument.value.parse().ok()).map_err(|why| Fault::new(why, argument.span.clone()))
    };
    first.map(read).transpose()
}

/// A number of seeds that can be run.
pub(crate) fn number(asked: Option<u32>) -> Result<u32, String> {
    let fits = asked.filter(|seeds| (1..=MOST_SEEDS).contains(seeds));
    fits.ok_or_else(|| format!("expected a number of seeds from 1 to {MOST_SEEDS}"))
}

/// The median of a figure over several seeds. It has to be there in each of them.
pub(crate) fn median(
    scenario: &Scenario,
    seeds: u32,
    lab: &mut Lab,
    mut read: impl FnMut(&Scenario, &mut Lab) -> Result<Quantity, Fault>,
) -> Result<Quantity, Fault> {
    let mut first = None;
    let mut values = Vec::new();
    for number in 0..seeds {
        let found = read(&with_seed(scenario, number), lab)?;
        values.push(Some(found.value));
        first.get_or_insert(found);
        if !lab.last_has_drawn() {
            break;
        }
    }
    let spread = Spread::of(values);
    match (first, spread) {
        (Some(first), Some(spread)) => Ok(Quantity { value: spread.median, ..first }),
        // There is at least one seed.
        _ => read(scenario, lab),
    }
}
