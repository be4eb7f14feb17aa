//! How fast playback moves by itself, and where a run changes hands.

use gil_sim::{EventKind, Nanos, Trace};

/// Slowest and fastest playback: how many times slower than simulated.
pub const SLOWDOWN: std::ops::RangeInclusive<f64> = 1.0..=1_000_000.0;

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
