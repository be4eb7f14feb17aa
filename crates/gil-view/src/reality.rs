//! Measured and simulated values side by side: a row for each figure, on a logarithmic scale.

use gil_words::number;

use crate::chart::log_ticks;
use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use crate::text;

/// Height of a row in logical pixels.
pub const ROW: f32 = 14.0;
/// The top edge of the first row.
pub const TOP: f32 = 8.0;
/// Room below the rows, for the numbers of the scale.
const BOTTOM: f32 = 18.0;
/// Font size of labels and numbers.
const SIZE: f32 = 10.5;
/// Labels get this part of the width at most.
const LABELS: f32 = 0.42;
/// From a label to the scale, and from the scale to the right edge.
const GAP: f32 = 8.0;
const EDGE: f32 = 10.0;
/// From the middle of a mark to its edge; those of an earlier run are smaller.
const RADIUS: f32 = 4.0;
const EARLIER: f32 = 2.4;
/// The side of a mark's picture for a legend.
const KEY: f32 = 12.0;

/// A figure: what was measured, and what the simulation says.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name beside the scale.
    pub label: String,
    /// The measured values, the latest run first. The scale shows those above zero.
    pub measured: Vec<f64>,
    /// The simulated value; nothing where the simulation has no such figure.
    pub simulated: Option<f64>,
    /// Whether that is within the scatter of the measurement.
    pub within: bool,
}

impl Row {
    fn values(&self) -> impl Iterator<Item = f64> {
        self.measured.iter().copied().chain(self.simulated)
    }
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A measured value.
    Measured,
    /// A value measured in an earlier run.
    Earlier,
    /// A simulated value within the scatter of the measured ones.
    Simulated,
    /// A simulated value that is further off.
    Missed,
}

impl Mark {
    /// All marks, with what a legend calls them.
    pub const ALL: [(Mark, &str); 4] = [
        (Mark::Measured, "measured"),
        (Mark::Earlier, "earlier run"),
        (Mark::Simulated, "simulated"),
        (Mark::Missed, "simulated, missed"),
    ];

    /// The mark alone, for a legend.
    pub fn key(self) -> List {
        let shapes = vec![self.at(KEY / 2.0, KEY / 2.0)];
        List { width: KEY, height: KEY, shapes }
    }

    fn at(self, x: f32, y: f32) -> Shape {
        let ring = |r| {
            let stroke = Some(Stroke::solid(Ink::Text, 1.4));
            Shape::Circle { x, y, r, fill: None, stroke }
        };
        let diamond = |ink| {
            let r = RADIUS + 0.5;
            let points = vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
            Shape::Path { points, fill: Some(Fill::Solid(ink)), stroke: None }
        };
        match self {
            Mark::Measured => ring(RADIUS),
            Mark::Earlier => ring(EARLIER),
            Mark::Simulated => diamond(Ink::Accent),
            Mark::Missed => diamond(Ink::Warning),
        }
    }
}

/// The picture of some rows, `width` logical pixels wide; nothing where no value is above zero.
pub fn layout(rows: &[Row], width: f32) -> Option<List> {
    let label = |row: &Row| text::ellipsised(&row.label, SIZE, width * LABELS, false);
    let labels: Vec<String> = rows.iter().map(label).collect();
    let widest = labels.iter().map(|label| text::room(label, SIZE)).fold(0.0, f32::max);
    let left = widest + GAP;
    let scale = Scale::of(rows, left, (width - EDGE).max(left + 1.0))?;
    let bottom = TOP + ROW * rows.len() as f32;
    let mut list = List { width, height: bottom + BOTTOM, shapes: Vec::new() };
    scale.draw(bottom, &mut list.shapes);
    for (at, (row, label)) in rows.iter().zip(labels).enumerate() {
        let y = TOP + ROW * (at as f32 + 0.5);
        let place = (left - GAP, y + 3.5);
        list.shapes.push(Shape::text(place, label, SIZE, Ink::Muted, Anchor::End));
        marks(row, y, &scale, &mut list.shapes);
    }
    Some(list)
}

/// A thin line from the lowest to the highest value of a row, and its marks.
fn marks(row: &Row, y: f32, scale: &Scale, shapes: &mut Vec<Shape>) {
    let least = row.values().fold(f64::INFINITY, f64::min);
    let most = row.values().fold(0.0, f64::max);
    if least < most {
        shapes.push(Shape::hairline((scale.x(least), y), (scale.x(most), y), Ink::Ghost));
    }
    let simulated = if row.within { Mark::Simulated } else { Mark::Missed };
    shapes.extend(row.simulated.map(|value| simulated.at(scale.x(value), y)));
    let run = |at| if at == 0 { Mark::Measured } else { Mark::Earlier };
    let measured = row.measured.iter().enumerate();
    shapes.extend(measured.map(|(at, value)| run(at).at(scale.x(*value), y)));
}

/// A scale holds a round number at least, and figures that are close to each other look close:
/// powers of ten between its ends.
const NARROWEST: f64 = 0.45;

/// A logarithmic scale.
struct Scale {
    /// Powers of ten at the ends.
    from: f64,
    to: f64,
    /// The ends in pixels.
    left: f32,
    right: f32,
}

