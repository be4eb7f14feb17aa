//! The stage: cores are places, threads are people, the GIL is one key.
//!
//! [`Stage`] indexes a trace once; [`Stage::scene`] says where everybody belongs at a time;
//! [`Scene::draw`] draws them wherever they are on their way there. The way itself (easing) is the
//! page's business: a scene knows no real time.

use gil_sim::{EventKind, Nanos, Scenario, State, ThreadId, Trace};

use crate::display::{Anchor, Fill, Ink, List, Shape, Stroke, text_width};
use crate::text::ellipsised;

/// A point in logical pixels.
pub type Point = (f32, f32);

/// Stages narrower than this have their areas one below the other. Logical pixels.
const NARROW: f32 = 560.0;

/// The height that a stage of so many threads takes at a width, in logical pixels.
pub fn height(width: f32, threads: usize) -> f32 {
    match (width < NARROW, threads > 24) {
        (true, false) => 430.0,
        (true, true) => 520.0,
        (false, false) => 264.0,
        (false, true) => 340.0,
    }
}

/// A trace, indexed for the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    cores: usize,
    /// For each thread its timed waits: when they began, when they run out.
    waits: Vec<Vec<(Nanos, Nanos)>>,
    /// Drop requests: made when, by whom, settled when.
    requests: Vec<(Nanos, ThreadId, Nanos)>,
}

impl Stage {
    /// Indexes a run of `scenario`.
    pub fn new(scenario: &Scenario, trace: &Trace) -> Stage {
        let spec = scenario.spec();
        let mut waits = vec![Vec::new(); trace.threads.len()];
        let mut requests: Vec<(Nanos, ThreadId, Nanos)> = Vec::new();
        for event in &trace.events {
            match event.kind {
                EventKind::Waits { until, .. } => {
                    waits[event.thread.index()].push((event.at, until));
                }
                EventKind::DropRequested { .. } => {
                    requests.push((event.at, event.thread, Nanos::MAX));
                }
                EventKind::Takes { .. } => {
                    for open in requests.iter_mut().rev().take_while(|r| r.2 == Nanos::MAX) {
                        open.2 = event.at;
                    }
                }
                _ => {}
            }
        }
        Stage { cores: usize::from(spec.machine.cores), waits, requests }
    }

    /// Where everybody belongs at a time, on a stage of this size.
    pub fn scene(&self, trace: &Trace, at: Nanos, width: f32, height: f32) -> Scene {
        let floor = Floor::new(self.cores, trace.threads.len(), width, height);
        let holder = trace.holder_at(0, at);
        let on_core = running(trace, at);
        let mut actors: Vec<Actor> =
            (0..trace.threads.len()).map(|t| self.actor(trace, ThreadId(t as u16), at)).collect();
        place(&floor, trace, at, &on_core, &mut actors);
        let key = match holder {
            Some(t) => actors[t.index()].beside(),
            None => floor.key_stand,
        };
        Scene { floor, actors, key, holder, busy: on_core.len(), locks: Locks::of(trace) }
    }

    fn actor(&self, trace: &Trace, thread: ThreadId, at: Nanos) -> Actor {
        let state = trace.state_at(thread, at);
        let ring = (state == State::WaitingGil).then(|| self.interval_left(thread, at)).flatten();
        Actor {
            name: trace.name(thread).to_owned(),
            state,
            ring,
            hand: self.hand_is_up(thread, at),
            holder: trace.holder_for(thread, at) == Some(thread),
            own_gil: trace.threads[thread.index()].gil.is_some_and(|gil| gil > 0),
            on_core: false,
            at: (0.0, 0.0),
            radius: 0.0,
            room: 0.0,
        }
    }

    /// The part of the timed wait, a switch interval, that a waiter has left, 0 to 1.
    fn interval_left(&self, thread: ThreadId, at: Nanos) -> Option<f32> {
        let waits = &self.waits[thread.index()];
        let after = waits.partition_point(|wait| wait.0 <= at);
        let (begun, until) = *waits.get(after.checked_sub(1)?)?;
        Some((until - at).0 as f32 / (until - begun).0.max(1) as f32)
    }

    fn hand_is_up(&self, thread: ThreadId, at: Nanos) -> bool {
        let after = self.requests.partition_point(|request| request.0 <= at);
        let recent = self.requests[..after].iter().rev().take(4);
        recent.into_iter().any(|(_, by, settled)| *by == thread && at < *settled)
    }
}

