//! The stage: cores are places, threads are people, the GIL is one key.
//!
//! [`Stage`] indexes a trace once; [`Stage::scene`] says where everybody belongs at a time;
//! [`Scene::draw`] draws them wherever they are on their way there. The way itself (easing) is the
//! page's business: a scene knows no real time.
//!
//! `floor` has the areas and sends everybody to a place in them, `draw` makes shapes of it.

mod draw;
mod floor;

use gil_sim::{CoreId, EventKind, InterpreterId, Nanos, Scenario, State, ThreadId, Trace};

use floor::{Floor, place};

/// A point in logical pixels.
pub type Point = (f32, f32);

/// Stages narrower than this have the cores above, line and away side by side below them. Logical
/// pixels.
const NARROW: f32 = 560.0;

/// The height that a stage of so many threads takes at a width, in logical pixels.
pub fn height(width: f32, threads: usize) -> f32 {
    match (width < NARROW, threads) {
        (true, ..=8) => 290.0,
        (true, ..=24) => 360.0,
        (true, _) => 460.0,
        (false, ..=24) => 264.0,
        (false, _) => 340.0,
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
        let holder = trace.holder_at(InterpreterId::MAIN, at);
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
            own_gil: trace.threads[thread.index()]
                .gil
                .is_some_and(|gil| gil != InterpreterId::MAIN),
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

/// The threads on cores: pairs of core and thread.
fn running(trace: &Trace, at: Nanos) -> Vec<(CoreId, ThreadId)> {
    let on = |spans: &Vec<gil_sim::CoreSpan>| {
        let after = spans.partition_point(|span| span.start <= at);
        let span = spans.get(after.checked_sub(1)?)?;
        (at < span.end).then_some(span.thread)
    };
    let cores = trace.cores.iter().enumerate();
    cores.filter_map(|(core, spans)| Some((CoreId::of(core), on(spans)?))).collect()
}

/// A moment of a run on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    floor: Floor,
    /// Threads by their number.
    pub actors: Vec<Actor>,
    /// Where the key is.
    pub key: Point,
    /// The thread that has the key.
    pub holder: Option<ThreadId>,
    busy: usize,
    locks: Locks,
}

/// The GILs that there are to be seen.
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
        match trace.threads.iter().any(|thread| thread.gil == Some(InterpreterId::MAIN)) {
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
}
