//! Playing a finished run: an index into its trace, never a state of the engine.

mod beside;
mod pace;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use gil_debug::{Stop, Way};
use gil_notation::View;
use gil_sim::{EventId, EventKind, Nanos, Trace};
use yew::Reducible;

use crate::breakpoints::{Point, Points};
use crate::model::Run;
pub use beside::Beside;
use beside::joined;
use pace::{handoffs, usual_slowdown};

/// Slowest and fastest playback: how many times slower than simulated.
pub const SLOWDOWN: std::ops::RangeInclusive<f64> = 1.0..=1_000_000.0;

/// Where playback stands.
#[derive(Clone, PartialEq)]
pub struct Playback {
    /// The run that is played.
    pub run: Rc<Run>,
    /// The playhead.
    pub at: Nanos,
    /// The event that was reached last; several can share a nanosecond.
    pub event: Option<EventId>,
    /// Whether it moves.
    pub playing: bool,
    /// How many times slower than simulated it is to move, where somebody has chosen.
    pub chosen_slowdown: Option<f64>,
    /// Whether it starts again at the end.
    pub looping: bool,
    /// The piece of the run that is played, where it is not all of it.
    pub piece: Option<(Nanos, Nanos)>,
    /// Whether it slows down where the GIL changes hands.
    pub slow_handoffs: bool,
    /// The run that is played at the same time, where two are compared.
    pub beside: Option<Beside>,
    /// The debugger's breakpoints.
    pub points: Rc<Points>,
    /// Whether they stop playback: while the debugger is open.
    pub armed: bool,
    /// The breakpoint that it stands at, as an index into them.
    pub hit: Option<usize>,
    /// Stretches around requested handoffs of all that is played, in order of time.
    handoffs: Rc<Vec<(Nanos, Nanos)>>,
    /// What a frame moved but was too little for a nanosecond.
    rest: f64,
}

/// What playback is told.
pub enum Play {
    /// Plays or pauses; at the end it starts from the beginning.
    Toggle,
    /// Pauses.
    Pause,
    /// Moves the playhead.
    Seek(Nanos),
    /// Moves to an event and pauses.
    To(EventId),
    /// Moves to an event of the run beside and pauses.
    ToBeside(EventId),
    /// Moves by one event, forward or back, and pauses. With two runs, by one of either.
    Step(Direction),
    /// Moves to the next or last handoff and pauses.
    Handoff(Direction),
    /// Moves to the next or last event at which a breakpoint is hit, and pauses.
    RunTo(Direction),
    /// Sets the breakpoints.
    Points(Vec<Point>),
    /// The debugger was opened, or closed.
    Arm(bool),
    /// Changes the slowdown.
    Slowdown(f64),
    /// Loops or stops looping.
    Loop,
    /// Slows down at handoffs or does not.
    SlowHandoffs,
    /// This many real seconds went by.
    Frame(f64),
    /// Another run is played from now on.
    Run(Rc<Run>),
    /// This run is played beside from now on, or none.
    Beside(Option<Rc<Run>>),
    /// A link is shown.
    Show(View),
}

/// Forward or back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end.
    Forward,
    /// Towards the beginning.
    Back,
}

impl Playback {
    /// Playback at the beginning of a run.
    pub fn new(run: Rc<Run>, playing: bool) -> Playback {
        let mut playback = Playback {
            at: Nanos::ZERO,
            event: None,
            playing,
            chosen_slowdown: None,
            looping: false,
            piece: None,
            slow_handoffs: true,
            beside: None,
            points: Rc::default(),
            armed: false,
            hit: None,
            handoffs: Rc::default(),
            rest: 0.0,
            run,
        };
        playback.find_handoffs();
        playback.seek(Nanos::ZERO);
        playback
    }

    /// How many times slower than simulated it moves: as chosen, or so that the run takes about
    /// twenty seconds.
    pub fn slowdown(&self) -> f64 {
        self.chosen_slowdown.unwrap_or_else(|| usual_slowdown(self.end()))
    }

