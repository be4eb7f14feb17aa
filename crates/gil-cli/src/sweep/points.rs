//! The runs, on all cores.

use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use gil_claims::{Error, Lab, Ranged};
use gil_sim::{GroupId, Nanos, Outcome, Scenario};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Question, column};
use crate::output::is_quiet;

/// What one value, or one pair of values, gives.
pub struct Point {
    /// As they were given, one for each thing that is varied.
    pub values: Vec<String>,
    /// The run, or why there is none: a sentence without its full stop.
    pub run: Result<Ran, String>,
}

/// A run and its figures.
pub struct Ran {
    /// The scenario, as a link has it.
    pub scenario: String,
    /// How it ended.
    pub outcome: Outcome,
    /// When it ended.
    pub end: Nanos,
    /// Figures by column, then by group where the column has one for each; or why there is none.
    pub cells: Vec<Vec<Option<Result<Ranged, Error>>>>,
}

impl Point {
    /// The figure of a column: of a group where the column has one for each.
    pub fn cell(&self, column: usize, group: Option<GroupId>) -> Option<Ranged> {
        let place = group.map_or(0, GroupId::index);
        let cell = self.run.as_ref().ok()?.cells.get(column)?.get(place)?;
        cell.as_ref()?.as_ref().ok().copied()
    }

    /// The first figure of a column, whatever group has it.
    pub fn any(&self, column: usize) -> Option<Ranged> {
        let groups = self.run.as_ref().ok()?.cells.get(column)?.len();
        (0..groups).find_map(|group| self.cell(column, Some(GroupId::of(group))))
    }

    fn errors(&self, column: usize) -> impl Iterator<Item = &Error> {
        let run = self.run.as_ref().ok();
        let cells = run.and_then(|run| run.cells.get(column)).into_iter().flatten();
        cells.filter_map(|cell| cell.as_ref()?.as_ref().err())
    }

    /// The values with commas between.
    pub fn name(&self) -> String {
        self.values.join(", ")
    }
}

/// Runs every combination of values. The order of the points is that of the values, the last ones
/// fastest, whoever is ready first.
pub fn all(question: &Question) -> Vec<Point> {
    let todo = combinations(&question.values);
    let bar = progress(todo.len());
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut mine = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(values) = todo.get(index) else { return mine };
            mine.push((index, point(question, values)));
            bar.inc(1);
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut points: Vec<(usize, Point)> = thread::scope(|scope| {
        let all: Vec<_> = (0..workers.min(todo.len())).map(|_| scope.spawn(worker)).collect();
        let joined = all.into_iter().map(|one| match one.join() {
            Ok(points) => points,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.flatten().collect()
    });
    bar.finish_and_clear();
    points.sort_by_key(|(index, _)| *index);
    let mut points: Vec<Point> = points.into_iter().map(|(_, point)| point).collect();
    column::compare(&question.columns, &mut points);
    points
}

fn combinations(values: &[Vec<String>]) -> Vec<Vec<String>> {
    values.iter().fold(vec![Vec::new()], |all, axis| {
        let with = |before: &Vec<String>| {
            axis.iter()
                .map(|value| [&before[..], std::slice::from_ref(value)].concat())
                .collect::<Vec<_>>()
        };
        all.iter().flat_map(with).collect()
    })
}

fn point(question: &Question, values: &[String]) -> Point {
    let run = varied(question, values).map(|scenario| {
        let mut lab = Lab::default();
        let read = |column: &column::Column| column.read(&scenario, question.seeds, &mut lab);
        let cells = question.columns.iter().map(read).collect();
        let (outcome, end) = (lab.outcome(&scenario), lab.end(&scenario));
        Ran { scenario: gil_notation::print_scenario(&scenario), outcome, end, cells }
    });
    Point { values: values.to_vec(), run }
}

/// The scenario with these values.
fn varied(question: &Question, values: &[String]) -> Result<Scenario, String> {
    let mut all = question.overs.iter().zip(values);
    all.try_fold(question.scenario.clone(), |scenario, (over, value)| {
        over.target.set(&scenario, question.group, value)
    })
}

/// A bar for people who wait; nothing for programs that read.
fn progress(runs: usize) -> ProgressBar {
    if is_quiet() || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} runs");
    ProgressBar::new(runs as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The first value and why it could not be run, where none could.
pub fn none_ran(points: &[Point]) -> Option<(String, &str)> {
    let first = points.first()?;
    let reason = first.run.as_ref().err()?;
    let none = points.iter().all(|point| point.run.is_err());
    none.then_some((first.name(), reason.as_str()))
}

/// Whether any run has a figure of a column, and of a group where it has one for each.
pub fn has(points: &[Point], column: usize, group: Option<GroupId>) -> bool {
    points.iter().any(|point| point.cell(column, group).is_some())
}

/// Why no run has a figure of a column: the first reason.
pub fn error_of(points: &[Point], column: usize) -> Option<&Error> {
    points.iter().find_map(|point| point.errors(column).next())
}
