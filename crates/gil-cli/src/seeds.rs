//! Figures of a scenario in several seeds, for `gil run --seeds`.

use gil_claims::{Lab, Ranged, evaluate_all_in};
use gil_sim::Scenario;
use gil_sim::metric::{Metric, Unit};
use serde_json::{Map, Value, json};

use crate::json;
use crate::output::{aligned, table};

/// Figures of a group that several seeds are worth running for: what they are called in claims
/// and for people.
const FIGURES: [(&str, &str); 8] = [
    ("throughput", "per second"),
    ("speedup", "speed-up"),
    ("response_p50", "response p50"),
    ("response_p99", "response p99"),
    ("pass_p50", "pass p50"),
    ("pass_p99", "pass p99"),
    ("wakeup_p50", "wake-up p50"),
    ("wakeup_p99", "wake-up p99"),
];

/// The figures of a scenario in several seeds.
pub struct Seeded {
    wall: Option<Ranged>,
    groups: Vec<(String, Vec<Option<Ranged>>)>,
}

impl Seeded {
    /// Runs a scenario with this many seeds.
    pub fn of(scenario: &Scenario, seeds: u32) -> Seeded {
        let names: Vec<String> =
            scenario.spec().groups.iter().map(|group| group.name.clone()).collect();
        let of_group = |group: &String| FIGURES.map(|(metric, _)| format!("{metric}({group})"));
        let texts: Vec<String> =
            std::iter::once("wall()".to_owned()).chain(names.iter().flat_map(of_group)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = evaluate_all_in(&texts, scenario, seeds, &mut Lab::default());
        let mut found = found.into_iter().map(Result::ok);
        let wall = found.next().flatten();
        let mut figures = || found.by_ref().take(FIGURES.len()).collect();
        let groups = names.into_iter().map(|name| (name, figures())).collect();
        Seeded { wall, groups }
    }

    /// The runs that were made: fewer than asked for where nothing is drawn.
    fn runs(&self) -> u32 {
        let all = self.groups.iter().flat_map(|(_, figures)| figures.iter().flatten());
        all.chain(&self.wall).map(|figure| figure.spread.runs()).max().unwrap_or(1)
    }

    /// A table with the median and the range of each figure, without columns that apply to none.
    pub fn text(&self) -> String {
        if self.runs() == 1 {
            return "Nothing is drawn: every seed gives this run.".to_owned();
        }
        let has = |column: &usize| self.groups.iter().any(|(_, all)| all[*column].is_some());
        let columns: Vec<usize> = (0..FIGURES.len()).filter(has).collect();
        let names = columns.iter().map(|column| FIGURES[*column].1);
        let head: Vec<&str> = std::iter::once("group").chain(names).collect();
        let mut shown = table(&head);
        for (name, figures) in &self.groups {
            let cell = |column: &usize| {
                figures[*column].as_ref().map_or_else(|| "-".to_owned(), Ranged::short)
            };
            shown.add_row(std::iter::once(name.clone()).chain(columns.iter().map(cell)));
        }
        let wall = self.wall.as_ref().map(|wall| format!("; wall time {}", wall.short()));
        let runs = self.runs();
        format!(
            "In {runs} seeds, median (lowest to highest){}:\n\n{}",
            wall.unwrap_or_default(),
            aligned(&shown)
        )
    }

    /// The same for programs: times in nanoseconds, `null` for what no run has.
    pub fn json(&self) -> Value {
        let groups: Map<String, Value> = self
            .groups
            .iter()
            .map(|(name, figures)| {
                let figures = FIGURES.iter().zip(figures);
                let all = figures.map(|((metric, _), found)| entry(metric, found.as_ref()));
                (name.clone(), Value::Object(all.flatten().collect()))
            })
            .collect();
        let wall = entry("wall", self.wall.as_ref());
        let mut all = json!({ "count": self.runs(), "groups": groups });
        all.as_object_mut().into_iter().for_each(|all| all.extend(wall.clone()));
        all
    }
}

/// A figure under its key; nothing where no group can have it.
fn entry(metric: &str, found: Option<&Ranged>) -> Option<(String, Value)> {
    Some((Metric::find(metric)?.field(), spread(found?)))
}

/// Median and range for programs, in the base of the figure's unit.
pub fn spread(figure: &Ranged) -> Value {
    let spread = figure.spread;
    // Times are whole nanoseconds; a median between two of them need not be.
    let is_time = figure.unit == Unit::Time;
    let value = |value: f64| json::number(Some(if is_time { value.round() } else { value }));
    json!({
        "median": value(spread.median),
        "low": value(spread.low),
        "high": value(spread.high),
        "count": spread.count,
        "missing": spread.missing,
    })
}
