//! From a chart to shapes.

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::PathElement;
use plotters::series::LineSeries;
use plotters::style::{Color, FontFamily, FontStyle, IntoFont, ShapeStyle, TRANSPARENT, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use gil_words::quantity;

use super::backend::{Backend, Pen, units};
use super::labels;
use super::marker::{self, Marker};
use super::scale::Ruler;
use super::{Chart, Range, Scale, Series, Style, Unit};
use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use crate::text;

pub(super) type Drawn = Result<(), DrawingAreaErrorKind<std::convert::Infallible>>;
type Root<'a> = DrawingArea<Backend<'a>, Shift>;
type Context<'a, 'b> = ChartContext<'b, Backend<'a>, Cartesian2d<Ruler, Ruler>>;

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
        let width = |label: String| text::width(&label, TICK_SIZE);
        let left = EDGE + y.labels().map(width).fold(12.0, f32::max) + 8.0;
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
        let (across, up) = (self.x.position(x) as f32, self.y.position(y) as f32);
        let x = self.left + across * (self.right - self.left);
        (x, self.bottom + up * (self.top - self.bottom))
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
    let width = lines.map(|line| text::width(line, LABEL_SIZE)).fold(0.0, f32::max);
    let margin = if ends.is_empty() { 2.0 * EDGE } else { width + KEY_GAP + KEY_WIDTH + 4.0 };
    (ends, margin)
}

/// Draws a chart.
pub(super) fn chart(chart: &Chart) -> List {
    let mut list = List { width: chart.width, height: chart.height, shapes: Vec::new() };
    let frame = Frame::new(chart);
    let drawn = plot(chart, &frame, &mut list);
    // The backend cannot fail and nothing else borrows it.
    debug_assert!(drawn.is_ok(), "{drawn:?}");
    focus(chart, &frame, &mut list);
    list
}

fn plot(chart: &Chart, frame: &Frame, list: &mut List) -> Drawn {
    let root = Backend::new(list).into_drawing_area();
    titles(chart, frame, &root)?;
    let mut context = axes(chart, frame, &root)?;
    let mut order: Vec<usize> = (0..chart.series.len()).collect();
    order.sort_by_key(|index| layer(&chart.series[*index]));
    for index in &order {
        line(chart, *index, &mut context)?;
    }
    for index in &order {
        whiskers(chart, *index, frame, &root)?;
        marks(chart, *index, frame, &root)?;
    }
    end_labels(chart, frame, &root)?;
    if chart.points().is_empty() {
        let middle = ((frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0);
        let at = Pos::new(HPos::Center, VPos::Center);
        text(&root, "No points yet", middle, &style(LABEL_SIZE, Ink::Muted).pos(at))?;
    }
    Ok(())
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

fn style(size: f32, ink: Ink) -> TextStyle<'static> {
    font(size, ink, FontStyle::Normal)
}

fn font(size: f32, ink: Ink, style: FontStyle) -> TextStyle<'static> {
    let size = f64::from(size * super::backend::SCALE);
    TextStyle {
        font: (FontFamily::SansSerif, size, style).into_font(),
        color: Pen::solid(ink).code().to_backend_color(),
        pos: Pos::default(),
    }
}

fn stroke(pen: Pen, width: f32) -> ShapeStyle {
    ShapeStyle::from(&pen.code()).stroke_width(units(width) as u32)
}

fn text(root: &Root<'_>, text: &str, (x, y): (f32, f32), style: &TextStyle<'_>) -> Drawn {
    root.draw_text(text, style, (units(x), units(y)))
}

fn titles(chart: &Chart, frame: &Frame, root: &Root<'_>) -> Drawn {
    let bold = font(TITLE_SIZE, Ink::Text, FontStyle::Bold);
    for (i, line) in frame.title.iter().enumerate() {
        text(root, line, (EDGE, EDGE + i as f32 * TITLE_SIZE * LEADING), &bold)?;
    }
    let muted = style(LABEL_SIZE, Ink::Muted);
    text(root, &chart.y.label, (EDGE, frame.top - LABEL_SIZE - 10.0), &muted)?;
    let below = ((frame.left + frame.right) / 2.0, chart.height - EDGE);
    text(root, &chart.x.label, below, &muted.pos(Pos::new(HPos::Center, VPos::Bottom)))
}

fn axes<'a, 'b>(
    chart: &Chart,
    frame: &Frame,
    root: &Root<'a>,
) -> Result<Context<'a, 'b>, DrawingAreaErrorKind<std::convert::Infallible>> {
    // Rectangles first, so that the plotting area is exactly the frame's.
    let mut context = ChartBuilder::on(root)
        .margin_top(units(frame.top))
        .margin_right(units(chart.width - frame.right))
        .x_label_area_size(units(chart.height - frame.bottom))
        .y_label_area_size(units(frame.left))
        .build_cartesian_2d(frame.x.clone(), frame.y.clone())?;
    context
        .configure_mesh()
        .bold_line_style(stroke(Pen::solid(Ink::Line), 1.0))
        // The base line is drawn below; without any axis plotters would leave out the labels too.
        .axis_style(TRANSPARENT)
        .label_style(style(TICK_SIZE, Ink::Muted))
        .set_all_tick_mark_size(units(3.0))
        .draw()?;
    let (bottom, left, right) = (units(frame.bottom), units(frame.left), units(frame.right));
    let base = vec![(left, bottom), (right, bottom)];
    root.draw(&PathElement::new(base, stroke(Pen::solid(Ink::Muted), 1.0)))?;
    Ok(context)
}

