//! From lanes to shapes.

use std::ops::Range;

use gil_sim::{EventId, EventKind, InterpreterId, Nanos, Trace};

use super::columns::{Grid, Stacks, Stretch};
use super::look::{self, Look, Occupant, look, occupant, thread_ink};
use super::rows::{self, Lane, Row, Rows};
use super::track::{Key, NOBODY, Piece, Track};
use super::{Timeline, View};
use crate::axis::{Ticks, TimeScale, ticks};
use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use crate::text::{self, ellipsised};

/// Font size on the axis and in labels of times.
pub(super) const AXIS_SIZE: f32 = 11.0;

/// Everything that a change of playhead, hover or selection leaves as it is.
pub(super) fn base(timeline: &Timeline, trace: &Trace, view: &View) -> List {
    let scale = timeline.scale(trace, view);
    let rows = Rows::new(trace, view.width, view.cores);
    let mut list = List { width: view.width, height: rows.height, shapes: Vec::new() };
    axis(&mut list, &scale, &rows);
    separators(&mut list, &rows);
    for row in &rows.rows {
        name(&mut list, trace, row, scale.left());
    }
    list.shapes.push(plot_clip(&scale, &rows));
    let grid = Grid::new(scale, view.column);
    for row in &rows.rows {
        let track = timeline.track(row.lane);
        Painter { list: &mut list, trace, grid: &grid, row, track, period: view.period }
            .lane(timeline);
    }
    list.shapes.push(Shape::EndClip);
    ended(&mut list, trace, &scale, &rows);
    list
}

/// What lies behind the end of the run, where the axis goes on for another one.
fn ended(list: &mut List, trace: &Trace, scale: &TimeScale, rows: &Rows) {
    let (left, right) = (scale.x_of(trace.end).max(scale.left()), scale.right());
    if scale.end() <= trace.end || left >= right {
        return;
    }
    let top = rows::axis_height(list.width);
    let (width, height) = (right - left, rows.height - top);
    list.shapes.push(rect(left, top, width, height, Fill::Tint(Ink::Muted, 12)));
    list.shapes.push(line((left, top), (left, rows.height), Ink::Muted, 1.0));
    let text = format!("ended at {}", trace.end);
    if text::width(&text, AXIS_SIZE, true) + 16.0 < width {
        list.shapes.push(label(left + 8.0, top + 16.0, text, Ink::Muted, Anchor::Start));
    }
}

pub(super) fn plot_clip(scale: &TimeScale, rows: &Rows) -> Shape {
    Shape::Clip { x: scale.left(), y: 0.0, w: scale.width(), h: rows.height }
}

pub(super) fn line(from: (f32, f32), to: (f32, f32), ink: Ink, width: f32) -> Shape {
    let stroke = Some(Stroke { ink, width, dashed: false });
    Shape::Path { points: vec![from, to], fill: None, stroke }
}

pub(super) fn rect(x: f32, y: f32, w: f32, h: f32, fill: Fill) -> Shape {
    Shape::Rect { x, y, w, h, radius: 0.0, fill: Some(fill), stroke: None }
}

fn axis(list: &mut List, scale: &TimeScale, rows: &Rows) {
    let Ticks { major, minor, .. } = ticks(scale, AXIS_SIZE);
    let bottom = rows::axis_height(list.width);
    // Lines on whole pixels plus a half are crisp.
    let crisp = |at| scale.x_of(at).floor() + 0.5;
    for at in minor {
        list.shapes.push(line((crisp(at), bottom - 4.0), (crisp(at), bottom), Ink::Line, 1.0));
    }
    let (left, right) = (scale.left(), scale.right());
    for tick in major {
        let x = crisp(tick.at);
        list.shapes.push(line((x, bottom - 7.0), (x, rows.height), Ink::Line, 1.0));
        let half = text::width(&tick.label, AXIS_SIZE, true) / 2.0;
        if x + half <= right.max(list.width) && x - half >= 0.0 {
            list.shapes.push(label(x, bottom - 12.0, tick.label, Ink::Muted, Anchor::Middle));
        }
    }
    list.shapes.push(line((left, bottom + 0.5), (right, bottom + 0.5), Ink::Line, 1.0));
}

