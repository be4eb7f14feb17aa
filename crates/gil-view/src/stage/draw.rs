//! What the stage looks like.

use gil_sim::State;

use super::floor::{Zone, waits_in_line};
use super::{Actor, Locks, Point, Scene};
use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use crate::text::{self, ellipsised};

impl Scene {
    /// Draws the scene with everybody at `places` and the key at `key`.
    pub fn draw(&self, places: &[Point], key: Point) -> List {
        let mut pen = Pen::default();
        self.draw_floor(&mut pen);
        for (i, actor) in self.actors.iter().enumerate() {
            let at = places.get(i).copied().unwrap_or(actor.at);
            draw_actor(&mut pen, actor, at);
        }
        for (i, actor) in self.actors.iter().enumerate().filter(|(_, a)| a.holder && a.own_gil) {
            let at = places.get(i).copied().unwrap_or(actor.at);
            draw_key(&mut pen, Actor { at, ..actor.clone() }.beside(), 0.8);
        }
        if self.locks == Locks::Shared {
            draw_key(&mut pen, key, 1.0);
        }
        List { width: self.floor.width, height: self.floor.height, shapes: pen.0 }
    }

    fn draw_floor(&self, pen: &mut Pen) {
        let floor = &self.floor;
        let count = |wanted: fn(&Actor) -> bool| self.actors.iter().filter(|a| wanted(a)).count();
        let waiting = count(|a| !a.on_core && waits_in_line(a.state));
        let away = self.actors.len() - waiting - self.busy;
        pen.zone(floor.line, "In line", &format!("{waiting}"));
        pen.zone(floor.away, "Away", &format!("{away}"));
        pen.zone(floor.cores, "Cores", "");
        let free = match (self.locks, self.holder) {
            (Locks::None, _) => "no GIL",
            (Locks::Own, _) => "a GIL each",
            (Locks::Shared, None) => "GIL free",
            (Locks::Shared, Some(_)) => "",
        };
        pen.text(
            (floor.key_stand.0 - 16.0, floor.key_stand.1 + 4.0),
            free,
            11.0,
            Ink::Muted,
            Anchor::End,
        );
        for (i, place) in floor.core_places.iter().enumerate() {
            let (w, h) = floor.core_size;
            let holds = self.actors.iter().any(|a| a.on_core && a.holder && near(a.at, *place, w));
            pen.core(*place, w, h, i, holds);
        }
        if floor.hidden_cores > 0 {
            let at = (floor.cores.x + 12.0, floor.cores.y + floor.cores.h - 8.0);
            let text = format!("and {} more cores", floor.hidden_cores);
            pen.text(at, &text, 11.0, Ink::Muted, Anchor::Start);
        }
    }
}

fn near(a: Point, b: Point, w: f32) -> bool {
    (a.0 - b.0).abs() < w / 3.0 && (a.1 - b.1).abs() < 24.0
}

/// Collects shapes.
#[derive(Default)]
struct Pen(Vec<Shape>);

impl Pen {
    fn text(&mut self, at: Point, text: &str, size: f32, ink: Ink, anchor: Anchor) {
        if !text.is_empty() {
            let (x, y) = at;
            let text = text.to_owned();
            self.0.push(Shape::Text { x, y, text, size, ink, anchor, bold: false, mono: false });
        }
    }

    fn bold(&mut self, at: Point, text: &str, size: f32, ink: Ink) {
        let ((x, y), text, anchor) = (at, text.to_owned(), Anchor::Start);
        self.0.push(Shape::Text { x, y, text, size, ink, anchor, bold: true, mono: false });
    }

    fn zone(&mut self, zone: Zone, title: &str, count: &str) {
        let Zone { x, y, w, h } = zone;
        let stroke = Some(line(Ink::Line, 1.0));
        self.0.push(Shape::Rect {
            x: x + 0.5,
            y: y + 0.5,
            w: w - 1.0,
            h: h - 1.0,
            radius: 10.0,
            fill: Some(Fill::Solid(Ink::Raised)),
            stroke,
        });
        self.bold((x + 12.0, y + 19.0), title, 12.5, Ink::Muted);
        self.text((x + w - 12.0, y + 19.0), count, 12.5, Ink::Muted, Anchor::End);
    }

    fn core(&mut self, at: Point, w: f32, h: f32, number: usize, holds: bool) {
        let (x, y) = (at.0 - w / 2.0, at.1 - h / 2.0);
        let stroke = if holds { line(Ink::Key, 2.0) } else { line(Ink::Line, 1.0) };
        self.0.push(Shape::Rect {
            x,
            y,
            w,
            h,
            radius: 8.0,
            fill: Some(Fill::Solid(Ink::Surface)),
            stroke: Some(stroke),
        });
        if w >= 40.0 {
            self.text((x + 7.0, y + 13.0), &format!("{number}"), 10.0, Ink::Muted, Anchor::Start);
        }
    }

    fn circle(&mut self, at: Point, r: f32, fill: Option<Fill>, stroke: Option<Stroke>) {
        self.0.push(Shape::Circle { x: at.0, y: at.1, r, fill, stroke });
    }
}

fn line(ink: Ink, width: f32) -> Stroke {
    Stroke { ink, width, dashed: false }
}

