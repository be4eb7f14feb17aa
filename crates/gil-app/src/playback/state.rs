//! Where playback stands, with one run or two.

use std::rc::Rc;

use gil_notation::View;
use gil_sim::{EventId, Nanos, Trace};

use super::pace::{handoffs, joined, usual_slowdown};
use crate::breakpoints::Stops;
use crate::model::Run;

/// Where playback stands.
#[derive(Clone, PartialEq)]
pub struct Playback {
    /// The run that is played.
    pub run: Rc<Run>,
    /// The playhead.
    pub at: Nanos,
    /// The event that was reached last; several can share a nanosecond.
    pub event: Option<EventId>,
    /// Whether the playhead moves.
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
    pub points: Rc<Stops>,
    /// Whether they stop playback: while the debugger is open.
    pub armed: bool,
    /// The breakpoint that it stands at, as an index into them.
    pub hit: Option<usize>,
    /// Stretches around requested handoffs of all that is played, in order of time.
    pub(super) handoffs: Rc<Vec<(Nanos, Nanos)>>,
    /// What a frame moved but was too little for a nanosecond.
    pub(super) rest: f64,
}

/// A run that is played beside another, with one playhead.
#[derive(Clone, PartialEq)]
pub struct Beside {
    /// The run.
    pub run: Rc<Run>,
    /// Its event that was reached last.
    pub event: Option<EventId>,
}

impl Beside {
    fn new(run: Rc<Run>, at: Nanos) -> Beside {
        Beside { event: event_before(run.trace.events_until(at)), run }
    }
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

    /// Where it ends: with the longer run, where there are two.
    pub fn end(&self) -> Nanos {
        let beside = self.beside.as_ref().map_or(Nanos::ZERO, |beside| beside.run.trace.end);
        self.trace().end.max(beside)
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

    /// Plays a run beside, or none, from where the playhead is.
    pub fn set_beside(&mut self, run: Option<Rc<Run>>) {
        if run.as_ref() == self.beside.as_ref().map(|beside| &beside.run) {
            return;
        }
        self.beside = run.map(|run| Beside::new(run, self.at));
        self.find_handoffs();
        self.seek(self.at);
    }

    /// The same as the run beside sees it: the two have changed places.
    pub fn mirrored(&self) -> Option<Playback> {
        let Beside { run, event } = self.beside.clone()?;
        let beside = Some(Beside { run: self.run.clone(), event: self.event });
        Some(Playback { run, event, beside, ..self.clone() })
    }

    /// Does to the run beside what `change` does to the run.
    pub(super) fn mirror(&mut self, change: impl FnOnce(&mut Playback)) {
        if let Some(mut mirrored) = self.mirrored() {
            change(&mut mirrored);
            if let Some(back) = mirrored.mirrored() {
                *self = back;
            }
        }
    }

    pub(super) fn go_to(&mut self, event: EventId) {
        self.playing = false;
        self.hit = None;
        if let Some(found) = self.trace().events.get(event.index()) {
            self.seek(found.at);
            self.event = Some(event);
        }
    }

    /// Where playing begins and ends: at the borders of the piece unless somebody went past it.
    pub(super) fn borders(&self) -> (Nanos, Nanos) {
        let end = self.end();
        match self.piece {
            Some((from, to)) if from < end && self.at <= to => (from, to.min(end)),
            _ => (Nanos::ZERO, end),
        }
    }

    pub(super) fn find_handoffs(&mut self) {
        let mut all = handoffs(&self.run.trace);
        if let Some(beside) = &self.beside {
            all.append(&mut handoffs(&beside.run.trace));
            all.sort_unstable();
            all = joined(&all);
        }
        self.handoffs = Rc::new(all);
    }

    pub(super) fn trace(&self) -> &Trace {
        &self.run.trace
    }
}

pub(super) fn event_before(count: usize) -> Option<EventId> {
    count.checked_sub(1).map(|i| EventId(i as u32))
}
