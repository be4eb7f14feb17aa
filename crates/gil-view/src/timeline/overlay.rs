//! What lies over the lanes and changes with every frame: playhead, selection, pointer, and the
//! event that is looked at with the one that brought it about.

use gil_sim::{EventId, Nanos, Trace};

use super::draw::{AXIS_SIZE, label, line, plot_clip, rect};
use super::rows::{Lane, Row, Rows, axis_height};
use super::{Timeline, View};
use crate::axis::{Ticks, TimeFormat, TimeScale, ticks};
use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use crate::text;

pub(super) fn overlay(timeline: &Timeline, trace: &Trace, view: &View) -> List {
    let scale = timeline.scale(trace, view);
    let rows = Rows::new(trace, view.width, view.cores);
    let ticks = ticks(&scale, AXIS_SIZE);
    let format = ticks.format.finer().finer();
    let list = List { width: view.width, height: rows.height, shapes: Vec::new() };
    let mut overlay = Overlay { list, scale, rows, ticks, format };
    overlay.clipped(|overlay| {
        if let Some((from, to)) = view.selection {
            overlay.selection(from.min(to), from.max(to));
        }
        match (view.hover, view.pointed) {
            (Some((x, y)), _) => overlay.hover(timeline, trace, view, x, y),
            (None, Some(at)) => overlay.pointer(overlay.scale.x_of(at)),
            (None, None) => {}
        }
        if let Some(event) = view.event {
            overlay.event(trace, event);
        }
    });
    overlay.playhead(view.playhead);
    overlay.list
}

struct Overlay {
    list: List,
    scale: TimeScale,
    rows: Rows,
    ticks: Ticks,
    format: TimeFormat,
}

impl Overlay {
    fn clipped(&mut self, draw: impl FnOnce(&mut Overlay)) {
        self.list.shapes.push(plot_clip(&self.scale, &self.rows));
        draw(self);
        self.list.shapes.push(Shape::EndClip);
    }

    fn bottom(&self) -> f32 {
        self.rows.height
    }

    fn selection(&mut self, from: Nanos, to: Nanos) {
        let (left, right) = (self.scale.x_of(from), self.scale.x_of(to));
        let (visible_left, visible_right) =
            (left.max(self.scale.left()), right.min(self.scale.right()));
        if visible_left >= visible_right {
            return;
        }
        let (top, bottom) = (axis_height(self.list.width), self.bottom());
        let band = Fill::Tint(Ink::Accent, 14);
        let width = visible_right - visible_left;
        self.list.shapes.push(rect(visible_left, top, width, bottom - top, band));
        for x in [left, right] {
            self.list.shapes.push(line((x, top), (x, bottom), Ink::Accent, 1.0));
        }
        let text = self.format.write(to - from);
        if text::width(&text, AXIS_SIZE, true) + 12.0 < width {
            self.flag(
                (visible_left + visible_right) / 2.0,
                text,
                Ink::Accent,
                Fill::Solid(Ink::Raised),
            );
        }
    }

    /// A time in a small box on the axis, held within the picture.
    fn flag(&mut self, x: f32, text: String, ink: Ink, fill: Fill) {
        let width = text::width(&text, AXIS_SIZE, true) + 12.0;
        let middle = x.min(self.list.width - width / 2.0 - 1.0).max(width / 2.0 + 1.0);
        let bottom = axis_height(self.list.width) - 5.0;
        self.clear_labels(middle - width / 2.0, middle + width / 2.0);
        let stroke = Stroke { ink: Ink::Accent, width: 1.0, dashed: false };
        self.list.shapes.push(Shape::Rect {
            x: middle - width / 2.0,
            y: bottom - 18.0,
            w: width,
            h: 18.0,
            radius: 4.0,
            fill: Some(fill),
            stroke: Some(stroke),
        });
        self.list.shapes.push(label(middle, bottom - 5.0, text, ink, Anchor::Middle));
    }

