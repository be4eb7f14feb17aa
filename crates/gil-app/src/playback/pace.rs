//! How fast playback moves, and where it slows down.

use gil_sim::{EventKind, Nanos, Trace};

use super::{Playback, SLOWDOWN};

/// How long a handoff takes on screen when playback slows down for it, in seconds.
const HANDOFF_SECONDS: f64 = 1.2;

impl Playback {
    /// Simulated nanoseconds per real second from `at` on, and where that changes.
    pub(super) fn pace(&self, at: f64) -> (f64, f64) {
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
}

/// A slowdown at which a run takes about twenty seconds: 1, 2 or 5 times a power of ten.
pub(super) fn usual_slowdown(end: Nanos) -> f64 {
    let wanted = (20.0 / end.as_secs_f64().max(1e-6)).clamp(*SLOWDOWN.start(), *SLOWDOWN.end());
    let power = 10f64.powf(wanted.log10().floor());
    [5.0, 2.0, 1.0].map(|n| n * power).into_iter().find(|n| *n <= wanted).unwrap_or(power)
}

/// From a drop request to a little after the take that answers it.
pub(super) fn handoffs(trace: &Trace) -> Vec<(Nanos, Nanos)> {
    let mut stretches: Vec<(Nanos, Nanos)> = Vec::new();
    let mut requested = None;
    for event in &trace.events {
        match event.kind {
            EventKind::DropRequested { .. } => requested = requested.or(Some(event.at)),
            EventKind::Takes { .. } => {
                if let Some(start) = requested.take() {
                    let after = event.at + Nanos::from_micros(20);
                    let start = stretches.last().map_or(start, |last| start.max(last.1));
                    if start < after {
                        stretches.push((start, after));
                    }
                }
            }
            _ => {}
        }
    }
    stretches
}
