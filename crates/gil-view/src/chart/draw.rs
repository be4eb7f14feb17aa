//! From a chart to shapes.

use gil_words::quantity;

use super::labels;
use super::marker::Marker;
use super::scale::Ruler;
use super::{Chart, Range, Scale, Series, Style, Unit};
use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use crate::text;

const TITLE_SIZE: f32 = 15.0;
const LABEL_SIZE: f32 = 12.0;
const TICK_SIZE: f32 = 11.0;
/// Height of a line of text, in font sizes.
const LEADING: f32 = 1.3;
const EDGE: f32 = 8.0;
/// From the end of a line to its label: a gap, the mark that stands for it, a gap.
const KEY_GAP: f32 = 10.0;
const KEY_WIDTH: f32 = 14.0;
/// Below this width lines count more than their names.
const NARROW: f32 = 480.0;
/// Half the width of the cap at the end of a range.
const CAP: f32 = 3.0;
/// Marks on a line nearer than this would hide it.
const MARK_DISTANCE: f32 = 9.0;

/// Where things lie: the plotting area and the margins around it.
pub(super) struct Frame {
    x: Ruler,
    y: Ruler,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    title: Vec<String>,
    ends: Vec<End>,
}

/// The label at the end of a line.
struct End {
    series: usize,
    lines: Vec<String>,
    /// The last point of the line.
    at: (f64, f64),
}

impl End {
    fn height(&self) -> f32 {
        (self.lines.len() as f32 * LEADING * LABEL_SIZE) + 2.0
    }
}

impl Frame {
    pub fn new(chart: &Chart) -> Frame {
        let title = text::wrap(&chart.title, TITLE_SIZE * text::BOLD, chart.width - 2.0 * EDGE, 3);
        let mut top = EDGE + title.len() as f32 * TITLE_SIZE * LEADING;
        top += if chart.y.label.is_empty() { 8.0 } else { 2.0 * LABEL_SIZE + 6.0 };
        let below = TICK_SIZE + if chart.x.label.is_empty() { 8.0 } else { LABEL_SIZE + 14.0 };
        let bottom = (chart.height - below - EDGE).max(top + 1.0);
        let room = |length: f32, each: f32| (length / each).max(2.0) as usize;
        let values = |of: fn((f64, f64)) -> f64| {
            let series = 0..chart.series.len();
            series.flat_map(|s| chart.shown(s)).map(move |(_, point)| of(point))
        };
        let ranges = (0..chart.series.len()).flat_map(|series| chart.ranges(series));
        let reach = ranges.flat_map(|range| [range.low, range.high]);
        let y = Ruler::new(
            &chart.y,
            values(|p| p.1).chain(reach),
            room(bottom - top, if chart.y.scale == Scale::Linear { 44.0 } else { 32.0 }),
            true,
        );
        let width = |(_, label): (f64, String)| text::room(&label, TICK_SIZE);
        let left = EDGE + y.ticks().map(width).fold(12.0, f32::max) + 8.0;
        let (ends, margin) = ends(chart);
        let right = (chart.width - margin).max(left + 1.0);
        // A time needs more room than a number of threads.
        let each = match chart.x.unit {
            Unit::Time | Unit::Bytes => 52.0,
            _ => 38.0,
        };
        let x = Ruler::new(&chart.x, values(|p| p.0), room(right - left, each), false);
        Frame { x, y, left, top, right, bottom, title, ends }
    }

    /// Where a value lies, in logical pixels.
    pub fn place(&self, (x, y): (f64, f64)) -> (f32, f32) {
        (self.across(self.x.position(x)), self.up(self.y.position(y)))
    }

    /// The place of a share of the horizontal axis.
    fn across(&self, share: f64) -> f32 {
        self.left + share as f32 * (self.right - self.left)
    }

    /// The place of a share of the vertical axis.
    fn up(&self, share: f64) -> f32 {
        self.bottom + share as f32 * (self.top - self.bottom)
    }
}