/// A time, in tabular figures.
pub(super) fn label(x: f32, y: f32, text: String, ink: Ink, anchor: Anchor) -> Shape {
    Shape::Text { x, y, text, size: AXIS_SIZE, ink, anchor, bold: false, mono: true }
}

fn separators(list: &mut List, rows: &Rows) {
    let (from, to) = (8.0, list.width);
    for y in &rows.thin_lines {
        let stroke = Some(Stroke { ink: Ink::Line, width: 1.0, dashed: true });
        list.shapes.push(Shape::Path { points: vec![(from, *y), (to, *y)], fill: None, stroke });
    }
    for y in &rows.strong_lines {
        list.shapes.push(line((from, *y), (to, *y), Ink::Line, 1.0));
    }
}

fn name(list: &mut List, trace: &Trace, row: &Row, gutter: f32) {
    let size = rows::name_size(list.width);
    let middle = row.bar_y + row.bar_height / 2.0;
    let (text, swatch, bold) = match row.lane {
        Lane::Gil(InterpreterId::MAIN) => ("GIL".to_owned(), Some(Ink::Key), true),
        Lane::Gil(gil) => (format!("GIL {}", gil.0), Some(Ink::Key), true),
        Lane::Thread(thread) => (trace.name(thread).to_owned(), Some(thread_ink(thread)), false),
        Lane::Core(core) => (format!("core {}", core.0), None, false),
    };
    if let Some(ink) = swatch {
        list.shapes.push(Shape::Rect {
            x: 8.0,
            y: middle - rows::SWATCH / 2.0,
            w: rows::SWATCH,
            h: rows::SWATCH,
            radius: 2.0,
            fill: Some(Fill::Solid(ink)),
            stroke: None,
        });
    }
    let ink = if swatch.is_some() { Ink::Text } else { Ink::Muted };
    list.shapes.push(Shape::Text {
        x: rows::NAME_X,
        y: middle + size * 0.36,
        text: ellipsised(&text, size, gutter - rows::NAME_X - 6.0, false),
        size,
        ink,
        anchor: Anchor::Start,
        bold,
        mono: false,
    });
}

/// Draws one lane.
struct Painter<'a> {
    list: &'a mut List,
    trace: &'a Trace,
    grid: &'a Grid,
    row: &'a Row,
    track: &'a Track,
    period: Option<Nanos>,
}

/// How much of a bar is veiled where a change is uncertain, in percent.
const VEIL: u8 = 62;