    /// Shows what a link says, all of it.
    pub fn show(&mut self, view: &View) {
        self.playing &= view.at.is_none();
        self.piece = view.window.filter(|_| view.embed.is_some());
        self.seek(view.at.unwrap_or(self.borders().0));
        self.chosen_slowdown = view.slowdown.map(f64::from);
        self.looping = view.looping;
    }

    fn trace(&self) -> &Trace {
        &self.run.trace
    }

    /// Where playing begins and ends: at the borders of the piece unless somebody went past it.
    fn borders(&self) -> (Nanos, Nanos) {
        let end = self.end();
        match self.piece {
            Some((from, to)) if from < end && self.at <= to => (from, to.min(end)),
            _ => (Nanos::ZERO, end),
        }
    }

    /// Moves the playhead; the last event at or before it is the current one.
    pub fn seek(&mut self, at: Nanos) {
        self.at = at.min(self.end());
        self.hit = None;
        self.event = event_before(self.trace().events_until(self.at));
        if let Some(beside) = &mut self.beside {
            *beside = Beside::new(beside.run.clone(), self.at);
        }
        self.rest = 0.0;
    }

    fn go_to(&mut self, event: EventId) {
        self.playing = false;
        self.hit = None;
        if let Some(found) = self.trace().events.get(event.index()) {
            self.seek(found.at);
            self.event = Some(event);
        }
    }

    /// Event and place of the next or last one; nothing at the ends of the run.
    fn neighbour(&self, direction: Direction) -> Option<(EventId, Nanos)> {
        let next = match (direction, self.event) {
            (Direction::Forward, None) => 0,
            (Direction::Forward, Some(event)) => event.0 + 1,
            (Direction::Back, event) => event?.0.checked_sub(1)?,
        };
        Some((EventId(next), self.trace().events.get(next as usize)?.at))
    }

    fn step(&mut self, direction: Direction) {
        match self.mirrored() {
            Some(mirrored) => self.step_of_two(&mirrored, direction),
            None => match self.neighbour(direction) {
                Some((event, _)) => self.go_to(event),
                None => self.go_to(self.event.unwrap_or(EventId(0))),
            },
        }
    }

    /// The next or last handoff and when it is.
    fn next_handoff(&self, direction: Direction) -> Option<(EventId, Nanos)> {
        let events = &self.trace().events;
        let here = self.event.map_or(0, EventId::index);
        let is_handoff =
            |i: &usize| matches!(events[*i].kind, EventKind::Takes { switched: true, .. });
        let found = match direction {
            Direction::Forward => (here + 1..events.len()).find(is_handoff),
            Direction::Back => (0..here).rev().find(is_handoff),
        };
        found.map(|event| (EventId(event as u32), events[event].at))
    }

    /// With two runs, to the nearer handoff of both.
    fn handoff(&mut self, direction: Direction) {
        let mine = self.next_handoff(direction);
        let its = self.mirrored().and_then(|beside| beside.next_handoff(direction));
        match (mine, its) {
            (Some(mine), Some(its)) if (its.1 < mine.1) == (direction == Direction::Forward) => {
                self.mirror(|beside| beside.go_to(its.0));
            }
            (Some((event, _)), _) => self.go_to(event),
            (None, Some((event, _))) => self.mirror(|beside| beside.go_to(event)),
            (None, None) => self.playing = false,
        }
    }

    fn find_handoffs(&mut self) {
        let mut all = handoffs(&self.run.trace);
        if let Some(beside) = &self.beside {
            all.append(&mut handoffs(&beside.run.trace));
            all.sort_unstable();
            all = joined(&all);
        }
        self.handoffs = Rc::new(all);
    }