/// Who is on which core: pairs of core and thread.
fn running(trace: &Trace, at: Nanos) -> Vec<(usize, ThreadId)> {
    let on = |spans: &Vec<gil_sim::CoreSpan>| {
        let after = spans.partition_point(|span| span.start <= at);
        let span = spans.get(after.checked_sub(1)?)?;
        (at < span.end).then_some(span.thread)
    };
    let cores = trace.cores.iter().enumerate();
    cores.filter_map(|(core, spans)| Some((core, on(spans)?))).collect()
}

/// A moment of a run on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    floor: Floor,
    /// Threads by their number.
    pub actors: Vec<Actor>,
    /// Where the key is.
    pub key: Point,
    /// Who has it.
    pub holder: Option<ThreadId>,
    busy: usize,
    locks: Locks,
}

/// Which GILs there are to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Locks {
    /// None.
    None,
    /// Only those that threads have to themselves.
    Own,
    /// One that threads share, and perhaps others.
    Shared,
}

impl Locks {
    fn of(trace: &Trace) -> Locks {
        match trace.threads.iter().any(|thread| thread.gil == Some(0)) {
            true => Locks::Shared,
            false if trace.gils.is_empty() => Locks::None,
            false => Locks::Own,
        }
    }
}

/// A thread on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Its name.
    pub name: String,
    /// What it is doing.
    pub state: State,
    /// The part of the switch interval that it still waits, 0 to 1.
    pub ring: Option<f32>,
    /// Whether its drop request is pending: its hand is up.
    pub hand: bool,
    /// Whether it has the GIL.
    pub holder: bool,
    /// Whether that is a GIL that it has to itself.
    pub own_gil: bool,
    /// Whether it is on a core.
    pub on_core: bool,
    /// Where it belongs: its centre.
    pub at: Point,
    /// Its size.
    pub radius: f32,
    /// Width of its place: what its name must not exceed.
    pub room: f32,
}

impl Actor {
    fn beside(&self) -> Point {
        (self.at.0 + self.radius * 1.25, self.at.1 + self.radius * 0.35)
    }
}

/// A labelled area.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Zone {
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

impl Zone {
    fn inset(self, by: f32, top: f32) -> Zone {
        Zone { x: self.x + by, y: self.y + top, w: self.w - 2.0 * by, h: self.h - by - top }
    }

    /// Centres of `n` places in rows that fill the zone, row by row, and their spacing.
    fn grid(self, n: usize, aspect: f32) -> (Vec<Point>, f32, f32) {
        let n = n.max(1);
        let best = (1..=n).min_by(|a, b| {
            let waste = |columns: usize| {
                let rows = n.div_ceil(columns);
                let (w, h) = (self.w / columns as f32, self.h / rows as f32);
                -(w / aspect).min(h)
            };
            waste(*a).total_cmp(&waste(*b))
        });
        let columns = best.unwrap_or(1);
        let rows = n.div_ceil(columns);
        let (w, h) = (self.w / columns as f32, self.h / rows as f32);
        let centre = |i: usize| {
            (self.x + w * ((i % columns) as f32 + 0.5), self.y + h * ((i / columns) as f32 + 0.5))
        };
        ((0..n).map(centre).collect(), w, h)
    }
}

/// The room: where the areas are.
#[derive(Clone, Debug, PartialEq)]
struct Floor {
    width: f32,
    height: f32,
    line: Zone,
    cores: Zone,
    away: Zone,
    core_places: Vec<Point>,
    core_size: (f32, f32),
    hidden_cores: usize,
    key_stand: Point,
    radius: f32,
}

const TITLE: f32 = 26.0;
const GAP: f32 = 12.0;

impl Floor {
    fn new(cores: usize, threads: usize, width: f32, height: f32) -> Floor {
        let (line, middle, away) =
            if width < NARROW { rows(width, height) } else { columns(width, height) };
        let shown = cores.min(16);
        let (core_places, w, h) = middle.inset(8.0, TITLE + 14.0).grid(shown, 1.3);
        let crowd = match threads {
            0..=10 => 17.0,
            11..=24 => 13.0,
            25..=64 => 9.0,
            _ => 6.0,
        };
        Floor {
            width,
            height,
            line,
            cores: middle,
            away,
            core_places,
            core_size: ((w - 10.0).min(150.0), (h - 10.0).min(104.0)),
            hidden_cores: cores - shown,
            key_stand: (middle.x + middle.w - 26.0, middle.y + 19.0),
            radius: crowd,
        }
    }
}