impl Painter<'_> {
    fn lane(&mut self, timeline: &Timeline) {
        if !matches!(self.row.lane, Lane::Thread(_)) {
            self.floor();
        }
        for run in self.grid.runs(self.track) {
            match run {
                Stretch::Plain { columns, pieces } => self.plain(columns, pieces),
                Stretch::Dense { columns } => self.dense(columns),
            }
        }
        if let Lane::Thread(thread) = self.row.lane {
            for mark in MARKS {
                self.marks(mark, timeline.marked(thread, mark), timeline.most_marked(mark));
            }
        }
    }

    /// What an idle core and a GIL without a holder leave to be seen.
    fn floor(&mut self) {
        let (left, right) = (self.grid.scale.left(), self.grid.scale.right());
        let y = self.row.base() - 0.5;
        self.list.shapes.push(line((left, y), (right, y), Ink::Line, 1.0));
    }

    fn look(&self, key: Key) -> Option<Look> {
        look(occupant(self.row.lane, key), self.row.bar_height)
    }

    fn plain(&mut self, columns: Range<usize>, pieces: Range<usize>) {
        let (left, right) = (self.grid.x(columns.start), self.grid.x(columns.end));
        for piece in pieces.map(|i| self.track.piece(i)) {
            let from = self.grid.scale.x_of(piece.start).max(left);
            let to = self.grid.scale.x_of(piece.end).min(right);
            if from < to
                && let Some(look) = self.look(piece.key)
            {
                self.bar(from, to, look);
                self.bar_name(from, to, piece);
                self.uncertain(from, left, piece);
            }
        }
    }

    /// Where a sampled recording changes from one state to another: somewhere between two samples.
    fn uncertain(&mut self, from: f32, left: f32, piece: Piece) {
        let Some(period) = self.period.filter(|_| !piece.start.is_zero()) else { return };
        let width = self.grid.scale.pixels(period);
        // A border that is narrower is as good as a line.
        if width < 2.0 || self.grid.scale.x_of(piece.start) < left {
            return;
        }
        let (x, row) = (from - width / 2.0, self.row);
        let veil = Fill::Tint(Ink::Surface, VEIL);
        self.list.shapes.push(rect(x, row.bar_y, width, row.bar_height, veil));
    }

    fn bar(&mut self, from: f32, to: f32, look: Look) {
        let base = self.row.base();
        if look.dashed {
            let y = base - look.height / 2.0;
            let stroke = Stroke { ink: look.fill.ink(), width: look.height, dashed: true };
            let points = vec![(from, y), (to, y)];
            self.list.shapes.push(Shape::Path { points, fill: None, stroke: Some(stroke) });
        } else {
            self.list.shapes.push(rect(
                from,
                base - look.height,
                to - from,
                look.height,
                look.fill,
            ));
        }
    }

    /// A strong edge where a thread comes on, and its name where there is room.
    fn bar_name(&mut self, from: f32, to: f32, piece: Piece) {
        let Occupant::Thread(thread) = occupant(self.row.lane, piece.key) else { return };
        if self.grid.scale.x_of(piece.start) >= from && to - from > 3.0 {
            let fill = Fill::Solid(thread_ink(thread));
            self.list.shapes.push(rect(from, self.row.bar_y, 2.0, self.row.bar_height, fill));
        }
        let size = rows::name_size(self.list.width) - 1.0;
        let name = self.trace.name(thread);
        if text::width(name, size, false) + 11.0 > to - from {
            return;
        }
        self.list.shapes.push(Shape::Text {
            x: from + 6.0,
            y: self.row.bar_y + self.row.bar_height / 2.0 + size * 0.36,
            text: name.to_owned(),
            size,
            ink: Ink::Text,
            anchor: Anchor::Start,
            bold: false,
            mono: false,
        });
    }

    fn dense(&mut self, columns: Range<usize>) {
        let lane = self.row.lane;
        let mut keys: Vec<(Key, f32)> = self
            .track
            .keys()
            .filter(|key| *key != NOBODY)
            .filter_map(|key| Some((key, self.look(key)?.height)))
            .collect();
        keys.sort_by_key(|(key, _)| look::rank(occupant(lane, *key)));
        let (track, grid) = (self.track, self.grid);
        let stacks = Stacks::new(track, grid, columns.clone(), keys, self.row.bar_height);
        for (key, edges) in stacks.keys.iter().zip(&stacks.edges) {
            if let Some(look) = self.look(*key) {
                self.band(columns.start, edges, look.fill);
            }
        }
    }

    /// One occupant in neighbouring columns as one outline, which has no height where it is
    /// absent: few shapes, whatever the trace.
    fn band(&mut self, first: usize, edges: &[(f32, f32)], fill: Fill) {
        let Some(from) = edges.iter().position(is_present) else { return };
        let to = edges.iter().rposition(is_present).map_or(from, |last| last + 1);
        let shape = self.outline(first + from, &edges[from..to], fill);
        self.list.shapes.push(shape);
    }

    fn outline(&self, first: usize, edges: &[(f32, f32)], fill: Fill) -> Shape {
        let base = self.row.base();
        let (left, right) = (self.grid.x(first), self.grid.x(first + edges.len()));
        if edges.iter().all(|edge| *edge == edges[0]) {
            let (bottom, top) = edges[0];
            return rect(left, base - top, right - left, top - bottom, fill);
        }
        let steps = |edge: fn(&(f32, f32)) -> f32| {
            let mut points: Vec<(f32, f32)> = Vec::new();
            for (i, pair) in edges.iter().enumerate() {
                let (x, y) = (self.grid.x(first + i), base - edge(pair));
                match points.last().copied() {
                    Some((_, before)) if before == y => {}
                    Some((_, before)) => points.extend([(x, before), (x, y)]),
                    None => points.push((x, y)),
                }
            }
            let y = points[points.len() - 1].1;
            points.push((right, y));
            points
        };
        let mut points = steps(|(_, top)| *top);
        points.extend(steps(|(bottom, _)| *bottom).into_iter().rev());
        Shape::Path { points, fill: Some(fill), stroke: None }
    }

    /// Marks, as far as they have room on average in the lane that has `most` of them: so they
    /// come and go with the zoom, in all lanes at once. Several within a few pixels become one, drawn stronger.
    fn marks(&mut self, mark: Mark, ids: &[EventId], most: usize) {
        let scale = self.grid.scale;
        let average = scale.pixels(self.trace.end) / most as f32;
        let size = match (average >= mark.room() * ROOMY, mark) {
            (true, _) => Size::Full,
            (false, Mark::Missed) => Size::Small,
            (false, _) => return,
        };
        let time = |id: &EventId| self.trace.events[id.index()].at;
        let room = Nanos((f64::from(mark.room()) * scale.nanos_per_pixel()) as u64);
        let mut left = &ids[ids.partition_point(|id| time(id) < scale.from())..];
        let shapes = &mut self.list.shapes;
        while let Some(at) = left.first().map(time).filter(|at| *at < scale.to()) {
            let near = left.partition_point(|id| time(id) <= at + room).max(1);
            mark.draw(scale.x_of(at), self.row, size, near > 1, shapes);
            left = &left[near..];
        }
    }
}

