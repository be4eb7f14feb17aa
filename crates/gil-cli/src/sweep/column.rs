//! What is told of each value.

use gil_claims::{Error, Lab, Quantity, Ranged, Unit, evaluate_in};
use gil_sim::Scenario;

use super::points::Point;

/// A figure of every run.
pub struct Column {
    /// Its name in CSV and JSON; those of the usual columns end in their unit.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// An expression of a claim; `None` is the speed-up, which compares points.
    metric: Option<String>,
    /// Whether somebody asked for it, so that it must be there.
    pub is_asked: bool,
}

/// The column whose values compare the points.
pub const SPEED_UP: &str = "speed_up";

impl Column {
    fn usual(key: impl Into<String>, name: impl Into<String>, metric: impl Into<String>) -> Column {
        let metric = Some(metric.into());
        Column { key: key.into(), name: name.into(), metric, is_asked: false }
    }

    fn asked(metric: &str) -> Column {
        let [key, name, text] = [(); 3].map(|()| metric.to_owned());
        Column { key, name, metric: Some(text), is_asked: true }
    }

    /// The figure in this many seeds. The speed-up is not of one value: it is filled in afterwards.
    pub fn read(
        &self,
        scenario: &Scenario,
        seeds: u32,
        lab: &mut Lab,
    ) -> Option<Result<Ranged, Error>> {
        self.metric.as_ref().map(|metric| evaluate_in(metric, scenario, seeds, lab))
    }
}

/// The columns that are asked for, otherwise the usual ones.
pub fn of(scenario: &Scenario, group: usize, asked: &[String]) -> Vec<Column> {
    match asked {
        [] => usual(scenario, group),
        asked => {
            // Two columns of one name could not be told apart.
            let mut once: Vec<&String> = Vec::new();
            for metric in asked {
                if !once.contains(&metric) {
                    once.push(metric);
                }
            }
            once.into_iter().map(|metric| Column::asked(metric)).collect()
        }
    }
}

/// Those that a run has none of are left out later.
fn usual(scenario: &Scenario, group: usize) -> Vec<Column> {
    let groups = &scenario.spec().groups;
    let mut columns = vec![Column::usual("wall_ns", "wall time", "wall()")];
    columns.extend(groups.iter().map(|one| {
        let name = &one.name;
        Column::usual(throughput_key(name), format!("{name} per second"), throughput(name))
    }));
    let of = groups.get(group).map_or("", |group| group.name.as_str());
    columns.push(Column {
        key: SPEED_UP.to_owned(),
        name: format!("{of} speed-up"),
        metric: None,
        is_asked: false,
    });
    columns.push(Column::usual("gil_wait_share", "GIL wait", "gil_wait()"));
    columns.push(Column::usual("wakeup_p50_ns", "wake-up p50", "wakeup_p50()"));
    columns.push(Column::usual("wakeup_p99_ns", "wake-up p99", "wakeup_p99()"));
    columns.extend(groups.iter().filter(|one| one.repeat.has_queue()).map(|one| {
        let (key, name) =
            (format!("response_p99_{}_ns", one.name), format!("{} response p99", one.name));
        Column::usual(key, name, format!("response_p99({})", one.name))
    }));
    columns.push(Column::usual("handoffs_per_s", "handoffs per second", "handoff_rate()"));
    columns
}

fn throughput(group: &str) -> String {
    format!("throughput({group})")
}

fn throughput_key(group: &str) -> String {
    format!("throughput_{group}_per_s")
}

/// Fills in the speed-up of a group: its throughput over that of the first value with any. A run
/// that was cut before the first pass has none.
pub fn compare(columns: &[Column], group: &str, points: &mut [Point]) {
    let find = |key: &str| columns.iter().position(|column| column.key == key);
    let (Some(from), Some(to)) = (find(&throughput_key(group)), find(SPEED_UP)) else { return };
    let rate = |point: &Point| point.cell(from).map(|rate| rate.value).filter(|rate| *rate > 0.0);
    let Some(first) = points.iter().find_map(rate) else { return };
    for point in points {
        let rate = rate(point);
        if let (Ok(run), Some(rate)) = (&mut point.run, rate) {
            run.cells[to] = Some(Ok(Quantity { value: rate / first, unit: Unit::Factor }));
        }
    }
}
