//! Bars, for values that are names.

use gil_view::display::{Anchor, Fill, Ink, List, Shape, text_width};

use super::chart::{WIDTH, common_unit, drawn, title};
use super::{Table, points::Point};
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
    let drawn = drawn(table);
    common_unit(table, &drawn)?;
    let title = title(table, &drawn);
    // A title that is too long becomes smaller rather than being cut.
    let size = TITLE * (ROOM / text_width(&title, TITLE, false)).min(1.0);
    let mut shapes = vec![text(EDGE, EDGE + TITLE, &title, size, Ink::Text, Anchor::Start)];
    let mut y = EDGE + 2.0 * TITLE;
    for column in &drawn {
        if drawn.len() > 1 {
            let name = &table.question.columns[*column].name;
            shapes.push(text(EDGE, y + TEXT, name, TEXT, Ink::Text, Anchor::Start));
            y += BAR + GAP;
        }
        y = block(table, *column, y, &mut shapes);
    }
    Ok((List { width: WIDTH, height: y + EDGE - GAP, shapes }, title))
}

/// The bars of one column from `y` on; gives the end of them.
fn block(table: &Table, column: usize, mut y: f32, shapes: &mut Vec<Shape>) -> f32 {
    let widest = |of: &dyn Fn(&Point) -> String| {
        let widths = table.points.iter().map(|point| text_width(&of(point), TEXT, false));
        widths.fold(0.0, f32::max)
    };
    let left = EDGE + widest(&|point| point.value.clone()) + GAP;
    let room = WIDTH - left - EDGE - GAP - widest(&|point| said(point, column));
    let most = table.points.iter().filter_map(|point| point.cell(column));
    let most = most.map(|quantity| quantity.value).fold(0.0, f64::max);
    for point in &table.points {
        let value = point.cell(column).map_or(0.0, |quantity| quantity.value.max(0.0));
        let length = if most > 0.0 { (value / most) as f32 * room.max(0.0) } else { 0.0 };
        shapes.extend(bar(point, column, (left, y), length));
        y += BAR + GAP;
    }
    y
}

fn said(point: &Point, column: usize) -> String {
    match (point.cell(column), &point.run) {
        (Some(quantity), _) => quantity.to_string(),
        (None, Err(_)) => "cannot be run".to_owned(),
        (None, Ok(_)) => "-".to_owned(),
    }
}

fn bar(point: &Point, column: usize, (x, y): (f32, f32), length: f32) -> [Shape; 3] {
    let base = y + BAR - 3.0;
    let fill = Some(Fill::Solid(Ink::Series(0)));
    [
        text(x - GAP, base, &point.value, TEXT, Ink::Text, Anchor::End),
        Shape::Rect { x, y, w: length, h: BAR, radius: 2.0, fill, stroke: None },
        text(x + length + GAP / 2.0, base, &said(point, column), TEXT, Ink::Muted, Anchor::Start),
    ]
}

fn text(x: f32, y: f32, text: &str, size: f32, ink: Ink, anchor: Anchor) -> Shape {
    let (text, bold) = (text.to_owned(), false);
    Shape::Text { x, y, text, size, ink, anchor, bold, mono: false }
}