    /// Stands still where it is when there is no breakpoint on the way.
    fn run_to(&mut self, direction: Direction) {
        self.playing = false;
        let way = match direction {
            Direction::Forward => Way::Forward,
            Direction::Back => Way::Back,
        };
        let (run, points) = (self.run.clone(), self.points.clone());
        if self.armed
            && let Some(stop) =
                run.debugger().next_stop(&run.trace, self.event, way, points.breakpoints())
        {
            self.stop(stop);
        }
    }

    fn stop(&mut self, stop: Stop) {
        self.go_to(stop.event);
        self.hit = self.points.origin(stop.breakpoint);
    }

    /// The first breakpoint behind `from` that a frame has passed, up to and with `until`.
    fn passed(&self, from: Option<EventId>, until: Option<EventId>) -> Option<Stop> {
        let (until, breakpoints) = (until?, self.points.breakpoints());
        if !self.armed || breakpoints.is_empty() || from == Some(until) {
            return None;
        }
        self.run.debugger().stop_between(self.trace(), from, until, breakpoints)
    }

    /// Moves on by a frame. Splits it where the pace changes, so that no handoff is jumped over.
    fn frame(&mut self, seconds: f64) {
        if !self.playing {
            return;
        }
        let (start, end) = self.borders();
        let end = end.0 as f64;
        let mut at = self.at.0 as f64 + self.rest;
        let mut seconds = seconds.min(0.1);
        while seconds > 0.0 && at < end {
            let (pace, until) = self.pace(at);
            let needed = (until - at) / pace;
            let used = needed.min(seconds);
            at += used * pace;
            seconds -= used;
            if used == needed {
                // Onto the border and a little past it, so that rounding cannot hold it there.
                at = until.max(at) + 1.0;
            }
        }
        let until = self.trace().events_until(Nanos(at.min(end) as u64));
        if let Some(stop) = self.passed(self.event, event_before(until)) {
            return self.stop(stop);
        }
        if at >= end {
            if self.looping {
                at = start.0 as f64;
            } else {
                self.playing = false;
                at = end;
            }
        }
        self.seek(Nanos(at as u64));
        self.rest = at.fract();
    }
}

fn event_before(count: usize) -> Option<EventId> {
    count.checked_sub(1).map(|i| EventId(i as u32))
}

impl Reducible for Playback {
    type Action = Play;

    fn reduce(self: Rc<Self>, action: Play) -> Rc<Self> {
        let mut playback = (*self).clone();
        match action {
            Play::Toggle => {
                playback.playing = !playback.playing;
                let (start, end) = playback.borders();
                if playback.playing && playback.at >= end {
                    playback.seek(start);
                }
            }
            Play::Pause => playback.playing = false,
            Play::Seek(at) => playback.seek(at),
            Play::To(event) => playback.go_to(event),
            Play::ToBeside(event) => playback.mirror(|beside| beside.go_to(event)),
            Play::Step(direction) => playback.step(direction),
            Play::Handoff(direction) => playback.handoff(direction),
            Play::RunTo(direction) => playback.run_to(direction),
            Play::Points(list) => {
                playback.points = Rc::new(Points::of(list, &playback.run));
                playback.hit = None;
            }
            Play::Arm(armed) => playback.armed = armed,
            Play::Slowdown(slowdown) => {
                let slowdown = slowdown.clamp(*SLOWDOWN.start(), *SLOWDOWN.end());
                playback.chosen_slowdown = Some(slowdown);
            }
            Play::Loop => playback.looping = !playback.looping,
            Play::SlowHandoffs => playback.slow_handoffs = !playback.slow_handoffs,
            Play::Frame(seconds) => playback.frame(seconds),
            Play::Show(view) => playback.show(&view),
            Play::Run(run) => {
                playback.points = Rc::new(Points::of(playback.points.list.clone(), &run));
                playback.run = run;
                playback.find_handoffs();
                let at = if playback.at < playback.end() { playback.at } else { Nanos::ZERO };
                playback.seek(at);
            }
            Play::Beside(run) => playback.set_beside(run),
        }
        Rc::new(playback)
    }
}