fn line(chart: &Chart, index: usize, context: &mut Context<'_, '_>) -> Drawn {
    let series = &chart.series[index];
    let pen = match series.style {
        Style::Marks => return Ok(()),
        Style::Dotted => stroke(Pen::dashed(ink(series)), 1.5),
        Style::Solid if series.ghost => stroke(Pen::solid(ink(series)), 1.5),
        Style::Solid => stroke(Pen::solid(ink(series)), 2.0),
    };
    let points = chart.shown(index).map(|(_, point)| point);
    context.draw_series(LineSeries::new(points, pen))?;
    Ok(())
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

fn marks(chart: &Chart, index: usize, frame: &Frame, root: &Root<'_>) -> Drawn {
    let series = &chart.series[index];
    let Some(marker) = marker(series) else { return Ok(()) };
    let places: Vec<_> = chart.shown(index).map(|(_, point)| frame.place(point)).collect();
    let dense = places.windows(2).any(|pair| (pair[1].0 - pair[0].0).abs() < MARK_DISTANCE);
    let first = if dense && series.style == Style::Solid { places.len() - 1 } else { 0 };
    for (x, y) in &places[first..] {
        marker::draw(root, marker, (units(*x), units(*y)))?;
    }
    Ok(())
}

/// A thin line over the range of each point, with a cap at both ends.
fn whiskers(chart: &Chart, index: usize, frame: &Frame, root: &Root<'_>) -> Drawn {
    let pen = stroke(Pen::solid(ink(&chart.series[index])), 1.0);
    let path = |points: &[(f32, f32)]| {
        let points: Vec<_> = points.iter().map(|(x, y)| (units(*x), units(*y))).collect();
        root.draw(&PathElement::new(points, pen))
    };
    for range in chart.ranges(index) {
        let (x, low) = frame.place((range.x, range.low));
        let (_, high) = frame.place((range.x, range.high));
        path(&[(x, low), (x, high)])?;
        path(&[(x - CAP, low), (x + CAP, low)])?;
        path(&[(x - CAP, high), (x + CAP, high)])?;
    }
    Ok(())
}

fn end_labels(chart: &Chart, frame: &Frame, root: &Root<'_>) -> Drawn {
    let wanted: Vec<_> =
        frame.ends.iter().map(|end| (frame.place(end.at).1, end.height())).collect();
    let middles = labels::spread(&wanted, frame.top - 8.0, frame.bottom + 8.0);
    for (end, middle) in frame.ends.iter().zip(middles) {
        end_label(&chart.series[end.series], end, middle, frame, root)?;
    }
    Ok(())
}

fn end_label(series: &Series, end: &End, middle: f32, frame: &Frame, root: &Root<'_>) -> Drawn {
    let key = frame.right + KEY_GAP + KEY_WIDTH / 2.0 - 2.0;
    let from = frame.place(end.at);
    // A line that ends early, or whose label was pushed away, is led to it.
    if frame.right - from.0 > 1.0 || (from.1 - middle).abs() > 6.0 {
        let to = (units(frame.right + KEY_GAP - 5.0), units(middle));
        let elbow = (units(frame.right + 1.0), units(from.1));
        let path = vec![(units(from.0 + 6.0), units(from.1)), elbow, to];
        root.draw(&PathElement::new(path, stroke(Pen::dashed(Ink::Ghost), 1.0)))?;
    }
    match marker(series) {
        Some(marker) => marker::draw(root, marker, (units(key), units(middle)))?,
        None => {
            let half = KEY_WIDTH / 2.0 - 1.0;
            let ends = vec![(units(key - half), units(middle)), (units(key + half), units(middle))];
            root.draw(&PathElement::new(ends, stroke(Pen::dashed(ink(series)), 1.5)))?;
        }
    }
    let at = Pos::new(HPos::Left, VPos::Center);
    // The ghost's own ink is too faint to be read.
    let ink = if series.ghost { Ink::Muted } else { ink(series) };
    let style = style(LABEL_SIZE, ink).pos(at);
    let leading = LABEL_SIZE * LEADING;
    let first = middle - (end.lines.len() - 1) as f32 * leading / 2.0;
    for (i, line) in end.lines.iter().enumerate() {
        let x = frame.right + KEY_GAP + KEY_WIDTH;
        text(root, line, (x, first + i as f32 * leading), &style)?;
    }
    Ok(())
}

/// A ring around the focused point, a line down to the axis and a card with its values.
fn focus(chart: &Chart, frame: &Frame, list: &mut List) {
    let Some((index, point)) = chart.focused() else { return };
    let series = &chart.series[index];
    let at = frame.place(point);
    let accent = Stroke { ink: Ink::Accent, width: 2.0, dashed: false };
    list.shapes.push(Shape::Path {
        points: vec![(at.0, at.1 + 8.0), (at.0, frame.bottom.max(at.1 + 8.0))],
        fill: None,
        stroke: Some(Stroke { width: 1.0, dashed: true, ..accent }),
    });
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
        text::width(line, LABEL_SIZE) * if bold(i) { text::BOLD } else { 1.0 }
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
        stroke: Some(Stroke { ink: Ink::Line, width: 1.0, dashed: false }),
    });
    for (i, line) in lines.iter().enumerate() {
        list.shapes.push(Shape::Text {
            x: left + 8.0,
            y: top + 6.0 + LABEL_SIZE + i as f32 * leading,
            text: line.clone(),
            size: LABEL_SIZE,
            ink: Ink::Text,
            anchor: Anchor::Start,
            bold: bold(i),
            mono: false,
        });
    }
}