    /// Covers the labels of the axis that would stick out from under a box: half of `100 ms` is
    /// another time.
    fn clear_labels(&mut self, left: f32, right: f32) {
        for tick in &self.ticks.major {
            let (x, half) =
                (self.scale.x_of(tick.at), text::width(&tick.label, AXIS_SIZE, true) / 2.0);
            if x + half + 3.0 > left && x - half - 3.0 < right {
                let top = axis_height(self.list.width) - 23.0;
                let cover = rect(x - half, top, half * 2.0, 15.0, Fill::Solid(Ink::Surface));
                self.list.shapes.push(cover);
            }
        }
    }

    fn playhead(&mut self, at: Nanos) {
        if at < self.scale.from() || at > self.scale.to() {
            return;
        }
        let x = self.scale.x_of(at);
        let top = axis_height(self.list.width) - 5.0;
        self.list.shapes.push(line((x, top), (x, self.bottom()), Ink::Accent, 1.5));
        let text = self.format.write(at);
        self.flag(x, text, Ink::Surface, Fill::Solid(Ink::Accent));
    }

    fn hover(&mut self, timeline: &Timeline, trace: &Trace, view: &View, x: f32, y: f32) {
        if x < self.scale.left() || x > self.scale.right() {
            return;
        }
        self.pointer(x);
        let Some(hit) = timeline.hit(trace, x, y, view) else { return };
        if let Some(row) = self.rows.of(hit.lane).copied() {
            let (from, to) = hit.extent();
            self.frame(&row, from, to);
        }
        // In a column of shares an event is one of many: a ring would promise too much.
        if let (Some(event), None) = (hit.event, &hit.column) {
            self.ring(trace, event);
        }
    }

    fn pointer(&mut self, x: f32) {
        let top = axis_height(self.list.width);
        let stroke = Stroke { ink: Ink::Muted, width: 1.0, dashed: true };
        let points = vec![(x, top), (x, self.bottom())];
        self.list.shapes.push(Shape::Path { points, fill: None, stroke: Some(stroke) });
    }

    /// A frame around a stretch of a lane, also where it goes on beyond the picture.
    fn frame(&mut self, row: &Row, from: Nanos, to: Nanos) {
        let left = self.scale.x_of(from).max(self.scale.left() - 4.0);
        let right = self.scale.x_of(to).min(self.scale.right() + 4.0);
        self.list.shapes.push(Shape::Rect {
            x: left - 1.0,
            y: row.bar_y - 1.0,
            w: right - left + 2.0,
            h: row.bar_height + 2.0,
            radius: 2.0,
            fill: None,
            stroke: Some(Stroke { ink: Ink::Text, width: 1.2, dashed: false }),
        });
    }

    fn place(&self, trace: &Trace, event: EventId) -> Option<(f32, f32)> {
        let event = trace.events.get(event.index())?;
        let row = self.rows.of(Lane::Thread(event.thread))?;
        Some((self.scale.x_of(event.at), row.bar_y + row.bar_height / 2.0))
    }

    fn ring(&mut self, trace: &Trace, event: EventId) {
        let Some((x, y)) = self.place(trace, event) else { return };
        self.list.shapes.push(Shape::Circle {
            x,
            y,
            r: 4.5,
            fill: Some(Fill::Solid(Ink::Surface)),
            stroke: Some(Stroke { ink: Ink::Accent, width: 2.0, dashed: false }),
        });
    }

    /// The event with a line from the one that brought it about.
    fn event(&mut self, trace: &Trace, event: EventId) {
        let cause = trace.events.get(event.index()).and_then(|event| event.cause);
        let from = cause.and_then(|cause| self.place(trace, cause));
        if let (Some(from), Some(to)) = (from, self.place(trace, event)) {
            self.list.shapes.push(line(from, to, Ink::Accent, 1.5));
            let (x, y) = from;
            let fill = Some(Fill::Solid(Ink::Accent));
            self.list.shapes.push(Shape::Circle { x, y, r: 2.5, fill, stroke: None });
        }
        self.ring(trace, event);
    }
}