fn is_present((bottom, top): &(f32, f32)) -> bool {
    top > bottom
}

/// Events that are marked in a thread's lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A failed acquisition: a tick.
    Missed,
    /// A drop request: a small raised flag.
    Request,
    /// A completed I/O operation: a dot.
    Completion,
}

/// Marks are drawn in full where they are this many times as far apart as they have to be.
const ROOMY: f32 = 2.5;

/// How much room a mark takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// Easy to see and to hit.
    Full,
    /// A short tick in a row of many.
    Small,
}

pub(super) const MARKS: [Mark; 3] = [Mark::Completion, Mark::Missed, Mark::Request];

impl Mark {
    pub fn of(kind: &EventKind) -> Option<Mark> {
        match kind {
            EventKind::Missed { .. } => Some(Mark::Missed),
            EventKind::DropRequested { .. } => Some(Mark::Request),
            EventKind::IoCompletes => Some(Mark::Completion),
            _ => None,
        }
    }

    /// Least distance of two of them in pixels.
    pub fn room(self) -> f32 {
        match self {
            Mark::Missed => 4.0,
            Mark::Request => 8.0,
            Mark::Completion => 7.0,
        }
    }

    pub fn draw(self, x: f32, row: &Row, size: Size, several: bool, shapes: &mut Vec<Shape>) {
        let (top, bar) = (row.bar_y, row.bar_height);
        let width = if several { 2.5 } else { 1.5 };
        match self {
            Mark::Missed => {
                let (from, to) = match size {
                    Size::Full => (top + bar * 0.15, row.base()),
                    // On top of a bar of half height: who is woken in vain waits.
                    Size::Small => (top + bar * 0.5 - 4.0, top + bar * 0.5),
                };
                shapes.push(line((x, from), (x, to), Ink::Warning, width));
            }
            Mark::Request => {
                let (up, size) = (row.y + 1.0, (bar * 0.2).clamp(3.0, 5.5));
                shapes.push(line((x, up), (x, top + bar * 0.5), Ink::Warning, 1.2));
                shapes.push(Shape::Path {
                    points: vec![(x, up), (x + size * 1.4, up + size / 2.0), (x, up + size)],
                    fill: Some(Fill::Solid(Ink::Warning)),
                    stroke: None,
                });
            }
            Mark::Completion => shapes.push(Shape::Circle {
                x,
                y: row.base() - 1.0,
                r: if several { 3.2 } else { 2.6 },
                fill: Some(Fill::Solid(Ink::Surface)),
                stroke: Some(Stroke { ink: Ink::Text, width: 1.2, dashed: false }),
            }),
        }
    }
}
