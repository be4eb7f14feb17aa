//! What is told of each run.
//!
//! For programs the columns are the same whatever the scenario is: a row for each group, a column
//! for each figure. People get those that say something, a row for each value.

use gil_claims::{Error, Lab, Quantity, Ranged, Unit, evaluate_in};
use gil_sim::Scenario;

use super::points::Point;

/// A figure of every run.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in CSV and JSON, which ends in its unit.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// An expression of a claim, or the name of a figure.
    figure: Figure,
}

/// Where a column's figures come from.
#[derive(Clone, Debug, PartialEq)]
enum Figure {
    /// An expression that somebody asked for.
    Asked(String),
    /// A figure of the whole run.
    Run(&'static str),
    /// A figure of each group.
    Group(&'static str),
    /// What a group gets done, against the first value: filled in when all runs are there.
    SpeedUp,
}

/// The usual columns: the figure's name in claims, its key and its title.
const RUN: [(&str, &str, &str); 2] = [
    ("wall", "wall_ns", "wall time"),
    ("handoff_rate", "handoff_rate_per_s", "handoffs per second"),
];
const GROUP: [(&str, &str, &str); 9] = [
    ("throughput", "throughput_per_s", "per second"),
    (SPEED_UP, SPEED_UP, "speed-up"),
    ("gil_wait", "gil_wait_share", "GIL wait"),
    ("wakeup_p50", "wakeup_p50_ns", "wake-up p50"),
    ("wakeup_p99", "wakeup_p99_ns", "wake-up p99"),
    ("pass_p50", "pass_p50_ns", "pass p50"),
    ("pass_p99", "pass_p99_ns", "pass p99"),
    ("response_p50", "response_p50_ns", "response p50"),
    ("response_p99", "response_p99_ns", "response p99"),
];

/// The column whose values compare the points.
pub const SPEED_UP: &str = "speed_up";

impl Column {
    /// Whether somebody asked for it, so that it must be there.
    pub fn is_asked(&self) -> bool {
        matches!(self.figure, Figure::Asked(_))
    }

    /// Whether it has a figure for each group.
    pub fn is_of_groups(&self) -> bool {
        matches!(self.figure, Figure::Group(_) | Figure::SpeedUp)
    }

    /// The figures of one run: one for each group, or one alone. The speed-up is not of one run.
    pub fn read(
        &self,
        scenario: &Scenario,
        seeds: u32,
        lab: &mut Lab,
    ) -> Vec<Option<Result<Ranged, Error>>> {
        let mut evaluate = |text: &str| Some(evaluate_in(text, scenario, seeds, lab));
        let groups = scenario.spec().groups.iter();
        match &self.figure {
            Figure::Asked(text) => vec![evaluate(text)],
            Figure::Run(name) => vec![evaluate(&format!("{name}()"))],
            Figure::Group(name) => {
                groups.map(|group| evaluate(&format!("{name}({})", group.name))).collect()
            }
            Figure::SpeedUp => groups.map(|_| None).collect(),
        }
    }
}

/// The columns that are asked for, otherwise the usual ones.
pub fn of(asked: &[String]) -> Vec<Column> {
    if !asked.is_empty() {
        return those_asked(asked);
    }
    let column = |(figure, key, title): (Figure, &str, &str)| Column {
        key: key.to_owned(),
        title: title.to_owned(),
        figure,
    };
    let of_run = RUN.map(|(name, key, title)| column((Figure::Run(name), key, title)));
    let of_groups = GROUP.map(|(name, key, title)| {
        let figure = if name == SPEED_UP { Figure::SpeedUp } else { Figure::Group(name) };
        column((figure, key, title))
    });
    of_run.into_iter().chain(of_groups).collect()
}

fn those_asked(asked: &[String]) -> Vec<Column> {
    // Two columns of one name could not be told apart.
    let mut once: Vec<&String> = Vec::new();
    for metric in asked {
        if !once.contains(&metric) {
            once.push(metric);
        }
    }
    let column = |text: &String| {
        let [key, title] = [(); 2].map(|()| text.clone());
        Column { key, title, figure: Figure::Asked(text.clone()) }
    };
    once.into_iter().map(column).collect()
}

/// Fills in the speed-ups: what each group gets done over what it gets done with the first value
/// that has any. A run that was cut before the first pass has none.
pub fn compare(columns: &[Column], points: &mut [Point]) {
    let find = |figure: &Figure| columns.iter().position(|column| column.figure == *figure);
    let from = find(&Figure::Group("throughput"));
    let (Some(from), Some(to)) = (from, find(&Figure::SpeedUp)) else { return };
    let groups = points.iter().filter_map(|point| Some(point.run.as_ref().ok()?.cells[to].len()));
    for group in 0..groups.max().unwrap_or(0) {
        let rate = |point: &Point| {
            point.cell(from, group).map(|rate| rate.spread.median).filter(|rate| *rate > 0.0)
        };
        let Some(first) = points.iter().find_map(rate) else { continue };
        for point in &mut *points {
            let rate = rate(point);
            if let (Ok(run), Some(rate)) = (&mut point.run, rate) {
                let factor = Ranged::one(Quantity { value: rate / first, unit: Unit::Factor });
                run.cells[to][group] = Some(Ok(factor));
            }
        }
    }
}
