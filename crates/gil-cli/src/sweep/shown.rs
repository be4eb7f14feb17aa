//! What of a table people are shown: columns of groups that say something.

use gil_claims::{Ranged, Unit};
use gil_sim::{Group, GroupId};

use super::column::SPEED_UP;
use super::points::{Point, has};
use super::{Question, Table};
use crate::error::Failure;

/// A column of the table for people, or a line in a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    column: usize,
    /// Where the column has a figure for each group.
    group: Option<GroupId>,
    /// Its key in CSV and JSON.
    pub key: String,
    /// Its name.
    pub name: String,
}

impl Shown {
    /// Its figure of a run.
    pub fn of(&self, point: &Point) -> Option<Ranged> {
        point.cell(self.column, self.group)
    }

    /// Whether it is the speed-up.
    pub fn is_speed_up(&self) -> bool {
        self.key == SPEED_UP
    }
}

/// What is shown in a table: what was asked for; otherwise the whole run, what each group gets
/// done, how long it is waited for, and the speed-up of the group that is varied.
pub fn in_table(question: &Question, points: &[Point]) -> Vec<Shown> {
    let wanted = |shown: &Shown| match shown.key.as_str() {
        SPEED_UP => shown.group == Some(question.group),
        "pass_p50_ns" | "pass_p99_ns" | "response_p50_ns" => false,
        "gil_wait_share" | "wakeup_p50_ns" => shown.group == Some(question.group),
        _ => true,
    };
    let all = all(question).into_iter();
    all.filter(|shown| wanted(shown) && has(points, shown.column, shown.group)).collect()
}

fn all(question: &Question) -> Vec<Shown> {
    let columns = question.columns.iter().enumerate();
    let shown = columns.flat_map(|(index, column)| {
        let shown = |group, name| Shown { column: index, group, key: column.key.clone(), name };
        let of_group = |(id, group): (GroupId, &Group)| {
            shown(Some(id), format!("{} {}", group.name, column.title))
        };
        match column.is_of_groups() {
            true => question.scenario.spec().numbered_groups().map(of_group).collect(),
            false => vec![shown(None, column.title.clone())],
        }
    });
    shown.collect()
}

/// What is drawn: what was asked for; the latencies, where the switch interval is varied and there
/// are some; what somebody waits for, where requests arrive; otherwise the speed-up.
pub fn in_picture(table: &Table) -> Vec<Shown> {
    let question = &table.question;
    if question.columns.iter().any(super::column::Column::is_asked) {
        return table.shown.clone();
    }
    let of = |keys: &[&str]| -> Vec<Shown> {
        table.shown.iter().filter(|shown| keys.contains(&shown.key.as_str())).cloned().collect()
    };
    let is_rate = question.overs[0].key().ends_with("rate");
    let choices: [(bool, &[&str]); 4] = [
        (question.overs[0].is_interval(), &["wakeup_p50_ns", "wakeup_p99_ns"]),
        (is_rate || question.overs.len() > 1, &["response_p99_ns"]),
        (true, &[SPEED_UP]),
        (true, &["wall_ns"]),
    ];
    let mut found = choices.iter().filter(|(applies, _)| *applies).map(|(_, keys)| of(keys));
    found.find(|found| !found.is_empty()).unwrap_or_default()
}

/// What all of these measure.
///
/// # Errors
/// Where they do not measure the same.
pub fn common_unit(table: &Table, drawn: &[Shown]) -> Result<Unit, Failure> {
    let unit_of = |shown: &Shown| table.points.iter().find_map(|point| Some(shown.of(point)?.unit));
    let mut units = drawn.iter().filter_map(unit_of);
    let first = units.next().unwrap_or(Unit::Number);
    match units.find(|unit| *unit != first) {
        None => Ok(first),
        Some(other) => Err(Failure::new(format!(
            "one chart cannot show {} and {}; draw them with an --svg each",
            first.name(),
            other.name()
        ))),
    }
}
