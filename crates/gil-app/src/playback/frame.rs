//! The playhead moves with every frame.

use gil_debug::Stop;
use gil_sim::{EventId, Nanos};

use super::state::{Playback, event_before};

/// How long a handoff takes on screen when playback slows down for it, in seconds.
const HANDOFF_SECONDS: f64 = 1.2;

impl Playback {
    /// Moves on by a frame. Splits it where the pace changes, so that no handoff is jumped over.
    pub(super) fn frame(&mut self, seconds: f64) {
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

    /// Simulated nanoseconds per real second from `at` on, and where that changes.
    fn pace(&self, at: f64) -> (f64, f64) {
        let usual = 1e9 / self.slowdown();
        let end = self.end().0 as f64 + 1.0;
        if !self.slow_handoffs {
            return (usual, end);
        }
        let next = self.handoffs.partition_point(|(_, end)| end.0 as f64 <= at);
        match self.handoffs.get(next) {
            Some((start, until)) if start.0 as f64 <= at => {
                let length = (until.0 - start.0) as f64;
                (usual.min(length / HANDOFF_SECONDS), until.0 as f64)
            }
            Some((start, _)) => (usual, start.0 as f64),
            None => (usual, end),
        }
    }

    /// The first breakpoint behind `from` that a frame has passed, up to and with `until`.
    fn passed(&self, from: Option<EventId>, until: Option<EventId>) -> Option<Stop> {
        let (until, breakpoints) = (until?, self.points.breakpoints());
        if !self.armed || breakpoints.is_empty() || from == Some(until) {
            return None;
        }
        self.run.debugger().stop_between(self.trace(), from, until, breakpoints)
    }
}
