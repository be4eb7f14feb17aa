//! A figure by two things: a grid of tiles, the darker the more.

use gil_view::display::{Anchor, Fill, Ink, List, Shape};
use gil_view::text;

use super::Table;
use super::chart::WIDTH;
use super::shown::in_picture;
use crate::error::Failure;

/// Sizes in logical pixels.
const EDGE: f32 = 12.0;
const TITLE: f32 = 15.0;
const TEXT: f32 = 12.0;
const TILE: f32 = 28.0;
const GAP: f32 = 2.0;

/// A picture of the first figure that is drawn, and its title.
///
/// # Errors
/// Where there is no figure to draw.
pub fn of(table: &Table) -> Result<(List, String), Failure> {
    let question = &table.question;
    let figures = in_picture(table);
    let shown = figures.first().ok_or_else(|| Failure::new("no run has a figure to draw"))?;
    let [down, right] = [question.overs[0].label(), question.overs[1].label()];
    let title = format!("{}, by {down} (down) and {right} (right)", shown.name);
    let names = question.values[0].iter().map(|name| text::width(name, TEXT, false));
    let left = EDGE + names.fold(0.0, f32::max) + 2.0 * GAP + 4.0;
    let columns = question.values[1].len();
    let width = (WIDTH - left - EDGE) / columns as f32;
    let value = |index: usize| Some(shown.of(table.points.get(index)?)?.spread.median);
    let all = (0..table.points.len()).filter_map(value);
    let (low, high) = all.fold((f64::INFINITY, 0.0f64), |(l, h), v| (l.min(v), h.max(v)));
    let top = EDGE + TITLE + 2.0 * TEXT + 8.0;
    let mut shapes = vec![label(EDGE, EDGE + TITLE, &title, TITLE, Ink::Text, Anchor::Start)];
    for (at, name) in question.values[1].iter().enumerate() {
        let x = left + (at as f32 + 0.5) * width;
        shapes.push(label(x, top - 6.0, name, TEXT, Ink::Muted, Anchor::Middle));
    }
    for (row, name) in question.values[0].iter().enumerate() {
        let y = top + row as f32 * TILE;
        let base = y + TILE / 2.0 + TEXT * 0.36;
        shapes.push(label(left - 6.0, base, name, TEXT, Ink::Muted, Anchor::End));
        for column in 0..columns {
            let index = row * columns + column;
            let x = left + column as f32 * width;
            let fill =
                value(index).map(|value| Fill::Tint(Ink::Series(0), shade(value, low, high)));
            let (w, h) = (width - GAP, TILE - GAP);
            shapes.push(Shape::Rect { x, y, w, h, radius: 2.0, fill, stroke: None });
            let said = table.points.get(index).and_then(|point| shown.of(point));
            let said = said.map_or_else(|| "-".to_owned(), |figure| figure.median().to_string());
            shapes.push(label(x + w / 2.0, base, &said, TEXT, Ink::Text, Anchor::Middle));
        }
    }
    let height = top + question.values[0].len() as f32 * TILE + EDGE;
    Ok((List { width: WIDTH, height, shapes }, title))
}

/// From 8 to 60 percent, by the logarithm: ten times as much is the same step everywhere.
fn shade(value: f64, low: f64, high: f64) -> u8 {
    let size = |value: f64| value.max(low.max(high / 1e6)).max(f64::MIN_POSITIVE).ln();
    let range = size(high) - size(low);
    let part = if range > 0.0 { (size(value) - size(low)) / range } else { 0.0 };
    8 + (part * 52.0) as u8
}

fn label(x: f32, y: f32, text: &str, size: f32, ink: Ink, anchor: Anchor) -> Shape {
    let (text, bold) = (text.to_owned(), false);
    Shape::Text { x, y, text, size, ink, anchor, bold, mono: false }
}
