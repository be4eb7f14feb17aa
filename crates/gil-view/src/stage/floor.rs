//! The areas of the stage, and who belongs where in them.

use gil_sim::{CoreId, Nanos, State, ThreadId, Trace};

use super::{Actor, NARROW, Point};

/// A labelled area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zone {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
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
pub(super) struct Floor {
    pub width: f32,
    pub height: f32,
    pub line: Zone,
    pub cores: Zone,
    pub away: Zone,
    pub core_places: Vec<Point>,
    pub core_size: (f32, f32),
    pub hidden_cores: usize,
    pub key_stand: Point,
    pub radius: f32,
}

const TITLE: f32 = 26.0;
const GAP: f32 = 12.0;

impl Floor {
    pub fn new(cores: usize, threads: usize, width: f32, height: f32) -> Floor {
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

/// The cores above; who waits and who is away below them, side by side.
fn rows(width: f32, height: f32) -> (Zone, Zone, Zone) {
    let above = (height - GAP) * 0.5;
    let (half, below) = ((width - GAP) / 2.0, above + GAP);
    let zone = |x: f32| Zone { x, y: below, w: half, h: height - below };
    (zone(0.0), Zone { x: 0.0, y: 0.0, w: width, h: above }, zone(half + GAP))
}

/// Sends everybody to their place: cores, the line, or away.
pub(super) fn place(
    floor: &Floor,
    trace: &Trace,
    at: Nanos,
    on_core: &[(CoreId, ThreadId)],
    actors: &mut [Actor],
) {
    for (core, thread) in on_core {
        let place = floor.core_places.get(core.index()).copied();
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

/// Whether a thread in this state stands in line: for the GIL, for a core, for an object.
pub(super) fn waits_in_line(state: State) -> bool {
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
