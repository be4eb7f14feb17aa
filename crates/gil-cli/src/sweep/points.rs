//! The runs, on all cores.

use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use gil_claims::{Error, Lab, Quantity, Ranged, vary};
use gil_sim::Outcome;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Question, column};
use crate::output::is_quiet;

/// What one value gives.
pub struct Point {
    /// As it was given.
    pub value: String,
    /// The run, or why there is none: a sentence without its full stop.
    pub run: Result<Run, String>,
}

/// A run and its figures.
pub struct Run {
    /// The scenario, as a link has it.
    pub scenario: String,
    /// How it ended.
    pub outcome: Outcome,
    /// A figure for each column, or why the run has none; of several seeds the median.
    pub cells: Vec<Option<Result<Quantity, Error>>>,
    /// For each column how far several seeds reach, where it is read off runs.
    pub ranges: Vec<Option<Ranged>>,
}

impl Point {
    /// The figure of a column.
    pub fn cell(&self, column: usize) -> Option<Quantity> {
        let cell = self.run.as_ref().ok()?.cells.get(column)?;
        cell.as_ref()?.as_ref().ok().copied()
    }

    /// How far the figure of a column reaches, where several seeds were run.
    pub fn range(&self, column: usize) -> Option<Ranged> {
        let range = self.run.as_ref().ok()?.ranges.get(column)?.as_ref()?;
        (range.spread.runs() > 1).then_some(*range)
    }

    fn error(&self, column: usize) -> Option<&Error> {
        let cell = self.run.as_ref().ok()?.cells.get(column)?;
        cell.as_ref()?.as_ref().err()
    }
}

/// Runs every value. The order of the points is that of the values, whoever is ready first.
pub fn all(question: &Question, group: &str) -> Vec<Point> {
    let bar = progress(question.values.len());
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut mine = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(value) = question.values.get(index) else { return mine };
            mine.push((index, point(question, value)));
            bar.inc(1);
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut points: Vec<(usize, Point)> = thread::scope(|scope| {
        let all: Vec<_> =
            (0..workers.min(question.values.len())).map(|_| scope.spawn(worker)).collect();
        let joined = all.into_iter().map(|one| match one.join() {
            Ok(points) => points,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.flatten().collect()
    });
    bar.finish_and_clear();
    points.sort_by_key(|(index, _)| *index);
    let mut points: Vec<Point> = points.into_iter().map(|(_, point)| point).collect();
    column::compare(&question.columns, group, &mut points);
    points
}

fn point(question: &Question, value: &str) -> Point {
    let run = vary(&question.scenario, question.group, &question.over.key, value).map(|scenario| {
        let mut lab = Lab::default();
        let columns = question.columns.iter();
        let read: Vec<_> =
            columns.map(|column| column.read(&scenario, question.seeds, &mut lab)).collect();
        let ranges = read.iter().map(|cell| cell.as_ref()?.as_ref().ok().copied()).collect();
        let median = |cell: Result<Ranged, Error>| cell.map(|figure| figure.median());
        let cells = read.into_iter().map(|cell| cell.map(median)).collect();
        let outcome = lab.outcome(&scenario);
        Run { scenario: gil_notation::print_scenario(&scenario), outcome, cells, ranges }
    });
    Point { value: value.to_owned(), run }
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
pub fn none_ran(points: &[Point]) -> Option<(&str, &str)> {
    let first = points.first()?;
    let reason = first.run.as_ref().err()?;
    let none = points.iter().all(|point| point.run.is_err());
    none.then_some((first.value.as_str(), reason.as_str()))
}

/// Whether any run has a figure of a column.
pub fn has(points: &[Point], column: usize) -> bool {
    points.iter().any(|point| point.cell(column).is_some())
}

/// Why no run has a figure of a column: the first reason.
pub fn error_of(points: &[Point], column: usize) -> Option<&Error> {
    points.iter().find_map(|point| point.error(column))
}

/// Leaves out the figures of columns that are not kept.
pub fn keep(points: &mut [Point], kept: &[bool]) {
    for run in points.iter_mut().filter_map(|point| point.run.as_mut().ok()) {
        let is_kept = |place: &mut usize| {
            *place += 1;
            kept.get(*place - 1).copied().unwrap_or(false)
        };
        let (mut cell, mut range) = (0, 0);
        run.cells.retain(|_| is_kept(&mut cell));
        run.ranges.retain(|_| is_kept(&mut range));
    }
}
