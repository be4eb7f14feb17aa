//! Where things of a plot lie: its axes and the places of columns and values, in pixels.

use super::{HEIGHT, Plot, SIZE};
use crate::display::{Anchor, Ink, List, Shape};
use crate::text;

/// Room above the axes, for the name of the vertical one and a value above the highest point.
const TOP: f32 = 42.0;
/// Room below the axes, for columns and their name.
const BOTTOM: f32 = 46.0;
/// Font size of the axes' names.
const NAME_SIZE: f32 = 13.0;
/// From the last column to the names of the curves.
const GAP: f32 = 14.0;
/// Names of curves get this part of the width at most, and so many lines.
const ENDS: f32 = 0.3;
const LINES: usize = 2;

/// The edges of the plotting area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    left: f32,
    right: f32,
}

impl Frame {
    /// The frame of a plot, with room for numbers at the left and the curves' names at the right.
    pub fn new(plot: &Plot) -> Frame {
        let widest = |texts: &[String], size| {
            texts.iter().map(|line| text::room(line, size)).fold(0.0, f32::max)
        };
        let ticks: Vec<_> = plot.scale.ticks().iter().map(|tick| plot.scale.words(*tick)).collect();
        let ends: Vec<_> = plot.curves.iter().flat_map(|curve| end(plot, &curve.label)).collect();
        let right = plot.width - GAP - 8.0 - widest(&ends, SIZE * text::BOLD);
        Frame { left: 12.0 + widest(&ticks, SIZE), right: right.max(1.0) }
    }

    /// The place of a column from the left.
    pub fn x(&self, plot: &Plot, column: usize) -> f32 {
        let (from, to) = (self.left + 14.0, self.right - 6.0);
        let gaps = plot.columns.len().saturating_sub(1).max(1) as f32;
        from + (to - from) * column as f32 / gaps
    }

    /// The place of a value from the top.
    pub fn y(&self, plot: &Plot, value: f64) -> f32 {
        HEIGHT - BOTTOM - plot.scale.share(value) as f32 * (HEIGHT - BOTTOM - TOP)
    }

    /// How high a place is: 0 at the bottom of the axis, 1 at the top, beyond them less or more.
    pub fn share(&self, y: f32) -> f64 {
        f64::from((HEIGHT - BOTTOM - y) / (HEIGHT - BOTTOM - TOP))
    }

    /// The left edge of the curves' names.
    pub fn ends(&self, plot: &Plot) -> f32 {
        self.x(plot, plot.columns.len().saturating_sub(1)) + GAP
    }

    /// The highest and the lowest place that a name of a curve may take.
    pub fn heights(&self) -> (f32, f32) {
        (TOP - 10.0, HEIGHT - BOTTOM + 10.0)
    }

    /// Draws grid lines, numbers, columns and the names of the axes.
    pub fn axes(&self, plot: &Plot, list: &mut List) {
        for tick in plot.scale.ticks() {
            let y = self.y(plot, tick);
            list.shapes.push(Shape::hairline((self.left, y), (self.right, y), Ink::Line));
            let at = (self.left - 6.0, y + SIZE * 0.35);
            let words = plot.scale.words(tick);
            list.shapes.push(Shape::text(at, words, SIZE, Ink::Muted, Anchor::End));
        }
        for (at, name) in plot.columns.iter().enumerate() {
            let at = (self.x(plot, at), HEIGHT - BOTTOM + 18.0);
            list.shapes.push(Shape::text(at, name, SIZE, Ink::Muted, Anchor::Middle));
        }
        let below = ((self.left + self.right) / 2.0, HEIGHT - 6.0);
        let mut name = |at: (f32, f32), name: &str, anchor: Anchor| {
            list.shapes.push(Shape::text(at, name, NAME_SIZE, Ink::Muted, anchor).bold());
        };
        name((0.0, NAME_SIZE), &plot.up, Anchor::Start);
        name(below, &plot.across, Anchor::Middle);
    }
}

/// The name of a curve in the lines that it gets.
pub fn end(plot: &Plot, label: &str) -> Vec<String> {
    text::wrap(label, SIZE * text::BOLD, plot.width * ENDS, LINES)
}
