//! Bars, for values that are names.

use gil_view::display::{Anchor, Fill, Ink, List, Shape};
use gil_view::text;

use super::Table;
use super::chart::{WIDTH, title};
use super::points::Point;
use super::shown::{Shown, common_unit, in_picture};
use crate::error::Failure;

/// Sizes in logical pixels.
const EDGE: f32 = 12.0;
const ROOM: f32 = WIDTH - 2.0 * EDGE;
const TITLE: f32 = 15.0;
const TEXT: f32 = 12.0;
const BAR: f32 = 14.0;
const GAP: f32 = 10.0;

/// A picture with a bar for each value, one block for each column that is drawn; and its title.
///
/// # Errors
/// Figures of different units, as in a chart.
pub fn of(table: &Table) -> Result<(List, String), Failure> {
    let drawn = in_picture(table);
    common_unit(table, &drawn)?;
    let title = title(table, &drawn);
    // A title that is too long becomes smaller rather than being cut.
    let size = TITLE * (ROOM / text::width(&title, TITLE, false)).min(1.0);
    let mut shapes = vec![text(EDGE, EDGE + TITLE, &title, size, Ink::Text, Anchor::Start)];
    let mut y = EDGE + 2.0 * TITLE;
    for shown in &drawn {
        if drawn.len() > 1 {
            shapes.push(text(EDGE, y + TEXT, &shown.name, TEXT, Ink::Text, Anchor::Start));
            y += BAR + GAP;
        }
        y = block(table, shown, y, &mut shapes);
    }
    Ok((List { width: WIDTH, height: y + EDGE - GAP, shapes }, title))
}

/// The bars of one column from `y` on; gives the end of them.
fn block(table: &Table, shown: &Shown, mut y: f32, shapes: &mut Vec<Shape>) -> f32 {
    let widest = |of: &dyn Fn(&Point) -> String| {
        let widths = table.points.iter().map(|point| text::width(&of(point), TEXT, false));
        widths.fold(0.0, f32::max)
    };
    let left = EDGE + widest(&Point::name) + GAP;
    let room = WIDTH - left - EDGE - GAP - widest(&|point| said(point, shown));
    let most = table.points.iter().filter_map(|point| shown.of(point));
    let most = most.map(|figure| figure.spread.median).fold(0.0, f64::max);
    for point in &table.points {
        let value = shown.of(point).map_or(0.0, |figure| figure.spread.median.max(0.0));
        let length = if most > 0.0 { (value / most) as f32 * room.max(0.0) } else { 0.0 };
        shapes.extend(bar(point, shown, (left, y), length));
        y += BAR + GAP;
    }
    y
}

fn said(point: &Point, shown: &Shown) -> String {
    match (shown.of(point), &point.run) {
        (Some(figure), _) => figure.median().to_string(),
        (None, Err(_)) => "cannot be run".to_owned(),
        (None, Ok(_)) => "-".to_owned(),
    }
}

fn bar(point: &Point, shown: &Shown, (x, y): (f32, f32), length: f32) -> [Shape; 3] {
    let base = y + BAR - 3.0;
    let fill = Some(Fill::Solid(Ink::Series(0)));
    [
        text(x - GAP, base, &point.name(), TEXT, Ink::Text, Anchor::End),
        Shape::Rect { x, y, w: length, h: BAR, radius: 2.0, fill, stroke: None },
        text(x + length + GAP / 2.0, base, &said(point, shown), TEXT, Ink::Muted, Anchor::Start),
    ]
}

fn text(x: f32, y: f32, text: &str, size: f32, ink: Ink, anchor: Anchor) -> Shape {
    let (text, bold) = (text.to_owned(), false);
    Shape::Text { x, y, text, size, ink, anchor, bold, mono: false }
}
