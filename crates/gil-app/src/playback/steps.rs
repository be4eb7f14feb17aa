//! From event to event: steps, handoffs, breakpoints.

use gil_debug::{Stop, Way};
use gil_sim::{EventId, EventKind, Nanos};

use super::state::Playback;

/// Forward or back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end.
    Forward,
    /// Towards the beginning.
    Back,
}

impl Playback {
    /// Event and place of the next or last one; nothing at the ends of the run.
    fn neighbour(&self, direction: Direction) -> Option<(EventId, Nanos)> {
        let next = match (direction, self.event) {
            (Direction::Forward, None) => 0,
            (Direction::Forward, Some(event)) => event.0 + 1,
            (Direction::Back, event) => event?.0.checked_sub(1)?,
        };
        Some((EventId(next), self.trace().events.get(next as usize)?.at))
    }

    pub(super) fn step(&mut self, direction: Direction) {
        match self.mirrored() {
            Some(mirrored) => self.step_of_two(&mirrored, direction),
            None => match self.neighbour(direction) {
                Some((event, _)) => self.go_to(event),
                None => self.go_to(self.event.unwrap_or(EventId(0))),
            },
        }
    }

    /// One event of either run: forward the earlier of the next two, back the later of the last
    /// two. Of two at the same time the run's comes before that of the run beside.
    fn step_of_two(&mut self, beside: &Playback, direction: Direction) {
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
    pub(super) fn handoff(&mut self, direction: Direction) {
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

    /// Stands still where it is when there is no breakpoint on the way.
    pub(super) fn run_to(&mut self, direction: Direction) {
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

    pub(super) fn stop(&mut self, stop: Stop) {
        self.go_to(stop.event);
        self.hit = self.points.origin(stop.breakpoint);
    }
}
