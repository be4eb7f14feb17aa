//! The picture of a plot: axes, curves with their marks and names, what was measured.

use super::frame::{self, Frame};
use super::{Curve, HEIGHT, Look, Plot, SIZE, Spot};
use crate::chart::{Marker, spread};
use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};

/// Height of a line of a name.
const LEADING: f32 = 15.0;

pub(super) fn plot(plot: &Plot, here: Option<Spot>) -> List {
    let frame = Frame::new(plot);
    let mut list = List { width: plot.width, height: HEIGHT, shapes: Vec::new() };
    frame.axes(plot, &mut list);
    for curve in &plot.curves {
        lines(plot, &frame, curve, &mut list);
        rings(plot, &frame, curve, &mut list);
    }
    names(plot, &frame, &mut list);
    for spot in plot.spots() {
        mark(plot, spot, here == Some(spot), &mut list);
    }
    list
}

fn ink(look: Look) -> Ink {
    match look {
        Look::Simulated(slot) => Ink::Series(slot),
        Look::Guess | Look::Drawn { .. } => Ink::Accent,
    }
}

/// A line through the points of a curve, with gaps where there are none.
fn lines(plot: &Plot, frame: &Frame, curve: &Curve, list: &mut List) {
    let stroke = match curve.look {
        Look::Simulated(_) => Stroke::solid(ink(curve.look), 2.0),
        Look::Guess | Look::Drawn { .. } => Stroke::dashed(ink(curve.look), 2.0),
    };
    let points: Vec<_> = curve.points.iter().copied().enumerate().collect();
    for run in points.split(|(_, value)| value.is_none()).filter(|run| run.len() > 1) {
        let place = |(column, value): &(usize, Option<f64>)| {
            Some((frame.x(plot, *column), frame.y(plot, (*value)?)))
        };
        list.shapes.push(Shape::line(run.iter().filter_map(place).collect(), stroke));
    }
}

/// A ring for each value that was measured.
fn rings(plot: &Plot, frame: &Frame, curve: &Curve, list: &mut List) {
    let measured = curve.measured.iter().enumerate();
    let all = measured.flat_map(|(column, runs)| runs.iter().map(move |value| (column, *value)));
    list.shapes.extend(all.map(|(column, value)| Shape::Circle {
        x: frame.x(plot, column),
        y: frame.y(plot, value),
        r: 5.5,
        fill: None,
        stroke: Some(Stroke::solid(Ink::Text, 1.5)),
    }));
}

/// The names of the curves at their ends, pushed apart where they would touch.
fn names(plot: &Plot, frame: &Frame, list: &mut List) {
    let last = |curve: &Curve| curve.points.iter().rev().flatten().next().copied();
    let ends: Vec<_> = plot
        .curves
        .iter()
        .filter_map(|curve| Some((curve, frame::end(plot, &curve.label), last(curve)?)))
        .collect();
    let wanted: Vec<_> = ends
        .iter()
        .map(|(_, lines, value)| (frame.y(plot, *value), lines.len() as f32 * LEADING))
        .collect();
    let (top, bottom) = frame.heights();
    let x = frame.ends(plot);
    for ((curve, lines, _), middle) in ends.iter().zip(spread(&wanted, top, bottom)) {
        let first = middle - (lines.len() as f32 - 1.0) * LEADING / 2.0 + SIZE * 0.35;
        list.shapes.extend(lines.iter().enumerate().map(|(at, line)| {
            let at = (x, first + at as f32 * LEADING);
            Shape::text(at, line, SIZE, ink(curve.look), Anchor::Start).bold()
        }));
    }
}

/// The mark of a point; the one that is looked at has a halo.
fn mark(plot: &Plot, spot: Spot, here: bool, list: &mut List) {
    let (Some((curve, value)), Some((x, y))) = (plot.value(spot), plot.place(spot)) else { return };
    let ink = ink(curve.look);
    if here {
        let fill = Some(Fill::Tint(ink, 35));
        list.shapes.push(Shape::Circle { x, y, r: 8.0, fill, stroke: None });
    }
    match curve.look {
        Look::Simulated(slot) => {
            list.shapes.push(Marker { slot, ink, hollow: false, radius: 4.5 }.at((x, y)));
        }
        Look::Guess => {
            let stroke = Stroke::solid(ink, 2.4);
            let arm = |dy: f32| Shape::line(vec![(x - 4.5, y - dy), (x + 4.5, y + dy)], stroke);
            list.shapes.extend([arm(4.5), arm(-4.5)]);
        }
        Look::Drawn { set } => {
            let fill = Some(Fill::Solid(if set { ink } else { Ink::Surface }));
            let stroke = Some(Stroke::solid(ink, 2.5));
            list.shapes.push(Shape::Circle { x, y, r: 7.0, fill, stroke });
            let words = plot.scale.words(value);
            let above = (x, y - 15.0);
            list.shapes.push(Shape::text(above, words, SIZE, Ink::Text, Anchor::Middle).bold());
        }
    }
}