fn columns(width: f32, height: f32) -> (Zone, Zone, Zone) {
    let inner = width - 2.0 * GAP;
    let zone = |x: f32, w: f32| Zone { x, y: 0.0, w, h: height };
    let (line, middle) = (inner * 0.29, inner * 0.42);
    (
        zone(0.0, line),
        zone(line + GAP, middle),
        zone(line + middle + 2.0 * GAP, inner - line - middle),
    )
}

fn rows(width: f32, height: f32) -> (Zone, Zone, Zone) {
    let inner = height - 2.0 * GAP;
    let zone = |y: f32, h: f32| Zone { x: 0.0, y, w: width, h };
    let (middle, line) = (inner * 0.44, inner * 0.28);
    (
        zone(middle + GAP, line),
        zone(0.0, middle),
        zone(middle + line + 2.0 * GAP, inner - middle - line),
    )
}

/// Sends everybody to their place: cores, the line, or away.
fn place(
    floor: &Floor,
    trace: &Trace,
    at: Nanos,
    on_core: &[(usize, ThreadId)],
    actors: &mut [Actor],
) {
    for (core, thread) in on_core {
        let place = floor.core_places.get(*core).copied();
        let hidden = (floor.cores.x + floor.cores.w - 30.0, floor.cores.y + floor.cores.h - 12.0);
        let actor = &mut actors[thread.index()];
        actor.on_core = true;
        let (x, y) = place.unwrap_or(hidden);
        actor.radius = floor.radius.max(11.0).min(floor.core_size.1 / 4.6);
        actor.room = floor.core_size.0;
        // The name below takes as much room as the person.
        actor.at = (x, y - actor.radius * 0.7);
    }
    let mut line: Vec<(Nanos, usize)> = Vec::new();
    let mut away: Vec<usize> = Vec::new();
    for (i, actor) in actors.iter().enumerate().filter(|(_, actor)| !actor.on_core) {
        match actor.state {
            state if waits_in_line(state) => line.push((since(trace, i, at), i)),
            _ => away.push(i),
        }
    }
    line.sort_unstable();
    let in_line: Vec<usize> = line.into_iter().map(|(_, i)| i).collect();
    seat(floor, floor.line, &in_line, actors);
    seat(floor, floor.away, &away, actors);
}

/// Who stands in line: for the GIL, for a core, for an object.
fn waits_in_line(state: State) -> bool {
    matches!(state, State::WaitingGil | State::Ready | State::WaitingObject)
}

/// Since when a thread has been in its state.
fn since(trace: &Trace, thread: usize, at: Nanos) -> Nanos {
    let spans = &trace.threads[thread].spans;
    let after = spans.partition_point(|span| span.start <= at);
    after.checked_sub(1).map_or(Nanos::ZERO, |i| spans[i].start)
}

fn seat(floor: &Floor, zone: Zone, who: &[usize], actors: &mut [Actor]) {
    let seats = zone.inset(8.0, TITLE);
    // A short line keeps its spacing: it is not spread over the whole area.
    let (places, w, h) = seats.grid(who.len().max(4), 1.25);
    let radius = floor.radius.min(h / 3.4).min(w / 3.0).max(3.0);
    for (actor, place) in who.iter().zip(places) {
        let actor = &mut actors[*actor];
        actor.at = (place.0, place.1 - radius * 0.4);
        actor.radius = radius;
        actor.room = w;
    }
}

impl Scene {
    /// Where everybody belongs, by thread.
    pub fn places(&self) -> Vec<Point> {
        self.actors.iter().map(|actor| actor.at).collect()
    }

    /// The thread at a point, when everybody is at `places`.
    pub fn hit(&self, x: f32, y: f32, places: &[Point]) -> Option<ThreadId> {
        let distance = |i: usize| {
            let (px, py) = places.get(i).copied().unwrap_or(self.actors[i].at);
            ((px - x).powi(2) + (py - y).powi(2)).sqrt()
        };
        let near = |i: &usize| distance(*i) <= self.actors[*i].radius.max(10.0) + 8.0;
        let nearest = (0..self.actors.len())
            .filter(near)
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)));
        nearest.map(|i| ThreadId(i as u16))
    }

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
    if text_width(name, size, false) <= width {
        return name.to_owned();
    }
    let (group, number) = name.split_at(name.rfind('-').unwrap_or(name.len()));
    ellipsised(group, size, width - text_width(number, size, false), false) + number
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
