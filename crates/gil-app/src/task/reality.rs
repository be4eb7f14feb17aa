//! The reality check in parts, as the worker computes them and the page shows them.

use std::cell::RefCell;
use std::rc::Rc;

use gil_notation::print_scenario;
use gil_reality::{Family, Row, Verdict, orders, rows};
use serde::{Deserialize, Serialize};

/// What becomes known at a time. A data set's figures and comparisons follow it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Part {
    /// The next data set.
    Dataset(Dataset),
    /// All figures of one kind.
    Figures(Vec<Figure>),
    /// Its comparisons: it is complete.
    Orders(Orders),
}

/// What is said of a data set before its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// Short: `3.13`.
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

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name.
    pub title: String,
    /// Its name in a plot's margin.
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

impl From<&Row> for Figure {
    fn from(row: &Row) -> Figure {
        let case = &row.case;
        Figure {
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
pub fn parts() -> impl Iterator<Item = Part> {
    gil_reality::Dataset::ALL.iter().flat_map(parts_of)
}

fn parts_of(set: &'static gil_reality::Dataset) -> impl Iterator<Item = Part> {
    let cases = set.cases();
    let head = Part::Dataset(Dataset {
        key: set.key.to_owned(),
        title: set.title.to_owned(),
        source: set.source.to_owned(),
        cases: cases.len(),
        not_simulated_yet: set.not_simulated_yet.iter().map(|text| (*text).to_owned()).collect(),
    });
    let done: Rc<RefCell<Vec<Row>>> = Rc::default();
    let figures = {
        let done = done.clone();
        Family::ALL.into_iter().map(move |family| {
            let cases = cases.iter().filter(|case| case.family == family).cloned().collect();
            let rows: Vec<Row> = rows(cases).collect();
            let figures = rows.iter().map(Figure::from).collect();
            done.borrow_mut().extend(rows);
            Part::Figures(figures)
        })
    };
    let last = std::iter::once_with(move || {
        let orders = orders(&done.borrow());
        let broken: Vec<&str> =
            orders.iter().filter(|order| !order.holds).map(|order| order.claim).collect();
        let broken = broken.chunk_by(|a, b| a == b).map(|same| match same.len() {
            1 => same[0].to_owned(),
            times => format!("{} ({times} times)", same[0]),
        });
        Part::Orders(Orders { all: orders.len(), broken: broken.collect() })
    });
    std::iter::once(head).chain(figures).chain(last)
}
