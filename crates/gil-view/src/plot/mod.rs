//! Plots of a lesson: curves over a few columns, beside what was measured, and what a reader has
//! drawn.
//!
//! A [`Plot`] is plain data. [`Plot::layout`] draws it, [`Plot::place`] says where its points lie
//! for pointer and keyboard, [`Plot::reading`] and [`Plot::table`] say it in words. Where a reader
//! draws, [`Plot::drawn_at`] says which value a place means.

mod draw;
mod frame;
mod scale;

pub use scale::Scale;

use gil_words::lowest_to_highest;

use crate::chart::Table;
use crate::chart::picture::Way;
use crate::display::List;
use frame::Frame;

/// Height of a plot in logical pixels.
pub const HEIGHT: f32 = 280.0;
/// Font size of numbers and names.
const SIZE: f32 = 12.5;

/// A curve with what was measured of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name, at its end.
    pub label: String,
    /// Its colour and the shape of its points.
    pub look: Look,
    /// Its values from left to right, where there are any.
    pub points: Vec<Option<f64>>,
    /// The values measured at each column: none, or one for each run.
    pub measured: Vec<Vec<f64>>,
}

/// How a curve looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A line with marks: the n-th one that was simulated.
    Simulated(u8),
    /// A dashed line with crosses: what the reader has guessed.
    Guess,
    /// A dashed line with knobs and their values: what the reader is drawing.
    Drawn {
        /// Whether the reader has moved a knob yet.
        set: bool,
    },
}

/// A plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Width in logical pixels.
    pub width: f32,
    /// The name of the horizontal axis.
    pub across: String,
    /// The columns on it, from left to right.
    pub columns: Vec<String>,
    /// The name of the vertical axis.
    pub up: String,
    /// The scale of the vertical axis.
    pub scale: Scale,
    /// The curves, the first at the bottom.
    pub curves: Vec<Curve>,
}

/// A point of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Index of its curve.
    pub curve: usize,
    /// Index of its column.
    pub column: usize,
}

impl Plot {
    /// The picture; the point that is looked at stands out.
    pub fn layout(&self, here: Option<Spot>) -> List {
        draw::plot(self, here)
    }

    /// All points there are, curve by curve.
    pub fn spots(&self) -> Vec<Spot> {
        let of = |(at, curve): (usize, &Curve)| {
            let known = |column: &usize| curve.points.get(*column).is_some_and(Option::is_some);
            let columns = (0..self.columns.len()).filter(known);
            columns.map(move |column| Spot { curve: at, column }).collect::<Vec<_>>()
        };
        self.curves.iter().enumerate().flat_map(of).collect()
    }

    /// Where a point lies, in pixels from the top left corner.
    pub fn place(&self, spot: Spot) -> Option<(f32, f32)> {
        let (_, value) = self.value(spot)?;
        let frame = Frame::new(self);
        Some((frame.x(self, spot.column), frame.y(self, value)))
    }

    /// The curve of a point and its value.
    pub fn value(&self, spot: Spot) -> Option<(&Curve, f64)> {
        let curve = self.curves.get(spot.curve)?;
        Some((curve, curve.points.get(spot.column).copied().flatten()?))
    }

    /// The point next to one: along its curve, or in its column on the curve before or after.
    pub fn neighbour(&self, from: Spot, way: Way) -> Option<Spot> {
        let Spot { curve, column } = from;
        let wanted = match way {
            Way::Right => Spot { column: column + 1, ..from },
            Way::Left => Spot { column: column.checked_sub(1)?, ..from },
            Way::Down => Spot { curve: curve + 1, ..from },
            Way::Up => Spot { curve: curve.checked_sub(1)?, ..from },
        };
        self.spots().contains(&wanted).then_some(wanted)
    }

    /// The column that is nearest to a place, and the value at its height.
    pub fn drawn_at(&self, x: f32, y: f32) -> (usize, f64) {
        let frame = Frame::new(self);
        let far = |column: &usize| (frame.x(self, *column) - x).abs();
        let nearest = (0..self.columns.len()).min_by(|a, b| far(a).total_cmp(&far(b)));
        (nearest.unwrap_or(0), self.scale.value(frame.share(y)))
    }

    /// A point in words: `3.11 at 4 (threads): 0.97; measured 0.94 to 0.97`.
    pub fn reading(&self, spot: Spot) -> Option<String> {
        let (curve, value) = self.value(spot)?;
        let column = self.columns.get(spot.column)?;
        let value = self.scale.words(value);
        let measured = self.measured(curve, spot.column);
        let measured = measured.map(|range| format!("; measured {range}")).unwrap_or_default();
        let across = self.across.to_lowercase();
        Some(format!("{} at {column} ({across}): {value}{measured}", curve.label))
    }

    /// Whether anything on it was measured.
    pub fn is_measured(&self) -> bool {
        self.curves.iter().any(Curve::is_measured)
    }

    fn measured(&self, curve: &Curve, column: usize) -> Option<String> {
        lowest_to_highest(curve.measured.get(column)?, |value| self.scale.words(value))
    }

    /// The data behind the picture: a row for each column.
    pub fn table(&self) -> Table {
        let mut columns = vec![self.across.clone()];
        for curve in &self.curves {
            columns.push(curve.label.clone());
            columns.extend(curve.is_measured().then(|| format!("{}, measured", curve.label)));
        }
        let row = |(at, name): (usize, &String)| {
            let mut row = vec![name.clone()];
            for curve in &self.curves {
                let value = curve.points.get(at).copied().flatten();
                row.push(value.map_or("none".to_owned(), |value| self.scale.words(value)));
                let measured = || self.measured(curve, at).unwrap_or("not measured".to_owned());
                row.extend(curve.is_measured().then(measured));
            }
            row
        };
        Table { columns, rows: self.columns.iter().enumerate().map(row).collect() }
    }
}

impl Curve {
    fn is_measured(&self) -> bool {
        self.measured.iter().any(|runs| !runs.is_empty())
    }
}

#[cfg(test)]
mod tests;
