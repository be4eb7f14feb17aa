//! Marks: a shape for each slot, so that series differ by more than colour.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon};
use plotters::style::{Color, ShapeStyle};

use super::backend::{Backend, Pen, units};
use super::draw::Drawn;
use crate::display::Ink;

/// A mark to be drawn.
#[derive(Clone, Copy)]
pub struct Marker {
    /// Which shape.
    pub slot: u8,
    /// Its colour.
    pub ink: Ink,
    /// Outline on paper instead of a filled shape.
    pub hollow: bool,
    /// From its middle to about its edge, in logical pixels.
    pub radius: f32,
}

/// Corners of the shapes on a unit circle or a little outside, so that all look equally large.
/// The first slot is a circle and has none.
fn corners(slot: u8) -> &'static [(f32, f32)] {
    match slot % 6 {
        0 => &[],
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.25), (1.1, 0.85), (-1.1, 0.85)],
        3 => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        4 => &[(0.0, 1.25), (1.1, -0.85), (-1.1, -0.85)],
        _ => &[(0.0, -1.25), (1.2, -0.35), (0.75, 1.05), (-0.75, 1.05), (-1.2, -0.35)],
    }
}

/// Draws a mark at a point in plotters pixels.
pub fn draw(root: &DrawingArea<Backend<'_>, Shift>, marker: Marker, at: (i32, i32)) -> Drawn {
    let inside = if marker.hollow { Ink::Surface } else { marker.ink };
    let fill = Pen::solid(inside).code().filled();
    // Filled marks get a rim of paper, which keeps them apart from lines that cross them.
    let edge = if marker.hollow { marker.ink } else { Ink::Surface };
    let width = if marker.hollow { 1.75 } else { 1.0 };
    let edge = Pen::solid(edge).code().stroke_width(units(width) as u32);
    if corners(marker.slot).is_empty() {
        let radius = units(marker.radius);
        root.draw(&Circle::new(at, radius, fill))?;
        return root.draw(&Circle::new(at, radius, edge));
    }
    polygon(root, marker, at, fill, edge)
}

fn polygon(
    root: &DrawingArea<Backend<'_>, Shift>,
    marker: Marker,
    at: (i32, i32),
    fill: ShapeStyle,
    edge: ShapeStyle,
) -> Drawn {
    let place =
        |(x, y): &(f32, f32)| (at.0 + units(x * marker.radius), at.1 + units(y * marker.radius));
    let mut outline: Vec<_> = corners(marker.slot).iter().map(place).collect();
    root.draw(&Polygon::new(outline.clone(), fill))?;
    // Over the start to the second corner, or the first would stay open.
    outline.extend_from_within(..2);
    root.draw(&PathElement::new(outline, edge))
}
