//! A line chart of the table.

use gil_claims::{Quantity, Unit};
use gil_view::chart::{Axis, Chart, Scale, Series};

use super::points::Point;
use super::shown::{Shown, common_unit, in_picture};
use super::{Question, Table};
use crate::error::Failure;

/// Size of the picture in logical pixels.
pub const WIDTH: f32 = 800.0;
const HEIGHT: f32 = 400.0;

/// Times further apart than this are shown on a logarithmic scale.
const FAR_APART: f64 = 30.0;

/// The chart; `None` where the values are names, which have no place on an axis.
///
/// # Errors
/// Figures of different units, which have no axis in common.
pub fn of(table: &Table) -> Result<Option<Chart>, Failure> {
    let question = &table.question;
    let Some((unit, places)) = places(question) else { return Ok(None) };
    let drawn = in_picture(table);
    let measures = common_unit(table, &drawn)?;
    let mut series: Vec<Series> = Vec::new();
    for (slot, shown) in drawn.iter().enumerate() {
        let cells = table.points.iter().zip(&places);
        let mut points: Vec<(f64, f64)> =
            cells.filter_map(|(point, x)| Some((*x, shown.of(point)?.spread.median))).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        series.push(Series::line(&shown.name, slot as u8, points));
    }
    series.extend(ideal(question, &drawn, &series));
    let y = y_axis(measures, &series, &label(&drawn));
    let scale = spread(&places);
    let x = Axis::new(question.overs[0].label(), scale, unit);
    let title = title(table, &drawn);
    Ok(Some(Chart { title, x, y, series, focus: None, width: WIDTH, height: HEIGHT }))
}

/// Where the values lie on an axis.
fn places(question: &Question) -> Option<(Unit, Vec<f64>)> {
    let [over] = &question.overs[..] else { return None };
    if over.has_names() {
        return None;
    }
    let all = |read: &dyn Fn(&String) -> Option<f64>| -> Option<Vec<f64>> {
        question.values[0].iter().map(read).collect()
    };
    let number = |value: &String| value.parse().ok().filter(|number: &f64| number.is_finite());
    let time = |value: &String| gil_notation::parse_duration(value).ok().map(|at| at.0 as f64);
    let numbers = all(&number).map(|places| (Unit::Number, places));
    numbers.or_else(|| Some((Unit::Time, all(&time)?)))
}

/// Values that each are a multiple of the one before take the same space.
fn spread(places: &[f64]) -> Scale {
    let low = places.iter().copied().fold(f64::INFINITY, f64::min);
    let high = places.iter().copied().fold(0.0, f64::max);
    match high / low {
        _ if low <= 0.0 => Scale::Linear,
        ratio if ratio >= 100.0 => Scale::Log10,
        ratio if ratio >= 4.0 => Scale::Log2,
        _ => Scale::Linear,
    }
}

/// The speed-up if nobody disturbed anybody, where threads are varied.
fn ideal(question: &Question, drawn: &[Shown], series: &[Series]) -> Option<Series> {
    let is_speed_up = drawn.iter().all(Shown::is_speed_up);
    let points = &series.first()?.points;
    let (one, _) = points.iter().find(|(_, y)| *y == 1.0)?;
    let ideal = points.iter().map(|(x, _)| (*x, x / one)).collect();
    (is_speed_up && question.overs[0].is_count()).then(|| Series::ideal("ideal", ideal))
}

fn y_axis(measures: Unit, series: &[Series], label: &str) -> Axis {
    let values = || series.iter().flat_map(|one| one.points.iter().map(|point| point.1));
    let (low, high) = values().fold((f64::INFINITY, 0.0f64), |(l, h), v| (l.min(v), h.max(v)));
    let is_far = measures == Unit::Time && low > 0.0 && high / low > FAR_APART;
    let scale = if is_far { Scale::Log10 } else { Scale::Linear };
    let covers = (scale == Scale::Linear).then_some((0.0, 0.0));
    Axis { covers, ..Axis::new(label, scale, measures) }
}

/// What is on the vertical axis.
pub fn label(drawn: &[Shown]) -> String {
    match drawn {
        [one] => one.name.clone(),
        _ => String::new(),
    }
}

/// Closer than this, as a share, is the same to a reader.
const SAME: f64 = 0.05;

/// The finding, of the first of the drawn columns: where it begins and ends, and what is beyond
/// both; of names, which have no ends, the most and the least.
pub fn title(table: &Table, drawn: &[Shown]) -> String {
    let Some(shown) = drawn.first() else { return String::new() };
    let (over, name) = (&table.question.overs[0], &shown.name);
    let cell = |point: &Point| Some((point.name(), shown.of(point)?.median()));
    let cells: Vec<(String, Quantity)> = table.points.iter().filter_map(cell).collect();
    let by_value = |a: &&(_, Quantity), b: &&(_, Quantity)| a.1.value.total_cmp(&b.1.value);
    // Of equals the first: `max_by` would take the last.
    let (most, least) = (cells.iter().rev().max_by(by_value), cells.iter().min_by(by_value));
    let (Some(most), Some(least)) = (most, least) else { return name.clone() };
    let (first, last) = (&cells[0], &cells[cells.len() - 1]);
    let at = |(value, quantity): &(_, Quantity)| format!("{quantity} with {}={value}", over.key());
    if over.has_names() {
        return format!("{name}: {} at most, {} at least", at(most), at(least));
    }
    let apart = |a: f64, b: f64| (a - b).abs() > SAME * a.abs().max(b.abs());
    let beyond = |extreme: &(String, Quantity), word: &str| {
        let is_beyond = [first, last].iter().all(|end| apart(extreme.1.value, end.1.value));
        if is_beyond { format!(", at {word} {}", at(extreme)) } else { String::new() }
    };
    format!("{name}: {}, {}{}{}", at(first), at(last), beyond(most, "most"), beyond(least, "least"))
}
