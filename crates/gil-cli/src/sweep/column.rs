//! What is told of each run.
//!
//! For programs the columns are the same whatever the scenario is: a row for each group, a column
//! for each figure. People get those that say something, a row for each value.

use gil_claims::{Error, Lab, Metric, Quantity, Ranged, Unit, evaluate_in};
use gil_sim::{GroupId, Scenario};

use super::points::Point;

/// A figure of every run.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in CSV and JSON, which ends in its unit.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// An expression of a claim, or the name of a figure.
    source: Source,
}

/// Where a column's figures come from.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// An expression that somebody asked for.
    Asked(String),
    /// A figure of the whole run.
    Run(&'static str),
    /// A figure of each group.
    Group(&'static str),
    /// What a group gets done, against the first value: filled in when all runs are there.
    SpeedUp,
}

/// The usual columns: keys of metrics of the whole run.
const RUN: [&str; 2] = ["wall", "handoff_rate"];
/// The usual columns: keys of metrics of each group, and the speed-up.
const GROUP: [&str; 9] = [
    "throughput",
    SPEED_UP,
    "gil_wait",
    "wakeup_p50",
    "wakeup_p99",
    "pass_p50",
    "pass_p99",
    "response_p50",
    "response_p99",
];

/// The column whose values compare the points.
pub const SPEED_UP: &str = "speed_up";

impl Column {
    /// Whether somebody asked for it, so that it must be there.
    pub fn is_asked(&self) -> bool {
        matches!(self.source, Source::Asked(_))
    }

    /// Whether it has a figure for each group.
    pub fn is_of_groups(&self) -> bool {
        matches!(self.source, Source::Group(_) | Source::SpeedUp)
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
        match &self.source {
            Source::Asked(text) => vec![evaluate(text)],
            Source::Run(name) => vec![evaluate(&format!("{name}()"))],
            Source::Group(name) => {
                groups.map(|group| evaluate(&format!("{name}({})", group.name))).collect()
            }
            Source::SpeedUp => groups.map(|_| None).collect(),
        }
    }
}

/// The columns that are asked for, otherwise the usual ones.
pub fn of(asked: &[String]) -> Vec<Column> {
    if !asked.is_empty() {
        return those_asked(asked);
    }
    let of_run = RUN.map(|key| usual(key, Source::Run(key)));
    let of_groups = GROUP.map(|key| match key {
        SPEED_UP => {
            Column { key: key.to_owned(), title: "speed-up".to_owned(), source: Source::SpeedUp }
        }
        _ => usual(key, Source::Group(key)),
    });
    of_run.into_iter().chain(of_groups).collect()
}

/// The column of a metric. Its key ends in the metric's unit.
fn usual(key: &'static str, source: Source) -> Column {
    let metric = Metric::find(key);
    let suffix = metric.map_or("", |metric| metric.unit.suffix());
    let key_of = if key.ends_with(suffix) { key.to_owned() } else { format!("{key}_{suffix}") };
    let title = match key {
        // Short where a heading above them says whose they are.
        "throughput" => "per second",
        "handoff_rate" => "handoffs per second",
        _ => metric.map_or(key, |metric| metric.title),
    };
    Column { key: key_of, title: title.to_owned(), source }
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
        Column { key, title, source: Source::Asked(text.clone()) }
    };
    once.into_iter().map(column).collect()
}

/// Fills in the speed-ups: what each group gets done over what it gets done with the first value
/// that has any. A run that was cut before the first pass has none.
pub fn compare(columns: &[Column], points: &mut [Point]) {
    let find = |source: &Source| columns.iter().position(|column| column.source == *source);
    let from = find(&Source::Group("throughput"));
    let (Some(from), Some(to)) = (from, find(&Source::SpeedUp)) else { return };
    let groups = points.iter().filter_map(|point| Some(point.run.as_ref().ok()?.cells[to].len()));
    for group in (0..groups.max().unwrap_or(0)).map(GroupId::of) {
        let rate = |point: &Point| {
            point.cell(from, Some(group)).map(|rate| rate.spread.median).filter(|rate| *rate > 0.0)
        };
        let Some(first) = points.iter().find_map(rate) else { continue };
        for point in &mut *points {
            let rate = rate(point);
            if let (Ok(run), Some(rate)) = (&mut point.run, rate) {
                let factor = Ranged::one(Quantity { value: rate / first, unit: Unit::Factor });
                run.cells[to][group.index()] = Some(Ok(factor));
            }
        }
    }
}