fn fill_of(state: State) -> Fill {
    let ink = Ink::State(state);
    match state {
        State::HasGil => Fill::Solid(ink),
        State::Native | State::Attached | State::StartingUp => Fill::Solid(ink),
        State::WaitingGil
        | State::ForcedSwitch
        | State::WaitingLock
        | State::WaitingObject
        | State::WorldStopped => Fill::Hatched(ink),
        State::Ready => Fill::Dotted(ink),
        _ => Fill::Solid(Ink::Surface),
    }
}

/// A person: head and shoulders in the state's colour and pattern, a ring for the interval, a
/// raised hand for the drop request, a name.
fn draw_actor(pen: &mut Pen, actor: &Actor, at: Point) {
    let r = actor.radius;
    let ink = Ink::State(actor.state);
    let faint = matches!(actor.state, State::NotStarted | State::Finished);
    let stroke = Stroke { ink: if faint { Ink::Line } else { ink }, width: 1.5, dashed: faint };
    if r < 7.0 {
        pen.circle(at, r, Some(fill_of(actor.state)), Some(stroke));
        return;
    }
    if actor.hand {
        hand(pen, at, r);
    }
    let fill = fill_of(actor.state);
    pen.0.push(Shape::Path { points: shoulders(at, r), fill: Some(fill), stroke: Some(stroke) });
    pen.circle((at.0, at.1 - r * 0.42), r * 0.46, Some(fill), Some(stroke));
    if let Some(left) = actor.ring {
        let stroke = line(Ink::Line, 2.0);
        pen.circle(at, r * 1.32, None, Some(stroke));
        pen.0.push(Shape::Arc {
            x: at.0,
            y: at.1,
            r: r * 1.32,
            part: left,
            stroke: line(ink, 2.5),
        });
    }
    label(pen, actor, at);
}

fn label(pen: &mut Pen, actor: &Actor, at: Point) {
    let r = actor.radius;
    if r < 8.0 {
        return;
    }
    let size = if r >= 13.0 { 11.5 } else { 10.0 };
    let name = short_name(&actor.name, size, (r * 5.2).min(actor.room - 4.0));
    let y = at.1 + r * 1.32 + size;
    pen.text((at.0, y), &name, size, Ink::Text, Anchor::Middle);
    if r >= 13.0 {
        pen.text((at.0, y + size), short(actor.state), 10.0, Ink::Muted, Anchor::Middle);
    }
}

/// A name cut to a width. Its number stays: it is what tells it from the others of its group.
fn short_name(name: &str, size: f32, width: f32) -> String {
    if text::width(name, size, false) <= width {
        return name.to_owned();
    }
    let (group, number) = name.split_at(name.rfind('-').unwrap_or(name.len()));
    ellipsised(group, size, width - text::width(number, size, false), false) + number
}

/// The state in a word or two, for under a name.
fn short(state: State) -> &'static str {
    match state {
        State::NotStarted => "not started",
        State::HasGil => "has GIL",
        State::Native => "native",
        State::WaitingGil => "wants GIL",
        State::Ready => "no core",
        State::BlockedIo => "in I/O",
        State::Asleep => "asleep",
        State::WaitingLock => "wants lock",
        State::ForcedSwitch => "forced switch",
        State::Finished => "finished",
        State::Attached => "runs",
        State::WaitingObject => "wants object",
        State::WorldStopped => "stopped",
        State::StartingUp => "starts up",
        State::Idle => "no job",
        State::WaitingResult => "wants result",
        State::OffCpu => "off the CPU",
        State::HoldsOffCpu => "has GIL, off",
        State::Unseen => "not recorded",
    }
}

fn shoulders(at: Point, r: f32) -> Vec<Point> {
    let (w, top, bottom) = (r * 0.86, at.1 + r * 0.1, at.1 + r * 0.92);
    let mut points = vec![(at.0 - w, bottom)];
    for i in 0..=12 {
        let angle = std::f32::consts::PI * (1.0 - i as f32 / 12.0);
        points.push((at.0 + w * angle.cos(), bottom - (bottom - top) * angle.sin()));
    }
    points.push((at.0 + w, bottom));
    points
}

fn hand(pen: &mut Pen, at: Point, r: f32) {
    let from = (at.0 + r * 0.62, at.1 + r * 0.5);
    let to = (at.0 + r * 0.95, at.1 - r * 1.15);
    let points = vec![from, to];
    pen.0.push(Shape::Path { points, fill: None, stroke: Some(line(Ink::Warning, 3.0)) });
    pen.circle(to, r * 0.22, Some(Fill::Solid(Ink::Warning)), None);
}

/// The GIL: a key.
fn draw_key(pen: &mut Pen, at: Point, scale: f32) {
    let s = 7.0 * scale;
    let bow = (at.0, at.1 - s * 0.6);
    pen.circle(bow, s * 0.72, Some(Fill::Solid(Ink::Surface)), Some(line(Ink::Key, 3.0)));
    let shaft = [
        vec![(at.0, at.1 + s * 0.1), (at.0, at.1 + s * 1.7)],
        vec![(at.0, at.1 + s * 1.6), (at.0 + s * 0.7, at.1 + s * 1.6)],
        vec![(at.0, at.1 + s * 1.0), (at.0 + s * 0.5, at.1 + s * 1.0)],
    ];
    for points in shaft {
        pen.0.push(Shape::Path { points, fill: None, stroke: Some(line(Ink::Key, 2.6)) });
    }
}
