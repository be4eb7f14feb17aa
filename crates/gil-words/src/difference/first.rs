//! Where two runs part.

use gil_sim::{EventId, EventKind, Nanos, Trace};

use crate::event_line;
use crate::scenario::exact;

/// The first event in which two runs differ, in each of them; `None` where they are the same. A run
/// that ends before the other goes on differs in its last event.
pub fn first_difference(a: &Trace, b: &Trace) -> Option<(EventId, EventId)> {
    let last = |trace: &Trace| trace.events.len().checked_sub(1);
    let (last_of_a, last_of_b) = (last(a)?, last(b)?);
    let differs = |i: &usize| {
        let (in_a, in_b) = (&a.events[*i], &b.events[*i]);
        // Not by what brought it about: that is a difference which nobody sees.
        (in_a.at, in_a.thread, in_a.kind) != (in_b.at, in_b.thread, in_b.kind)
            || a.name(in_a.thread) != b.name(in_b.thread)
    };
    let shorter = last_of_a.min(last_of_b);
    let parted = (0..=shorter).find(differs);
    if parted.is_none() && last_of_a == last_of_b && a.end == b.end && a.outcome == b.outcome {
        return None;
    }
    let at = |last: usize| EventId(parted.unwrap_or(shorter + 1).min(last) as u32);
    Some((at(last_of_a), at(last_of_b)))
}

/// Until when two runs are the same; `None` where they are the same to the end.
pub fn same_until(a: &Trace, b: &Trace) -> Option<Nanos> {
    let (in_a, in_b) = first_difference(a, b)?;
    Some(time(a, in_a).min(time(b, in_b)))
}

fn time(trace: &Trace, event: EventId) -> Nanos {
    trace.events.get(event.index()).map_or(Nanos::ZERO, |event| event.at)
}

/// What the first difference is, in A and in B: a line each.
pub fn first_words(a: &Trace, b: &Trace) -> Option<(String, String)> {
    let (in_a, in_b) = first_difference(a, b)?;
    let lines = (event_line(a, in_a), event_line(b, in_b));
    if lines.0 != lines.1 {
        return Some(lines);
    }
    Some((lines.0 + &more(a, in_a), lines.1 + &more(b, in_b)))
}

/// What the line of an event leaves out, where two events differ in that alone.
fn more(trace: &Trace, event: EventId) -> String {
    let Some(event) = trace.events.get(event.index()) else { return String::new() };
    match event.kind {
        EventKind::Waits { until, .. }
        | EventKind::IoBlocks { until }
        | EventKind::Sleeps { until } => format!(", until {}", exact(until)),
        _ => format!(" ({})", trace.line(event).to_string().trim()),
    }
}
