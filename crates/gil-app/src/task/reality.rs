//! The reality check in parts, as the worker computes them and the page shows them.

use gil_notation::print_scenario;
use gil_reality::{Case, Family, Row, Verdict, orders, rows};
use serde::{Deserialize, Serialize};

/// What becomes known at a time. A data set's figures and comparisons follow it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// The next data set.
    Dataset(Dataset),
    /// All figures of one kind.
    Figures(Vec<Checked>),
    /// Its comparisons: it is complete.
    Orders(Orders),
}

/// What is said of a data set before its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// The short name of the data set: `3.13`.
    pub key: String,
    /// For people: `CPython 3.13.5`.
    pub title: String,
    /// Where the figures come from.
    pub source: String,
    /// How many figures follow.
    pub cases: usize,
    /// What nothing simulates yet.
    pub not_simulated_yet: Vec<String>,
}

/// A measured figure beside the simulated one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The name of the figure.
    pub title: String,
    /// The figure's name in a plot's margin.
    pub label: String,
    /// The heading of the figures of its kind.
    pub family: String,
    /// What was measured and how.
    pub what: String,
    /// What is simulated, as a link has it.
    pub scenario: String,
    /// `ms`, `us`, `/s`, or `x` for a factor.
    pub unit: String,
    /// What was measured, in one run or two.
    pub measured: Vec<f64>,
    /// Whether the machine was fitted to it.
    pub fitted: bool,
    /// What the simulation says; nothing where it has no such figure.
    pub simulated: Option<f64>,
    /// How far that is from the nearest measured value, as a fraction of it.
    pub error: f64,
    /// Whether that is within the scatter of the measurement.
    pub within: bool,
    /// The same in words.
    pub verdict: String,
    /// Why it is off, where it is known to be.
    pub reason: Option<String>,
}

/// What is more than what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Orders {
    /// Comparisons that the measurement leaves no doubt about.
    pub all: usize,
    /// What of them the simulation has the other way round.
    pub broken: Vec<String>,
}

impl From<&Row> for Checked {
    fn from(row: &Row) -> Checked {
        let case = &row.case;
        Checked {
            title: case.title.clone(),
            label: case.label.clone(),
            family: case.family.title().to_owned(),
            what: case.what.to_owned(),
            scenario: print_scenario(&case.scenario),
            unit: case.unit.to_owned(),
            measured: case.measured.clone(),
            fitted: case.fitted,
            simulated: Some(row.simulated).filter(|value| value.is_finite()),
            error: row.error(),
            within: row.verdict == Verdict::Within,
            verdict: row.verdict.name().to_owned(),
            reason: case.reason.map(str::to_owned),
        }
    }
}

/// The whole check, each part computed when it is asked for.
#[derive(Debug, Default)]
pub struct Parts {
    /// How many parts are done.
    done: usize,
    /// The cases of the data set that is being checked.
    cases: Vec<Case>,
    /// Its rows so far.
    rows: Vec<Row>,
}

/// Parts of a data set: what it is, its figures by family, its comparisons.
const PER_SET: usize = Family::ALL.len() + 2;

impl Parts {
    /// All of them are still to do.
    pub fn new() -> Parts {
        Parts::default()
    }

    fn head(&mut self, set: &gil_reality::Dataset) -> Part {
        self.cases = set.cases();
        self.rows = Vec::new();
        Part::Dataset(Dataset {
            key: set.key.to_owned(),
            title: set.title.to_owned(),
            source: set.source.to_owned(),
            cases: self.cases.len(),
            not_simulated_yet: set.not_simulated_yet.iter().map(|&text| text.to_owned()).collect(),
        })
    }

    fn figures(&mut self, family: Family) -> Part {
        let cases = self.cases.iter().filter(|case| case.family == family).cloned().collect();
        let rows: Vec<Row> = rows(cases).collect();
        let figures = rows.iter().map(Checked::from).collect();
        self.rows.extend(rows);
        Part::Figures(figures)
    }

    fn orders(&self) -> Part {
        let orders = orders(&self.rows);
        let broken: Vec<&str> =
            orders.iter().filter(|order| !order.holds).map(|order| order.claim).collect();
        let broken = broken.chunk_by(|a, b| a == b).map(|same| match same.len() {
            1 => same[0].to_owned(),
            times => format!("{} ({times} times)", same[0]),
        });
        Part::Orders(Orders { all: orders.len(), broken: broken.collect() })
    }
}

impl Iterator for Parts {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let set = gil_reality::Dataset::ALL.get(self.done / PER_SET)?;
        let part = match self.done % PER_SET {
            0 => self.head(set),
            n => match Family::ALL.get(n - 1) {
                Some(family) => self.figures(*family),
                None => self.orders(),
            },
        };
        self.done += 1;
        Some(part)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (gil_reality::Dataset::ALL.len() * PER_SET).saturating_sub(self.done);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Parts {}
