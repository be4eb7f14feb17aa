//! Two runs with one playhead.

use std::rc::Rc;

use gil_sim::{EventId, Nanos};

use super::{Direction, Playback, event_before};
use crate::model::Run;

/// A run that is played beside another, with one playhead.
#[derive(Clone, PartialEq)]
pub struct Beside {
    /// The run.
    pub run: Rc<Run>,
    /// Its event that was reached last.
    pub event: Option<EventId>,
}

impl Beside {
    pub(super) fn new(run: Rc<Run>, at: Nanos) -> Beside {
        Beside { event: event_before(run.trace.events_until(at)), run }
    }
}

impl Playback {
    /// Where it ends: with the longer run, where there are two.
    pub fn end(&self) -> Nanos {
        let beside = self.beside.as_ref().map_or(Nanos::ZERO, |beside| beside.run.trace.end);
        self.trace().end.max(beside)
    }

    /// The same as the run beside sees it: the two have changed places.
    pub fn mirrored(&self) -> Option<Playback> {
        let Beside { run, event } = self.beside.clone()?;
        let beside = Some(Beside { run: self.run.clone(), event: self.event });
        Some(Playback { run, event, beside, ..self.clone() })
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

    /// Does to the run beside what `change` does to the run.
    pub(super) fn mirror(&mut self, change: impl FnOnce(&mut Playback)) {
        if let Some(mut mirrored) = self.mirrored() {
            change(&mut mirrored);
            if let Some(back) = mirrored.mirrored() {
                *self = back;
            }
        }
    }

    /// One event of either run: forward the earlier of the next two, back the later of the last
    /// two. Of two at the same time the run's comes before that of the run beside.
    pub(super) fn step_of_two(&mut self, beside: &Playback, direction: Direction) {
        self.playing = false;
        let time = |side: &Playback| {
            let event = side.event.and_then(|event| side.trace().events.get(event.index()));
            event.map_or(Nanos::ZERO, |event| event.at)
        };
        let (mine, its) = (self.neighbour(direction), beside.neighbour(direction));
        let moves_own = match (direction, mine, its) {
            (_, None, None) => return,
            (_, Some(_), None) => true,
            (_, None, Some(_)) => false,
            (Direction::Forward, Some(mine), Some(its)) => mine.1 <= its.1,
            (Direction::Back, Some(_), Some(_)) => time(self) > time(beside),
        };
        if moves_own {
            self.event = mine.map(|(event, _)| event);
        } else if let Some(beside) = &mut self.beside {
            beside.event = its.map(|(event, _)| event);
        }
        let beside = self.mirrored().map_or(Nanos::ZERO, |beside| time(&beside));
        self.at = time(self).max(beside);
        self.rest = 0.0;
    }
}

/// Stretches in order of their starts, with those that touch made one.
pub(super) fn joined(stretches: &[(Nanos, Nanos)]) -> Vec<(Nanos, Nanos)> {
    let mut joined: Vec<(Nanos, Nanos)> = Vec::new();
    for (start, end) in stretches {
        match joined.last_mut() {
            Some(last) if *start <= last.1 => last.1 = last.1.max(*end),
            _ => joined.push((*start, *end)),
        }
    }
    joined
}