impl Scale {
    /// A scale that holds all values above zero; none where there is none.
    fn of(rows: &[Row], left: f32, right: f32) -> Option<Scale> {
        let values = rows.iter().flat_map(Row::values);
        let shown = values.filter(|value| value.is_finite() && *value > 0.0);
        let powers: Vec<f64> = shown.map(f64::log10).collect();
        let least = powers.iter().copied().fold(f64::INFINITY, f64::min);
        let most = powers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let span = most - least;
        let room = (span * 0.04).max((NARROWEST - span) / 2.0);
        (least <= most).then_some(Scale { from: least - room, to: most + room, left, right })
    }

    fn x(&self, value: f64) -> f32 {
        let share = (value.max(1e-12).log10() - self.from) / (self.to - self.from);
        self.left + share.clamp(0.0, 1.0) as f32 * (self.right - self.left)
    }

    /// Grid lines down to `bottom`, and their numbers.
    fn draw(&self, bottom: f32, shapes: &mut Vec<Shape>) {
        for tick in log_ticks(10f64.powf(self.from), 10f64.powf(self.to)) {
            let x = self.x(tick);
            shapes.push(Shape::hairline((x, TOP - 4.0), (x, bottom), Ink::Line));
            let words = number(tick);
            // A number at the right end does not lie under its line to the last pixel.
            let x = x.min(self.right + EDGE - text::room(&words, SIZE) / 2.0);
            shapes.push(Shape::text((x, bottom + 12.0), words, SIZE, Ink::Muted, Anchor::Middle));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, measured: &[f64], simulated: Option<f64>) -> Row {
        let label = label.to_owned();
        Row { label, measured: measured.to_vec(), simulated, within: true }
    }

    type Rings = Vec<(f32, f32)>;
    type Diamonds = Vec<(f32, Ink)>;

    /// Centres of rings (with their radii) and of diamonds (with their inks).
    fn drawn(list: &List) -> (Rings, Diamonds) {
        let (mut rings, mut diamonds) = (Vec::new(), Vec::new());
        for shape in &list.shapes {
            match shape {
                Shape::Circle { x, r, .. } => rings.push((*x, *r)),
                Shape::Path { points, fill: Some(fill), .. } => {
                    diamonds.push((points[0].0, fill.ink()));
                }
                _ => {}
            }
        }
        (rings, diamonds)
    }

    #[test]
    fn every_value_has_its_mark() {
        let mut missed = row("missed", &[2.0], Some(9.0));
        missed.within = false;
        let rows = [row("two runs", &[1.0, 1.2], Some(1.1)), missed, row("memory", &[4.0], None)];
        let list = layout(&rows, 400.0).unwrap();
        let (rings, diamonds) = drawn(&list);
        assert_eq!(rings.iter().map(|ring| ring.1).collect::<Vec<_>>(), [4.0, 2.4, 4.0, 4.0]);
        assert_eq!(diamonds.iter().map(|d| d.1).collect::<Vec<_>>(), [Ink::Accent, Ink::Warning]);
        // More lies further right.
        assert!(rings[0].0 < rings[1].0 && rings[1].0 < rings[2].0 && rings[2].0 < diamonds[1].0);
        assert_eq!(list.height, TOP + 3.0 * ROW + BOTTOM);
    }

    #[test]
    fn nothing_lies_outside_of_the_picture() {
        let long = "a label that is longer than there is room for beside a scale";
        let odd = [0.0, -1.0, f64::INFINITY, 1e-5, 5.0];
        for width in [200.0, 360.0, 900.0] {
            let rows = [row(long, &odd, Some(3.0)), row("short", &[0.004], Some(80.0))];
            let list = layout(&rows, width).unwrap();
            let (rings, diamonds) = drawn(&list);
            for x in rings.iter().map(|ring| ring.0).chain(diamonds.iter().map(|d| d.0)) {
                assert!(x - 4.5 >= 0.0 && x + 4.5 <= width, "{width}: {x}");
            }
            for shape in &list.shapes {
                let Shape::Text { x, text, size, anchor, .. } = shape else { continue };
                let w = text::room(text, *size);
                let right = if *anchor == Anchor::Middle { x + w / 2.0 } else { *x };
                assert!(right - w >= -1.0 && right <= width + 1.0, "{width}: {shape:?}");
            }
        }
    }

    #[test]
    fn without_values_above_zero_there_is_no_picture() {
        assert_eq!(layout(&[], 300.0), None);
        assert_eq!(layout(&[row("none", &[0.0, f64::NAN], None)], 300.0), None);
    }

    #[test]
    fn values_lie_between_label_and_edge() {
        let scale = Scale { from: -1.0, to: 1.0, left: 100.0, right: 300.0 };
        for (value, x) in [(0.1, 100.0), (1.0, 200.0), (0.0, 100.0), (f64::INFINITY, 300.0)] {
            assert_eq!(scale.x(value), x);
        }
    }

    #[test]
    fn a_legend_has_each_mark_in_the_middle_of_its_picture() {
        for (mark, name) in Mark::ALL {
            let (rings, diamonds) = drawn(&mark.key());
            let x = rings.iter().map(|r| r.0).chain(diamonds.iter().map(|d| d.0)).next();
            assert_eq!(x, Some(6.0), "{name}");
        }
    }
}
