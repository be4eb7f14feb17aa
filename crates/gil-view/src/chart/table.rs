//! The data behind a chart.

use super::{Axis, Chart, Series};

/// A table of strings, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Headings, the first for the horizontal axis.
    pub columns: Vec<String>,
    /// Cells, with units; empty where a series has no point.
    pub rows: Vec<Vec<String>>,
}

pub(super) fn of(chart: &Chart) -> Table {
    let columns = std::iter::once(heading(&chart.x.label, "x"))
        .chain(chart.series.iter().map(column))
        .collect();
    let mut xs: Vec<f64> = chart.series.iter().flat_map(|s| &s.points).map(|p| p.0).collect();
    xs.sort_by(f64::total_cmp);
    xs.dedup();
    let row = |x: f64| {
        let cells = chart.series.iter().map(|series| cell(&chart.y, series, x));
        std::iter::once(gil_words::quantity(chart.x.unit, x)).chain(cells).collect()
    };
    Table { columns, rows: xs.into_iter().map(row).collect() }
}

fn heading(label: &str, otherwise: &str) -> String {
    if label.is_empty() { otherwise } else { label }.to_owned()
}

fn column(series: &Series) -> String {
    let before = if series.ghost { ", before" } else { "" };
    format!("{}{before}", series.name)
}

fn cell(axis: &Axis, series: &Series, x: f64) -> String {
    let here = series.points.iter().find(|point| point.0 == x);
    let Some((_, y)) = here else { return String::new() };
    let range = series.ranges.iter().find(|range| range.x == x && range.low < range.high);
    let [median, low, high] = [*y, range.map_or(*y, |r| r.low), range.map_or(*y, |r| r.high)]
        .map(|y| gil_words::quantity(axis.unit, y));
    match range {
        Some(_) => format!("{median} ({low} to {high})"),
        None => median,
    }
}
