//! Marks: a shape for each slot, so that series differ by more than colour.

use crate::display::{Fill, Ink, Shape, Stroke};

/// A mark to be drawn.
#[derive(Clone, Copy)]
pub struct Marker {
    /// The number of its shape; higher numbers start again.
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

impl Marker {
    /// The mark at a point.
    pub fn at(self, (x, y): (f32, f32)) -> Shape {
        let Marker { slot, ink, hollow, radius: r } = self;
        let fill = Some(Fill::Solid(if hollow { Ink::Surface } else { ink }));
        // Filled marks get a rim of paper, which keeps them apart from lines that cross them.
        let stroke = Some(match hollow {
            true => Stroke::solid(ink, 1.75),
            false => Stroke::solid(Ink::Surface, 1.0),
        });
        match corners(slot) {
            [] => Shape::Circle { x, y, r, fill, stroke },
            corners => {
                let points = corners.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect();
                Shape::Path { points, fill, stroke }
            }
        }
    }
}