/// The labels of all lines and the margin that they need.
fn ends(chart: &Chart) -> (Vec<End>, f32) {
    let (part, most) = if chart.width < NARROW { (0.29, 3) } else { (0.32, 2) };
    let widest = chart.width * part - KEY_GAP - KEY_WIDTH;
    let mut ghost_named = false;
    let mut ends = Vec::new();
    for (index, series) in chart.series.iter().enumerate() {
        let Some((_, at)) = chart.shown(index).next_back() else { continue };
        // One word for all ghosts: their own names stand at the lines that replaced them.
        if series.ghost && std::mem::replace(&mut ghost_named, true) {
            continue;
        }
        let name = if series.ghost { "before" } else { &series.name };
        let lines = text::wrap(name, LABEL_SIZE, widest, most);
        if !lines.is_empty() {
            ends.push(End { series: index, lines, at });
        }
    }
    let lines = ends.iter().flat_map(|end| &end.lines);
    let width = lines.map(|line| text::room(line, LABEL_SIZE)).fold(0.0, f32::max);
    let margin = if ends.is_empty() { 2.0 * EDGE } else { width + KEY_GAP + KEY_WIDTH + 4.0 };
    (ends, margin)
}

/// Draws a chart.
pub(super) fn chart(chart: &Chart) -> List {
    let frame = Frame::new(chart);
    let mut list = List { width: chart.width, height: chart.height, shapes: Vec::new() };
    let shapes = &mut list.shapes;
    titles(chart, &frame, shapes);
    axes(&frame, shapes);
    let mut order: Vec<usize> = (0..chart.series.len()).collect();
    order.sort_by_key(|index| layer(&chart.series[*index]));
    shapes.extend(order.iter().filter_map(|index| line(chart, *index, &frame)));
    for index in order {
        whiskers(chart, index, &frame, shapes);
        marks(chart, index, &frame, shapes);
    }
    end_labels(chart, &frame, shapes);
    if chart.points().is_empty() {
        let middle = ((frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0);
        shapes.push(beside(middle, "No points yet", LABEL_SIZE, Ink::Muted, Anchor::Middle));
    }
    focus(chart, &frame, &mut list);
    list
}

/// A text whose middle is at the height of a point.
fn beside((x, y): (f32, f32), text: &str, size: f32, ink: Ink, anchor: Anchor) -> Shape {
    // Capitals and digits are about 0.7 of the font size high.
    Shape::text((x, y + size * 0.35), text, size, ink, anchor)
}

/// What lies over what: ghosts below, the ideal, lines, measured marks on top.
fn layer(series: &Series) -> u8 {
    match series.style {
        _ if series.ghost => 0,
        Style::Dotted => 1,
        Style::Solid => 2,
        Style::Marks => 3,
    }
}

fn ink(series: &Series) -> Ink {
    match series.style {
        _ if series.ghost => Ink::Ghost,
        Style::Dotted => Ink::Muted,
        Style::Solid | Style::Marks => Ink::Series(series.slot),
    }
}

fn titles(chart: &Chart, frame: &Frame, shapes: &mut Vec<Shape>) {
    for (i, line) in frame.title.iter().enumerate() {
        let y = EDGE + TITLE_SIZE * (i as f32 * LEADING + 0.85);
        shapes.push(Shape::text((EDGE, y), line, TITLE_SIZE, Ink::Text, Anchor::Start).bold());
    }
    let mut label = |at: (f32, f32), label: &str, anchor: Anchor| {
        if !label.is_empty() {
            shapes.push(Shape::text(at, label, LABEL_SIZE, Ink::Muted, anchor));
        }
    };
    label((EDGE, frame.top - LABEL_SIZE * 0.15 - 10.0), &chart.y.label, Anchor::Start);
    let below = chart.height - EDGE - LABEL_SIZE * 0.2;
    label(((frame.left + frame.right) / 2.0, below), &chart.x.label, Anchor::Middle);
}

/// Grid lines with their numbers, and the base line.
fn axes(frame: &Frame, shapes: &mut Vec<Shape>) {
    let Frame { left, top, right, bottom, .. } = *frame;
    for (share, label) in frame.x.ticks() {
        let x = frame.across(share);
        shapes.push(Shape::hairline((x, top), (x, bottom), Ink::Line));
        let at = (x, bottom + 6.0 + TICK_SIZE * 0.85);
        shapes.push(Shape::text(at, label, TICK_SIZE, Ink::Muted, Anchor::Middle));
    }
    for (share, label) in frame.y.ticks() {
        let y = frame.up(share);
        shapes.push(Shape::hairline((left, y), (right, y), Ink::Line));
        shapes.push(beside((left - 6.0, y), &label, TICK_SIZE, Ink::Muted, Anchor::End));
    }
    shapes.push(Shape::hairline((left, bottom), (right, bottom), Ink::Muted));
}

fn line(chart: &Chart, index: usize, frame: &Frame) -> Option<Shape> {
    let series = &chart.series[index];
    let stroke = match series.style {
        Style::Marks => return None,
        Style::Dotted => Stroke::dashed(ink(series), 1.5),
        Style::Solid if series.ghost => Stroke::solid(ink(series), 1.5),
        Style::Solid => Stroke::solid(ink(series), 2.0),
    };
    let points: Vec<_> = chart.shown(index).map(|(_, point)| frame.place(point)).collect();
    (points.len() > 1).then(|| Shape::line(points, stroke))
}

fn marker(series: &Series) -> Option<Marker> {
    let (hollow, radius) = match series.style {
        Style::Dotted => return None,
        Style::Solid if series.ghost => (false, 2.5),
        Style::Solid => (false, 4.0),
        Style::Marks => (true, 4.5),
    };
    Some(Marker { slot: series.slot, ink: ink(series), hollow, radius })
}

fn marks(chart: &Chart, index: usize, frame: &Frame, shapes: &mut Vec<Shape>) {
    let series = &chart.series[index];
    let Some(marker) = marker(series) else { return };
    let places: Vec<_> = chart.shown(index).map(|(_, point)| frame.place(point)).collect();
    let dense = places.windows(2).any(|pair| (pair[1].0 - pair[0].0).abs() < MARK_DISTANCE);
    let first = if dense && series.style == Style::Solid { places.len() - 1 } else { 0 };
    shapes.extend(places[first..].iter().map(|place| marker.at(*place)));
}

/// A thin line over the range of each point, with a cap at both ends.
fn whiskers(chart: &Chart, index: usize, frame: &Frame, shapes: &mut Vec<Shape>) {
    let ink = ink(&chart.series[index]);
    for range in chart.ranges(index) {
        let (x, low) = frame.place((range.x, range.low));
        let (_, high) = frame.place((range.x, range.high));
        shapes.push(Shape::hairline((x, low), (x, high), ink));
        shapes.extend([low, high].map(|y| Shape::hairline((x - CAP, y), (x + CAP, y), ink)));
    }
}

fn end_labels(chart: &Chart, frame: &Frame, shapes: &mut Vec<Shape>) {
    let wanted: Vec<_> =
        frame.ends.iter().map(|end| (frame.place(end.at).1, end.height())).collect();
    let middles = labels::spread(&wanted, frame.top - 8.0, frame.bottom + 8.0);
    for (end, middle) in frame.ends.iter().zip(middles) {
        end_label(&chart.series[end.series], end, middle, frame, shapes);
    }
}

fn end_label(series: &Series, end: &End, middle: f32, frame: &Frame, shapes: &mut Vec<Shape>) {
    let key = frame.right + KEY_GAP + KEY_WIDTH / 2.0 - 2.0;
    let from = frame.place(end.at);
    // A line that ends early, or whose label was pushed away, is led to it.
    if frame.right - from.0 > 1.0 || (from.1 - middle).abs() > 6.0 {
        let to = (frame.right + KEY_GAP - 5.0, middle);
        let path = vec![(from.0 + 6.0, from.1), (frame.right + 1.0, from.1), to];
        shapes.push(Shape::line(path, Stroke::dashed(Ink::Ghost, 1.0)));
    }
    shapes.push(match marker(series) {
        Some(marker) => marker.at((key, middle)),
        None => {
            let half = KEY_WIDTH / 2.0 - 1.0;
            let ends = vec![(key - half, middle), (key + half, middle)];
            Shape::line(ends, Stroke::dashed(ink(series), 1.5))
        }
    });
    // The ghost's own ink is too faint to be read.
    let ink = if series.ghost { Ink::Muted } else { ink(series) };
    let leading = LABEL_SIZE * LEADING;
    let first = middle - (end.lines.len() - 1) as f32 * leading / 2.0;
    let x = frame.right + KEY_GAP + KEY_WIDTH;
    shapes.extend(end.lines.iter().enumerate().map(|(i, line)| {
        beside((x, first + i as f32 * leading), line, LABEL_SIZE, ink, Anchor::Start)
    }));
}

/// A ring around the focused point, a line down to the axis and a card with its values.
fn focus(chart: &Chart, frame: &Frame, list: &mut List) {
    let Some((index, point)) = chart.focused() else { return };
    let series = &chart.series[index];
    let at = frame.place(point);
    let accent = Stroke::solid(Ink::Accent, 2.0);
    let down = vec![(at.0, at.1 + 8.0), (at.0, frame.bottom.max(at.1 + 8.0))];
    list.shapes.push(Shape::line(down, Stroke::dashed(Ink::Accent, 1.0)));
    list.shapes.push(Shape::Circle { x: at.0, y: at.1, r: 8.0, fill: None, stroke: Some(accent) });
    let name = if series.ghost { format!("{}, before", series.name) } else { series.name.clone() };
    let value = |label: &str, value: String| match label {
        "" => value,
        label => format!("{label}: {value}"),
    };
    let mut lines = vec![
        name,
        value(&chart.x.label, quantity(chart.x.unit, point.0)),
        value(&chart.y.label, quantity(chart.y.unit, point.1)),
    ];
    let range = chart.ranges(index).find(|range| range.x == point.0);
    lines.extend(range.map(|Range { low, high, runs, .. }| {
        let [low, high] = [low, high].map(|end| quantity(chart.y.unit, end));
        format!("{low} to {high} in {runs} seeds")
    }));
    card(&lines, at, frame.right, list);
}

/// A card of text at a point, clear of the labels at the right, above where there is room.
fn card(lines: &[String], (x, y): (f32, f32), right: f32, list: &mut List) {
    let bold = |i| i == 0;
    let width = |(i, line): (usize, &String)| {
        text::room(line, LABEL_SIZE) * if bold(i) { text::BOLD } else { 1.0 }
    };
    let w = lines.iter().enumerate().map(width).fold(0.0, f32::max) + 16.0;
    let leading = LABEL_SIZE * 1.35;
    let h = lines.len() as f32 * leading + 12.0;
    let left = (x - w / 2.0).min(right - w).max(2.0);
    let above = y - 14.0 - h;
    let top = if above >= 2.0 { above } else { y + 14.0 };
    list.shapes.push(Shape::Rect {
        x: left,
        y: top,
        w,
        h,
        radius: 4.0,
        fill: Some(Fill::Solid(Ink::Raised)),
        stroke: Some(Stroke::solid(Ink::Line, 1.0)),
    });
    for (i, line) in lines.iter().enumerate() {
        let at = (left + 8.0, top + 6.0 + LABEL_SIZE + i as f32 * leading);
        let text = Shape::text(at, line, LABEL_SIZE, Ink::Text, Anchor::Start);
        list.shapes.push(if bold(i) { text.bold() } else { text });
    }
}
